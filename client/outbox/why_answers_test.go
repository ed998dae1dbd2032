package outbox_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

func TestAFilterOnThePageIsNoFaultOfTheType(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	q := asked(s.posted(s.purchase(target, "OPID_1")), target)
	q.Shown.Types = []string{"Feedback"}
	report, _ := s.why(q)
	if f := of(t, report, outbox.CauseHidden); f.Answer != outbox.AnswerYes || !strings.Contains(f.Evidence, "only Feedback is shown") || !report.Seen {
		t.Errorf("it says %s: %s", f.Answer, f.Evidence)
	}
	q.Shown.Types = []string{"feedback", "salesorder"}
	if report, _ := s.why(q); len(report.Yes()) > 0 {
		t.Errorf("a type that is shown hides it:\n%s", inWords(report))
	}
}

func TestWhatWasNotSentFromHereIsAskedForByWhatIsKnown(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	customer := s.customerOf(target, "CNTID_1000")
	nothing := outbox.Question{Customer: customer, Target: target}
	nothing.Target.Entity = metadata.Entity{}
	report, _ := s.why(nothing)
	for _, cause := range []outbox.Cause{outbox.CauseTime, outbox.CauseNotSetUp, outbox.CauseExpired, outbox.CauseInstance, outbox.CauseRole, outbox.CauseHidden, outbox.CauseIndex} {
		if f := of(t, report, cause); f.Answer != outbox.AnswerCannot {
			t.Errorf("of nothing but the customer, %s: %s. %s", cause, f.Answer, f.Evidence)
		}
	}
	if f := of(t, report, outbox.CauseCustomer); f.Answer != outbox.AnswerNo {
		t.Errorf("the customer: %s. %s", f.Answer, f.Evidence)
	}
	// Of another client's, as its sender describes it: it was stored, and is there.
	r := s.purchase(target, "OPID_1")
	if _, err := target.Service.PostActivity(t.Context(), purchaseEntity, r.Body, r.Options); err != nil {
		t.Fatal(err)
	}
	described := outbox.Question{Customer: customer, Target: target, Entry: journal.Entry{
		Entity: purchaseEntity, KeyFields: r.KeyFields, TimeValue: r.TimeValue,
	}}
	if report, _ := s.why(described); !report.Seen || report.MatchedBy != journal.MatchSourceID {
		t.Errorf("it is not found:\n%s", inWords(report))
	}
	byType := outbox.Question{Customer: customer, Target: nothing.Target, Entry: journal.Entry{
		Body: []byte(`{"ActivityType":"OnlinePurchase","ActivityTypeDisplay":"OnlinePurchase"}`), TimeValue: r.TimeValue,
	}}
	report, _ = s.why(byType)
	if f := of(t, report, outbox.CauseHidden); f.Answer != outbox.AnswerNo || report.MatchedBy != journal.MatchTypeAndTime {
		t.Errorf("by its label and time, %q: %s. %s", report.MatchedBy, f.Answer, f.Evidence)
	}
	byType.Entry.Body = []byte(`{"ActivityType":"Parade","ActivityTypeDisplay":"O'Parade"}`)
	report, _ = s.why(byType)
	if f := of(t, report, outbox.CauseHidden); f.Answer != outbox.AnswerCannot || !strings.Contains(f.Evidence, "an activity of Parade") {
		t.Errorf("by a type that nobody has: %s. %s", f.Answer, f.Evidence)
	}
	// Of a profile that is gone, with nothing else known.
	if err := s.server.Service().Merge(sandbox.Merge{From: "CNTID_1000", Into: "CNTID_1001"}); err != nil {
		t.Fatal(err)
	}
	report, _ = s.why(nothing)
	if f := of(t, report, outbox.CauseCustomer); f.Answer != outbox.AnswerYes {
		t.Errorf("of a customer that is gone: %s. %s", f.Answer, f.Evidence)
	}
	if f := of(t, report, outbox.CauseMerged); f.Answer != outbox.AnswerCannot {
		t.Errorf("what became of them: %s. %s", f.Answer, f.Evidence)
	}
}

func TestAKeyOfAnotherCustomerIsSaid(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	q := asked(s.posted(s.purchase(target, "OPID_1")), target)
	q.Customer = s.customerOf(target, "CNTID_1001")
	report, _ := s.why(q)
	if yes := report.Yes(); len(yes) != 1 || yes[0].Cause != outbox.CauseCustomer || !strings.Contains(yes[0].Evidence, "another customer") {
		t.Errorf("it says\n%s", inWords(report))
	}
}

func TestAKeyThatAnotherCustomersActivityHasIsSaid(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	r := s.purchase(target, "OPID_1")
	other := strings.ReplaceAll(string(r.Body), "CNTID_1000", "CNTID_1001")
	if _, err := target.Service.PostActivity(t.Context(), purchaseEntity, []byte(other), r.Options); err != nil {
		t.Fatal(err)
	}
	report, _ := s.why(asked(s.posted(r), target))
	if yes := report.Yes(); len(yes) != 1 || yes[0].Cause != outbox.CauseCustomer || !strings.Contains(yes[0].Evidence, "of ContactId CNTID_1001") {
		t.Errorf("it says\n%s", inWords(report))
	}
}

func TestAServiceThatDoesNotAnswerIsNoCause(t *testing.T) {
	for _, fault := range []string{"query:503", "query:401", "query:403", "query:html", "query:400"} {
		t.Run(fault, func(t *testing.T) {
			s := startSandbox(t, sandbox.Options{})
			target := s.find(sandbox.InstanceCoffee, purchaseEntity)
			e := s.posted(s.purchase(target, "OPID_1"))
			faults, err := sandbox.ParseFaults(fault)
			if err != nil {
				t.Fatal(err)
			}
			s.server.Service().SetFaults(faults...)
			report, _ := s.why(asked(e, target))
			for _, f := range report.Yes() {
				if fault != "query:403" || f.Cause != outbox.CauseRole {
					t.Errorf("%s: %s", f.Cause, f.Evidence)
				}
			}
			if f := of(t, report, outbox.CauseHidden); f.Answer != outbox.AnswerCannot || f.Err == nil {
				t.Errorf("hidden: %s. %s", f.Answer, f.Evidence)
			}
			if report.Seen {
				t.Error("it is said to be there")
			}
		})
	}
}

func TestProfilesOfBusinessesAreNotCalledUnknown(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	q := asked(s.posted(s.purchase(target, "OPID_1")), target)
	q.Target.Instance.B2B = true
	report, _ := s.why(q)
	for _, cause := range []outbox.Cause{outbox.CauseCustomer, outbox.CauseMerged} {
		if f := of(t, report, cause); f.Answer != outbox.AnswerCannot || !strings.Contains(f.Evidence, "business accounts") {
			t.Errorf("%s: %s. %s", cause, f.Answer, f.Evidence)
		}
	}
}

func TestWhatTheServiceTakesTodayIsSaidToBeWorthSendingAgain(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	e := s.posted(s.purchase(target, "OPID_1"))
	e.State, e.Code = journal.Refused, "customerForActivityNotFound" // as it was before the customer was there
	report, _ := s.why(asked(e, target))
	if f := of(t, report, outbox.CauseCustomer); f.Answer != outbox.AnswerYes || !strings.HasPrefix(f.Do, "Send it again") {
		t.Errorf("the customer: %s. %s %s", f.Answer, f.Evidence, f.Do)
	}
}

func TestTheTimeThatWasSentIsLookedAt(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	at := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		field, value string
		shown        outbox.Shown
		want         outbox.Answer
		evidence     string
	}{
		"left out":          {"PurchasedOn", "", outbox.Shown{}, outbox.AnswerYes, "PurchasedOn was left out."},
		"no field":          {"", "", outbox.Shown{}, outbox.AnswerCannot, "names no field"},
		"no time":           {"PurchasedOn", "soon", outbox.Shown{}, outbox.AnswerCannot, "“soon”"},
		"all dates":         {"PurchasedOn", "2026-11-23T11:00:00Z", outbox.Shown{}, outbox.AnswerNo, "all dates are shown"},
		"at the beginning":  {"PurchasedOn", "2026-11-23T11:00:00Z", outbox.Shown{From: at}, outbox.AnswerNo, "within"},
		"before it":         {"PurchasedOn", "2026-11-23T11:00:00Z", outbox.Shown{From: at.Add(time.Second)}, outbox.AnswerYes, "from 2026-11-23 11:00:01 on"},
		"at the end":        {"PurchasedOn", "2026-11-23T11:00:00Z", outbox.Shown{Until: at}, outbox.AnswerYes, "before 2026-11-23 11:00:00"},
		"just before it":    {"PurchasedOn", "2026-11-23T11:00:00Z", outbox.Shown{Until: at.Add(time.Second)}, outbox.AnswerNo, "within"},
		"in another zone":   {"PurchasedOn", "2026-11-23T12:00:00+01:00", outbox.Shown{From: at}, outbox.AnswerNo, "2026-11-23 11:00:00"},
		"a day without one": {"PurchasedOn", "2026-11-23", outbox.Shown{From: at}, outbox.AnswerYes, "2026-11-23 00:00:00"},
	} {
		t.Run(name, func(t *testing.T) {
			e := journal.Entry{
				ID: "1", State: journal.Accepted, InstanceID: sandbox.InstanceCoffee, Entity: purchaseEntity, CustomerKey: "CNTID_1000",
				TimeField: c.field, TimeValue: c.value, AnsweredAt: noon,
			}
			q := asked(e, target)
			q.Shown = c.shown
			report, _ := s.why(q)
			if f := of(t, report, outbox.CauseTime); f.Answer != c.want || !strings.Contains(f.Evidence, c.evidence) {
				t.Errorf("%s. %s", f.Answer, f.Evidence)
			}
		})
	}
}

func TestAnActivityInTheUnifiedFormatIsAskedForByItsType(t *testing.T) {
	s := startSandbox(t, sandbox.Options{IndexAfter: time.Hour})
	target := s.find(sandbox.InstanceCoffee, "UnifiedActivity")
	customer := s.customerOf(target, "CNTID_1000")
	send := func(id, kind string) journal.Entry {
		return s.posted(outbox.Request{
			Target: target, KeyFields: []journal.KeyValue{{Name: "ActivityId", Value: id}},
			Body:          []byte(`{"CustomerId":"` + customer + `","ActivityId":"` + id + `","ActivityType":"` + kind + `","ActivityTime":"2026-11-23T11:00:00Z"}`),
			CustomerField: "CustomerId", CustomerKey: customer, TimeField: "ActivityTime", TimeValue: "2026-11-23T11:00:00Z",
		})
	}
	report, _ := s.why(asked(send("a1", "SalesOrder"), target))
	if f := of(t, report, outbox.CauseHidden); f.Answer != outbox.AnswerNo {
		t.Errorf("a type that others have: %s. %s", f.Answer, f.Evidence)
	}
	report, _ = s.why(asked(send("a2", "Parade"), target))
	if f := of(t, report, outbox.CauseHidden); f.Answer != outbox.AnswerCannot {
		t.Errorf("a type that nobody has: %s. %s", f.Answer, f.Evidence)
	}
	if len(report.Yes()) > 0 {
		t.Errorf("found\n%s", inWords(report))
	}
	s.clock.advance(time.Hour)
	if report, _ = s.why(asked(s.entries()[0], target)); !report.Seen {
		t.Errorf("it is not found by its id:\n%s", inWords(report))
	}
}

func TestWhetherAnEntityIsSetUpIsReadFromTheMetadataWhereNothingWasSent(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	for entity, want := range map[string]outbox.Answer{
		purchaseEntity: outbox.AnswerNo, "Hotel_stays": outbox.AnswerCannot, "ConflationMap": outbox.AnswerYes,
	} {
		target := s.find(sandbox.InstanceCoffee, entity)
		report, _ := s.why(outbox.Question{Entry: journal.Entry{Entity: entity}, Customer: s.customerOf(target, "CNTID_1000"), Target: target})
		if f := of(t, report, outbox.CauseNotSetUp); f.Answer != want {
			t.Errorf("%s: %s. %s", entity, f.Answer, f.Evidence)
		}
	}
}

func TestWhatIsInDoubtMayNeverHaveBeenStored(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	faults, err := sandbox.ParseFaults("post:drop-before-store:1")
	if err != nil {
		t.Fatal(err)
	}
	s.server.Service().SetFaults(faults...)
	report, _ := s.why(asked(s.posted(s.purchase(target, "OPID_1")), target))
	if f := of(t, report, outbox.CauseIndex); f.Answer != outbox.AnswerCannot || !strings.Contains(f.Evidence, "It may never have been stored") {
		t.Errorf("the index: %s. %s", f.Answer, f.Evidence)
	}
	if f := of(t, report, outbox.CauseExpired); f.Answer != outbox.AnswerCannot || len(report.Yes()) > 0 {
		t.Errorf("found\n%s", inWords(report))
	}
}

func TestWhatExpiredHereAndIsStillThereHasNotGone(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	e := s.posted(s.purchase(target, "OPID_1"))
	e.ValidUntil = noon.Add(-time.Hour) // as if the data source had brought it since
	report, _ := s.why(asked(e, target))
	if f := of(t, report, outbox.CauseExpired); f.Answer != outbox.AnswerNo || !strings.Contains(f.Evidence, "is still there") || !report.Seen {
		t.Errorf("expired: %s. %s", f.Answer, f.Evidence)
	}
}

func TestAMergeSinceTheSendIsToldByTheKey(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	e := s.posted(s.purchase(target, "OPID_1"))
	e.CustomerID = s.customerOf(target, "CNTID_1001") // it led there then, and both are still there
	report, _ := s.why(asked(e, target))
	if yes := report.Yes(); len(yes) != 1 || yes[0].Cause != outbox.CauseMerged {
		t.Errorf("found\n%s", inWords(report))
	}
}

func TestAnInquiryEndsWhenItIsStopped(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	q := asked(s.posted(s.purchase(target, "OPID_1")), target)
	ctx, stop := context.WithCancel(t.Context())
	told := 0
	_, err := s.outbox.Why(ctx, q, func(f outbox.Finding) {
		if told++; f.Cause == outbox.CauseNotSetUp {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) || told != 3 {
		t.Errorf("told %d, ended with %v", told, err)
	}
}

func TestAnInquiryAsksOnlyTheInstanceThatOneLooksAt(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	target.Instance.ID = sandbox.InstanceTrial
	if _, err := s.outbox.Why(t.Context(), outbox.Question{Target: target}, func(outbox.Finding) {}); !errors.Is(err, outbox.ErrTarget) {
		t.Errorf("asked: %v", err)
	}
}

func TestWhatIsKnownBeforeAnyCallIsToldFirst(t *testing.T) {
	s := startSandbox(t, sandbox.Options{})
	trial := s.find(sandbox.InstanceTrial, purchaseEntity)
	e := s.posted(s.purchase(trial, "OPID_1"))
	faults, err := sandbox.ParseFaults("all:503")
	if err != nil {
		t.Fatal(err)
	}
	target := s.find(sandbox.InstanceCoffee, purchaseEntity)
	s.server.Service().SetFaults(faults...)
	report, told := s.why(asked(e, target)) // of another instance nothing is asked at all
	if told[0].Cause != outbox.CauseInstance || told[0].Answer != outbox.AnswerYes || len(report.Yes()) != 1 {
		t.Errorf("told %v", told)
	}
	for _, f := range report.Findings {
		if f.Err != nil {
			t.Errorf("%s was asked of the service", f.Cause)
		}
	}
}
