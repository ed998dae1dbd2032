// Errors as the service writes them: its own form, OData's, and the gateway's.

package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"time"
)

// ErrorForm is how an error's body is written.
type ErrorForm string

// The forms of errors that the contract knows, and three that are none.
const (
	FormAsStyle ErrorForm = ""        // as the style and the side of the API have it
	FormService ErrorForm = "service" // {errorCode, message, target, details}
	FormOData   ErrorForm = "odata"   // {"error": {code, message, …}}
	FormGateway ErrorForm = "gateway" // {statusCode, message}
	FormHTML    ErrorForm = "html"
	FormText    ErrorForm = "text"
	FormEmpty   ErrorForm = "empty"
)

// failure is an error of the service. Code is one of the contract's section 5;
// empty where that has none for the case: too many calls, and a role that does
// not allow it.
type failure struct {
	status     int
	code       string
	message    string
	target     string
	details    []detail
	retryAfter time.Duration // 0: not said
	challenge  string        // WWW-Authenticate
	gateway    bool          // answered by the gateway, in its form
	bare       bool          // the header says it all: the awkward style gives no body
}

type detail struct{ code, message, target string }

func (f *failure) Error() string { return fmt.Sprintf("%d %s: %s", f.status, f.code, f.message) }

func badRequest(code, target, format string, args ...any) *failure {
	return &failure{status: http.StatusBadRequest, code: code, target: target, message: fmt.Sprintf(format, args...)}
}

func notFound(code, target, format string, args ...any) *failure {
	return &failure{status: http.StatusNotFound, code: code, target: target, message: fmt.Sprintf(format, args...)}
}

func forbidden(code, format string, args ...any) *failure {
	return &failure{status: http.StatusForbidden, code: code, message: fmt.Sprintf(format, args...)}
}

// roleRefused is the answer to what the caller's role does not allow.
func roleRefused(format string, args ...any) *failure { return forbidden("", format, args...) }

// write puts a failure into an answer.
func (f *failure) write(rw *answer, form ErrorForm) {
	rw.status = f.status
	if f.challenge != "" {
		rw.header.Set("WWW-Authenticate", f.challenge)
	}
	if f.retryAfter > 0 {
		rw.header.Set("Retry-After", fmt.Sprint(int(math.Ceil(f.retryAfter.Seconds()))))
	}
	contentType := "application/json; charset=utf-8"
	switch form {
	case FormHTML:
		contentType = "text/html; charset=utf-8"
		rw.body = fmt.Appendf(nil, "<!DOCTYPE html><html><head><title>%d</title></head><body><h1>%s</h1></body></html>\n",
			f.status, http.StatusText(f.status))
	case FormText:
		contentType = "text/plain; charset=utf-8"
		rw.body = fmt.Appendf(nil, "%d %s\n", f.status, http.StatusText(f.status))
	case FormEmpty:
		contentType = ""
		rw.body = nil
	case FormGateway:
		rw.body = encode(map[string]any{"statusCode": f.status, "message": f.message})
	case FormOData:
		rw.body = encode(f.odata())
	default:
		rw.body = encode(f.service())
	}
	rw.header.Del("Content-Type")
	if contentType != "" {
		rw.header.Set("Content-Type", contentType)
	}
}

// form is the form of a failure where nothing else was asked for.
func (f *failure) form(style Style) ErrorForm {
	switch {
	case f.bare && style == StyleAwkward:
		return FormEmpty
	case f.gateway:
		return FormGateway
	case style == StyleAwkward:
		return FormOData
	default:
		return FormService
	}
}

type serviceError struct {
	ErrorCode  string          `json:"errorCode"`
	Message    string          `json:"message"`
	Target     *string         `json:"target,omitempty"`
	Details    []serviceDetail `json:"details,omitempty"`
	StatusCode string          `json:"httpStatusCode"`
}

type serviceDetail struct {
	ErrorCode string `json:"errorCode"`
	Message   string `json:"message"`
	Target    string `json:"target"`
}

func (f *failure) service() serviceError {
	body := serviceError{ErrorCode: f.code, Message: f.message, StatusCode: fmt.Sprint(f.status)}
	if f.target != "" {
		body.Target = &f.target
	}
	for _, d := range f.details {
		body.Details = append(body.Details, serviceDetail{d.code, d.message, d.target})
	}
	return body
}

type odataError struct {
	Code       string            `json:"code"`
	Message    string            `json:"message"`
	Target     *string           `json:"target,omitempty"`
	Details    []odataDetail     `json:"details,omitempty"`
	InnerError map[string]string `json:"innererror"`
}

type odataDetail struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Target  string `json:"target"`
}

func (f *failure) odata() map[string]odataError {
	body := odataError{Code: f.code, Message: f.message, InnerError: map[string]string{"type": "CustomerInsightsException"}}
	if f.target != "" {
		body.Target = &f.target
	}
	for _, d := range f.details {
		body.Details = append(body.Details, odataDetail{d.code, d.message, d.target})
	}
	return map[string]odataError{"error": body}
}

// encode writes JSON. The values are the sandbox's own and always encode.
func encode(value any) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		return []byte("null")
	}
	return data
}
