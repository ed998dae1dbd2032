// Headers with their credentials masked.

package redact

import (
	"net/http"
	"strings"
)

// secretHeader says whether all of a header's value is a credential.
func secretHeader(name string) bool {
	switch strings.ToLower(name) {
	case "authorization", "proxy-authorization", "ocp-apim-subscription-key",
		"cookie", "set-cookie", "x-api-key", "api-key", "x-functions-key",
		"ocp-apim-trace-location": // an address that carries its own signature
		return true
	}
	return false
}

// Header gives a copy of h in which credentials are masked: Authorization
// (its scheme stays readable), Ocp-Apim-Subscription-Key, cookies and API keys
// as a whole, every other value as String does. A nil header stays nil.
func (r *Redactor) Header(h http.Header) http.Header {
	if h == nil {
		return nil
	}
	out := make(http.Header, len(h))
	for name, values := range h {
		masked := make([]string, len(values))
		for i, v := range values {
			masked[i] = r.headerValue(name, v)
		}
		out[name] = masked
	}
	return out
}

func (r *Redactor) headerValue(name, value string) string {
	if !secretHeader(name) {
		return r.String(value)
	}
	if value == "" {
		return ""
	}
	scheme, rest, found := strings.Cut(value, " ")
	if found && rest != "" && strings.HasSuffix(strings.ToLower(name), "authorization") && isScheme(scheme) {
		return scheme + " " + Mask
	}
	return Mask
}

func isScheme(s string) bool {
	switch strings.ToLower(s) {
	case "bearer", "basic", "negotiate", "digest":
		return true
	}
	return false
}
