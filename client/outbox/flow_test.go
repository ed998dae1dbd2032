package outbox_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

var styles = []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020, sandbox.StyleAwkward}

const purchaseEntity = "eCommerce_eCommercePurchases"

// sandboxed is a rig over the product's own sandbox.
type sandboxed struct {
	*rig
	server *sandbox.Server
}

func startSandbox(t *testing.T, o sandbox.Options) *sandboxed {
	t.Helper()
	clock := &clock{now: noon}
	o.Now = clock.Now
	server, err := sandbox.Start(t.Context(), "127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	s := &sandboxed{rig: &rig{t: t, clock: clock, root: server.Root()}, server: server}
	s.openJournal(t.TempDir() + "/journal.db")
	return s
}

// find reads an instance as the desk does, and gives it as a target for an
// entity.
func (s *sandboxed) find(id, entity string) outbox.Target {
	t := s.t
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	c, err := client.New(client.Config{
		Root: s.root, Tokens: client.StaticToken(s.server.Token()), Keys: client.StaticKey(s.server.Key()),
		Now: s.clock.Now, Sleep: s.clock.Sleep, Transport: transport,
	})
	if err != nil {
		t.Fatal(err)
	}
	instances, err := c.Instances(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(instances, func(i metadata.Instance) bool { return i.ID == id })
	if i < 0 {
		t.Fatalf("no instance %s in %+v", id, instances)
	}
	service := c.For(instances[i])
	entities, err := service.Entities(t.Context(), client.EntitiesOptions{Annotations: true})
	if err != nil {
		t.Fatal(err)
	}
	relationships, err := service.Relationships(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e := slices.IndexFunc(entities, func(e metadata.Entity) bool { return e.DataName() == entity })
	if e < 0 {
		t.Fatalf("no entity %s", entity)
	}
	return outbox.Target{
		ConnectionID: "c1", ConnectionName: "Sandbox", Root: s.root, Instance: instances[i], Service: service,
		Entity: entities[e], Entities: entities, Relationships: relationships,
	}
}

// purchase is a request for an activity of the sandbox's first customer.
func (s *sandboxed) purchase(t outbox.Target, id string) outbox.Request {
	s.t.Helper()
	const at = "2026-11-23T11:00:00Z"
	field, _, ok := metadata.CustomerReference(t.Entity, t.Entities, t.Relationships)
	if !ok || field != "ContactId" {
		s.t.Errorf("the customer by %q, %v", field, ok)
	}
	return outbox.Request{
		Target: t,
		Body: []byte(`{"PurchaseId":"` + id + `","ContactId":"CNTID_1000","PurchasedOn":"` + at +
			`","TotalPrice":12.50,"ProductId":"ProdID_1","ActivityTypeDisplay":"OnlinePurchase","Subject":"Beans"}`),
		KeyFields:     []journal.KeyValue{{Name: "PurchaseId", Value: id}},
		CustomerField: field, CustomerKey: "CNTID_1000", TimeField: t.Entity.TimeField(), TimeValue: at,
	}
}

func inEveryStyle(t *testing.T, o sandbox.Options, test func(t *testing.T, s *sandboxed)) {
	t.Helper()
	for _, style := range styles {
		t.Run(style.String(), func(t *testing.T) {
			o.Style = style
			test(t, startSandbox(t, o))
		})
	}
}

func TestAnActivityIsSentSeenAndKnownTheSecondTime(t *testing.T) {
	inEveryStyle(t, sandbox.Options{VisibleAfter: 2 * time.Second}, func(t *testing.T, s *sandboxed) {
		target := s.find(sandbox.InstanceCoffee, purchaseEntity)
		request := s.purchase(target, "OPID_flow")
		e, err := s.outbox.Send(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		s.mustBe(e, journal.Accepted)
		var last outbox.Arrival
		if err := s.outbox.WatchArrival(t.Context(), e.ID, target, func(a outbox.Arrival) { last = a }); err != nil {
			t.Fatal(err)
		}
		s.mustBe(last.Entry, journal.Visible)
		if last.State != outbox.ArrivalSeen || last.Probably() || last.After < 2*time.Second || last.After > 4*time.Second {
			t.Errorf("seen %v after %s, by %s", last.State, last.After, last.MatchedBy)
		}
		if c := last.Comparison; c.Same < 2 || c.Different != 0 || c.NotReturned == 0 {
			t.Errorf("stored as sent? %+v", c)
		}
		request.SameBodyAgain = true
		again, err := s.outbox.Send(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		s.mustBe(again, journal.AlreadyThere)
		if posted := s.server.Service().Posted(sandbox.InstanceCoffee, purchaseEntity); len(posted) != 1 {
			t.Errorf("posted %v", posted)
		}
	})
}

func TestProductionOfTheSandboxIsGuarded(t *testing.T) {
	inEveryStyle(t, sandbox.Options{}, func(t *testing.T, s *sandboxed) {
		target := s.find(sandbox.InstanceProduction, purchaseEntity)
		var locked *outbox.GuardError
		if _, err := s.outbox.Send(t.Context(), s.purchase(target, "OPID_p")); !errors.As(err, &locked) {
			t.Fatalf("error is %v", err)
		}
		if err := s.guard.Unlock(target.ConnectionID, target.Instance, "Contoso production"); err != nil {
			t.Fatal(err)
		}
		request := s.purchase(target, "OPID_p")
		var unasked *outbox.ConfirmError
		if _, err := s.outbox.Send(t.Context(), request); !errors.As(err, &unasked) || unasked.Entity != purchaseEntity {
			t.Fatalf("unlocked and not confirmed: error is %v", err)
		}
		request.Confirmed = outbox.Confirm(request)
		e, err := s.outbox.Send(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		s.mustBe(e, journal.Accepted)
	})
}

// Whatever goes wrong on the way: the state is the true one, the timeline and a
// person's word settle what is uncertain, and one activity is stored.
func TestEveryFaultLeavesATrueStateAndOneActivity(t *testing.T) {
	cases := []struct {
		fault string
		want  journal.State // after the send
		seen  journal.State // after looking for it
	}{
		{"post:drop:1", journal.Uncertain, journal.Uncertain},
		{"post:drop-before-store:1", journal.Uncertain, journal.Uncertain},
		{"post:drop-after-store:1", journal.Uncertain, journal.Visible},
		{"post:cut:1", journal.Accepted, journal.Visible},
		{"post:500:1", journal.Uncertain, journal.Uncertain},
		{"post:500-after-store:1", journal.Uncertain, journal.Visible},
		{"post:503-after-store:1", journal.Uncertain, journal.Visible},
		{"post:redirect-after-store=303:1", journal.Uncertain, journal.Visible},
		{"post:html:1", journal.Uncertain, journal.Uncertain}, // a page with 200 of somebody on the way
		{"post:empty:1", journal.Uncertain, journal.Uncertain},
		{"post:html-after-store:1", journal.Uncertain, journal.Visible},
		{"post:empty-after-store:1", journal.Uncertain, journal.Visible},
		{"post:huge-after-store:1", journal.Uncertain, journal.Visible},
		{"post:503=7s:1", journal.Uncertain, journal.Uncertain},
		{"post:429:2", journal.Accepted, journal.Visible},
		{"post:redirect=302:1", journal.Uncertain, journal.Uncertain},
		{"post:redirect:1", journal.Refused, journal.Refused},
		{"post:401:1", journal.Refused, journal.Refused},
		{"post:403:1", journal.Refused, journal.Refused},
		{"post:404:1", journal.Refused, journal.Refused},
		{"post:400=customerForActivityNotFound:1", journal.Refused, journal.Refused},
	}
	for _, c := range cases {
		t.Run(c.fault, func(t *testing.T) {
			faults, err := sandbox.ParseFaults(c.fault)
			if err != nil {
				t.Fatal(err)
			}
			s := startSandbox(t, sandbox.Options{Faults: faults})
			target := s.find(sandbox.InstanceCoffee, purchaseEntity)
			e, err := s.outbox.Send(t.Context(), s.purchase(target, "OPID_1"))
			if (err == nil) != (c.want == journal.Accepted) {
				t.Errorf("error is %v", err)
			}
			s.mustBe(e, c.want)
			err = s.outbox.WatchArrival(t.Context(), e.ID, target, func(outbox.Arrival) {})
			if (err == nil) != (c.want != journal.Refused) {
				t.Errorf("watch: %v", err)
			}
			s.mustBe(s.kept(e.ID), c.seen)
			if c.seen == journal.Uncertain {
				if e, err = s.outbox.SendAgain(t.Context(), e.ID, target, nil); err != nil {
					t.Fatal(err)
				}
				s.mustBe(e, journal.Accepted)
			}
			if c.seen == journal.Refused {
				return
			}
			if posted := s.server.Service().Posted(sandbox.InstanceCoffee, purchaseEntity); len(posted) != 1 {
				t.Errorf("stored %v", posted)
			}
		})
	}
}
