// The process is killed at a point of a send.

package outbox_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// killed is how a process ends here.
const killed = ": the process is killed"

// What the window says of a send whose desk ended.
const (
	saysNeverSent   = "Never sent · the desk ended before it could be sent"
	saysLeftSending = "Uncertain · It may have been stored: look for it before you send it again. · The desk ended while this was being sent."
)

var (
	neverRecorded = fate{says: "Nothing: no send was begun."}
	neverSent     = fate{state: journal.Queued, stored: false, says: saysNeverSent}
	leftSending   = fate{state: journal.Uncertain, stored: false, says: saysLeftSending}
	leftStored    = fate{state: journal.Uncertain, stored: true, says: saysLeftSending}
)

// twice is the fate of a second attempt.
func (f fate) twice() fate {
	f.says = saysLeftTwice
	return f
}

// killPoint is a point at which a desk is killed.
type killPoint struct {
	point  string  // stopped at, or, with faults, in words
	faults []fault // of the service; the last one has the desk wait, unless it stops by itself
	tls    bool
	watch  bool
	fate   fate
}

func (p killPoint) stopsItself() bool {
	return len(p.faults) == 0 || p.faults[len(p.faults)-1].how != hangs
}

func killPoints(op journal.Operation) []killPoint {
	accepted := fate{state: journal.Accepted, stored: true, says: saysAccepted}
	if op == journal.OperationPatch {
		accepted.says = saysChanged
	}
	busy := fault{at: whole, how: goesOn, status: 429}
	points := []killPoint{
		{point: atIntent, fate: neverRecorded},
		{point: atRecorded, fate: neverSent},
		{point: atBudget, fate: neverSent},
		{point: atMarked, fate: leftSending},
		{point: atConnecting, fate: leftSending},
		{point: "connected, before TLS", faults: []fault{{at: onAccept}}, tls: true, fate: leftSending},
		{point: "in the TLS handshake", faults: []fault{{at: inHandshake}}, tls: true, fate: leftSending},
		{point: atConnected, fate: leftSending},
		{point: atHeaders, fate: leftSending},
		{point: atHeadersEnd, fate: leftSending},
		{point: atBody, fate: leftSending},
		{point: "body written", faults: []fault{{at: bodyRead}}, fate: leftSending},
		{point: "body written, over TLS", faults: []fault{{at: bodyRead}}, tls: true, fate: leftSending},
		{point: "stored, before the answer", faults: []fault{{at: onStored}}, fate: leftStored},
		{point: "in the answer's first line", faults: []fault{{at: inStatusLine}}, fate: leftStored},
		{point: "in the answer's headers", faults: []fault{{at: inAnswerHeaders}}, fate: leftStored},
		{point: atAnswered, fate: leftStored},
		{point: atWritten, fate: accepted},
		{point: atPause + " after a 429", faults: []fault{busy}, fate: neverReached},
		{point: "after a 429, in the second attempt", faults: []fault{busy, {at: bodyRead}}, fate: leftSending.twice()},
		{point: atRenewal, faults: []fault{{at: whole, how: goesOn, status: 401}}, fate: leftSending},
		{point: "after a 401, in the second attempt", faults: []fault{{at: whole, how: goesOn, status: 401}, {at: onStored}}, fate: leftStored.twice()},
		{point: atPause + " to connect", faults: []fault{{at: onAccept, how: reset}}, tls: true, fate: neverReached},
	}
	if op == journal.OperationPatch {
		return points
	}
	return append(points,
		killPoint{point: "in the answer's body, shorter than it says", faults: []fault{{at: inAnswerBody}}, fate: leftStored},
		killPoint{point: "in the answer's body, within a chunk", faults: []fault{{at: inAnswerChunk}}, fate: leftStored})
}

// start begins an errand in a process of its own and waits until it is at its point.
func (b *broken) start(e errand, stopsItself bool) *exec.Cmd {
	t := b.t
	t.Helper()
	e.Journal, e.Root, e.Operation = b.journal.Path(), b.wire.root(), b.op
	if b.wire.tls != nil {
		_, e.Authority = trusted()
	}
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(out).ReadString('\n')
		said <- strings.TrimSpace(line)
	}()
	if stopsItself {
		if line := <-said; line != stoppedWord {
			t.Fatalf("the desk said %q", line)
		}
		return cmd
	}
	select {
	case <-b.wire.reached:
	case line := <-said:
		t.Fatalf("the desk said %q before the service had it wait", line)
	}
	return cmd
}

// kill ends a process without any chance to tidy up.
func (b *broken) kill(cmd *exec.Cmd) {
	b.t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		b.t.Fatal(err)
	}
	_ = cmd.Wait() // "signal: killed", as meant
}

// quiet waits until the service has taken in all that a dead desk has written:
// what still lies in a connection would be counted at some later moment. No living
// desk is to have a connection.
func (w *wire) quiet(t *testing.T) {
	t.Helper()
	// They are accepted in turn: once this one has been, so have those before it.
	last, err := net.DialTCP("tcp", nil, w.listener.Addr().(*net.TCPAddr))
	if err != nil {
		t.Fatal(err)
	}
	_ = last.CloseWrite()
	_, _ = io.ReadAll(last) // until the service hangs up
	_ = last.Close()
	for end := time.Now().Add(patience); w.busy() > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d connections stay open", w.busy())
		}
	}
}

// busy is how many connections are open.
func (w *wire) busy() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.open)
}

// killAt has another desk do an errand, kills it at its point, and starts again.
func (b *broken) killAt(e errand, p killPoint) {
	b.t.Helper()
	path := b.journal.Path()
	if err := b.journal.Close(); err != nil {
		b.t.Fatal(err)
	}
	b.wire.arm(p.faults...)
	b.kill(b.start(e, p.stopsItself()))
	b.wire.arm()
	b.wire.quiet(b.t)
	b.openJournal(path)
}

// errand is what a desk does that is killed at this point.
func (p killPoint) errand() errand {
	for _, point := range []string{atPause} {
		if strings.HasPrefix(p.point, point) {
			return errand{Point: point}
		}
	}
	return errand{Point: p.point, Watch: p.watch}
}

func (l *cells) killedDesks(t *testing.T) {
	for _, op := range operations {
		for _, p := range killPoints(op) {
			l.prove(t, place{op: op, day: p.point + killed, tls: p.tls}, p.fate, func(b *broken) { b.killAt(p.errand(), p) })
		}
	}
}
