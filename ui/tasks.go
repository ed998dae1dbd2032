// Tasks are the goroutines of the desk: each has a context that ends with the
// window, and closing the window waits for them.

package ui

import (
	"context"
	"sync"
	"time"
)

// Tasks runs background work that is bound to the desk's life. Its methods may
// be called from any goroutine.
type Tasks struct {
	reads, writes         context.Context
	stopReads, stopWrites context.CancelFunc

	// crash is deferred around all work; nil lets panics pass.
	crash CrashGuard

	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
}

// CrashGuard reports a panic. It is deferred itself, so that it can recover.
type CrashGuard interface{ Guard(where string) }

// NewTasks makes Tasks whose contexts carry the values of ctx and end with it.
func NewTasks(ctx context.Context) *Tasks {
	t := &Tasks{}
	t.reads, t.stopReads = context.WithCancel(ctx)
	t.writes, t.stopWrites = context.WithCancel(context.WithoutCancel(ctx))
	return t
}

// Go runs work that may be cut off at any time: its context ends when closing
// begins. Nothing is run once closing has begun.
func (t *Tasks) Go(work func(ctx context.Context)) { t.start(t.reads, work) }

// GoWrite runs work whose outcome must be recorded: its context ends only when
// closing has waited for it long enough.
func (t *Tasks) GoWrite(work func(ctx context.Context)) { t.start(t.writes, work) }

// Context ends when closing begins. Work that needs a shorter life derives its
// own context from it.
func (t *Tasks) Context() context.Context { return t.reads }

// Every calls tick each interval until closing begins. Tick is called on a
// goroutine of Tasks; it posts to the UI what concerns the UI.
func (t *Tasks) Every(interval time.Duration, tick func()) {
	t.Go(func(ctx context.Context) {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				tick()
			}
		}
	})
}

func (t *Tasks) start(ctx context.Context, work func(context.Context)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.wg.Go(func() {
		if t.crash != nil {
			defer t.crash.Guard("background work")
		}
		work(ctx)
	})
}

// Close begins closing: reads are cancelled, writes have until patience is
// over to record their outcome and are cancelled then. It answers whether all
// work had ended by itself. It may be called again.
func (t *Tasks) Close(patience time.Duration) bool {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	t.stopReads()
	defer t.stopWrites()

	ended := make(chan struct{})
	go func() { // ends with the last task, which the cancelling below sees to
		t.wg.Wait()
		close(ended)
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-ended:
		return true
	case <-timer.C:
	}
	t.stopWrites()
	timer.Reset(lastWords)
	select {
	case <-ended:
	case <-timer.C:
	}
	return false
}

// lastWords is how long a cancelled write has to record that it was cancelled.
const lastWords = time.Second
