// Zones as written behind a date and time: Z, +01:00, Europe/Zurich.

package forms

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no zone data of its own in the form Go reads
)

var (
	offsetBehindTime = regexp.MustCompile(`^(.*\d(?: ?[AaPp]\.?[Mm]\b\.?)?) ?([+-]\d{2}(?::?\d{2})?)$`)
	offsetAlone      = regexp.MustCompile(`^[+-]\d{2}(?::?\d{2})?$`)
	nameBehindTime   = regexp.MustCompile(`^(.*\d(?: ?[AaPp]\.?[Mm]\b\.?)?) ?\[?((?:[A-Za-z]+(?:[_+-][A-Za-z0-9]+)*)(?:/[A-Za-z0-9_+-]+)*)\]?$`)
)

// splitZone cuts the zone off the end of a text; it is empty where none was
// written.
func splitZone(s string) (body, zone string) {
	if m := offsetBehindTime.FindStringSubmatch(s); m != nil && hasClock(m[1]) {
		return m[1], m[2]
	}
	m := nameBehindTime.FindStringSubmatch(s)
	if m == nil {
		return s, ""
	}
	body = m[1]
	switch strings.ToLower(m[2]) {
	case "am", "pm":
		return s, ""
	case "uhr", "h": // 14:05 Uhr, 14:05 h: words for hours, no zone
		if strings.Contains(body, ":") {
			return body, ""
		}
		return s, ""
	case "z", "utc", "gmt":
	default:
		if !hasClock(body) && !strings.Contains(m[2], "/") {
			return s, "" // a word behind a date, not a zone
		}
	}
	if inner, offset := splitZone(body); offset != "" && strings.HasSuffix(s, "]") {
		return inner, offset // 2026-11-23T14:05+01:00[Europe/Zurich]
	}
	return body, m[2]
}

// hasClock tells whether a text holds a time of day, so that the -23 of
// 2026-11-23 is no offset.
func hasClock(s string) bool {
	if _, _, local := splitLocalTime(s); local || strings.Contains(s, ":") {
		return true
	}
	at := strings.IndexAny(s, "Tt")
	return at > 0 && isDigit(s[at-1]) && at+1 < len(s) && isDigit(s[at+1])
}

// parseZone reads a zone's text. Abbreviations such as CET or IST are not
// known: several zones share them.
func parseZone(s string) (zone *time.Location, ok bool) {
	switch strings.ToUpper(s) {
	case "Z", "UTC", "GMT":
		return time.UTC, true
	}
	if s[0] == '+' || s[0] == '-' {
		return parseOffset(s)
	}
	if !strings.Contains(s, "/") {
		return nil, false
	}
	location, err := time.LoadLocation(s)
	return location, err == nil
}

// parseOffset reads +01:00, +0100 and +01, within the offsets that exist.
func parseOffset(s string) (*time.Location, bool) {
	digits := strings.ReplaceAll(s[1:], ":", "")
	hours, minutes := number(digits[:2]), 0
	if len(digits) == 4 {
		minutes = number(digits[2:])
	}
	if hours*60+minutes > 14*60 || minutes > 59 {
		return nil, false
	}
	seconds := hours*3600 + minutes*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone(s, seconds), true
}

// unknownZone answers a zone that cannot be told for certain; field is the
// zone that the text would be in without it.
func unknownZone(zone string, w wall, field *time.Location) *Problem {
	at := time.Date(w.year, time.Month(w.month), w.day, w.hour, w.minute, w.second, 0, field)
	fixes := []string{wallText(at) + at.Format("-07:00")}
	if name := field.String(); strings.Contains(name, "/") {
		fixes = append(fixes, wallText(at)+" "+name)
	}
	return problem("unknown zone", fmt.Sprintf("%s is not a zone that is known for certain", quote(zone)), fixes...)
}

// parseZoneName reads the name of a zone, of which UTC and those without a
// slash are some; unlike behind a typed time, an abbreviation here is the name
// of a zone file and means that file.
func parseZoneName(s string) (*time.Location, bool) {
	if m := offsetAlone.FindString(s); m != "" {
		return parseOffset(m)
	}
	zone, err := time.LoadLocation(s)
	if err != nil || s == "" {
		return nil, false
	}
	return zone, true
}
