// A link is a connection made usable: a client with its credentials.

package access

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
	"github.com/activitydesk/activitydesk/ui/settings"
)

// Link is an open connection. All callers of a connection share its client and
// with it its budget of calls.
type Link struct {
	Connection settings.Connection
	Client     *client.Client

	root   string      // where it leads
	source auth.Source // of its tokens; nil: the sandbox's
}

// Host is the host that the link leads to, without its port, for people.
func (l *Link) Host() string { return HostOf(l.root) }

// SignedIn says who is signed in, and until when the token is good; zero: not
// known. Where nobody signs in, as by a token that was pasted, it answers false.
func (l *Link) SignedIn() (who auth.Account, until time.Time, signsIn bool) {
	switch source := l.source.(type) {
	case nil:
		return auth.Account{}, time.Time{}, false
	case *account:
		return source.Account(), source.ExpiresAt(), true
	default:
		return auth.Account{}, source.ExpiresAt(), false
	}
}

// Close lets go of the connection's sockets.
func (l *Link) Close() { l.Client.Close() }

// Dialer makes links. It does not talk to the service. Its methods may be called
// from any goroutine.
type Dialer struct {
	Credentials *Credentials
	UserAgent   string // names the desk to the service
	// Sandbox is what a link to the sandbox of this process needs.
	Sandbox func() (root, key, token string, err error)
	// NewClient makes the client of a link; nil: client.New.
	NewClient func(client.Config) (*client.Client, error)
	Logger    *slog.Logger
	Redact    *redact.Redactor
	// Told is called, from any goroutine, when the tokens of a connection have run
	// dry because a person is needed, and with nil when they flow again.
	Told func(connection string, err error)

	mu     sync.Mutex
	pacers map[string]*client.Pacer // by connection and root
}

// pacer is the budget of a connection: one for all callers, and the same when
// the connection is opened again, for the service goes on counting.
func (d *Dialer) pacer(c settings.Connection) *client.Pacer {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := c.ID + " " + c.Root
	if d.pacers == nil {
		d.pacers = map[string]*client.Pacer{}
	}
	if d.pacers[key] == nil {
		d.pacers[key] = client.NewPacer(RateOf(c), time.Minute)
	}
	d.pacers[key].SetLimit(RateOf(c))
	return d.pacers[key]
}

// Dial makes the link of a connection. The errors are client.New's, and why the
// sandbox is not there.
func (d *Dialer) Dial(c settings.Connection) (*Link, error) {
	config := client.Config{
		Root:      c.Root,
		UserAgent: d.UserAgent,
		Logger:    d.Logger,
		Redact:    d.Redact,
		Pacer:     d.pacer(c),
	}
	var source auth.Source
	switch c.Auth {
	case settings.AuthSandbox:
		root, key, token, err := d.Sandbox()
		if err != nil {
			return nil, err
		}
		config.Root = root
		config.Tokens, config.Keys = client.StaticToken(token), client.StaticKey(key)
	case settings.AuthToken, settings.AuthBrowser, settings.AuthDeviceCode, settings.AuthSecret:
		source, config.Keys = d.Credentials.For(c)
		config.Tokens = &watched{Source: source, told: func(err error) { d.Told(c.ID, err) }}
	default:
		return nil, fmt.Errorf("connection %q signs in by %q, which this version does not know", c.Name, c.Auth)
	}
	newClient := d.NewClient
	if newClient == nil {
		newClient = client.New
	}
	made, err := newClient(config)
	if err != nil {
		return nil, err
	}
	return &Link{Connection: c, Client: made, root: config.Root, source: source}, nil
}

// RateOf is how many calls a minute a connection may have.
func RateOf(c settings.Connection) int {
	if c.RatePerMinute > 0 {
		return c.RatePerMinute
	}
	return settings.DefaultRatePerMinute
}

// HostOf is the host of a root without its port, for people.
func HostOf(root string) string {
	u, err := url.Parse(root)
	if err != nil || u.Hostname() == "" {
		return root
	}
	return u.Hostname()
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
	case NeedsPerson(err):
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
