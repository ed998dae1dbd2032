// Error bodies in the contract's three forms, headers that go with them, and
// everything that is none of these.

package client

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxText bounds each text taken out of an error body.
const maxText = 4 << 10

// word is a JSON string, number or boolean as text; anything else is empty.
type word string

func (w *word) UnmarshalJSON(data []byte) error {
	*w = ""
	switch data[0] {
	case '{', '[', 'n':
	case '"':
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		if len(s) > maxText {
			s = strings.ToValidUTF8(s[:maxText], "") + "…"
		}
		*w = word(s)
	default:
		*w = word(data)
	}
	return nil
}

// errorJSON has the members of all forms: the service's, OData's inner object,
// API Management's, and those of a problem document.
type errorJSON struct {
	ErrorCode word            `json:"errorCode"`
	Code      word            `json:"code"`
	Message   word            `json:"message"`
	Target    word            `json:"target"`
	Details   json.RawMessage `json:"details"`
	Error     json.RawMessage `json:"error"`

	// What gateways of others write (RFC 9457): a short title, and what it is
	// about this time.
	Title  word `json:"title"`
	Detail word `json:"detail"`
}

// parseErrorBody fills code, message, target and details of e. A body of no
// known form leaves them empty; the raw body is what is shown then.
func parseErrorBody(e *Error, body []byte) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	var j errorJSON
	if !isObject(body) || json.Unmarshal(body, &j) != nil {
		return
	}
	if isObject(j.Error) {
		var inner errorJSON
		if json.Unmarshal(j.Error, &inner) == nil {
			j = inner
		}
	} else if len(j.Error) > 0 && j.ErrorCode == "" && j.Code == "" {
		// A bare text, as token services write it.
		_ = j.Code.UnmarshalJSON(j.Error)
	}
	e.Code, e.Message, e.Target = j.code(), j.message(), string(j.Target)
	e.Details = parseDetails(j.Details)
}

// ReadBody fills code, message, target and details from Body, in whichever of
// the contract's forms it is (section 5): for an error that is put together
// from an answer that was kept. A body of no known form changes nothing.
func (e *Error) ReadBody() { parseErrorBody(e, e.Body) }

func (j errorJSON) message() string {
	for _, text := range []word{j.Message, j.Detail} {
		if text != "" {
			return string(text)
		}
	}
	return string(j.Title)
}

func (j errorJSON) code() string {
	if j.ErrorCode != "" {
		return string(j.ErrorCode)
	}
	return string(j.Code)
}

// maxDetails bounds how many reasons are kept.
const maxDetails = 50

func parseDetails(data json.RawMessage) []Detail {
	var entries []json.RawMessage
	if len(data) == 0 || data[0] != '[' || json.Unmarshal(data, &entries) != nil {
		return nil
	}
	var details []Detail
	for _, entry := range entries {
		var j errorJSON
		if len(details) == maxDetails || !isObject(entry) || json.Unmarshal(entry, &j) != nil {
			continue
		}
		if detail := (Detail{Code: j.code(), Message: string(j.Message), Target: string(j.Target)}); detail != (Detail{}) {
			details = append(details, detail)
		}
	}
	return details
}

func isObject(data []byte) bool {
	data = bytes.TrimSpace(data)
	return len(data) > 0 && data[0] == '{'
}

// isJSON accepts JSON's media types, and an answer that names none.
func isJSON(header http.Header) bool {
	value := header.Get("Content-Type")
	if value == "" {
		return true
	}
	kind, _, err := mime.ParseMediaType(value)
	return err == nil && (kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json"))
}

// requestID finds the id under which the service logged the request.
func requestID(header http.Header) string {
	for _, name := range []string{
		"x-ms-request-id", "request-id", "x-ms-correlation-request-id", "apim-request-id",
		"x-request-id", "x-correlation-id",
	} {
		if id := header.Get(name); id != "" {
			return clip(id, 200)
		}
	}
	return ""
}

func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

// maxRetryAfter bounds what is read from a Retry-After.
const maxRetryAfter = 24 * time.Hour

// tryAgainIn is how API Management says it in words.
var tryAgainIn = regexp.MustCompile(`(?i)try again in (\d{1,6}) seconds?`)

// retryAfter reads the header as seconds or as a date, the date against the
// service's own clock where it tells it; else API Management's sentence.
func retryAfter(header http.Header, message string, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	// Digits alone: ParseFloat would also take Inf, which nobody waits for.
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && strings.Trim(value, "0123456789.") == "" {
		if seconds >= maxRetryAfter.Seconds() {
			return maxRetryAfter
		}
		return time.Duration(seconds * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil {
		if theirs, err := http.ParseTime(header.Get("Date")); err == nil {
			now = theirs
		}
		return min(max(at.Sub(now), 0), maxRetryAfter)
	}
	if match := tryAgainIn.FindStringSubmatch(message); match != nil {
		seconds, _ := strconv.Atoi(match[1]) // at most six digits
		return min(time.Duration(seconds)*time.Second, maxRetryAfter)
	}
	return 0
}

// skew is how far a clock is ahead of the one by which an answer is dated; 0
// where that does not matter, or no date is told.
func skew(header http.Header, now time.Time) time.Duration {
	theirs, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0
	}
	if by := now.Sub(theirs).Round(time.Second); by.Abs() >= MinSkew {
		return by
	}
	return 0
}

// redirectTarget says where a 3xx pointed, without what may hold a secret.
func redirectTarget(request *url.URL, location string) string {
	if location == "" {
		return ""
	}
	target, err := request.Parse(location)
	if err != nil {
		return ""
	}
	text := bare(target)
	if len(text) > maxText {
		return ""
	}
	return text
}

// bare is the address without user, query and fragment.
func bare(u *url.URL) string {
	stripped := *u
	stripped.User, stripped.RawQuery, stripped.ForceQuery, stripped.Fragment, stripped.RawFragment = nil, "", false, "", ""
	return stripped.String()
}
