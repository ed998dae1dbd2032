package auth_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
)

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
	t.Parallel()
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
	defer close(out) // the provider does not answer before
	if err := s.SignOut(ctx); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if names := e.names(); len(names) != 0 || s.Account() != (auth.Account{}) {
		t.Errorf("left: %q, %+v", names, s.Account())
	}
}

// Nobody waits for a renewal that hangs, when the person signs in again.
func TestASignInOvertakesARenewalThatHangs(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.pass(2 * time.Hour)
	begun, never := make(chan struct{}), make(chan struct{})
	defer close(never)
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Grant: idptest.GrantRefresh, Hit: func() { close(begun) }, Until: never})
	var wg sync.WaitGroup
	wg.Go(func() {
		if g, _ := r.Grant(r.token(s)); g.User != idptest.Ben {
			t.Errorf("the one who waited has the token of %q", g.User.Name)
		}
	})
	<-begun
	if _, err := s.WithDeviceCode(ctx, r.approve(idptest.Ben)); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if who, err := r.desk(auth.MethodDeviceCode).Load(ctx); err != nil || who.Name != idptest.Ben.Name {
		t.Errorf("kept: %+v, %v", who, err)
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
