// Signing in with the system's browser: authorization code with PKCE.

package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"slices"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// WithBrowser signs a person in with the system's browser, which open is to show
// the address in; open is called once and is not to block. MSAL's own waiting
// page ends the sign-in at any request that is not the right one, says its own
// words and loses the provider's code, so the waiting is done here and MSAL
// exchanges the code.
//
// Errors: *Error of ErrBrowser, ErrRefused, ErrProvider, ErrCodeExpired (nobody
// finished in a quarter of an hour), and ErrNotKept with an account that is
// signed in for this run; that of ctx.
func (s *SignIn) WithBrowser(ctx context.Context, open func(url string) error) (Account, error) {
	if s.app.application() {
		return Account{}, errMethod(MethodBrowser)
	}
	got, err := s.byBrowser(ctx, open)
	if err != nil {
		return Account{}, err
	}
	return s.settle(ctx, got)
}

func (s *SignIn) byBrowser(ctx context.Context, open func(string) error) (got kept, err error) {
	x, b := s.exchange(), &box{}
	client, err := s.publicClient(x, b)
	if err != nil {
		return kept{}, err
	}
	verifier, state := rand.Text()+rand.Text(), rand.Text()
	s.redact.Add(verifier)
	l, err := listenLoopback(state)
	if err != nil {
		return kept{}, &Error{Kind: ErrBrowser, Err: errPort}
	}
	defer func() { l.end(ctx, err == nil) }()
	address, err := s.authorizeURL(ctx, client, x, l.redirect(), verifier, state)
	if err != nil {
		return kept{}, err
	}
	if err := open(address); err != nil {
		return kept{}, &Error{Kind: ErrBrowser} // the error may repeat the address
	}
	limited, cancel := context.WithTimeout(ctx, s.limits.browser)
	defer cancel()
	answer, err := l.wait(limited)
	switch {
	case ctx.Err() != nil:
		return kept{}, cancelled(ctx.Err())
	case err != nil:
		return kept{}, &Error{Kind: ErrCodeExpired}
	case answer.code == "":
		return kept{}, answer.refused.err()
	}
	s.redact.Add(answer.code)
	result, err := guarded(func() (public.AuthResult, error) {
		return client.AcquireTokenByAuthCode(ctx, answer.code, l.redirect(), s.app.scopes(), public.WithChallenge(verifier))
	})
	if err != nil {
		return kept{}, x.explain(ctx)
	}
	return s.signedIn(x, b, result, Account{})
}

var errPort = errors.New("this computer has no free port for the browser's answer")

// authorizeURL is the provider's page. The person always chooses the account:
// the one that the browser remembers may not be the one that is meant.
func (s *SignIn) authorizeURL(ctx context.Context, client public.Client, x *exchange, redirect, verifier, state string) (string, error) {
	scopes := slices.Concat(s.app.scopes(), []string{"openid", "offline_access", "profile"})
	address, err := guarded(func() (string, error) { return client.AuthCodeURL(ctx, s.app.ClientID, redirect, scopes) })
	if err != nil {
		return "", x.explain(ctx)
	}
	u, err := url.Parse(address)
	if err != nil || !s.app.trusts(u) {
		return "", &Error{Kind: ErrProvider, Cause: CauseElsewhere}
	}
	challenge := sha256.Sum256([]byte(verifier))
	query := u.Query()
	query.Set("code_challenge", base64.RawURLEncoding.EncodeToString(challenge[:]))
	query.Set("code_challenge_method", "S256")
	query.Set("response_mode", "form_post")
	query.Set("prompt", "select_account")
	query.Set("state", state)
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// webAddress says whether a person can be sent to an address.
func webAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil
}
