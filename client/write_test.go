// Writes are sent exactly once, as they are, and what is not known is said.

package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/openapitest"
)

const activityBody = `{"PurchaseId":"O'1", "TotalPrice":12345678901234567890.10,"Subject":null}`

var until = WriteOptions{ValidUntil: time.Date(2026, 12, 1, 1, 2, 3, 4, time.FixedZone("", 3600)), Caller: "desk/anna & co"}

func TestAnActivityIsSentAsItIs(t *testing.T) {
	const path = below + "/data/shop_purchases?validUntil=2026-12-01T00%3A02%3A03Z&caller=desk%2Fanna%20%26%20co"
	for status, locations := range map[int][2]string{201: {"/from/header", ""}, 202: {"", "from/body"}} {
		written := make(chan struct{}) // an answer can be there before the client knows that it has written all
		ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { close(written) }})
		s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			checkActivityRequest(t, r, path)
			<-written
			if locations[0] != "" {
				w.Header().Set("Location", locations[0])
			}
			w.Header().Set("X-Ms-Request-Id", "id-7")
			answerJSON(status, `{"location":"from/body","value":null,"statusCode":201}`)(w, r)
		}))
		a, err := s.instance().PostActivity(ctx, "shop_purchases", []byte(activityBody), until)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != status || a.Location != locations[0]+locations[1] || a.RequestID != "id-7" || a.Truncated || !strings.Contains(string(a.Body), "from/body") {
			t.Errorf("answer = %+v", a)
		}
		if a.Progress != (Progress{ConnectionOpened: true, HeadersWritten: true, RequestWritten: true, FirstByte: true}) {
			t.Errorf("progress = %+v", a.Progress)
		}
		if got := s.instance().PostURL("shop_purchases", until); got != s.server.URL+path {
			t.Errorf("shown as %s", got)
		}
	}
}

func checkActivityRequest(t *testing.T, r *http.Request, path string) {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil || string(body) != activityBody {
		t.Errorf("body = %s (%v)", body, err)
	}
	if r.Method != http.MethodPost || r.RequestURI != path {
		t.Errorf("%s %s, want POST %s", r.Method, r.RequestURI, path)
	}
	if got := r.Header["Content-Type"]; len(got) != 1 || got[0] != "application/json" {
		t.Errorf("content type %q", got)
	}
	if r.ContentLength != int64(len(activityBody)) {
		t.Errorf("length %d, encoding %v", r.ContentLength, r.TransferEncoding)
	}
}

func TestAProfileIsPatched(t *testing.T) {
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if want := below + "/data/Customer/a%2Fb%20c?caller=x"; r.Method != http.MethodPatch || r.RequestURI != want {
			t.Errorf("%s %s, want PATCH %s", r.Method, r.RequestURI, want)
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	a, err := s.instance().PatchProfile(t.Context(), "Customer", "a/b c", []byte(`{"Email":"x"}`), WriteOptions{Caller: "x"})
	if err != nil || a.Status != 204 || len(a.Body) != 0 {
		t.Errorf("answer = %+v (%v)", a, err)
	}
	_, err = s.instance().PatchProfile(t.Context(), "Customer", "", []byte(`{}`), WriteOptions{})
	wantKind(t, err, KindBadRequest)
}

func TestOnlyOneObjectIsSent(t *testing.T) {
	s := serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("something was sent") }))
	for _, body := range []string{"", "null", "[]", `"{}"`, `{"a":1`, `{}{}`} {
		_, err := s.instance().PostActivity(t.Context(), "E", []byte(body), WriteOptions{})
		if e := asError(t, err, KindBadRequest); !errors.Is(err, errNotObjectBody) || e.Uncertain() {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestNetHTTPCannotReplayAWrite(t *testing.T) {
	sent := &canned{answer: func(*http.Request) *http.Response { return response(201, `{}`) }}
	i := connect(t, RootCurrent, sent).For(metadata.Instance{ID: instanceID})
	if _, err := i.PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	r := sent.last(t)
	if r.GetBody != nil {
		t.Error("the request can give its body again")
	}
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key", "Expect"} {
		if _, ok := r.Header[name]; ok {
			t.Errorf("the request has the header %s", name)
		}
	}
}

// outcome is what an answer to a write means.
type outcome struct {
	name      string
	handler   http.HandlerFunc
	kind      Kind
	uncertain bool
}

func writeOutcomes() []outcome {
	outcomes := []outcome{
		{"dropped before the body was read", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, KindBroken, true},
		{"dropped after the body was read", func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			panic(http.ErrAbortHandler)
		}, KindBroken, true},
	}
	for status, o := range map[int]outcome{
		200: {kind: KindUnexpected, uncertain: true},
		204: {kind: KindUnexpected, uncertain: true},
		301: {kind: KindRedirect},
		302: {kind: KindRedirect, uncertain: true},
		303: {kind: KindRedirect, uncertain: true},
		307: {kind: KindRedirect},
		308: {kind: KindRedirect},
		400: {kind: KindBadRequest},
		401: {kind: KindUnauthorized},
		403: {kind: KindForbidden},
		404: {kind: KindNotFound},
		408: {kind: KindTimeout, uncertain: true},
		409: {kind: KindConflict},
		413: {kind: KindBadRequest},
		429: {kind: KindRateLimited},
		500: {kind: KindServer, uncertain: true},
		502: {kind: KindServer, uncertain: true},
		503: {kind: KindServer, uncertain: true},
		504: {kind: KindServer, uncertain: true},
	} {
		o.name = fmt.Sprint(status)
		o.handler = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/v1/elsewhere")
			answerJSON(status, `{"errorCode":"x"}`)(w, r)
		}
		outcomes = append(outcomes, o)
	}
	return outcomes
}

// TestAWriteIsSentOnceWhateverComes also tells for each answer whether the
// activity may be stored.
func TestAWriteIsSentOnceWhateverComes(t *testing.T) {
	for _, c := range writeOutcomes() {
		for method, write := range map[string]func(*Instance) error{
			"post": func(i *Instance) error {
				_, err := i.PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
				return err
			},
			"patch": func(i *Instance) error {
				_, err := i.PatchProfile(t.Context(), "E", "1", []byte(`{}`), WriteOptions{})
				return err
			},
		} {
			t.Run(c.name+" "+method, func(t *testing.T) {
				if c.name == "204" && method == "patch" {
					t.Skip("204 is what a PATCH is answered with")
				}
				h, count := inTurn(t, c.handler)
				s := serve(t, h, openapitest.RequestsOnly())
				e := asError(t, write(s.instance()), c.kind)
				if e.Uncertain() != c.uncertain || count() != 1 || !strings.HasPrefix(e.Error(), method+" E") {
					t.Errorf("%v: uncertain %v, want %v; %d requests", e, e.Uncertain(), c.uncertain, count())
				}
				if s.clock.total() != 0 {
					t.Errorf("it waited %v", s.clock.total())
				}
			})
		}
	}
}

func TestAGoodStatusCountsWhateverBecomesOfItsBody(t *testing.T) {
	cases := map[string]http.HandlerFunc{
		"cut off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			answerJSON(201, `{"location":`)(w, nil)
		},
		"very long": answerJSON(201, `{"value":"`+strings.Repeat("x", maxWriteBody)+`"}`),
	}
	for name, h := range cases {
		s := serve(t, h, openapitest.RequestsOnly())
		a, err := s.instance().PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
		if err != nil || a.Status != 201 || !a.Truncated || len(a.Body) > maxWriteBody || a.Location != "" {
			t.Errorf("%s: status %d, truncated %v, %d bytes (%v)", name, a.Status, a.Truncated, len(a.Body), err)
		}
	}
}

func TestAConnectionThatCannotBeOpenedIsCertain(t *testing.T) {
	// A port that was free a moment ago can be another program's by now.
	c := connect(t, "http://127.0.0.1:1/v1", newTransport(nil))
	_, err := c.For(metadata.Instance{ID: instanceID}).PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
	if e := asError(t, err, KindNoConnection); e.Uncertain() || e.Progress.ConnectionOpened {
		t.Errorf("error = %+v", e)
	}
	if strings.Contains(err.Error(), instanceID) {
		t.Errorf("the error repeats the address: %v", err)
	}
}

// onConn is a transport that gets a connection, perhaps writes, and fails.
type onConn struct {
	write bool
	err   error
	bare  bool // the connection does not count
}

func (c onConn) RoundTrip(r *http.Request) (*http.Response, error) {
	near, far := net.Pipe()
	defer func() { _ = near.Close() }()
	defer func() { _ = far.Close() }()
	go func() { _, _ = io.Copy(io.Discard, far) }()
	counting := &countingConn{Conn: near}
	trace := httptrace.ContextClientTrace(r.Context())
	if c.bare {
		trace.GotConn(httptrace.GotConnInfo{Conn: near, Reused: true})
	} else {
		trace.GotConn(httptrace.GotConnInfo{Conn: wrappedConn{counting}, Reused: true})
	}
	trace.WroteHeaders() // net/http says so before it flushes
	if c.write {
		if _, err := counting.Write([]byte("POST")); err != nil {
			return nil, err
		}
	}
	return nil, c.err
}

// wrappedConn is a layer such as a proxy's TLS.
type wrappedConn struct{ net.Conn }

func (w wrappedConn) NetConn() net.Conn { return w.Conn }

func TestAKeptConnectionThatWasDeadIsCertainOnlyIfNothingWasWritten(t *testing.T) {
	cases := []struct {
		name      string
		transport onConn
		kind      Kind
		uncertain bool
	}{
		{"nothing written", onConn{err: io.EOF}, KindNoConnection, false},
		{"something written", onConn{write: true, err: io.EOF}, KindBroken, true},
		{"cannot be known", onConn{err: io.EOF, bare: true}, KindBroken, true},
		{"TLS alert afterwards", onConn{write: true, err: &net.OpError{Op: "remote error", Err: errors.New("tls: certificate required")}}, KindBroken, true},
		{"time ran out in between", onConn{err: context.DeadlineExceeded}, KindTimeout, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			i := connect(t, RootCurrent, c.transport).For(metadata.Instance{ID: instanceID})
			_, err := i.PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{})
			if e := asError(t, err, c.kind); e.Uncertain() != c.uncertain || !e.Progress.ConnectionOpened {
				t.Errorf("error = %+v, uncertain %v", e, e.Uncertain())
			}
		})
	}
}

func TestAWriteThatTimesOutOrIsGivenUp(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	arrived := make(chan struct{}, 2)
	s := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	_, err := s.instance().PostActivity(s.outOfTime(t, arrived, 1), "E", []byte(`{}`), WriteOptions{})
	if e := asError(t, err, KindTimeout); !e.Uncertain() || !e.Progress.RequestWritten || e.Progress.FirstByte {
		t.Errorf("timed out: %+v", e)
	}
	s.limit = context.WithTimeoutCause
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	_, err = s.instance().PostActivity(ctx, "E", []byte(`{}`), WriteOptions{})
	if e := asError(t, err, KindCancelled); !e.Uncertain() {
		t.Errorf("given up: %+v", e)
	}
	_, err = s.instance().PostActivity(ctx, "E", []byte(`{}`), WriteOptions{})
	if e := asError(t, err, KindCancelled); e.Uncertain() {
		t.Errorf("given up before it began: %+v", e)
	}
}

func TestErrorsReadAsOneLine(t *testing.T) {
	cause := errors.New("cause")
	for want, e := range map[string]*Error{
		"post E: 409 Conflict: storeDuplicateItem: exists": {Op: "post E", Kind: KindConflict, Status: 409, Code: "storeDuplicateItem", Message: "exists"},
		"get role: 599: cause":                             {Op: "get role", Status: 599, Err: cause},
		"get role: timed out":                              {Op: "get role", Kind: KindTimeout},
		"get role: cause":                                  {Op: "get role", Kind: KindBroken, Err: cause},
	} {
		if e.Error() != want {
			t.Errorf("%q, want %q", e.Error(), want)
		}
	}
	seen := map[string]bool{}
	for kind := KindUnexpected; kind <= KindCredentials; kind++ {
		if word := kind.String(); word == "" || seen[word] {
			t.Errorf("kind %d has the word %q, empty or taken", kind, word)
		}
		seen[kind.String()] = true
	}
	if Kind(-1).String() != KindUnexpected.String() {
		t.Error("a kind out of range has another word")
	}
}
