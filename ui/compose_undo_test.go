package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// still stops the clock, so that what a test types is typed in a row however
// slow the machine is.
func still(o *Options) {
	o.Now = func() time.Time { return time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC) }
}

// redoShortcut is Ctrl+Shift+Z as Fyne tells it.
func redoShortcut() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: ctrl | fyne.KeyModifierShift}
}

// enter puts the cursor into a field and types.
func (w *working) enter(field, text string) {
	w.t.Helper()
	w.compose.work.form.FocusField(field)
	test.Type(w.window.Canvas().Focused(), text)
}

// hit presses a shortcut where the cursor is; where it is nowhere, at a button.
func (w *working) hit(s fyne.Shortcut) {
	w.t.Helper()
	if focused, ok := w.window.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(s)
		return
	}
	w.compose.work.fill.TypedShortcut(s)
}

// field is what the editor of the focused field shows, with | for the cursor.
func (w *working) field() string {
	w.t.Helper()
	e, ok := w.window.Canvas().Focused().(*widgets.Entry)
	if !ok {
		w.t.Fatalf("the cursor is in %T", w.window.Canvas().Focused())
	}
	text := []rune(e.Text)
	return w.compose.work.form.FocusedField() + "=" + string(text[:e.CursorColumn]) + "|" + string(text[e.CursorColumn:])
}

func TestCtrlZUndoesInTheFieldWhereItWasTyped(t *testing.T) {
	w := newWorking(t, still)
	w.pick(entityPurchases)
	w.enter("Subject", "Coffee")
	w.enter("ProductId", "P1")
	for i, step := range []struct {
		key  fyne.Shortcut
		want string
	}{
		{&fyne.ShortcutUndo{}, "ProductId=|"},
		{&fyne.ShortcutUndo{}, "Subject=|"},
		{&fyne.ShortcutUndo{}, "Subject=|"},
		{redoShortcut(), "Subject=Coffee|"},
		{&fyne.ShortcutRedo{}, "ProductId=P1|"},
		{&fyne.ShortcutUndo{}, "ProductId=|"},
	} {
		w.hit(step.key)
		if got := w.field(); got != step.want {
			t.Errorf("step %d: %s, want %s", i, got, step.want)
		}
	}
	if got := w.compose.pane.preview.Text(); !strings.Contains(got, "Coffee") || strings.Contains(got, "P1") {
		t.Errorf("the preview shows\n%s", got)
	}
}

func TestUndoInTheMiddleOfATextPutsTheCursorThere(t *testing.T) {
	w := newWorking(t, still)
	w.pick(entityPurchases)
	w.enter("Subject", "a cup")
	entry := w.window.Canvas().Focused().(*widgets.Entry)
	entry.SetCursor(2)
	test.Type(entry, "large ")
	w.hit(&fyne.ShortcutUndo{})
	if got := w.field(); got != "Subject=a |cup" {
		t.Errorf("undo gives %s", got)
	}
	test.Type(w.window.Canvas().Focused(), "tea ")
	if got := w.field(); got != "Subject=a tea |cup" {
		t.Errorf("typing goes on as %s", got)
	}
	if w.hit(redoShortcut()); w.field() != "Subject=a tea |cup" {
		t.Errorf("what was undone came back after something else was typed: %s", w.field())
	}
}

func TestUndoReachesAFieldFarAwayThatAFilterHides(t *testing.T) {
	w := newWorking(t)
	w.pick("Survey_wideResponses")
	fields := w.compose.current.form.Fields()
	far := fields[len(fields)-2].Name
	w.enter(far, "x")
	w.compose.Find() // a field with the cursor would stay
	w.compose.work.finder.box.SetText("ResponseId")
	w.window.Canvas().Unfocus()
	w.hit(&fyne.ShortcutUndo{})
	if got := w.compose.work.form.FocusedField(); got != far {
		t.Errorf("the cursor is in %q, want %q", got, far)
	}
	if got := w.compose.work.finder.box.Text; got != "" {
		t.Errorf("the find box still says %q", got)
	}
}

func TestEachEntityKeepsItsHistory(t *testing.T) {
	w := newWorking(t, still)
	w.pick(entityPurchases)
	w.enter("Subject", "Coffee")
	w.pick(entityReviews)
	if !w.compose.work.undo.Disabled() {
		t.Error("there is something to undo in a form that nobody touched")
	}
	w.enter("ReviewText", "Good")
	w.pick(entityPurchases)
	w.hit(&fyne.ShortcutUndo{})
	if got := w.compose.current.form.Text("Subject"); got != "" {
		t.Errorf("Subject is %q", got)
	}
	if w.compose.work.redo.Disabled() || !w.compose.work.undo.Disabled() {
		t.Error("the buttons do not say what can be done")
	}
	w.pick(entityReviews)
	if got := w.compose.current.form.Text("ReviewText"); got != "Good" {
		t.Errorf("ReviewText is %q", got)
	}
	test.Tap(w.compose.work.undo)
	if got := w.compose.current.form.Text("ReviewText"); got != "" {
		t.Errorf("after the button ReviewText is %q", got)
	}
}

func TestAFindBoxHasItsOwnUndo(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.enter("Subject", "Coffee")
	w.compose.Find()
	test.Type(w.compose.work.finder.box, "Sub")
	w.hit(&fyne.ShortcutUndo{})
	if w.compose.work.finder.box.Text == "Sub" || w.compose.current.form.Text("Subject") != "Coffee" {
		t.Errorf("find box %q, Subject %q", w.compose.work.finder.box.Text, w.compose.current.form.Text("Subject"))
	}
}

func TestTheNoticesUndoAgreesWithTheHistory(t *testing.T) {
	w := newWorking(t, still)
	w.purchase("OPID_92001")
	w.compose.New()
	w.window.Canvas().Unfocus()
	w.hit(&fyne.ShortcutUndo{})
	if got := w.compose.current.form.Text("PurchaseId"); got != "OPID_92001" {
		t.Errorf("Ctrl+Z gives the key %q", got)
	}
	if got := w.noticeTexts(); strings.Contains(got, "A new activity") {
		t.Errorf("the notice still offers it: %q", got)
	}
	w.hit(redoShortcut())
	if !w.compose.current.untouched() {
		t.Error("redo does not empty the form")
	}
	w.hit(&fyne.ShortcutUndo{})

	w.compose.New()
	notice := w.frame.notices.list[0]
	w.enter("Subject", "Tea")
	notice.OnAction()
	if got := w.compose.current.form.Text("PurchaseId") + w.compose.current.form.Text("Subject"); got != "OPID_92001" {
		t.Errorf("the notice gives %q", got)
	}
	if got := w.noticeTexts(); !strings.Contains(got, "Undone, with the 1 change made since.") {
		t.Errorf("what was typed since is gone without a word: %q", got)
	}
	w.hit(redoShortcut())
	w.hit(redoShortcut())
	if got := w.compose.current.form.Text("Subject"); got != "Tea" || w.compose.current.form.Text("PurchaseId") != "" {
		t.Errorf("redo brings back %q", got)
	}
	notice.OnAction()
	notice.OnAction()
	if got := w.noticeTexts(); !strings.Contains(got, "Nothing was undone") {
		t.Errorf("twice: %q", got)
	}
}

func TestTheOfferToUndoGoesWithTheSendAndWithThePage(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92011")
	offered := func() bool { return strings.Contains(w.noticeTexts(), "A new activity") }
	w.compose.New()
	if !offered() {
		t.Fatal("there is no offer")
	}
	w.purchase("OPID_92012")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	if offered() {
		t.Error("after the send it is still there")
	}
	w.compose.New()
	w.goTo(PageHistory)
	if offered() {
		t.Error("on another page it is still there")
	}
	w.goTo(PageCompose)
	w.hit(&fyne.ShortcutUndo{})
	if got := w.compose.current.form.Text("PurchaseId"); got != "OPID_92012" {
		t.Errorf("Ctrl+Z gives the key %q", got)
	}
}

func TestTheCustomersLineFollowsUndo(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92002")
	w.queue.until(t, "the customer", func() bool { return w.compose.current.who.State == checkFound })
	line, _ := w.compose.current.who.Line()
	w.compose.New()
	if got, _ := w.compose.current.who.Line(); got != "" {
		t.Errorf("below an empty field stands %q", got)
	}
	w.compose.Undo()
	if got, _ := w.compose.current.who.Line(); got != line {
		t.Errorf("after undo stands %q, before %q", got, line)
	}
	w.compose.work.form.FocusField("ContactId")
	w.enter("ContactId", "9")
	w.compose.Undo()
	if got, _ := w.compose.current.who.Line(); got != line {
		t.Errorf("after a slip and undo stands %q, want %q", got, line)
	}
	w.compose.Redo()
	w.queue.until(t, "that nobody has the key", func() bool { return w.compose.current.who.State == checkNobody })
}

func TestAStateAndAZoneAreUndone(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92003")
	form := w.compose.current.form
	form.SetNull("Subject")
	w.compose.fieldChanged("Subject")
	form.SetZone("PurchasedOn", time.FixedZone("Elsewhere", 3600))
	w.compose.fieldChanged("PurchasedOn")
	w.compose.Undo()
	if got := form.Zone("PurchasedOn"); got != w.env.Zone() {
		t.Errorf("the zone is %s", got)
	}
	var zones []string
	eachObject(w.compose.work.form, func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Text() == "Elsewhere" {
			zones = append(zones, b.Text())
		}
	})
	if len(zones) > 0 {
		t.Error("the field still shows the zone that was undone")
	}
	w.compose.Undo()
	if got := form.State("Subject").String(); got != "left out" {
		t.Errorf("Subject is %s", got)
	}
}

func TestWhatReceivesNothingHasNothingToUndo(t *testing.T) {
	w := newWorking(t)
	w.pick("HighValueCustomers")
	if w.compose.work.undo.Visible() || w.compose.work.fill.Visible() {
		t.Error("buttons offer to change what cannot be sent")
	}
	w.compose.Undo()
	w.compose.fillBelievable(0)
	w.compose.useNextSample()
	if !w.compose.current.untouched() {
		t.Error("the form was filled")
	}
}

func TestUndoInTheJSONDoesNotBringBackTheTextOfAnotherEntity(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.compose.editJSON()
	editor := w.compose.work.json.editor
	w.queue.run()
	editor.Replace(`{"ContactId": "CNTID_1000"}`)
	editor.Replace(`{}`)
	w.pick(entityReviews)
	w.compose.editJSON()
	editor.Target().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{})
	w.compose.settleJSON(w.compose.current)
	if got := editor.Text(); got != "{}" || !w.form().Snapshot().Empty() {
		t.Errorf("the text is %s, the form\n%s", got, w.form().PreviewText())
	}
}
