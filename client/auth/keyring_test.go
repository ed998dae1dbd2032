package auth_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/vault"
)

// entries is a keyring in memory of which tests see each entry, and which fails
// on demand.
type entries struct {
	mu   sync.Mutex
	held map[string]string
	fail func(op, name string) error // nil: nothing fails
}

func newEntries() *entries { return &entries{held: map[string]string{}} }

func (e *entries) do(op, name string, f func() error) error {
	e.mu.Lock()
	fail := e.fail
	e.mu.Unlock()
	if fail != nil {
		if err := fail(op, name); err != nil {
			return err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return f()
}

func (e *entries) Get(name string) (text string, err error) {
	err = e.do("get", name, func() error {
		var ok bool
		if text, ok = e.held[name]; !ok {
			return vault.ErrNotFound
		}
		return nil
	})
	return text, err
}

func (e *entries) Set(name, text string) error {
	return e.do("set", name, func() error { e.held[name] = text; return nil })
}

func (e *entries) Delete(name string) error {
	return e.do("delete", name, func() error {
		if _, ok := e.held[name]; !ok {
			return vault.ErrNotFound
		}
		delete(e.held, name)
		return nil
	})
}

func (e *entries) failWith(fail func(op, name string) error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.fail = fail
}

func (e *entries) names() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Sorted(maps.Keys(e.held))
}

func (e *entries) snapshot() map[string]string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return maps.Clone(e.held)
}

func (e *entries) restore(held map[string]string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.held = maps.Clone(held)
}

// onKeyring has a rig keep sign-ins in a keyring of the test's.
func (r *rig) onKeyring(limit time.Duration) *entries {
	e := newEntries()
	r.keep = vault.OpenEntries(e, r.locks, vault.Options{Redact: r.learn, Limit: limit})
	return e
}

func TestAKeyringThatFailsIsToldAsWhatItIs(t *testing.T) {
	for name, kind := range map[string]error{"locked": vault.ErrLocked, "absent": vault.ErrUnavailable} {
		r := newRig(t, idptest.Options{})
		e := r.onKeyring(0)
		r.signIn(r.desk(auth.MethodDeviceCode))
		e.failWith(func(string, string) error { return fmt.Errorf("because: %w", kind) })
		s := r.desk(auth.MethodDeviceCode)
		if _, err := s.Load(ctx); !errors.Is(err, kind) {
			t.Errorf("%s: load: %v", name, err)
		}
		if _, err := s.AccessToken(ctx); !errors.Is(err, kind) {
			t.Errorf("%s: token: %v", name, err)
		}
		if err := s.SignOut(ctx); !errors.Is(err, kind) {
			t.Errorf("%s: sign out: %v", name, err)
		}
		if _, err := s.AccessToken(ctx); !errors.Is(err, auth.ErrSignInNeeded) {
			t.Errorf("%s: after signing out: %v", name, err)
		}
		e.failWith(nil)
		r.signIn(s)
		r.token(s)
	}
}

// The keyring is locked in the middle of a batch: who is signed in stays so, and
// what was renewed meanwhile is kept as soon as it can be.
func TestASignInOutlastsAKeyringThatIsLockedMeanwhile(t *testing.T) {
	r := newRig(t, idptest.Options{OneTimeRefresh: true})
	e := r.onKeyring(0)
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	e.failWith(func(string, string) error { return vault.ErrLocked })
	for range 2 {
		r.pass(2 * time.Hour)
		r.token(s)
		if !errors.Is(s.NotKept(), vault.ErrLocked) {
			t.Errorf("kept: %v", s.NotKept())
		}
	}
	e.failWith(nil)
	r.pass(2 * time.Hour)
	r.token(s)
	if s.NotKept() != nil {
		t.Errorf("not kept: %v", s.NotKept())
	}
	r.pass(2 * time.Hour)
	r.token(r.desk(auth.MethodDeviceCode))
	r.renewals(4)
}

func TestAnApplicationOutlastsAKeyringThatIsLockedMeanwhile(t *testing.T) {
	r := newRig(t, idptest.Options{})
	e := r.onKeyring(0)
	keep(t, r.keep, secretRef, idptest.ClientSecret)
	s := r.desk(auth.MethodSecret)
	r.token(s)
	e.failWith(func(string, string) error { return vault.ErrLocked })
	r.pass(2 * time.Hour)
	r.token(s)
}

func TestASignInThatCannotBeKeptIsGoodForThisRun(t *testing.T) {
	r := newRig(t, idptest.Options{OneTimeRefresh: true})
	e := r.onKeyring(0)
	e.failWith(func(op, _ string) error {
		if op == "set" {
			return vault.ErrTooLarge
		}
		return nil
	})
	s := r.desk(auth.MethodDeviceCode)
	who, err := s.WithDeviceCode(ctx, r.approve(idptest.Ana))
	if wantError(t, err, auth.ErrNotKept, ""); !errors.Is(err, vault.ErrTooLarge) || who.Name != idptest.UserName {
		t.Errorf("got %+v, %v", who, err)
	}
	r.token(s)
	r.pass(2 * time.Hour)
	r.token(s)
	if who, err := r.desk(auth.MethodDeviceCode).Load(ctx); err != nil || who != (auth.Account{}) {
		t.Errorf("kept: %+v, %v", who, err)
	}
	if who, err := s.Load(ctx); err != nil || who.Name != idptest.UserName {
		t.Errorf("read again: %+v, %v", who, err)
	}
	e.failWith(nil)
	r.pass(2 * time.Hour)
	r.token(s)
	if who, err := r.desk(auth.MethodDeviceCode).Load(ctx); err != nil || who.Name != idptest.UserName {
		t.Errorf("not kept in the end: %+v, %v", who, err)
	}
}

func TestAKeyringThatNeverAnswersHoldsNobodyUp(t *testing.T) {
	r := newRig(t, idptest.Options{})
	e := r.onKeyring(0)
	keep := &falling{Vault: r.keep, ill: vault.OpenEntries(e, r.locks, vault.Options{Redact: r.learn, Limit: 50 * time.Millisecond})}
	on := func(o *auth.SignInOptions) { o.Keep = keep }
	s := auth.Impatient(r.desk(auth.MethodDeviceCode, on))
	r.signIn(s)
	first := r.token(s)
	answer := make(chan struct{})
	defer close(answer)
	e.failWith(func(string, string) error { <-answer; return vault.ErrUnavailable })
	keep.fallen.Store(true)
	r.pass(30 * time.Minute)
	if r.token(s) != first {
		t.Error("another token")
	}
	r.pass(26 * time.Minute)
	r.token(s) // due, and still good
	eventually(t, func() bool { return auth.Idle(s) })
	r.pass(2 * time.Hour)
	r.token(s) // renewed by what is in memory
	limited, cancel := context.WithTimeout(ctx, vault.DefaultLimit/2)
	defer cancel()
	if _, err := r.desk(auth.MethodDeviceCode, on).AccessToken(limited); !errors.Is(err, vault.ErrTimeout) {
		t.Errorf("a desk that has just begun: %v", err)
	}
}

// falling is a vault that becomes another one, which is hardly waited for, once it
// has fallen ill: before that, a busy computer may take its time.
type falling struct {
	*vault.Vault
	ill    *vault.Vault
	fallen atomic.Bool
}

func (f *falling) now() *vault.Vault {
	if f.fallen.Load() {
		return f.ill
	}
	return f.Vault
}

func (f *falling) Get(ctx context.Context, ref vault.Ref) (string, error) {
	return f.now().Get(ctx, ref)
}

func (f *falling) Set(ctx context.Context, ref vault.Ref, value string) error {
	return f.now().Set(ctx, ref, value)
}

func (f *falling) Delete(ctx context.Context, ref vault.Ref) error { return f.now().Delete(ctx, ref) }

func TestASlowKeyringDoesNotHoldUpANewToken(t *testing.T) {
	r := newRig(t, idptest.Options{})
	e := r.onKeyring(0)
	s := auth.Impatient(r.desk(auth.MethodDeviceCode))
	r.signIn(s)
	r.pass(2 * time.Hour)
	slow := make(chan struct{})
	e.failWith(func(op, _ string) error {
		if op == "set" {
			<-slow
		}
		return nil
	})
	r.token(s)
	close(slow)
	eventually(t, func() bool {
		who, err := r.desk(auth.MethodDeviceCode).AccessToken(ctx)
		return err == nil && r.Good(who)
	})
	r.renewals(1)
}

func TestForThisSessionOnlyNothingIsInTheKeyring(t *testing.T) {
	r := newRig(t, idptest.Options{})
	e := r.onKeyring(0)
	session := vault.OpenMemory()
	s := r.desk(auth.MethodDeviceCode, func(o *auth.SignInOptions) { o.Keep = session })
	r.signIn(s)
	r.pass(2 * time.Hour)
	r.token(s)
	if names := e.names(); len(names) != 0 {
		t.Errorf("in the keyring: %q", names)
	}
	if err := s.SignOut(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := session.Get(ctx, cacheRef); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("left in memory: %v", err)
	}
}
