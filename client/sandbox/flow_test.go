package sandbox_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

// These tests let the project's own client loose on the service: the same flow
// has to succeed in every style.

func newClient(t *testing.T, o sandbox.Options) (*client.Client, *sandbox.Server) {
	t.Helper()
	o.Now = func() time.Time { return start }
	server := startServer(t, t.Context(), o)
	c, err := client.New(client.Config{
		Root: server.Root(), Tokens: client.StaticToken(server.Token()), Keys: client.StaticKey(server.Key()),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, server
}

func coffee(t *testing.T, c *client.Client) *client.Instance {
	t.Helper()
	list, err := c.Instances(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range list {
		if in.ID == sandbox.InstanceCoffee {
			if !in.Environment().Free() {
				t.Errorf("Contoso Coffee is %s", in.Environment())
			}
			return c.For(in)
		}
	}
	t.Fatal("Contoso Coffee is not listed")
	return nil
}

func TestTheClientGetsFromInstanceToTimelineInEveryStyle(t *testing.T) {
	for _, style := range styles {
		t.Run(style.String(), func(t *testing.T) {
			c, _ := newClient(t, sandbox.Options{Style: style, Rate: sandbox.DefaultRate})
			in := coffee(t, c)
			if in.Warning() != "" {
				t.Errorf("the instance comes with a warning: %s", in.Warning())
			}
			entities, err := in.Entities(t.Context(), client.EntitiesOptions{Annotations: true})
			if err != nil {
				t.Fatal(err)
			}
			relationships, err := in.Relationships(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			entity := named(t, entities, purchases)
			checkPurchases(t, entity, entities, relationships)

			body := []byte(purchase("OPID_FLOW"))
			answer, err := in.PostActivity(t.Context(), entity.DataName(), body, client.WriteOptions{ValidUntil: start.Add(time.Hour), Caller: "a test"})
			if err != nil || answer.Status != http.StatusCreated && answer.Status != http.StatusAccepted {
				t.Fatalf("answered %d, %v", answer.Status, err)
			}
			var refused *client.Error
			if _, err := in.PostActivity(t.Context(), entity.DataName(), body, client.WriteOptions{}); !errors.As(err, &refused) ||
				refused.Kind != client.KindConflict || refused.Code != "storeDuplicateItem" {
				t.Errorf("the same again: %v", err)
			}
			checkTimeline(t, in, named(t, entities, "UnifiedActivity"))
		})
	}
}

func named(t *testing.T, entities []metadata.Entity, name string) metadata.Entity {
	t.Helper()
	for _, e := range entities {
		if e.DataName() == name {
			return e
		}
	}
	t.Fatalf("there is no entity %s", name)
	return metadata.Entity{}
}

func checkPurchases(t *testing.T, e metadata.Entity, all []metadata.Entity, rels []metadata.Relationship) {
	t.Helper()
	if reception, reason := e.Receives(); reception != metadata.ReceivesYes {
		t.Errorf("purchases are not received: %s", reason)
	}
	if got := e.KeyNames(); len(got) != 1 || got[0] != "PurchaseId" {
		t.Errorf("the key is %v", got)
	}
	if e.TimeField() != "PurchasedOn" {
		t.Errorf("the time is %s", e.TimeField())
	}
	if attribute, _, ok := metadata.CustomerReference(e, all, rels); !ok || attribute != "ContactId" {
		t.Errorf("the customer is found by %q, %t", attribute, ok)
	}
	for name, kind := range map[string]metadata.Kind{
		"PurchaseId": metadata.KindText, "PurchasedOn": metadata.KindDateTime, "TotalPrice": metadata.KindDecimal,
	} {
		a, ok := e.Attribute(name)
		if !ok || a.Type.Kind != kind {
			t.Errorf("%s is %v", name, a.Type)
		}
		if a.Mandatory != (name != "TotalPrice") {
			t.Errorf("%s is mandatory: %t", name, a.Mandatory)
		}
	}
}

func checkTimeline(t *testing.T, in *client.Instance, unified metadata.Entity) {
	t.Helper()
	ring, err := in.KeyRing(t.Context(), "eCommerce", "eCommerceContacts", "CNTID_1000")
	if err != nil {
		t.Fatal(err)
	}
	page, err := in.Query(t.Context(), "UnifiedActivity", client.Query{Filter: client.And(
		client.Eq("CustomerId", client.Text(ring.CustomerID)),
		client.Ge(unified.TimeField(), client.Time(start.Add(-24*time.Hour))),
		client.Eq("SourceActivityId", client.Text("OPID_FLOW")),
	)})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Rows) != 1 || page.Rows[0].Text(unified.TimeField()) != "2026-11-23T13:05:00Z" {
		t.Errorf("the timeline has %v", page.Rows)
	}
	if counts, _, err := in.ActivityCounts(t.Context(), ring.CustomerID); err != nil || len(counts) == 0 {
		t.Errorf("counts are %v, %v", counts, err)
	}
	if _, err := in.PatchProfile(t.Context(), "Customer", ring.CustomerID, []byte(`{"City":"Bern"}`), client.WriteOptions{}); err != nil {
		t.Error(err)
	}
	first, err := in.Query(t.Context(), "UnifiedActivity", client.Query{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := in.Next(t.Context(), first)
	if err != nil || len(second.Rows) != 100 {
		t.Errorf("the second page has %d rows, %v", len(second.Rows), err)
	}
}

func TestTheClientReadsEveryTypeOfTheWideEntity(t *testing.T) {
	for _, style := range styles {
		c, _ := newClient(t, sandbox.Options{Style: style})
		entity, err := coffee(t, c).Entity(t.Context(), "Survey_wideResponses", true)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[metadata.Kind]bool{}
		for _, a := range entity.Attributes {
			kinds[a.Type.Kind] = true
		}
		for kind := metadata.KindText; kind <= metadata.KindJSON; kind++ {
			if !kinds[kind] {
				t.Errorf("%s: no field is %s", style, kind)
			}
		}
	}
}

func TestTheClientPostsWhatASampleRowHolds(t *testing.T) {
	c, server := newClient(t, sandbox.Options{})
	in := coffee(t, c)
	page, err := in.Query(t.Context(), "Survey_wideResponses", client.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var row map[string]json.RawMessage
	data, err := page.Rows[0].MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &row); err != nil {
		t.Fatal(err)
	}
	row["ResponseId"] = json.RawMessage(`"RSP_AGAIN"`)
	delete(row, "ImportedBy")
	body, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.PostActivity(t.Context(), "Survey_wideResponses", body, client.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if n := len(server.Service().Posted(sandbox.InstanceCoffee, "Survey_wideResponses")); n != 1 {
		t.Errorf("%d are stored", n)
	}
}

func TestABrokenInstanceDoesNotBreakTheList(t *testing.T) {
	c, _ := newClient(t, sandbox.Options{Style: sandbox.StyleAwkward})
	list, err := c.Instances(t.Context())
	if err != nil || len(list) != 7 {
		t.Fatalf("%d instances, %v", len(list), err)
	}
}
