package auth_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/vault"
)

// slowToken makes renewals take long enough for others to come along.
var slowToken = idptest.Fault{Endpoint: idptest.Token, Delay: 60 * time.Millisecond}

func TestATokenIsRenewedSomeMinutesBeforeItsEnd(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	first := r.token(s)
	r.pass(54 * time.Minute)
	if r.token(s) != first {
		t.Error("renewed too early")
	}
	r.pass(2 * time.Minute)
	if r.token(s) == first {
		t.Error("not renewed, four minutes before the end")
	}
	r.renewals(1)
	if want := r.deskClock().Add(time.Hour); !s.ExpiresAt().Equal(want) {
		t.Errorf("good until %v, want %v", s.ExpiresAt(), want)
	}
}

func TestATokenOfAFewSecondsIsUsedForMostOfThem(t *testing.T) {
	r := newRig(t, idptest.Options{Lifetime: 10 * time.Second})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.pass(7 * time.Second)
	r.token(s)
	r.renewals(0)
	r.pass(2 * time.Second)
	r.token(s)
	r.renewals(1)
}

func TestFiftyWhoWaitCauseOneRenewal(t *testing.T) {
	for name, method := range map[string]auth.Method{idptest.GrantRefresh: auth.MethodDeviceCode, idptest.GrantSecret: auth.MethodSecret} {
		r := newRig(t, idptest.Options{})
		keep(t, r.keep, secretRef, idptest.ClientSecret)
		s := r.desk(method)
		if method == auth.MethodDeviceCode {
			r.signIn(s)
			r.pass(2 * time.Hour)
		}
		r.Fail(slowToken)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if got, err := s.AccessToken(ctx); err != nil || !r.Good(got) {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
		if n := r.Count(idptest.Token, name); n != 1 {
			t.Errorf("%s: asked %d times", name, n)
		}
	}
}

func TestOneWhoGivesUpDoesNotEndTheRenewalForOthers(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.pass(2 * time.Hour)
	hasty, giveUp := context.WithCancel(ctx)
	answer := make(chan struct{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Hit: giveUp, Until: answer})
	if _, err := s.AccessToken(hasty); !errors.Is(err, context.Canceled) {
		t.Errorf("the hasty one: %v", err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { r.token(s) })
	close(answer)
	wg.Wait()
	r.renewals(1)
}

func TestASlowRenewalHoldsNobodyUpWhileTheTokenIsGood(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := auth.Impatient(r.desk(auth.MethodDeviceCode))
	r.signIn(s)
	first := r.token(s)
	r.pass(56 * time.Minute)
	slow := make(chan struct{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Until: slow})
	if r.token(s) != first {
		t.Error("another token, from nowhere")
	}
	close(slow)
	eventually(t, func() bool { return r.token(s) != first })
	r.renewals(1)
}

// eventually waits for what another goroutine is about to do.
func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); {
		if time.Now().After(end) {
			t.Fatal("it did not come to pass")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestTwoDesksThatRenewAtOnceRenewOnce(t *testing.T) {
	r := newRig(t, idptest.Options{OneTimeRefresh: true})
	desks := []*auth.SignIn{r.desk(auth.MethodDeviceCode), r.desk(auth.MethodDeviceCode), r.desk(auth.MethodDeviceCode)}
	r.signIn(desks[0])
	for round := 1; round <= 3; round++ {
		for _, s := range desks {
			r.token(s)
		}
		r.pass(2 * time.Hour)
		r.Fail(idptest.Fault{Endpoint: idptest.Token, Delay: 30 * time.Millisecond, Times: 3})
		got := make([]string, len(desks))
		var wg sync.WaitGroup
		for i, s := range desks {
			wg.Go(func() { got[i] = r.token(s) })
		}
		wg.Wait()
		if got[0] != got[1] || got[1] != got[2] {
			t.Error("the desks have different tokens")
		}
		r.renewals(round)
	}
}

func TestARevokedSignInIsToldOnceAndNotAskedForAgain(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.RevokeRefresh()
	r.pass(56 * time.Minute)
	r.token(s) // it is still good
	r.pass(time.Hour)
	for range 3 {
		_, err := s.AccessToken(ctx)
		wantError(t, err, auth.ErrSignInNeeded, "AADSTS50173")
	}
	r.renewals(2) // one while the token was good, one after
	r.signIn(s)
	r.token(s)
}

func TestWhileTheProviderIsIllAGoodTokenIsUsed(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	first := r.token(s)
	r.pass(56 * time.Minute)
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Status: 503, Error: "temporarily_unavailable", Code: 90033})
	for range 5 {
		if r.token(s) != first {
			t.Error("another token")
		}
	}
	r.renewals(1) // and not one for each request
	r.pass(time.Hour)
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrProvider, "AADSTS90033")
	r.Heal()
	r.pass(15 * time.Second)
	r.token(s)
}

func TestTheProvidersRetryAfterIsRespected(t *testing.T) {
	for text, wait := range map[string]time.Duration{"40": 40 * time.Second, "Mon, 23 Nov 2026 14:02:00 GMT": 2 * time.Minute} {
		r := newRig(t, idptest.Options{})
		s := r.desk(auth.MethodDeviceCode)
		r.signIn(s)
		r.pass(2 * time.Hour)
		r.Fail(idptest.Fault{Endpoint: idptest.Token, Status: 503, RetryAfter: text, Error: "server_error", Times: 1})
		_, err := s.AccessToken(ctx)
		var told *auth.Error
		if !errors.As(err, &told) || told.RetryAfter != wait {
			t.Errorf("%s: %v", text, err)
		}
		r.pass(wait - time.Second)
		if _, err := s.AccessToken(ctx); !errors.Is(err, auth.ErrProvider) {
			t.Errorf("%s: before its time: %v", text, err)
		}
		r.renewals(1)
		r.pass(2 * time.Second)
		r.token(s)
	}
}

func TestAClockThatIsWrongDoesNotMatter(t *testing.T) {
	for _, skew := range []time.Duration{-3 * time.Hour, 3 * time.Hour} {
		r := newRig(t, idptest.Options{})
		r.jump(skew)
		s := r.desk(auth.MethodDeviceCode)
		r.signIn(s)
		r.pass(50 * time.Minute)
		r.token(s)
		r.renewals(0)
		r.pass(8 * time.Minute)
		r.token(s)
		r.renewals(1)
		again := r.desk(auth.MethodDeviceCode)
		r.token(again)
		r.renewals(1)
	}
}

func TestAClockThatJumpsCostsOneRenewal(t *testing.T) {
	for _, jump := range []time.Duration{-3 * time.Hour, 3 * time.Hour} {
		r := newRig(t, idptest.Options{})
		s := r.desk(auth.MethodDeviceCode)
		r.signIn(s)
		r.token(s)
		r.jump(jump)
		r.token(s)
		r.token(s)
		r.token(r.desk(auth.MethodDeviceCode))
		r.renewals(1)
	}
}

func TestAClockThatIsSetRightALittleCostsNothing(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.jump(-20 * time.Second)
	r.token(s)
	r.renewals(0)
}

// The clock hides that the token has ended: the service says so.
func TestATokenThatTheServiceDoesNotTakeIsRenewed(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	first := r.token(s)
	r.pass(2 * time.Hour)
	r.jump(-2 * time.Hour)
	if got, err := s.AccessToken(ctx); err != nil || got != first || r.Good(got) {
		t.Fatalf("the desk should not know yet: %v", err)
	}
	s.InvalidateToken("another one, of a request before")
	if got, _ := s.AccessToken(ctx); got != first {
		t.Error("renewed for another token's sake")
	}
	s.InvalidateToken(first)
	second := r.token(s)
	if second == first {
		t.Error("not renewed")
	}
	r.renewals(1)
	s.Invalidate() // a service that takes no token at all
	if got := r.token(s); got != second {
		t.Error("renewed a second time within a minute")
	}
	r.renewals(1)
	r.pass(2 * time.Minute)
	s.Invalidate()
	if got := r.token(s); got == second {
		t.Error("not renewed after a while")
	}
}

func TestATokenThatAnotherDeskRenewedIsFoundAfterA401(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s, other := r.desk(auth.MethodDeviceCode), r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	old := r.token(other)
	r.RevokeAccess()
	s.Invalidate()
	renewed := r.token(s)
	other.InvalidateToken(old)
	if r.token(other) != renewed {
		t.Error("renewed twice")
	}
	r.renewals(1)
}

func TestAnotherDesksSignInAndSignOutAreSeen(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s, other := r.desk(auth.MethodDeviceCode), r.desk(auth.MethodDeviceCode)
	r.signIn(s)
	r.token(other)
	if _, err := other.WithDeviceCode(ctx, r.approve(idptest.Ben)); err != nil {
		t.Fatal(err)
	}
	if s.Account().Name != idptest.Ana.Name || other.Account().Name != idptest.Ben.Name {
		t.Errorf("signed in: %+v and %+v", s.Account(), other.Account())
	}
	r.pass(2 * time.Hour)
	if g, _ := r.Grant(r.token(s)); g.User != idptest.Ben || s.Account().Name != idptest.Ben.Name {
		t.Errorf("the token is %s's, the account says %s", g.User.Name, s.Account().Name)
	}
	if err := other.SignOut(ctx); err != nil {
		t.Fatal(err)
	}
	r.pass(2 * time.Hour)
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrSignInNeeded, "")
	if s.Account() != (auth.Account{}) {
		t.Errorf("still signed in as %+v", s.Account())
	}
	r.signIn(s)
	if err := other.SignOut(ctx); err != nil {
		t.Fatal(err)
	}
	if who, err := s.Load(ctx); err != nil || who != (auth.Account{}) {
		t.Errorf("read again: %+v, %v", who, err)
	}
}

func TestAnApplicationRenewsWithItsSecretAlone(t *testing.T) {
	r := newRig(t, idptest.Options{})
	keep(t, r.keep, secretRef, idptest.ClientSecret)
	s := r.desk(auth.MethodSecret)
	if who, err := s.Load(ctx); err != nil || !who.Application || who.Name != idptest.SecretApp {
		t.Errorf("who has a secret is %+v, %v", who, err)
	}
	first := r.token(s)
	r.token(r.desk(auth.MethodSecret))
	if n := r.Count(idptest.Token, idptest.GrantSecret); n != 1 {
		t.Errorf("asked %d times for two desks", n)
	}
	r.pass(2 * time.Hour)
	if r.token(s) == first {
		t.Error("not renewed")
	}
	keep(t, r.keep, secretRef, "another-secret")
	r.pass(2 * time.Hour)
	for range 3 {
		_, err := s.AccessToken(ctx)
		wantError(t, err, auth.ErrRefused, "AADSTS7000215")
	}
	if n := r.Count(idptest.Token, idptest.GrantSecret); n != 3 {
		t.Errorf("a wrong secret was sent %d times", n-2)
	}
	keep(t, r.keep, secretRef, idptest.ClientSecret)
	r.token(s) // at once: it is another secret
}

var _ auth.Store = (*vault.Vault)(nil)
