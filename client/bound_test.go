// A secret goes only to the host that it was entered for, whatever the service
// answers: redirects, next links, scale units, echoes. Proxies are in
// bound_proxy_test.go.

package client

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/openapitest"
)

// stranger is another server of this computer, which nothing may turn to: it
// takes connections, says nothing, and keeps every byte.
type stranger struct {
	t        *testing.T
	listener net.Listener
	done     sync.WaitGroup

	mu    sync.Mutex
	calls int
	heard bytes.Buffer
}

func newStranger(t *testing.T) *stranger {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &stranger{t: t, listener: listener}
	s.done.Go(s.serve)
	t.Cleanup(func() { _ = listener.Close(); s.done.Wait() })
	return s
}

func (s *stranger) serve() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.calls++
		s.mu.Unlock()
		line, _ := bufio.NewReader(conn).ReadString('\n') // what it was told first
		s.mu.Lock()
		s.heard.WriteString(line)
		s.mu.Unlock()
		_ = conn.Close()
	}
}

func (s *stranger) port() string {
	_, port, err := net.SplitHostPort(s.listener.Addr().String())
	if err != nil {
		s.t.Fatal(err)
	}
	return port
}

// wasLeftAlone fails the test where anybody turned to the stranger.
func (s *stranger) wasLeftAlone(t *testing.T, why string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls > 0 {
		t.Errorf("%s: another server was turned to %d times, and heard %q", why, s.calls, s.heard.String())
	}
	s.calls = 0
	s.heard.Reset()
}

// operations are one of each way in which a request is made.
func operations() map[string]func(*testing.T, *Instance) error {
	return map[string]func(*testing.T, *Instance) error{
		"GET": func(t *testing.T, i *Instance) error {
			_, err := i.Query(t.Context(), "Customer", Query{})
			return err
		},
		"POST": func(t *testing.T, i *Instance) error {
			_, err := i.PostActivity(t.Context(), "shop_purchases", []byte(`{"PurchaseId":"1"}`), WriteOptions{})
			return err
		},
		"PATCH": func(t *testing.T, i *Instance) error {
			_, err := i.PatchProfile(t.Context(), "Customer", "1", []byte(`{"Email":"a"}`), WriteOptions{})
			return err
		},
	}
}

func TestARedirectLeadsNoSecretAnywhere(t *testing.T) {
	other := newStranger(t)
	var mu sync.Mutex
	var location string
	var status, count int
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		count++
		w.Header().Set("Location", location)
		w.WriteHeader(status)
	}), openapitest.RequestsOnly())
	home := strings.TrimPrefix(s.server.URL, "http://")
	targets := map[string]string{
		"another port":             "http://127.0.0.1:" + other.port() + "/v1/instances?token=x",
		"another name":             "http://localhost:" + other.port() + "/v1/instances",
		"another scheme":           "https://" + home + "/v1/instances",
		"another scheme and port":  "https://127.0.0.1:" + other.port() + "/v1/instances",
		"without a scheme":         "//127.0.0.1:" + other.port() + "/v1/instances",
		"home as the user":         "http://" + home + "@127.0.0.1:" + other.port() + "/",
		"a backslash":              "http://" + home + "\\@127.0.0.1:" + other.port() + "/",
		"an encoded at":            "http://" + home + "%40127.0.0.1:" + other.port() + "/",
		"the same host, elsewhere": "/login?state=1",
		"itself":                   s.server.URL + "/v1/instances",
	}
	for name, target := range targets {
		for method, operate := range operations() {
			for _, code := range []int{301, 302, 303, 307, 308} {
				mu.Lock()
				location, status, count = target, code, 0
				mu.Unlock()
				s.pacer = NewPacer(1000, DefaultWindow)
				e := asError(t, operate(t, s.instance()), KindRedirect)
				mu.Lock()
				asked := count
				mu.Unlock()
				if asked != 1 || e.Status != code || strings.ContainsAny(e.Location, "?@") {
					t.Errorf("%s by %s, %d: %d requests, %+v", name, method, code, asked, e)
				}
				other.wasLeftAlone(t, fmt.Sprintf("%s by %s, %d", name, method, code))
			}
		}
	}
}

func TestANextLinkLeadsNoSecretAnywhere(t *testing.T) {
	other := newStranger(t)
	var next string
	count := 0
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		count++
		answerJSON(200, `{"value":[],"@odata.nextLink":`+fmt.Sprintf("%q", next)+`}`)(w, nil)
	}))
	home, away := strings.TrimPrefix(s.server.URL, "http://"), "127.0.0.1:"+other.port()
	path := below + "/data/Customer?$skip=1"
	for name, link := range map[string]string{
		"another port":        "http://" + away + path,
		"another name":        "http://localhost:" + other.port() + path,
		"another scheme":      "https://" + home + path,
		"without a scheme":    "//" + away + path,
		"home as the user":    "http://" + home + "@" + away + path,
		"user and password":   "http://user:password@" + home + path,
		"a backslash":         "http://" + home + `\@` + away + path,
		"an encoded at":       "http://" + home + "%40" + away + path,
		"an encoded slash":    "http://" + away + "%2f" + home + path,
		"another instance":    strings.Replace("http://"+home+path, "1111", "2222", 1),
		"encoded dots":        below + "/data/%2e%2e/%2e%2e/22222222-2222-4333-8444-555555555555/data/Customer",
		"twice encoded dots":  below + "/data/%252e%252e/manage",
		"an encoded path":     below + "%2f..%2fdata/Customer",
		"a script":            "javascript:alert(1)",
		"a file":              "file:///etc/passwd",
		"digits for the host": "http://2130706433:" + other.port() + path,
		"IPv6 for the host":   "http://[::ffff:127.0.0.1]:" + other.port() + path,
	} {
		next, count = link, 0
		page, err := s.instance().Query(t.Context(), "Customer", Query{Top: 1})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.instance().Next(t.Context(), page)
		if wantKind(t, err, KindUnexpected); count != 1 {
			t.Errorf("%s: %d requests, want only that of the first page", name, count)
		}
		other.wasLeftAlone(t, name)
	}
}

func TestAScaleUnitThatIsNotTrustedGetsNothing(t *testing.T) {
	for _, unit := range []string{
		"https://evil-dynamics.com", "https://dynamics.com.evil.example", "https://su1.dynamics.com.evil.example",
		"https://su1.dynamics.com@evil.example", "https://evil.example/su1.dynamics.com", "https://evil.example?.dynamics.com",
		"http://su1.api.ci.ai.dynamics.com", "https://su1.api.ci.ai.dynamics.com:8443", "//su1.dynamics.com", "https://127.0.0.1",
		"https://evil.example%2f.dynamics.com", "https://evil.example\\.dynamics.com", "https://xn--dynamics-.com", "https://dynamics.com",
	} {
		for method, operate := range operations() {
			net := &canned{answer: func(*http.Request) *http.Response { return response(400, `{"errorCode":"x"}`) }}
			i := connect(t, Root2020, net).For(metadata.Instance{ID: instanceID, ScaleUnitURI: unit})
			wantKind(t, operate(t, i), KindBadRequest)
			if r := net.last(t); r.URL.Scheme != "https" || r.URL.Host != "global.api.ci.ai.dynamics.com" || i.Warning() == "" {
				t.Errorf("%s by %s: asked %s (warned %q)", unit, method, r.URL, i.Warning())
			}
		}
	}
}

func TestATrustedScaleUnitGetsTheTokenAndNeverTheKey(t *testing.T) {
	for method, operate := range operations() {
		net := &canned{answer: func(*http.Request) *http.Response { return response(400, `{"errorCode":"x"}`) }}
		i := connect(t, Root2020, net).For(metadata.Instance{ID: instanceID, ScaleUnitURI: "https://su1.api.ci.ai.dynamics.com"})
		wantKind(t, operate(t, i), KindBadRequest)
		r := net.last(t)
		if _, keyed := r.Header["Ocp-Apim-Subscription-Key"]; keyed || r.Header.Get("Authorization") != "Bearer "+secretToken || r.URL.Host != "su1.api.ci.ai.dynamics.com" {
			t.Errorf("%s: %s with %v", method, r.URL, r.Header)
		}
	}
}

func TestARequestThatWouldLeaveItsBaseGetsNoSecret(t *testing.T) {
	sent := &canned{answer: func(*http.Request) *http.Response { return response(200, `[]`) }}
	c := connect(t, RootCurrent, sent)
	for _, target := range []string{
		"https://evil.example/v1/instances", "http://api.ci.ai.dynamics.com/v1/instances", "https://api.ci.ai.dynamics.com:8443/v1/instances",
		"https://api.ci.ai.dynamics.com@evil.example/v1/instances", "https://a:b@api.ci.ai.dynamics.com/v1/instances",
		"https://api.ci.ai.dynamics.com/v2/instances", "https://api.ci.ai.dynamics.com/%76%31/instances", "//api.ci.ai.dynamics.com/v1/instances", "https://[::1",
	} {
		_, err := c.read(t.Context(), "read", c.root, target)
		wantKind(t, err, KindBadRequest)
	}
	if len(sent.requests) != 0 {
		t.Errorf("%d requests left, the first to %s", len(sent.requests), sent.requests[0].URL)
	}
}

func TestAServiceThatEchoesSecretsIsMasked(t *testing.T) {
	for _, status := range []int{201, 202, 400, 409, 500} {
		s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token, key := r.Header.Get("Authorization"), r.Header.Get("Ocp-Apim-Subscription-Key")
			for _, name := range []string{"Location", "X-Ms-Request-Id", "X-Echo", "Www-Authenticate", "Set-Cookie", "Ocp-Apim-Trace-Location"} {
				w.Header().Set(name, "https://h.example/"+url.QueryEscape(token)+"?k="+key)
			}
			answerJSON(status, fmt.Sprintf(`{"location":%q,"errorCode":%q,"message":%q,"target":%q}`, token, key, token+" "+key, key))(w, r)
		}), openapitest.RequestsOnly())
		a, err := s.instance().PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
		seen := fmt.Sprintf("%+v %s %v %+v", a, a.Body, err, err)
		if status >= 400 {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%d: %v", status, err)
			}
			seen += fmt.Sprintf("%s %v %v", e.Body, e.Header, e.Details)
		}
		for _, secret := range []string{secretToken, secretKey} {
			if strings.Contains(seen, secret) {
				t.Errorf("%d: %q is in %s", status, secret, seen)
			}
		}
	}
}

func TestASecretStandsInNoAddress(t *testing.T) {
	sent := &canned{answer: func(*http.Request) *http.Response { return response(200, `{"value":[]}`) }}
	c := connect(t, RootCurrent, sent)
	c.redact.Add(secretToken)
	i := c.For(metadata.Instance{ID: instanceID})
	for name, ask := range map[string]func() error{
		"a search": func() error {
			_, err := i.Query(t.Context(), "Customer", Query{Search: "x " + secretToken})
			return err
		},
		"a filter": func() error {
			_, err := i.Query(t.Context(), "Customer", Query{Filter: Eq("CustomerId", Text(secretToken))})
			return err
		},
		"a key":     func() error { _, err := i.KeyRing(t.Context(), "a", "b", secretToken); return err },
		"an entity": func() error { _, err := i.Entity(t.Context(), secretToken, false); return err },
		"a caller": func() error {
			_, err := i.PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{Caller: secretToken})
			return err
		},
	} {
		err := ask()
		if wantKind(t, err, KindBadRequest); !errors.Is(err, ErrSecretInAddress) || strings.Contains(err.Error(), secretToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(sent.requests) != 0 {
		t.Errorf("%d requests left", len(sent.requests))
	}
}
