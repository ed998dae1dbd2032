// Service roots, and the rule by which a scale unit is trusted.

package client

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// The preset roots of the contract, section 1.
const (
	RootCurrent = "https://api.ci.ai.dynamics.com/v1"
	Root2020    = "https://global.api.ci.ai.dynamics.com/api"
)

// trustedDomain is where scale units of the vendor live.
const trustedDomain = ".dynamics.com"

// Root is an address under which the service's paths begin, in one spelling:
// scheme and host in lower case, no default port, no slash at the end.
type Root struct {
	scheme string
	host   string // host[:port], an IPv6 address in brackets
	path   string
}

// RootError says why a text cannot be a root; the reason is for people and
// never repeats what was typed, which may hold a password.
type RootError struct{ Reason string }

// Error implements error.
func (e *RootError) Error() string { return "root address: " + e.Reason }

// ParseRoot reads a service root: https to any host, http to a loopback
// address only, and neither user, query nor fragment. Spaces around it and
// slashes at its end are dropped. The error is a *RootError.
func ParseRoot(text string) (Root, error) {
	text = strings.TrimSpace(text)
	if err := checkText(text); err != nil {
		return Root{}, err
	}
	u, err := url.Parse(text)
	if err != nil {
		return Root{}, &RootError{"it is not a web address; it looks like " + RootCurrent}
	}
	if u.User != nil {
		return Root{}, &RootError{"leave out the user and password before the @"}
	}
	host, err := canonicalHost(u)
	if err != nil {
		return Root{}, err
	}
	path, err := canonicalPath(u)
	if err != nil {
		return Root{}, err
	}
	root := Root{scheme: u.Scheme, host: host, path: path}
	if root.scheme == "http" && !root.Loopback() {
		return Root{}, &RootError{"http is allowed on this computer only; use https"}
	}
	return root, nil
}

// checkText refuses what address parsers are known to disagree about.
func checkText(text string) error {
	scheme, _, found := strings.Cut(text, "://")
	switch {
	case text == "":
		return &RootError{"it is empty"}
	case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' }):
		return &RootError{"it holds a space, a backslash or a character that addresses do not have"}
	case !found || !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http"):
		return &RootError{"it must begin with https://"}
	case strings.ContainsAny(text, "?#"):
		return &RootError{"leave out everything from the ? or # on"}
	}
	return nil
}

func canonicalHost(u *url.URL) (string, error) {
	name, port := strings.ToLower(u.Hostname()), u.Port()
	if ip, err := netip.ParseAddr(name); err == nil && ip.Zone() == "" {
		name = ip.String()
	} else if !validHostName(name) {
		return "", &RootError{"the host's name is not a valid one"}
	}
	if port == "" && strings.HasSuffix(u.Host, ":") {
		return "", &RootError{"the port after the colon is missing"}
	}
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return "", &RootError{"the port must be a number from 1 to 65535"}
		}
		port = strconv.FormatUint(n, 10)
	}
	if port == "" || u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		if strings.Contains(name, ":") {
			name = "[" + name + "]"
		}
		return name, nil
	}
	return net.JoinHostPort(name, port), nil
}

func validHostName(name string) bool {
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || strings.ContainsFunc(label, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
		}) {
			return false
		}
	}
	return true
}

func canonicalPath(u *url.URL) (string, error) {
	path := strings.TrimRight(u.EscapedPath(), "/")
	if path == "" {
		return "", nil
	}
	for segment := range strings.SplitSeq(path[1:], "/") {
		if segment == "" || segment == "." || segment == ".." || strings.Contains(segment, "%") {
			return "", &RootError{"the path holds an empty part, dots or a percent sign"}
		}
	}
	return path, nil
}

// String is the root as it is put before the paths of requests.
func (r Root) String() string {
	if r.host == "" {
		return ""
	}
	return r.scheme + "://" + r.host + r.path
}

// Host is host[:port], without a default port: what a secret is bound to.
func (r Root) Host() string { return r.host }

// Loopback says whether the root is on this computer.
func (r Root) Loopback() bool { return loopbackHost(r.hostname()) }

func (r Root) hostname() string {
	return (&url.URL{Host: r.host}).Hostname()
}

func loopbackHost(name string) bool {
	if name == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.Unmap().IsLoopback()
}

// sameOrigin compares scheme, host and port.
func (r Root) sameOrigin(other Root) bool {
	return r.scheme == other.scheme && r.host == other.host
}

// scaleUnit gives the base {scaleUnitUri}/api when the contract's section 1
// allows a token to go there: https, and a host that ends in .dynamics.com (on
// the default port) or is the root's own; for a root on this computer, a scale
// unit on this computer.
func (r Root) scaleUnit(uri string) (Root, error) {
	unit, err := ParseRoot(uri)
	if err != nil {
		var reason *RootError
		if errors.As(err, &reason) {
			return Root{}, fmt.Errorf("its address is not a valid one: %s", reason.Reason)
		}
		return Root{}, err
	}
	var trusted bool
	switch {
	case r.Loopback():
		trusted = unit.Loopback()
	case unit.scheme == "https":
		trusted = unit.sameOrigin(r) || strings.HasSuffix(unit.host, trustedDomain)
	}
	if !trusted {
		return Root{}, fmt.Errorf("its host %s is neither the root's nor one of the vendor's", unit.host)
	}
	unit.path += "/api"
	return unit, nil
}
