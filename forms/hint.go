// Soft hints: values that look odd for what the field means. They never keep
// anything from being sent.

package forms

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// softHint gives a word on a value that is valid but looks like a slip.
func softHint(field *Field, text string) string {
	if field.Kind != metadata.KindText || field.Type.Collection || text == "" {
		return ""
	}
	if hint := spaceHint(field, text); hint != "" {
		return hint
	}
	semantic := strings.ToLower(field.Semantic)
	switch {
	case strings.Contains(semantic, "email"):
		if !looksLikeEmail(text) {
			return "This does not look like an e-mail address, such as abbie@example.com"
		}
	case strings.Contains(semantic, "phone"):
		if !looksLikePhone(text) {
			return "This does not look like a phone number, such as +1 555 0100"
		}
	case strings.Contains(semantic, "url"):
		if !looksLikeURL(text) {
			return "This does not look like a web address, such as https://example.com/a"
		}
	case strings.Contains(semantic, "country"):
		if strings.ContainsFunc(text, unicode.IsDigit) {
			return "This does not look like a country, such as Switzerland or CH"
		}
	}
	return ""
}

// spaceHint speaks of what cannot be seen.
func spaceHint(field *Field, text string) string {
	switch trimmed := strings.TrimSpace(text); {
	case trimmed == "":
		return "Only spaces"
	case trimmed != text && (field.Key || field.CustomerRef):
		return "A space at the begin or end is part of the value"
	case strings.ContainsRune(text, 0):
		return "Holds a NUL character, which many systems cut at"
	case strings.ContainsFunc(text, func(r rune) bool { return breaksView(r) && r != '\n' && r != '\r' && r != '\t' }):
		return "Holds characters that cannot be seen; the JSON shows them as \\u…"
	}
	return ""
}

// looksLikeEmail asks for the least that every address has; net/mail would ask
// for more and bring the network package along.
func looksLikeEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || strings.ContainsFunc(text, unicode.IsSpace) || strings.ContainsAny(text, "<>,;") {
		return false
	}
	host := text[at+1:]
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && dot < len(host)-1
}

// looksLikePhone counts digits generously: the vendor's own tutorial writes
// 983.566.0706x9509.
func looksLikePhone(text string) bool {
	digits := 0
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsDigit(r):
			digits++
		case strings.ContainsRune(" +-./()x#,;ext", r):
		default:
			return false
		}
	}
	return digits >= 5 && digits <= 24
}

func looksLikeURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
