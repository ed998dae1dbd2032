package auth_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/auth/idptest"
)

// withBrowser signs in with a browser that acts, on a goroutine of its own, once
// it was opened. The result is that of the sign-in and the page shown last.
func (r *rig) withBrowser(act func(address string) (page string, err error)) (who auth.Account, page string, err error) {
	r.t.Helper()
	return r.withBrowserFor(ctx, r.desk(auth.MethodBrowser), act)
}

func (r *rig) withBrowserFor(ctx context.Context, s *auth.SignIn, act func(string) (string, error)) (who auth.Account, page string, err error) {
	r.t.Helper()
	pages := make(chan string, 1)
	who, err = s.WithBrowser(ctx, func(address string) error {
		go func() {
			text, err := act(address)
			if err != nil {
				r.t.Error(err)
			}
			pages <- text
		}()
		return nil
	})
	select {
	case page = <-pages:
	case <-time.After(patience):
		r.t.Error("the browser shows nothing")
	}
	return who, page, err
}

func TestTheBrowserIsSentWhereTheProviderExpectsIt(t *testing.T) {
	r := newRig(t, idptest.Options{})
	var address string
	_, _, err := r.withBrowser(func(a string) (string, error) {
		address = a
		return r.Browse(ctx, a)
	})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host != r.Host() || u.Path != "/"+idptest.TenantDomain+"/oauth2/v2.0/authorize" {
		t.Fatalf("sent to %s", address)
	}
	q := u.Query()
	for name, want := range map[string]string{
		"client_id": idptest.PublicApp, "response_type": "code", "response_mode": "form_post", "code_challenge_method": "S256",
		"prompt": "select_account", "scope": auth.DefaultScope + " openid offline_access profile",
	} {
		if q.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, q.Get(name), want)
		}
	}
	if len(q.Get("state")) < 20 || len(q.Get("code_challenge")) != 43 || !strings.HasPrefix(q.Get("redirect_uri"), "http://localhost:") {
		t.Errorf("asked with %v", q)
	}
	// The address is an argument of another program: everybody on the computer can read it.
	known := []string{"client_id", "response_type", "response_mode", "prompt", "scope", "state", "code_challenge", "code_challenge_method", "redirect_uri"}
	for name := range q {
		if !slices.Contains(known, name) {
			t.Errorf("the address has %s, too", name)
		}
	}
	for _, secret := range r.Secrets() {
		if strings.Contains(address, secret) {
			t.Errorf("the address holds the secret %s", secret)
		}
	}
}

func TestWhoeverThePersonChoosesIsSignedIn(t *testing.T) {
	r := newRig(t, idptest.Options{})
	r.Decide(idptest.Decision{User: idptest.Ben})
	who, page, err := r.withBrowser(func(a string) (string, error) { return r.Browse(ctx, a) })
	if err != nil || who.Name != idptest.Ben.Name || !strings.Contains(page, "You are signed in") {
		t.Errorf("signed in as %+v, %v; the page says %s", who, err, page)
	}
}

func TestAPersonMaySayNoInTheBrowser(t *testing.T) {
	for _, c := range []struct {
		decision idptest.Decision
		code     string
		cause    auth.Cause
	}{
		{idptest.Decision{User: idptest.Ana, Error: "access_denied"}, "access_denied", auth.CauseDeclined},
		{idptest.Decision{User: idptest.Ana, Error: "access_denied", Code: 65004}, "AADSTS65004", auth.CauseDeclined},
		{idptest.Decision{User: idptest.Ana, Error: "access_denied", Code: 90094}, "AADSTS90094", auth.CauseAdminConsent},
		{idptest.Decision{User: idptest.Ana, Error: "access_denied", Code: 53003}, "AADSTS53003", auth.CausePolicy},
		{idptest.Decision{User: idptest.Ana, Error: "something_else"}, "", auth.CauseUnknown},
	} {
		r := newRig(t, idptest.Options{})
		r.Decide(c.decision)
		_, page, err := r.withBrowser(func(a string) (string, error) { return r.Browse(ctx, a) })
		var told *auth.Error
		if !errors.As(err, &told) || !errors.Is(err, auth.ErrRefused) || told.Code != c.code || told.Cause != c.cause || told.Remedy() == "" {
			t.Errorf("%+v is told as %v", c.decision, err)
		}
		if !strings.Contains(page, "You are not signed in") || strings.Contains(page, idptest.UserName) || strings.Contains(page, "AADSTS") {
			t.Errorf("the page says %s", page)
		}
		wantNoTrace(t, r, err)
	}
}

// The page tells how it ended, so it waits for the code to be exchanged.
func TestThePageDoesNotSaySignedInBeforeThatIsTrue(t *testing.T) {
	r := newRig(t, idptest.Options{})
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Error: "invalid_grant", Code: 53003})
	_, page, err := r.withBrowser(func(a string) (string, error) { return r.Browse(ctx, a) })
	wantError(t, err, auth.ErrRefused, "AADSTS53003")
	if !strings.Contains(page, "You are not signed in") {
		t.Errorf("the page says %s", page)
	}
}

// Whatever else comes to the address on this computer neither ends the sign-in
// nor becomes it.
func TestStrangersAtTheDesksAddressChangeNothing(t *testing.T) {
	r := newRig(t, idptest.Options{})
	who, page, err := r.withBrowser(func(a string) (string, error) {
		answer, err := r.Visit(ctx, a)
		if err != nil {
			return "", err
		}
		for name, send := range map[string]func() (*http.Response, error){
			"a look":   func() (*http.Response, error) { return http.Get(answer.Action) },
			"an icon":  func() (*http.Response, error) { return http.Get(answer.Action + "/favicon.ico") },
			"a code":   func() (*http.Response, error) { return http.Get(answer.Action + "/?" + answer.Fields.Encode()) },
			"no state": func() (*http.Response, error) { return http.PostForm(answer.Action, url.Values{"code": {"x"}}) },
			"wrong state": func() (*http.Response, error) {
				return http.PostForm(answer.Action, url.Values{"code": {"x"}, "state": {"y"}})
			},
			"an error": func() (*http.Response, error) {
				return http.PostForm(answer.Action, url.Values{"error": {"access_denied"}})
			},
			"another path": func() (*http.Response, error) { return http.PostForm(answer.Action+"/x", answer.Fields) },
			"too much": func() (*http.Response, error) {
				return http.PostForm(answer.Action, url.Values{"state": answer.Fields["state"], "x": {strings.Repeat("x", 1<<20)}})
			},
		} {
			response, err := send()
			if err != nil {
				if name != "too much" {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			text, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if response.StatusCode < 400 || !strings.Contains(string(text), "nothing here") {
				t.Errorf("%s: %d %s", name, response.StatusCode, text)
			}
		}
		http.DefaultClient.CloseIdleConnections()
		return answer.Post(ctx)
	})
	if err != nil || who.Name != idptest.UserName || !strings.Contains(page, "You are signed in") {
		t.Errorf("signed in as %+v, %v; the page says %s", who, err, page)
	}
}

func TestACodeForAnotherSignInIsNotTaken(t *testing.T) {
	r := newRig(t, idptest.Options{})
	_, _, err := r.withBrowser(func(a string) (string, error) {
		answer, err := r.Visit(ctx, a)
		if err != nil {
			return "", err
		}
		answer.Fields.Set("code", "0.code-of-somebody-else")
		return answer.Post(ctx)
	})
	wantError(t, err, auth.ErrSignInNeeded, "AADSTS70000")
}

func TestTheAddressIsFreeAfterwardsAndThePageCarriesNothing(t *testing.T) {
	r := newRig(t, idptest.Options{})
	var host string
	_, _, err := r.withBrowser(func(a string) (string, error) {
		answer, err := r.Visit(ctx, a)
		if err != nil {
			return "", err
		}
		host = strings.TrimPrefix(answer.Action, "http://")
		response, err := http.PostForm(answer.Action, answer.Fields)
		if err != nil {
			return "", err
		}
		defer http.DefaultClient.CloseIdleConnections()
		defer func() { _ = response.Body.Close() }()
		h := response.Header
		if h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("header %v", h)
		}
		text, err := io.ReadAll(response.Body)
		if strings.Contains(string(text), answer.Fields.Get("code")) || strings.Contains(string(text), answer.Fields.Get("state")) {
			t.Errorf("the page repeats what it was sent: %s", text)
		}
		return string(text), err
	})
	if err != nil {
		t.Fatal(err)
	}
	// Another program may have taken the port by now.
	after := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	if response, err := after.Get("http://" + host); err == nil {
		text, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if strings.Contains(string(text), "Activity Desk") {
			t.Errorf("%s still answers: %s", host, text)
		}
	}
}

func TestABrowserThatCannotBeOpenedIsTold(t *testing.T) {
	r := newRig(t, idptest.Options{})
	_, err := r.desk(auth.MethodBrowser).WithBrowser(ctx, func(address string) error { return errors.New("no program for " + address) })
	wantError(t, err, auth.ErrBrowser, "")
	wantNoTrace(t, r, err)
}

func TestABrowserIsNotWaitedForForEver(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodBrowser)
	auth.BrowserLimit(s, 20*time.Millisecond)
	_, err := s.WithBrowser(ctx, func(string) error { return nil })
	wantError(t, err, auth.ErrCodeExpired, "")
}

func TestGivingUpWhileTheCodeIsExchangedSignsNobodyIn(t *testing.T) {
	r := newRig(t, idptest.Options{})
	s := r.desk(auth.MethodBrowser)
	limited, cancel := context.WithCancel(ctx)
	r.Fail(idptest.Fault{Endpoint: idptest.Token, Hit: cancel, Delay: time.Minute})
	_, page, err := r.withBrowserFor(limited, s, func(a string) (string, error) { return r.Browse(ctx, a) })
	if !errors.Is(err, context.Canceled) || !strings.Contains(page, "You are not signed in") {
		t.Errorf("got %v; the page says %s", err, page)
	}
	if who, err := s.Load(ctx); err != nil || who != (auth.Account{}) {
		t.Errorf("signed in: %+v, %v", who, err)
	}
}
