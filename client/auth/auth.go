// Package auth gives requests their credentials: an access token and, where the
// service wants one, a subscription key.
package auth

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/vault"
)

// Source gives the access tokens of one connection. It is safe for concurrent
// use.
type Source interface {
	// AccessToken gives a token that is good now, without "Bearer". Errors:
	// ErrNoToken, ErrExpired, ErrMalformed; the vault's; or that of ctx.
	AccessToken(ctx context.Context) (string, error)
	// Describe says for people how the connection signs in.
	Describe() string
	// ExpiresAt is when the token last given ends; zero where that is not known.
	ExpiresAt() time.Time
}

// Secrets is where a source finds what a person entered; *vault.Vault is one.
type Secrets interface {
	// Get gives a secret, or vault.ErrNotFound.
	Get(ctx context.Context, ref vault.Ref) (string, error)
	// Changes grows whenever a secret may have changed.
	Changes() uint64
}

// What an *Error is, by errors.Is.
var (
	ErrNoToken   = errors.New("there is no access token for this connection")
	ErrExpired   = errors.New("the access token has expired")
	ErrMalformed = errors.New("this cannot be sent as a credential")
)

// Error is why there is no token, with what to do about it. It never holds one.
type Error struct {
	Kind      error     // one of the errors above
	ExpiredAt time.Time // by this computer's clock; for ErrExpired
	Err       error     // the cause; may be nil
}

// Error says what happened.
func (e *Error) Error() string {
	switch {
	case e.Kind == ErrExpired:
		return fmt.Sprintf("%v: it was good until %s", e.Kind, e.ExpiredAt.UTC().Format(time.RFC3339))
	case e.Err != nil:
		return fmt.Sprintf("%v: %v", e.Kind, e.Err)
	default:
		return e.Kind.Error()
	}
}

// Unwrap leads to the kind and to the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Remedy says what a person can do.
func (e *Error) Remedy() string {
	switch e.Kind {
	case ErrNoToken:
		return "Open the connection and paste an access token."
	case ErrExpired:
		return "Get a new access token and paste it into the connection; one is good for about an hour. If it should still be good, check this computer's clock."
	case ErrMalformed:
		return "Copy it again, whole and with nothing around it, and paste it into the connection."
	default:
		return ""
	}
}

// Static is a source of a token that is known, such as the sandbox's in this
// process. It never expires.
func Static(token, description string) Source { return static{token, description} }

type static struct{ token, description string }

func (s static) AccessToken(ctx context.Context) (string, error) { return s.token, ctx.Err() }
func (s static) Describe() string                                { return s.description }
func (s static) ExpiresAt() time.Time                            { return time.Time{} }

// InOrder looks for a secret in each place until one has it: what is kept for
// this session before what is in the keyring.
func InOrder(places ...Secrets) Secrets { return inOrder(places) }

type inOrder []Secrets

// Get gives the first that is found. Another error than vault.ErrNotFound ends
// the search: what a locked place holds must not be replaced by another's.
func (o inOrder) Get(ctx context.Context, ref vault.Ref) (string, error) {
	err := vault.ErrNotFound
	for _, place := range o {
		var value string
		if value, err = place.Get(ctx, ref); !errors.Is(err, vault.ErrNotFound) {
			return value, err
		}
	}
	return "", err
}

// Changes grows with each of the places.
func (o inOrder) Changes() uint64 {
	var sum uint64
	for _, place := range o {
		sum += place.Changes()
	}
	return sum
}

// cache keeps a secret in memory, so that not every request asks the keyring.
type cache struct {
	from Secrets
	ref  vault.Ref

	mu    sync.Mutex
	held  bool
	value string
	at    uint64 // Changes when the value was read
}

// get gives the secret, from memory where nothing has changed since it was
// read. That there is none is not kept: another desk may enter it.
func (c *cache) get(ctx context.Context) (string, error) {
	now := c.from.Changes()
	if value, ok := c.inMemory(now); ok {
		return value, ctx.Err()
	}
	value, err := c.from.Get(ctx, c.ref)
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held, c.value, c.at = true, value, now
	return value, nil
}

func (c *cache) inMemory(changes uint64) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.value, c.held && c.at == changes
}

func (c *cache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held, c.value = false, ""
}

// SubscriptionKey gives a connection's subscription key. It is safe for
// concurrent use, and is what the client asks for keys.
type SubscriptionKey struct{ cache cache }

// NewSubscriptionKey gives the source of the key that ref names.
func NewSubscriptionKey(from Secrets, ref vault.Ref) *SubscriptionKey {
	return &SubscriptionKey{cache{from: from, ref: ref}}
}

// SubscriptionKey gives the key, or "" where the connection has none. Errors:
// ErrMalformed, the vault's, or that of ctx.
func (k *SubscriptionKey) SubscriptionKey(ctx context.Context) (string, error) {
	text, err := k.cache.get(ctx)
	if errors.Is(err, vault.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return CleanKey(text)
}

// Invalidate has the key read again, as after the service refused it: another
// desk may have changed it.
func (k *SubscriptionKey) Invalidate() { k.cache.forget() }
