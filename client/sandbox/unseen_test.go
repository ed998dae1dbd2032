package sandbox_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// timeline lists the source keys on a customer's timeline.
func (r *rig) timeline(customer string) []string {
	r.t.Helper()
	var keys []string
	for _, row := range r.get(data("UnifiedActivity", "$filter", "CustomerId eq '"+customer+"'")).rows(r.t) {
		key, _ := row["SourceActivityId"].(string)
		keys = append(keys, key)
	}
	return keys
}

// customerBy is the id of the customer behind a key of the shop's.
func (r *rig) customerBy(key string) string {
	r.t.Helper()
	ring := r.get(in("/profile/keyring?dataSourceName=eCommerce&entityName=eCommerceContacts&key=" + key))
	id, _ := ring.must(r.t, http.StatusOK).object(r.t)["customerId"].(string)
	return id
}

func inStyles(t *testing.T, o sandbox.Options, test func(t *testing.T, r *rig)) {
	t.Helper()
	for _, style := range styles {
		o.Style = style
		t.Run(style.String(), func(t *testing.T) { test(t, newRig(t, o)) })
	}
}

func TestTheTimelineIsLaterThanTheEntity(t *testing.T) {
	inStyles(t, sandbox.Options{VisibleAfter: time.Second, IndexAfter: time.Minute}, func(t *testing.T, r *rig) {
		r.post(data(purchases), purchase("OPID_1"))
		customer := r.firstCustomer()
		inEntity := func() bool {
			list := r.get(data(purchases)).rows(t)
			return slices.ContainsFunc(list, func(row map[string]any) bool { return row["PurchaseId"] == "OPID_1" })
		}
		onTimeline := func() bool { return slices.Contains(r.timeline(customer), "OPID_1") }
		full := len(r.get(data(purchases)).rows(t)) == 100 // the entity's first page is, where the service does not sort
		for _, c := range []struct {
			wait             time.Duration
			entity, timeline bool
		}{{0, false, false}, {time.Second, true, false}, {time.Minute, true, true}} {
			r.service.AdvanceClock(c.wait)
			if !full && inEntity() != c.entity || onTimeline() != c.timeline {
				t.Errorf("after %v more: in its entity %v, on the timeline %v", c.wait, inEntity(), onTimeline())
			}
		}
	})
}

func TestAMergedProfileLeavesItsIdAndTakesItsActivitiesAlong(t *testing.T) {
	inStyles(t, sandbox.Options{}, func(t *testing.T, r *rig) {
		into, from := r.customerBy("CNTID_1000"), r.customerBy("CNTID_1001")
		r.post(data(purchases), `{"PurchaseId":"OPID_1","ContactId":"CNTID_1001","PurchasedOn":"2026-11-23T13:05:00Z","TotalPrice":1}`)
		before := len(r.timeline(into)) + len(r.timeline(from))
		if err := r.service.Merge(sandbox.Merge{From: "CNTID_1001", Into: into}); err != nil {
			t.Fatal(err)
		}
		if got := r.customerBy("CNTID_1001"); got != into {
			t.Errorf("its key leads to %s, want %s", got, into)
		}
		if rows := r.get(data("Customer", "$filter", "CustomerId eq '"+from+"'")).rows(t); len(rows) != 0 {
			t.Errorf("its id is still there: %v", rows)
		}
		if rows := r.timeline(from); len(rows) != 0 {
			t.Errorf("its timeline is still there: %v", rows)
		}
		if rows := r.timeline(into); len(rows) != before || !slices.Contains(rows, "OPID_1") {
			t.Errorf("the other has %d activities, want %d with OPID_1", len(rows), before)
		}
		r.post(data(purchases), `{"PurchaseId":"OPID_2","ContactId":"CNTID_1001","PurchasedOn":"2026-11-23T13:06:00Z","TotalPrice":1}`)
		if rows := r.timeline(into); !slices.Contains(rows, "OPID_2") {
			t.Errorf("a new activity does not go to the other: %v", rows)
		}
		r.patch(data("Customer/"+from), `{"City":"Bern"}`).must(t, http.StatusNotFound)
		r.get(in("/profile/activityresponsemetadata?customerId="+from)).must(t, http.StatusNotFound)
		if err := r.service.Merge(sandbox.Merge{From: from, Into: into}); err == nil {
			t.Error("it can be merged twice")
		}
	})
}

func TestARoleThatDoesNotShowAnEntityHidesItsActivities(t *testing.T) {
	inStyles(t, sandbox.Options{Unseen: []string{purchases}}, func(t *testing.T, r *rig) {
		r.get(data(purchases)).must(t, http.StatusForbidden)
		r.post(data(purchases), purchase("OPID_1")).must(t, http.StatusForbidden)
		customer := r.firstCustomer()
		for _, row := range r.get(data("UnifiedActivity", "$filter", "CustomerId eq '"+customer+"'")).rows(t) {
			if row["SourceTableName"] == purchases {
				t.Fatalf("its activity is on the timeline: %v", row)
			}
		}
		r.service.SetUnseen()
		r.get(data(purchases)).must(t, http.StatusOK)
	})
}

func TestAMergeIsWrittenFromInto(t *testing.T) {
	if m, err := sandbox.ParseMerge("CNTID_1001=CNTID_1000"); err != nil || m != (sandbox.Merge{From: "CNTID_1001", Into: "CNTID_1000"}) {
		t.Errorf("%+v, %v", m, err)
	}
	for _, text := range []string{"", "a", "=a", "a=", "a=a"} {
		if _, err := sandbox.ParseMerge(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
