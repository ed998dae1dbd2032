// Proof that the wrappers see what does not conform, and let pass what does.

package openapitest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const instance = "/instances/11111111-2222-4333-8444-555555555555"

// complaints is a testing.TB that remembers errors in place of failing.
type complaints struct {
	testing.TB
	mu   sync.Mutex
	list []string
}

func (c *complaints) Errorf(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, fmt.Sprintf(format, args...))
}

func (c *complaints) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.list)
}

func TestCopyEqualsTheSharedDocument(t *testing.T) {
	shared := filepath.Join(projectRoot(t), "..", "shared", "api", "openapi.yaml")
	want, err := os.ReadFile(shared)
	if err != nil {
		t.Skipf("the shared openapi.yaml is not beside this checkout: %v", err)
	}
	if normal(want) != normal(document) {
		t.Errorf("client/openapitest/openapi.yaml differs from the shared one: copy it anew")
	}
}

func projectRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}

// normal evens out line ends, which a checkout on Windows may change.
func normal(text []byte) string {
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

func TestRequestIsHeldAgainstTheDocument(t *testing.T) {
	cases := []struct {
		name, method, path, body string
		header                   map[string]string
		conforms                 bool
	}{
		{name: "list under /v1", method: "GET", path: "/v1/instances", conforms: true},
		{name: "list under /api", method: "GET", path: "/api/instances", conforms: true},
		{name: "list under no prefix", method: "GET", path: "/instances", conforms: true},
		{name: "no token", method: "GET", path: "/v1/instances", header: map[string]string{"Authorization": ""}},
		{name: "no uuid", method: "GET", path: "/v1/instances/abc"},
		{name: "unknown path", method: "GET", path: "/v1/instances/x/y/z"},
		{name: "unknown method", method: "DELETE", path: "/v1" + instance},
		{name: "query", method: "GET", path: "/v1" + instance + "/data/Customer?$top=10&$filter=A%20eq%20'b'", conforms: true},
		{name: "encoded dollar", method: "GET", path: "/v1" + instance + "/data/Customer?%24top=10", conforms: true},
		{name: "top is no number", method: "GET", path: "/v1" + instance + "/data/Customer?$top=ten"},
		{name: "unknown parameter", method: "GET", path: "/v1" + instance + "/data/Customer?$tops=1"},
		{name: "parameter twice", method: "GET", path: "/v1" + instance + "/data/Customer?$top=1&$top=2"},
		{name: "tables", method: "GET", path: "/v1" + instance + "/manage/tables/Customer?attributesAnnotations=true", conforms: true},
		{name: "name with odd characters", method: "GET", path: "/v1" + instance + "/data/a%2Fb%20c", conforms: true},
		{name: "post object", method: "POST", path: "/v1" + instance + "/data/E", body: `{"a":1}`, conforms: true},
		{name: "post wrapped object", method: "POST", path: "/v1" + instance + "/data/E", body: `"{\"a\":1}"`, conforms: true},
		{name: "post array", method: "POST", path: "/v1" + instance + "/data/E", body: `[1]`},
		{name: "post nothing", method: "POST", path: "/v1" + instance + "/data/E"},
		{name: "post text", method: "POST", path: "/v1" + instance + "/data/E", body: `{"a":1}`, header: map[string]string{"Content-Type": "text/plain"}},
		{name: "post with bad time", method: "POST", path: "/v1" + instance + "/data/E?validUntil=tomorrow", body: `{}`},
		{name: "keyring without key", method: "GET", path: "/v1" + instance + "/profile/keyring?dataSourceName=a&entityName=b"},
		{name: "get with body", method: "GET", path: "/v1/instances", body: `{}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			heard := &complaints{TB: t}
			echo := roundTrip(func(r *http.Request) (*http.Response, error) {
				got, err := io.ReadAll(orEmpty(r.Body))
				if string(got) != c.body || err != nil {
					t.Errorf("body sent on = %q (%v), want %q", got, err, c.body)
				}
				return &http.Response{StatusCode: 200, Header: http.Header{}, Body: http.NoBody}, nil
			})
			send(t, Transport(heard, echo), c.method, c.path, c.body, c.header)
			if conforms := heard.count() == 0; conforms != c.conforms {
				t.Errorf("conforms = %v, want %v: %q", conforms, c.conforms, heard.list)
			}
		})
	}
}

func TestResponseIsHeldAgainstTheDocument(t *testing.T) {
	const jsonType = "application/json; charset=utf-8"
	cases := []struct {
		name, path, kind, body string
		status                 int
		byTransport, byHandler bool
	}{
		{"a list", "/v1/instances", jsonType, `[]`, 200, true, true},
		{"a list with nulls", "/v1/instances", jsonType, `[{"instanceId":"11111111-2222-4333-8444-555555555555","name":null}]`, 200, true, true},
		{"not a list", "/v1/instances", jsonType, `{}`, 200, false, false},
		{"cut off", "/v1/instances", jsonType, `[`, 200, false, false},
		{"id is no uuid", "/v1/instances", jsonType, `[{"instanceId":"1"}]`, 200, false, false},
		{"unknown status", "/v1/instances", jsonType, `{}`, 418, false, false},
		{"page of HTML", "/v1/instances", "text/html", `<html>`, 200, true, false},
		{"gateway error", "/v1/instances", jsonType, `{"statusCode":401,"message":"no"}`, 401, true, true},
		{"service error", "/v1" + instance + "/data/E", jsonType, `{"errorCode":"x","message":null}`, 400, true, true},
		{"OData error", "/v1" + instance + "/data/E", jsonType, `{"error":{"code":"x","message":"y"}}`, 400, true, true},
		{"neither error", "/v1" + instance + "/data/E", jsonType, `{"error":"x"}`, 400, false, false},
		{"empty error", "/v1/instances", "", ``, 503, true, true},
		{"rows", "/v1" + instance + "/data/E", jsonType, `{"value":[{"a":1}],"@odata.count":1}`, 200, true, true},
		{"rows that are no objects", "/v1" + instance + "/data/E", jsonType, `{"value":[1]}`, 200, false, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.kind)
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			toHandler, toTransport := &complaints{TB: t}, &complaints{TB: t}
			server := httptest.NewServer(Handler(toHandler, answer))
			defer server.Close()
			client := &http.Client{Transport: Transport(toTransport, server.Client().Transport)}
			resp, err := client.Do(request(t, "GET", server.URL+c.path, "", nil))
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(resp.Body)
			if err != nil || string(got) != c.body || resp.StatusCode != c.status {
				t.Errorf("received %d %q (%v), want it unchanged", resp.StatusCode, got, err)
			}
			_ = resp.Body.Close()
			if conforms := toTransport.count() == 0; conforms != c.byTransport {
				t.Errorf("transport: conforms = %v, want %v: %q", conforms, c.byTransport, toTransport.list)
			}
			if conforms := toHandler.count() == 0; conforms != c.byHandler {
				t.Errorf("handler: conforms = %v, want %v: %q", conforms, c.byHandler, toHandler.list)
			}
		})
	}
}

func TestOptionsNarrowWhatIsChecked(t *testing.T) {
	wrong := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `"wrong"`)
	})
	never := Except(func(_ *http.Request, status int) bool { return status == 200 })
	for name, option := range map[string]Option{"requests only": RequestsOnly(), "except": never} {
		t.Run(name, func(t *testing.T) {
			heard := &complaints{TB: t}
			w := httptest.NewRecorder()
			Handler(heard, wrong, option).ServeHTTP(w, httptest.NewRequest("GET", "/v1/instances", nil))
			if heard.count() != 0 {
				t.Errorf("complained %q", heard.list)
			}
		})
	}
}

func TestHandlerLetsOtherPathsAndBrokenConnectionsBe(t *testing.T) {
	heard := &complaints{TB: t}
	drop := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/health" {
			_, _ = io.WriteString(w, "ok")
			return
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Errorf("hijack: %v", err)
			return
		}
		_ = conn.Close()
	})
	server := httptest.NewServer(Handler(heard, drop))
	defer server.Close()
	if resp, err := server.Client().Get(server.URL + "/v1/instances"); err == nil {
		_ = resp.Body.Close()
		t.Error("the connection was not dropped")
	}
	resp, err := server.Client().Get(server.URL + "/health")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if heard.count() != 0 {
		t.Errorf("complained %q", heard.list)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func orEmpty(body io.Reader) io.Reader {
	if body == nil {
		return http.NoBody
	}
	return body
}

func send(t *testing.T, transport http.RoundTripper, method, path, body string, header map[string]string) {
	t.Helper()
	resp, err := transport.RoundTrip(request(t, method, "http://127.0.0.1:8089"+path, body, header))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
}

func request(t *testing.T, method, target, body string, header map[string]string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, target, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	} else {
		r.Body = nil
	}
	r.Header.Set("Authorization", "Bearer token")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	return r
}
