// A secret goes through a proxy unseen, and never to it.

package client

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// tunnel is a proxy that opens tunnels to one server, whatever it is asked for,
// and keeps what it hears in clear: its own requests, and what goes through.
type tunnel struct {
	*httptest.Server
	mu       sync.Mutex
	requests []string
	through  bytes.Buffer
}

func newTunnel(t *testing.T, to string, status int) *tunnel {
	t.Helper()
	p := &tunnel{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.requests = append(p.requests, fmt.Sprint(r.Method, " ", r.RequestURI, " ", r.Header))
		p.mu.Unlock()
		if status != http.StatusOK {
			w.Header().Set("Location", "http://127.0.0.1:1/elsewhere")
			w.WriteHeader(status)
			return
		}
		there, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", to)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = there.Close() }()
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = here.Close() }()
		_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		var back sync.WaitGroup
		back.Go(func() { _, _ = io.Copy(here, there); _ = here.Close() })
		_, _ = io.Copy(io.MultiWriter(there, p), here)
		_ = there.Close()
		back.Wait()
	}))
	t.Cleanup(p.Close)
	return p
}

// Write keeps what goes through.
func (p *tunnel) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.through.Write(b)
}

func TestAProxySeesNoSecret(t *testing.T) {
	got := make(chan http.Header, 3)
	server := secure(t, nil, func(w http.ResponseWriter, r *http.Request) {
		got <- r.Header.Clone()
		answerJSON(400, `{"errorCode":"x"}`)(w, r)
	})
	proxy := newTunnel(t, server.Listener.Addr().String(), http.StatusOK)
	address, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	transport := newTransport(trusting(server))
	transport.Proxy = http.ProxyURL(address) // the environment is read once for all tests of a process
	// example.com is a name in the test server's certificate.
	c := connect(t, "https://example.com/v1", transport)
	for method, operate := range operations() {
		wantKind(t, operate(t, c.For(metadata.Instance{ID: instanceID})), KindBadRequest)
		if h := <-got; h.Get("Authorization") != "Bearer "+secretToken || h.Get("Ocp-Apim-Subscription-Key") != secretKey {
			t.Errorf("%s: the service got %v", method, h)
		}
	}
	c.Close()
	proxy.mu.Lock()
	defer proxy.mu.Unlock()
	heard := strings.Join(proxy.requests, "\n")
	if len(proxy.requests) == 0 || !strings.HasPrefix(heard, "CONNECT example.com:443") || proxy.through.Len() == 0 {
		t.Fatalf("the proxy was not used: %q, %d bytes", heard, proxy.through.Len())
	}
	for _, secret := range []string{secretToken, secretKey, instanceID, "Authorization", "Ocp-Apim"} {
		if strings.Contains(heard+proxy.through.String(), secret) {
			t.Errorf("the proxy heard %q", secret)
		}
	}
}

func TestAProxyThatRefusesLeadsNowhere(t *testing.T) {
	for _, status := range []int{http.StatusFound, http.StatusProxyAuthRequired, http.StatusBadGateway} {
		proxy := newTunnel(t, "", status)
		address, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		transport := newTransport(nil)
		transport.Proxy = http.ProxyURL(address)
		s := service{connect(t, "https://example.com/v1", transport), nil, proxy.Server}.withClock(t)
		for method, operate := range operations() {
			e := asError(t, operate(t, s.instance()), KindNoConnection)
			if e.Uncertain() || strings.Contains(fmt.Sprintf("%v %+v", e, e), secretToken) {
				t.Errorf("%s, %d: %+v", method, status, e)
			}
		}
		proxy.mu.Lock()
		if heard := strings.Join(proxy.requests, "\n"); heard == "" || strings.Contains(heard, secretToken) || strings.Contains(heard, secretKey) {
			t.Errorf("%d: the proxy heard %q", status, heard)
		}
		proxy.mu.Unlock()
	}
}
