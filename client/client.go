// Package client is the Customer Insights service as Go sees it: instances,
// entities, rows, and the two writes, over one request path that paces,
// retries reads, limits bodies and gives one kind of error.
//
// This file makes the client.
package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/activitydesk/activitydesk/client/redact"
)

// TokenSource gives the access token for Authorization: Bearer. One that keeps
// what it read may have a method Invalidate(), which is called after a 401: the
// next request is then to get what is kept now, perhaps by another desk. A method
// InvalidateToken(token string) is called in its place, with the token that was
// refused: many requests are refused at once, and the first may have led to
// another token already.
type TokenSource interface {
	AccessToken(ctx context.Context) (string, error)
}

// KeySource gives the value of Ocp-Apim-Subscription-Key; empty for none. It may
// have a method Invalidate() as a TokenSource may.
type KeySource interface {
	SubscriptionKey(ctx context.Context) (string, error)
}

// StaticToken is a TokenSource that never changes.
type StaticToken string

// AccessToken implements TokenSource.
func (t StaticToken) AccessToken(context.Context) (string, error) { return string(t), nil }

// StaticKey is a KeySource that never changes.
type StaticKey string

// SubscriptionKey implements KeySource.
func (k StaticKey) SubscriptionKey(context.Context) (string, error) { return string(k), nil }

// DefaultTimeout is how long one attempt may take, from the connection to the
// end of the answer's body.
const DefaultTimeout = 60 * time.Second

// Config says how to reach a service. Root and Tokens are needed; all else has
// a default.
type Config struct {
	Root      string            // as ParseRoot accepts
	Tokens    TokenSource       // asked once for each attempt
	Keys      KeySource         // nil: no subscription key
	Pacer     *Pacer            // shared by all callers of a connection; nil: the default budget
	Network   Network           // how hosts are reached, where Transport is nil
	Transport http.RoundTripper // nil: one over Network, with TLS 1.2 or later, verified
	UserAgent string
	Logger    *slog.Logger     // one record for each attempt, redacted; nil: none
	Redact    *redact.Redactor // learns the token and the key; nil: its own
	Retry     RetryPolicy      // of reads
	Timeout   time.Duration    // of one attempt; 0: DefaultTimeout
	Now       func() time.Time // nil: time.Now
	// Sleep waits between attempts; with Now it is also the clock of a Pacer
	// made here. It must return once its context is done or Now has advanced.
	Sleep func(ctx context.Context, d time.Duration) error
	// Limit ends an attempt after d with a cause; nil: context.WithTimeoutCause.
	Limit func(ctx context.Context, d time.Duration, cause error) (context.Context, context.CancelFunc)
}

// Client talks to one service root. It is safe for concurrent use.
type Client struct {
	root    Root
	tokens  TokenSource
	keys    KeySource
	pacer   *Pacer
	http    *http.Client
	rest    *resty.Client
	logger  *slog.Logger
	redact  *redact.Redactor
	retry   RetryPolicy
	timeout time.Duration
	limits  limits
	now     func() time.Time
	sleep   func(context.Context, time.Duration) error
	limit   func(context.Context, time.Duration, error) (context.Context, context.CancelFunc)
	used    atomic.Int64 // when a request was last made, in ns since 1970 by the wall clock; 0: never
}

// limits are the sizes in body.go; tests make them small.
type limits struct{ read, write, failure int64 }

// New makes a client; the error is a *RootError or says what Config lacks.
func New(cfg Config) (*Client, error) {
	root, err := ParseRoot(cfg.Root)
	if err != nil {
		return nil, err
	}
	if cfg.Tokens == nil {
		return nil, errors.New("client: no source of access tokens")
	}
	if t, ok := cfg.Transport.(*http.Transport); ok && t.TLSClientConfig != nil && t.TLSClientConfig.InsecureSkipVerify {
		return nil, errors.New("client: a transport that does not verify TLS is not used")
	}
	cfg = withDefaults(cfg)
	c := &Client{
		root:    root,
		tokens:  cfg.Tokens,
		keys:    cfg.Keys,
		pacer:   cfg.Pacer,
		logger:  slog.New(redact.NewHandler(cfg.Logger.Handler(), cfg.Redact)),
		redact:  cfg.Redact,
		retry:   cfg.Retry.withDefaults(),
		timeout: cfg.Timeout,
		limits:  limits{read: maxReadBody, write: maxWriteBody, failure: maxErrorBody},
		now:     cfg.Now,
		sleep:   cfg.Sleep,
		limit:   cfg.Limit,
	}
	// No jar, no redirects: nothing is sent that was not asked for here.
	c.http = &http.Client{
		Transport:     stay{next: cfg.Transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.rest = newREST(c.http, cfg.UserAgent)
	return c, nil
}

func withDefaults(cfg Config) Config {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Sleep == nil {
		cfg.Sleep = sleepFor
	}
	if cfg.Limit == nil {
		cfg.Limit = context.WithTimeoutCause
	}
	if cfg.Pacer == nil {
		cfg.Pacer = NewPacer(DefaultLimit, DefaultWindow, PacerClock(cfg.Now, cfg.Sleep))
	}
	if cfg.Transport == nil {
		cfg.Transport = cfg.Network.transport(nil)
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = "ActivityDesk"
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Redact == nil {
		cfg.Redact = redact.New()
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = DefaultTimeout
	}
	return cfg
}

// newREST sets resty to what the client stands for: no retry of its own, no
// output, and writes that net/http cannot replay, because without GetBody it
// has no second copy of the body.
func newREST(transport *http.Client, userAgent string) *resty.Client {
	rest := resty.NewWithClient(transport)
	rest.SetRetryCount(0)
	rest.SetDisableWarn(true)
	rest.SetLogger(silent{})
	rest.SetHeader("User-Agent", userAgent)
	rest.SetHeader("Accept", "application/json")
	rest.SetPreRequestHook(func(_ *resty.Client, r *http.Request) error {
		if r.Method != http.MethodGet {
			r.GetBody = nil
		}
		return nil
	})
	return rest
}

// silent keeps resty from writing to the process's standard error, where
// nothing redacts.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// Root is the service root in its one spelling.
func (c *Client) Root() string { return c.root.String() }

// Pacer is the budget that this client's calls are counted in.
func (c *Client) Pacer() *Pacer { return c.pacer }

// Close lets go of idle connections. Requests under way go on.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// String names the client without secrets, whatever prints it.
func (c *Client) String() string { return fmt.Sprintf("client of %s", c.root) }
