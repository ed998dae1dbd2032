package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// inSight fails where an object of the open dialog is below what is seen of it.
func (r *deskRun) inSight(what string, o fyne.CanvasObject) {
	r.t.Helper()
	driver := fyne.CurrentApp().Driver()
	floor := driver.AbsolutePositionForObject(r.cardButton("Test and keep")).Y
	bottom := driver.AbsolutePositionForObject(o).Y + o.Size().Height
	if !o.Visible() || bottom > floor {
		r.t.Errorf("%s (shown: %v) ends at %g, the dialog's body at %g", what, o.Visible(), bottom, floor)
	}
}

// small makes the window the smallest one.
func (r *deskRun) small() { r.window.Resize(fyne.NewSize(1024, 700)) }

func TestWhatCameOfATestIsInSight(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	d.small()
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, "another-key")
	dialog.dialog.Confirm()
	d.queue.until(t, "the answer", dialog.anyway.Visible)
	d.inSight("what came of it", dialog.steps)
	d.inSight("the way on", dialog.anyway)
}

func TestThatNobodySignedInIsInSight(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.small()
	dialog := s.another(goodKey)
	dialog.dialog.Confirm()
	s.begun(auth.MethodBrowser)
	s.pressCard("Cancel")
	s.queue.until(t, "the way on", dialog.anyway.Visible)
	s.inSight("that nobody has signed in", dialog.problem)
	s.inSight("the way on", dialog.anyway)
}

func TestWhatTheTestFoundIsOnThePageOfTheConnection(t *testing.T) {
	d, page := withConnections(t)
	service := otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	if page.chosen != dialog.id || !strings.HasPrefix(page.detail.tested.Text(), "Passed") || len(page.detail.steps.Steps()) < 4 {
		t.Errorf("of %s it says %q, %v", page.chosen, page.detail.tested.Text(), page.detail.steps.Steps())
	}
}

func TestWhatWasTypedIsNotLostByOneKey(t *testing.T) {
	d := startedDesk(t)
	escape := func() { d.escapeOnCard() }
	dialog := newConnectionDialog(d.env, d.Desk, settings.Connection{})
	dialog.show()
	escape()
	if dialog.dialog.Open() {
		t.Fatal("nothing was typed, and it does not close")
	}

	for what, typed := range map[string]func(*connectionDialog){
		"a field":  func(c *connectionDialog) { c.note.entry.SetText("for the team") },
		"a secret": func(c *connectionDialog) { c.key.entry.SetText(goodKey) },
		"a choice": func(c *connectionDialog) { c.chooseColour("teal") },
	} {
		dialog := newConnectionDialog(d.env, d.Desk, tokenConnection("c1", "Contoso"))
		dialog.show()
		typed(dialog)
		escape()
		if !dialog.dialog.Open() || !strings.Contains(d.words(), "is lost") {
			t.Fatalf("%s is lost unasked", what)
		}
		escape() // stays
		if !dialog.dialog.Open() || strings.Contains(d.words(), "is lost") {
			t.Fatalf("%s: there is no way back", what)
		}
		d.pressOnCard("Cancel")
		d.pressOnCard("Leave")
		if dialog.dialog.Open() {
			t.Errorf("%s: there is no way out", what)
		}
	}
}

// words are those of the card on top.
func (r *deskRun) words() string { return wordsOn(r.window.Canvas().Overlays().Top()) }

// escapeOnCard types Escape where the cursor is.
func (r *deskRun) escapeOnCard() {
	r.t.Helper()
	r.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
}
