// Operations one after the other, away from the caller, with a time limit that
// holds even for a call that never returns.

package vault

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/panics"
)

// line lets one operation at a time run. A keyring can block for ever and its
// calls cannot be cancelled, so an operation runs on a goroutine of its own
// that can be left behind; while one is, no other is started, so there is never
// more than one.
type line struct {
	limit time.Duration
	slot  chan struct{} // holds an element while an operation runs

	mu      sync.Mutex
	running *job // nil: none
}

// job is an operation that runs.
type job struct{ overdue bool }

func newLine(limit time.Duration) *line {
	return &line{limit: limit, slot: make(chan struct{}, 1)}
}

// do runs op and gives its result; or ErrTimeout after the line's limit, at
// once where an earlier operation is overdue already; or the end of ctx. The
// context of op ends when do returns: op is to look at it between calls.
func do[T any](ctx context.Context, l *line, op func(context.Context) (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	ahead, overdue := l.current()
	if overdue {
		return none, fail(ErrTimeout, errors.New("an earlier request has not been answered yet"))
	}
	limited, cancel := context.WithTimeout(ctx, l.limit)
	defer cancel()
	select {
	case l.slot <- struct{}{}:
	case <-limited.Done():
		return none, l.giveUp(ctx, ahead)
	}
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1) // the result of an operation left behind goes nowhere
	own := l.begin()
	go func() {
		defer panics.Guard("asking the keyring")
		value, err := guarded(limited, op)
		l.end()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, l.classify(ctx, r.err)
	case <-limited.Done():
		return none, l.giveUp(ctx, own)
	}
}

// guarded runs op. The library asserts types of what comes over the bus, so a
// strange service could make it panic.
func guarded[T any](ctx context.Context, op func(context.Context) (T, error)) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fail(ErrUnavailable, fmt.Errorf("it answered what its library does not understand: %v", p))
		}
	}()
	return op(ctx)
}

// classify turns an operation's own notice of the limit into ErrTimeout.
func (l *line) classify(ctx context.Context, err error) error {
	if kind, _ := kindOf(err); kind == nil && errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return fail(ErrTimeout, err)
	}
	return err
}

// giveUp says why waiting for a job ended. Where it was the limit, that job is
// overdue, and if it still runs, nobody waits for it again.
func (l *line) giveUp(ctx context.Context, waitedFor *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if waitedFor != nil {
		waitedFor.overdue = true
	}
	return fail(ErrTimeout, fmt.Errorf("nothing for %s", l.limit))
}

// current gives the job that runs, nil if none does, and whether it is overdue.
func (l *line) current() (*job, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.running, l.running != nil && l.running.overdue
}

func (l *line) begin() *job {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running = &job{}
	return l.running
}

func (l *line) end() {
	l.mu.Lock()
	l.running = nil
	l.mu.Unlock()
	<-l.slot
}
