// Pacing: one budget of calls in a sliding window, shared by all callers of a
// connection.

package client

import (
	"context"
	"slices"
	"sync"
	"time"
)

// The default budget: the Power Platform connector's limit (contract, section 5).
const (
	DefaultLimit  = 100
	DefaultWindow = time.Minute
)

// maxPause bounds what a Retry-After can ask of everybody.
const maxPause = 5 * time.Minute

// Pacer lets through at most a number of calls in any window of time, in the
// order in which they asked. It is safe for concurrent use.
type Pacer struct {
	now   func() time.Time
	sleep func(context.Context, time.Duration) error

	mu     sync.Mutex
	limit  int
	window time.Duration
	calls  []time.Time // when calls were let through, within the window, oldest first
	paused time.Time
	queue  []*ticket
}

// ticket is a caller's place in the queue.
type ticket struct {
	turn chan struct{}      // closed when the ticket is first
	wake context.CancelFunc // ends the first one's sleep, to look again
}

// A PacerOption changes how a Pacer is made.
type PacerOption func(*Pacer)

// PacerClock replaces the clock. sleep must return once its context is done or
// now has advanced by the duration.
func PacerClock(now func() time.Time, sleep func(context.Context, time.Duration) error) PacerOption {
	return func(p *Pacer) { p.now, p.sleep = now, sleep }
}

// NewPacer makes a budget of limit calls in any window; values below 1 stand
// for the defaults.
func NewPacer(limit int, window time.Duration, options ...PacerOption) *Pacer {
	if limit < 1 {
		limit = DefaultLimit
	}
	if window <= 0 {
		window = DefaultWindow
	}
	p := &Pacer{limit: limit, window: window, now: time.Now, sleep: sleepFor}
	for _, apply := range options {
		apply(p)
	}
	return p
}

// Wait returns nil when one call may be made now, and counts it; or the
// context's error. Callers are served in the order in which they came.
func (p *Pacer) Wait(ctx context.Context) error {
	t := p.enter()
	defer p.leave(t)
	select {
	case <-t.turn:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		sleeping, cancel := context.WithCancel(ctx)
		delay := p.take(t, cancel)
		if delay > 0 {
			// Woken early or late, the answer is the same: look again.
			_ = p.sleep(sleeping, delay)
		}
		cancel()
		if delay <= 0 {
			return nil
		}
	}
}

func (p *Pacer) enter() *ticket {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := &ticket{turn: make(chan struct{})}
	p.queue = append(p.queue, t)
	if len(p.queue) == 1 {
		close(t.turn)
	}
	return t
}

func (p *Pacer) leave(t *ticket) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.Index(p.queue, t)
	p.queue = slices.Delete(p.queue, i, i+1)
	if i == 0 && len(p.queue) > 0 {
		close(p.queue[0].turn)
	}
}

// take counts a call and gives 0, or gives how long to wait.
func (p *Pacer) take(t *ticket, wake context.CancelFunc) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.forget(now)
	delay := p.paused.Sub(now)
	if n := len(p.calls); n >= p.limit {
		delay = max(delay, p.calls[n-p.limit].Add(p.window).Sub(now))
	}
	if delay > 0 {
		t.wake = wake
		return delay
	}
	p.calls = append(p.calls, now)
	return 0
}

// forget drops the calls that have left the window.
func (p *Pacer) forget(now time.Time) {
	gone := 0
	for gone < len(p.calls) && now.Sub(p.calls[gone]) >= p.window {
		gone++
	}
	p.calls = slices.Delete(p.calls, 0, gone)
}

// Usage tells how many calls of the window ending now were made, and the limit.
func (p *Pacer) Usage() (used, limit int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(p.now())
	return len(p.calls), p.limit
}

// SetLimit changes the number of calls; those that wait see it at once. Below
// 1 stands for DefaultLimit.
func (p *Pacer) SetLimit(limit int) {
	if limit < 1 {
		limit = DefaultLimit
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.limit = limit
	p.wakeFirst()
}

// PauseUntil lets nobody through before t: what a 429 with Retry-After asks. A
// pause is never shortened, and never longer than five minutes from now.
func (p *Pacer) PauseUntil(t time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := p.now().Add(maxPause); t.After(last) {
		t = last
	}
	if t.After(p.paused) {
		p.paused = t
		p.wakeFirst()
	}
}

// PausedUntil is the end of the pause; the zero time when there is none.
func (p *Pacer) PausedUntil() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.paused.After(p.now()) {
		return time.Time{}
	}
	return p.paused
}

func (p *Pacer) wakeFirst() {
	if len(p.queue) > 0 && p.queue[0].wake != nil {
		p.queue[0].wake()
	}
}

// sleepFor waits for d or the end of ctx.
func sleepFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
