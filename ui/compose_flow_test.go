package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/sandbox"
)

func TestAnActivityIsComposedSentAndSeen(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_90001")

	preview := w.compose.pane.preview.Text()
	want := `{
  "PurchaseId": "OPID_90001",
  "ContactId": "CNTID_1000",
  "PurchasedOn": "2026-11-23T14:05:00Z",
  "TotalPrice": 12.50
}`
	if preview != want {
		t.Fatalf("the preview shows\n%s\nwant\n%s", preview, want)
	}
	test.Tap(w.compose.work.send)
	w.untilShown("Visible on the timeline")
	if got := w.steps(); !strings.Contains(got, "Accepted 201 Created") || !strings.Contains(got, "Expires ") {
		t.Errorf("the pane says\n%s", got)
	}

	entry := w.compose.current.last.Entry
	if string(entry.Body) != preview {
		t.Errorf("the journal has\n%s\nthe preview showed\n%s", entry.Body, preview)
	}
	if entry.CustomerKey != "CNTID_1000" || keyWords(entry) != "OPID_90001" || entry.TimeValue != "2026-11-23T14:05:00Z" {
		t.Errorf("the journal says key %q, customer %q, time %q", keyWords(entry), entry.CustomerKey, entry.TimeValue)
	}
	if got := w.posted(instanceCoffee, entityPurchases); len(got) != 1 {
		t.Errorf("the service has %d activities", len(got))
	}

	test.Tap(w.compose.pane.profile)
	w.queue.until(t, "the profile", func() bool { return w.shown == w.profiles && len(w.profiles.timeline.store.Rows) > 0 })
	newest := w.profiles.timeline.store.Rows[0]
	for _, row := range w.profiles.timeline.store.Rows {
		if row.SourceID == "OPID_90001" {
			newest = row
		}
	}
	if newest.SourceID != "OPID_90001" || newest.Sent.EntryID == "" {
		t.Errorf("the timeline shows %q, sent from here: %v", newest.SourceID, newest.Sent.EntryID != "")
	}
}

func TestTheCursorBeginsInTheFirstFieldThatIsToBeFilled(t *testing.T) {
	w := newWorking(t)
	at := func() string { return w.compose.work.form.FocusedField() }
	if at() != "PurchaseId" {
		t.Fatalf("at the start the cursor is in %q", at())
	}
	w.fill(map[string]string{"PurchaseId": "OPID_90050"})
	w.goTo(PageHistory)
	w.goTo(PageCompose)
	if at() != "ContactId" {
		t.Errorf("coming back it is in %q", at())
	}
	w.env.Open(PageCompose, EntityArg{Name: "POS_posPurchases"})
	if field, _ := w.compose.current.form.Field(at()); field == nil || !field.Required {
		t.Errorf("in an entity that was gone to it is in %q", at())
	}
}

func TestTheCursorStaysWhereAPersonWorks(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageHistory)
	w.goTo(PageCompose)
	w.compose.Find()
	w.compose.Enter(w.compose.place)
	if at := w.compose.work.form.FocusedField(); at != "" {
		t.Errorf("it left the find box for %q", at)
	}
	w.purchase("OPID_90051")
	w.goTo(PageHistory)
	w.goTo(PageCompose)
	if at := w.compose.work.form.FocusedField(); at != "" {
		t.Errorf("with nothing to be filled it went to %q", at)
	}
}

func TestPressingSendTwiceSendsOne(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_90002")
	w.compose.Send()
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.compose.Send()
	w.queue.until(t, "the question", func() bool { return w.dialog() != nil })
	if got := w.posted(instanceCoffee, entityPurchases); len(got) != 1 {
		t.Errorf("the service has %d activities", len(got))
	}
	if got := w.steps(); !strings.Contains(got, "Visible") {
		t.Errorf("while it asks, the pane says\n%s", got)
	}
}

func TestTheSameAgainAsksAndIsAlreadyThere(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_90003")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.compose.Send()
	w.queue.until(t, "the question", func() bool { return w.dialog() != nil })
	confirm(t, w, "Send again")
	w.untilShown("On the timeline")
	if got := w.steps(); !strings.Contains(got, "Already there 409 Conflict · ") || !strings.Contains(got, " · storeDuplicateItem") {
		t.Errorf("the pane says\n%s", got)
	}
	if w.compose.current.last.Entry.State != journal.AlreadyThere {
		t.Errorf("the journal says %s", w.compose.current.last.Entry.State)
	}
}

func TestAnotherActivityUnderTheSameKeyIsSaid(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_90004")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.fill(map[string]string{"PurchasedOn": "2026-11-20 08:00"})
	w.compose.Send()
	w.untilShown("Another activity")
}

func TestARefusalIsSaidInWordsWithItsCode(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_90005")
	w.fill(map[string]string{"ContactId": "CNTID_9999"})
	w.compose.Send()
	w.untilShown("Refused")
	got := w.steps()
	for _, part := range []string{"400 Bad Request · ", " · customerForActivityNotFound", "No customer belongs to this activity."} {
		if !strings.Contains(got, part) {
			t.Errorf("the pane does not say %q:\n%s", part, got)
		}
	}
	if !w.compose.pane.answer.Visible() || !strings.Contains(w.compose.pane.answer.Text(), "customerForActivityNotFound") {
		t.Errorf("the answer shows\n%s", w.compose.pane.answer.Text())
	}
	if w.compose.pane.profile.Visible() || w.compose.pane.again.Visible() {
		t.Error("buttons are offered for an activity that was not stored")
	}
}

func TestDoubtIsResolvedByLooking(t *testing.T) {
	w := newWorking(t)
	w.faults("post:drop-after-store:1")
	w.purchase("OPID_90006")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	if got := w.steps(); !strings.HasPrefix(got, "Arrived") {
		t.Errorf("the pane says\n%s", got)
	}
}

func TestDoubtCanBeSentAgainByAWord(t *testing.T) {
	w := newWorking(t)
	w.faults("post:drop-before-store:1")
	w.purchase("OPID_90007")
	w.compose.Send()
	w.untilShown("Uncertain")
	w.queue.until(t, "the offer", func() bool { return w.compose.pane.again.Visible() })
	if got := w.posted(instanceCoffee, entityPurchases); len(got) != 0 {
		t.Fatalf("the service has %d activities", len(got))
	}
	test.Tap(w.compose.pane.again)
	confirm(t, w, "Send again")
	w.untilShown("Visible on the timeline")
	if got := w.posted(instanceCoffee, entityPurchases); len(got) != 1 {
		t.Errorf("the service has %d activities", len(got))
	}
}

func TestProductionAsksForItsNameFirst(t *testing.T) {
	w := newWorking(t)
	w.deskRun.choose(instanceProduction)
	w.untilLoaded(instanceProduction)
	w.purchase("OPID_90008")
	if got := w.compose.work.reason.Text(); !strings.Contains(got, "Read-only") {
		t.Errorf("the bar says %q", got)
	}
	if got := w.compose.work.send.Text(); got != "Send activity to Contoso production" {
		t.Errorf("the button says %q", got)
	}
	w.compose.Send()
	if w.dialog() == nil {
		t.Fatal("nothing asks for the instance's name")
	}
	if got := w.posted(instanceProduction, entityPurchases); len(got) != 0 {
		t.Fatalf("the service has %d activities", len(got))
	}
	if text := wordsOn(w.dialog()); !strings.Contains(text, "Send 1 activity to Contoso production · eCommerce_eCommercePurchases · for ") {
		t.Errorf("the card does not say what it is for: %q", text)
	}
	typeInto(t, w, instanceProduction)
	confirm(t, w, "Unlock and send")
	w.untilShown("Visible on the timeline")
	if got := w.posted(instanceProduction, entityPurchases); len(got) != 1 {
		t.Errorf("the service has %d activities", len(got))
	}
}

func TestWhatIsTypedStaysWhenSwitching(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_90009")
	w.pick(entityReviews)
	if got := w.compose.current.form.Text("PurchaseId"); got != "" {
		t.Errorf("another entity has the value %q", got)
	}
	w.goTo(PageProfiles)
	w.goTo(PageCompose)
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	w.pick(entityPurchases)
	if !w.compose.current.untouched() {
		t.Error("another instance has the values")
	}
	w.deskRun.choose(instanceCoffee)
	w.untilLoaded(instanceCoffee)
	w.pick(entityPurchases)
	if got := w.compose.current.form.Text("PurchaseId"); got != "OPID_90009" {
		t.Errorf("the value is %q", got)
	}
	w.compose.Refresh()
	w.queue.until(t, "the reload", func() bool { return !w.session.Place().Loading })
	if got := w.compose.current.form.Text("PurchaseId"); got != "OPID_90009" {
		t.Errorf("after loading again the value is %q", got)
	}
}

func TestAnOutcomeIsToldWhereverOneIs(t *testing.T) {
	w := newWorking(t)
	w.faults("post:slow=50ms")
	w.purchase("OPID_90010")
	w.compose.Send()
	w.goTo(PageProfiles)
	w.deskRun.choose(instanceTrial)
	w.queue.until(t, "the notice", func() bool { return strings.Contains(w.noticeTexts(), "OPID_90010 to Contoso Coffee: accepted.") })
	w.goTo(PageCompose)
	w.untilLoaded(instanceTrial)
	w.deskRun.choose(instanceCoffee)
	w.untilLoaded(instanceCoffee)
	w.untilShown("Visible on the timeline")
}

func TestAnEntityThatIsNotSetUpIsRemembered(t *testing.T) {
	w := newWorking(t)
	w.pick("Hotel_stays")
	if !w.compose.work.warning.Visible() {
		t.Error("nothing warns that it may only be tried")
	}
	for _, field := range w.compose.current.form.Fields() {
		if field.Required {
			w.fill(map[string]string{field.Name: sampleOf(field.TypeLabel)})
		}
	}
	w.compose.Send()
	w.untilShown("mappingForActivityNotFound")
	row, _ := w.compose.entities.Row("Hotel_stays")
	if !row.Muted || row.Note != "not set up" {
		t.Errorf("the list says muted %v, %q", row.Muted, row.Note)
	}
	if w.compose.work.send.Visible() {
		t.Error("the button is still there")
	}
	if got := w.compose.work.reason.Text(); !strings.Contains(got, "not set up") {
		t.Errorf("the bar says %q", got)
	}
	w.compose.Refresh()
	w.queue.until(t, "the reload", func() bool { return !w.session.Place().Loading })
	if row, _ := w.compose.entities.Row("Hotel_stays"); row.Muted {
		t.Error("it stays refused after loading again")
	}
}

func sampleOf(typeLabel string) string {
	switch typeLabel {
	case "Date", "Date and time":
		return "2026-11-20"
	case "Whole number", "Decimal", "Number":
		return "1"
	default:
		return "CNTID_1000"
	}
}

func TestTheThreeStylesOfTheServiceWork(t *testing.T) {
	for _, style := range []sandbox.Style{sandbox.StyleCurrent, sandbox.Style2020, sandbox.StyleAwkward} {
		t.Run(style.String(), func(t *testing.T) {
			w := newWorking(t, func(o *Options) { o.Sandbox.Style = style })
			w.purchase("OPID_90011")
			w.compose.findCustomer()
			w.queue.until(t, "the customer", func() bool { return w.compose.current.who.State == checkFound })
			w.compose.Send()
			w.untilShown("Visible on the timeline")
			w.compose.showOnProfile()
			w.queue.until(t, "the profile", func() bool { return w.profiles.shown.Customer.ID != "" })
		})
	}
}

func TestTheSameAgainWhileInDoubtIsSentUnderTheSameEntry(t *testing.T) {
	w := newWorking(t)
	w.faults("post:drop-before-store:1")
	w.purchase("OPID_90012")
	w.compose.Send()
	w.untilShown("Uncertain")
	first := w.compose.current.last.Entry.ID
	w.compose.Send()
	w.queue.until(t, "the question", func() bool { return w.dialog() != nil })
	confirm(t, w, "Send again")
	w.untilShown("Visible on the timeline")
	if got := w.compose.current.last.Entry.ID; got != first {
		t.Error("it was sent as another entry")
	}
	if got := w.posted(instanceCoffee, entityPurchases); len(got) != 1 {
		t.Errorf("the service has %d activities", len(got))
	}
}

func TestAServiceThatIsNotReachedLeavesItNeverSent(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_90013")
	if err := w.services.sandbox.Close(); err != nil {
		t.Fatal(err)
	}
	w.session.Link().Client.Close() // nor is one of its connections kept open
	w.compose.Send()
	w.queue.until(t, "the outcome", func() bool { last := w.compose.current.last; return last != nil && !last.Busy })
	if got := w.steps(); !strings.HasPrefix(got, "Never sent") || !strings.Contains(got, "could not be reached") {
		t.Errorf("the pane says\n%s", got)
	}
	if !w.compose.pane.again.Visible() {
		t.Error("it cannot be sent again")
	}
}
