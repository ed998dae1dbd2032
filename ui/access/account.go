// The sign-in of one connection, shared by everything that asks over it.

package access

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/panics"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// Signer is what signs in; *auth.SignIn is one.
type Signer interface {
	auth.Source
	InvalidateToken(token string)
	Account() auth.Account
	WithBrowser(ctx context.Context, open func(url string) error) (auth.Account, error)
	WithDeviceCode(ctx context.Context, show func(auth.DeviceCode)) (auth.Account, error)
	WithSecret(ctx context.Context) (auth.Account, error)
	SignOut(ctx context.Context) error
	// TakeOver makes another one's sign-in its own and keeps it.
	TakeOver(ctx context.Context, from auth.Source) (auth.Account, error)
}

// identity is a signer over an identity provider.
type identity struct{ *auth.SignIn }

func newIdentity(o auth.SignInOptions) (Signer, error) {
	s, err := auth.NewSignIn(o)
	if err != nil {
		return nil, err
	}
	return identity{s}, nil
}

// TakeOver implements signer.
func (i identity) TakeOver(ctx context.Context, from auth.Source) (auth.Account, error) {
	other, ok := from.(identity)
	if !ok {
		return auth.Account{}, errors.ErrUnsupported
	}
	return i.SignIn.TakeOver(ctx, other.SignIn)
}

// SignsIn says whether a connection's token comes from an identity provider.
func SignsIn(c settings.Connection) bool {
	switch c.Auth {
	case settings.AuthBrowser, settings.AuthDeviceCode, settings.AuthSecret:
		return true
	}
	return false
}

// appOf is the app registration that a connection signs in by.
func appOf(c settings.Connection, method auth.Method) auth.App {
	return auth.App{Method: method, Authority: c.Authority, Tenant: c.Tenant, ClientID: c.ClientID, Scope: c.Scope}
}

// account is the shared sign-in of a connection. What it signs in by is replaced
// when its place is another one, so whoever holds it goes on with the new one.
type account struct {
	credentials *Credentials
	of          settings.Connection

	mu     sync.Mutex
	signer Signer // nil: not made yet
	store  *keptStore
}

// account gives the one of a connection. A change of the app registration begins
// a new sign-in.
func (c *Credentials) account(connection settings.Connection) *account {
	c.mu.Lock()
	defer c.mu.Unlock()
	if a := c.accounts[connection.ID]; a != nil && alikeSignIn(a.of, connection) {
		return a
	}
	a := &account{credentials: c, of: connection}
	c.accounts = with(c.accounts, connection.ID, a)
	return a
}

// alikeSignIn says whether two connections have the same sign-in.
func alikeSignIn(a, b settings.Connection) bool {
	for _, c := range []*settings.Connection{&a, &b} {
		c.Name, c.Note, c.Colour, c.RatePerMinute = "", "", "", 0
	}
	return a == b
}

// Restart has the account of a connection begin with what is kept now.
func (c *Credentials) Restart(connection settings.Connection) {
	a := c.account(connection)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.drop()
}

// retireOther has nothing written any more by the sign-in that a connection had
// before it was changed.
func (c *Credentials) retireOther(connection settings.Connection) {
	c.mu.Lock()
	before := c.accounts[connection.ID]
	c.mu.Unlock()
	if before != nil && !alikeSignIn(before.of, connection) {
		c.Restart(before.of)
	}
}

// endSignIn ends the sign-in of what a connection was, when its secrets were
// removed: what a renewal that runs still brings is not kept.
func (c *Credentials) endSignIn(ctx context.Context, before settings.Connection) error {
	err := c.account(before).signOut(ctx)
	c.Restart(before)
	return err
}

// signerOf makes a sign-in that reads and writes the given store.
func (c *Credentials) signerOf(connection settings.Connection, method auth.Method, keep auth.Store) (Signer, error) {
	newOne := c.Signer
	if newOne == nil {
		newOne = newIdentity
	}
	return newOne(auth.SignInOptions{
		App:     appOf(connection, method),
		Cache:   RefOf(connection, vault.KindTokenCache),
		Secret:  RefOf(connection, vault.KindClientSecret),
		Keep:    keep,
		LockDir: c.LockDir, HTTP: c.HTTP, Redact: c.Redact, Now: c.Now,
	})
}

// drop ends the use of a signer. What it still brings is not written any more.
func (a *account) drop() {
	if a.store != nil {
		close(a.store.retired)
	}
	a.signer, a.store = nil, nil
}

// current gives the signer, made where it is needed first, or anew where the
// secrets of the connection are kept elsewhere by now.
func (a *account) current() (Signer, error) {
	to, _ := a.credentials.places(a.of)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.signer != nil && a.store.place == to {
		return a.signer, nil
	}
	a.drop()
	store := &keptStore{credentials: a.credentials, place: to, retired: make(chan struct{})}
	made, err := a.credentials.signerOf(a.of, auth.Method(a.of.Auth), store)
	if err != nil {
		return nil, err
	}
	a.signer, a.store = made, store
	return made, nil
}

// takeOver makes another one's sign-in that of the connection.
func (a *account) takeOver(ctx context.Context, by Signer) error {
	signer, err := a.current()
	if err != nil {
		return err
	}
	_, err = signer.TakeOver(ctx, by)
	if err == nil || errors.Is(err, auth.ErrNotKept) {
		a.credentials.note(func() { delete(a.credentials.out, a.of.ID) })
	}
	return err
}

// signedOut says whether a person has signed out, and the keyring may not know.
func (a *account) signedOut() bool {
	a.credentials.mu.Lock()
	defer a.credentials.mu.Unlock()
	return a.credentials.out[a.of.ID]
}

// AccessToken implements auth.Source.
func (a *account) AccessToken(ctx context.Context) (string, error) {
	if a.signedOut() {
		return "", &auth.Error{Kind: auth.ErrSignInNeeded}
	}
	signer, err := a.current()
	if err != nil {
		return "", err
	}
	return signer.AccessToken(ctx)
}

// InvalidateToken has a token renewed that the service refused.
func (a *account) InvalidateToken(token string) {
	signer, err := a.current()
	if err != nil {
		return
	}
	signer.InvalidateToken(token)
}

// Describe implements auth.Source.
func (a *account) Describe() string {
	if signer, err := a.current(); err == nil {
		return signer.Describe()
	}
	return ""
}

// ExpiresAt implements auth.Source.
func (a *account) ExpiresAt() time.Time {
	if signer, err := a.current(); err == nil {
		return signer.ExpiresAt()
	}
	return time.Time{}
}

// Account says who is signed in, as last known; zero: nobody.
func (a *account) Account() auth.Account {
	if signer, err := a.current(); err == nil {
		return signer.Account()
	}
	return auth.Account{}
}

// signOut removes the sign-in. A connection of another kind has none.
func (a *account) signOut(ctx context.Context) error {
	if !SignsIn(a.of) {
		return nil
	}
	signer, err := a.current()
	if err != nil {
		return nil // nobody can have signed in
	}
	return ignoreUnavailable(signer.SignOut(ctx))
}

// keptStore is where the sign-in of a connection is read and written. A client
// secret may be in either place.
type keptStore struct {
	credentials *Credentials
	place       *vault.Vault
	retired     chan struct{} // closed when nothing is to be written any more
}

var _ auth.Store = (*keptStore)(nil)

// errRetired is why a sign-in that was replaced is not written.
var errRetired = errors.New("another sign-in has taken its place")

// Get implements auth.Store.
func (k *keptStore) Get(ctx context.Context, ref vault.Ref) (string, error) {
	if ref.Kind == vault.KindClientSecret {
		return auth.InOrder(k.credentials.Session, k.credentials.Keyring).Get(ctx, ref)
	}
	return k.place.Get(ctx, ref)
}

// Set implements auth.Store. It ends when the store is retired: nobody waits for a
// silent keyring whose sign-in is to be elsewhere.
func (k *keptStore) Set(ctx context.Context, ref vault.Ref, value string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if k.isRetired() {
		return errRetired
	}
	go func() { // ends with the writing
		defer panics.Guard("watching a sign-in being kept")
		select {
		case <-k.retired:
			cancel()
		case <-ctx.Done():
		}
	}()
	err := k.place.Set(ctx, ref, value)
	if err == nil {
		k.credentials.wrote(k.place, ref)
	}
	return err
}

// Delete implements auth.Store.
func (k *keptStore) Delete(ctx context.Context, ref vault.Ref) error {
	if k.isRetired() {
		return errRetired
	}
	return k.place.Delete(ctx, ref)
}

func (k *keptStore) isRetired() bool {
	select {
	case <-k.retired:
		return true
	default:
		return false
	}
}

// Changes implements auth.Store.
func (k *keptStore) Changes() uint64 {
	return k.credentials.Session.Changes() + k.credentials.Keyring.Changes()
}
