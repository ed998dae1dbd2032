// The connection breaks while the desk lives: the service resets or closes it, or
// nothing more comes until the person or the time limit ends the send.

package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptrace"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// The ways in which a connection breaks.
const (
	isReset   = "the connection is reset"
	isClosed  = "the connection is closed"
	isStopped = "nothing more comes, and the person stops it"
	isTooLong = "nothing more comes within the time limit"
)

// reasons are what ends a send in which nothing more comes.
var reasons = map[string]error{isStopped: context.Canceled, isTooLong: context.DeadlineExceeded}

var everyWay = []string{isReset, isClosed, isStopped, isTooLong}

// What the window says of a send, from its first words on.
const (
	saysNotReached = "Never sent · nothing of it left this computer, or the service did not take it"
	saysNoAnswer   = "Uncertain · No answer came. It may have been stored: look for it before you send it again."
	saysAccepted   = "Accepted · 201 Created"
	saysChanged    = "Accepted · 204 No Content"
)

// wirePoint is a point at which connections break, and the fate of what was being
// sent there.
type wirePoint struct {
	point string
	at    stage
	tls   bool
	large bool // so much that it does not fit into the connection
	fate  fate
}

var (
	neverReached = fate{state: journal.Queued, stored: false, says: saysNotReached}
	notAnswered  = fate{state: journal.Uncertain, stored: false, says: saysNoAnswer}
	answerLost   = fate{state: journal.Uncertain, stored: true, says: saysNoAnswer}
)

func wirePoints(op journal.Operation) []wirePoint {
	points := []wirePoint{
		{point: "connected, before TLS", at: onAccept, tls: true, fate: neverReached},
		{point: "in the TLS handshake", at: inHandshake, tls: true, fate: neverReached},
		{point: "connected, nothing written", at: onAccept, fate: neverReached},
		{point: "in the headers", at: inHeaders, fate: notAnswered},
		{point: "headers written", at: headersRead, fate: notAnswered},
		{point: "headers written, over TLS", at: headersRead, tls: true, fate: notAnswered},
		{point: "in a small body", at: inBody, fate: notAnswered},
		{point: "in a large body", at: inBody, large: true, fate: notAnswered},
		{point: "body written", at: bodyRead, fate: notAnswered},
		{point: "body written, over TLS", at: bodyRead, tls: true, fate: notAnswered},
		{point: "stored, before the answer", at: onStored, fate: answerLost},
		{point: "in the answer's first line", at: inStatusLine, fate: answerLost},
		{point: "in the answer's headers", at: inAnswerHeaders, fate: answerLost},
	}
	if op == journal.OperationPatch {
		return points // 204 has no body
	}
	// The first line says that it was created, and the headers came whole.
	accepted := fate{state: journal.Accepted, stored: true, says: saysAccepted}
	return append(points,
		wirePoint{point: "in the answer's body, shorter than it says", at: inAnswerBody, fate: accepted},
		wirePoint{point: "in the answer's body, within a chunk", at: inAnswerChunk, fate: accepted})
}

// expected is the fate for one way.
func (p wirePoint) expected(way string) fate {
	if p.at == onAccept && !p.tls && (way == isStopped || way == isTooLong) {
		return notAnswered // the connection was had: whether something is just being written is in doubt
	}
	return p.fate
}

// breakWire sends a request whose connection breaks, and gives what the caller was told.
func (b *broken) breakWire(p wirePoint, way string) journal.Entry {
	b.t.Helper()
	f := fault{at: p.at, how: map[string]how{isReset: reset, isClosed: closed}[way]}
	b.large = p.large
	b.wire.arm(f)
	if p.fate.state == journal.Queued && f.how != hangs {
		b.wire.arm(f, f, f) // whoever could not connect tries three times
	}
	ctx := &ending{Context: b.t.Context(), done: make(chan struct{}), why: reasons[way]}
	send := func(ctx context.Context) journal.Entry {
		e, err := b.outbox.Send(ctx, b.request(b.root))
		if (err == nil) != (e.State == journal.Accepted) {
			b.t.Errorf("it is %s, with the error %v", e.State, err)
		}
		return e
	}
	had := make(chan struct{}, 3)
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) {
			had <- struct{}{}
			if p.at == onAccept {
				gone(ctx) // nothing is written before
			}
		},
		GotFirstResponseByte: func() { b.wire.read <- struct{}{} },
	})
	if f.how != hangs {
		return send(traced)
	}
	sent := make(chan journal.Entry)
	go func() { sent <- send(traced) }()
	reach(b.t, b.wire.reached, sent)
	if p.fate.state != journal.Queued || !p.tls {
		reach(b.t, had, sent)
	}
	close(ctx.done)
	return <-sent
}

// reach waits until a send has come to a point.
func reach[T any](t *testing.T, point <-chan T, sent <-chan journal.Entry) {
	t.Helper()
	select {
	case <-point:
	case e := <-sent:
		t.Fatalf("the send ended before its point: it is %s (%s)", e.State, e.Message)
	}
}

// gone waits until the client has noticed that the other side is gone, or until
// the send is stopped. The end of its goroutines is the only sign that nothing is
// written to the connection any more.
func gone(ctx context.Context) {
	for stacks := make([]byte, 1<<20); ctx.Err() == nil; time.Sleep(time.Millisecond) {
		// As the maker of those goroutines it is named even before they run.
		if !bytes.Contains(stacks[:runtime.Stack(stacks, true)], []byte("net/http.(*Transport).dialConn")) {
			return
		}
	}
}

func (l *cells) brokenConnections(t *testing.T) {
	for _, op := range operations {
		for _, p := range wirePoints(op) {
			for _, way := range everyWay {
				f := p.expected(way)
				if op == journal.OperationPatch && f.state == journal.Accepted {
					f.says = saysChanged
				}
				l.prove(t, place{op: op, day: p.point + ": " + way, tls: p.tls}, f, func(b *broken) {
					e := b.breakWire(p, way)
					b.mustBe(e, f.state)
					b.startAgain()
				})
			}
		}
	}
}

// noConnections are the ways in which there is none at all.
func (l *cells) noConnections(t *testing.T) {
	stranger, _, err := selfSigned()
	if err != nil {
		t.Fatal(err)
	}
	plain, unknown := startWire(t, nil), startWire(t, stranger)
	roots := []struct{ point, root string }{
		{"before connecting: the host's name is not known", "https://" + strings.Repeat("x", 64) + ".invalid/v1"},
		{"before connecting: refused", "http://127.0.0.1:1/v1"},
		{"before connecting: the network is unreachable", "https://255.255.255.255/v1"},
		{"in the TLS handshake: the certificate is not trusted", unknown.root()},
		{"in the TLS handshake: the other side speaks none", strings.Replace(plain.root(), "http:", "https:", 1)},
	}
	for _, c := range roots {
		l.prove(t, place{op: journal.OperationPost, day: c.point}, neverReached, func(b *broken) {
			e, err := b.outbox.Send(b.t.Context(), b.request(c.root))
			if err == nil {
				b.t.Error("it was sent")
			}
			b.mustBe(e, journal.Queued)
			b.startAgain()
		})
	}
	for _, way := range []string{isStopped, isTooLong} {
		why := reasons[way]
		l.prove(t, place{op: journal.OperationPost, day: "while connecting: " + way}, neverReached, func(b *broken) {
			ctx := &ending{Context: b.t.Context(), done: make(chan struct{}), why: why}
			over := make(chan struct{})
			traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{ConnectStart: func(string, string) {
				close(ctx.done)
				<-over
			}})
			e, err := b.outbox.Send(traced, b.request(b.root))
			close(over)
			if !errors.Is(err, why) {
				b.t.Errorf("error is %v", err)
			}
			b.mustBe(e, journal.Queued)
			b.startAgain()
		})
	}
}
