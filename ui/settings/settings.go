// Package settings holds what the desk remembers from one start to the next,
// and where its files are. It never holds a secret: those are the vault's.
package settings

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Version is of the file's form. A change that an older desk would misread
// raises it; a member that is merely new does not, for older desks keep members
// that they do not know.
const Version = 1

// SandboxID is the connection to the sandbox that runs in the desk's process. It is
// always there and never written to the settings: its address changes.
const SandboxID = "sandbox"

// The ways in which a connection signs in.
const (
	AuthSandbox    = "sandbox"       // the service inside the desk; it has no root of its own
	AuthToken      = "token"         // a pasted access token
	AuthBrowser    = "browser"       // a person, in the system's browser
	AuthDeviceCode = "device-code"   // a person, with a code that is entered in a browser anywhere
	AuthSecret     = "client-secret" // an application
)

// How an instance may be written to, as a person chose it.
const (
	GuardFree     = "free"      // sends without a question
	GuardAsk      = "ask"       // each send is confirmed
	GuardReadOnly = "read-only" // nothing is sent until it is unlocked for a while
)

// Limits and defaults.
const (
	DefaultRatePerMinute = 100 // calls in any 60 s, the ceiling of contract section 5
	DefaultRetentionDays = 90
	MaxRetentionDays     = 3650

	DefaultWatchSeconds = 5 // between two questions of a profile that is watched
	MinWatchSeconds     = 2
	MaxWatchSeconds     = 300
)

// Settings is what the desk remembers.
type Settings struct {
	Version        int                `json:"version"`
	Connections    []Connection       `json:"connections"`
	LastConnection string             `json:"lastConnection"` // a Connection's ID
	LastInstance   map[string]string  `json:"lastInstance"`   // connection id → instance id
	LastEntity     map[string]string  `json:"lastEntity"`     // instance id → entity's data name
	Zone           string             `json:"zone"`           // IANA name; "" is this computer's
	Theme          string             `json:"theme"`          // "light", "dark"; "" follows the system
	Window         Window             `json:"window"`
	Splits         map[string]float32 `json:"splits"`        // column → its share of the page's width; others: as designed
	RetentionDays  int                `json:"retentionDays"` // of the journal, in days
	Recent         []string           `json:"recent"`        // what was gone to by name, the newest first
	Caller         string             `json:"caller"`        // names the desk to the service; "" leaves it out
	WatchSeconds   int                `json:"watchSeconds"`  // between two looks at a profile that is watched
	WatchOff       bool               `json:"watchOff"`      // profiles are not watched
	// FoldedGroups are the titles of the groups that are folded in a form, by
	// the entity's data name.
	FoldedGroups map[string][]string `json:"foldedGroups"`
	// Guards is what was chosen for instances: connection id → instance id in
	// lower case → GuardFree, GuardAsk or GuardReadOnly. An instance that is not
	// in it has the guard of its type.
	Guards map[string]map[string]string `json:"guards"`
	// Leaving are connections that were removed and whose secrets may still be
	// kept, because removing can be undone for a while.
	Leaving []LeavingConnection `json:"leaving"`
	// Begun is when the file was begun, or begun anew after it was lost. What was
	// in the one before and is not in it may only be lost. Zero: not known.
	Begun time.Time `json:"begun"`

	extra string // members that this version does not know, as a JSON object
}

// Connection is a service as the user named it. It has no secret; those are in
// the vault under its ID and host. Connections can be compared with ==.
type Connection struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Root          string `json:"root"` // the service root; empty for the sandbox
	Auth          string `json:"auth"` // AuthSandbox to AuthSecret
	RatePerMinute int    `json:"ratePerMinute"`
	Note          string `json:"note"`
	Colour        string `json:"colour"` // "#rrggbb" or a name of the theme's; "" none

	// The app registration that a person or an application signs in by; not of
	// AuthSandbox and AuthToken.
	Tenant    string `json:"tenant"`    // id, domain, or "organizations"
	ClientID  string `json:"clientId"`  // application (client) id
	Authority string `json:"authority"` // without the tenant; "" is the public cloud's
	Scope     string `json:"scope"`     // "" is the service's own

	// SessionOnly: its secrets are kept in memory and not in the keyring.
	SessionOnly bool `json:"sessionOnly"`

	extra string // as in Settings
}

// LeavingConnection is what is still to be done for a connection that was
// removed: its secrets have to go once the removal cannot be undone any more. It
// stands in the file so that another desk, or the next start, does it where the
// desk that was to do it is gone.
type LeavingConnection struct {
	ID    string    `json:"id"`
	Root  string    `json:"root"`  // its secrets are bound to this address, among others
	Until time.Time `json:"until"` // when undoing ends; from then on any desk removes the secrets
	Begun time.Time `json:"begun"` // Settings.Begun as it was removed: with another, its return may be lost
}

// Window is where the window stood, in Fyne's units.
type Window struct {
	Width     float32 `json:"width"` // 0: not remembered
	Height    float32 `json:"height"`
	Maximised bool    `json:"maximised"`

	extra string // as in Settings
}

// Defaults are the settings of a first start.
func Defaults() Settings {
	return Settings{Version: Version, RetentionDays: DefaultRetentionDays, Caller: DefaultCaller()}.complete()
}

// Connection gives the connection with this id.
func (s Settings) Connection(id string) (Connection, bool) {
	i := slices.IndexFunc(s.Connections, func(c Connection) bool { return c.ID == id })
	if i < 0 {
		return Connection{}, false
	}
	return s.Connections[i], true
}

// clone shares nothing with s.
func (s Settings) clone() Settings {
	s.Connections = slices.Clone(s.Connections)
	s.LastInstance = maps.Clone(s.LastInstance)
	s.LastEntity = maps.Clone(s.LastEntity)
	s.Splits = maps.Clone(s.Splits)
	s.Recent = slices.Clone(s.Recent)
	s.FoldedGroups = maps.Clone(s.FoldedGroups) // the lists are replaced as a whole
	s.Leaving = slices.Clone(s.Leaving)
	s.Guards = maps.Clone(s.Guards)
	for id, of := range s.Guards {
		s.Guards[id] = maps.Clone(of)
	}
	return s
}

// complete puts what may not be missing in the place of what is.
func (s Settings) complete() Settings {
	if s.Connections == nil {
		s.Connections = []Connection{}
	}
	if s.LastInstance == nil {
		s.LastInstance = map[string]string{}
	}
	if s.LastEntity == nil {
		s.LastEntity = map[string]string{}
	}
	if s.Splits == nil {
		s.Splits = map[string]float32{}
	}
	if s.Recent == nil {
		s.Recent = []string{}
	}
	if s.FoldedGroups == nil {
		s.FoldedGroups = map[string][]string{}
	}
	if s.Guards == nil {
		s.Guards = map[string]map[string]string{}
	}
	if s.Leaving == nil {
		s.Leaving = []LeavingConnection{}
	}
	if s.RetentionDays <= 0 || s.RetentionDays > MaxRetentionDays {
		s.RetentionDays = DefaultRetentionDays
	}
	if s.WatchSeconds < MinWatchSeconds || s.WatchSeconds > MaxWatchSeconds {
		s.WatchSeconds = DefaultWatchSeconds
	}
	for i := range s.Connections {
		if s.Connections[i].RatePerMinute <= 0 {
			s.Connections[i].RatePerMinute = DefaultRatePerMinute
		}
	}
	return s
}

// ErrInvalid: a connection that cannot be kept; the message says why.
var ErrInvalid = errors.New("invalid connection")

// Validate says what is wrong with a connection, wrapped in ErrInvalid. Whether
// the root is one of the service is the client's to say; here it is held that
// it can be kept: an address that is safe to send a token to, with nothing
// secret in it.
func (c Connection) Validate() error {
	switch {
	case strings.TrimSpace(c.ID) == "":
		return fmt.Errorf("%w: it has no id", ErrInvalid)
	case strings.TrimSpace(c.Name) == "":
		return fmt.Errorf("%w: give it a name", ErrInvalid)
	case c.RatePerMinute < 0:
		return fmt.Errorf("%w: %d calls per minute; give 1 or more", ErrInvalid, c.RatePerMinute)
	case c.Auth == "":
		return fmt.Errorf("%w: it does not say how to sign in", ErrInvalid)
	case c.Auth == AuthSandbox && c.Root == "":
		return nil
	}
	return validateRoot(c.Root)
}

func validateRoot(root string) error {
	u, err := url.Parse(root)
	if err != nil || u.Host == "" || u.Hostname() == "" {
		// The parser's own message would repeat the address, password included.
		return fmt.Errorf("%w: the root is not an address such as https://host/v1", ErrInvalid)
	}
	switch {
	case u.User != nil:
		return fmt.Errorf("%w: the root carries a name or password; leave them out", ErrInvalid)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fmt.Errorf("%w: the root has something after a ? or #; leave it out", ErrInvalid)
	case u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname()):
		return nil
	default:
		return fmt.Errorf("%w: the root must begin with https:// (http:// for this computer only)", ErrInvalid)
	}
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// check holds the changed settings against what was there: ids are unique, and
// each connection that is new or changed is valid. One that somebody spoilt by
// hand does not stand in the way of other changes.
func (s Settings) check(before Settings) error {
	seen := make(map[string]bool, len(s.Connections))
	for _, c := range s.Connections {
		if seen[c.ID] {
			return fmt.Errorf("%w: two connections have the id %q", ErrInvalid, c.ID)
		}
		seen[c.ID] = true
		if slices.Contains(before.Connections, c) {
			continue
		}
		if err := c.Validate(); err != nil {
			return err
		}
	}
	return nil
}
