package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// watch watches and gives all that was told.
func (r *rig) watch(id string) ([]outbox.Arrival, error) {
	r.t.Helper()
	var told []outbox.Arrival
	err := r.outbox.WatchArrival(r.t.Context(), id, r.target(coffee), func(a outbox.Arrival) { told = append(told, a) })
	return told, err
}

func (r *rig) send(id string) journal.Entry {
	r.t.Helper()
	e, err := r.outbox.Send(r.t.Context(), r.request(coffee, id))
	if err != nil {
		r.t.Fatal(err)
	}
	return e
}

func TestAnAcceptedActivityBecomesVisible(t *testing.T) {
	s := &service{hidden: true}
	r := newRig(t, s)
	e := r.send("OPID_1")
	looks := 0
	r.clock.onSleep = func(context.Context, time.Duration) error {
		if looks++; looks == 3 {
			s.mu.Lock()
			s.hidden = false
			s.mu.Unlock()
		}
		return nil
	}
	told, err := r.watch(e.ID)
	if err != nil {
		t.Fatal(err)
	}
	last := told[len(told)-1]
	after := 300*time.Millisecond + 450*time.Millisecond + 675*time.Millisecond
	if len(told) != 4 || last.State != outbox.ArrivalSeen || last.After != after || last.Asked != 4 || last.Probably() || !last.Next.IsZero() {
		t.Errorf("told %d times, the last %+v", len(told), last)
	}
	if told[0].State != outbox.ArrivalLooking || !told[0].Next.Equal(noon.Add(300*time.Millisecond)) {
		t.Errorf("the first: %+v", told[0])
	}
	r.mustBe(last.Entry, journal.Visible)
	if kept := r.kept(e.ID); kept.MatchedBy != journal.MatchSourceID || kept.CustomerID != "customer-1" || !kept.VisibleAt.Equal(noon.Add(after)) {
		t.Errorf("kept %+v", kept)
	}
}

func TestWhatIsSeenIsComparedWithWhatWasSent(t *testing.T) {
	r := newRig(t, &service{})
	told, err := r.watch(r.send("OPID_1").ID)
	if err != nil {
		t.Fatal(err)
	}
	if c := told[0].Comparison; c.Same != 2 || c.Different != 0 || c.NotReturned != 2 {
		t.Errorf("stored as sent? %+v", c)
	}
}

func TestWhatIsNotSeenInTwoMinutesStaysAccepted(t *testing.T) {
	s := &service{hidden: true}
	r := newRig(t, s)
	e := r.send("OPID_1")
	told, err := r.watch(e.ID)
	if err != nil {
		t.Fatal(err)
	}
	last := told[len(told)-1]
	if last.State != outbox.ArrivalNotSeen || last.After != outbox.WatchFor {
		t.Errorf("the last: %+v", last)
	}
	r.mustBe(r.kept(e.ID), journal.Accepted)
	longest := time.Duration(0)
	for _, d := range r.clock.slept {
		longest = max(longest, d)
	}
	if longest != 10*time.Second || r.clock.slept[0] != 300*time.Millisecond {
		t.Errorf("slept %v", r.clock.slept)
	}
}

func TestTheTimelineDecidesOnAnUncertainEntry(t *testing.T) {
	for stored, want := range map[bool]journal.State{true: journal.Visible, false: journal.Uncertain} {
		s := &service{}
		r := newRig(t, s)
		e := uncertain(t, r, s, stored)
		if _, err := r.watch(e.ID); err != nil {
			t.Fatal(err)
		}
		kept := r.kept(e.ID)
		r.mustBe(kept, want)
		if kept.Doubt == stored {
			t.Errorf("stored %v, in doubt %v", stored, kept.Doubt)
		}
	}
}

func TestAProbableMatchIsCalledProbable(t *testing.T) {
	for _, before := range []journal.State{journal.Accepted, journal.Uncertain} {
		s := &service{}
		r := newRig(t, s)
		var e journal.Entry
		if before == journal.Accepted {
			e = r.send("OPID_1")
		} else {
			e = uncertain(t, r, s, true)
		}
		delete(s.rows["OPID_1"], "SourceActivityId") // the service does not give it
		told, err := r.watch(e.ID)
		if err != nil {
			t.Fatal(err)
		}
		last := told[len(told)-1]
		if last.State != outbox.ArrivalSeen || !last.Probably() {
			t.Errorf("%s: %+v", before, last)
		}
		want := map[journal.State]journal.State{journal.Accepted: journal.Visible, journal.Uncertain: journal.Uncertain}[before]
		r.mustBe(last.Entry, want)
		if kept := r.kept(e.ID); kept.MatchedBy != journal.MatchTypeAndTime || (kept.Note != "") != (want == journal.Uncertain) {
			t.Errorf("%s: kept %+v", before, kept)
		}
	}
}

func TestWhatWasAlreadyThereIsCompared(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	r.send("OPID_1")
	request := r.request(coffee, "OPID_1")
	request.Body = []byte(`{"PurchaseId":"OPID_1","ContactId":"CNTID_1000","PurchasedOn":"2026-11-23T11:59:00Z"}`)
	e, err := r.outbox.Send(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	told, err := r.watch(e.ID)
	if err != nil {
		t.Fatal(err)
	}
	last := told[len(told)-1]
	r.mustBe(last.Entry, journal.AlreadyThere)
	if last.Comparison.Different != 1 || last.Entry.VisibleAt.IsZero() {
		t.Errorf("%+v", last)
	}
}

func TestAWatchOutlastsFailuresThatPassAndEndsAtThoseThatDoNot(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := r.send("OPID_1")
	failures := 5 // more than the client itself retries
	s.before = func(w http.ResponseWriter, _ *http.Request) bool {
		if failures--; failures < 0 {
			return false
		}
		answer(w, 503, map[string]any{"errorCode": "internalServerError"})
		return true
	}
	told, err := r.watch(e.ID)
	if err != nil || told[0].Err == nil || told[len(told)-1].State != outbox.ArrivalSeen || told[len(told)-1].Failed != 1 {
		t.Errorf("told %+v, error %v", told, err)
	}
	other := r.send("OPID_2")
	for _, status := range []int{401, 403} {
		s.before = func(w http.ResponseWriter, _ *http.Request) bool {
			answer(w, status, map[string]any{"statusCode": status, "message": "no"})
			return true
		}
		if told, err := r.watch(other.ID); err == nil || len(told) != 0 {
			t.Errorf("%d: told %+v, error %v", status, told, err)
		}
	}
	s.before = nil
	ctx, cancel := context.WithCancel(t.Context())
	s.hidden = true
	err = r.outbox.WatchArrival(ctx, other.ID, r.target(coffee), func(outbox.Arrival) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestAWatchReadsAnAnswerWithoutAnEndOnce(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := r.send("OPID_1")
	asked := 0
	s.before = func(w http.ResponseWriter, req *http.Request) bool {
		asked++
		w.Header().Set("Content-Type", "application/json")
		chunk := bytes.Repeat([]byte(" "), 1<<20)
		for req.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				break
			}
		}
		return true
	}
	var answer *client.Error
	if told, err := r.watch(e.ID); !errors.As(err, &answer) || answer.Kind != client.KindTooLarge || len(told) != 0 || asked != 1 {
		t.Errorf("asked %d times, told %+v, error %v", asked, told, err)
	}
	r.mustBe(r.kept(e.ID), journal.Accepted)
}

func TestOnlyAnActivityThatMayBeThereIsWatched(t *testing.T) {
	s := &service{before: func(w http.ResponseWriter, _ *http.Request) bool {
		answer(w, 400, map[string]any{"errorCode": "mandatoryFieldsMissing"})
		return true
	}}
	r := newRig(t, s)
	refused, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err == nil {
		t.Fatal("not refused")
	}
	if _, err := r.watch(refused.ID); !errors.Is(err, outbox.ErrNotWatchable) {
		t.Errorf("refused: error is %v", err)
	}
	if _, err := r.watch("nobody"); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("no entry: error is %v", err)
	}
	if err := r.outbox.WatchArrival(t.Context(), refused.ID, outbox.Target{}, nil); !errors.Is(err, outbox.ErrTarget) {
		t.Errorf("no target: error is %v", err)
	}
	if err := r.outbox.WatchArrival(t.Context(), refused.ID, r.target(production), nil); !errors.Is(err, outbox.ErrTarget) {
		t.Errorf("other target: error is %v", err)
	}
}

func TestTheCustomerIsFoundFromTheForeignKey(t *testing.T) {
	const field = "eCommerce_eCommerceContacts_ContactId"
	nobody := func(w http.ResponseWriter) { answer(w, 200, map[string]any{"value": []any{}}) }
	none := func(*outbox.Target) {}
	cases := []struct {
		name   string
		target func(*outbox.Target)
		answer func(w http.ResponseWriter, r *http.Request, filter string)
		asked  string
		err    error
	}{
		{"by the alternate key", none, nil, "Customer[" + field + " eq 'CNTID_1000']", nil},
		{"by the key ring", none, func(w http.ResponseWriter, r *http.Request, _ string) {
			if strings.HasSuffix(r.URL.Path, "/keyring") {
				answer(w, 200, map[string]any{"customerId": "customer-1"})
				return
			}
			answer(w, 400, map[string]any{"errorCode": "fieldNotExistsInMetadata"})
		}, "Customer[" + field + " eq 'CNTID_1000'] keyring[eCommerce eCommerceContacts CNTID_1000]", nil},
		{
			"nowhere", none, func(w http.ResponseWriter, r *http.Request, _ string) { nobody(w) },
			"Customer[" + field + " eq 'CNTID_1000'] keyring[eCommerce eCommerceContacts CNTID_1000]", outbox.ErrUnknownCustomer,
		},
		{"without the far entity's metadata", func(t *outbox.Target) { t.Entities = nil }, nil, "Customer[" + field + " eq 'CNTID_1000']", nil},
		{"without any metadata", func(t *outbox.Target) { t.Entities, t.Relationships = nil, nil }, nil, "Customer[CustomerId eq 'CNTID_1000']", nil},
		{"by the customer's id itself", func(t *outbox.Target) {
			t.Relationships = []metadata.Relationship{{FromEntity: purchases.QualifiedName, FromAttribute: "ContactId", ToEntity: "Customer", ToAttribute: "CustomerId"}}
		}, nil, "", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &service{}
			r := newRig(t, s)
			e := r.send("OPID_1")
			var asked []string
			s.before = func(w http.ResponseWriter, req *http.Request) bool {
				q := req.URL.Query()
				switch {
				case strings.HasSuffix(req.URL.Path, "/keyring"):
					asked = append(asked, "keyring["+q.Get("dataSourceName")+" "+q.Get("entityName")+" "+q.Get("key")+"]")
				case strings.HasSuffix(req.URL.Path, "/Customer"):
					asked = append(asked, "Customer["+q.Get("$filter")+"]")
				default:
					return false
				}
				if c.answer != nil {
					c.answer(w, req, q.Get("$filter"))
				}
				return c.answer != nil
			}
			target := r.target(coffee)
			c.target(&target)
			err := r.outbox.WatchArrival(t.Context(), e.ID, target, func(outbox.Arrival) {})
			if !errors.Is(err, c.err) {
				t.Errorf("error is %v, want %v", err, c.err)
			}
			if got := strings.Join(asked, " "); got != c.asked {
				t.Errorf("asked %s\nwant  %s", got, c.asked)
			}
		})
	}
}
