package auth_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
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

func TestASignInLargerThanAnEntryIsKeptInParts(t *testing.T) {
	r := newRig(t, idptest.Options{Pad: 6000})
	e := r.onKeyring(0)
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	if n := len(e.names()); n < 6 {
		t.Errorf("kept in %d entries: %q", n, e.names())
	}
	for name, text := range e.snapshot() {
		if len(text) > 2560 {
			t.Errorf("%s has %d bytes", name, len(text))
		}
	}
	again := r.desk(auth.MethodDeviceCode)
	if who, err := again.Load(ctx); err != nil || who.Name != idptest.UserName {
		t.Errorf("got %+v, %v", who, err)
	}
	r.pass(2 * time.Hour)
	r.token(again)
	r.pass(2 * time.Hour)
	r.token(r.desk(auth.MethodDeviceCode))
	r.renewals(2)
}

// Every entry of the sign-in is spoilt, cut, emptied or taken away in turn.
func TestADamagedSignInIsToldAndReplaced(t *testing.T) {
	r := newRig(t, idptest.Options{Pad: 3000})
	e := r.onKeyring(0)
	r.signIn(r.desk(auth.MethodDeviceCode))
	whole := e.snapshot()
	damages := map[string]func(name string){
		"spoilt":  func(name string) { e.held[name] = strings.Replace(e.held[name], "A", "B", 1) + "x" },
		"cut":     func(name string) { e.held[name] = e.held[name][:len(e.held[name])/2] },
		"emptied": func(name string) { e.held[name] = "" },
		"gone":    func(name string) { delete(e.held, name) },
	}
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		for how, damage := range damages {
			if strings.HasSuffix(name, "/list") || how == "gone" && strings.HasSuffix(name, "api.example") {
				continue // the list is no part of it; without its head nothing is there
			}
			e.restore(whole)
			damage(name)
			s := r.desk(auth.MethodDeviceCode)
			_, err := s.Load(ctx)
			wantError(t, err, auth.ErrDamaged, "")
			_, err = s.AccessToken(ctx)
			wantError(t, err, auth.ErrDamaged, "")
			r.signIn(s)
			if who, err := r.desk(auth.MethodDeviceCode).Load(ctx); err != nil || who.Name != idptest.UserName {
				t.Errorf("%s %s: not replaced: %+v, %v", name, how, who, err)
			}
		}
	}
	r.renewals(0)
}

// What the vault gives whole can still be none of ours.
func TestWhatIsNoSignInIsDamaged(t *testing.T) {
	r := newRig(t, idptest.Options{})
	r.signIn(r.desk(auth.MethodDeviceCode))
	good, err := r.keep.Get(ctx, cacheRef)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{
		"text":      "hello",
		"an array":  "[]",
		"nothing":   "{}",
		"newer":     strings.Replace(good, `"v":1`, `"v":2`, 1),
		"no cache":  good[:strings.Index(good, `,"cache"`)] + "}",
		"odd cache": good[:strings.Index(good, `,"cache"`)] + `,"cache":{"RefreshToken":{"x":{"secret":"y"}}}}`,
		"no life":   strings.Replace(good, `"life":3600`, `"life":-1`, 1),
	}
	for name, text := range cases {
		r.pass(2 * time.Hour)
		keep(t, r.keep, cacheRef, text)
		s := r.desk(auth.MethodDeviceCode)
		_, err := s.AccessToken(ctx)
		wantError(t, err, auth.ErrDamaged, "")
		if t.Failed() {
			t.Fatalf("%s", name)
		}
		r.signIn(s)
		r.token(s)
	}
}

func TestASignInForAnotherTenantOrApplicationIsNotUsed(t *testing.T) {
	r := newRig(t, idptest.Options{})
	r.signIn(r.desk(auth.MethodDeviceCode))
	for name, change := range map[string]func(*auth.SignInOptions){
		"tenant": func(o *auth.SignInOptions) { o.App.Tenant = idptest.TenantID },
		"client": func(o *auth.SignInOptions) { o.App.ClientID = idptest.SecretApp },
		"scope":  func(o *auth.SignInOptions) { o.App.Scope = "api://other/.default" },
		"host":   func(o *auth.SignInOptions) { o.App.Authority = "https://login.example" },
	} {
		s := r.desk(auth.MethodDeviceCode, change)
		if who, err := s.Load(ctx); err != nil || who != (auth.Account{}) {
			t.Errorf("%s: %+v, %v", name, who, err)
		}
		_, err := s.AccessToken(ctx)
		wantError(t, err, auth.ErrSignInNeeded, "")
	}
	if who, err := r.desk(auth.MethodBrowser).Load(ctx); err != nil || who.Name != idptest.UserName {
		t.Errorf("by browser in place of a code: %+v, %v", who, err)
	}
}

func TestSigningOutLeavesNothing(t *testing.T) {
	r := newRig(t, idptest.Options{Pad: 3000})
	e := r.onKeyring(0)
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	if err := s.SignOut(ctx); err != nil {
		t.Fatal(err)
	}
	if names := e.names(); len(names) != 0 {
		t.Errorf("left in the keyring: %q", names)
	}
	if s.Account() != (auth.Account{}) || !s.ExpiresAt().IsZero() || s.Describe() != "Nobody is signed in" {
		t.Errorf("left in memory: %+v until %v", s.Account(), s.ExpiresAt())
	}
	asked := len(r.Requests())
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrSignInNeeded, "")
	if len(r.Requests()) != asked {
		t.Error("the provider was asked")
	}
	if err := s.SignOut(ctx); err != nil {
		t.Errorf("once more: %v", err)
	}
}

func TestSigningAnApplicationOutRemovesItsSecretToo(t *testing.T) {
	r := newRig(t, idptest.Options{})
	e := r.onKeyring(0)
	keep(t, r.keep, secretRef, idptest.ClientSecret)
	s := r.desk(auth.MethodSecret)
	r.token(s)
	if err := s.SignOut(ctx); err != nil {
		t.Fatal(err)
	}
	if names := e.names(); len(names) != 0 {
		t.Errorf("left in the keyring: %q", names)
	}
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrNoSecret, "")
}

// A renewal that is under way when the person signs out brings nobody back.
func TestSigningOutEndsARenewalThatIsUnderWay(t *testing.T) {
	r := newRig(t, idptest.Options{})
	e := r.onKeyring(0)
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.pass(2 * time.Hour)
	begun, out := make(chan struct{}), make(chan struct{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Hit: func() { close(begun) }, Until: out})
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := s.AccessToken(ctx); !errors.Is(err, auth.ErrSignInNeeded) {
			t.Errorf("got %v", err)
		}
	})
	<-begun
	wg.Go(func() {
		if err := s.SignOut(ctx); err != nil {
			t.Error(err)
		}
	})
	eventually(t, func() bool { return s.Account() == auth.Account{} })
	close(out)
	wg.Wait()
	if names := e.names(); len(names) != 0 || s.Account() != (auth.Account{}) {
		t.Errorf("left: %q, %+v", names, s.Account())
	}
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
	e := r.onKeyring(50 * time.Millisecond)
	s := auth.Impatient(r.desk(auth.MethodDeviceCode))
	r.signIn(s)
	first := r.token(s)
	answer := make(chan struct{})
	defer close(answer)
	e.failWith(func(string, string) error { <-answer; return vault.ErrUnavailable })
	r.pass(30 * time.Minute)
	if r.token(s) != first {
		t.Error("another token")
	}
	r.pass(26 * time.Minute)
	r.token(s) // due, and still good
	r.pass(2 * time.Hour)
	start := time.Now()
	r.token(s) // renewed by what is in memory
	if _, err := r.desk(auth.MethodDeviceCode).AccessToken(ctx); !errors.Is(err, vault.ErrTimeout) {
		t.Errorf("a desk that has just begun: %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

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

func TestTheEndOfAContextEndsSigningOut(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.SignOut(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := s.AccessToken(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrSignInNeeded, "")
}
