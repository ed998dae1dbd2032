package auth

import (
	"net/http"
	"time"
)

// Soon makes the pauses short that tests would have to wait for, and gives what
// is not waited for on purpose the time that a busy computer takes.
func Soon(s *SignIn) {
	s.limits.slowDown, s.limits.pollPause = time.Millisecond, time.Millisecond
	s.limits.soft, s.limits.save = time.Minute, time.Minute
}

// Idle says that no renewal runs.
func Idle(s *SignIn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.flight == nil || s.flight.landed()
}

// Impatient has requests hardly wait for a renewal, for the keyring, and for
// another desk.
func Impatient(s *SignIn) *SignIn {
	s.limits.soft, s.limits.save, s.turns.limit = 20*time.Millisecond, 20*time.Millisecond, 100*time.Millisecond
	return s
}

// BrowserLimit sets how long the browser is waited for.
func BrowserLimit(s *SignIn, d time.Duration) { s.limits.browser = d }

// TurnsPath is the file by which desks take turns.
func TurnsPath(s *SignIn) string { return s.turns.path }

// ErrorOf is what an answer of the provider is told as.
func ErrorOf(status int, header http.Header, body []byte) *Error {
	return readRefusal(status, header, body, time.Unix(0, 0)).err()
}

// ErrorOfPage is the same for an answer that the browser brings.
func ErrorOfPage(code, description string) *Error {
	var r refusal
	r.name(code, description)
	return r.err()
}

// NewHTTP is the client for requests to the provider.
func NewHTTP(given *http.Client) (*http.Client, error) { return newHTTP(given) }

// Trusts says whether credentials of an app may go to an address.
func Trusts(a App, address string) bool {
	normal, err := a.normal()
	if err != nil {
		return false
	}
	r, err := http.NewRequest(http.MethodGet, address, nil)
	return err == nil && normal.trusts(r.URL)
}

// ReadKept reads what was kept, and writes it again.
func ReadKept(text string) (again string, err error) {
	k, err := readKept(text)
	if err != nil {
		return "", err
	}
	return k.text()
}
