// Package tasks runs the desk's work off the UI goroutine. A Group binds it to the
// desk's life: closing waits for writes and cuts reads off. Latest is the way in
// which pages read.
package tasks

import (
	"context"
	"sync"
	"time"
)

// Group runs background work that is bound to the desk's life. Its methods may
// be called from any goroutine.
type Group struct {
	reads, writes         context.Context
	stopReads, stopWrites context.CancelFunc

	crash CrashGuard // nil: none

	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
}

// CrashGuard reports a panic. It is deferred itself, so that it can recover.
type CrashGuard interface{ Guard(where string) }

// New makes a group whose contexts carry the values of ctx and end with it.
// Crash is deferred around all work; nil lets panics pass.
func New(ctx context.Context, crash CrashGuard) *Group {
	g := &Group{crash: crash}
	g.reads, g.stopReads = context.WithCancel(ctx)
	g.writes, g.stopWrites = context.WithCancel(context.WithoutCancel(ctx))
	return g
}

// Go runs work that may be cut off at any time: its context ends when closing
// begins. Nothing is run once closing has begun.
func (g *Group) Go(work func(ctx context.Context)) { g.start(g.reads, work) }

// GoWrite runs work whose outcome must be recorded: its context ends only when
// closing has waited for it long enough.
func (g *Group) GoWrite(work func(ctx context.Context)) { g.start(g.writes, work) }

// Context ends when closing begins. Work that needs a shorter life derives its
// own context from it.
func (g *Group) Context() context.Context { return g.reads }

// Every calls tick each interval until closing begins. Tick is called on a
// goroutine of the group; it posts to the UI what concerns the UI.
func (g *Group) Every(interval time.Duration, tick func()) {
	g.Go(func(ctx context.Context) {
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

func (g *Group) start(ctx context.Context, work func(context.Context)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	g.wg.Go(func() {
		if g.crash != nil {
			defer g.crash.Guard("background work")
		}
		work(ctx)
	})
}

// Close begins closing: reads are cancelled, writes have until patience is
// over to record their outcome and are cancelled then. It answers whether all
// work had ended by itself. It may be called again.
func (g *Group) Close(patience time.Duration) bool {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.stopReads()
	defer g.stopWrites()

	ended := make(chan struct{})
	go func() { // ends with the last task, which the cancelling below sees to
		g.wg.Wait()
		close(ended)
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-ended:
		return true
	case <-timer.C:
	}
	g.stopWrites()
	timer.Reset(lastWords)
	select {
	case <-ended:
	case <-timer.C:
	}
	return false
}

// lastWords is how long a cancelled write has to record that it was cancelled.
const lastWords = time.Second
