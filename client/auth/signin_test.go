package auth_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
)

var (
	cacheRef  = vault.Ref{Connection: "c1", Host: "api.example", Kind: vault.KindTokenCache}
	secretRef = vault.Ref{Connection: "c1", Host: "login.example", Kind: vault.KindClientSecret}
)

// patience is how long a test waits for what comes at once when all is well, on
// however busy a computer.
const patience = time.Minute

// rig is a provider, a place to keep sign-ins, and a clock.
type rig struct {
	*idptest.Provider
	t     *testing.T
	keep  *vault.Vault
	locks string
	learn *redact.Redactor

	mu   sync.Mutex
	now  time.Time
	skew time.Duration // of the desk's clock
}

func newRig(t *testing.T, o idptest.Options) *rig {
	t.Helper()
	r := &rig{t: t, locks: t.TempDir(), learn: redact.New(), now: noon}
	r.keep = vault.OpenMemory(r.learn)
	if o.Now == nil {
		o.Now = r.clock
	}
	r.Provider = idptest.Start(o)
	t.Cleanup(r.Close)
	return r
}

func (r *rig) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// deskClock is the time as the desk's computer has it.
func (r *rig) deskClock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now.Add(r.skew)
}

// jump sets the desk's clock ahead, or behind, and nobody else's.
func (r *rig) jump(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.skew += d
}

// renewals is how many there were.
func (r *rig) renewals(want int) {
	r.t.Helper()
	if n := r.Count(idptest.Token, idptest.GrantRefresh); n != want {
		r.t.Errorf("%d renewals, want %d", n, want)
	}
}

// pass moves the clock of desk and provider.
func (r *rig) pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = r.now.Add(d)
}

// desk makes a sign-in as a desk does; change may alter its options.
func (r *rig) desk(method auth.Method, change ...func(*auth.SignInOptions)) *auth.SignIn {
	r.t.Helper()
	o := auth.SignInOptions{
		App:   auth.App{Method: method, Authority: r.URL(), Tenant: idptest.TenantDomain, ClientID: idptest.PublicApp},
		Cache: cacheRef, Secret: secretRef, Keep: r.keep, LockDir: r.locks, HTTP: r.Client(), Redact: r.learn, Now: r.deskClock,
	}
	if method == auth.MethodSecret {
		o.App.ClientID = idptest.SecretApp
	}
	for _, c := range change {
		c(&o)
	}
	s, err := auth.NewSignIn(o)
	if err != nil {
		r.t.Fatal(err)
	}
	auth.Soon(s)
	return s
}

// signIn signs Ana in by device code.
func (r *rig) signIn(s *auth.SignIn) auth.Account {
	r.t.Helper()
	who, err := s.WithDeviceCode(ctx, r.approve(idptest.Ana))
	if err != nil {
		r.t.Fatal(err)
	}
	return who
}

func (r *rig) approve(who idptest.User) func(auth.DeviceCode) {
	return func(c auth.DeviceCode) {
		if err := r.Approve(c.Code, who); err != nil {
			r.t.Error(err)
		}
	}
}

// token asks for a token that must come and be good.
func (r *rig) token(s *auth.SignIn) string {
	r.t.Helper()
	got, err := s.AccessToken(ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	if !r.Good(got) {
		r.t.Fatalf("the token is not good")
	}
	return got
}

// wantError is for an error of a kind, with a code, that a person is told what to
// do about.
func wantError(t *testing.T, err, kind error, code string) {
	t.Helper()
	var told *auth.Error
	switch {
	case !errors.As(err, &told) || !errors.Is(err, kind):
		t.Errorf("got %v, want %v", err, kind)
	case told.Code != code:
		t.Errorf("code %q, want %q (%v)", told.Code, code, err)
	case told.Remedy() == "":
		t.Errorf("no remedy for %v", err)
	}
}

func TestAPersonSignsInWithACode(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	var shown auth.DeviceCode
	who, err := s.WithDeviceCode(ctx, func(c auth.DeviceCode) {
		shown = c
		r.approve(idptest.Ana)(c)
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := (auth.Account{Name: idptest.UserName, Tenant: idptest.TenantID}); who != want || s.Account() != want {
		t.Errorf("signed in as %+v", who)
	}
	if shown.Code == "" || !strings.HasPrefix(shown.URL, r.URL()) || time.Until(shown.ExpiresAt) < 14*time.Minute {
		t.Errorf("shown: %+v", shown)
	}
	r.token(s)
	if r.Issued() != 1 {
		t.Errorf("%d tokens were issued", r.Issued())
	}
	if want := noon.Add(time.Hour); !s.ExpiresAt().Equal(want) {
		t.Errorf("good until %v, want %v", s.ExpiresAt(), want)
	}
	if s.Describe() != "Signed in as "+idptest.UserName {
		t.Errorf("described as %q", s.Describe())
	}
}

func TestAPersonSignsInWithTheBrowser(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodBrowser)
	page := make(chan string, 1)
	who, err := s.WithBrowser(ctx, func(address string) error {
		go func() {
			text, err := r.Browse(ctx, address)
			if err != nil {
				t.Error(err)
			}
			page <- text
		}()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if who.Name != idptest.UserName {
		t.Errorf("signed in as %+v", who)
	}
	if text := <-page; !strings.Contains(text, "You are signed in") {
		t.Errorf("the browser shows %s", text)
	}
	r.token(s)
}

func TestAnApplicationSignsInWithItsSecret(t *testing.T) {
	r := newRig(t, idptest.Options{})
	keep(t, r.keep, secretRef, idptest.ClientSecret)
	s := r.desk(auth.MethodSecret)
	who, err := s.WithSecret(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if want := (auth.Account{Name: idptest.SecretApp, Tenant: idptest.TenantDomain, Application: true}); who != want {
		t.Errorf("signed in as %+v", who)
	}
	r.token(s)
	if r.Issued() != 1 {
		t.Errorf("%d tokens were issued", r.Issued())
	}
}

func TestASignInOutlastsTheDesk(t *testing.T) {
	r := newRig(t, idptest.Options{})
	r.signIn(r.desk(auth.MethodDeviceCode))
	again := r.desk(auth.MethodDeviceCode)
	if who, err := again.Load(ctx); err != nil || who.Name != idptest.UserName {
		t.Fatalf("after the start: %+v, %v", who, err)
	}
	r.token(again)
	r.renewals(0)
	r.pass(2 * time.Hour)
	r.token(again)
	r.renewals(1)
}

func TestTenantsScopesAndGuests(t *testing.T) {
	r := newRig(t, idptest.Options{Scope: "https://api.sovereign.example/.default"})
	keep(t, r.keep, secretRef, idptest.ClientSecret)
	for _, tenant := range []string{idptest.TenantID, strings.ToUpper(idptest.TenantID), idptest.TenantDomain, "organizations", ""} {
		in := func(o *auth.SignInOptions) {
			o.App.Tenant, o.App.Scope = tenant, "https://api.sovereign.example/.default"
		}
		s := r.desk(auth.MethodDeviceCode, in)
		guest := idptest.User{Name: "guest@fabrikam.example", ID: "7", Tenant: "e0e0e0e0-0000-4000-8000-000000000000"}
		if who, err := s.WithDeviceCode(ctx, r.approve(guest)); err != nil || who != (auth.Account{Name: guest.Name, Tenant: idptest.TenantID}) {
			t.Errorf("%q: signed in as %+v, %v", tenant, who, err)
		}
		r.pass(2 * time.Hour)
		if r.token(s); s.Account().Name != guest.Name {
			t.Errorf("%q: renewed as %+v", tenant, s.Account())
		}
		if tenant == "" || tenant == "organizations" {
			continue
		}
		if who, err := r.desk(auth.MethodSecret, in).WithSecret(ctx); err != nil || !strings.EqualFold(who.Tenant, tenant) {
			t.Errorf("%q: the application is %+v, %v", tenant, who, err)
		}
	}
}

func TestNobodyIsSignedInAtFirst(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodDeviceCode)
	if who, err := s.Load(ctx); err != nil || who != (auth.Account{}) {
		t.Errorf("got %+v, %v", who, err)
	}
	_, err := s.AccessToken(ctx)
	wantError(t, err, auth.ErrSignInNeeded, "")
	if n := len(r.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	_, err = r.desk(auth.MethodSecret).AccessToken(ctx)
	wantError(t, err, auth.ErrNoSecret, "")
}

func TestGivingUpEndsASignInAtEachStage(t *testing.T) {
	r := newRig(t, idptest.Options{})
	ended, cancel := context.WithCancel(ctx)
	cancel()
	s := r.desk(auth.MethodDeviceCode)
	if _, err := s.WithDeviceCode(ended, func(auth.DeviceCode) { t.Error("a code was shown") }); !errors.Is(err, context.Canceled) {
		t.Errorf("before: %v", err)
	}
	waiting, cancel := context.WithCancel(ctx)
	if _, err := s.WithDeviceCode(waiting, func(auth.DeviceCode) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("while the code is shown: %v", err)
	}
	b := r.desk(auth.MethodBrowser)
	opened, cancel := context.WithCancel(ctx)
	if _, err := b.WithBrowser(opened, func(string) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("while the browser is open: %v", err)
	}
	if who, err := s.Load(ctx); err != nil || who != (auth.Account{}) {
		t.Errorf("somebody is signed in: %+v, %v", who, err)
	}
}
