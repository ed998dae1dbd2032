// A service at the level of bytes: it takes a request piece by piece, stores it
// when it has it whole, and breaks the connection at the piece that a test
// names. What it has stored is the truth that the journal is held against.

package outbox_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// stage is a point of an exchange as the service sees it.
type stage int

const (
	nowhere         stage = iota
	onAccept              // connected, nothing exchanged
	inHandshake           // half of the TLS handshake
	inHeaders             // part of the request's headers has come
	headersRead           // the headers have come, nothing of the body
	inBody                // half of the body has come
	bodyRead              // all has come, nothing is stored
	onStored              // stored, nothing is answered
	inStatusLine          // half of the answer's first line is sent
	inAnswerHeaders       // part of the answer's headers is sent
	inAnswerBody          // half of the answer's body is sent, shorter than Content-Length
	inAnswerChunk         // half of a chunk of the answer is sent
	whole                 // the answer is sent
)

// how says what becomes of the connection.
type how int

const (
	hangs  how = iota // nothing more comes
	reset             // RST
	closed            // FIN
	goesOn            // it does not break
)

// fault is what happens to one exchange.
type fault struct {
	at     stage
	how    how
	status int  // answered in place of processing the request; 0: it is processed
	stores bool // it is processed, and answered with the status all the same
	reads  bool // for a look at the timeline, not for a write
}

// wire is the service.
type wire struct {
	listener *net.TCPListener
	tls      *tls.Config // nil: plain
	content  service     // what is stored, and the timeline
	reached  chan stage  // told of each fault
	read     chan struct{}
	over     chan struct{}
	serving  sync.WaitGroup

	mu      sync.Mutex
	faults  []fault               // for the next exchanges, in turn
	begun   int                   // writes of which anything has come
	patched int                   // whole patches that were processed
	bodies  [][]byte              // of all that were processed
	told    int                   // whole writes until reached is told of one; 0: it is not
	chance  *rand.Rand            // connections break at random; nil: they do not
	open    map[*net.TCPConn]bool // and not broken
}

func startWire(t *testing.T, config *tls.Config) *wire {
	t.Helper()
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{
		listener: listener, tls: config, reached: make(chan stage, 64), read: make(chan struct{}, 64),
		over: make(chan struct{}), open: map[*net.TCPConn]bool{},
	}
	w.serving.Go(w.accept)
	t.Cleanup(w.close)
	return w
}

func (w *wire) accept() {
	for {
		raw, err := w.listener.AcceptTCP()
		if err != nil {
			return
		}
		w.mu.Lock()
		w.open[raw] = true
		w.mu.Unlock()
		w.serving.Go(func() {
			w.converse(raw)
			_ = raw.Close()
			w.forget(raw)
		})
	}
}

func (w *wire) close() {
	close(w.over)
	_ = w.listener.Close()
	w.drop()
	w.serving.Wait()
}

// drop ends the connections that are open now.
func (w *wire) drop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for raw := range w.open {
		_ = raw.Close()
	}
}

// root is the address of the service.
func (w *wire) root() string {
	scheme := "http"
	if w.tls != nil {
		scheme = "https"
	}
	return scheme + "://" + w.listener.Addr().String() + "/v1"
}

// arm sets what happens to the next exchanges.
func (w *wire) arm(faults ...fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = faults
}

// next takes the next fault if it is one for this point.
func (w *wire) next(fits func(fault) bool) fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.faults) == 0 || !fits(w.faults[0]) {
		return fault{}
	}
	f := w.faults[0]
	w.faults = w.faults[1:]
	return f
}

// truth is what the service knows of the writes that came to it.
type truth struct {
	begun     int // of which anything has come
	processed int // that came whole and were not turned away
	stored    int // that are there now: rows, or the changed profile
}

func (w *wire) truth() truth {
	posts, rows := w.content.stored()
	w.mu.Lock()
	defer w.mu.Unlock()
	return truth{w.begun, posts + w.patched, rows + min(1, w.patched)}
}

// breakOff does to a connection what the fault says.
func (w *wire) breakOff(raw *net.TCPConn, f fault) {
	if f.how == reset && f.at >= inStatusLine {
		// An RST may take away what the other side has not read yet.
		select {
		case <-w.read:
		case <-w.over:
		}
	}
	switch f.how {
	case reset:
		_ = raw.SetLinger(0)
		_ = raw.Close()
	case closed:
		_ = raw.CloseWrite() // a whole close would be an RST where something was not read
	}
	w.forget(raw)
	w.reached <- f.at
	if f.how != reset {
		<-w.over
	}
}

// forget takes a connection off those that are open.
func (w *wire) forget(raw *net.TCPConn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, raw)
}

// converse speaks with one connection until it ends or breaks.
func (w *wire) converse(raw *net.TCPConn) {
	w.mu.Lock()
	chance := w.chance
	w.mu.Unlock()
	if chance != nil {
		w.serveBadly(raw, chance)
		return
	}
	if f := w.next(func(f fault) bool { return f.at == onAccept }); f.at != nowhere {
		w.breakOff(raw, f)
		return
	}
	var conn net.Conn = raw
	if w.tls != nil {
		if f := w.next(func(f fault) bool { return f.at == inHandshake }); f.at != nowhere {
			beginHandshake(raw)
			w.breakOff(raw, f)
			return
		}
		conn = tls.Server(raw, w.tls)
	}
	// A small buffer: what is not asked for stays on the way.
	in := bufio.NewReaderSize(conn, 16)
	for w.exchange(raw, conn, in) {
	}
}

// beginHandshake takes the ClientHello and gives the beginning of an answer.
func beginHandshake(raw *net.TCPConn) {
	head := make([]byte, 5)
	if _, err := io.ReadFull(raw, head); err != nil {
		return
	}
	if _, err := io.CopyN(io.Discard, raw, int64(head[3])<<8|int64(head[4])); err != nil {
		return
	}
	_, _ = raw.Write([]byte{22, 3, 3, 0, 122, 2, 0, 0, 118}) // what is missing is the point
}

// exchange takes one request and answers it; false when that was the last.
func (w *wire) exchange(raw *net.TCPConn, conn net.Conn, in *bufio.Reader) bool {
	first, err := in.Peek(4)
	if err != nil {
		return false
	}
	reads := string(first) == "GET "
	f := w.next(func(f fault) bool { return f.at != onAccept && f.at != inHandshake && f.reads == reads })
	if !reads {
		w.begin()
	}
	if f.at == inHeaders {
		_, _ = in.Discard(30)
		w.breakOff(raw, f)
		return false
	}
	request, err := http.ReadRequest(in)
	if err != nil {
		return false
	}
	if f.at == headersRead {
		w.breakOff(raw, f)
		return false
	}
	if f.at == inBody {
		_, _ = io.CopyN(io.Discard, request.Body, request.ContentLength/2)
		w.breakOff(raw, f)
		return false
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return false
	}
	if f.at == bodyRead {
		w.breakOff(raw, f)
		return false
	}
	text, upTo := cut(w.answer(request, body, f), f)
	_ = raw.SetWriteBuffer(64 << 10)
	if _, err := conn.Write(text[:upTo]); err != nil {
		return false
	}
	if f.at < onStored || f.how == goesOn {
		return true
	}
	w.breakOff(raw, f)
	return false
}

func (w *wire) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.begun++
}

// answer processes a request, or refuses it as the fault says.
func (w *wire) answer(request *http.Request, body []byte, f fault) *httptest.ResponseRecorder {
	if f.stores {
		w.answer(request, body, fault{})
	}
	out := httptest.NewRecorder()
	if f.status != 0 {
		out.Header().Set("Retry-After", "7")
		answer(out, f.status, map[string]any{"statusCode": f.status, "message": "as the test has it"})
		return out
	}
	if request.Method != http.MethodGet {
		w.note(body)
	}
	if request.Method == http.MethodPatch {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.patched++
		out.WriteHeader(http.StatusNoContent)
		return out
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	w.content.ServeHTTP(out, request)
	return out
}

// note keeps what was processed, and tells of it when it is the one to be told of.
func (w *wire) note(body []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bodies = append(w.bodies, body)
	if w.told > 0 {
		if w.told--; w.told == 0 {
			w.reached <- onStored
		}
	}
}

// tell has reached told of the nth whole write from now on.
func (w *wire) tell(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = n
}

// cut writes an answer out, and says up to where it is sent. One that hangs in its
// body is longer than a connection takes up: once its beginning is sent, the
// other side is reading it.
func cut(out *httptest.ResponseRecorder, f fault) (text []byte, upTo int) {
	body := out.Body.Bytes()
	upToBody := len(body) / 2
	if f.how == hangs && f.at >= inAnswerBody {
		body = append(body, bytes.Repeat([]byte(" "), 1_000_000)...)
		upToBody = 900_000
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\nCache-Control: no-store\r\n", out.Code, http.StatusText(out.Code))
	for name := range out.Header() {
		fmt.Fprintf(&b, "%s: %s\r\n", name, out.Header().Get(name))
	}
	switch {
	case f.at == inAnswerChunk:
		fmt.Fprintf(&b, "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(body), body)
	case out.Code == http.StatusNoContent:
		b.WriteString("\r\n")
	default:
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	text = b.Bytes()
	switch f.at {
	case onStored:
		return text, 0
	case inStatusLine:
		return text, len("HTTP/1.1 20")
	case inAnswerHeaders:
		return text, bytes.Index(text, []byte("\r\n")) + len("\r\nCache-")
	case inAnswerBody, inAnswerChunk:
		return text, bytes.Index(text, []byte("\r\n\r\n")) + len("\r\n\r\n") + upToBody
	}
	return text, len(text)
}
