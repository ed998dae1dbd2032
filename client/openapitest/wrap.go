// The two wrappers that tests put around a transport or a handler.

package openapitest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"testing"
)

// maxRecorded is how much of a response is kept to be checked; a longer one
// is passed on unchecked.
const maxRecorded = 64 << 20

// An Option changes what a wrapper checks.
type Option func(*options)

type options struct {
	requestsOnly bool
	except       func(*http.Request, int) bool
}

// RequestsOnly leaves responses unchecked: for tests whose server means to
// answer something else than the document says.
func RequestsOnly() Option {
	return func(o *options) { o.requestsOnly = true }
}

// Except leaves alone the responses for which skip answers true.
func Except(skip func(r *http.Request, status int) bool) Option {
	return func(o *options) { o.except = skip }
}

func newOptions(list []Option) options {
	var o options
	for _, apply := range list {
		apply(&o)
	}
	return o
}

func (o options) checks(r *http.Request, status int) bool {
	return !o.requestsOnly && (o.except == nil || !o.except(r, status))
}

// Transport gives a round tripper that fails the test when a request sent
// through it, or a JSON response received in full, does not conform. The
// request goes on without GetBody changed or headers added. A nil next is
// http.DefaultTransport.
func Transport(t testing.TB, next http.RoundTripper, list ...Option) http.RoundTripper {
	t.Helper()
	if next == nil {
		next = http.DefaultTransport
	}
	return &transport{t: t, next: next, checker: NewChecker(t), options: newOptions(list)}
}

type transport struct {
	t       testing.TB
	next    http.RoundTripper
	checker *Checker
	options options
}

// RoundTrip implements http.RoundTripper.
func (tr *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := readAll(r.Body)
	if err != nil {
		return nil, err
	}
	checked, sent := withBody(r, body), withBody(r, body)
	if err := tr.checker.Request(checked); err != nil {
		tr.t.Errorf("request does not conform: %v", err)
	}
	resp, err := tr.next.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	resp.Request = r
	if tr.options.checks(r, resp.StatusCode) && isJSON(resp.Header) && resp.Header.Get("Content-Encoding") == "" {
		resp.Body = &recorder{ReadCloser: resp.Body, done: func(received []byte) {
			if err := tr.checker.Response(checked, resp.StatusCode, resp.Header, received); err != nil {
				tr.t.Errorf("response does not conform: %v", err)
			}
		}}
	}
	return resp, nil
}

// CloseIdleConnections passes the word on, so that leak checks stay quiet.
func (tr *transport) CloseIdleConnections() {
	if next, ok := tr.next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}

// withBody copies r with a body of its own; GetBody stays as it was, because
// its absence is what keeps net/http from replaying a write.
func withBody(r *http.Request, body []byte) *http.Request {
	c := r.Clone(r.Context())
	if r.Body != nil && r.Body != http.NoBody {
		c.Body = io.NopCloser(bytes.NewReader(body))
	}
	return c
}

// recorder keeps what is read and hands it over at the end of the body.
type recorder struct {
	io.ReadCloser
	kept bytes.Buffer
	done func([]byte)
}

func (rec *recorder) Read(p []byte) (int, error) {
	n, err := rec.ReadCloser.Read(p)
	if rec.kept.Len() <= maxRecorded {
		rec.kept.Write(p[:n])
	}
	if err == io.EOF && rec.done != nil && rec.kept.Len() <= maxRecorded {
		rec.done(rec.kept.Bytes())
		rec.done = nil
	}
	return n, err
}

// Handler gives a handler that fails the test when an answer of next to one of
// the document's operations does not conform. Requests are not judged: a
// service must answer wrong ones too. Answers of a handler that aborts the
// connection are not judged either.
func Handler(t testing.TB, next http.Handler, list ...Option) http.Handler {
	t.Helper()
	checker, o := NewChecker(t), newOptions(list)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := readAll(r.Body)
		if err != nil {
			http.Error(w, "the request's body could not be read", http.StatusBadRequest)
			return
		}
		tee := &teeWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(tee, withBody(r, body))
		if tee.hijacked || !o.checks(r, tee.status) || tee.kept.Len() > maxRecorded {
			return
		}
		if route, _ := checker.route(r); route == nil {
			return
		}
		answer, err := tee.decoded()
		if err != nil {
			t.Errorf("response does not conform: %v", err)
			return
		}
		if err := checker.Response(withBody(r, body), tee.status, tee.Header(), answer); err != nil {
			t.Errorf("response does not conform: %v", err)
		}
	})
}

type teeWriter struct {
	http.ResponseWriter
	status   int
	wrote    bool
	hijacked bool
	kept     bytes.Buffer
}

func (w *teeWriter) WriteHeader(status int) {
	if !w.wrote && status >= http.StatusOK {
		w.status, w.wrote = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *teeWriter) Write(p []byte) (int, error) {
	w.wrote = true
	if w.kept.Len() <= maxRecorded {
		w.kept.Write(p)
	}
	return w.ResponseWriter.Write(p)
}

// Flush implements http.Flusher where the server does.
func (w *teeWriter) Flush() {
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		w.wrote = true
		f.Flush()
	}
}

func (w *teeWriter) decoded() ([]byte, error) {
	if w.Header().Get("Content-Encoding") != "gzip" {
		return w.kept.Bytes(), nil
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(w.kept.Bytes()))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(unzipped, maxRecorded))
}
