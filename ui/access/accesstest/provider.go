// Package accesstest stands in for what a sign-in needs, in tests: an identity
// provider and a keyring, which do what the test says.
package accesstest

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
)

// Provider stands for an identity provider. What a person does there is what the
// test says.
type Provider struct {
	Answers chan Answer // of the flow that runs
	Code    auth.DeviceCode
	Begun   chan auth.Method // each flow says so

	Expires time.Time // of what it gives; zero: not known. Set before anybody signs in.

	mu      sync.Mutex
	revoked bool // what was given before is worth nothing
}

// Answer is what comes of a sign-in: somebody, or why not.
type Answer struct {
	Account auth.Account
	Err     error
}

// Token is the access token of whoever is signed in.
const Token = "eyJ-a-token-nobody-else-has"

// Ana is who signs in.
var Ana = auth.Account{Name: "ana@contoso.com", Tenant: "contoso.com"}

// NewProvider makes one at which nobody has signed in.
func NewProvider() *Provider {
	return &Provider{
		Answers: make(chan Answer, 1), Begun: make(chan auth.Method, 20),
		Code: auth.DeviceCode{Code: "H7K2-PQ9X", URL: "https://login.example/device"},
	}
}

// Revoke makes what was given before worth nothing, until somebody signs in again.
func (p *Provider) Revoke(revoked bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.revoked = revoked
}

// Signer makes what signs in at this provider. The error is that of auth.NewSignIn
// for the app registration.
func (p *Provider) Signer(o auth.SignInOptions) (*Signer, error) {
	if err := o.App.Validate(); err != nil {
		return nil, err
	}
	return &Signer{provider: p, o: o}, nil
}

// Signer keeps the name of who is signed in, as auth.SignIn keeps tokens.
type Signer struct {
	provider *Provider
	o        auth.SignInOptions

	mu      sync.Mutex
	account auth.Account
}

// AccessToken implements client.TokenSource.
func (s *Signer) AccessToken(ctx context.Context) (string, error) {
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
	s.Set(auth.Account{Name: name, Tenant: Ana.Tenant, Application: s.o.App.Method == auth.MethodSecret})
	return Token, nil
}

// Set says who is signed in.
func (s *Signer) Set(a auth.Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account = a
}

// Account is who is signed in.
func (s *Signer) Account() auth.Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account
}

// InvalidateToken does nothing: there is one token.
func (s *Signer) InvalidateToken(string) {}

// Describe implements auth.Source.
func (s *Signer) Describe() string { return "Signed in as " + s.Account().Name }

// ExpiresAt implements auth.Source.
func (s *Signer) ExpiresAt() time.Time { return s.provider.Expires }

// WithBrowser opens a page, and waits for what a person does there.
func (s *Signer) WithBrowser(ctx context.Context, open func(string) error) (auth.Account, error) {
	s.provider.Begun <- auth.MethodBrowser
	if err := open("https://login.example/authorize?client_id=1&state=abc"); err != nil {
		return auth.Account{}, &auth.Error{Kind: auth.ErrBrowser}
	}
	return s.wait(ctx)
}

// WithDeviceCode shows the code, and waits for what a person does with it.
func (s *Signer) WithDeviceCode(ctx context.Context, show func(auth.DeviceCode)) (auth.Account, error) {
	s.provider.Begun <- auth.MethodDeviceCode
	show(s.provider.Code)
	return s.wait(ctx)
}

// WithSecret signs the application in, where there is a client secret.
func (s *Signer) WithSecret(ctx context.Context) (auth.Account, error) {
	s.provider.Begun <- auth.MethodSecret
	if _, err := s.o.Keep.Get(ctx, s.o.Secret); err != nil {
		return auth.Account{}, &auth.Error{Kind: auth.ErrNoSecret, Err: err}
	}
	return s.wait(ctx)
}

func (s *Signer) wait(ctx context.Context) (auth.Account, error) {
	select {
	case <-ctx.Done():
		return auth.Account{}, ctx.Err()
	case got := <-s.provider.Answers:
		if err := ctx.Err(); err != nil { // nobody waits for it any more
			return auth.Account{}, err
		}
		if got.Err != nil {
			return auth.Account{}, got.Err
		}
		return s.keep(ctx, got.Account)
	}
}

func (s *Signer) keep(ctx context.Context, a auth.Account) (auth.Account, error) {
	s.Set(a)
	s.provider.Revoke(false)
	if err := s.o.Keep.Set(ctx, s.o.Cache, a.Name); err != nil {
		return a, &auth.Error{Kind: auth.ErrNotKept, Err: err}
	}
	return a, nil
}

// TakeOver makes another one's sign-in its own and keeps it.
func (s *Signer) TakeOver(ctx context.Context, from auth.Source) (auth.Account, error) {
	return s.keep(ctx, from.(*Signer).Account())
}

// SignOut forgets who is signed in.
func (s *Signer) SignOut(ctx context.Context) error {
	s.Set(auth.Account{})
	return s.o.Keep.Delete(ctx, s.o.Cache)
}
