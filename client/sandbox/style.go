// The three styles in which the sandbox speaks, and what differs between them.

package sandbox

import (
	"fmt"
	"strings"
)

// Style is one reading of the contract.
type Style int

// The styles. StyleCurrent and Style2020 differ in the root that is announced:
// both roots are always served, each in its own style. StyleAwkward takes the
// other reading of every open row of the contract, under both roots.
const (
	StyleCurrent Style = iota
	Style2020
	StyleAwkward
)

// String is the style's name on the command line.
func (s Style) String() string {
	switch s {
	case Style2020:
		return "2020"
	case StyleAwkward:
		return "awkward"
	default:
		return "current"
	}
}

// ParseStyle reads a style's name: current, 2020 or awkward.
func ParseStyle(name string) (Style, error) {
	for _, s := range []Style{StyleCurrent, Style2020, StyleAwkward} {
		if s.String() == name {
			return s, nil
		}
	}
	return 0, fmt.Errorf("%q is not a style: use current, 2020 or awkward", name)
}

// Where the two roots are.
const (
	prefixCurrent = "/v1"
	prefix2020    = "/api"
)

// of is the style of a request under one of the roots.
func (s Style) of(prefix string) Style {
	if s == StyleAwkward {
		return s
	}
	if prefix == prefix2020 {
		return Style2020
	}
	return StyleCurrent
}

// timeField is the name of UnifiedActivity's time.
func (s Style) timeField() string {
	if s == StyleAwkward {
		return "ActivityTimeStamp"
	}
	return "ActivityTime"
}

// kind writes an entity type.
func (s Style) kind(kind string) string {
	switch {
	case kind == "":
		return kind
	case s == Style2020:
		return strings.ToUpper(kind[:1]) + kind[1:]
	case s == StyleAwkward:
		return strings.ToUpper(kind)
	default:
		return kind
	}
}

// instanceType writes an instance's type.
func (s Style) instanceType(kind string) string {
	switch {
	case kind == "":
		return kind
	case s == StyleAwkward:
		return strings.ToUpper(kind)
	case s == Style2020:
		return strings.ToUpper(kind[:1]) + kind[1:]
	default:
		return kind
	}
}
