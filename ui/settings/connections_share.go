// Handing connections on: a file that one person prepares and others open. It
// says where to go and how to sign in, and never holds what to sign in with.

package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

// ConnectionsVersion is of the form of a file of connections.
const ConnectionsVersion = 1

// connectionsKind tells such a file from others.
const connectionsKind = "activitydesk connections"

// The limits of a file of connections.
const (
	MaxConnectionsFile   = 1 << 20 // bytes
	MaxSharedConnections = 200
	maxSharedGuards      = 500 // of one connection
	maxSharedName        = 120 // letters
	maxSharedText        = 500 // letters of any other text
)

// What can be wrong with a file of connections. Nothing of it is taken in then.
var (
	ErrConnectionsNewer   = errors.New("the connections were written by a newer version of Activity Desk")
	ErrConnectionsDamaged = errors.New("the file does not hold connections")
	// ErrConnectionsNotWritten comes with its cause.
	ErrConnectionsNotWritten = errors.New("the file of connections could not be written")
)

// ConnectionsFileError says what is wrong with a file of connections, in words
// that can follow "the file cannot be used:". It never repeats an address. It is
// ErrConnectionsDamaged.
type ConnectionsFileError struct{ Reason string }

// Error implements error.
func (e *ConnectionsFileError) Error() string {
	return ErrConnectionsDamaged.Error() + ": " + e.Reason
}

// Unwrap leads to ErrConnectionsDamaged.
func (e *ConnectionsFileError) Unwrap() error { return ErrConnectionsDamaged }

// SharedConnection is a connection as it is handed on, with the guards that were
// chosen for its instances: instance id in lower case → GuardFree, GuardAsk or
// GuardReadOnly. SessionOnly, which is each person's own, is not handed on.
type SharedConnection struct {
	Connection
	Guards map[string]string
}

// connectionsWire is the file:
//
//	{
//	  "kind": "activitydesk connections",
//	  "version": 1,
//	  "connections": [{
//	    "id": "…",              a UUID; a later file with the same id changes the same connection
//	    "name": "Contoso (EU)",
//	    "root": "https://…",    the service root
//	    "auth": "browser",      or "device-code", "client-secret", "token"
//	    "tenant": "", "clientId": "", "authority": "", "scope": "",   of the app registration; "" is the default
//	    "colour": "", "note": "",
//	    "ratePerMinute": 100,   calls in any 60 s
//	    "guards": {"instance id": "read-only"}   or "ask", "free"
//	  }]
//	}
//
// Members beside these are not read.
type connectionsWire struct {
	Kind        string           `json:"kind"`
	Version     *int             `json:"version"`
	Connections []connectionWire `json:"connections"`
}

type connectionWire struct {
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	Root          string            `json:"root"`
	Auth          string            `json:"auth"`
	Tenant        string            `json:"tenant"`
	ClientID      string            `json:"clientId"`
	Authority     string            `json:"authority"`
	Scope         string            `json:"scope"`
	Colour        string            `json:"colour"`
	Note          string            `json:"note"`
	RatePerMinute int               `json:"ratePerMinute"`
	Guards        map[string]string `json:"guards"`
}

// EncodeConnections writes connections as DecodeConnections reads them, and
// nothing of them but the members that are named there.
func EncodeConnections(list []SharedConnection) ([]byte, error) {
	version := ConnectionsVersion
	file := connectionsWire{Kind: connectionsKind, Version: &version, Connections: make([]connectionWire, 0, len(list))}
	for _, c := range list {
		guards := c.Guards
		if guards == nil {
			guards = map[string]string{}
		}
		file.Connections = append(file.Connections, connectionWire{
			ID: c.ID, Name: c.Name, Root: c.Root, Auth: c.Auth,
			Tenant: c.Tenant, ClientID: c.ClientID, Authority: c.Authority, Scope: c.Scope,
			Colour: c.Colour, Note: c.Note, RatePerMinute: c.RatePerMinute, Guards: guards,
		})
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // people read it
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(file); err != nil {
		return nil, fmt.Errorf("encode connections: %w", err)
	}
	return out.Bytes(), nil
}

// WriteConnections writes connections to a file, in the place of what is there,
// for this user alone. The error is ErrConnectionsNotWritten with its cause.
func WriteConnections(path string, list []SharedConnection) error {
	data, err := EncodeConnections(list)
	if err == nil {
		err = ReplaceFile(path, data)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrConnectionsNotWritten, err)
	}
	return nil
}

// ReadConnections reads a file of connections whole. Errors as of
// DecodeConnections, or the system's.
func ReadConnections(path string) ([]SharedConnection, error) {
	data, err := readFile(path, MaxConnectionsFile)
	switch {
	case errors.Is(err, ErrNoFile):
		return nil, &ConnectionsFileError{ErrNoFile.Error()}
	case err != nil:
		return nil, fmt.Errorf("read connections: %w", err)
	}
	return DecodeConnections(data)
}

// DecodeConnections reads a file of connections. Each of them can be kept:
// Validate has passed. Errors: ErrConnectionsNewer, *ConnectionsFileError.
func DecodeConnections(data []byte) ([]SharedConnection, error) {
	if len(data) > MaxConnectionsFile {
		return nil, &ConnectionsFileError{fmt.Sprintf("it is larger than %d KB", MaxConnectionsFile>>10)}
	}
	var head struct {
		Kind    string `json:"kind"`
		Version *int   `json:"version"`
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors begin a file so
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, &ConnectionsFileError{"it is not JSON, or not the whole of it"}
	}
	switch {
	case head.Kind != connectionsKind:
		return nil, &ConnectionsFileError{"it is of another kind; connections are exported on the page Connections"}
	case head.Version == nil || *head.Version < 1:
		return nil, &ConnectionsFileError{"it does not say its version"}
	case *head.Version > ConnectionsVersion:
		return nil, fmt.Errorf("%w: version %d, this desk knows %d", ErrConnectionsNewer, *head.Version, ConnectionsVersion)
	}
	var file connectionsWire
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, &ConnectionsFileError{"a value in it is of another type than it should be"}
	}
	if n := len(file.Connections); n > MaxSharedConnections {
		return nil, &ConnectionsFileError{fmt.Sprintf("it holds %d connections; %d are the most", n, MaxSharedConnections)}
	}
	list := make([]SharedConnection, 0, len(file.Connections))
	seen := make(map[string]bool, len(file.Connections))
	for i, one := range file.Connections {
		shared, err := one.shared()
		if err == nil && one.ID != "" && seen[strings.ToLower(one.ID)] {
			err = errors.New("another one has the same id")
		}
		if err != nil {
			return nil, &ConnectionsFileError{fmt.Sprintf("connection %d: %v", i+1, err)}
		}
		seen[strings.ToLower(one.ID)] = true
		list = append(list, shared)
	}
	return list, nil
}

// shared checks one connection of a file. What it gives can be kept; one without
// an id that can be used gets one.
func (w connectionWire) shared() (SharedConnection, error) {
	c := Connection{
		ID: strings.ToLower(w.ID), Name: strings.TrimSpace(w.Name), Root: strings.TrimRight(strings.TrimSpace(w.Root), "/"),
		Auth: w.Auth, RatePerMinute: w.RatePerMinute, Note: strings.TrimSpace(w.Note), Colour: w.Colour,
		Tenant: strings.TrimSpace(w.Tenant), ClientID: strings.TrimSpace(w.ClientID),
		Authority: strings.TrimRight(strings.TrimSpace(w.Authority), "/"), Scope: strings.TrimSpace(w.Scope),
	}
	if id, err := uuid.Parse(c.ID); err != nil || id.String() != c.ID {
		c.ID = uuid.NewString() // also where it names the sandbox, or a path
	}
	if c.RatePerMinute == 0 {
		c.RatePerMinute = DefaultRatePerMinute
	}
	if err := c.checkTexts(); err != nil {
		return SharedConnection{}, err
	}
	if !slices.Contains([]string{AuthToken, AuthBrowser, AuthDeviceCode, AuthSecret}, c.Auth) {
		return SharedConnection{}, errors.New("it signs in by a way that this version does not know")
	}
	if err := c.Validate(); err != nil {
		return SharedConnection{}, errors.New(strings.TrimPrefix(err.Error(), ErrInvalid.Error()+": "))
	}
	if c.Authority != "" && validateRoot(c.Authority) != nil {
		return SharedConnection{}, errors.New("the authority is not an https address")
	}
	guards, err := sharedGuards(w.Guards)
	return SharedConnection{Connection: c, Guards: guards}, err
}

// checkTexts holds back what is too long to be meant, and letters that no name
// has: they could make a text read as another one.
func (c Connection) checkTexts() error {
	for _, text := range []struct {
		name, value string
		most        int
	}{
		{"name", c.Name, maxSharedName},
		{"address", c.Root, maxSharedText},
		{"note", c.Note, maxSharedText},
		{"tenant", c.Tenant, maxSharedText},
		{"client id", c.ClientID, maxSharedText},
		{"authority", c.Authority, maxSharedText},
		{"scope", c.Scope, maxSharedText},
		{"colour", c.Colour, maxSharedText},
	} {
		switch {
		case utf8.RuneCountInString(text.value) > text.most:
			return fmt.Errorf("its %s is longer than %d letters", text.name, text.most)
		case !utf8.ValidString(text.value) || strings.ContainsFunc(text.value, misleading):
			return fmt.Errorf("its %s holds a letter that cannot be shown", text.name)
		}
	}
	return nil
}

// misleading says that a letter is a control, or turns the direction of others.
func misleading(r rune) bool {
	return unicode.IsControl(r) || r == unicode.ReplacementChar || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func sharedGuards(from map[string]string) (map[string]string, error) {
	if len(from) > maxSharedGuards {
		return nil, fmt.Errorf("it has %d guards; %d are the most", len(from), maxSharedGuards)
	}
	guards := make(map[string]string, len(from))
	for id, guard := range from {
		id = strings.ToLower(strings.TrimSpace(id))
		switch {
		case id == "" || len(id) > maxSharedText || strings.ContainsFunc(id, misleading):
			return nil, errors.New("a guard is of no instance")
		case strictness(guard) < 0:
			return nil, errors.New("a guard is none that this version knows")
		case strictness(guard) < strictness(guards[id]):
			continue // named twice, in letters of another case
		}
		guards[id] = guard
	}
	return guards, nil
}

// strictness orders guards; -1 is none.
func strictness(guard string) int {
	return slices.Index([]string{GuardFree, GuardAsk, GuardReadOnly}, guard)
}
