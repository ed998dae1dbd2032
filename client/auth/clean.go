// What people paste, made into what can be sent.

package auth

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

const (
	maxToken = 16 << 10 // bytes; more than servers take in their headers
	maxKey   = 1 << 10
)

// CleanToken makes a token of what was pasted: without what stood around it
// (space, quotes, "Authorization:", "Bearer") and without the line ends that a
// terminal put into it. The error is ErrMalformed and does not repeat the text.
func CleanToken(text string) (string, error) {
	return sendable("token", settled(text, cleanToken), maxToken)
}

// CleanKey makes a subscription key of what was pasted, as CleanToken does.
func CleanKey(text string) (string, error) {
	return sendable("key", settled(text, cleanKey), maxKey)
}

// settled cleans until nothing is left to be taken away: what was cleaned and
// kept is cleaned again when it is used, and has to be the same then. What is too
// long for a credential is not worth a second look.
func settled(text string, clean func(string) string) string {
	text = clean(text)
	for len(text) <= maxToken {
		again := clean(text)
		if again == text {
			break
		}
		text = again
	}
	return text
}

func cleanToken(text string) string {
	token := unquote(text)
	token = cutPrefixFold(token, "authorization:")
	if rest := cutPrefixFold(token, "bearer"); rest == "" || strings.ContainsAny(token[:len(token)-len(rest)], " \t\r\n") {
		token = rest // the word stood by itself and did not begin the token
	}
	return unquote(joinLines(token))
}

func cleanKey(text string) string {
	return unquote(joinLines(cutPrefixFold(unquote(text), "ocp-apim-subscription-key:")))
}

// unquote takes away space around a text, then quotes around the rest.
func unquote(text string) string {
	text = strings.TrimSpace(strings.Trim(text, "\ufeff\u200b"))
	for _, quote := range []string{`"`, `'`} {
		if len(text) >= 2 && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
			return strings.TrimSpace(text[1 : len(text)-1])
		}
	}
	return text
}

func cutPrefixFold(text, prefix string) string {
	if len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix) {
		return strings.TrimSpace(text[len(prefix):])
	}
	return text
}

func joinLines(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' })
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "")
}

// sendable holds a credential against what a header can carry.
func sendable(what, text string, limit int) (string, error) {
	bad := func(format string, args ...any) (string, error) {
		return "", &Error{Kind: ErrMalformed, Err: fmt.Errorf(format, args...)}
	}
	switch {
	case text == "":
		return bad("the %s is empty", what)
	case len(text) > limit:
		return bad("the %s is longer than %d letters", what, limit)
	}
	for _, r := range text {
		switch {
		case r == ' ' || r == '\t':
			return bad("there is a space inside the %s", what)
		case r < ' ' || r > '~':
			return bad("the %s has a letter that none has", what)
		}
	}
	return text, nil
}

// latest is the end of the year 9999, the last that RFC 3339 can write.
var latest = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// Expiry reads from a JSON web token (RFC 7519) until when it is good. It is
// not known of any other token. The signature is not verified, for which the
// desk has no key: the time is told to the person and saves a request that the
// service would refuse, and is trusted with nothing else.
func Expiry(token string) (time.Time, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return time.Time{}, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return time.Time{}, false
	}
	var claims struct {
		Expires *float64 `json:"exp"` // seconds since 1970, possibly with a fraction
	}
	if err := json.Unmarshal(payload, &claims); err != nil && !isTypeError(err) || claims.Expires == nil {
		return time.Time{}, false
	}
	seconds := math.Floor(*claims.Expires)
	if seconds <= 0 || seconds > float64(latest.Unix()) {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0).UTC(), true
}

// isTypeError: a member has another type, and the others were still read.
func isTypeError(err error) bool {
	var wrong *json.UnmarshalTypeError
	return errors.As(err, &wrong)
}
