package ui

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	goodToken = "eyJ-a-token-nobody-else-has"
	goodKey   = "0123456789abcdef0123456789abcdef"
)

// otherService is a service that is not the desk's own sandbox.
func otherService(t *testing.T) *sandbox.Server {
	t.Helper()
	server, err := sandbox.Start(t.Context(), "127.0.0.1:0", sandbox.Options{Token: goodToken, Key: goodKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// openDialog opens the dialog for a connection and fills it.
func (r *deskRun) openDialog(before settings.Connection, root, token, key string) *connectionDialog {
	r.t.Helper()
	dialog := newConnectionDialog(r.env, r.Desk, r.credentials, before)
	dialog.show()
	if before.ID == "" {
		dialog.name.SetText("Contoso (EU)")
	}
	if root != "" {
		dialog.choosePreset(presets()[3])
		dialog.root.SetText(root)
	}
	dialog.token.SetText(token)
	dialog.key.SetText(key)
	return dialog
}

func (r *deskRun) kept1() settings.Connection {
	r.t.Helper()
	list := r.settings().Connections
	if len(list) != 1 {
		r.t.Fatalf("%d connections are kept, want 1", len(list))
	}
	return list[0]
}

func TestAConnectionThatPassesItsTestIsKeptAndChosen(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), "Bearer "+goodToken+"\n", " "+goodKey+" ")
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })

	kept := d.kept1()
	if kept.Name != "Contoso (EU)" || kept.Root != service.Root() || kept.Auth != settings.AuthToken {
		t.Errorf("kept %+v", kept)
	}
	if d.session.Place().Connection.ID != kept.ID {
		t.Errorf("the desk stands in %q", d.session.Place().Connection.Name)
	}
	d.queue.until(t, "its instances", func() bool { list, _, _ := d.session.Instances(); return len(list) > 0 })
	for kind, want := range map[vault.Kind]string{vault.KindToken: goodToken, vault.KindSubscriptionKey: goodKey} {
		if got, err := d.credentials.Keyring.Get(t.Context(), refOf(kept, kind)); err != nil || got != want {
			t.Errorf("%s in the keyring: %q, %v", kind, got, err)
		}
	}
	if d.session.Place().Instance.ID != "" {
		t.Error("an instance of a foreign service was chosen without a word")
	}
}

func TestSecretsAreNotInTheSettingsFile(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	d.finish()
	text, err := os.ReadFile(d.store.Path())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "Contoso (EU)") {
		t.Errorf("the connection is not in the file:\n%s", text)
	}
	if strings.Contains(string(text), goodToken) || strings.Contains(string(text), goodKey) {
		t.Errorf("a secret is in the file:\n%s", text)
	}
}

func TestAConnectionThatFailsItsTestIsKeptOnlyByThePersonsWord(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), "another-token", goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the answer", dialog.steps.Visible)

	if !dialog.dialog.Open() || len(d.settings().Connections) != 0 {
		t.Fatal("it was kept although the test failed")
	}
	var token widgets.Step
	for _, s := range dialog.steps.Steps() {
		if s.Strong == stepToken {
			token = s
		}
	}
	if token.Tone != widgets.ToneDanger {
		t.Errorf("the token's step: %+v", token)
	}
	if !dialog.anyway.Visible() {
		t.Fatal("keeping it all the same is not offered")
	}
	dialog.anyway.OnTapped()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	d.kept1()
	d.queue.until(t, "the failure to be shown", func() bool { return d.frame.panel.State() == widgets.StateFailed })

	// A new token is all that it takes.
	again := d.openDialog(d.kept1(), "", goodToken, "")
	again.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !again.dialog.Open() })
	d.queue.until(t, "its instances", func() bool { list, _, _ := d.session.Instances(); return len(list) > 0 })
}

func TestTypingMakesAnEarlierTestVoid(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), "another-token", goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the answer", dialog.steps.Visible)
	dialog.token.SetText("yet another")
	if dialog.steps.Visible() || dialog.anyway.Visible() {
		t.Error("it still shows what was found about another token")
	}
	dialog.dialog.Close()
}

func TestWhatCannotBeKeptIsSaidBeforeAnythingIsSent(t *testing.T) {
	d := startedDesk(t)
	for name, c := range map[string]struct{ root, token, rate, says string }{
		"no address":       {root: "nonsense", token: "t", rate: "100", says: "address"},
		"not safe":         {root: "http://example.com/v1", token: "t", rate: "100", says: "https"},
		"no token":         {root: sandboxRoot, rate: "100", says: "Enter an access token"},
		"two words":        {root: sandboxRoot, token: "two words", rate: "100", says: "space"},
		"no calls at all":  {root: sandboxRoot, token: "t", rate: "0", says: "Calls a minute"},
		"calls in letters": {root: sandboxRoot, token: "t", rate: "many", says: "Calls a minute"},
	} {
		t.Run(name, func(t *testing.T) {
			dialog := d.openDialog(settings.Connection{}, c.root, c.token, "")
			defer dialog.dialog.Close()
			dialog.rate.SetText(c.rate)
			dialog.dialog.Confirm()
			if got := dialog.problem.Text(); !strings.Contains(got, c.says) || !dialog.problem.Visible() {
				t.Errorf("it says %q, want %q", got, c.says)
			}
			if dialog.test.Running() {
				t.Error("it is being tested all the same")
			}
		})
	}
}

func TestATokenIsAskedForAgainWhenTheAddressChanges(t *testing.T) {
	d, service, other := startedDesk(t), otherService(t), otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })

	moved := d.openDialog(d.kept1(), other.Root(), "", "")
	moved.dialog.Confirm()
	if got := moved.problem.Text(); !strings.Contains(got, "Enter an access token") {
		t.Errorf("it says %q", got)
	}
	moved.dialog.Close()
}

func TestWithoutAKeyringSecretsStayInTheSession(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	d.keyring, d.keyringErr = keyringMissing, vault.ErrUnavailable
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, goodKey)
	if got := dialog.keepIn.Value(); got != "Keep for this session only" {
		t.Errorf("the dialog offers %q", got)
	}
	if items := dialog.keepItems(); !items[0].Disabled {
		t.Error("the keyring is offered")
	}
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	ref := refOf(d.kept1(), vault.KindToken)
	if _, err := d.credentials.Keyring.Get(t.Context(), ref); err == nil {
		t.Error("the token is in the keyring")
	}
	if got, err := d.credentials.Session.Get(t.Context(), ref); err != nil || got != goodToken {
		t.Errorf("in the session: %q, %v", got, err)
	}
}

func TestARemovedConnectionTakesItsSecretsAlong(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	kept := d.kept1()
	d.connectionRemoved(kept)
	d.untilLoaded("Contoso Coffee")
	d.queue.until(t, "the token to go", func() bool {
		_, err := d.credentials.Keyring.Get(t.Context(), refOf(kept, vault.KindToken))
		return err != nil
	})
	if len(d.settings().Connections) != 0 {
		t.Error("it is still kept")
	}
}

func TestThePresetsAreAddressesOfTheContract(t *testing.T) {
	for _, p := range presets() {
		if p.root == "" {
			continue
		}
		if _, err := client.ParseRoot(p.root); err != nil {
			t.Errorf("%s: %v", p.label, err)
		}
	}
}

func TestThePasswordsAreHidden(t *testing.T) {
	d := startedDesk(t)
	dialog := d.openDialog(settings.Connection{}, "", "secret", "secret")
	defer dialog.dialog.Close()
	if !dialog.token.Password || !dialog.key.Password {
		t.Error("a secret is readable on the screen")
	}
	if got := d.window.Canvas().Focused(); got != fyne.Focusable(dialog.name) {
		t.Errorf("the cursor is in %T, want the first field", got)
	}
}
