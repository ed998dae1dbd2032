// Latest is the one way in which pages read: the newest request wins, and
// answers to older ones are dropped.

package tasks

import (
	"context"
	"errors"
	"time"
)

// Latest runs reads of one kind, for example a page's search. Its methods are
// called on the UI goroutine. Starting a read cancels the one before; an
// answer that is not the newest one's is dropped. Writes are never run here:
// their outcome is always recorded and shown.
type Latest[T any] struct {
	tasks  *Group
	post   func(func())
	number uint64             // of the newest request
	cancel context.CancelFunc // nil: none is running
}

// NewLatest makes a Latest that runs in the group and answers through post, which
// puts a function on the UI goroutine.
func NewLatest[T any](group *Group, post func(func())) *Latest[T] {
	return &Latest[T]{tasks: group, post: post}
}

// ErrStopped stands in the place of a failure where a person has stopped a read.
var ErrStopped = errors.New("stopped by a person")

// Run starts work in the background and drops whatever ran before. Work must
// use copies only: it never reads a page's fields. Done is called on the UI
// goroutine, unless the request was cancelled or a newer one has started.
func (l *Latest[T]) Run(work func(ctx context.Context) (T, error), done func(T, error)) {
	l.RunAfter(0, work, done)
}

// RunAfter is Run after a delay, so that a search does not start at every key.
func (l *Latest[T]) RunAfter(delay time.Duration, work func(ctx context.Context) (T, error), done func(T, error)) {
	l.Cancel()
	ctx, cancel := context.WithCancel(l.tasks.Context())
	l.cancel = cancel
	number := l.number
	l.tasks.Go(func(context.Context) {
		if !Pause(ctx, delay) {
			return
		}
		value, err := work(ctx)
		l.post(func() { l.answer(number, value, err, done) })
	})
}

// Cancel ends the running request, if there is one; its answer is dropped.
func (l *Latest[T]) Cancel() {
	l.number++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// Running says whether a request is under way.
func (l *Latest[T]) Running() bool { return l.cancel != nil }

func (l *Latest[T]) answer(number uint64, value T, err error, done func(T, error)) {
	if number != l.number {
		return
	}
	l.cancel()
	l.cancel = nil
	done(value, err)
}

// Pause waits, and answers whether the context was still alive afterwards.
func Pause(ctx context.Context, delay time.Duration) bool {
	if delay > 0 {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
	}
	return ctx.Err() == nil
}
