// What an identity provider's refusal says, without its words.

package auth

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// refusal is an answer of the provider that is no success. Descriptions are
// read for their code only: they repeat accounts, addresses and ids.
type refusal struct {
	status     int    // HTTP; 0 where it came through the browser
	oauth      string // one of the codes in oauth, or ""
	aadsts     int    // Microsoft's; 0: none
	retryAfter time.Duration
	cause      Cause // of the network, where there was no answer
}

// aadstsText finds the code at the beginning of a description, or in it.
var aadstsText = regexp.MustCompile(`\bAADSTS([0-9]{4,8})\b`)

// maxDescription is how far into a description its code is looked for.
const maxDescription = 4 << 10

// readRefusal reads the answer of an endpoint, whatever it is.
func readRefusal(status int, header http.Header, body []byte, now time.Time) refusal {
	r := refusal{status: status, retryAfter: waitFor(header.Get("Retry-After"), now)}
	var parsed struct {
		Error       json.RawMessage   `json:"error"`
		Description json.RawMessage   `json:"error_description"`
		Codes       []json.RawMessage `json:"error_codes"`
	}
	if err := json.Unmarshal(body, &parsed); err != nil && !isTypeError(err) {
		return r
	}
	var name, description string
	_ = json.Unmarshal(parsed.Error, &name) // anything but a text is no code
	_ = json.Unmarshal(parsed.Description, &description)
	r.name(name, description)
	for _, raw := range parsed.Codes {
		code, err := strconv.Atoi(strings.Trim(string(raw), `"`))
		if err != nil || code <= 0 || code > 99_999_999 {
			continue
		}
		if _, known := aadsts[r.aadsts]; !known {
			r.aadsts = code // the first that says something, or the last
		}
	}
	return r
}

// name takes over what is known of an OAuth error and its description.
func (r *refusal) name(code, description string) {
	if _, known := oauth[code]; known {
		r.oauth = code
	}
	description = description[:min(len(description), maxDescription)]
	if found := aadstsText.FindStringSubmatch(description); found != nil {
		r.aadsts, _ = strconv.Atoi(found[1]) // digits, few enough
	}
}

// waitFor reads a Retry-After: seconds, or a date.
func waitFor(text string, now time.Time) time.Duration {
	text = strings.TrimSpace(text)
	if seconds, err := strconv.Atoi(text); err == nil {
		return time.Duration(min(max(seconds, 0), 24*60*60)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(now), 0), 24*time.Hour)
	}
	return 0
}

// code is what the person is shown.
func (r refusal) code() string {
	if r.aadsts != 0 {
		return "AADSTS" + strconv.Itoa(r.aadsts)
	}
	return r.oauth
}

// codeExpired says whether a device code's time is over.
func (r refusal) codeExpired() bool {
	return r.oauth == "expired_token" || r.oauth == "code_expired" || r.aadsts == 70019 || r.aadsts == 70020
}

// known says whether Microsoft's code tells why.
func (r refusal) known() bool {
	_, known := aadsts[r.aadsts]
	return known
}

// because says why the provider said no.
func (r refusal) because() Cause {
	if r.cause != CauseUnknown {
		return r.cause
	}
	if c, known := aadsts[r.aadsts]; known {
		return c
	}
	switch {
	case r.status == http.StatusTooManyRequests, r.status >= 500:
		return CauseTemporary
	case r.oauth != "":
		return oauth[r.oauth]
	case r.aadsts == 0 && r.status != 0:
		return CauseNonsense // no word of an identity provider in it
	default:
		return CauseUnknown
	}
}

// passing says whether the same question may well be answered in a while.
func (r refusal) passing() bool {
	switch r.because() {
	case CauseTemporary, CauseNetwork:
		return true
	default:
		return false
	}
}

// err is the refusal as callers see it.
func (r refusal) err() *Error {
	e := &Error{Cause: r.because(), Code: r.code(), RetryAfter: r.retryAfter}
	e.Kind = e.Cause.kind()
	if r.codeExpired() {
		e.Kind, e.Cause = ErrCodeExpired, CauseUnknown
	}
	return e
}
