package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/access/accesstest"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestAPersonSignsInWithTheBrowser(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	if !s.panelSays("Nobody is signed in to this connection.") || s.frame.status.connection.Text() != "Sign-in needed" {
		t.Errorf("before: %q, status %q", textsOf(s.frame.panel), s.frame.status.connection.Text())
	}
	confirmIn(t, s.working, s.frame.panel, "Sign in…")
	s.begun(auth.MethodBrowser)
	s.untilCard("Continue in the browser…")
	s.queue.until(t, "the browser to open", func() bool { return s.browsers() == 1 })
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
	if !strings.Contains(s.card(), "kept in the OS keyring") {
		t.Errorf("it does not say where it is kept: %q", s.card())
	}
	s.queue.until(t, "what is there to be loaded", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
	if s.cardButton("Cancel").Visible() || !s.cardButton(labelDone).Visible() {
		t.Error("there is nothing to cancel any more")
	}
	s.pressCard(labelDone)
	if s.card() != "" {
		t.Errorf("the card is still open: %q", s.card())
	}
	if !s.ring.Holds("token-cache/") {
		t.Error("the sign-in is not in the keyring")
	}
}

func TestWhereNoBrowserOpensTheAddressCanBeCopied(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.openErr = errors.New("no browser")
	s.signIn()
	s.untilCard("The browser could not be opened")
	s.pressCard("Copy the address")
	if got := s.clipboard(); got != "https://login.example/authorize?client_id=1&state=abc" {
		t.Errorf("copied %q", got)
	}
	s.pressCard(labelReopen)
	s.queue.until(t, "another try", func() bool { return s.browsers() == 2 })
	s.asAna() // it was opened by hand
	s.untilCard("Signed in as ana@contoso.com")
}

func TestAPersonSignsInWithACode(t *testing.T) {
	clock := newTestClock(time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC))
	s := newSigning(t, settings.AuthDeviceCode, func(o *Options) { o.Now = clock.now })
	s.provider.Code.ExpiresAt = clock.now().Add(15 * time.Minute)
	s.signIn()
	s.begun(auth.MethodDeviceCode)
	s.untilCard("H7K2-PQ9X")
	if card := s.card(); !strings.Contains(card, "https://login.example/device") || !strings.Contains(card, "15:00") {
		t.Errorf("the card says %q", card)
	}
	s.press(fyne.KeySpace) // the cursor is on what copies the code
	if got := s.clipboard(); got != "H7K2-PQ9X" {
		t.Errorf("copied %q", got)
	}
	s.press(fyne.KeyA)
	if got := s.clipboard(); got != "https://login.example/device" {
		t.Errorf("copied %q", got)
	}
	s.press(fyne.KeyC)
	if got := s.clipboard(); got != "H7K2-PQ9X" {
		t.Errorf("copied %q", got)
	}
	s.pressCard(labelOpen)
	s.queue.until(t, "the browser to open", func() bool { return s.browsers() == 1 })
	clock.pass(61 * time.Second)
	s.untilCard("Good for another 13:59")

	clock.pass(14 * time.Minute)
	s.untilCard("The code has expired")
	s.provider.Code = auth.DeviceCode{Code: "NEXT-CODE", URL: s.provider.Code.URL, ExpiresAt: clock.now().Add(time.Minute)}
	s.pressCard(labelNewCode)
	s.begun(auth.MethodDeviceCode)
	s.untilCard("NEXT-CODE")
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
}

func TestTheCodeTakesThePlaceOfTheBrowser(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signIn()
	s.begun(auth.MethodBrowser)
	s.untilCard("Continue in the browser…")
	s.pressCard("Use a code instead")
	s.begun(auth.MethodDeviceCode)
	s.untilCard("H7K2-PQ9X")
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
}

func TestAnApplicationProvesItsSecretWithoutAQuestion(t *testing.T) {
	s := newSigning(t, settings.AuthSecret)
	s.signIn()
	s.begun(auth.MethodSecret)
	s.untilCard("There is no client secret for this connection.")
	s.pressCard("Cancel")
	if err := s.credentials.Keep(t.Context(), s.connection, access.Secrets{ClientSecret: "application-secret"}); err != nil {
		t.Fatal(err)
	}
	s.signIn()
	s.begun(auth.MethodSecret)
	s.untilCard("Proving the client secret…")
	s.provider.Answers <- accesstest.Answer{Account: auth.Account{Name: s.connection.ClientID, Application: true}}
	s.untilCard("Signed in as application " + s.connection.ClientID)
	ref := access.RefOf(s.connection, vault.KindClientSecret)
	if ref.Host != "login.microsoftonline.com" {
		t.Errorf("the secret is bound to %s", ref.Host)
	}
}

func TestClosingTheCardEndsTheSignIn(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	var told []error
	trial := s.credentials.Try(s.connection, access.Secrets{})
	card := signIn(s.env, signInSpec{
		Trial: trial, Keyring: s.Desk.ring, Keep: true,
		Done: func(_ auth.Account, err error) { told = append(told, err) },
	})
	s.untilCard("Continue in the browser…")
	s.press(fyne.KeyEscape)
	s.asAna() // too late: nobody waits for it
	s.queue.run()
	if s.card() != "" || card.flow.Running() {
		t.Error("it goes on")
	}
	if len(told) != 1 || !errors.Is(told[0], context.Canceled) {
		t.Errorf("it told %v", told)
	}
	if s.ring.Holds("token-cache/") {
		t.Error("somebody is signed in")
	}
}

func TestWhatTheProviderSaysIsExplained(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signIn()
	s.provider.Answers <- accesstest.Answer{Err: &auth.Error{Kind: auth.ErrRefused, Cause: auth.CauseAdminConsent, Code: "AADSTS90094"}}
	s.untilCard("AADSTS90094")
	if card := s.card(); !strings.Contains(card, "Ask an administrator") {
		t.Errorf("it does not say what to do: %q", card)
	}
	s.pressCard("Copy the details")
	if got := s.clipboard(); !strings.Contains(got, "AADSTS90094") {
		t.Errorf("copied %q", got)
	}
	s.pressCard(labelTryAgain)
	s.untilCard("Continue in the browser…")
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
}

func TestTheCardKeepsItsSize(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	s.signIn()
	s.untilCard("Continue in the browser…")
	card := s.openCard()
	want := card.dialog.Size()
	at := func(step signInStep, err error) {
		card.flow.Cancel()
		card.method, card.err, card.account = auth.MethodBrowser, err, accesstest.Ana
		if step == stepCode || step == stepExpired {
			card.method = auth.MethodDeviceCode
			card.code = auth.DeviceCode{Code: "H7K2-PQ9X", URL: "https://login.microsoftonline.com/common/oauth2/deviceauth", ExpiresAt: s.env.Now().Add(time.Minute)}
		}
		card.goTo(step)
		if on := s.cursor(); on != card.words().confirm && on != "Cancel" && on != "Copy code (C)" && on != "Close" {
			t.Errorf("at step %d the cursor is on %q", step, on)
		}
		if got := card.dialog.Size(); got != want {
			t.Errorf("at step %d it is %v, before %v", step, got, want)
		}
		checkLayout(t, s.window.Canvas())
	}
	refused := &auth.Error{Kind: auth.ErrRefused, Cause: auth.CauseApp, Code: "AADSTS700016"}
	for step := stepKeyring; step <= stepSignedIn; step++ {
		at(step, refused)
	}
	at(stepNotKept, &auth.Error{Kind: auth.ErrNotKept, Err: &vault.Error{Op: "keep the sign-in of connection c1", Kind: vault.ErrTimeout}})
	for _, err := range []error{vault.ErrLocked, vault.ErrTimeout, vault.ErrTooLarge, vault.ErrUnavailable} {
		s.ring.Refuse(err)
		s.Desk.ring.Ask(nil)
		s.queue.until(t, "the keyring to refuse", func() bool { return s.Desk.ring.State() == access.KeyringStateOf(err) })
		at(stepNoRing, &vault.Error{Op: "probe the keyring", Kind: err, Err: errors.New("what the system says of it")})
	}
	at(stepFailed, &auth.AppError{Field: "clientId", Reason: "give the application (client) id of the app registration, such as 00000000-0000-0000-0000-000000000000"})
	card.unopen = true
	at(stepBrowser, nil)
	at(stepCode, nil)
}

func TestWhatCannotSignInIsSaid(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	wrong := s.connection
	wrong.ClientID = "not an id"
	s.connectionKept(wrong)
	s.queue.until(t, "the failure", func() bool { return s.session.Place().Err != nil })
	s.signIn()
	s.untilCard("the client id cannot be used")
	s.pressCard("Change the connection…")
	if !strings.Contains(s.card(), "Change Contoso (EU)") {
		t.Errorf("it does not lead to the connection: %q", s.card())
	}
}

func TestWhoIsSignedInIsSaidInTheWindowsZone(t *testing.T) {
	zone := time.FixedZone("east", 2*60*60)
	now := time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC).In(zone)
	long := auth.Account{Name: strings.Repeat("a-very-long-name.", 6) + "@contoso.com", Tenant: "contoso.com"}
	for _, c := range []struct {
		account auth.Account
		until   time.Time
		want    string
	}{
		{auth.Account{}, time.Time{}, "Signing in…"},
		{accesstest.Ana, time.Time{}, "ana@contoso.com"},
		{accesstest.Ana, now.Add(64 * time.Minute), "ana@contoso.com · until 17:04, renews itself"},
		{accesstest.Ana, now.Add(10 * time.Hour), "ana@contoso.com · until 2026-11-26 02:00, renews itself"},
		{auth.Account{Name: "6f1d6fbe", Application: true}, now.Add(time.Hour), "application 6f1d6fbe · until 17:00, renews itself"},
		{long, now.Add(time.Hour), "a-very-long-name.a-very-long-name… · until 17:00, renews itself"},
	} {
		got := describeAccount(c.account, c.until, now)
		if got.text != c.want {
			t.Errorf("got %q, want %q", got.text, c.want)
		}
		if !strings.Contains(got.tip, c.account.Name) {
			t.Errorf("the tip has not the whole name: %q", got.tip)
		}
	}
}

func TestAKeyTooManyChoosesNothing(t *testing.T) {
	s := newSigning(t, settings.AuthBrowser)
	answer := s.ring.Silence()
	defer answer()
	s.signIn()
	if on := s.cursor(); on != "Cancel" {
		t.Fatalf("while the keyring is asked, the cursor is on %q", on)
	}
	answer()
	s.untilCard("Continue in the browser…")
	s.queue.until(t, "the address", func() bool { return s.cursor() == labelReopen })
}

// cursor is the label of the button that has the cursor; empty: it is on none
// that can be pressed.
func (s *signing) cursor() string {
	button, ok := s.window.Canvas().Focused().(*widgets.Button)
	if !ok || button.Disabled() || !button.Visible() {
		return ""
	}
	return button.Text()
}

// openCard is the card that the desk has open.
func (s *signing) openCard() *signInCard {
	s.t.Helper()
	if s.Desk.signingIn == nil {
		s.t.Fatal("no card is open")
	}
	return s.Desk.signingIn
}
