// What the tests of this package share: a server of their own, requests held
// against openapi.yaml, a clock that only sleeping moves.

package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/openapitest"
	"github.com/activitydesk/activitydesk/client/withstand"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(withstand.Patient(m)) }

const (
	instanceID  = "11111111-2222-4333-8444-555555555555"
	secretToken = "token-0123456789abcdef"
	secretKey   = "key-fedcba9876543210"
)

// clock is a time that moves only when somebody sleeps.
type clock struct {
	mu    sync.Mutex
	at    time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	c.slept = append(c.slept, d)
	return nil
}

func (c *clock) total() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	var sum time.Duration
	for _, d := range c.slept {
		sum += d
	}
	return sum
}

// service is a client beside the server that it talks to.
type service struct {
	*Client
	clock  *clock
	server *httptest.Server
}

// serve starts h under /v1 and gives a client of it. Requests are held against
// openapi.yaml, answers only where the options do not say otherwise.
func serve(t *testing.T, h http.Handler, options ...openapitest.Option) service {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return service{connect(t, server.URL+"/v1", newTransport(nil), options...), nil, server}.withClock(t)
}

func (s service) withClock(t *testing.T) service {
	t.Helper()
	s.clock = newClock()
	s.now, s.sleep = s.clock.now, s.clock.sleep
	s.pacer = NewPacer(DefaultLimit, DefaultWindow, PacerClock(s.clock.now, s.clock.sleep))
	return s
}

func connect(t *testing.T, root string, transport http.RoundTripper, options ...openapitest.Option) *Client {
	t.Helper()
	c, err := New(Config{
		Root:      root,
		Tokens:    StaticToken(secretToken),
		Keys:      StaticKey(secretKey),
		Transport: openapitest.Transport(t, transport, options...),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// outOfTime has the time of an attempt be up once the request is written and,
// where after has so many elements for each attempt, they have come.
func (s service) outOfTime(t *testing.T, after <-chan struct{}, each int) context.Context {
	t.Helper()
	written := make(chan struct{}, 8)
	s.limit = func(ctx context.Context, _ time.Duration, cause error) (context.Context, context.CancelFunc) {
		ctx, end := context.WithCancelCause(ctx)
		go func() {
			for _, when := range append([]<-chan struct{}{written}, slices.Repeat([]<-chan struct{}{after}, each)...) {
				select {
				case <-when:
				case <-ctx.Done():
					return
				}
			}
			end(cause)
		}()
		return timedOut{ctx}, func() { end(nil) }
	}
	return httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
		WroteRequest: func(httptrace.WroteRequestInfo) { written <- struct{}{} },
	})
}

// timedOut is a context that has ended by its time limit when it has ended.
type timedOut struct{ context.Context }

func (c timedOut) Err() error {
	if c.Context.Err() == nil {
		return nil
	}
	return context.DeadlineExceeded
}

// instance is the place of the one instance that the tests use.
func (s service) instance() *Instance { return s.For(metadata.Instance{ID: instanceID}) }

func answerJSON(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// inTurn answers the n-th request with the n-th handler; one more is an error.
func inTurn(t *testing.T, handlers ...http.HandlerFunc) (http.HandlerFunc, func() int) {
	t.Helper()
	var mu sync.Mutex
	count := 0
	return func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			n := count
			count++
			mu.Unlock()
			if n >= len(handlers) {
				t.Errorf("request %d: %s %s was not expected", n+1, r.Method, r.URL)
				w.WriteHeader(http.StatusTeapot)
				return
			}
			handlers[n](w, r)
		}, func() int {
			mu.Lock()
			defer mu.Unlock()
			return count
		}
}

// canned is a transport without a network; it remembers what it was sent.
type canned struct {
	mu       sync.Mutex
	requests []*http.Request
	answer   func(*http.Request) *http.Response
}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, r)
	return c.answer(r), nil
}

func (c *canned) last(t *testing.T) *http.Request {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.requests) == 0 {
		t.Fatal("nothing was sent")
	}
	return c.requests[len(c.requests)-1]
}

func response(status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)),
	}
}

// asError demands an *Error of a kind.
func asError(t *testing.T, err error, kind Kind) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("error is %T (%v), want *Error", err, err)
	}
	if e.Kind != kind {
		t.Fatalf("kind = %v, want %v: %v", e.Kind, kind, err)
	}
	return e
}

// wantKind is asError for tests that look no further.
func wantKind(t *testing.T, err error, kind Kind) {
	t.Helper()
	_ = asError(t, err, kind)
}
