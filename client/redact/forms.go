// The forms in which a secret can stand in a text.

package redact

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var percentTriple = regexp.MustCompile(`%[0-9A-F]{2}`)

// formsOf gives the distinct forms of a secret: as it is; inside a JSON text,
// and inside a JSON text that is itself a JSON string; as Go quotes it; in a web
// page; percent-encoded with either case of hex, once and twice; base64 in its
// alphabets, by itself and within something longer, as Basic credentials are;
// hexadecimal; and as the quotes of bash, PowerShell and cmd write it in a
// copied command.
func formsOf(secret string) []string {
	escaped := jsonInner(secret, false)
	web := jsonInner(secret, true)
	forms := []string{
		secret,
		escaped, web,
		jsonInner(escaped, false), jsonInner(web, true),
		goInner(secret),
		html.EscapeString(secret),
		strings.ReplaceAll(secret, `'`, `'\''`),
	}
	query, path := url.QueryEscape(secret), url.PathEscape(secret)
	for _, f := range []string{query, path, strings.ReplaceAll(query, "+", "%20")} {
		forms = append(forms, f, percentTriple.ReplaceAllStringFunc(f, strings.ToLower), url.QueryEscape(f))
	}
	forms = append(forms, plainFormsOf(secret)...)
	slices.Sort(forms)
	return slices.Compact(forms)
}

// plainFormsOf gives the forms of a secret that have nothing escaped, but quotes
// doubled, as OData, CSV and PowerShell have them.
func plainFormsOf(secret string) []string {
	raw := []byte(secret)
	forms := []string{secret, strings.ReplaceAll(secret, `'`, `''`), strings.ReplaceAll(secret, `"`, `""`)}
	for _, enc := range []*base64.Encoding{
		base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding,
	} {
		forms = append(forms, enc.EncodeToString(raw))
	}
	if len(secret) >= longFrom {
		forms = append(forms, hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)))
		for before := range 3 {
			forms = append(forms, base64Within(base64.RawStdEncoding, raw, before), base64Within(base64.RawURLEncoding, raw, before))
		}
	}
	return forms
}

// base64Within gives the letters that a secret has in the base64 of something
// longer, with so many bytes before it (3 are none). At each end one letter can
// hold bits of a neighbour too, and is left out.
func base64Within(enc *base64.Encoding, secret []byte, before int) string {
	whole := enc.EncodeToString(append(make([]byte, before), secret...))
	return whole[(before*8+5)/6 : (before+len(secret))*8/6]
}

// jsonInner gives the secret as it stands between the quotes of a JSON string.
func jsonInner(secret string, escapeHTML bool) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(escapeHTML)
	if err := enc.Encode(secret); err != nil {
		return secret // a string always encodes; the raw form is looked for anyway
	}
	quoted := strings.TrimSuffix(b.String(), "\n")
	return quoted[1 : len(quoted)-1]
}

// goInner gives the secret as it stands between the quotes that %q writes.
func goInner(secret string) string {
	quoted := strconv.Quote(secret)
	return quoted[1 : len(quoted)-1]
}

// standsAlone says whether no letter, digit or underscore touches s[from:to].
func standsAlone(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return !wordRune(before, from > 0) && !wordRune(after, to < len(s))
}

func wordRune(r rune, present bool) bool {
	return present && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}
