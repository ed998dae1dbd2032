// Renewing without a person: one renewal at a time, in the order of desks.

package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/panics"
	"github.com/activitydesk/activitydesk/client/vault"
)

// flight is one renewal, for all who wait for it.
type flight struct {
	epoch int                // of the sign-in that it renews
	stop  context.CancelFunc // for when that sign-in is no more
	ready chan struct{}      // closed when there is a result
	once  sync.Once
	token string
	err   error
}

// land tells those who wait; the first result counts.
func (f *flight) land(token string, err error) {
	f.once.Do(func() {
		f.token, f.err = token, err
		close(f.ready)
	})
}

func (f *flight) landed() bool {
	select {
	case <-f.ready:
		return true
	default:
		return false
	}
}

// result is for after ready.
func (f *flight) result() (string, error) { return f.token, f.err }

// failure is a renewal that failed.
type failure struct {
	err  error
	at   time.Time
	with string // what it was asked with
}

// holds says whether the same would only be said again: it failed less than
// pause ago, with the same refresh token or secret ("": whatever it was).
func (f failure) holds(now time.Time, with string, pause time.Duration) bool {
	var told *Error
	if errors.As(f.err, &told) {
		pause = max(pause, min(told.RetryAfter, maxRetryAfter))
	}
	since := now.Sub(f.at)
	return f.err != nil && since >= 0 && since < pause && (with == "" || with == f.with)
}

// maxRetryAfter is the longest that a provider's Retry-After is respected.
const maxRetryAfter = 5 * time.Minute

// join gives the renewal that runs, or starts one. It goes on when the caller is
// gone: others may wait for it, and its answer must not be lost.
func (s *SignIn) join(ctx context.Context) *flight {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flight != nil && s.flight.epoch == s.epoch && !s.flight.landed() {
		return s.flight
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.limits.renewal)
	f := &flight{epoch: s.epoch, stop: cancel, ready: make(chan struct{})}
	s.flight = f
	go func() {
		defer panics.Guard("renewing a sign-in")
		defer cancel()
		token, err := s.renew(ctx, f)
		if err != nil && ctx.Err() != nil {
			token, err = s.overtaken(ctx)
		}
		f.land(token, err)
	}()
	return f
}

// overtaken is the result of a renewal that was ended: by another sign-in, by
// signing out, or by its limit.
func (s *SignIn) overtaken(ctx context.Context) (string, error) {
	if token, need := s.look(); !need {
		return token, nil
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return "", &Error{Kind: ErrProvider, Cause: CauseNetwork}
	}
	return "", &Error{Kind: ErrSignInNeeded}
}

// begin starts a new epoch, with what signs in from now on; a renewal of what
// was there before is ended, and brings nothing any more. s.mu is held.
func (s *SignIn) begin(k kept) {
	s.epoch++
	s.held, s.unkept = k, nil
	s.refused, s.forced, s.failed = "", time.Time{}, failure{}
	if s.flight != nil {
		s.flight.stop()
	}
}

// renew gets another token: one that another desk has kept meanwhile, or the
// provider's.
func (s *SignIn) renew(ctx context.Context, f *flight) (string, error) {
	leave, err := s.turns.take(ctx)
	if err != nil {
		return "", s.remember(f, err, "")
	}
	defer leave()
	if token, need := s.look(); !need {
		return token, nil // somebody signed in meanwhile
	}
	from, err := s.read(ctx)
	if err != nil {
		return "", s.remember(f, err, "")
	}
	if token, ok := s.adopt(from, f.epoch); ok {
		return token, nil
	}
	with, err := s.material(ctx, from)
	if err != nil {
		return "", s.remember(f, err, "")
	}
	if err := s.known(with); err != nil {
		return "", err
	}
	renewed, err := s.ask(ctx, from)
	if err != nil {
		return "", s.remember(f, err, with)
	}
	if !s.arrived(renewed, f.epoch) {
		return s.overtaken(ctx)
	}
	timer := time.AfterFunc(s.limits.save, func() {
		defer panics.Guard("giving a token")
		f.land(renewed.token.secret, nil)
	})
	defer timer.Stop()
	s.save(ctx, renewed, f.epoch)
	return renewed.token.secret, nil
}

// read gives the sign-in to renew: the vault's, for another desk may have renewed
// it; or the one in memory, where the vault cannot be read or could not be
// written.
func (s *SignIn) read(ctx context.Context) (kept, error) {
	s.mu.Lock()
	out := s.out
	s.mu.Unlock()
	if out {
		return kept{}, &Error{Kind: ErrSignInNeeded}
	}
	text, err := s.keep.Get(ctx, s.cache)
	found, judged := s.judge(text, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	unwritten := s.unkept != nil && (judged != nil || !found.token.got.After(s.held.token.got))
	gone := errors.Is(judged, ErrSignInNeeded)
	switch {
	case s.held.app != "" && (unwritten || judged != nil && !gone):
		return s.held, nil
	case gone && s.app.application():
		return kept{}, nil // the secret is all that is needed
	case gone:
		s.held = kept{} // signed out by another desk
		return kept{}, judged
	case judged != nil && s.app.application() && errors.Is(judged, ErrDamaged):
		return kept{}, nil // and the new one replaces it
	case judged != nil:
		return kept{}, judged
	}
	return found, nil
}

// adopt takes over a token that is good already.
func (s *SignIn) adopt(found kept, epoch int) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := found.token
	if t.secret == "" || t.secret == s.refused || !t.fresh(s.now()) || s.epoch != epoch {
		return "", false
	}
	s.held = found
	return t.secret, true
}

// material is what a renewal is asked with, as a digest: the refresh token's
// cache, or the application's secret.
func (s *SignIn) material(ctx context.Context, from kept) (string, error) {
	if !s.app.application() {
		return digest(string(from.cache)), nil
	}
	secret, err := s.readSecret(ctx)
	return digest(secret), err
}

// readSecret gives the application's secret; from memory where the vault cannot
// be read now.
func (s *SignIn) readSecret(ctx context.Context) (string, error) {
	secret, err := s.keep.Get(ctx, s.secret)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil:
		s.redact.Add(secret)
		s.phrase = secret
		return secret, nil
	case errors.Is(err, vault.ErrNotFound):
		s.phrase = ""
		return "", &Error{Kind: ErrNoSecret, Err: err}
	case s.phrase != "":
		return s.phrase, nil
	case errors.Is(err, vault.ErrDamaged):
		return "", &Error{Kind: ErrNoSecret, Err: err}
	default:
		return "", err
	}
}

// known gives the failure that would only be repeated.
func (s *SignIn) known(with string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed.holds(s.now(), with, s.limits.repeat) {
		return s.failed.err
	}
	return nil
}

// remember keeps why a renewal failed, unless that matters to nobody any more.
func (s *SignIn) remember(f *flight, err error, with string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.epoch != f.epoch {
		return err
	}
	s.failed = failure{err: err, at: s.now(), with: with}
	return err
}

// arrived takes over what the provider gave, unless somebody signed in or out
// meanwhile.
func (s *SignIn) arrived(renewed kept, epoch int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.epoch != epoch {
		return false
	}
	s.held, s.unkept, s.failed = renewed, errNotYet, failure{}
	return true
}

// errNotYet is why a sign-in is not kept in the moment in which that is done.
var errNotYet = errors.New("the sign-in is being kept")

// save keeps the sign-in for other desks and the next start. That it cannot is
// no reason to stop working: NotKept tells, and the next renewal tries again.
func (s *SignIn) save(ctx context.Context, k kept, epoch int) {
	text, err := k.text()
	if s.state() != epoch {
		return
	}
	if err == nil {
		err = s.keep.Set(ctx, s.cache, text)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.epoch != epoch {
		return
	}
	s.unkept = err
}

// settle makes a new sign-in the connection's: from now on, here and for other
// desks. The caller cannot give up any more.
func (s *SignIn) settle(ctx context.Context, k kept) (Account, error) {
	if err := ctx.Err(); err != nil {
		return Account{}, cancelled(err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.limits.renewal)
	defer cancel()
	s.mu.Lock()
	s.begin(k)
	s.out, s.unkept = false, errNotYet
	epoch := s.epoch
	s.mu.Unlock()
	leave, err := s.turns.take(ctx)
	if err == nil {
		defer leave()
	} // else: a desk that hangs does not keep a person from signing in
	s.save(ctx, k, epoch)
	if err := s.NotKept(); err != nil {
		return k.account, &Error{Kind: ErrNotKept, Err: err}
	}
	return k.account, nil
}

// digest stands for a text without being it.
func digest(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
