// Package zones has the time zones by name: the one of this computer, and those
// offered in a list.
package zones

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Of resolves a zone as the settings keep it: an IANA name, or empty for
// the zone of this computer.
func Of(name string) (*time.Location, error) {
	if name == "" {
		return localZone(), nil
	}
	if name == "Local" { // it would mean another zone on another computer
		return nil, fmt.Errorf("%q is not the name of a time zone", name)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("%q is not the name of a time zone: %w", name, err)
	}
	return zone, nil
}

// localZone is this computer's zone, by its IANA name where that is known, so
// that pages can show it.
func localZone() *time.Location {
	if name := localZoneName(os.Getenv, os.Readlink); name != "" {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return time.Local
}

// localZoneName finds the IANA name of this computer's zone: Go itself only
// says "Local". Empty where it is not known, as on Windows.
func localZoneName(getenv func(string) string, readlink func(string) (string, error)) string {
	if name := strings.TrimPrefix(getenv("TZ"), ":"); name != "" {
		if _, err := time.LoadLocation(name); err == nil && !filepath.IsAbs(name) {
			return name
		}
		return ""
	}
	target, err := readlink("/etc/localtime")
	if err != nil {
		return ""
	}
	_, name, found := strings.Cut(filepath.ToSlash(target), "zoneinfo/")
	if !found {
		return ""
	}
	if _, err := time.LoadLocation(name); err != nil {
		return ""
	}
	return name
}

// Label names a zone for people; the offset helps where the name does not.
func Label(name string, at time.Time) string {
	if name != "" {
		return name
	}
	if local := localZoneName(os.Getenv, os.Readlink); local != "" {
		return local
	}
	return "this computer, UTC" + at.In(time.Local).Format("-07:00")
}

// Names are the zones that are offered in lists, to be searched by typing.
// Current is among them.
func Names(current string) []string {
	names := slices.Clone(ianaZones)
	if current != "" && !slices.Contains(names, current) {
		names = append(names, current)
		slices.Sort(names)
	}
	return names
}
