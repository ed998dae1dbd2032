// A trial of a connection: its secrets are used before any of them is kept.

package access

import (
	"context"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// Trial is a connection as it is being typed, or as somebody is signing in to
// it. What was typed, and the sign-in that is made with it, are in memory until
// Credentials.Keep writes them; before that, what is kept stays as it is. Other
// secrets are the kept ones. It is safe for concurrent use, and its methods do
// not wait.
type Trial struct {
	Connection  settings.Connection
	credentials *Credentials
	stage       *stage

	mu     sync.Mutex
	signed Signer // by whom somebody has signed in; nil: nobody
	forNow bool   // it is to be kept for this session, whatever is the connection's rule
}

// Try begins a trial, in the place of an earlier one of the same connection.
func (c *Credentials) Try(connection settings.Connection, typed Secrets) *Trial {
	t := &Trial{Connection: connection, credentials: c, stage: newStage()}
	for _, one := range []kindValue{
		{vault.KindClientSecret, typed.ClientSecret},
		{vault.KindToken, typed.Token},
		{vault.KindSubscriptionKey, typed.Key},
	} {
		if one.value != "" {
			c.Redact.Add(one.value)
			t.stage.put(RefOf(connection, one.kind), one.value)
		}
	}
	c.note(func() { c.trials = with(c.trials, connection.ID, t) })
	return t
}

// TrialOf gives the newest trial of a connection as it is, or nil.
func (c *Credentials) TrialOf(connection settings.Connection) *Trial {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.trials[connection.ID]
	if t == nil || appOf(t.Connection, "") != appOf(connection, "") || hostPortOf(t.Connection.Root) != hostPortOf(connection.Root) {
		return nil
	}
	return t
}

// Close forgets what is not kept by now. A nil Trial has nothing to forget.
func (t *Trial) Close() {
	if t == nil {
		return
	}
	c := t.credentials
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.trials[t.Connection.ID] == t {
		delete(c.trials, t.Connection.ID)
	}
}

// For answers the token and the key that the trial would send.
func (t *Trial) For() (auth.Source, client.KeySource) {
	c := t.credentials
	keys := c.keysOf(t.Connection, t.SessionOnly, t.stage)
	if !SignsIn(t.Connection) {
		return auth.Pasted(auth.InOrder(t.stage, c.Session, c.Keyring), RefOf(t.Connection, vault.KindToken), auth.WithClock(c.clock())), keys
	}
	if by := t.Signer(); by != nil {
		return by, keys
	}
	by, err := t.NewSigner(auth.Method(t.Connection.Auth), true)
	if err != nil {
		return unusable{err}, keys
	}
	return by, keys
}

// unusable is the source of a connection that cannot sign in as it is.
type unusable struct{ err error }

// AccessToken implements auth.Source.
func (u unusable) AccessToken(context.Context) (string, error) { return "", u.err }

// Describe implements auth.Source.
func (u unusable) Describe() string { return "" }

// ExpiresAt implements auth.Source.
func (u unusable) ExpiresAt() time.Time { return time.Time{} }

// NewSigner makes what signs in. To test a connection it may go by what is kept;
// somebody who signs in begins with nothing.
func (t *Trial) NewSigner(method auth.Method, byKept bool) (Signer, error) {
	return t.credentials.signerOf(t.Connection, method, &tried{t, byKept})
}

// Signer is by whom somebody has signed in during the trial, or nil.
func (t *Trial) Signer() Signer {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.signed
}

// SignedInBy notes that somebody has signed in.
func (t *Trial) SignedInBy(by Signer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.signed = by
}

// Keep writes the sign-in alone, for a connection that is kept already. What it
// could not write can be tried again.
func (t *Trial) Keep(ctx context.Context) error {
	return t.credentials.write(ctx, t.Connection, Secrets{SessionOnly: t.SessionOnly()}, t.Signer())
}

// SessionOnly says whether what is tried would be kept in memory: by the
// connection's rule, or because the person said so when the keyring failed.
func (t *Trial) SessionOnly() bool { return t.Connection.SessionOnly || t.isForNow() }

func (t *Trial) isForNow() bool {
	if t == nil {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.forNow
}

// KeepForNow has what is tried kept for this session.
func (t *Trial) KeepForNow() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forNow = true
}

// GiveUp ends the writing of a sign-in to where it is not to be any more.
func (t *Trial) GiveUp() { t.credentials.Restart(t.Connection) }

// tried is where a sign-in of a trial is read and written: the stage, and to
// read only also what is kept.
type tried struct {
	trial  *Trial
	byKept bool
}

var _ auth.Store = (*tried)(nil)

// Get implements auth.Store.
func (s *tried) Get(ctx context.Context, ref vault.Ref) (string, error) {
	value, ok := s.trial.stage.at(ref)
	if ok {
		return value, ctx.Err()
	}
	if ref.Kind != vault.KindClientSecret && !s.byKept {
		return "", vault.ErrNotFound
	}
	c := s.trial.credentials
	return auth.InOrder(c.Session, c.Keyring).Get(ctx, ref)
}

// Set implements auth.Store.
func (s *tried) Set(ctx context.Context, ref vault.Ref, value string) error {
	s.trial.stage.put(ref, value)
	return ctx.Err()
}

// Delete implements auth.Store.
func (s *tried) Delete(ctx context.Context, ref vault.Ref) error {
	s.trial.stage.take(ref)
	return ctx.Err()
}

// Changes implements auth.Store.
func (s *tried) Changes() uint64 { return s.trial.stage.Changes() }

// stage holds secrets of a trial in memory.
type stage struct {
	mu      sync.Mutex
	values  map[vault.Ref]string
	changes uint64
}

func newStage() *stage { return &stage{values: map[vault.Ref]string{}} }

func (s *stage) at(ref vault.Ref) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := s.values[ref]
	return value, ok
}

func (s *stage) put(ref vault.Ref, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[ref] = value
	s.changes++
}

func (s *stage) take(ref vault.Ref) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values, ref)
	s.changes++
}

// Get implements auth.Secrets.
func (s *stage) Get(ctx context.Context, ref vault.Ref) (string, error) {
	if value, ok := s.at(ref); ok {
		return value, ctx.Err()
	}
	return "", vault.ErrNotFound
}

// Changes implements auth.Secrets.
func (s *stage) Changes() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changes
}
