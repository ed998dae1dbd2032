// The transport of the client's own: TLS, HTTP/1.1, proxies, leaks.

package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/openapitest"
)

func secure(t *testing.T, prepare func(*httptest.Server), h http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if prepare != nil {
		prepare(server)
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func trusting(server *httptest.Server) *tls.Config {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	return &tls.Config{RootCAs: pool, InsecureSkipVerify: true, MinVersion: tls.VersionTLS10} // both to be overruled
}

func TestTLSIsVerifiedAlways(t *testing.T) {
	good := secure(t, func(s *httptest.Server) { s.EnableHTTP2 = true }, func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 1 {
			t.Errorf("spoke %s", r.Proto)
		}
		answerJSON(200, "[]")(w, r)
	})
	never := func(http.ResponseWriter, *http.Request) { t.Error("a request got through") }
	stranger := secure(t, nil, never)
	old := secure(t, func(s *httptest.Server) {
		s.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	}, never)
	plain := httptest.NewUnstartedServer(http.HandlerFunc(never))
	plain.Config.ErrorLog = log.New(io.Discard, "", 0)
	plain.Start()
	t.Cleanup(plain.Close)

	if _, err := connect(t, good.URL+"/v1", newTransport(trusting(good))).Instances(t.Context()); err != nil {
		t.Errorf("a server that is trusted: %v", err)
	}
	cases := map[string]struct {
		root   string
		config *tls.Config
	}{
		"unknown authority": {stranger.URL, nil},
		"another name":      {strings.Replace(good.URL, "127.0.0.1", "localhost", 1), trusting(good)},
		"TLS 1.1":           {old.URL, trusting(old)},
		"no TLS at all":     {"https" + strings.TrimPrefix(plain.URL, "http"), nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := connect(t, c.root, newTransport(c.config)).Instances(t.Context())
			if e := asError(t, err, KindTLS); e.Uncertain() || e.Progress.ConnectionOpened {
				t.Errorf("error = %+v", e)
			}
		})
	}
}

func TestAClientThatCannotBeSafeIsNotMade(t *testing.T) {
	for name, cfg := range map[string]Config{
		"no root":            {Tokens: StaticToken("x")},
		"no tokens":          {Root: RootCurrent},
		"TLS not verified":   {Root: RootCurrent, Tokens: StaticToken("x"), Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}},
		"http to the world":  {Root: "http://example.com", Tokens: StaticToken("x")},
		"password in a root": {Root: "https://a:b@example.com", Tokens: StaticToken("x")},
	} {
		if c, err := New(cfg); err == nil {
			t.Errorf("%s: got %v", name, c)
		}
	}
}

func TestAClientHasDefaultsForEverythingElse(t *testing.T) {
	h, _ := inTurn(t, func(w http.ResponseWriter, r *http.Request) {
		if r.UserAgent() != "ActivityDesk" || r.Header.Get("Ocp-Apim-Subscription-Key") != "" {
			t.Errorf("headers = %v", r.Header)
		}
		answerJSON(200, "[]")(w, r)
	})
	server := httptest.NewServer(h)
	defer server.Close()
	c, err := New(Config{Root: server.URL + "/api", Tokens: StaticToken(secretToken)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.http.Transport = openapitest.Transport(t, c.http.Transport)
	if _, err := c.Instances(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, limit := c.Pacer().Usage(); limit != DefaultLimit || c.timeout != DefaultTimeout || c.retry.Attempts != 3 {
		t.Errorf("limit %d, timeout %v, retry %+v", limit, c.timeout, c.retry)
	}
}

func TestNoProxyForThisComputer(t *testing.T) {
	for _, target := range []string{"http://127.0.0.1:1/x", "http://localhost/x", "http://[::1]:1/x", "https://127.9.9.9/x"} {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		if proxy, err := proxyFor(r); proxy != nil || err != nil {
			t.Errorf("%s: proxy %v (%v)", target, proxy, err)
		}
	}
	r := httptest.NewRequest(http.MethodGet, RootCurrent, nil)
	want, _ := http.ProxyFromEnvironment(r)
	if got, err := proxyFor(r); err != nil || (got == nil) != (want == nil) {
		t.Errorf("elsewhere: proxy %v (%v), want the environment's %v", got, err, want)
	}
}

func TestEndlessHeadersAreAnError(t *testing.T) {
	h, _ := inTurn(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", 2*maxHeaderBytes))
		answerJSON(200, "[]")(w, r)
	})
	s := serve(t, h)
	s.retry.Attempts = 1
	_, err := s.Instances(t.Context())
	wantKind(t, err, KindBroken)
}

func TestANetworkOfOnesOwnIsReachedByItsOwnWayAndVerified(t *testing.T) {
	server := secure(t, nil, answerJSON(200, "[]"))
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	ask := func(n Network, root string) error {
		n.Proxy = func(*http.Request) (*url.URL, error) { return nil, nil } // whatever the environment has
		c, err := New(Config{Root: root, Tokens: StaticToken("x"), Network: n, Retry: RetryPolicy{Attempts: 1}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		_, err = c.Instances(t.Context())
		return err
	}
	if err := ask(Network{Dial: dial, Roots: pool}, "https://example.com/v1"); err != nil {
		t.Errorf("by another way: %v", err)
	}
	for _, err := range []error{
		ask(Network{Dial: dial, Roots: x509.NewCertPool()}, "https://example.com/v1"), // another authority
		ask(Network{Dial: dial, Roots: pool}, "https://contoso.example/v1"),           // another name
	} {
		if e := asError(t, err, KindTLS); e.Uncertain() {
			t.Errorf("it is uncertain: %v", e)
		}
	}
	name := &net.DNSError{Name: "contoso.example", IsNotFound: true}
	err := ask(Network{Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: name}
	}}, "https://contoso.example/v1")
	if e := asError(t, err, KindNoConnection); !errors.Is(e, name) || e.Uncertain() {
		t.Errorf("a name that is not known: %+v", e)
	}
}

func TestAProxyThatRefusesIsSaidWithItsAnswer(t *testing.T) {
	for _, status := range []int{407, 403, 502} {
		proxy := newTunnel(t, "127.0.0.1:1", status)
		address, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		c, err := New(Config{
			Root: "https://contoso.example/v1", Tokens: StaticToken(secretToken), Retry: RetryPolicy{Attempts: 1},
			Network: Network{Proxy: func(*http.Request) (*url.URL, error) { return address, nil }},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		_, err = c.Instances(t.Context())
		var refused *ProxyError
		if e := asError(t, err, KindNoConnection); !errors.As(e, &refused) || refused.Status != status || refused.Host != address.Host {
			t.Errorf("%d: %+v", status, e)
		}
	}
}
