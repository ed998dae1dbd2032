// Credentials are the secrets of connections: in the system's keyring, or in
// memory for this session where the person chose so or there is no keyring.

package access

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// Credentials knows the two places where secrets can be, and who is signed in
// by what is there. It is safe for concurrent use; its methods may wait for the
// keyring, but for For and Try.
type Credentials struct {
	Keyring *vault.Vault
	Session *vault.Vault
	Redact  *redact.Redactor

	LockDir string           // the same for all desks of this user: one renews at a time
	HTTP    *http.Client     // to the identity provider; nil: the usual one
	Now     func() time.Time // nil: time.Now
	// Signer makes what signs in; nil: auth.NewSignIn.
	Signer func(auth.SignInOptions) (Signer, error)

	writing sync.Mutex

	mu       sync.Mutex
	accounts map[string]*account // by connection
	trials   map[string]*Trial   // by connection: the newest
	forNow   map[string]bool     // connections whose secrets are kept for this session, whatever is their rule
	out      map[string]bool     // connections that are signed out, although the keyring may hold something
	stale    map[vault.Ref]bool  // to be removed once the keyring answers
	gone     map[string][]string // connections to be removed once it does: their hosts
	away     atomic.Bool         // the keyring is known not to answer
}

// Secrets are what a person typed, and where they are to be kept.
type Secrets struct {
	Token, Key, ClientSecret string
	SessionOnly              bool
}

// RefOf names a secret of a connection: a client secret belongs to the host of
// the identity provider, all else to that of the service.
func RefOf(c settings.Connection, kind vault.Kind) vault.Ref {
	host := hostPortOf(c.Root)
	if kind == vault.KindClientSecret {
		host = hostPortOf(authorityOf(c))
	}
	return vault.Ref{Connection: c.ID, Host: host, Kind: kind}
}

func authorityOf(c settings.Connection) string {
	if c.Authority == "" {
		return auth.DefaultAuthority
	}
	return c.Authority
}

// For answers the token and the key of a connection. What is kept for this
// session goes before what is in the keyring. Neither is read yet. All callers
// of a connection share one sign-in, also after it was opened again.
func (c *Credentials) For(connection settings.Connection) (auth.Source, client.KeySource) {
	keys := c.keysOf(connection, func() bool { return c.sessionOnly(connection) })
	if SignsIn(connection) {
		return c.account(connection), keys
	}
	return auth.Pasted(auth.InOrder(c.Session, c.Keyring), RefOf(connection, vault.KindToken), auth.WithClock(c.clock())), keys
}

// clock is what tokens are held against.
func (c *Credentials) clock() func() time.Time {
	if c.Now == nil {
		return time.Now
	}
	return c.Now
}

// keysOf finds the subscription key of a connection in the given places, then in
// the usual ones. One whose secrets are kept for this session does not wait for
// a keyring that does not answer.
func (c *Credentials) keysOf(connection settings.Connection, sessionOnly func() bool, first ...auth.Secrets) client.KeySource {
	without := func() bool { return c.away.Load() && sessionOnly() }
	places := append(first, c.Session, optional{c.Keyring, without})
	return auth.NewSubscriptionKey(auth.InOrder(places...), RefOf(connection, vault.KindSubscriptionKey))
}

// KeyringAnswers is told whether the keyring can be used, so that nothing that
// can do without it waits for one that is locked or silent.
func (c *Credentials) KeyringAnswers(answers bool) { c.away.Store(!answers) }

// SessionOnly says whether the secrets of a connection are kept in memory: by its
// own rule, or because the person said so for this session.
func (c *Credentials) sessionOnly(connection settings.Connection) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return connection.SessionOnly || c.forNow[connection.ID]
}

// places answers where the secrets of a connection are kept, and the other one.
func (c *Credentials) places(connection settings.Connection) (to, from *vault.Vault) {
	if c.sessionOnly(connection) {
		return c.Session, c.Keyring
	}
	return c.Keyring, c.Session
}

// Keep writes what was typed, and the sign-in that was made in a trial of this
// connection. An empty secret leaves the one there is, in the place where the
// secrets of this connection are to be. An auth.ErrNotKept means that the
// sign-in is in use, but not written.
func (c *Credentials) Keep(ctx context.Context, connection settings.Connection, typed Secrets) error {
	trial := c.TrialOf(connection)
	typed.SessionOnly = typed.SessionOnly || trial.isForNow()
	if err := c.write(ctx, connection, typed, trial.Signer()); err != nil {
		return err
	}
	trial.Close()
	return nil
}

type kindValue struct {
	kind  vault.Kind
	value string
}

// write is Keep with who has signed in, nil for nobody; one writes at a time.
func (c *Credentials) write(ctx context.Context, connection settings.Connection, typed Secrets, by Signer) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.note(func() {
		delete(c.gone, connection.ID)
		c.forNow = with(c.forNow, connection.ID, typed.SessionOnly)
	})
	c.retireOther(connection)
	for _, one := range []kindValue{
		{vault.KindClientSecret, typed.ClientSecret},
		{vault.KindToken, typed.Token},
		{vault.KindSubscriptionKey, typed.Key},
	} {
		c.Redact.Add(one.value)
		if err := c.keep(ctx, connection, one); err != nil {
			return err
		}
	}
	if !SignsIn(connection) {
		return nil
	}
	if by == nil {
		if typed.ClientSecret != "" {
			c.Restart(connection) // what it was given for another secret is not for this one
		}
		return c.keep(ctx, connection, kindValue{kind: vault.KindTokenCache})
	}
	if err := c.account(connection).takeOver(ctx, by); err != nil {
		return err
	}
	_, from := c.places(connection)
	return c.remove(ctx, from, RefOf(connection, vault.KindTokenCache))
}

// keep writes a secret to its place; an empty one is moved there, where the
// other place has it. What is left in the other would be the older one.
func (c *Credentials) keep(ctx context.Context, connection settings.Connection, one kindValue) error {
	to, from := c.places(connection)
	ref := RefOf(connection, one.kind)
	if one.value == "" {
		if from == c.Keyring && c.away.Load() {
			return nil
		}
		value, err := from.Get(ctx, ref)
		if err != nil {
			return nil // none to be moved, or none that can be reached
		}
		one.value = value
	}
	if err := errors.Join(to.Set(ctx, ref, one.value), ctx.Err()); err != nil {
		return err
	}
	c.wrote(to, ref)
	return c.remove(ctx, from, ref)
}

// wrote notes that what is in a place is wanted there.
func (c *Credentials) wrote(to *vault.Vault, ref vault.Ref) {
	if to == c.Keyring {
		c.note(func() { delete(c.stale, ref) })
	}
}

// remove deletes a secret. What the keyring does not take now, because nobody
// has unlocked it, is done once it answers.
func (c *Credentials) remove(ctx context.Context, from *vault.Vault, ref vault.Ref) error {
	if from != c.Keyring {
		return from.Delete(ctx, ref)
	}
	if c.away.Load() || ignoreUnavailable(from.Delete(ctx, ref)) != nil {
		c.removeLater(ref)
	}
	return ctx.Err()
}

func (c *Credentials) removeLater(ref vault.Ref) {
	c.note(func() { c.stale = with(c.stale, ref, true) })
}

// with sets an entry of a map that may not be there yet.
func with[K comparable, V any](m map[K]V, key K, value V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[key] = value
	return m
}

// note changes what is known of connections.
func (c *Credentials) note(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
}

// CatchUp removes what could not be removed while the keyring was locked or
// silent. It is called when the keyring answers again.
func (c *Credentials) CatchUp(ctx context.Context) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.mu.Lock()
	stale, gone := maps.Clone(c.stale), maps.Clone(c.gone)
	c.mu.Unlock()
	var errs []error
	for ref := range stale {
		err := c.Keyring.Delete(ctx, ref)
		if errs = append(errs, err); err == nil {
			c.note(func() { delete(c.stale, ref) })
		}
	}
	for id, hosts := range gone {
		err := c.Keyring.Forget(ctx, id, hosts...)
		if errs = append(errs, err); err == nil {
			c.note(func() { delete(c.gone, id) })
		}
	}
	return errors.Join(errs...)
}

// SignOut removes who is signed in from both places and from memory: the tokens,
// and what would get new ones without a person. The subscription key stays; it
// says nothing of who asks. The desk is signed out even where it answers an
// error, which says what is left in the keyring.
func (c *Credentials) SignOut(ctx context.Context, connection settings.Connection) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.note(func() { c.out = with(c.out, connection.ID, true) })
	errs := []error{c.account(connection).signOut(ctx)}
	for _, kind := range []vault.Kind{vault.KindTokenCache, vault.KindToken, vault.KindClientSecret} {
		ref := RefOf(connection, kind)
		err := c.Keyring.Delete(ctx, ref)
		if err = ignoreUnavailable(err); err != nil {
			c.removeLater(ref)
		}
		errs = append(errs, err, c.Session.Delete(ctx, ref))
	}
	err := errors.Join(errs...)
	c.note(func() {
		delete(c.trials, connection.ID)
		delete(c.forNow, connection.ID)
		if err == nil {
			delete(c.out, connection.ID) // there is nothing left that could sign in
		}
	})
	return err
}

// Forget removes the secrets of a connection from both places. What the keyring
// does not take now goes when it answers.
func (c *Credentials) Forget(ctx context.Context, connection settings.Connection) error {
	err := c.TakeBack(ctx, connection)
	c.note(func() { delete(c.trials, connection.ID) })
	return err
}

// TakeBack is Forget for a connection of which not all could be kept: who has
// signed in during its trial stays so, and it can be tried again.
func (c *Credentials) TakeBack(ctx context.Context, connection settings.Connection) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	hosts := []string{hostPortOf(connection.Root), hostPortOf(authorityOf(connection))}
	out := c.account(connection).signOut(ctx)
	kept := ignoreUnavailable(c.Keyring.Forget(ctx, connection.ID, hosts...))
	err := errors.Join(c.Session.Forget(ctx, connection.ID, hosts...), kept)
	if kept == nil {
		out = nil // there is nothing left that it could be about
	}
	c.note(func() {
		delete(c.forNow, connection.ID)
		delete(c.accounts, connection.ID)
		if kept != nil {
			c.gone = with(c.gone, connection.ID, hosts)
		}
	})
	return errors.Join(out, err)
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
type optional struct {
	auth.Secrets
	without func() bool // it is not even to be asked; nil: it is
}

// Get implements auth.Secrets.
func (o optional) Get(ctx context.Context, ref vault.Ref) (string, error) {
	if o.without != nil && o.without() {
		return "", vault.ErrNotFound
	}
	secret, err := o.Secrets.Get(ctx, ref)
	if errors.Is(err, vault.ErrUnavailable) {
		return "", vault.ErrNotFound
	}
	return secret, err
}

// hostPortOf is what a secret is bound to.
func hostPortOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
