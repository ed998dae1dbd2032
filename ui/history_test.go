package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// untilListed waits until the history lists so many entries.
func (w *working) untilListed(n int) {
	w.t.Helper()
	w.queue.until(w.t, "the list", func() bool {
		return !w.history.listing.Running() && len(w.history.entries) == n && (n == 0 || w.history.detail.inner.Visible())
	})
}

func TestTheHistoryShowsWhatWasSentAndTheAnswer(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageHistory)
	w.queue.until(t, "the empty list", func() bool { return w.history.state.State() == widgets.StateEmpty })
	w.goTo(PageCompose)
	w.purchase("OPID_93001")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.fill(map[string]string{"PurchaseId": "OPID_93002", "ContactId": "CNTID_9999"})
	w.compose.Send()
	w.untilShown("Refused")

	w.goTo(PageHistory)
	w.untilListed(2)
	if got := w.history.detail.title.Text(); got != "OPID_93002" {
		t.Errorf("the newest is %q", got)
	}
	if got := w.history.detail.answer.Text(); !strings.Contains(got, "customerForActivityNotFound") {
		t.Errorf("its answer is\n%s", got)
	}
	w.history.selected(1)
	w.queue.until(t, "the other entry", func() bool { return w.history.detail.title.Text() == "OPID_93001" })
	if got := w.history.detail.body.Text(); !strings.Contains(got, `"PurchaseId": "OPID_93001"`) {
		t.Errorf("its body is\n%s", got)
	}
	if got := linesText(w.history.detail.steps.Steps()); !strings.Contains(got, "Visible on the timeline") {
		t.Errorf("its lines are\n%s", got)
	}
	w.history.filter.SetText("93002")
	w.untilListed(1)
	w.queue.until(t, "the details of what is listed", func() bool { return w.history.detail.title.Text() == "OPID_93002" })
	w.history.filter.SetText("nothing has this")
	w.queue.until(t, "that nothing matches", func() bool { return w.history.state.State() == widgets.StateEmpty })
	if got := w.history.detail.state.State(); got != widgets.StateEmpty {
		t.Errorf("the details are of an entry that the filter hides: %v", got)
	}
	w.env.Open(PageHistory, EntryArg{ID: w.compose.current.last.Entry.ID})
	w.untilListed(2)
	if got := w.history.filter.Text; got != "" {
		t.Errorf("the filter %q may hide what was opened", got)
	}
}

func TestTabGoesFromTheHistorysFilterToItsTable(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_93010")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.goTo(PageHistory)
	w.untilListed(1)
	w.history.Find()
	w.window.Canvas().FocusNext()
	if w.window.Canvas().Focused() != fyne.Focusable(w.history.table) {
		t.Errorf("Tab goes to %T", w.window.Canvas().Focused())
	}
}

func TestDoubtIsDecidedFromTheHistory(t *testing.T) {
	w := newWorking(t)
	w.faults("post:drop-before-store:1,query:slow=1ms")
	w.purchase("OPID_93003")
	w.compose.Send()
	w.untilShown("Uncertain")
	w.fill(map[string]string{"PurchaseId": "OPID_93004"})
	w.compose.Send()
	w.untilShown("Visible on the timeline")

	w.goTo(PageHistory)
	w.untilListed(2)
	if got := w.history.entries[0].State; got != journal.Uncertain {
		t.Fatalf("first stands one that is %s", got)
	}
	if !w.history.detail.again.Visible() || !w.history.detail.look.Visible() {
		t.Fatal("nothing is offered for it")
	}
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	if got := w.history.detail.reach.Text(); w.history.detail.again.Visible() || !strings.HasPrefix(got, "Choose Contoso Coffee (sandbox) above") {
		t.Errorf("in another instance it can be sent again; it says %q", got)
	}
	w.deskRun.choose(instanceCoffee)
	w.untilLoaded(instanceCoffee)
	test.Tap(w.history.detail.again)
	confirm(t, w, "Send again")
	w.queue.until(t, "the outcome", func() bool {
		return strings.Contains(linesText(w.history.detail.steps.Steps()), "Visible on the timeline")
	})
	if got := w.posted(instanceCoffee, entityPurchases); len(got) != 2 {
		t.Errorf("the service has %d activities", len(got))
	}
}

func TestAnEntryOpensAgainInTheForm(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_93005")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.compose.New()
	w.pick(entityReviews)
	w.goTo(PageHistory)
	w.untilListed(1)
	test.Tap(w.history.detail.use)
	w.queue.until(t, "the form", func() bool {
		return w.shown == w.compose && w.compose.current.key.Entity == entityPurchases &&
			w.compose.current.form.Text("PurchaseId") == "OPID_93005"
	})
	if got := w.compose.current.form.Text("TotalPrice"); got != "12.50" {
		t.Errorf("TotalPrice is %q", got)
	}
}

func TestANoticeLeadsToTheEntry(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_93006")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.faults("post:slow=30ms")
	w.fill(map[string]string{"PurchaseId": "OPID_93007", "ContactId": "CNTID_9999"})
	w.compose.Send()
	w.pick(entityReviews)
	w.queue.until(t, "the notice", func() bool { return strings.Contains(w.noticeTexts(), "OPID_93007 to Contoso Coffee: refused.") })
	notice := w.frame.notices.list[len(w.frame.notices.list)-1]
	if notice.Tone != ToneError {
		t.Errorf("the notice is of tone %v", notice.Tone)
	}
	notice.OnAction()
	w.queue.until(t, "the entry", func() bool { return w.shown == w.history && w.history.detail.title.Text() == "OPID_93007" })

	w.env.Open(PageHistory, EntryArg{ID: "there is none"})
	w.queue.until(t, "that there is none", func() bool { return w.history.detail.state.State() == widgets.StateFailed })
}

func TestTheHistoryLooksAgainAndLeadsToTheProfile(t *testing.T) {
	w := newWorking(t)
	w.faults("query:403,post:drop-after-store:1")
	w.purchase("OPID_93008")
	w.compose.Send()
	w.untilShown("Could not look")
	w.goTo(PageHistory)
	w.untilListed(1)
	w.faults("")
	test.Tap(w.history.detail.profile)
	w.queue.until(t, "the profile", func() bool { return w.shown == w.profiles && w.profiles.shown.Customer.ID != "" })
	w.goTo(PageHistory)
	w.queue.until(t, "the list", func() bool { return !w.history.listing.Running() && w.history.detail.look.Visible() })
	test.Tap(w.history.detail.look)
	w.queue.until(t, "that it is seen", func() bool { return w.history.entries[0].State == journal.Visible })
	w.history.copyBody()
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "OPID_93008") {
		t.Errorf("the copy is %q", got)
	}
	w.history.Find()
	test.Type(w.history.filter, "x")
	if !w.history.Escape() || w.history.filter.Text != "" || w.history.Escape() {
		t.Error("Escape does not empty the filter, once")
	}
}
