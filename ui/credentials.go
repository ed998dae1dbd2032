// Credentials are the secrets of connections: in the system's keyring, or in
// memory for this session where the person chose so or there is no keyring.

package ui

import (
	"context"
	"errors"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// Credentials knows the two places where secrets can be. It is safe for
// concurrent use; its methods may wait for the keyring.
type Credentials struct {
	Keyring *vault.Vault
	Session *vault.Vault
	Redact  *redact.Redactor
}

func refOf(c settings.Connection, kind vault.Kind) vault.Ref {
	return vault.Ref{Connection: c.ID, Host: hostPortOf(c.Root), Kind: kind}
}

// For answers the token and the key of a connection. What is kept for this
// session goes before what is in the keyring. Neither is read yet.
func (c *Credentials) For(connection settings.Connection) (auth.Source, client.KeySource) {
	return auth.Pasted(auth.InOrder(c.Session, c.Keyring), refOf(connection, vault.KindToken)),
		auth.NewSubscriptionKey(auth.InOrder(c.Session, optional{c.Keyring}), refOf(connection, vault.KindSubscriptionKey))
}

// Keep writes what was typed; an empty secret leaves the one there is.
func (c *Credentials) Keep(ctx context.Context, connection settings.Connection, s secrets) error {
	to, from := c.Keyring, c.Session
	if s.sessionOnly {
		to, from = from, to
	}
	for _, one := range []struct {
		kind  vault.Kind
		value string
	}{{vault.KindToken, s.token}, {vault.KindSubscriptionKey, s.key}} {
		if one.value == "" {
			continue
		}
		c.Redact.Add(one.value)
		ref := refOf(connection, one.kind)
		if err := to.Set(ctx, ref, one.value); err != nil {
			return err
		}
		// One in the other place would be the older one.
		if err := from.Delete(ctx, ref); err != nil && !s.sessionOnly {
			return err
		}
	}
	return nil
}

// Forget removes the secrets of a connection from both places.
func (c *Credentials) Forget(ctx context.Context, connection settings.Connection) error {
	host := hostPortOf(connection.Root)
	return errors.Join(
		c.Session.Forget(ctx, connection.ID, host),
		ignoreUnavailable(c.Keyring.Forget(ctx, connection.ID, host)),
	)
}

// ignoreUnavailable: where there is no keyring, nothing is in it.
func ignoreUnavailable(err error) error {
	if errors.Is(err, vault.ErrUnavailable) {
		return nil
	}
	return err
}

// optional is a place for secrets that a connection can do without: where the
// place cannot be used, there is none in it. Whether that matters is said by
// the token, which no connection can do without.
type optional struct{ auth.Secrets }

// Get implements auth.Secrets.
func (o optional) Get(ctx context.Context, ref vault.Ref) (string, error) {
	secret, err := o.Secrets.Get(ctx, ref)
	if errors.Is(err, vault.ErrUnavailable) {
		return "", vault.ErrNotFound
	}
	return secret, err
}
