// A link is a connection made usable: a client with its credentials.

package ui

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// userAgent names the desk to the service.
const userAgent = "ActivityDesk/" + Version

// Link is an open connection. All callers of a connection share its client and
// with it its budget of calls.
type Link struct {
	Connection settings.Connection
	Client     *client.Client
	// SignedIn says who is signed in and until when, for the status line: in the
	// zone of the given time.
	SignedIn func(now time.Time) signedIn
}

// Close lets go of the connection's sockets.
func (l *Link) Close() { l.Client.Close() }

// dialer makes links. It does not talk to the service.
type dialer struct {
	credentials *Credentials
	sandbox     func() (root, key, token string, err error)
	newClient   func(client.Config) (*client.Client, error)
	logger      *slog.Logger
	redact      *redact.Redactor
	// told is called, from any goroutine, when the tokens of a connection have run
	// dry because a person is needed, and with nil when they flow again.
	told func(connection string, err error)

	mu     sync.Mutex
	pacers map[string]*client.Pacer // by connection and root
}

// pacer is the budget of a connection: one for all callers, and the same when
// the connection is opened again, for the service goes on counting.
func (d *dialer) pacer(c settings.Connection) *client.Pacer {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := c.ID + " " + c.Root
	if d.pacers == nil {
		d.pacers = map[string]*client.Pacer{}
	}
	if d.pacers[key] == nil {
		d.pacers[key] = client.NewPacer(rateOf(c), time.Minute)
	}
	d.pacers[key].SetLimit(rateOf(c))
	return d.pacers[key]
}

func (d *dialer) dial(c settings.Connection) (*Link, error) {
	config := client.Config{
		Root:      c.Root,
		UserAgent: userAgent,
		Logger:    d.logger,
		Redact:    d.redact,
		Pacer:     d.pacer(c),
	}
	var describe func(time.Time) signedIn
	switch c.Auth {
	case settings.AuthSandbox:
		root, key, token, err := d.sandbox()
		if err != nil {
			return nil, err
		}
		config.Root = root
		config.Tokens, config.Keys = client.StaticToken(token), client.StaticKey(key)
		describe = func(time.Time) signedIn { return signedIn{text: "Sandbox running on " + hostOf(root)} }
	case settings.AuthToken, settings.AuthBrowser, settings.AuthDeviceCode, settings.AuthSecret:
		source, keys := d.credentials.For(c)
		config.Tokens, config.Keys = &watched{Source: source, told: func(err error) { d.told(c.ID, err) }}, keys
		describe = func(now time.Time) signedIn { return describeSource(source, now) }
	default:
		return nil, fmt.Errorf("connection %q signs in by %q, which this version does not know", c.Name, c.Auth)
	}
	made, err := d.newClient(config)
	if err != nil {
		return nil, err
	}
	return &Link{Connection: c, Client: made, SignedIn: describe}, nil
}

func rateOf(c settings.Connection) int {
	if c.RatePerMinute > 0 {
		return c.RatePerMinute
	}
	return settings.DefaultRatePerMinute
}

// hostOf is the host of a root without its port, for people.
func hostOf(root string) string {
	u, err := url.Parse(root)
	if err != nil || u.Hostname() == "" {
		return root
	}
	return u.Hostname()
}

// describeSource says what a source of tokens knows of who is signed in.
func describeSource(source auth.Source, now time.Time) signedIn {
	if a, ok := source.(*account); ok {
		return describeAccount(a.Account(), a.ExpiresAt(), now)
	}
	return describeToken(source.ExpiresAt(), now)
}

// watched is a source of tokens that tells when a person is needed, and when no
// longer, whoever asked.
type watched struct {
	auth.Source
	told func(error)

	mu    sync.Mutex
	state int // of what was told last; 0: nothing yet
}

// The states of a watched source.
const (
	tokensFlow = iota + 1
	tokensNeedPerson
)

// AccessToken implements client.TokenSource.
func (w *watched) AccessToken(ctx context.Context) (string, error) {
	token, err := w.Source.AccessToken(ctx)
	switch {
	case err == nil:
		w.tell(tokensFlow, nil)
	case access.NeedsPerson(err):
		w.tell(tokensNeedPerson, err)
	}
	return token, err
}

// InvalidateToken passes on that the service refused a token.
func (w *watched) InvalidateToken(token string) {
	switch source := w.Source.(type) {
	case interface{ InvalidateToken(string) }:
		source.InvalidateToken(token)
	case interface{ Invalidate() }:
		source.Invalidate()
	}
}

func (w *watched) tell(state int, err error) {
	w.mu.Lock()
	changed := w.state != state
	w.state = state
	w.mu.Unlock()
	if changed {
		w.told(err)
	}
}
