// The moment at which an entry leaves the queue: until then a lock or a journal
// that fails stops it, from then on its outcome is for the service to tell.

package outbox

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/panics"
)

// launch is one attempt on its way to the connection.
type launch struct {
	outbox *Outbox
	permit *permit

	mu      sync.Mutex
	entry   journal.Entry // as the journal has it
	started bool
	refusal error // why it was not let go
}

// holdBack gives a context that ends when the permit does, or when the send is
// taken back, as long as the request was not let go; from there on it is left
// alone, so that its outcome is known.
func (l *launch) holdBack(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		defer panics.Guard("watching a send")
		select {
		case <-l.permit.over:
			l.refuse(l.permit.refusal(), errLocked, cancel)
		case <-withdrawn(ctx):
			l.refuse(errWithdrawn, errWithdrawn, cancel)
		case <-done:
		}
	})
	return ctx, func() {
		close(done)
		watching.Wait()
		cancel(nil)
	}
}

// refuse stops what was not let go yet.
func (l *launch) refuse(why, cause error, cancel context.CancelCauseFunc) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.started {
		l.refusal = why
		cancel(cause)
	}
}

// start lets the request go: the entry is sending, on disk, and what was
// captured at the click still holds after that. It is client.WriteOptions.Started.
func (l *launch) start(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.refusal == nil && isWithdrawn(ctx) {
		l.refusal = errWithdrawn
	}
	if l.refusal != nil {
		return l.refusal
	}
	sending, err := l.outbox.record(ctx, l.entry, []journal.State{journal.Queued}, l.outbox.begin)
	var unwritten *UnwrittenError
	switch {
	case errors.As(err, &unwritten):
		l.refusal = &NotSentError{Err: unwritten.Err}
		return l.refusal
	case err != nil:
		l.refusal = err
		return err
	}
	l.entry = sending
	// The journal may have been waited for.
	if err := l.permit.check(); err != nil {
		l.refusal = err
		return err
	}
	l.started = true
	return nil
}

// begin makes an entry one whose attempt starts now. The answer to an earlier
// attempt goes: a desk that ends now would leave it as the answer to this one.
func (o *Outbox) begin(e *journal.Entry) {
	outcome{}.writeAnswer(e)
	e.AnsweredAt, e.Took = time.Time{}, 0
	e.State = journal.Sending
	if !e.Doubt {
		e.Note = "" // of a wait before this
	}
	e.Attempts++
	e.SentAt = o.now()
}

// result gives the entry as the journal has it, and why it was not let go.
func (l *launch) result() (journal.Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.entry, l.refusal
}
