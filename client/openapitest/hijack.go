// Hijacking, for services under test that drop a connection on purpose.

package openapitest

import (
	"bufio"
	"net"
	"net/http"
)

// Hijack implements http.Hijacker; what follows is not judged.
func (w *teeWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	w.hijacked = err == nil
	return conn, rw, err
}
