// A link is a connection made usable: a client with its credentials.

package ui

import (
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// userAgent names the desk to the service.
const userAgent = "ActivityDesk/" + Version

// Link is an open connection. All callers of a connection share its client and
// with it its budget of calls.
type Link struct {
	Connection settings.Connection
	Client     *client.Client
	// Credentials describes how the connection signs in, for the status line.
	Credentials func() string
}

// Close lets go of the connection's sockets.
func (l *Link) Close() { l.Client.Close() }

// dialer makes links. It does not talk to the service.
type dialer struct {
	credentials *Credentials
	sandbox     func() (root, key, token string, err error)
	logger      *slog.Logger
	redact      *redact.Redactor
	now         func() time.Time

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
	var describe func() string
	switch c.Auth {
	case settings.AuthSandbox:
		root, key, token, err := d.sandbox()
		if err != nil {
			return nil, err
		}
		config.Root = root
		config.Tokens, config.Keys = client.StaticToken(token), client.StaticKey(key)
		describe = func() string { return "Sandbox running on " + hostOf(root) }
	case settings.AuthToken:
		source, keys := d.credentials.For(c)
		config.Tokens, config.Keys = source, keys
		describe = func() string { return describeToken(source.ExpiresAt(), d.now()) }
	default:
		return nil, fmt.Errorf("connection %q signs in by %q, which this version does not know", c.Name, c.Auth)
	}
	made, err := client.New(config)
	if err != nil {
		return nil, err
	}
	return &Link{Connection: c, Client: made, Credentials: describe}, nil
}

func rateOf(c settings.Connection) int {
	if c.RatePerMinute > 0 {
		return c.RatePerMinute
	}
	return settings.DefaultRatePerMinute
}

// describeToken says how long a pasted token is still good.
func describeToken(expires, now time.Time) string {
	switch left := expires.Sub(now); {
	case expires.IsZero():
		return "Pasted token"
	case left <= 0:
		return "Pasted token · expired"
	case left < time.Hour:
		return fmt.Sprintf("Pasted token · expires in %d min", max(1, int(left.Minutes())))
	default:
		return fmt.Sprintf("Pasted token · expires in %d h", int(left.Hours()))
	}
}

// hostOf is the host of a root without its port, for people.
func hostOf(root string) string {
	u, err := url.Parse(root)
	if err != nil || u.Hostname() == "" {
		return root
	}
	return u.Hostname()
}

// hostPortOf is what a secret is bound to.
func hostPortOf(root string) string {
	u, err := url.Parse(root)
	if err != nil {
		return ""
	}
	return u.Host
}
