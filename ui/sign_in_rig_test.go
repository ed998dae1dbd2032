package ui

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// ring is a keyring that can be locked, full, absent or silent.
type ring struct {
	mu     sync.Mutex
	texts  map[string]string
	err    error
	silent chan struct{} // calls wait until it is closed; nil: they do not
}

func newRing() *ring { return &ring{texts: map[string]string{}} }

// refuse has every call answered with an error; nil: with what is there.
func (r *ring) refuse(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// silence has every call wait, until what it answers is called.
func (r *ring) silence() (answer func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	silent := make(chan struct{})
	r.silent = silent
	return sync.OnceFunc(func() {
		r.mu.Lock()
		r.silent = nil
		r.mu.Unlock()
		close(silent)
	})
}

func (r *ring) wait() {
	r.mu.Lock()
	silent := r.silent
	r.mu.Unlock()
	if silent != nil {
		<-silent
	}
}

// Get implements vault.Entries.
func (r *ring) Get(account string) (string, error) {
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	text, ok := r.texts[account]
	switch {
	case r.err != nil:
		return "", r.err
	case !ok:
		return "", vault.ErrNotFound
	}
	return text, nil
}

// Set implements vault.Entries.
func (r *ring) Set(account, text string) error {
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.texts[account] = text
	}
	return r.err
}

// Delete implements vault.Entries.
func (r *ring) Delete(account string) error {
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.texts[account]; !ok && r.err == nil {
		return vault.ErrNotFound
	}
	if r.err == nil {
		delete(r.texts, account)
	}
	return r.err
}

// holds says whether any entry is about something.
func (r *ring) holds(part string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for account, text := range r.texts {
		if strings.Contains(account, part) || strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// provider stands for an identity provider. What a person does there is what the
// test says.
type provider struct {
	answers chan answered // of the flow that runs
	code    auth.DeviceCode
	begun   chan auth.Method // each flow says so

	mu      sync.Mutex
	revoked bool // what was given before is worth nothing
	expires time.Time
}

type answered struct {
	account auth.Account
	err     error
}

var anaAccount = auth.Account{Name: "ana@contoso.com", Tenant: "contoso.com"}

func newProvider() *provider {
	return &provider{
		answers: make(chan answered, 1), begun: make(chan auth.Method, 20),
		code: auth.DeviceCode{Code: "H7K2-PQ9X", URL: "https://login.example/device"},
	}
}

func (p *provider) revoke(revoked bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.revoked = revoked
}

// signer implements what Credentials.Signer is.
func (p *provider) signer(o auth.SignInOptions) (signer, error) {
	if err := o.App.Validate(); err != nil {
		return nil, err
	}
	return &fakeSigner{provider: p, o: o}, nil
}

// fakeSigner keeps the name of who is signed in, as auth.SignIn keeps tokens.
type fakeSigner struct {
	provider *provider
	o        auth.SignInOptions

	mu      sync.Mutex
	account auth.Account
}

func (s *fakeSigner) AccessToken(ctx context.Context) (string, error) {
	name, err := s.o.Keep.Get(ctx, s.o.Cache)
	s.provider.mu.Lock()
	revoked := s.provider.revoked
	s.provider.mu.Unlock()
	switch {
	case errors.Is(err, vault.ErrNotFound):
		return "", &auth.Error{Kind: auth.ErrSignInNeeded}
	case err != nil:
		return "", err
	case revoked:
		return "", &auth.Error{Kind: auth.ErrSignInNeeded, Cause: auth.CauseRevoked, Code: "AADSTS50173"}
	}
	s.set(auth.Account{Name: name, Tenant: anaAccount.Tenant, Application: s.o.App.Method == auth.MethodSecret})
	return goodToken, nil
}

func (s *fakeSigner) set(a auth.Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account = a
}

func (s *fakeSigner) Account() auth.Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account
}

func (s *fakeSigner) InvalidateToken(string) {}
func (s *fakeSigner) Describe() string       { return "Signed in as " + s.Account().Name }

func (s *fakeSigner) ExpiresAt() time.Time {
	s.provider.mu.Lock()
	defer s.provider.mu.Unlock()
	return s.provider.expires
}

func (s *fakeSigner) WithBrowser(ctx context.Context, open func(string) error) (auth.Account, error) {
	s.provider.begun <- auth.MethodBrowser
	if err := open("https://login.example/authorize?client_id=1&state=abc"); err != nil {
		return auth.Account{}, &auth.Error{Kind: auth.ErrBrowser}
	}
	return s.wait(ctx)
}

func (s *fakeSigner) WithDeviceCode(ctx context.Context, show func(auth.DeviceCode)) (auth.Account, error) {
	s.provider.begun <- auth.MethodDeviceCode
	show(s.provider.code)
	return s.wait(ctx)
}

func (s *fakeSigner) WithSecret(ctx context.Context) (auth.Account, error) {
	s.provider.begun <- auth.MethodSecret
	if _, err := s.o.Keep.Get(ctx, s.o.Secret); err != nil {
		return auth.Account{}, &auth.Error{Kind: auth.ErrNoSecret, Err: err}
	}
	return s.wait(ctx)
}

func (s *fakeSigner) wait(ctx context.Context) (auth.Account, error) {
	select {
	case <-ctx.Done():
		return auth.Account{}, ctx.Err()
	case got := <-s.provider.answers:
		if got.err != nil {
			return auth.Account{}, got.err
		}
		return s.keep(ctx, got.account)
	}
}

func (s *fakeSigner) keep(ctx context.Context, a auth.Account) (auth.Account, error) {
	s.set(a)
	s.provider.revoke(false)
	if err := s.o.Keep.Set(ctx, s.o.Cache, a.Name); err != nil {
		return a, &auth.Error{Kind: auth.ErrNotKept, Err: err}
	}
	return a, nil
}

func (s *fakeSigner) TakeOver(ctx context.Context, from signer) (auth.Account, error) {
	return s.keep(ctx, from.(*fakeSigner).Account())
}

func (s *fakeSigner) SignOut(ctx context.Context) error {
	s.set(auth.Account{})
	return s.o.Keep.Delete(ctx, s.o.Cache)
}

// signing is a desk with a connection to a service that demands who asks.
type signing struct {
	*working
	ring       *ring
	provider   *provider
	service    *sandbox.Server
	connection settings.Connection
	opened     []string // addresses that the browser was sent to
	openErr    error
	mu         sync.Mutex
}

// newSigning starts a desk that stands in a connection which nobody is signed in
// to yet.
func newSigning(t *testing.T, way string, change ...func(*Options)) *signing {
	t.Helper()
	r := newRing()
	change = append([]func(*Options){func(o *Options) {
		o.Keyring = vault.OpenEntries(r, t.TempDir(), vault.Options{Limit: 300 * time.Millisecond})
	}}, change...)
	s := &signing{working: newWorking(t, change...), ring: r, provider: newProvider(), service: otherService(t)}
	s.prepare(t, way)
	return s
}

// prepare adds the connection and chooses it.
func (s *signing) prepare(t *testing.T, way string) {
	t.Helper()
	s.credentials.Signer = s.provider.signer
	s.Desk.ring.slow, s.Desk.ring.again = 20*time.Millisecond, 20*time.Millisecond
	s.env.OpenURL = s.openURL
	s.queue.until(t, "the keyring to be found", func() bool { return s.keyring != keyringUnknown })
	s.connection = settings.Connection{
		ID: "c1", Name: "Contoso (EU)", Root: s.service.Root(), Auth: way, RatePerMinute: 100,
		Tenant: "contoso.com", ClientID: "6f1d6fbe-7a0c-4c38-9b3e-2f9f0f6d4a11",
	}
	if err := s.credentials.Keep(t.Context(), s.connection, secrets{key: goodKey}); err != nil {
		t.Fatal(err)
	}
	s.connectionKept(s.connection)
	s.queue.until(t, "the panel that asks", func() bool { return s.panelSays("Sign in…") })
}

func (s *signing) openURL(address string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened = append(s.opened, address)
	return s.openErr
}

func (s *signing) browsers() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.opened)
}

func (s *signing) panelSays(text string) bool {
	return s.frame.panel.State() != widgets.StateContent && strings.Contains(textsOf(s.frame.panel), text)
}

// card is the text of the open card; empty: none is open.
func (s *signing) card() string {
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		return textsOf(top)
	}
	return ""
}

// untilCard waits until the card says something.
func (s *signing) untilCard(text string) {
	s.t.Helper()
	defer func() {
		if s.t.Failed() {
			s.t.Logf("the card says %q", s.card())
		}
	}()
	s.queue.until(s.t, "the card to say "+text, func() bool { return strings.Contains(s.card(), text) })
}

// press presses a button of the card.
func (s *signing) pressCard(label string) {
	s.t.Helper()
	confirmIn(s.t, s.working, s.window.Canvas().Overlays().Top(), label)
}

// begun waits until a flow has begun.
func (s *signing) begun(want auth.Method) {
	s.t.Helper()
	var got auth.Method
	s.queue.until(s.t, "the sign-in to begin", func() bool {
		select {
		case got = <-s.provider.begun:
			return true
		default:
			return false
		}
	})
	if got != want {
		s.t.Fatalf("it signs in by %s, want %s", got, want)
	}
}

// nothingBegun fails where a flow has begun.
func (s *signing) nothingBegun() {
	s.t.Helper()
	s.queue.run()
	select {
	case got := <-s.provider.begun:
		s.t.Fatalf("a sign-in by %s has begun", got)
	default:
	}
}

// asAna has the person sign in.
func (s *signing) asAna() { s.provider.answers <- answered{account: anaAccount} }

// signInAsAna signs in and waits until what the connection has is loaded.
func (s *signing) signInAsAna() {
	s.t.Helper()
	s.signIn()
	s.asAna()
	s.untilCard("Signed in as ana@contoso.com")
	s.pressCard(labelDone)
	s.queue.until(s.t, "the instances", func() bool { list, _, _ := s.session.Instances(); return len(list) > 0 })
}

// standInCoffee chooses the instance that tests work in.
func (s *signing) standInCoffee() {
	s.t.Helper()
	s.deskRun.choose(instanceCoffee)
	s.untilLoaded(instanceCoffee)
}

func (s *signing) clipboard() string { return fyne.CurrentApp().Clipboard().Content() }
