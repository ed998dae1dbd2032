// The one error type of the client, and what its kinds mean.

package client

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Kind sorts errors by what a person can do about them.
type Kind int

// The kinds. Those from KindRedirect to KindServer come from the HTTP status.
const (
	// KindUnexpected: the answer is not what the contract says (a web page,
	// cut off, another shape).
	KindUnexpected Kind = iota
	// KindCancelled: the caller gave up.
	KindCancelled
	// KindNoConnection: nothing of the request left this computer, because no
	// connection could be opened or the one kept open was dead.
	KindNoConnection
	// KindTimeout: no full answer in time.
	KindTimeout
	// KindTLS: the other side could not prove who it is, or speaks no TLS.
	KindTLS
	// KindBroken: the connection broke after it was opened.
	KindBroken
	// KindRedirect: a 3xx; Location says where it pointed. Never followed.
	KindRedirect
	// KindUnauthorized: 401, the token or the subscription key is not accepted.
	KindUnauthorized
	// KindForbidden: 403, the role does not allow it.
	KindForbidden
	// KindNotFound: 404.
	KindNotFound
	// KindBadRequest: 400 and other 4xx; with status 0, the client itself
	// refused to send the request.
	KindBadRequest
	// KindConflict: 409, an item with this key exists.
	KindConflict
	// KindRateLimited: 429, not processed; RetryAfter says when to try again.
	KindRateLimited
	// KindServer: 5xx.
	KindServer
	// KindTooLarge: a good answer of more than the client's limit.
	KindTooLarge
	// KindCredentials: the token or key source failed; nothing was sent.
	KindCredentials
)

// String names the kind for logs and details.
func (k Kind) String() string {
	names := [...]string{
		KindUnexpected: "unexpected answer", KindCancelled: "cancelled", KindNoConnection: "no connection",
		KindTimeout: "timed out", KindTLS: "TLS", KindBroken: "connection broken", KindRedirect: "redirect",
		KindUnauthorized: "unauthorized", KindForbidden: "forbidden", KindNotFound: "not found",
		KindBadRequest: "bad request", KindConflict: "conflict", KindRateLimited: "rate limited",
		KindServer: "server error", KindTooLarge: "too large", KindCredentials: "credentials",
	}
	if k < 0 || int(k) >= len(names) {
		return names[KindUnexpected]
	}
	return names[k]
}

// Error is every error that the client's requests give. Texts, headers and
// body are redacted.
type Error struct {
	Op         string // what was asked, such as "post eCommerce_eCommercePurchases"
	Kind       Kind
	Status     int    // HTTP; 0 when there was no answer
	Code       string // the service's, such as storeDuplicateItem; may be empty
	Message    string // the service's, as it wrote it; may be empty
	Target     string // what the code is about, such as a field
	Details    []Detail
	RequestID  string        // for the vendor's support
	Location   string        // of a 3xx, without query
	RetryAfter time.Duration // as asked for by the service; 0 when it asked for nothing
	Skew       time.Duration // how far this computer's clock is ahead of the service's (below 0: behind); 0: less than MinSkew, or not told
	Header     http.Header   // of the answer
	Body       []byte        // of the answer as it came, at most 64 KiB
	Truncated  bool          // the body was longer, or broke off
	Progress   Progress
	Err        error // the cause, where there is one

	sent mark // of a 401: the credentials that were refused
}

// MinSkew is the least difference between two clocks that matters: what a token
// is good for is commonly taken with that much tolerance.
const MinSkew = 5 * time.Minute

// Detail is one of the reasons that the service lists under an error.
type Detail struct {
	Code    string
	Message string
	Target  string
}

// Error implements error in one line, without the body.
func (e *Error) Error() string {
	parts := []string{e.Op}
	if e.Status != 0 {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))))
	}
	for _, part := range []string{e.Code, e.Message} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	switch {
	case e.Err != nil:
		parts = append(parts, e.Err.Error())
	case e.Status == 0 && e.Message == "":
		parts = append(parts, e.Kind.String())
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Uncertain says, for a write, whether the service may have stored it although
// this error came. Doubt is true: only an answer that says "not processed", or
// the knowledge that nothing was sent, is certain.
func (e *Error) Uncertain() bool {
	switch {
	case e.Kind == KindNoConnection, e.Kind == KindCredentials, e.Kind == KindTLS:
		return false
	case e.Status == 0:
		return e.uncertainWithoutAnswer()
	case e.Status >= 300 && e.Status < 400:
		// These three ask for the same request elsewhere; the others can
		// mean "done, now look there".
		return e.Status != http.StatusMovedPermanently && e.Status != http.StatusTemporaryRedirect && e.Status != http.StatusPermanentRedirect
	case e.Status >= 400 && e.Status < 500:
		return e.Status == http.StatusRequestTimeout
	default:
		return true
	}
}

func (e *Error) uncertainWithoutAnswer() bool {
	switch e.Kind {
	case KindBadRequest:
		return false
	case KindCancelled, KindTimeout:
		return e.Progress != Progress{}
	default:
		return true
	}
}

// kindOfStatus sorts an answer that is not the one asked for.
func kindOfStatus(status int) Kind {
	switch {
	case status >= 300 && status < 400:
		return KindRedirect
	case status >= 500:
		return KindServer
	case status < 400:
		return KindUnexpected
	}
	switch status {
	case http.StatusUnauthorized:
		return KindUnauthorized
	case http.StatusForbidden:
		return KindForbidden
	case http.StatusNotFound:
		return KindNotFound
	case http.StatusConflict:
		return KindConflict
	case http.StatusTooManyRequests:
		return KindRateLimited
	case http.StatusRequestTimeout:
		return KindTimeout
	default:
		return KindBadRequest
	}
}
