// One entry on its way: attempts, waiting between them, and writing down how it
// ended.

package outbox

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/panics"
)

// Limits of sending again by itself. Everything that goes beyond them stays
// queued, as never sent, for a person to decide.
const (
	maxUnreached   = 3               // attempts to open a connection
	maxRateLimited = 5               // attempts that were answered 429
	maxRetryAfter  = 5 * time.Minute // the longest wait that is waited out
	unreachedPause = time.Second     // before another attempt to connect
	maxLocked      = 3               // waits for another desk's lock on the journal
	ratePause      = 5 * time.Second // where a 429 names no time
)

// deliver sends an entry that is queued for this desk until its outcome is
// known, or it is given up.
func (o *Outbox) deliver(ctx context.Context, e journal.Entry, p *permit) (journal.Entry, error) {
	var tries tries
	for {
		tried, out := o.attempt(ctx, e, p)
		pause, again := tries.next(out)
		if again && out.unauthorized() {
			// Meanwhile the entry is still sending: a desk that ends here leaves
			// it uncertain, which says less than is known and harms nobody.
			again = renewed(ctx, p.service, out.err)
		}
		if !again {
			return o.settle(ctx, tried, out)
		}
		waited, err := o.pause(ctx, tried, out, pause, p)
		if err != nil {
			return waited, err
		}
		e = waited
	}
}

// tries counts what was tried again for one entry.
type tries struct {
	unreached, limited int
	unauthorized       bool
}

// next says whether an attempt that ended so is followed by another one, and
// after how long.
func (t *tries) next(out outcome) (pause time.Duration, again bool) {
	switch {
	case out.verdict == verdictNotReached:
		t.unreached++
		return unreachedPause, t.unreached < maxUnreached
	case out.verdict == verdictNotProcessed:
		if pause = out.retryAfter; pause <= 0 {
			pause = ratePause
		}
		t.limited++
		return pause, t.limited < maxRateLimited && pause <= maxRetryAfter
	case out.unauthorized() && !t.unauthorized:
		t.unauthorized = true
		return 0, true
	}
	return 0, false
}

// renewer is a service whose credentials can be others after a 401, which was
// not processed. *client.Instance is one. Where they are the same, as a pasted
// token is, there is no other attempt.
type renewer interface {
	Renewed(ctx context.Context, refused error) bool
}

var _ renewer = (*client.Instance)(nil)

func renewed(ctx context.Context, service Poster, refused error) bool {
	r, ok := service.(renewer)
	return ok && r.Renewed(ctx, refused)
}

// attempt makes one request and gives the entry as the journal has it then:
// sending, or still queued where nothing left. What was captured is compared
// before, while the request waits for the budget, and right before it leaves.
func (o *Outbox) attempt(ctx context.Context, e journal.Entry, p *permit) (journal.Entry, outcome) {
	if err := p.check(); err != nil {
		return e, notSent(err)
	}
	l := &launch{outbox: o, permit: p, entry: e}
	ctx, stop := l.holdBack(ctx)
	defer stop()
	options := client.WriteOptions{ValidUntil: e.ValidUntil, Caller: e.Caller, Started: l.start}
	start := o.now()
	var answer client.Answer
	var err error
	if e.Operation == journal.OperationPatch {
		answer, err = p.service.PatchProfile(ctx, e.Entity, e.EntityID, e.Body, options)
	} else {
		answer, err = p.service.PostActivity(ctx, e.Entity, e.Body, options)
	}
	out := judge(e.Operation, answer, err)
	if out.answer.Took == 0 {
		out.answer.Took = o.now().Sub(start)
	}
	entry, refusal := l.result()
	if refusal != nil && out.verdict == verdictNotSent {
		out = notSent(refusal)
	}
	return entry, out
}

// pause writes down that an entry waits, and waits. With an error the entry is
// settled: waiting was cancelled, the instance locked, or the journal failed.
func (o *Outbox) pause(ctx context.Context, e journal.Entry, out outcome, d time.Duration, p *permit) (journal.Entry, error) {
	next := o.now().Add(d)
	waiting, err := o.record(ctx, e, held, func(e *journal.Entry) {
		doubt := e.Doubt
		out.write(e)
		o.finish(e, out)
		e.State, e.NextTry, e.Doubt, e.Note = journal.Queued, next, doubt, ""
	})
	if err != nil {
		return waiting, err
	}
	o.log.Info("send waits", "entry", e.ID, "status", out.answer.Status, "for", d)
	if err := o.wait(ctx, d, p); err != nil {
		return o.giveUp(ctx, waiting, err)
	}
	return waiting, nil
}

// wait waits for d, unless the caller, the person or the guard ends it.
func (o *Outbox) wait(ctx context.Context, d time.Duration, p *permit) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var watching sync.WaitGroup
	defer watching.Wait()
	defer cancel(nil)
	watching.Go(func() {
		defer panics.Guard("watching a send")
		select {
		case <-p.over:
			cancel(errLocked)
		case <-withdrawn(ctx):
			cancel(errWithdrawn)
		case <-ctx.Done():
		}
	})
	if err := o.sleep(ctx, d); err != nil {
		if errors.Is(context.Cause(ctx), errLocked) {
			return p.refusal()
		}
		return err
	}
	if isWithdrawn(ctx) { // as the wait ended by itself
		return errWithdrawn
	}
	return p.check()
}

// giveUp settles an entry whose waiting ended early: nothing of it was
// processed, unless an attempt before is in doubt. What the service said stays:
// the reason would pass for its words.
func (o *Outbox) giveUp(ctx context.Context, e journal.Entry, why error) (journal.Entry, error) {
	settled, err := o.record(ctx, e, held, func(e *journal.Entry) {
		e.NextTry = time.Time{}
		if e.Status == 0 {
			e.Message = why.Error()
		}
		e.Note = noteStopped(why)
		if e.Doubt {
			e.State, e.Note = journal.Uncertain, noteEarlierDoubt
		}
	})
	if err != nil {
		return settled, err
	}
	return settled, fmt.Errorf("stopped while waiting to send: %w", why)
}

// noteStopped tells whoever reads the entry why it did not wait to the end.
func noteStopped(why error) string {
	switch {
	case errors.Is(why, errWithdrawn):
		return "It was taken back while it waited."
	case errors.Is(why, context.Canceled):
		return "The desk was closed while it waited."
	default:
		return fmt.Sprintf("It was stopped while it waited: %v.", why)
	}
}

// settle writes an entry's outcome.
func (o *Outbox) settle(ctx context.Context, e journal.Entry, out outcome) (journal.Entry, error) {
	begun := e.State == journal.Sending
	settled, err := o.record(ctx, e, held, func(e *journal.Entry) {
		out.write(e)
		if begun {
			o.finish(e, out)
		}
	})
	switch {
	case err != nil && errors.Is(out.err, ErrNotSent):
		return settled, out.err // the journal fails, and nothing was sent that it does not know of
	case err != nil:
		return settled, err
	}
	o.log.Info("send ended", "entry", e.ID, "state", settled.State, "status", settled.Status, "code", settled.Code)
	if out.err != nil && settled.State != journal.AlreadyThere {
		return settled, fmt.Errorf("send to %s: %w", e.Entity, out.err)
	}
	return settled, nil
}

func (o *Outbox) finish(e *journal.Entry, out outcome) {
	e.AnsweredAt, e.Took = o.now(), out.answer.Took
}

// held are the states of an entry that this desk is sending.
var held = []journal.State{journal.Queued, journal.Sending}

// record changes an entry in the journal whatever became of the caller, and
// waits out another desk's lock. When it cannot be written the error is an
// *UnwrittenError, and the entry is as it should have been written.
func (o *Outbox) record(ctx context.Context, e journal.Entry, from []journal.State, change func(*journal.Entry)) (journal.Entry, error) {
	ctx, cancel := detached(ctx)
	defer cancel()
	for try := 1; ; try++ {
		written, err := o.journal.Update(ctx, e.ID, from, change)
		if err == nil {
			return written, nil
		}
		if !errors.Is(err, journal.ErrLocked) || try == maxLocked {
			change(&e)
			o.log.Error("send not written to the journal", "entry", e.ID, "state", e.State, "error", err)
			return e, &UnwrittenError{Entry: e, Err: err}
		}
	}
}
