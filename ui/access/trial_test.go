package access

import (
	"context"
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
)

func TestWhatIsTypedIsTriedAndNotKept(t *testing.T) {
	c, r := keeping(t)
	connection := contoso(settings.AuthToken)
	trial := c.Try(connection, Secrets{Token: "a-token-that-was-typed", Key: "a-key-1"})
	source, keys := trial.For()
	token, err := source.AccessToken(t.Context())
	if err != nil || token != "a-token-that-was-typed" {
		t.Errorf("it would send %q, %v", token, err)
	}
	if key, err := keys.SubscriptionKey(t.Context()); err != nil || key != "a-key-1" {
		t.Errorf("it would send %q, %v", key, err)
	}
	if _, session := c.in(t, RefOf(connection, vault.KindToken)); session != "" || r.Holds("c1/") {
		t.Error("something was kept")
	}
	if c.TrialOf(connection) != trial {
		t.Error("the trial is not found")
	}
	other := connection
	other.ClientID = "3f7d1f8c-5b0f-4a53-9a5e-51a7a1f3a001"
	if c.TrialOf(other) != nil {
		t.Error("it is found for another app registration")
	}
	trial.Close()
	if c.TrialOf(connection) != nil {
		t.Error("it is found after it was closed")
	}
}

// signInTo has Ana sign in to a trial with the browser.
func signInTo(t *testing.T, trial *Trial, p *accesstest.Provider) Signer {
	t.Helper()
	p.Answers <- accesstest.Answer{Account: accesstest.Ana}
	by, err := trial.NewSigner(auth.MethodBrowser, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := by.WithBrowser(t.Context(), func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	trial.SignedInBy(by)
	return by
}

func TestASignInOfATrialIsTheConnectionsOnceItIsKept(t *testing.T) {
	for name, forNow := range map[string]bool{"in the keyring": false, "for this session": true} {
		t.Run(name, func(t *testing.T) {
			c, r := keeping(t)
			connection := contoso(settings.AuthBrowser)
			p := accesstest.NewProvider()
			c.Signer = signingAt(p)
			trial := c.Try(connection, Secrets{})
			by := signInTo(t, trial, p)
			kept, _ := c.For(connection)
			if _, err := kept.AccessToken(t.Context()); !NeedsPerson(err) || r.Holds("token-cache/") {
				t.Errorf("before it is kept: %v", err)
			}
			if source, _ := trial.For(); source != auth.Source(by) {
				t.Error("the trial asks by somebody else")
			}
			if forNow {
				trial.KeepForNow()
			}
			if err := trial.Keep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if token, err := kept.AccessToken(t.Context()); err != nil || token != accesstest.Token {
				t.Errorf("after it is kept: %q, %v", token, err)
			}
			if r.Holds("token-cache/") == forNow {
				t.Errorf("the keyring holds it: %v", !forNow)
			}
			if who, _, signsIn := (&Link{source: kept}).SignedIn(); !signsIn || who != accesstest.Ana {
				t.Errorf("signed in is %+v, %v", who, signsIn)
			}
			if err := c.SignOut(t.Context(), connection); err != nil {
				t.Fatal(err)
			}
			if _, err := kept.AccessToken(t.Context()); !NeedsPerson(err) {
				t.Errorf("after signing out: %v", err)
			}
		})
	}
}

func TestATrialThatCannotSignInSaysWhy(t *testing.T) {
	c, _ := keeping(t)
	connection := contoso(settings.AuthBrowser)
	connection.ClientID = "not an id"
	source, _ := c.Try(connection, Secrets{}).For()
	var app *auth.AppError
	if _, err := source.AccessToken(t.Context()); !errors.As(err, &app) {
		t.Errorf("got %v", err)
	}
	if source.Describe() != "" || !source.ExpiresAt().IsZero() {
		t.Error("it says something of a token")
	}
}

func TestAPersonIsNeededForWhatOnlyAPersonHas(t *testing.T) {
	for err, want := range map[error]bool{
		ErrSignedOut: true, auth.ErrNoToken: true, &auth.Error{Kind: auth.ErrRefused}: true,
		auth.ErrProvider: false, context.Canceled: false, &SandboxError{Err: vault.ErrNotFound}: false,
	} {
		if NeedsPerson(err) != want {
			t.Errorf("%v: want %v", err, want)
		}
	}
}
