package outbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/outbox"
)

// full fills the timeline of the service's customer with newer activities.
func (s *service) full() (newest []any) {
	for i := range 100 {
		newest = append(newest, map[string]string{
			"CustomerId": "customer-1", "ActivityType": "SalesOrder", "ActivityTime": "2026-11-24T00:00:00Z",
			"SourceTableName": "eCommerce_eCommercePurchases", "SourceActivityId": fmt.Sprint("newer_", i),
		})
	}
	return newest
}

func TestATimelineThatCannotBeReadToItsEndNamesNoCause(t *testing.T) {
	for name, around := range map[string]func(w http.ResponseWriter, newest []any){
		"a service that does not filter by time": func(w http.ResponseWriter, _ []any) {
			answer(w, 400, map[string]any{"errorCode": "unsupportedOperation"})
		},
		"more than a page around its time": func(w http.ResponseWriter, newest []any) {
			answer(w, 200, map[string]any{"value": newest})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := &service{hidden: true}
			r := newRig(t, s)
			e := r.send("OPID_1")
			newest := s.full()
			s.before = func(w http.ResponseWriter, req *http.Request) bool {
				switch {
				case strings.HasSuffix(req.URL.Path, "/eCommerce_eCommercePurchases"): // its own entity has it
					answer(w, 200, map[string]any{"value": []any{map[string]string{"PurchaseId": "OPID_1"}}})
				case !strings.HasSuffix(req.URL.Path, "/UnifiedActivity"):
					return false
				case strings.Contains(req.URL.Query().Get("$filter"), " ge "):
					around(w, newest)
				default:
					answer(w, 200, map[string]any{"value": newest})
				}
				return true
			}
			report, err := r.outbox.Why(t.Context(), asked(e, r.target(coffee)), func(outbox.Finding) {})
			if err != nil {
				t.Fatal(err)
			}
			if yes := report.Yes(); len(yes) > 0 {
				t.Errorf("%s is called the reason, of a timeline that was not read: %s", yes[0].Cause, yes[0].Evidence)
			}
			for _, cause := range []outbox.Cause{outbox.CausePageLimit, outbox.CauseIndex} {
				if f := of(t, report, cause); f.Answer != outbox.AnswerCannot {
					t.Errorf("%s: %s. %s", cause, f.Answer, f.Evidence)
				}
			}
		})
	}
}

func TestProfilesThatCannotBeAskedForAreNotCalledUnknown(t *testing.T) {
	for name, status := range map[string]int{"a role that is not shown them": 404, "a question that is refused": 400} {
		t.Run(name, func(t *testing.T) {
			s := &service{}
			r := newRig(t, s)
			e := r.send("OPID_1")
			s.before = func(w http.ResponseWriter, req *http.Request) bool {
				hidden := strings.HasSuffix(req.URL.Path, "/data/Customer")
				ring := strings.HasSuffix(req.URL.Path, "/profile/keyring")
				if hidden || ring {
					answer(w, status, map[string]any{"errorCode": "entityMetaDataNotFound"})
				}
				return hidden || ring
			}
			for _, customer := range []string{"", "customer-1"} {
				q := asked(e, r.target(coffee))
				q.Customer = customer
				report, err := r.outbox.Why(t.Context(), q, func(outbox.Finding) {})
				if err != nil {
					t.Fatal(err)
				}
				if f := of(t, report, outbox.CauseCustomer); f.Answer != outbox.AnswerCannot {
					t.Errorf("for %q: %s. %s", customer, f.Answer, f.Evidence)
				}
			}
		})
	}
}

func TestOneRefusedQuestionDoesNotEndTheSortingOfOthers(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := r.send("OPID_1")
	var orders []string
	refuse := true
	s.before = func(w http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "/UnifiedActivity") {
			return false
		}
		orders = append(orders, req.URL.Query().Get("$orderby"))
		if refuse {
			answer(w, 400, map[string]any{"errorCode": "malformedInputParameters"})
		}
		return refuse
	}
	if _, err := r.watch(e.ID); err == nil {
		t.Fatal("a service that takes no question was not noticed")
	}
	refuse, orders = false, nil
	if _, err := r.watch(e.ID); err != nil {
		t.Fatal(err)
	}
	if len(orders) == 0 || orders[0] != "ActivityTime desc" {
		t.Errorf("it is asked in the order %q", orders)
	}
}

func TestKeysOfSeveralFieldsThatReadAlikeAreNotTakenForOneAnother(t *testing.T) {
	r := newRig(t, &service{})
	e := r.send("OPID_1")
	e.KeyFields[0].Value = "1"
	e.KeyFields = append(e.KeyFields, e.KeyFields[0])
	e.KeyFields[1].Value = "11" // line 11 of order 1; the row is line 1 of order 11, or it is not
	row := row(t, `{"SourceTableName":"eCommerce_eCommercePurchases","SourceActivityId":"111","ActivityTime":"2026-11-20T11:00:00Z"}`)
	if how := outbox.MatchRow(e, r.target(coffee), row); how != "" {
		t.Errorf("an activity of another time is it: %q", how)
	}
	for _, id := range outbox.RowIDs(e, purchases) {
		if id.ID == "111" {
			t.Errorf("it is known by %v", id)
		}
	}
}

func TestATypeIsNotCalledHiddenWhereTimelinesNameEntitiesInAnotherWay(t *testing.T) {
	for table, want := range map[string]outbox.Answer{
		"purchases of the shop":        outbox.AnswerCannot, // a name that the metadata does not have
		"eCommerce_eCommerceContacts":  outbox.AnswerYes,
		"ECOMMERCE_ECOMMERCEPURCHASES": outbox.AnswerCannot,
	} {
		s := &service{hidden: true}
		r := newRig(t, s)
		e := r.send("OPID_1")
		s.before = func(w http.ResponseWriter, req *http.Request) bool {
			switch {
			case strings.HasSuffix(req.URL.Path, "/eCommerce_eCommercePurchases"):
				answer(w, 200, map[string]any{"value": []any{map[string]string{"PurchaseId": "another"}}})
			case !strings.HasSuffix(req.URL.Path, "/UnifiedActivity"):
				return false
			case strings.Contains(req.URL.Query().Get("$filter"), "SourceTableName in"):
				answer(w, 200, map[string]any{"value": []any{}})
			default:
				answer(w, 200, map[string]any{"value": []any{map[string]string{"CustomerId": "customer-1", "SourceTableName": table, "SourceActivityId": "x"}}})
			}
			return true
		}
		report, err := r.outbox.Why(t.Context(), asked(e, r.target(coffee)), func(outbox.Finding) {})
		if err != nil {
			t.Fatal(err)
		}
		if f := of(t, report, outbox.CauseHidden); f.Answer != want {
			t.Errorf("%s: %s. %s", table, f.Answer, f.Evidence)
		}
	}
}
