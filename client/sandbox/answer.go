// An answer is put together in full before any of it is sent, so that faults
// can still change it.

package sandbox

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// gzipFrom is the size in bytes from which a body is compressed on request.
const gzipFrom = 1024

type answer struct {
	status int
	header http.Header
	body   []byte
}

func newAnswer() *answer {
	return &answer{status: http.StatusOK, header: http.Header{}}
}

// json sets a body that is JSON already.
func (a *answer) json(status int, body []byte) {
	a.status, a.body = status, body
	a.header.Set("Content-Type", "application/json; charset=utf-8")
}

// send writes the answer; cut ends the connection in the middle of the body.
func (a *answer) send(w http.ResponseWriter, r *http.Request, cut bool) {
	drain(r)
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.Header().Add("Vary", "Accept-Encoding")
	if !cut && len(a.body) >= gzipFrom && acceptsGzip(r) {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(a.status)
		packed := gzip.NewWriter(w)
		// A caller who went away is no error of the service's.
		_, _ = packed.Write(a.body)
		_ = packed.Close()
		return
	}
	if a.status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	body := a.body
	if cut {
		body = body[:len(body)/2]
	}
	_, _ = w.Write(body) // as above
	if cut {
		_ = http.NewResponseController(w).Flush() // what cannot be flushed is cut off all the more
		hangUp()
	}
}

// hangUp ends the connection without another byte. Panicking with this value
// is how net/http lets a handler do so; its server recovers from it.
func hangUp() { panic(http.ErrAbortHandler) }

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			value, ok := strings.CutPrefix(strings.TrimSpace(weight), "q=")
			if q, err := strconv.ParseFloat(value, 64); ok && err == nil && q == 0 {
				return false
			}
			return true
		}
	}
	return false
}

// maxDrained is how much in bytes of a body that nobody wants is read at most.
const maxDrained = 64 << 20

// drain reads what is left of a request's body, so that a caller who is still
// writing gets to hear the answer and not of a broken connection. One who asked
// first whether to write at all is not told to.
func drain(r *http.Request) {
	if r.Header.Get("Expect") != "" {
		return
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxDrained)) // an unreadable rest does not matter
}
