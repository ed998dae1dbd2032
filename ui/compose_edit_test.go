package ui

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/shell"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestTheCustomerIsSaidBeforeSending(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_91001")
	w.queue.until(t, "the customer, without asking", func() bool { return w.compose.current.who.State == checkFound })
	line, problem := w.compose.current.who.Line()
	if problem || !strings.Contains(line, " · customer ") || !strings.HasSuffix(line, " activities") {
		t.Errorf("below the field stands %q", line)
	}
	w.fill(map[string]string{"ContactId": "CNTID_9999"})
	w.compose.lookUpCustomer(w.compose.current, 0)
	w.queue.until(t, "that nobody has the key", func() bool { return w.compose.current.who.State == checkNobody })
	if line, problem := w.compose.current.who.Line(); !problem || !strings.HasPrefix(line, `Nobody has the key "CNTID_9999"`) {
		t.Errorf("below the field stands %q", line)
	}
	w.faults("query:403,keyring:403")
	w.compose.lookUpCustomer(w.compose.current, 0)
	w.queue.until(t, "the failure", func() bool { return w.compose.current.who.State == checkFailed })
	if line, _ := w.compose.current.who.Line(); !strings.HasPrefix(line, "Could not look: Your role") {
		t.Errorf("below the field stands %q", line)
	}
	w.fill(map[string]string{"ContactId": ""})
	if line, _ := w.compose.current.who.Line(); line != "" {
		t.Errorf("below an empty field stands %q", line)
	}
}

func TestEveryCustomerLookupEndsInWords(t *testing.T) {
	cases := map[string]struct {
		check   customerCheck
		want    string
		problem bool
	}{
		"nothing asked": {customerCheck{}, "", false},
		"busy":          {customerCheck{Key: "K", State: checkBusy}, "Looking for K…", false},
		"no name, no count": {
			customerCheck{State: checkFound, Who: people.Customer{ID: "ce759201f786d590bf2134bff576c369"}, Count: -1},
			"customer ce759201…c369", false,
		},
		"one": {
			customerCheck{State: checkFound, Who: people.Customer{ID: "42", Name: "Ana"}, Count: 1},
			"Ana · customer 42 · 1 activity", false,
		},
		"cannot": {customerCheck{State: checkCannot}, "The relationship leads to an entity whose keys cannot be looked up here.", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got, problem := c.check.Line(); got != c.want || problem != c.problem {
				t.Errorf("%q (problem %v), want %q (%v)", got, problem, c.want, c.problem)
			}
		})
	}
}

func TestProblemsKeepTheButtonOffAndLeadToTheField(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_91002")
	w.fill(map[string]string{"TotalPrice": "12,5O"})
	if !w.compose.work.send.Disabled() || w.compose.work.problems.Text() != "1 field to mend" {
		t.Errorf("disabled %v, %q", w.compose.work.send.Disabled(), w.compose.work.problems.Text())
	}
	w.compose.work.tabs.OnSelected(tabSamples)
	test.Tap(w.compose.work.problems)
	if got := w.compose.work.form.FocusedField(); got != "TotalPrice" {
		t.Errorf("the cursor is in %q", got)
	}
	w.window.Canvas().Unfocus()
	w.compose.Send()
	if got := w.compose.work.form.FocusedField(); got != "TotalPrice" {
		t.Errorf("after Ctrl+Enter the cursor is in %q", got)
	}
	if w.compose.current.last != nil {
		t.Error("something was sent")
	}
	w.fill(map[string]string{"TotalPrice": "12.50", "PurchaseId": ""})
	if got := w.compose.work.problems.Text(); got != "1 field to fill" {
		t.Errorf("the bar says %q", got)
	}
}

func TestANewActivityCanBeUndone(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_91003")
	w.compose.New()
	if !w.compose.current.untouched() {
		t.Fatal("the form is not empty")
	}
	notice := w.frame.notices.list[len(w.frame.notices.list)-1]
	if notice.Action != "Undo" {
		t.Fatalf("the notice offers %q", notice.Action)
	}
	notice.OnAction()
	if got := w.compose.current.form.Text("PurchaseId"); got != "OPID_91003" {
		t.Errorf("after undo the key is %q", got)
	}
	if got := w.compose.pane.preview.Text(); !strings.Contains(got, "OPID_91003") {
		t.Errorf("after undo the preview shows\n%s", got)
	}
}

func TestASampleRowIsAStartWithANewKey(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.queue.until(t, "the sample rows", func() bool { return len(w.compose.current.samples.Rows) > 0 })
	w.compose.work.tabs.OnSelected(tabSamples)
	row := w.compose.current.samples.Rows[0]
	w.compose.work.samples.table.SelectRow(0)
	w.compose.work.samples.useSelected()
	form := w.compose.current.form
	if got := form.Text("ContactId"); got == "" || got != row.Text("ContactId") {
		t.Errorf("ContactId is %q, in the row %q", got, row.Text("ContactId"))
	}
	if got := form.Text("PurchaseId"); got == row.Text("PurchaseId") || !strings.HasPrefix(got, "OPID_") {
		t.Errorf("the key is %q", got)
	}
	if w.compose.work.tabs.Selected() != tabForm {
		t.Error("the form is not shown")
	}
}

func TestSampleRowsThatCannotBeReadSayWhy(t *testing.T) {
	w := newWorking(t)
	w.faults("query:403")
	w.pick(entityReviews)
	w.queue.until(t, "the failure", func() bool { return w.compose.work.samples.state.State() == widgets.StateFailed })
	w.faults("")
	w.compose.readSamples()
	w.queue.until(t, "the rows", func() bool { return w.compose.work.samples.state.State() == widgets.StateContent })
}

func TestWhatReceivesNothingShowsItsFieldsAndWhy(t *testing.T) {
	w := newWorking(t)
	w.pick("HighValueCustomers")
	if w.compose.work.send.Visible() || w.compose.pane.preview.Visible() {
		t.Error("it can be sent to")
	}
	if got := w.compose.work.reason.Text(); !strings.Contains(got, "date") {
		t.Errorf("the bar says %q", got)
	}
	if w.compose.work.tabs.Selected() != tabFields {
		t.Error("the fields are not shown")
	}
	w.compose.Send()
	w.compose.New()
	w.compose.Find()
	w.queue.until(t, "its rows", func() bool { return w.compose.current.samples.Known })
	if w.compose.work.samples.start.Visible() {
		t.Error("a row is offered as a start")
	}
	w.pick(entityPurchases)
	if w.compose.work.tabs.Selected() != tabForm || !w.compose.work.send.Visible() {
		t.Error("the form did not come back")
	}
}

func TestCopiesAreWhatIsSentWithoutSecrets(t *testing.T) {
	const secret = "recognisable-secret-4711"
	w := newWorking(t, func(o *Options) { o.Redact = redact.New(secret) })
	w.purchase("OPID_91004")
	w.fill(map[string]string{"Subject": "it's " + secret})
	w.compose.keepFor(keepFor{For: time.Hour})
	clipboard := fyne.CurrentApp().Clipboard()

	w.compose.copyJSON()
	if got := clipboard.Content(); !strings.Contains(got, `"PurchaseId": "OPID_91004"`) || strings.Contains(got, secret) {
		t.Errorf("the JSON copy is\n%s", got)
	}
	w.compose.copyCommand(shell.Bash)
	got := clipboard.Content()
	for _, part := range []string{
		"--request POST 'http://127.0.0.1:", "/data/" + entityPurchases + "?", "validUntil=",
		`--header "Authorization: Bearer ${ACCESS_TOKEN:?`, `"Ocp-Apim-Subscription-Key: ${SUBSCRIPTION_KEY-}"`,
		`it'\''s ` + redact.Mask,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("the command has no %s:\n%s", part, got)
		}
	}
	for _, target := range []shell.Shell{shell.Bash, shell.PowerShell, shell.Cmd} {
		clipboard.SetContent("")
		w.compose.copyCommand(target)
		got := clipboard.Content()
		if !strings.Contains(got, "ACCESS_TOKEN") {
			t.Errorf("shell %d: the token has no variable:\n%s", target, got)
		}
		for _, hidden := range []string{secret, "sandbox-key", "sandbox-token"} {
			if strings.Contains(got, hidden) {
				t.Errorf("shell %d: the command holds %s", target, hidden)
			}
		}
	}

	clipboard.SetContent("before")
	w.fill(map[string]string{"TotalPrice": "much"})
	w.compose.copyCommand(shell.Bash)
	if got := clipboard.Content(); got != "before" || !strings.Contains(w.noticeTexts(), "Nothing was copied: 1 field to mend.") {
		t.Errorf("a form with a problem was copied: %q", got)
	}
}

func TestValidUntilIsLeftOutForThirtyDays(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 5, 0, 999, time.FixedZone("", 3600))
	if until := (keepFor{}).Until(now); !until.IsZero() {
		t.Errorf("30 days ask for %v", until)
	}
	if got, want := (keepFor{For: 24 * time.Hour}).Until(now), time.Date(2026, 11, 24, 13, 5, 0, 0, time.UTC); !got.Equal(want) || got.Location() != time.UTC {
		t.Errorf("1 day asks for %v, want %v", got, want)
	}
}

func TestFindNarrowsTheFieldsAndEscapeBringsThemBack(t *testing.T) {
	w := newWorking(t)
	w.pick("Survey_wideResponses")
	all := w.compose.work.form.Shown()
	w.compose.Find()
	if w.window.Canvas().Focused() != fyne.Focusable(w.compose.work.finder.box) {
		t.Fatal("the cursor is not in the find box")
	}
	test.Type(w.compose.work.finder.box, "ResponseId")
	if got := w.compose.work.form.Shown(); got == 0 || got >= all {
		t.Errorf("%d of %d fields are shown", got, all)
	}
	if !w.compose.Escape() || w.compose.work.form.Shown() != all {
		t.Errorf("after Escape %d of %d fields are shown", w.compose.work.form.Shown(), all)
	}
	if w.compose.Escape() {
		t.Error("Escape is used up with nothing to close")
	}
}

func TestWordsThatCountFromTheClockAreShownAsTheyWouldBeSent(t *testing.T) {
	start := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	var passed atomic.Int64 // seconds
	w := newWorking(t, func(o *Options) {
		o.Now = func() time.Time { return start.Add(time.Duration(passed.Load()) * time.Second) }
	})
	w.purchase("OPID_91005")
	w.fill(map[string]string{"PurchasedOn": "now-2d"})
	if got := w.compose.pane.preview.Text(); !strings.Contains(got, `"2026-11-21T14:05:00Z"`) {
		t.Fatalf("the preview shows\n%s", got)
	}
	passed.Store(7)
	w.compose.tick()
	if got := w.compose.pane.preview.Text(); !strings.Contains(got, `"2026-11-21T14:05:07Z"`) {
		t.Errorf("later the preview shows\n%s", got)
	}
	passed.Store(8)
	w.compose.Send()
	if got, sent := w.compose.pane.preview.Text(), string(w.compose.current.last.Request.Body); got != sent || !strings.Contains(sent, `"2026-11-21T14:05:08Z"`) {
		t.Errorf("the preview shows\n%s\nsent is\n%s", got, sent)
	}
	w.untilShown("Visible on the timeline")
}

func TestTheCursorStaysInItsFieldWhenTheEntitiesAreLoadedAgain(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.compose.work.FocusField("PurchaseId")
	canvas := w.window.Canvas()
	canvas.Focused().(*widgets.Entry).SetCursor(4)
	form := w.form()
	w.compose.Refresh()
	w.queue.until(t, "the form of the new metadata", func() bool { return w.form() != form })
	entry, ok := canvas.Focused().(*widgets.Entry)
	if !ok {
		t.Fatalf("the cursor is in %T", canvas.Focused())
	}
	entry.TypedRune('x')
	if got := w.form().Text("PurchaseId"); got != "OPIDx_1" {
		t.Errorf("the form holds %q", got)
	}
	if got := w.compose.work.form.FocusedField(); got != "PurchaseId" {
		t.Errorf("the cursor is in %q", got)
	}
}

func TestWhoGoesToAnEntityByNameCanTypeAtOnce(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.compose.work.FocusField("ContactId")
	w.env.Open(PageCompose, EntityArg{Name: entityReviews})
	w.window.Canvas().Focused().TypedRune('x')
	if got := w.form().Text("ReviewId"); got != "x" {
		t.Errorf("the form holds\n%s", w.form().PreviewText())
	}
}

func TestTheCursorDoesNotFollowIntoAnotherEntity(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.compose.work.FocusField("ContactId")
	w.pick(entityReviews)
	if w.window.Canvas().Focused() != nil {
		w.window.Canvas().Focused().TypedRune('x')
	}
	if !w.form().Snapshot().Empty() {
		t.Errorf("the other entity holds\n%s", w.form().PreviewText())
	}
}

func TestAnEarlierSendComesBackWithTheMembersThatSomebodyChoseToSend(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	body := []byte(`{"PurchaseId":"OPID_1","Campaign":"winter"}`)
	w.compose.useEntry(journal.Entry{Entity: entityPurchases, Body: body})
	sent, err := w.form().JSON()
	if extras := w.form().Extras(); len(extras) != 1 || extras[0].Name != "Campaign" || w.form().Text("PurchaseId") != "OPID_1" {
		t.Errorf("the form holds %s, error %v", sent, err)
	}
}
