// A service that tells everybody the secrets that it is given, and keeps what it
// was sent.

package ui

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// teller is the sandbox with a tell-tale before it.
type teller struct {
	*httptest.Server
	t       *testing.T
	sandbox *sandbox.Service
	secrets []string

	mu   sync.Mutex
	mode tale
	sent *haystack // what was sent to it, but for the two headers that carry secrets
	asks int
}

// tale is what the service answers in place of the sandbox.
type tale struct {
	status  int    // 0: the sandbox answers, with a customer's name that tells
	form    string // of the body
	address string // of a redirect
}

func (m tale) String() string { return fmt.Sprint(m.status, " ", m.form) }

func newTeller(t *testing.T, token, key string, secrets []string) *teller {
	t.Helper()
	service, err := sandbox.New(sandbox.Options{Token: token, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	s := &teller{t: t, sandbox: service, secrets: secrets, sent: newHaystack(t)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *teller) tell(m tale) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode = m
}

// told is a text with every secret in every form that a service could think of.
func (s *teller) told() string {
	var b strings.Builder
	for _, secret := range s.secrets {
		quoted, err := json.Marshal(secret)
		if err != nil {
			s.t.Error(err)
		}
		basic := base64.StdEncoding.EncodeToString([]byte("u:" + secret))
		fmt.Fprintf(&b, "%s Bearer %[1]s Authorization: Bearer %[1]s, x%[1]sx %s %s %s %s %x %s %s\n%s\n  %s\n", secret,
			quoted, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret)), basic, secret,
			hex.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)), secret[:10], secret[10:])
	}
	return b.String()
}

func (s *teller) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the caller went away
	}
	s.mu.Lock()
	mode := s.mode
	s.asks++
	header := r.Header.Clone()
	header.Del("Authorization")
	header.Del("Ocp-Apim-Subscription-Key")
	s.sent.add("request to the service", fmt.Sprintf("%s %s %v\n%s", r.Method, r.RequestURI, header, body))
	s.mu.Unlock()
	if mode.status != 0 {
		s.tale(w, mode)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Del("Accept-Encoding") // its text is changed below
	answer := httptest.NewRecorder()
	s.sandbox.ServeHTTP(answer, r)
	quoted, err := json.Marshal(s.told())
	if err != nil {
		s.t.Error(err)
	}
	text := strings.ReplaceAll(answer.Body.String(), `"Title":"`, `"Title":`+string(quoted[:len(quoted)-1]))
	for name, values := range answer.Header() {
		if name != "Content-Length" {
			w.Header()[name] = values
		}
	}
	w.Header().Set("X-Echo", url.QueryEscape(s.told()))
	w.WriteHeader(answer.Code)
	_, _ = io.WriteString(w, text)
}

// tale answers with the secrets in everything that an answer has.
func (s *teller) tale(w http.ResponseWriter, mode tale) {
	told := s.told()
	line := url.QueryEscape(told)
	for _, name := range []string{"X-Echo", "X-Ms-Request-Id", "Set-Cookie", "Ocp-Apim-Trace-Location"} {
		w.Header().Set(name, line)
	}
	w.Header().Set("Www-Authenticate", `Bearer realm="`+s.secrets[0]+`", error="invalid_token"`)
	w.Header().Set("Location", mode.address+"/"+s.secrets[0]+"?token="+line)
	w.Header().Set("Content-Type", "application/json")
	text := ""
	switch mode.form {
	case "service":
		text = object(s.t, "errorCode", s.secrets[0], "message", told, "target", s.secrets[1], "location", told,
			"details", []any{map[string]string{"errorCode": "x", "message": told, "target": s.secrets[0]}})
	case "odata":
		text = object(s.t, "error", map[string]any{"code": "x", "message": told, "innererror": map[string]string{"trace": told}})
	case "gateway":
		text = object(s.t, "statusCode", mode.status, "message", "Access denied: "+told)
	case "page":
		w.Header().Set("Content-Type", "text/html")
		text = "<html><title>" + told + "</title><body>" + line + "</body>"
	case "cut":
		text = `{"errorCode":"x","message":"` + s.secrets[0][:14]
	case "rows":
		text = object(s.t, "value", told)
	}
	w.WriteHeader(mode.status)
	_, _ = io.WriteString(w, text)
}

func object(t *testing.T, members ...any) string {
	t.Helper()
	o := map[string]any{}
	for pair := range slices.Chunk(members, 2) {
		o[pair[0].(string)] = pair[1]
	}
	text, err := json.Marshal(o)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// listenAlone is an address of this computer that nobody may turn to.
func listenAlone(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	done.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			t.Error("another server was turned to")
			_ = conn.Close()
		}
	})
	t.Cleanup(func() { _ = listener.Close(); done.Wait() })
	return "http://" + listener.Addr().String()
}
