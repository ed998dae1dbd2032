// How far a request got, as httptrace and the connection itself tell.

package client

import (
	"net/http/httptrace"
	"sync"
)

// Progress says how far a request got. Where it cannot be known, more is said
// to have happened rather than less.
type Progress struct {
	ConnectionOpened bool // the request had a connection to go out on
	HeadersWritten   bool // headers were handed to the connection
	RequestWritten   bool // headers and body were handed over in full
	FirstByte        bool // the answer began
}

// tracker watches one request. net/http calls the trace's functions from its
// own goroutines, possibly after the request has returned.
type tracker struct {
	mu       sync.Mutex
	progress Progress
	conn     *countingConn
	before   int64 // bytes that conn had written before this request
}

func (t *tracker) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			t.set(func(p *Progress) { p.ConnectionOpened = true })
			t.mu.Lock()
			defer t.mu.Unlock()
			if t.conn = countingConnOf(info.Conn); t.conn != nil {
				t.before = t.conn.written.Load()
			}
		},
		WroteHeaders: func() {
			t.set(func(p *Progress) { p.HeadersWritten = true })
		},
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil {
				t.set(func(p *Progress) { p.HeadersWritten, p.RequestWritten = true, true })
			}
		},
		GotFirstResponseByte: func() {
			t.set(func(p *Progress) { p.FirstByte = true })
		},
	}
}

func (t *tracker) set(change func(*Progress)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	change(&t.progress)
}

func (t *tracker) snapshot() Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.progress
}

// nothingWritten says whether it is certain that no byte of the request left.
// It may be asked only once net/http has given up the connection for a reason
// other than the caller's context: only then its writer has ended.
func (t *tracker) nothingWritten() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.progress.ConnectionOpened {
		return true
	}
	return t.conn != nil && t.conn.written.Load() == t.before
}
