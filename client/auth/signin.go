// A sign-in of a person or an application: its token on demand, and who it is.

package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
)

// Store is where a sign-in is kept; *vault.Vault is one, in the keyring or for
// this session.
type Store interface {
	Secrets
	// Set keeps a secret, whole or not at all.
	Set(ctx context.Context, ref vault.Ref, value string) error
	// Delete removes one; that it is not there is no error.
	Delete(ctx context.Context, ref vault.Ref) error
}

// SignInOptions say what signs in and where that is kept. App, Cache and Keep are
// needed, and Secret for an application.
type SignInOptions struct {
	App    App
	Cache  vault.Ref // of what is kept of the sign-in, vault.KindTokenCache
	Secret vault.Ref // of the application's secret, vault.KindClientSecret
	Keep   Store     // where the sign-in and the secret are
	// LockDir is a folder in which desks take turns in renewing; the same for all
	// desks of this user. "": there is no other desk.
	LockDir string
	HTTP    *http.Client     // its transport is used; nil: TLS 1.2 or later, verified, proxies of the environment
	Redact  *redact.Redactor // learns every token and code; may be nil
	Now     func() time.Time // nil: time.Now
}

// SignIn is the sign-in of one connection. It is safe for concurrent use. One
// that is not used any more needs no closing: a renewal that runs ends by itself.
type SignIn struct {
	app    App
	cache  vault.Ref
	secret vault.Ref
	keep   Store
	turns  *turns
	http   *http.Client
	redact *redact.Redactor
	now    func() time.Time
	limits limits

	mu      sync.Mutex
	held    kept      // as last known; zero: nobody
	unkept  error     // why held is not in the vault; nil: it is
	out     bool      // signed out here, so the vault is not asked
	refused string    // the token that the service did not take
	forced  time.Time // when it last did not
	flight  *flight   // the renewal that runs or ran last
	failed  failure   // how that ended
	phrase  string    // the application's secret, for when the keyring is locked
	epoch   int       // grows when somebody signs in or out
}

// limits are times that tests make short.
type limits struct {
	renewal    time.Duration // of a renewal as a whole
	soft       time.Duration // that a request waits for a renewal while its token is good
	save       time.Duration // that a request waits for the new token to be kept
	pause      time.Duration // after a renewal that failed while the token is good
	repeat     time.Duration // in which the same refusal is not asked for again
	refusals   time.Duration // in which a second 401 does not renew again
	browser    time.Duration // that the browser is waited for
	slowDown   time.Duration // what a slow_down adds to the interval
	pollPause  time.Duration // after a poll that got no answer, doubled each time
	pollErrors int           // polls without an answer, in a row
}

var defaultLimits = limits{
	renewal: 3 * time.Minute, soft: 3 * time.Second, save: 5 * time.Second, pause: 30 * time.Second,
	repeat: 10 * time.Second, refusals: time.Minute, browser: 15 * time.Minute,
	slowDown: slowDownStep, pollPause: time.Second, pollErrors: 6,
}

// NewSignIn makes a sign-in. It neither reads the vault nor asks anybody. The
// error is an *AppError, or says what else is missing.
func NewSignIn(o SignInOptions) (*SignIn, error) {
	app, err := o.App.normal()
	if err != nil {
		return nil, err
	}
	switch {
	case o.Keep == nil:
		return nil, errors.New("auth: no place to keep the sign-in")
	case o.Cache.Connection == "" || o.Cache.Host == "" || o.Cache.Kind == "":
		return nil, errors.New("auth: no name for what is kept of the sign-in")
	case app.application() && (o.Secret.Connection == "" || o.Secret.Host == "" || o.Secret.Kind == ""):
		return nil, errors.New("auth: no name for the client secret")
	}
	web, err := newHTTP(o.HTTP)
	if err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &SignIn{
		app: app, cache: o.Cache, secret: o.Secret, keep: o.Keep, turns: newTurns(o.LockDir, o.Cache),
		http: web, redact: o.Redact, now: o.Now, limits: defaultLimits,
	}, nil
}

var _ Source = (*SignIn)(nil)

// AccessToken gives a token that is good now. It asks the provider for another
// one some minutes before the end of the one there is, without a person; many
// callers cause and await a single renewal, and one of them who gives up does
// not end it for the others.
//
// Errors: *Error of ErrSignInNeeded, ErrRefused, ErrProvider, ErrDamaged,
// ErrNoSecret, ErrBusy; the vault's; that of ctx. While the token that there is
// is good, it is given in spite of any of them.
func (s *SignIn) AccessToken(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", cancelled(err)
	}
	have, need := s.look()
	if !need {
		return have, nil
	}
	flight := s.join(ctx)
	var late <-chan time.Time
	if have != "" {
		timer := time.NewTimer(s.limits.soft)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-flight.ready:
	case <-late:
		return have, nil
	case <-ctx.Done():
		return "", cancelled(ctx.Err())
	}
	fresh, err := flight.result()
	switch {
	case err == nil:
		return fresh, nil
	case have != "" && s.stillHas(have):
		return have, nil
	default:
		return "", err
	}
}

// look gives the token that there is, "" where it is not good, and whether
// another one is needed.
func (s *SignIn) look() (have string, need bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, t := s.now(), s.held.token
	switch {
	case t.secret == s.refused || !t.usable(now):
		return "", true
	case t.fresh(now):
		return t.secret, false
	default:
		return t.secret, !s.failed.holds(now, "", s.limits.pause)
	}
}

// stillHas says whether a token is still the one in use: nobody signed out, and
// the service did not turn it down.
func (s *SignIn) stillHas(secret string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held.token.secret == secret && s.refused != secret && s.held.token.usable(s.now())
}

// Invalidate says that the service did not take the token last given, although
// it looks good; the next AccessToken renews it.
func (s *SignIn) Invalidate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse()
}

// InvalidateToken is Invalidate for one token: that another one was renewed
// meanwhile changes nothing.
func (s *SignIn) InvalidateToken(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if secret == s.held.token.secret {
		s.refuse()
	}
}

// refuse marks the token. A service that takes no token would otherwise have one
// renewed for each of its refusals.
func (s *SignIn) refuse() {
	now := s.now()
	if since := now.Sub(s.forced); s.held.token.secret == "" || !s.forced.IsZero() && since >= 0 && since < s.limits.refusals {
		return
	}
	s.refused, s.forced = s.held.token.secret, now
	s.failed = failure{}
}

// Load reads who is signed in by what is kept, and asks nobody else. The zero
// Account with no error means that nobody is. Errors: ErrDamaged, the vault's,
// that of ctx.
func (s *SignIn) Load(ctx context.Context) (Account, error) {
	before := s.state()
	text, err := s.keep.Get(ctx, s.cache)
	found, err := s.judge(text, err)
	if err != nil && !errors.Is(err, ErrSignInNeeded) {
		return Account{}, err
	}
	if err != nil && s.app.application() {
		switch _, err := s.keep.Get(ctx, s.secret); {
		case err == nil:
			found.account = s.application()
		case !errors.Is(err, vault.ErrNotFound):
			return Account{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// What this desk itself did meanwhile, or has not written, is newer.
	newer := found.app != "" && s.held.token.got.After(found.token.got.Add(time.Second))
	if s.unkept == nil && s.epoch == before && !newer {
		s.held, s.out = found, false
	}
	return s.held.account, nil
}

func (s *SignIn) state() (epoch int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.epoch
}

// judge says what the vault's answer means. Its error is ErrSignInNeeded where
// there is nothing, or only what was kept for another application or tenant.
func (s *SignIn) judge(text string, err error) (kept, error) {
	switch {
	case errors.Is(err, vault.ErrNotFound):
		return kept{}, &Error{Kind: ErrSignInNeeded}
	case errors.Is(err, vault.ErrDamaged):
		return kept{}, &Error{Kind: ErrDamaged, Err: err}
	case err != nil:
		return kept{}, err
	}
	found, err := readKept(text)
	switch {
	case err != nil:
		return kept{}, &Error{Kind: ErrDamaged, Err: err}
	case found.app != s.app.fingerprint() || found.account.Application != s.app.application():
		return kept{}, &Error{Kind: ErrSignInNeeded}
	}
	for _, secret := range found.secrets() {
		s.redact.Add(secret)
	}
	return found, nil
}

// Account is who is signed in, as last known; zero: nobody, or not read yet.
func (s *SignIn) Account() Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held.account
}

// ExpiresAt is when the token last given ends, by this computer's clock; zero
// where there is none. It is renewed before, so a person need not mind.
func (s *SignIn) ExpiresAt() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held.token.ends()
}

// NotKept is why the sign-in, as it is now, is not kept for the next start; nil
// where it is. It is tried again with each renewal.
func (s *SignIn) NotKept() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unkept
}

// Describe says how the connection signs in, and who is signed in.
func (s *SignIn) Describe() string {
	switch who := s.Account(); {
	case s.app.application():
		return "Application " + s.app.ClientID
	case who == Account{}:
		return "Nobody is signed in"
	default:
		return "Signed in as " + who.Name
	}
}

// SignOut removes every trace of the sign-in: what is kept, what is in memory,
// and an application's client secret too, for that alone would sign it in again
// with the next request. It is signed out here also where the keyring cannot be
// reached; the error then says that something is left in it.
func (s *SignIn) SignOut(ctx context.Context) error {
	s.forget()
	leave, err := s.turns.take(ctx)
	if err != nil && !errors.Is(err, ErrBusy) {
		return err
	}
	if err == nil {
		defer leave()
	}
	refs := []vault.Ref{s.cache}
	if s.app.application() {
		refs = append(refs, s.secret)
	}
	var failed []error
	for _, ref := range refs {
		failed = append(failed, s.keep.Delete(ctx, ref))
	}
	err = errors.Join(failed...)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out = err != nil && s.held.app == "" // else the vault knows
	return err
}

func (s *SignIn) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begin(kept{})
	s.out, s.phrase = true, ""
}

// application is the account of an application.
func (s *SignIn) application() Account {
	return Account{Name: s.app.ClientID, Tenant: s.app.Tenant, Application: true}
}

// exchange makes the HTTP client of one operation.
func (s *SignIn) exchange() *exchange {
	return &exchange{http: s.http, app: s.app, redact: s.redact, now: s.now}
}

// cancelled is how the end of a context is told.
func cancelled(err error) error { return fmt.Errorf("sign in: %w", err) }
