package outbox_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

// missing is a fixture: what is asked about an activity that is not seen.
type missing struct {
	options  sandbox.Options
	question func(s *sandboxed) outbox.Question
	evidence string          // part of what is said of the cause
	styles   []sandbox.Style // nil: all
}

// posted sends what a request says, whatever the answer is.
func (s *sandboxed) posted(r outbox.Request) journal.Entry {
	s.t.Helper()
	e, err := s.outbox.Send(s.t.Context(), r)
	if e.ID == "" {
		s.t.Fatal(err)
	}
	e = s.kept(e.ID)
	return e
}

// asked is a question about an entry, where one stands.
func asked(e journal.Entry, t outbox.Target) outbox.Question {
	return outbox.Question{Entry: e, Target: t, Role: metadata.Role{Roles: []string{"Contributor"}}}
}

// visit is a request of an entity whose activities are not shown.
func visit(t outbox.Target, id string) outbox.Request {
	return outbox.Request{
		Target: t, Body: []byte(`{"VisitId":"` + id + `","ContactId":"CNTID_1000","VisitedOn":"2026-11-23T11:00:00Z","Page":"/"}`),
		KeyFields:     []journal.KeyValue{{Name: "VisitId", Value: id}},
		CustomerField: "ContactId", CustomerKey: "CNTID_1000", TimeField: t.Entity.TimeField(), TimeValue: "2026-11-23T11:00:00Z",
	}
}

// customerOf is the id of the customer behind a key of the shop's.
func (s *sandboxed) customerOf(t outbox.Target, key string) string {
	s.t.Helper()
	ring, err := t.Service.KeyRing(s.t.Context(), "eCommerce", "eCommerceContacts", key)
	if err != nil {
		s.t.Fatal(err)
	}
	return ring.CustomerID
}

func missings() map[outbox.Cause]missing {
	coffee := func(s *sandboxed) outbox.Target { return s.find(sandbox.InstanceCoffee, purchaseEntity) }
	return map[outbox.Cause]missing{
		outbox.CauseCustomer: {evidence: "nobody has the key CNTID_9999", question: func(s *sandboxed) outbox.Question {
			t := coffee(s)
			r := s.purchase(t, "OPID_1")
			r.Body = []byte(strings.ReplaceAll(string(r.Body), "CNTID_1000", "CNTID_9999"))
			r.CustomerKey = "CNTID_9999"
			return asked(s.posted(r), t)
		}},
		outbox.CauseTime: {evidence: "Only activities from 2026-11-23 12:00:00 on", options: sandbox.Options{VisibleAfter: time.Hour}, question: func(s *sandboxed) outbox.Question {
			t := coffee(s)
			q := asked(s.posted(s.purchase(t, "OPID_1")), t)
			q.Shown = outbox.Shown{From: noon}
			return q
		}},
		outbox.CauseNotSetUp: {evidence: "mappingForActivityNotFound", question: func(s *sandboxed) outbox.Question {
			t := s.find(sandbox.InstanceCoffee, "Hotel_stays")
			return asked(s.posted(outbox.Request{
				Target: t, Body: []byte(`{"StayId":"S1","ContactId":"CNTID_1000","ArrivedOn":"2026-11-23T11:00:00Z"}`),
				KeyFields:   []journal.KeyValue{{Name: "StayId", Value: "S1"}},
				CustomerKey: "CNTID_1000", CustomerField: "ContactId", TimeField: "ArrivedOn", TimeValue: "2026-11-23T11:00:00Z",
			}), t)
		}},
		outbox.CauseHidden: {evidence: "nobody's timeline shows any", question: func(s *sandboxed) outbox.Question {
			t := s.find(sandbox.InstanceCoffee, "Website_webVisits")
			return asked(s.posted(visit(t, "V1")), t)
		}},
		outbox.CauseExpired: {evidence: "It was kept until 2026-12-23 12:00:00", question: func(s *sandboxed) outbox.Question {
			t := coffee(s)
			e := s.posted(s.purchase(t, "OPID_1"))
			s.clock.advance(outbox.ActivityKept + time.Second)
			return asked(e, t)
		}},
		outbox.CausePageLimit: {evidence: "not among the newest 100", question: func(s *sandboxed) outbox.Question {
			t := coffee(s)
			r := s.purchase(t, "OPID_1")
			r.Body = []byte(strings.NewReplacer("CNTID_1000", "CNTID_1007", "2026-11-23T11", "2019-11-23T11").Replace(string(r.Body)))
			r.CustomerKey, r.TimeValue = "CNTID_1007", "2019-11-23T11:00:00Z"
			return asked(s.posted(r), t)
		}},
		outbox.CauseInstance: {evidence: "It was sent to Contoso Trial. This is Contoso Coffee", question: func(s *sandboxed) outbox.Question {
			trial := s.find(sandbox.InstanceTrial, purchaseEntity)
			return asked(s.posted(s.purchase(trial, "OPID_1")), coffee(s))
		}},
		outbox.CauseRole: {evidence: "You may not read " + purchaseEntity, question: func(s *sandboxed) outbox.Question {
			t := coffee(s)
			e := s.posted(s.purchase(t, "OPID_1"))
			s.server.Service().SetUnseen(purchaseEntity)
			narrow := s.find(sandbox.InstanceCoffee, "Website_webReviews") // what such a role is shown
			narrow.Entity = metadata.Entity{}
			q := asked(e, narrow)
			q.Role.Roles = []string{"Marketing"}
			return q
		}},
		outbox.CauseMerged: {evidence: "CNTID_1000 led to customer ", question: func(s *sandboxed) outbox.Question {
			t := coffee(s)
			e := s.posted(s.purchase(t, "OPID_1"))
			q := asked(e, t)
			q.Customer = s.customerOf(t, "CNTID_1000") // the page that is still open
			if err := s.server.Service().Merge(sandbox.Merge{From: "CNTID_1000", Into: "CNTID_1001"}); err != nil {
				s.t.Fatal(err)
			}
			return q
		}},
		outbox.CauseIndex: {
			evidence: "the timeline does not have it yet", options: sandbox.Options{IndexAfter: time.Hour},
			styles: []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020}, // without sorting, the newest rows are not read
			question: func(s *sandboxed) outbox.Question {
				t := coffee(s)
				return asked(s.posted(s.purchase(t, "OPID_1")), t)
			},
		},
	}
}

func TestEachCauseIsNamedAndNoOther(t *testing.T) {
	all := missings()
	for _, cause := range outbox.Causes() {
		m, ok := all[cause]
		if !ok {
			t.Errorf("%s has no fixture", cause)
			continue
		}
		if m.styles == nil {
			m.styles = styles
		}
		for _, style := range m.styles {
			t.Run(fmt.Sprint(cause, "/", style), func(t *testing.T) {
				m.options.Style = style
				s := startSandbox(t, m.options)
				q := m.question(s)
				report, told := s.why(q)
				if q.Customer == "" { // the same, asked on the customer's page
					q.Customer = s.pageOf(q)
					if fromPage, _ := s.why(q); len(fromPage.Yes()) != 1 || fromPage.Yes()[0].Cause != cause {
						t.Errorf("asked on the page of %s:\n%s", q.Customer, inWords(fromPage))
					}
				}
				yes := report.Yes()
				if len(yes) != 1 || yes[0].Cause != cause {
					t.Fatalf("the causes are %v\n%s", yes, inWords(report))
				}
				if !strings.Contains(yes[0].Evidence, m.evidence) || yes[0].Do == "" {
					t.Errorf("it says %q, do %q", yes[0].Evidence, yes[0].Do)
				}
				if len(told) != len(outbox.Causes()) {
					t.Errorf("%d causes were told one by one", len(told))
				}
				for _, f := range report.Findings {
					if f.Evidence == "" {
						t.Errorf("%s: %s, without saying what was looked at", f.Cause, f.Answer)
					}
				}
			})
		}
	}
}

// pageOf is the customer on whose page one would look for an activity.
func (s *sandboxed) pageOf(q outbox.Question) string {
	s.t.Helper()
	key := q.Entry.CustomerKey
	if key == "CNTID_9999" {
		key = "CNTID_1000" // for whom it was meant
	}
	return s.customerOf(q.Target, key)
}

// why asks, and gives what was told meanwhile.
func (s *sandboxed) why(q outbox.Question) (outbox.Report, []outbox.Finding) {
	s.t.Helper()
	var told []outbox.Finding
	report, err := s.outbox.Why(s.t.Context(), q, func(f outbox.Finding) { told = append(told, f) })
	if err != nil {
		s.t.Fatal(err)
	}
	return report, told
}

func inWords(r outbox.Report) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s: %s. %s %s %v\n", f.Cause, f.Answer, f.Evidence, f.Do, f.Err)
	}
	return b.String()
}

// of is what a report says of a cause.
func of(t *testing.T, r outbox.Report, cause outbox.Cause) outbox.Finding {
	t.Helper()
	i := slices.IndexFunc(r.Findings, func(f outbox.Finding) bool { return f.Cause == cause })
	if i < 0 {
		t.Fatalf("nothing is said of %s", cause)
	}
	return r.Findings[i]
}

func TestWhatIsThereAfterAllIsSaidToBe(t *testing.T) {
	inEveryStyle(t, sandbox.Options{}, func(t *testing.T, s *sandboxed) {
		target := s.find(sandbox.InstanceCoffee, purchaseEntity)
		report, _ := s.why(asked(s.posted(s.purchase(target, "OPID_1")), target))
		if !report.Seen || report.MatchedBy != journal.MatchSourceID || len(report.Yes()) > 0 {
			t.Errorf("seen %v\n%s", report.Seen, inWords(report))
		}
	})
}
