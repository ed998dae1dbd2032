package outbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

func TestAServiceThatDoesNotSortIsAskedWithoutAndOnlyOnceTold(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	var orders []string
	s.before = func(w http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "/UnifiedActivity") {
			return false
		}
		order := req.URL.Query().Get("$orderby")
		orders = append(orders, order)
		if order != "" {
			answer(w, 400, map[string]any{"errorCode": "unsupportedOperation"})
		}
		return order != ""
	}
	for _, id := range []string{"OPID_1", "OPID_2"} {
		e := r.send(id)
		if _, err := r.watch(e.ID); err != nil {
			t.Fatal(err)
		}
		r.mustBe(r.kept(e.ID), journal.Visible)
	}
	if got, want := strings.Join(orders, "|"), "ActivityTime desc|ActivityTimeStamp desc||"; got != want {
		t.Errorf("asked for %q, want %q", got, want)
	}
}

func TestAnOldActivityIsFoundAmongMoreThanAPage(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := r.send("OPID_1")
	for i := range 150 { // all newer
		id := fmt.Sprintf("newer_%d", i)
		s.rows[id] = map[string]string{"CustomerId": "customer-1", "ActivityTimeStamp": "2026-11-24T00:00:00Z", "SourceTableName": "x", "SourceActivityId": id}
		s.order = append(s.order, id)
	}
	var filters []string
	s.before = func(w http.ResponseWriter, req *http.Request) bool {
		filter := req.URL.Query().Get("$filter")
		switch {
		case !strings.HasSuffix(req.URL.Path, "/UnifiedActivity"):
			return false
		case strings.Contains(filter, " ge "):
			filters = append(filters, filter)
			answer(w, 200, map[string]any{"value": []any{s.rows["OPID_1"]}})
		default:
			newest := []any{}
			for i := range 100 {
				newest = append(newest, s.rows[s.order[len(s.order)-1-i]])
			}
			answer(w, 200, map[string]any{"value": newest})
		}
		return true
	}
	if _, err := r.watch(e.ID); err != nil {
		t.Fatal(err)
	}
	r.mustBe(r.kept(e.ID), journal.Visible)
	want := "CustomerId eq 'customer-1' and ActivityTimeStamp ge 2026-11-22T11:00:00.000Z and ActivityTimeStamp le 2026-11-24T11:00:00.000Z"
	if len(filters) != 1 || filters[0] != want {
		t.Errorf("asked %q\nwant  %q", filters, want)
	}
}

func TestARowIsRecognisedInEveryReading(t *testing.T) {
	const none = ""
	cases := []struct {
		name string
		row  map[string]string
		want string
	}{
		{"data name and id", map[string]string{"SourceTableName": "eCommerce_eCommercePurchases", "SourceActivityId": "OPID_1"}, journal.MatchSourceID},
		{"entity name", map[string]string{"SourceTableName": "eCommercePurchases", "SourceActivityId": "OPID_1"}, journal.MatchSourceID},
		{"other case", map[string]string{"SourceTableName": "ecommerce_ecommercepurchases", "SourceActivityId": "OPID_1"}, journal.MatchSourceID},
		{"other id", map[string]string{"SourceTableName": "eCommercePurchases", "SourceActivityId": "OPID_2", "ActivityTime": "2026-11-23T11:00:00Z"}, none},
		{"other table", map[string]string{"SourceTableName": "POS_posPurchases", "SourceActivityId": "OPID_1", "ActivityTime": "2026-11-23T11:00:00Z"}, none},
		{"table and time", map[string]string{"SourceTableName": "eCommercePurchases", "ActivityTime": "2026-11-23T12:00:00.0004+01:00"}, journal.MatchTypeAndTime},
		{"table, other time", map[string]string{"SourceTableName": "eCommercePurchases", "ActivityTime": "2026-11-23T11:00:01Z"}, none},
		{"type and time", map[string]string{"ActivityType": "SalesOrder", "ActivityTimeStamp": "2026-11-23T11:00:00Z"}, journal.MatchTypeAndTime},
		{"label and time", map[string]string{"ActivityTypeDisplay": "OnlinePurchase", "ActivityTime": "2026-11-23T11:00:00Z"}, journal.MatchTypeAndTime},
		{"time alone", map[string]string{"ActivityTime": "2026-11-23T11:00:00Z"}, none},
		{"other type", map[string]string{"ActivityType": "Feedback", "ActivityTime": "2026-11-23T11:00:00Z"}, none},
		{"nothing", map[string]string{}, none},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &service{}
			r := newRig(t, s)
			request := r.request(coffee, "OPID_1")
			request.Body = []byte(`{"PurchaseId":"OPID_1","PurchasedOn":"2026-11-23T11:00:00Z","ActivityType":"SalesOrder","ActivityTypeDisplay":"OnlinePurchase"}`)
			e, err := r.outbox.Send(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			s.rows["OPID_1"] = c.row
			told, err := r.watch(e.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got := told[len(told)-1].MatchedBy; got != c.want {
				t.Errorf("recognised by %q, want %q", got, c.want)
			}
		})
	}
}

func TestAKeyOfSeveralFieldsAndUnifiedActivityItselfAreRecognised(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	request := r.request(coffee, "OPID_1")
	request.KeyFields = []journal.KeyValue{{Name: "Shop", Value: "7"}, {Name: "PurchaseId", Value: "OPID_1"}}
	e, err := r.outbox.Send(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	s.rows["OPID_1"]["SourceActivityId"] = "7|OPID_1"
	if told, err := r.watch(e.ID); err != nil || told[0].MatchedBy != journal.MatchSourceID {
		t.Errorf("two fields: %+v, error %v", told, err)
	}

	unified := r.request(coffee, "OPID_2")
	unified.Target.Entity.QualifiedName, unified.Target.Entity.Name, unified.Target.Entity.DataSource = "UnifiedActivity", "UnifiedActivity", ""
	if e, err = r.outbox.Send(t.Context(), unified); err != nil {
		t.Fatal(err)
	}
	s.rows["OPID_2"] = map[string]string{"ActivityId": "OPID_2", "SourceTableName": "whatever"}
	var last outbox.Arrival
	if err := r.outbox.WatchArrival(t.Context(), e.ID, unified.Target, func(a outbox.Arrival) { last = a }); err != nil || last.MatchedBy != journal.MatchSourceID {
		t.Errorf("UnifiedActivity: %+v, error %v", last, err)
	}
}

func TestTheTimeHasTheNameThatTheMetadataGivesIt(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	target := r.target(coffee)
	target.Entities = append(target.Entities, metadata.Entity{Name: "UnifiedActivity", TimestampAttribute: "HappenedAt"})
	var orders []string
	s.before = func(_ http.ResponseWriter, req *http.Request) bool {
		if strings.HasSuffix(req.URL.Path, "/UnifiedActivity") {
			orders = append(orders, req.URL.Query().Get("$orderby"))
		}
		return false
	}
	e := r.send("OPID_1")
	s.rows["OPID_1"] = map[string]string{"SourceTableName": "eCommercePurchases", "HappenedAt": "2026-11-23T11:00:00Z"}
	var last outbox.Arrival
	if err := r.outbox.WatchArrival(t.Context(), e.ID, target, func(a outbox.Arrival) { last = a }); err != nil {
		t.Fatal(err)
	}
	if last.State != outbox.ArrivalSeen || !last.Probably() || last.Comparison.Same != 1 {
		t.Errorf("the last: %+v", last)
	}
	if strings.Join(orders, "|") != "HappenedAt desc" {
		t.Errorf("sorted by %q", orders)
	}
}
