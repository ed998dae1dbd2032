package ui

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// newProvided is a desk whose connection signs in by MSAL, at an identity
// provider over TLS.
func newProvided(t *testing.T, way string) (*signing, *idptest.Provider) {
	t.Helper()
	p := idptest.Start(idptest.Options{Token: func(idptest.Grant) string { return goodToken }})
	t.Cleanup(p.Close)
	r := accesstest.NewRing()
	w := newWorking(t, func(o *Options) {
		o.Keyring, o.Identity = vault.OpenEntries(r, t.TempDir(), vault.Options{Redact: o.Redact}), p.Client()
	})
	s := &signing{working: w, ring: r, service: otherService(t)}
	s.connection = settings.Connection{
		ID: "c1", Name: "Contoso (EU)", Root: s.service.Root(), Auth: way, RatePerMinute: 100,
		Tenant: idptest.TenantDomain, ClientID: idptest.PublicApp, Authority: p.URL(),
	}
	if way == settings.AuthSecret {
		s.connection.ClientID = idptest.SecretApp
	}
	if err := s.credentials.Keep(t.Context(), s.connection, access.Secrets{Key: goodKey}); err != nil {
		t.Fatal(err)
	}
	s.connectionKept(s.connection)
	return s, p
}

// browser has the person do at the provider what a browser is opened for.
func (s *signing) browser(p *idptest.Provider) {
	var browsing sync.WaitGroup
	s.t.Cleanup(browsing.Wait)
	ctx := s.t.Context()
	s.env.OpenURL = func(address string) error {
		browsing.Go(func() {
			_, _ = p.Browse(context.WithoutCancel(ctx), address) // what it shows is the card's to say
		})
		return s.openURL(address)
	}
}

func TestAPersonIsSignedInByTheBrowserUntilTheySignOut(t *testing.T) {
	s, p := newProvided(t, settings.AuthBrowser)
	s.queue.until(t, "the panel", func() bool { return s.panelSays("Nobody is signed in") })
	s.browser(p)
	s.signIn()
	s.untilCard("Signed in as " + idptest.UserName)
	s.untilCard("kept in the OS keyring")
	s.pressCard(labelDone)
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
	s.standInCoffee()
	s.tick()
	if got := s.frame.status.connection.Text(); !strings.HasPrefix(got, idptest.UserName+" · until ") || !strings.HasSuffix(got, ", renews itself") {
		t.Errorf("the status line says %q", got)
	}
	if address := s.opened[0]; s.env.Redact.String(address) != address {
		t.Errorf("the address that can be copied is not whole: %s", s.env.Redact.String(address))
	}

	s.credentials.Restart(s.connection) // as the next start has it
	s.session.Reopen(s.connection.ID)
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
	if len(s.opened) != 1 {
		t.Error("the person was asked again")
	}

	s.signOut()
	s.queue.until(t, "the keyring to be emptied", func() bool { return !s.ring.Holds("token-cache/") })
	if _, err := s.session.Link().Client.Instances(t.Context()); !access.NeedsPerson(err) {
		t.Errorf("after signing out: %v", err)
	}
}

func TestAPersonIsSignedInByACodeThatIsEnteredElsewhere(t *testing.T) {
	s, p := newProvided(t, settings.AuthDeviceCode)
	s.signIn()
	s.untilCard("Good for another")
	codes := p.UserCodes()
	if len(codes) != 1 || !strings.Contains(s.card(), codes[0]) {
		t.Fatalf("the card says %q, the provider waits for %q", s.card(), codes)
	}
	if err := p.Approve(codes[0], idptest.Ana); err != nil {
		t.Fatal(err)
	}
	s.untilCard("Signed in as " + idptest.UserName)
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
}

func TestASilentKeyringIsNotWaitedForWhereTheSessionIsEnough(t *testing.T) {
	s, p := newProvided(t, settings.AuthDeviceCode) // its keyring may take a minute
	s.signIn()
	s.untilCard("Good for another")
	answer := s.ring.Silence()
	defer answer()
	if err := p.Approve(p.UserCodes()[0], idptest.Ana); err != nil {
		t.Fatal(err)
	}
	s.untilCard("Keeping the sign-in of " + idptest.UserName)
	s.pressCard(labelForNow)
	s.untilCard("kept until the desk is closed")
	s.pressCard(labelDone)
	answer()
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
	s.queue.until(t, "what the keyring took late to be removed", func() bool { return !s.ring.Holds("token-cache/") })
}

func TestADeclinedCodeAndAnExpiredOneAreToldApart(t *testing.T) {
	s, p := newProvided(t, settings.AuthDeviceCode)
	s.signIn()
	s.untilCard("Good for another")
	if err := p.Decline(p.UserCodes()[0]); err != nil {
		t.Fatal(err)
	}
	s.untilCard("it was declined")
	s.pressCard(labelTryAgain)
	s.untilCard("Good for another")
	for _, code := range p.UserCodes() {
		if strings.Contains(s.card(), code) {
			if err := p.Expire(code); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.untilCard("The code has expired")
	if !strings.Contains(s.card(), labelNewCode) {
		t.Errorf("the card says %q", s.card())
	}
}

func TestAnApplicationIsSignedInByItsSecret(t *testing.T) {
	s, _ := newProvided(t, settings.AuthSecret)
	s.queue.until(t, "the panel", func() bool { return s.panelSays("There is no client secret") })
	if err := s.credentials.Keep(t.Context(), s.connection, access.Secrets{ClientSecret: idptest.ClientSecret}); err != nil {
		t.Fatal(err)
	}
	s.signIn()
	s.untilCard("Signed in as application " + idptest.SecretApp)
	s.untilCard("kept in the OS keyring")
	s.pressCard(labelDone)
	s.queue.until(t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
	s.signOut()
	s.queue.until(t, "what would sign in again to be removed", func() bool {
		return !s.ring.Holds("token-cache/") && !s.ring.Holds("client-secret/")
	})
}

func TestConsentThatIsMissingIsSaidWithItsCode(t *testing.T) {
	s, p := newProvided(t, settings.AuthBrowser)
	p.Fail(idptest.Fault{Endpoint: idptest.Token, Error: "invalid_grant", Code: 65001})
	s.browser(p)
	s.signIn()
	s.untilCard("AADSTS65001")
	if card := s.card(); !strings.Contains(card, "agree to the permissions") || strings.Contains(card, p.URL()) {
		t.Errorf("the card says %q", card)
	}
	p.Heal()
	s.pressCard(labelTryAgain)
	s.untilCard("Signed in as " + idptest.UserName)
}

func TestATrialSignsInWithoutTouchingWhatIsKept(t *testing.T) {
	s, p := newProvided(t, settings.AuthBrowser)
	s.browser(p)
	changed := s.connection
	changed.ID = "c2"
	trial := s.credentials.Try(changed, access.Secrets{Key: goodKey})
	var told auth.Account
	signIn(s.env, signInSpec{Trial: trial, Keyring: s.Desk.ring, Done: func(a auth.Account, _ error) { told = a }})
	s.queue.until(t, "who is signed in", func() bool { return told.Name == idptest.UserName })
	if s.ring.Holds("c2/") {
		t.Error("it was written before anybody said so")
	}
	tokens, keys := trial.For()
	token, tokenErr := tokens.AccessToken(t.Context())
	key, keyErr := keys.SubscriptionKey(t.Context())
	if token != goodToken || key != goodKey {
		t.Errorf("it would send %q, %v and %q, %v", token, tokenErr, key, keyErr)
	}
	if err := s.credentials.Keep(t.Context(), changed, access.Secrets{Key: goodKey}); err != nil {
		t.Fatal(err)
	}
	if !s.ring.Holds("c2/token-cache/") || !s.ring.Holds("c2/subscription-key/") {
		t.Error("it was not kept with the rest")
	}
	kept, _ := s.credentials.For(changed)
	if token, err := kept.AccessToken(t.Context()); token != goodToken {
		t.Errorf("it signs in with %q, %v", token, err)
	}
	if err := s.credentials.Forget(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	if s.ring.Holds("c2/") {
		t.Error("something of it is left")
	}
}
