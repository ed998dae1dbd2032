// Package auth gives requests their credentials: an access token and, where the
// service wants one, a subscription key. A token is pasted by a person, or comes
// from an identity provider where a person or an application signs in.
//
// This file is what a source of tokens is, and the subscription key.
package auth

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/vault"
)

// Source gives the access tokens of one connection. It is safe for concurrent
// use.
type Source interface {
	// AccessToken gives a token that is good now, without "Bearer". Errors: an
	// *Error; the vault's; or that of ctx.
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
