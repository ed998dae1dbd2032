// Soft hints: values that look odd for what the field means. They never keep
// anything from being sent.

package forms

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// softHint gives a word on a value that is valid but looks like a slip, and
// what might have been meant.
func softHint(field *Field, text string, now time.Time) (hint string, offers []string) {
	if field.Type.Collection || text == "" {
		return "", nil
	}
	semantic := PlainName(field.Semantic)
	switch field.Kind {
	case metadata.KindText:
		if hint, offers := spaceHint(field, text); hint != "" {
			return hint, offers
		}
		return meaningHint(semantic, text)
	case metadata.KindDecimal, metadata.KindDouble, metadata.KindInteger:
		return placeHint(semantic, text), nil
	case metadata.KindDate:
		return birthHint(semantic, text, now), nil
	}
	return "", nil
}

// spaceHint speaks of what cannot be seen.
func spaceHint(field *Field, text string) (string, []string) {
	trimmed := strings.TrimSpace(text)
	ends := strings.TrimRight(text, "\r\n")
	switch {
	case trimmed == "":
		return "Only spaces", nil
	case trimmed != text && (field.Key || field.CustomerRef):
		return "A space at the begin or end is part of the value", []string{trimmed}
	case ends != text:
		return "A line break at the end is part of the value", []string{ends}
	case strings.ContainsRune(text, utf8.RuneError):
		return "Holds �, which stands for a character that was lost before it came here", nil
	case strings.ContainsRune(text, 0):
		return "Holds a NUL character, which many systems cut at", []string{strings.ReplaceAll(text, "\x00", "")}
	case strings.ContainsFunc(text, unseen):
		return "Holds characters that cannot be seen; the JSON shows them as \\u…", []string{withoutUnseen(text)}
	}
	return "", nil
}

func unseen(r rune) bool { return breaksView(r) && r != '\n' && r != '\r' && r != '\t' }

func withoutUnseen(text string) string {
	return strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, text)
}

// birthHint speaks of people who are not born yet; date is an ISO date.
func birthHint(semantic, date string, now time.Time) string {
	if strings.Contains(semantic, "birth") && date > now.Format(time.DateOnly) {
		return "A date of birth in the future"
	}
	return ""
}

// placeHint speaks of coordinates that no place has.
func placeHint(semantic, number string) string {
	most, what := 0, ""
	switch {
	case strings.Contains(semantic, "latitude"):
		most, what = 90, "Latitudes go from -90 to 90"
	case strings.Contains(semantic, "longitude"):
		most, what = 180, "Longitudes go from -180 to 180"
	default:
		return ""
	}
	if beyond(number, most) {
		return what
	}
	return ""
}

// looksLikeName refuses what no name of a person has.
func looksLikeName(text string) bool {
	return !strings.ContainsFunc(text, unicode.IsDigit) && !strings.ContainsAny(text, "@/\\<>{}=")
}
