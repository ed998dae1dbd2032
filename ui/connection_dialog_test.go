package ui

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	goodToken = accesstest.Token
	goodKey   = "0123456789abcdef0123456789abcdef"
)

// otherService is a service that is not the desk's own sandbox.
func otherService(t testing.TB) *sandbox.Server {
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
	dialog := newConnectionDialog(r.env, r.Desk, before)
	dialog.show()
	if before.ID == "" {
		dialog.name.entry.SetText("Contoso (EU)")
	}
	if root != "" {
		dialog.choosePreset(presets()[3])
		dialog.root.entry.SetText(root)
	}
	dialog.chooseMethod(settings.AuthToken)
	dialog.token.entry.SetText(token)
	dialog.key.entry.SetText(key)
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
		if got, err := d.credentials.Keyring.Get(t.Context(), access.RefOf(kept, kind)); err != nil || got != want {
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
	d.queue.until(t, "the answer", dialog.anyway.Visible)

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
	d.queue.until(t, "the answer", dialog.anyway.Visible)
	dialog.token.entry.SetText("yet another")
	if dialog.steps.Visible() || dialog.anyway.Visible() {
		t.Error("it still shows what was found about another token")
	}
	dialog.dialog.Close()
}

func TestWhatCannotBeKeptIsSaidAtItsFieldBeforeAnythingIsSent(t *testing.T) {
	d := startedDesk(t)
	d.listConnection(tokenConnection("c1", "Taken"))
	token := func(text string) func(*connectionDialog) {
		return func(c *connectionDialog) { c.token.entry.SetText(text) }
	}
	app := func(method, tenant, client string) func(*connectionDialog) {
		return func(c *connectionDialog) {
			c.chooseMethod(method)
			c.tenant.entry.SetText(tenant)
			c.client.entry.SetText(client)
		}
	}
	for name, c := range map[string]struct {
		change func(*connectionDialog)
		field  func(*connectionDialog) *connectionField
		says   string
	}{
		"no address":   {func(c *connectionDialog) { c.root.entry.SetText("nonsense") }, func(c *connectionDialog) *connectionField { return c.root }, "address"},
		"not safe":     {func(c *connectionDialog) { c.root.entry.SetText("http://example.com/v1") }, func(c *connectionDialog) *connectionField { return c.root }, "https"},
		"a name twice": {func(c *connectionDialog) { c.name.entry.SetText(" taken ") }, func(c *connectionDialog) *connectionField { return c.name }, "has this name"},
		"a long name":  {func(c *connectionDialog) { c.name.entry.SetText(strings.Repeat("x", 121)) }, func(c *connectionDialog) *connectionField { return c.name }, "120"},
		"a long note":  {func(c *connectionDialog) { c.note.entry.SetText(strings.Repeat("x", 501)) }, func(c *connectionDialog) *connectionField { return c.note }, "500"},
		"a secret in the note": {func(c *connectionDialog) {
			c.key.entry.SetText("k-3f7d1f8c5b0f")
			c.note.entry.SetText("the key is k-3f7d1f8c5b0f")
		}, func(c *connectionDialog) *connectionField { return c.note }, "secret"},
		"a token for a name":          {func(c *connectionDialog) { c.name.entry.SetText("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln") }, func(c *connectionDialog) *connectionField { return c.name }, "secret"},
		"no token":                    {token(""), func(c *connectionDialog) *connectionField { return c.token }, "Enter an access token"},
		"two words":                   {token("two words"), func(c *connectionDialog) *connectionField { return c.token }, "space"},
		"no calls at all":             {func(c *connectionDialog) { c.rate.entry.SetText("0") }, func(c *connectionDialog) *connectionField { return c.rate }, "whole number"},
		"calls in letters":            {func(c *connectionDialog) { c.rate.entry.SetText("many") }, func(c *connectionDialog) *connectionField { return c.rate }, "whole number"},
		"no client id":                {app(settings.AuthBrowser, "contoso.com", ""), func(c *connectionDialog) *connectionField { return c.client }, "application (client) id"},
		"no tenant of an application": {app(settings.AuthSecret, "organizations", goodClient), func(c *connectionDialog) *connectionField { return c.tenant }, "one tenant"},
		"no secret":                   {app(settings.AuthSecret, "contoso.com", goodClient), func(c *connectionDialog) *connectionField { return c.secret }, "Enter the client secret"},
		"another authority": {func(c *connectionDialog) {
			app(settings.AuthDeviceCode, "contoso.com", goodClient)(c)
			c.chooseCloud(clouds()[3])
			c.authority.entry.SetText("http://login.example")
		}, func(c *connectionDialog) *connectionField { return c.authority }, "https"},
		"a scope of an application": {func(c *connectionDialog) {
			app(settings.AuthSecret, "contoso.com", goodClient)(c)
			c.secret.entry.SetText("s3cret")
			c.chooseCloud(clouds()[1])
			c.scope.entry.SetText("openid")
		}, func(c *connectionDialog) *connectionField { return c.scope }, ".default"},
	} {
		t.Run(name, func(t *testing.T) {
			dialog := d.openDialog(settings.Connection{}, sandboxRoot, "t", "")
			defer dialog.dialog.Close()
			c.change(dialog)
			dialog.dialog.Confirm()
			field := c.field(dialog)
			if got := field.problem.Text(); !strings.Contains(got, c.says) || !field.problem.Visible() || !field.row.Visible() {
				t.Errorf("it says %q, want %q", got, c.says)
			}
			if got := d.window.Canvas().Focused(); got != fyne.Focusable(field.entry) {
				t.Errorf("the cursor is in %T", got)
			}
			if dialog.test.Running() {
				t.Error("it is being tested all the same")
			}
			field.entry.SetText(field.entry.Text + "x")
			if field.problem.Visible() {
				t.Error("it is still said after a change")
			}
		})
	}
}

// goodClient is the id of an app registration.
const goodClient = "2f7d1f8c-5b0f-4a53-9a5e-51a7a1f3a001"

func TestEachWayOfSigningInHasItsFields(t *testing.T) {
	d := startedDesk(t)
	dialog := d.openDialog(settings.Connection{}, sandboxRoot, "", "")
	defer dialog.dialog.Close()
	fields := map[string]*connectionField{
		"tenant": dialog.tenant, "client": dialog.client, "secret": dialog.secret, "token": dialog.token,
		"authority": dialog.authority, "scope": dialog.scope, "key": dialog.key,
	}
	for method, want := range map[string]string{
		settings.AuthBrowser: "client key tenant", settings.AuthDeviceCode: "client key tenant",
		settings.AuthSecret: "client key secret tenant", settings.AuthToken: "key token",
	} {
		dialog.chooseMethod(method)
		var shown []string
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if fields[name].row.Visible() {
				shown = append(shown, name)
			}
		}
		if got := strings.Join(shown, " "); got != want {
			t.Errorf("%s asks for %s, want %s", method, got, want)
		}
	}
	dialog.chooseMethod(settings.AuthBrowser)
	dialog.chooseCloud(clouds()[2])
	if c := dialog.typedConnection(); c.Authority != "https://login.partner.microsoftonline.cn" || !dialog.scope.row.Visible() || dialog.authority.row.Visible() {
		t.Errorf("in China: %+v", c)
	}
	dialog.chooseCloud(clouds()[0])
	if c := dialog.typedConnection(); c.Authority != "" {
		t.Errorf("in the public cloud: %+v", c)
	}
}

func TestASecretOfAnotherWayOfSigningInIsNotKept(t *testing.T) {
	d := startedDesk(t)
	dialog := d.openDialog(settings.Connection{}, sandboxRoot, goodToken, goodKey)
	defer dialog.dialog.Close()
	dialog.chooseMethod(settings.AuthBrowser)
	if s := dialog.secrets(); s.Token != "" || s.Key != goodKey {
		t.Error("a token that is not to be seen would be kept")
	}
}

func TestATokenIsAskedForAgainWhenTheAddressChanges(t *testing.T) {
	d, service, other := startedDesk(t), otherService(t), otherService(t)
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })

	moved := d.openDialog(d.kept1(), other.Root(), "", "")
	if got := moved.anew.Text(); !strings.Contains(got, "another host") || !moved.anew.Visible() {
		t.Errorf("before that it says %q", got)
	}
	moved.dialog.Confirm()
	if got := moved.token.problem.Text(); !strings.Contains(got, "Enter an access token") {
		t.Errorf("it says %q", got)
	}
	moved.dialog.Close()
}

func TestWhatWasKeptForAnotherAppRegistrationGoes(t *testing.T) {
	d := startedDesk(t)
	ctx := t.Context()
	before := settings.Connection{
		ID: "c1", Name: "App", Root: "https://ci.example.com/v1", Auth: settings.AuthSecret, Tenant: "contoso.com",
		ClientID: goodClient, RatePerMinute: 50,
	}
	d.listConnection(before)
	keep := func() {
		for _, kind := range []vault.Kind{vault.KindClientSecret, vault.KindTokenCache, vault.KindSubscriptionKey} {
			if err := d.credentials.Keyring.Set(ctx, access.RefOf(before, kind), "kept"); err != nil {
				t.Fatal(err)
			}
		}
	}
	left := func() string {
		var kinds []string
		for _, kind := range []vault.Kind{vault.KindClientSecret, vault.KindTokenCache, vault.KindSubscriptionKey} {
			if _, err := d.credentials.Keyring.Get(ctx, access.RefOf(before, kind)); err == nil {
				kinds = append(kinds, string(kind))
			}
		}
		return strings.Join(kinds, " ")
	}
	for name, c := range map[string]struct {
		change func(*settings.Connection)
		left   string
	}{
		"name and note":     {func(c *settings.Connection) { c.Name, c.Note = "Other", "n" }, "client-secret token-cache subscription-key"},
		"the same, spelled": {func(c *settings.Connection) { c.Tenant = "CONTOSO.com" }, "client-secret token-cache subscription-key"},
		"tenant":            {func(c *settings.Connection) { c.Tenant = "fabrikam.com" }, "subscription-key"},
		"client id":         {func(c *settings.Connection) { c.ClientID = "3f7d1f8c-5b0f-4a53-9a5e-51a7a1f3a001" }, "subscription-key"},
		"authority":         {func(c *settings.Connection) { c.Authority = "https://login.microsoftonline.us" }, "subscription-key"},
		"way":               {func(c *settings.Connection) { c.Auth = settings.AuthToken }, "subscription-key"},
		"address":           {func(c *settings.Connection) { c.Root = "https://other.example.com/v1" }, ""},
		"only the path":     {func(c *settings.Connection) { c.Root = "https://ci.example.com/api" }, "client-secret token-cache subscription-key"},
	} {
		t.Run(name, func(t *testing.T) {
			keep()
			after := before
			c.change(&after)
			if err := d.credentials.DropVoided(ctx, before, access.VoidedBy(before, after)); err != nil {
				t.Fatal(err)
			}
			if got := left(); got != c.left {
				t.Errorf("left is %q, want %q", got, c.left)
			}
			if words := voidedWords(access.VoidedBy(before, after), before, after); (words == "") != (strings.Count(c.left, " ") == 2) {
				t.Errorf("it says %q", words)
			}
		})
	}
}

func TestWithoutAKeyringSecretsStayInTheSession(t *testing.T) {
	d, service := startedDesk(t), otherService(t)
	d.keyring, d.keyringErr = access.KeyringMissing, vault.ErrUnavailable
	dialog := d.openDialog(settings.Connection{}, service.Root(), goodToken, goodKey)
	if got := dialog.keepIn.Value(); got != "Keep for this session only" {
		t.Errorf("the dialog offers %q", got)
	}
	if items := dialog.keepItems(); !items[0].Disabled {
		t.Error("the keyring is offered")
	}
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	ref := access.RefOf(d.kept1(), vault.KindToken)
	if _, err := d.credentials.Keyring.Get(t.Context(), ref); err == nil {
		t.Error("the token is in the keyring")
	}
	if got, err := d.credentials.Session.Get(t.Context(), ref); err != nil || got != goodToken {
		t.Errorf("in the session: %q, %v", got, err)
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
	if !dialog.token.entry.Password || !dialog.key.entry.Password || !dialog.secret.entry.Password {
		t.Error("a secret is readable on the screen")
	}
	if got := d.window.Canvas().Focused(); got != fyne.Focusable(dialog.name.entry) {
		t.Errorf("the cursor is in %T, want the first field", got)
	}
}

func TestAnotherAddressKeepsTheWayOfSigningIn(t *testing.T) {
	for _, p := range presets() {
		f := newConnectionForm(nil)
		f.fill(settings.Connection{Root: "https://one.example/v1", Auth: settings.AuthToken}, false)
		f.choosePreset(p)
		want := p.method
		if p.root == "" {
			want = settings.AuthToken
		}
		if f.auth != want {
			t.Errorf("%s: it signs in by %q, want %q", p.label, f.auth, want)
		}
	}
}
