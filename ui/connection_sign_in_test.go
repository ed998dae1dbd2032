package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// fakeKeeper keeps nothing; it writes down what the dialog asks for.
type fakeKeeper struct {
	signsIn  func(done func(error)) // nil: nobody is asked
	signedIn bool
	closed   int
	kept     []settings.Connection
	keepErr  error
}

func (k *fakeKeeper) keyringMissing() bool               { return false }
func (k *fakeKeeper) connections() []settings.Connection { return nil }

func (k *fakeKeeper) budgetOf(settings.Connection) *client.Pacer { return nil }

func (k *fakeKeeper) attempt(settings.Connection, access.Secrets) connectionAttempt { return k }
func (k *fakeKeeper) For() (auth.Source, client.KeySource)                          { return k, client.StaticKey(goodKey) }
func (k *fakeKeeper) Close()                                                        { k.closed++ }

func (k *fakeKeeper) AccessToken(ctx context.Context) (string, error) {
	if !k.signedIn {
		return "", &auth.Error{Kind: auth.ErrSignInNeeded}
	}
	return auth.Static(goodToken, "").AccessToken(ctx)
}
func (k *fakeKeeper) Describe() string     { return "" }
func (k *fakeKeeper) ExpiresAt() time.Time { return time.Time{} }

func (k *fakeKeeper) SignIn(done func(error)) { k.signsIn(done) }

func (k *fakeKeeper) keepConnection(c settings.Connection, _ access.Secrets, _ []step, done func(error)) {
	if k.keepErr == nil {
		k.kept = append(k.kept, c)
	}
	done(k.keepErr)
}

// personDialog is the dialog of a connection by which a person signs in.
func (r *deskRun) personDialog(k *fakeKeeper, root string) *connectionDialog {
	r.t.Helper()
	dialog := newConnectionDialog(r.env, k, settings.Connection{})
	dialog.show()
	dialog.choosePreset(presets()[3])
	dialog.root.entry.SetText(root)
	dialog.client.entry.SetText(goodClient)
	return dialog
}

func TestAPersonSignsInBeforeTheConnectionIsTested(t *testing.T) {
	d, service, asked := startedDesk(t), otherService(t), 0
	k := &fakeKeeper{}
	k.signsIn = func(done func(error)) {
		asked++
		k.signedIn = true
		done(nil)
	}
	dialog := d.personDialog(k, service.Root())
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	if asked != 1 || len(k.kept) != 1 || k.kept[0].Auth != settings.AuthBrowser || k.closed != 0 {
		t.Errorf("asked %d times, kept %+v, closed %d", asked, k.kept, k.closed)
	}
}

func TestAConnectionToWhichNobodySignsInIsNotKept(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	k := &fakeKeeper{signsIn: func(done func(error)) { done(context.Canceled) }}
	dialog := d.personDialog(k, service.Root())
	dialog.dialog.Confirm()
	d.queue.until(t, "that it is said", dialog.problem.Visible)
	if len(k.kept) != 0 || !dialog.dialog.Open() || !dialog.anyway.Visible() || dialog.steps.Visible() {
		t.Errorf("kept %+v, says %q", k.kept, dialog.problem.Text())
	}
	dialog.dialog.Close()
	if k.closed != 1 {
		t.Error("what was typed is still held")
	}
}

func TestClosingTheDialogWhileAPersonSignsInKeepsNothing(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	var later func(error)
	k := &fakeKeeper{signsIn: func(done func(error)) { later = done }}
	dialog := d.personDialog(k, service.Root())
	dialog.dialog.Confirm()
	d.queue.until(t, "the sign-in", func() bool { return later != nil })
	dialog.dialog.Close()
	k.signedIn = true
	later(nil)
	d.queue.run()
	if len(k.kept) != 0 || dialog.test.Running() {
		t.Error("it went on behind the closed dialog")
	}
}

func TestAConnectionThatCannotBeKeptLeavesTheDialogOpen(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	k := &fakeKeeper{signedIn: true, keepErr: errors.New("odd")}
	dialog := d.personDialog(k, service.Root())
	dialog.dialog.Confirm()
	d.queue.until(t, "that it is said", dialog.problem.Visible)
	if !dialog.dialog.Open() || !wordsHave(d.window.Canvas().Overlays().Top(), "Instances") {
		t.Error("what was found is gone")
	}
	dialog.dialog.Close()
}

func TestTheTestInTheDialogCanBeStopped(t *testing.T) {
	d := startedDesk(t)
	d.faults("instances:slow=60s")
	k := &fakeKeeper{signedIn: true}
	root, _, _, err := d.services.sandboxAddress()
	if err != nil {
		t.Fatal(err)
	}
	dialog := d.personDialog(k, root)
	dialog.dialog.Confirm()
	d.queue.until(t, "the first step", func() bool { return dialog.steps.Visible() && dialog.stop.Visible() })
	dialog.stop.OnTapped()
	if dialog.test.Running() || dialog.stop.Visible() || len(k.kept) != 0 {
		t.Error("the test goes on")
	}
	dialog.dialog.Close()
}

func TestTheConnectionDialogIsWorkedByKeyAlone(t *testing.T) {
	d := startedDesk(t)
	d.window.Resize(fyne.NewSize(1024, 500)) // smaller than it needs
	dialog := newConnectionDialog(d.env, &fakeKeeper{}, settings.Connection{})
	dialog.show()
	defer dialog.dialog.Close()
	c := d.window.Canvas()
	layOut(c.Overlays().Top())
	seen := map[fyne.Focusable]bool{}
	top := func(o fyne.CanvasObject) float32 { return d.app.Driver().AbsolutePositionForObject(o).Y }
	for c.Focused() != nil && !seen[c.Focused()] {
		focused := c.Focused()
		seen[focused] = true
		object := focused.(fyne.CanvasObject)
		if at := top(object); at < 0 || at+object.Size().Height > 500 {
			t.Errorf("%T lies at %v when it is gone to", focused, at)
		}
		c.FocusNext()
	}
	for name, o := range map[string]fyne.Focusable{
		"name": dialog.name.entry, "service": dialog.preset, "address": dialog.root.entry, "way": dialog.method,
		"tenant": dialog.tenant.entry, "client": dialog.client.entry, "cloud": dialog.cloud, "key": dialog.key.entry,
		"secrets": dialog.keepIn, "calls": dialog.rate.entry, "colour": dialog.colour, "note": dialog.note.entry,
	} {
		if !seen[o] {
			t.Errorf("Tab does not come to the %s", name)
		}
	}
	c.Focus(dialog.method)
	dialog.method.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if dialog.auth != settings.AuthDeviceCode {
		t.Error("the way of signing in cannot be chosen by key")
	}
}
