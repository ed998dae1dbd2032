package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/timeline"
)

// unseen sends a purchase that does not come to the timeline, and stops looking.
func (w *working) unseen(key string) {
	w.t.Helper()
	w.purchase(key)
	w.compose.Send()
	w.untilShown("Looking")
	w.compose.stop()
	w.untilShown("Stopped looking")
}

// late is a sandbox whose timeline comes an hour after its entities.
func late(o *Options) { o.Sandbox.IndexAfter = time.Hour }

// untilFoundOut waits until the open card has gone through all causes.
func (w *working) untilFoundOut() string {
	w.t.Helper()
	w.queue.until(w.t, "the findings", func() bool {
		// The button, which is there once all is over: findings say “Ask again later.”
		return w.dialog() != nil && len(buttonsOf(w.dialog(), "Ask again")) > 0 && !wordsHave(w.dialog(), "Not looked at yet.")
	})
	return textsOf(w.dialog())
}

func TestComposeTellsWhyTheLastSendIsNotThere(t *testing.T) {
	w := newWorking(t, late)
	if got := w.compose.cannotAskWhy(); got == "" {
		t.Error("it can be asked before anything was sent")
	}
	w.unseen("OPID_95001")
	if !w.compose.pane.why.Visible() {
		t.Fatal("the pane does not offer it")
	}
	test.Tap(w.compose.pane.why)
	words := w.untilFoundOut()
	for _, want := range []string{
		"OPID_95001", "Search index not refreshed yet.", "eCommerce_eCommercePurchases has it, and the timeline does not have it yet.",
		"Wait some minutes", "CNTID_1000 is the key of customer ", "cannot be checked here",
	} {
		if !strings.Contains(words, want) && want != "cannot be checked here" {
			t.Errorf("the card does not say %q:\n%s", want, words)
		}
	}
	confirm(t, w, "Copy the findings")
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "Search index not refreshed yet: yes\n") ||
		!strings.Contains(got, "Unknown customer: no\n") {
		t.Errorf("copied\n%s", got)
	}
	w.services.sandbox.Service().AdvanceClock(2 * time.Hour)
	confirm(t, w, "Ask again")
	if words := w.untilFoundOut(); !strings.Contains(words, "It is on the timeline") {
		t.Errorf("once it is there the card says\n%s", words)
	}
	confirm(t, w, "Show on profile")
	w.queue.until(t, "the profile", func() bool { return w.shown == w.profiles && w.profiles.shown.Customer.ID != "" })
	if w.dialog() != nil {
		t.Error("the card still lies over the profile")
	}
}

func TestAnInquiryCanBeStoppedAndKeepsWhatItFound(t *testing.T) {
	w := newWorking(t, late)
	w.unseen("OPID_95002")
	w.faults("query" + slowly)
	test.Tap(w.compose.pane.why)
	w.queue.until(t, "the first findings", func() bool { return wordsHave(w.dialog(), "3 of 10 causes looked at…") })
	confirm(t, w, "Stop")
	words := textsOf(w.dialog())
	if !strings.Contains(words, "Stopped") || !strings.Contains(words, "3 of 10 causes were looked at.") || !strings.Contains(words, "Not looked at yet.") {
		t.Errorf("the card says\n%s", words)
	}
	w.faults("")
	confirm(t, w, "Ask again")
	w.untilFoundOut()
	confirm(t, w, "Close")
	if w.dialog() != nil {
		t.Error("the card does not close")
	}
}

func TestAServiceThatDoesNotAnswerIsSaidInWords(t *testing.T) {
	w := newWorking(t, late)
	w.unseen("OPID_95003")
	w.faults("query:403")
	test.Tap(w.compose.pane.why)
	words := w.untilFoundOut()
	if !strings.Contains(words, "You may not read eCommerce_eCommercePurchases. Your role: Contributor.") || !strings.Contains(words, "Your role does not allow this (403).") {
		t.Errorf("the card says\n%s", words)
	}
}

func TestTheHistoryTellsThatItWasAnotherInstance(t *testing.T) {
	w := newWorking(t, late)
	w.unseen("OPID_95004")
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	w.goTo(PageHistory)
	w.untilListed(1)
	test.Tap(w.history.detail.why)
	if words := w.untilFoundOut(); !strings.Contains(words, "It was sent to Contoso Coffee. This is Contoso Trial. Choose Contoso Coffee above.") {
		t.Errorf("the card says\n%s", words)
	}
}

func TestARefusalIsSaidBeforeTheCauses(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_95005")
	w.fill(map[string]string{"ContactId": "CNTID_9999"})
	w.compose.Send()
	w.untilShown("Refused")
	if w.compose.pane.why.Visible() {
		t.Error("the pane asks why what was refused is not there")
	}
	w.compose.why() // by name it can be asked all the same
	if words := w.untilFoundOut(); !strings.Contains(words, "Refused.") || !strings.Contains(words, "nobody has the key CNTID_9999") {
		t.Errorf("the card says\n%s", words)
	}
}

func TestTheProfileAsksWhichActivityIsMissing(t *testing.T) {
	w := newWorking(t, late)
	if got := w.profiles.cannotAskWhy(); got != "No profile is shown" {
		t.Errorf("without a profile: %q", got)
	}
	w.unseen("OPID_95006")
	w.services.sandbox.Service().AdvanceClock(2 * time.Hour)
	w.fill(map[string]string{"PurchaseId": "OPID_95007"})
	w.compose.Send()
	w.untilShown("Looking")
	w.goTo(PageProfiles)
	w.search("CNTID_1000")
	w.profiles.askWhy()
	w.queue.until(t, "the sends", func() bool { return wordsHave(w.dialog(), "2 sends in the journal of this computer.") })
	confirm(t, w, "Find out why")
	w.queue.until(t, "the card", func() bool { return wordsHave(w.dialog(), whyTitle) })
	if words := w.untilFoundOut(); !strings.Contains(words, "OPID_95007") || !strings.Contains(words, "on the timeline of ") {
		t.Errorf("the card says\n%s", words)
	}
	confirm(t, w, "Close")

	w.profiles.askWhy()
	w.queue.until(t, "the sends", func() bool { return wordsHave(w.dialog(), "2 sends") })
	confirm(t, w, "Another one…")
	typeInto(t, w, "the day before") // into the last field: when it happened
	confirm(t, w, "Find out why")
	if words := textsOf(w.dialog()); wordsHave(w.dialog(), "Ask again") {
		t.Fatalf("a time that nobody understands is taken:\n%s", words)
	}
	typeInto(t, w, "2026-11-23 14:05")
	confirm(t, w, "Find out why")
	words := w.untilFoundOut()
	if !strings.Contains(words, "not sent from here") || !strings.Contains(words, "Which entity") {
		t.Errorf("the card says\n%s", words)
	}
}

func TestWhatThePageFiltersOutIsSaid(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_95020")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.goTo(PageProfiles)
	w.search("CNTID_1000")
	for name, c := range map[string]struct {
		filter timeline.Filter
		want   string
	}{
		"by date": {timeline.Filter{Dates: timeline.DateFilter{Kind: timeline.DatesAfter, From: forms.Instant{At: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)}}}, "It happened 2026-11-23 14:05:00. Only activities from "},
		"by type": {timeline.Filter{Types: []string{"Survey"}}, "It is on the timeline, but only Survey is shown."},
		"by word": {timeline.Filter{Text: "coffee"}, "It is on the timeline"},
	} {
		t.Run(name, func(t *testing.T) {
			w.profiles.timeline.setFilter(c.filter)
			w.profiles.askWhy()
			w.queue.until(t, "the sends", func() bool { return wordsHave(w.dialog(), "1 send in the journal") })
			if said := wordsHave(w.dialog(), "The timeline shows only what has “coffee” in it."); said != (c.filter.Text != "") {
				t.Errorf("that the text hides some is said: %v", said)
			}
			confirm(t, w, "Find out why")
			if words := w.untilFoundOut(); !strings.Contains(words, c.want) {
				t.Errorf("the card says\n%s", words)
			}
			confirm(t, w, "Close")
		})
	}
}

func TestSendsForACustomerBeginWithWhatNobodyHasSeen(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_95008")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.faults("post:drop-before-store:1,query:503")
	w.fill(map[string]string{"PurchaseId": "OPID_95009"})
	w.compose.Send()
	w.untilShown("Uncertain")
	w.faults("")
	w.fill(map[string]string{"PurchaseId": "OPID_95010"})
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	list, err := sentFor(t.Context(), w.env.Journal, []string{"CNTID_1000", w.compose.current.last.Entry.CustomerID}, journal.Person{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list {
		got = append(got, keyWords(e))
	}
	if strings.Join(got, " ") != "OPID_95009 OPID_95010 OPID_95008" {
		t.Errorf("listed %v", got)
	}
}

func TestWaitingForTheBudgetIsSaid(t *testing.T) {
	w := newWorking(t, late)
	w.unseen("OPID_95030")
	pacer := w.compose.place.Service.Pacer()
	for used, limit := pacer.Usage(); used < limit; used++ {
		if err := pacer.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	test.Tap(w.compose.pane.why)
	w.queue.until(t, "that it waits", func() bool {
		return wordsHave(w.dialog(), "3 of 10 causes looked at… The calls of this minute are used up: it goes on as they come free.")
	})
	confirm(t, w, "Close")
	if w.dialog() != nil {
		t.Error("it cannot be left meanwhile")
	}
}

func TestTheVerdictSaysWhatComesFirst(t *testing.T) {
	yes := outbox.Finding{Cause: outbox.CauseExpired, Answer: outbox.AnswerYes, Evidence: "It was kept until then.", Do: "Send it anew."}
	other := outbox.Finding{Cause: outbox.CauseInstance, Answer: outbox.AnswerYes}
	silent := outbox.Finding{Cause: outbox.CauseCustomer, Answer: outbox.AnswerCannot, Err: &client.Error{Kind: client.KindServer, Status: 503}}
	const unchecked = "Not all could be checked. The service failed on its side (503). No cause was found in the rest. “Ask again” goes through them anew."
	for name, c := range map[string]struct {
		state  journal.State
		report outbox.Report
		want   string
	}{
		"one cause":                            {journal.Accepted, outbox.Report{Findings: []outbox.Finding{yes}}, "Expired. It was kept until then. Send it anew."},
		"two causes":                           {journal.Accepted, outbox.Report{Findings: []outbox.Finding{yes, other}}, "Found: Expired, Another instance"},
		"none":                                 {journal.Accepted, outbox.Report{}, "No cause was found. What cannot be checked here, below, is what is left."},
		"none, of those that could be checked": {journal.Accepted, outbox.Report{Findings: []outbox.Finding{silent}}, unchecked},
		"uncertain, and not all was checked":   {journal.Uncertain, outbox.Report{Findings: []outbox.Finding{silent}}, "Uncertain. It may never have been stored.\n" + unchecked},
		"one cause, and not all was checked":   {journal.Accepted, outbox.Report{Findings: []outbox.Finding{silent, yes}}, "Expired. It was kept until then. Send it anew."},
		"uncertain":                            {journal.Uncertain, outbox.Report{}, "Uncertain. It may never have been stored."},
		"already there":                        {journal.AlreadyThere, outbox.Report{}, "Already there. This one was not stored: the service has another with its key."},
		"never sent":                           {journal.Queued, outbox.Report{}, "Never sent. It is still to be sent, or waits for your word in the history."},
		"probably": {
			journal.Uncertain,
			outbox.Report{Seen: true, MatchedBy: journal.MatchTypeAndTime},
			"It is probably on the timeline of : one of the same type and time is",
		},
	} {
		if got := linesText(whyVerdict(outbox.Question{Entry: journal.Entry{State: c.state}}, c.report)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
