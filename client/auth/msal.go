// The ways to a token, through MSAL. Each operation has a client of its own, so
// that nothing of a sign-in stays in the library.

package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	msal "github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// box hands MSAL its cache and takes it back. It is kept by SignIn, whole, when
// the operation has succeeded.
type box struct{ data []byte }

// Replace implements MSAL's ExportReplace.
func (b *box) Replace(_ context.Context, c msal.Unmarshaler, _ msal.ReplaceHints) error {
	if len(b.data) == 0 {
		return nil
	}
	return c.Unmarshal(b.data)
}

// Export implements MSAL's ExportReplace.
func (b *box) Export(_ context.Context, c msal.Marshaler, _ msal.ExportHints) error {
	data, err := c.Marshal()
	b.data = data
	return err
}

// lean is the cache without access tokens and id tokens: the first are kept
// beside it, the second are not needed. So each silent call is a renewal, and
// when one is due is decided here and not by the library's reading of a clock.
func (b *box) lean() (json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(b.data, &members); err != nil {
		return nil, errNotOurs
	}
	delete(members, "AccessToken")
	delete(members, "IdToken")
	return json.Marshal(members)
}

// publicClient makes MSAL's client for a person. Instance discovery is off: it
// would ask Microsoft's public cloud about an authority of another one, and ours
// is the one that was entered. MSAL still holds the issuer against it.
func (s *SignIn) publicClient(x *exchange, b *box) (public.Client, error) {
	client, err := public.New(s.app.ClientID, public.WithAuthority(s.app.url()), public.WithCache(b),
		public.WithHTTPClient(x), public.WithInstanceDiscovery(false))
	if err != nil {
		return client, &Error{Kind: ErrProvider}
	}
	return client, nil
}

// ask has the provider renew a sign-in, or give an application its token.
func (s *SignIn) ask(ctx context.Context, from kept) (kept, error) {
	if s.app.application() {
		return s.askAsApplication(ctx)
	}
	if !renewable(from.cache) {
		return kept{}, &Error{Kind: ErrSignInNeeded}
	}
	x, b := s.exchange(), &box{data: from.cache}
	client, err := s.publicClient(x, b)
	if err != nil {
		return kept{}, err
	}
	accounts, err := guarded(func() ([]public.Account, error) { return client.Accounts(ctx) })
	if err != nil || len(accounts) != 1 {
		return kept{}, &Error{Kind: ErrDamaged, Err: errNotOurs}
	}
	result, err := guarded(func() (public.AuthResult, error) {
		return client.AcquireTokenSilent(ctx, s.app.scopes(), public.WithSilentAccount(accounts[0]))
	})
	if err != nil {
		if said, _ := x.outcome(); said == nil && ctx.Err() == nil && !x.asked() {
			return kept{}, &Error{Kind: ErrDamaged, Err: errNotOurs} // MSAL finds no refresh token in it
		}
		return kept{}, x.explain(ctx)
	}
	if result.IDToken.IsZero() {
		return s.signedIn(x, b, result, from.account) // a renewal may come without an id token
	}
	return s.signedIn(x, b, result, Account{})
}

// renewable says whether there is a refresh token in MSAL's cache; a provider
// need not give one.
func renewable(cache []byte) bool {
	var members struct {
		RefreshToken map[string]json.RawMessage
	}
	return json.Unmarshal(cache, &members) != nil || len(members.RefreshToken) > 0
}

func (s *SignIn) askAsApplication(ctx context.Context) (kept, error) {
	secret, err := s.readSecret(ctx)
	if err != nil {
		return kept{}, err
	}
	credential, err := confidential.NewCredFromSecret(secret)
	if err != nil {
		return kept{}, &Error{Kind: ErrNoSecret}
	}
	x := s.exchange()
	client, err := confidential.New(s.app.url(), s.app.ClientID, credential, confidential.WithHTTPClient(x),
		confidential.WithInstanceDiscovery(false), confidential.WithAzureRegion("DisableMsalForceRegion"))
	if err != nil {
		return kept{}, &Error{Kind: ErrProvider}
	}
	result, err := guarded(func() (confidential.AuthResult, error) {
		return client.AcquireTokenByCredential(ctx, s.app.scopes())
	})
	if err != nil {
		return kept{}, x.explain(ctx)
	}
	got, err := s.received(x, result.AccessToken, result.ExpiresOn)
	if err != nil {
		return kept{}, err
	}
	return kept{app: s.app.fingerprint(), account: s.application(), token: got}, nil
}

// signedIn makes of MSAL's result what is kept. who is the account where that is
// known already.
func (s *SignIn) signedIn(x *exchange, b *box, result public.AuthResult, who Account) (kept, error) {
	got, err := s.received(x, result.AccessToken, result.ExpiresOn)
	if err != nil {
		return kept{}, err
	}
	lean, err := b.lean()
	if err != nil {
		return kept{}, &Error{Kind: ErrProvider, Cause: CauseNonsense}
	}
	id := result.IDToken
	if who.Tenant == "" {
		who.Tenant = clean(id.TenantID)
	}
	for _, name := range []string{id.PreferredUsername, id.UPN, id.Email, id.Name, id.Subject} {
		if who.Name == "" {
			who.Name = clean(name)
		}
	}
	if who.Name == "" {
		return kept{}, &Error{Kind: ErrProvider, Cause: CauseNonsense}
	}
	return kept{app: s.app.fingerprint(), account: who, token: got, cache: lean}, nil
}

// received is a token with its lifetime: what the answer said relatively, else
// what MSAL made of an absolute time.
func (s *SignIn) received(x *exchange, secret string, expires time.Time) (token, error) {
	if _, err := sendable("token", secret, maxToken); err != nil {
		return token{}, &Error{Kind: ErrProvider, Cause: CauseNonsense}
	}
	now := s.now()
	_, life := x.outcome()
	if life <= 0 {
		life = min(max(time.Until(expires), time.Minute), time.Duration(maxLife)*time.Second)
	}
	s.redact.Add(secret)
	return token{secret: secret, got: now, life: life}, nil
}

// maxName is the longest name of an account that is shown.
const maxName = 200

// clean makes a text of the provider's fit to be shown in one line.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if runes := []rune(text); len(runes) > maxName {
		text = string(runes[:maxName])
	}
	return strings.TrimSpace(text)
}

// guarded calls MSAL, and makes an error of a panic in it: it reads foreign bytes
// by reflection. What the error is, exchange.explain says.
func guarded[T any](call func() (T, error)) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errPanic
		}
	}()
	return call()
}

var errPanic = errors.New("the answer cannot be read")

// WithSecret signs the application in, which proves its secret. Errors as of
// AccessToken, and ErrNotKept with an account that is signed in for this run.
func (s *SignIn) WithSecret(ctx context.Context) (Account, error) {
	if !s.app.application() {
		return Account{}, errMethod(MethodSecret)
	}
	got, err := s.ask(ctx, kept{})
	if err != nil {
		return Account{}, err
	}
	return s.settle(ctx, got)
}

// DeviceCode is what a person types at the provider's page, on this computer or
// another.
type DeviceCode struct {
	Code      string
	URL       string    // https
	ExpiresAt time.Time // by this computer's clock
}

// WithDeviceCode signs a person in with a code that they type at the provider's
// page. show is called once, with the code, and is not to block. Errors: *Error
// of ErrCodeExpired, ErrRefused, ErrProvider, and ErrNotKept with an account that
// is signed in for this run; that of ctx.
func (s *SignIn) WithDeviceCode(ctx context.Context, show func(DeviceCode)) (Account, error) {
	if s.app.application() {
		return Account{}, errMethod(MethodDeviceCode)
	}
	got, err := s.byDeviceCode(ctx, show)
	if err != nil {
		return Account{}, err
	}
	return s.settle(ctx, got)
}

func (s *SignIn) byDeviceCode(ctx context.Context, show func(DeviceCode)) (kept, error) {
	x, b := s.exchange(), &box{}
	x.paced = &pace{step: s.limits.slowDown}
	client, err := s.publicClient(x, b)
	if err != nil {
		return kept{}, err
	}
	asked, err := guarded(func() (public.DeviceCode, error) {
		return client.AcquireTokenByDeviceCode(ctx, s.app.scopes())
	})
	if err != nil {
		return kept{}, x.explain(ctx)
	}
	code := DeviceCode{Code: clean(asked.Result.UserCode), URL: asked.Result.VerificationURL, ExpiresAt: asked.Result.ExpiresOn.Local()}
	if code.Code == "" || asked.Result.DeviceCode == "" || !webAddress(code.URL) {
		return kept{}, &Error{Kind: ErrProvider, Cause: CauseNonsense}
	}
	x.paced.set(time.Duration(max(asked.Result.Interval, 0)) * time.Second)
	show(code)
	for failures := 0; ; {
		result, err := guarded(func() (public.AuthResult, error) { return asked.AuthenticationResult(ctx) })
		if err == nil {
			return s.signedIn(x, b, result, Account{})
		}
		told := x.explain(ctx)
		said, _ := x.outcome()
		switch {
		case ctx.Err() != nil:
			return kept{}, cancelled(ctx.Err())
		case time.Until(asked.Result.ExpiresOn) <= 0:
			return kept{}, &Error{Kind: ErrCodeExpired}
		case said == nil || !said.passing() || failures >= s.limits.pollErrors:
			return kept{}, told
		}
		// The network was gone for a moment, while the person types elsewhere.
		pause := max(s.limits.pollPause<<failures, min(said.retryAfter, time.Minute))
		failures++
		if err := sleep(ctx, pause); err != nil {
			return kept{}, cancelled(err)
		}
	}
}

func errMethod(m Method) error {
	return fmt.Errorf("sign in: the connection does not sign in by %s: %w", m, errors.ErrUnsupported)
}
