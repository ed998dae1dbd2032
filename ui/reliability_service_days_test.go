package ui

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

// badDay is what goes wrong: with the answers, with who answers, or on the way.
type badDay struct {
	name   string
	answer func(w http.ResponseWriter, r *http.Request) // in place of the sandbox; nil: the sandbox answers
	only   func(r *http.Request) bool                   // the requests that it is about; nil: all
	onset  func()                                       // how it begins; nil: by itself
	mended func()                                       // what people do once it is over; nil: nothing

	shows   certificate
	plain   bool // no TLS is spoken
	proxied bool // the way leads over a proxy
	dial    func(ctx context.Context, address string) (net.Conn, error)
}

// echoed is what a service may repeat of a request: nobody is to be shown it.
const echoed = "Authorization: Bearer " + goodToken + "; Ocp-Apim-Subscription-Key: " + goodKey

// form is a form in which errors come.
type form struct {
	name, kind string                                  // kind: the Content-Type
	body       func(status int, message string) string // of an error
	quoted     bool                                    // the message is told with it
}

// forms are those of the contract (section 5), and what stands before services.
func errorForms() []form {
	return []form{
		{"the service's form", "application/json; charset=utf-8", func(_ int, m string) string {
			return fmt.Sprintf(`{"errorCode":"","message":%q,"target":null,"details":[],"innerError":{"trace":%q}}`, m, echoed)
		}, true},
		{"wrapped in error", "application/json", func(_ int, m string) string {
			return fmt.Sprintf(`{"error":{"code":"","message":%q,"innererror":{"trace":%q}}}`, m, echoed)
		}, true},
		{"the gateway's form", "application/json", func(s int, m string) string {
			return fmt.Sprintf(`{"statusCode":%d,"message":%q,"trace":%q}`, s, m, echoed)
		}, true},
		{"a problem document", "application/problem+json", func(s int, m string) string {
			return fmt.Sprintf(`{"type":"about:blank","title":%q,"status":%d,"detail":%q,"instance":%q}`, http.StatusText(s), s, m, echoed)
		}, true},
		{"plain text", "text/plain", func(_ int, m string) string { return m + "\n" + echoed }, false},
		{"a web page", "text/html", func(s int, m string) string {
			return fmt.Sprintf("<!DOCTYPE html><html><head><title>%d</title></head><body>%s<!-- %s --></body></html>", s, m, echoed)
		}, false},
		{"nothing", "", func(int, string) string { return "" }, false},
		{"not UTF-8", "application/json", func(int, string) string { return "{\"message\":\"\xff\xfe\xe9t\xe9\", \x00" + echoed }, false},
	}
}

// failing is a day on which every request is answered with an error.
func failing(status int, f form, header ...string) *badDay {
	const message = "Not today."
	return &badDay{name: fmt.Sprintf("%d, %s", status, f.name), answer: func(w http.ResponseWriter, _ *http.Request) {
		set(w, "X-Echo", echoed)
		set(w, header...)
		if f.kind != "" {
			set(w, "Content-Type", f.kind)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, f.body(status, message)) // the desk may be gone
	}}
}

func set(w http.ResponseWriter, header ...string) {
	for i := 0; i+1 < len(header); i += 2 {
		w.Header().Set(header[i], header[i+1])
	}
}

// slowDown is a day on which the service asks for a pause, counted from the date
// that it tells.
func slowDown(name string, pause func(now time.Time) string) *badDay {
	return &badDay{name: name, answer: func(w http.ResponseWriter, _ *http.Request) {
		now := time.Now()
		set(w, "Date", httpDate(now), "Retry-After", pause(now), "Content-Type", "application/json")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"statusCode":429,"message":"Rate limit is exceeded."}`) // the desk may be gone
	}}
}

// answering is a day on which every request has one answer.
func answering(name string, status int, kind, body string, header ...string) *badDay {
	return &badDay{name: name, answer: func(w http.ResponseWriter, _ *http.Request) {
		set(w, header...)
		if kind != "" {
			set(w, "Content-Type", kind)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the desk may be gone
	}}
}

// raw is a day on which bytes are written as they are, and the connection is
// closed.
func raw(name string, bytes ...string) *badDay {
	return &badDay{name: name, answer: func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(conn, strings.Join(bytes, "")) // the desk may be gone
		_ = conn.Close()
	}}
}

// endless answers without an end, as fast as it is read.
func endless(name, kind string) *badDay {
	return &badDay{name: name, answer: func(w http.ResponseWriter, r *http.Request) {
		set(w, "Content-Type", kind)
		chunk := bytes.Repeat([]byte(`{"value":[`), 64<<10/10)
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}}
}

// silent takes requests and says nothing, or begins and does not go on, until the
// time of the one who asks is over.
func (s *badService) silent(name, begins string) *badDay {
	return &badDay{name: name, answer: func(w http.ResponseWriter, r *http.Request) {
		if begins != "" {
			set(w, "Content-Type", "application/json")
			_, _ = io.WriteString(w, begins)
			_ = http.NewResponseController(w).Flush() // as above
		}
		s.outOfTime()
		<-r.Context().Done()
	}}
}

func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// unreachable is a day on which no connection can be opened.
func unreachable(name string, cause error) *badDay {
	return &badDay{name: name, dial: func(context.Context, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: cause}
	}}
}

func noNetwork() *badDay {
	return unreachable("no network", &net.DNSError{Err: "no such host", Name: badHost, IsNotFound: true})
}

// proxyAnswers is a day on which a proxy stands on the way.
func proxyAnswers(name string, status int) *badDay {
	return &badDay{name: name, proxied: true, dial: func(context.Context, string) (net.Conn, error) {
		here, there := net.Pipe()
		go func() { // ends with the request, which closes its end
			defer func() { _ = there.Close() }()
			buffer := make([]byte, 4096)
			if _, err := there.Read(buffer); err != nil {
				return
			}
			_, _ = fmt.Fprintf(there, "HTTP/1.1 %d No\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n", status)
		}()
		return here, nil
	}}
}

// Why no connection can be opened.
var (
	errRefused  error = syscall.ECONNREFUSED
	errDialTime error = os.ErrDeadlineExceeded
)

// httpDate writes a time as headers have it.
func httpDate(at time.Time) string { return at.UTC().Format(http.TimeFormat) }
