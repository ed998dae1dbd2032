// Hints by the meaning of a text field: its Common Data Model label, such as
// IdentityServiceEmail, PersonFullName, LocationPostalCode, ReferenceURL.

package forms

import (
	"math/big"
	"net/url"
	"strings"
	"unicode"
)

// look is what is looked at for one kind of text.
type look struct {
	label string // part of the semantic label, in small letters without points
	looks func(string) bool
	what  string // completes "This does not look like …"
	mend  func(string) string
}

// labelLooks are looked through in order; the first whose label fits decides.
var labelLooks = []look{
	{"email", looksLikeEmail, "an e-mail address, such as abbie@example.com", mendEmail},
	{"phone", looksLikePhone, "a phone number, such as +1 555 0100", nil},
	{"url", looksLikeURL, "a web address, such as https://example.com/a", mendURL},
	{"postalcode", looksLikePostalCode, "a postal code, such as 8001 or SW1A 1AA", nil},
	{"country", looksLikeCountry, "a country, such as Switzerland or CH", nil},
	{"personfullname", looksLikeName, "a person's name", nil},
	{"personfirstname", looksLikeName, "a first name", nil},
	{"personlastname", looksLikeName, "a last name", nil},
	{"personmiddlename", looksLikeName, "a name", nil},
	{"calendardate", looksLikeDate, "a date, such as 2026-11-23", nil},
	{"birthdate", looksLikeDate, "a date, such as 1986-05-08", nil},
}

// meaningHint holds a text against what its field means. semantic is plain, as
// PlainName makes it.
func meaningHint(semantic, text string) (string, []string) {
	if semantic == "" {
		return "", nil
	}
	for _, m := range labelLooks {
		if !strings.Contains(semantic, m.label) {
			continue
		}
		if m.looks(text) {
			return "", nil
		}
		var offers []string
		if m.mend != nil {
			if mended := m.mend(text); mended != text && m.looks(mended) {
				offers = []string{mended}
			}
		}
		return "This does not look like " + m.what, offers
	}
	return "", nil
}

// looksLikeEmail asks for the least that every address has; net/mail would ask
// for more and bring the network package along.
func looksLikeEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || strings.ContainsFunc(text, unicode.IsSpace) || strings.ContainsAny(text, "<>,;") ||
		strings.HasPrefix(strings.ToLower(text), "mailto:") {
		return false
	}
	host := text[at+1:]
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && dot < len(host)-1 && !strings.Contains(host, "..")
}

// mendEmail takes an address out of a link, of the form "Abbie <abbie@…>", or
// from between spaces.
func mendEmail(text string) string {
	text = strings.TrimSpace(text)
	if from, to := strings.LastIndexByte(text, '<'), strings.LastIndexByte(text, '>'); from >= 0 && to > from {
		text = text[from+1 : to]
	}
	if scheme := "mailto:"; len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
		text = text[len(scheme):]
	}
	return strings.TrimRight(text, ".,;")
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
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsFunc(text, unicode.IsSpace)
}

func mendURL(text string) string {
	text = strings.TrimSpace(text)
	host, _, _ := strings.Cut(text, "/")
	if strings.Contains(host, ".") && !strings.Contains(text, "://") {
		return "https://" + text
	}
	return text
}

// looksLikePostalCode knows codes of any country: few characters, a digit.
func looksLikePostalCode(text string) bool {
	const most = 12
	other := strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && r != '-'
	})
	return len(text) <= most && strings.ContainsFunc(text, unicode.IsDigit) && !other
}

func looksLikeCountry(text string) bool {
	return len(text) > 1 && !strings.ContainsFunc(text, unicode.IsDigit) && !strings.Contains(text, "@")
}

// looksLikeDate takes every date that a date field would, and those of two
// readings: a text is sent as it is.
func looksLikeDate(text string) bool {
	s := tidy(text)
	if len(s) > maxMoment {
		return false
	}
	body, _ := splitZone(s)
	date, _ := splitDateTime(body)
	for _, part := range []string{s, date} {
		if day, p := parseDate(part); day != nil && day.check() == nil || p != nil {
			return true
		}
	}
	return false
}

// beyond tells whether a JSON number is above most or below -most. Numbers
// with long exponents are left alone.
func beyond(number string, most int) bool {
	const long = 40
	if len(number) > long || strings.ContainsAny(number, "eE") {
		return false
	}
	value, ok := new(big.Rat).SetString(number)
	return ok && value.Abs(value).Cmp(new(big.Rat).SetInt64(int64(most))) > 0
}
