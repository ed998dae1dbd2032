// An access token that a person pasted.

package auth

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/vault"
)

// PastedToken is the source of a token that a person pasted. Nothing here can
// renew it.
type PastedToken struct {
	cache cache
	now   func() time.Time

	mu      sync.Mutex
	expires time.Time
}

// Option changes how a source works.
type Option func(*PastedToken)

// WithClock has a source go by another clock than time.Now.
func WithClock(now func() time.Time) Option {
	return func(p *PastedToken) { p.now = now }
}

// Pasted gives the source of the token that ref names.
func Pasted(from Secrets, ref vault.Ref, options ...Option) *PastedToken {
	p := &PastedToken{cache: cache{from: from, ref: ref}, now: time.Now}
	for _, o := range options {
		o(p)
	}
	return p
}

var _ Source = (*PastedToken)(nil)

// AccessToken gives the token as it was pasted. One that says of itself that it
// has expired is an error here already, for the service would refuse it.
func (p *PastedToken) AccessToken(ctx context.Context) (string, error) {
	text, err := p.cache.get(ctx)
	if err != nil {
		p.setExpiry(time.Time{})
		if errors.Is(err, vault.ErrNotFound) {
			return "", &Error{Kind: ErrNoToken, Err: err}
		}
		return "", err
	}
	token, err := CleanToken(text)
	if err != nil {
		p.setExpiry(time.Time{})
		return "", err
	}
	expires, known := Expiry(token)
	p.setExpiry(expires)
	if known && !p.now().Before(expires) {
		p.cache.forget() // another desk may have a new one by the next time
		return "", &Error{Kind: ErrExpired, ExpiredAt: expires}
	}
	return token, nil
}

// Describe says how the connection signs in.
func (p *PastedToken) Describe() string { return "Pasted token" }

// ExpiresAt is when the token ends, as it says itself; zero before it was read
// and for one that does not say.
func (p *PastedToken) ExpiresAt() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.expires
}

// Invalidate has the token read again, as after the service refused it: another
// desk may have changed it.
func (p *PastedToken) Invalidate() { p.cache.forget() }

func (p *PastedToken) setExpiry(at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expires = at
}
