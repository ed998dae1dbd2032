package access

import (
	"context"
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// keeping is the two places for secrets, without a desk.
func keeping(t *testing.T) (*Credentials, *accesstest.Ring) {
	t.Helper()
	r := accesstest.NewRing()
	return &Credentials{
		Keyring: vault.OpenEntries(r, t.TempDir(), vault.Options{}), Session: vault.OpenMemory(),
		Redact: redact.New(), Signer: signingAt(accesstest.NewProvider()),
	}, r
}

// signingAt has a connection sign in at a provider that stands in for a real one.
func signingAt(p *accesstest.Provider) func(auth.SignInOptions) (Signer, error) {
	return func(o auth.SignInOptions) (Signer, error) { return p.Signer(o) }
}

func contoso(way string) settings.Connection {
	return settings.Connection{
		ID: "c1", Name: "Contoso", Root: "https://api.example.org/v1", Auth: way, RatePerMinute: 100,
		Tenant: "contoso.com", ClientID: "6f1d6fbe-7a0c-4c38-9b3e-2f9f0f6d4a11", Authority: "https://login.example.org",
	}
}

// in says in which of the places a secret is.
func (c *Credentials) in(t *testing.T, ref vault.Ref) (keyring, session string) {
	t.Helper()
	read := func(v *vault.Vault) string {
		value, err := v.Get(t.Context(), ref)
		if err != nil && !errors.Is(err, vault.ErrNotFound) {
			t.Fatal(err)
		}
		return value
	}
	return read(c.Keyring), read(c.Session)
}

func TestASecretBelongsToTheHostThatItIsFor(t *testing.T) {
	connection := contoso(settings.AuthSecret)
	for kind, want := range map[vault.Kind]string{
		vault.KindClientSecret: "login.example.org", vault.KindTokenCache: "api.example.org",
		vault.KindSubscriptionKey: "api.example.org", vault.KindToken: "api.example.org",
	} {
		if got := RefOf(connection, kind).Host; got != want {
			t.Errorf("the %s is for %s, want %s", kind, got, want)
		}
	}
}

func TestSecretsMoveToWhereAConnectionKeepsThem(t *testing.T) {
	c, r := keeping(t)
	connection := contoso(settings.AuthSecret)
	typed := Secrets{Key: "a-key-1", ClientSecret: "a-secret-1"}
	if err := c.Keep(t.Context(), connection, typed); err != nil {
		t.Fatal(err)
	}
	connection.SessionOnly = true
	if err := c.Keep(t.Context(), connection, Secrets{}); err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[vault.Kind]string{vault.KindSubscriptionKey: "a-key-1", vault.KindClientSecret: "a-secret-1"} {
		if ring, session := c.in(t, RefOf(connection, kind)); ring != "" || session != want {
			t.Errorf("%s: %q in the keyring, %q in memory", kind, ring, session)
		}
	}
	connection.SessionOnly = false
	if err := c.Keep(t.Context(), connection, Secrets{Key: "a-key-2"}); err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[vault.Kind]string{vault.KindSubscriptionKey: "a-key-2", vault.KindClientSecret: "a-secret-1"} {
		if ring, session := c.in(t, RefOf(connection, kind)); ring != want || session != "" {
			t.Errorf("%s: %q in the keyring, %q in memory", kind, ring, session)
		}
	}
	if err := c.Forget(t.Context(), connection); err != nil || r.Holds("c1/") {
		t.Errorf("after forgetting: %v, something is left: %v", err, r.Holds("c1/"))
	}
}

func TestFormWatchAndReadsShareOneSignIn(t *testing.T) {
	c, _ := keeping(t)
	connection := contoso(settings.AuthBrowser)
	first, _ := c.For(connection)
	renamed := connection
	renamed.Name, renamed.Note, renamed.Colour, renamed.RatePerMinute = "Contoso (EU)", "support", "#ff0000", 50
	if again, _ := c.For(renamed); again != first {
		t.Error("another name begins another sign-in")
	}
	other := connection
	other.Tenant = "fabrikam.com"
	if again, _ := c.For(other); again == first {
		t.Error("another tenant has the same sign-in")
	}
}

func TestARemovalThatTheKeyringDidNotTakeIsNotDoneToWhatIsKeptLater(t *testing.T) {
	c, r := keeping(t)
	connection := contoso(settings.AuthSecret)
	ref := RefOf(connection, vault.KindClientSecret)
	if err := c.Keep(t.Context(), connection, Secrets{ClientSecret: "a-secret-1"}); err != nil {
		t.Fatal(err)
	}
	r.Refuse(vault.ErrLocked)
	if err := c.SignOut(t.Context(), connection); !errors.Is(err, vault.ErrLocked) {
		t.Fatalf("got %v", err)
	}
	r.Refuse(nil)
	if err := c.Keep(t.Context(), connection, Secrets{ClientSecret: "a-secret-2"}); err != nil {
		t.Fatal(err)
	}
	if err := c.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if ring, _ := c.in(t, ref); ring != "a-secret-2" {
		t.Errorf("the keyring holds %q", ring)
	}

	r.Refuse(vault.ErrLocked)
	if err := c.Forget(t.Context(), connection); !errors.Is(err, vault.ErrLocked) {
		t.Fatalf("got %v", err)
	}
	if err := c.CatchUp(t.Context()); err == nil {
		t.Error("it caught up with a locked keyring")
	}
	r.Refuse(nil)
	if err := c.CatchUp(t.Context()); err != nil || r.Holds("c1/") {
		t.Errorf("a connection that was removed is still there: %v", err)
	}
}

func TestWhatIsKeptForTheSessionDoesNotWaitForASilentKeyring(t *testing.T) {
	c, r := keeping(t)
	connection := contoso(settings.AuthBrowser)
	connection.SessionOnly = true
	answer := r.Silence()
	defer answer()
	c.KeyringAnswers(false)
	if err := c.Keep(t.Context(), connection, Secrets{}); err != nil {
		t.Fatal(err)
	}
	_, keys := c.For(connection)
	if key, err := keys.SubscriptionKey(t.Context()); key != "" || err != nil {
		t.Errorf("got %q, %v", key, err)
	}
	if err := c.Keep(t.Context(), connection, Secrets{Key: "a-key-1"}); err != nil {
		t.Fatal(err)
	}
	if key, err := keys.SubscriptionKey(t.Context()); key != "a-key-1" || err != nil {
		t.Errorf("got %q, %v", key, err)
	}
}

func TestARenewalThatEndsLateIsNotKeptForWhatTheConnectionWasBefore(t *testing.T) {
	for name, change := range map[string]func(*settings.Connection){
		"another host":             func(c *settings.Connection) { c.Root = "https://api.example.com/v1" },
		"another app registration": func(c *settings.Connection) { c.ClientID = "3f7d1f8c-5b0f-4a53-9a5e-51a7a1f3a001" },
	} {
		t.Run(name, func(t *testing.T) {
			c, r := keeping(t)
			before := contoso(settings.AuthBrowser)
			a := c.account(before)
			if _, err := a.current(); err != nil {
				t.Fatal(err)
			}
			renewing, after := a.store, before
			change(&after)
			if err := c.DropVoided(t.Context(), before, VoidedBy(before, after)); err != nil {
				t.Fatal(err)
			}
			if err := renewing.Set(t.Context(), RefOf(before, vault.KindTokenCache), "a-late-sign-in"); err == nil || r.Holds("c1/token-cache/") {
				t.Errorf("it was written: %v", err)
			}
		})
	}
	t.Run("this session only", func(t *testing.T) {
		c, r := keeping(t)
		before := contoso(settings.AuthBrowser)
		a := c.account(before)
		if _, err := a.current(); err != nil {
			t.Fatal(err)
		}
		renewing, after := a.store, before
		after.SessionOnly = true
		if err := c.Keep(t.Context(), after, Secrets{SessionOnly: true}); err != nil {
			t.Fatal(err)
		}
		if err := renewing.Set(t.Context(), RefOf(before, vault.KindTokenCache), "a-late-sign-in"); err == nil || r.Holds("c1/token-cache/") {
			t.Errorf("it was written into the keyring: %v", err)
		}
	})
}

func TestASignInOfThisSessionLeavesNoOlderOneInTheKeyring(t *testing.T) {
	c, r := keeping(t)
	connection := contoso(settings.AuthBrowser)
	signIn := func(typed Secrets) {
		t.Helper()
		trial := c.Try(connection, typed)
		by, err := trial.NewSigner(auth.MethodBrowser, false)
		if err != nil {
			t.Fatal(err)
		}
		by.(*accesstest.Signer).Set(accesstest.Ana)
		trial.SignedInBy(by)
		if err := c.Keep(t.Context(), connection, typed); err != nil {
			t.Fatal(err)
		}
	}
	signIn(Secrets{})
	ref := RefOf(connection, vault.KindTokenCache)
	if ring, _ := c.in(t, ref); ring == "" {
		t.Fatal("the case does not hold")
	}
	connection.SessionOnly = true
	signIn(Secrets{SessionOnly: true})
	if ring, session := c.in(t, ref); ring != "" || session == "" || r.Holds("c1/token-cache/") {
		t.Errorf("%q in the keyring, %q in memory", ring, session)
	}
}

func TestAConnectionWithoutAKeyNeedsNoKeyring(t *testing.T) {
	_, err := optional{Secrets: broken{}}.Get(t.Context(), vault.Ref{})
	if !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("got %v, want that there is none", err)
	}
}

type broken struct{}

func (broken) Get(context.Context, vault.Ref) (string, error) { return "", vault.ErrUnavailable }
func (broken) Changes() uint64                                { return 0 }
