// Arrival: watching the timeline until a sent activity shows.

package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
)

// How long and how often the timeline is asked.
const (
	WatchFor      = 2 * time.Minute
	firstInterval = 300 * time.Millisecond
	lastInterval  = 10 * time.Second
)

// ArrivalState says how far a watch is.
type ArrivalState int

// The states of a watch.
const (
	ArrivalLooking ArrivalState = iota
	ArrivalSeen
	ArrivalNotSeen // within WatchFor
)

// Arrival is what a watch knows.
type Arrival struct {
	State ArrivalState
	Entry journal.Entry // as it stands, body included
	Asked int           // how often the timeline was asked
	// Failed is how many of these looks saw nothing of the timeline: nothing was
	// seen by any of them where all failed.
	Failed int
	// After is the time from the send to now, or to when it was seen: to the end
	// of the look that saw it. It counts from Entry.SentAt, right before the
	// request is written, and so neither from the click (it may have waited for
	// its place in the budget) nor from the answer (which can be lost).
	After time.Duration
	// Next is when the timeline is asked again; zero: not any more.
	Next time.Time
	// Err is why the last look saw nothing of the timeline; the watch goes on.
	Err error

	Row        client.Row // when seen
	MatchedBy  string     // journal.MatchSourceID, or journal.MatchTypeAndTime: probably it
	Comparison Comparison // when seen and the body is at hand
}

// Probably says that the activity was recognised by type and time alone.
func (a Arrival) Probably() bool { return a.MatchedBy == journal.MatchTypeAndTime }

// watchable are the states in which an activity can show on a timeline.
var watchable = []journal.State{journal.Accepted, journal.AlreadyThere, journal.Uncertain, journal.Visible}

// WatchArrival looks on the customer's timeline for an entry's activity until
// it is seen or for WatchFor, and tells onChange after each look, on its own
// goroutine; the last one told is seen or not seen.
//
// An accepted entry that is seen becomes visible. An uncertain one does when it
// is recognised by its key; a probable match leaves it uncertain, with a note.
// One that was already there stays so: the Comparison says whether it is the
// same. An entry that is not seen stays what it is.
//
// The error is ErrNotWatchable, ErrTarget, ErrUnknownCustomer, the context's,
// the journal's, or a *client.Error that more looking would not mend (401, 403,
// 404, an answer that is larger than is read); failures that pass are told and
// waited out.
func (o *Outbox) WatchArrival(ctx context.Context, entryID string, t Target, onChange func(Arrival)) error {
	if err := t.check(); err != nil {
		return err
	}
	e, err := o.journal.Get(ctx, entryID)
	if err != nil {
		return fmt.Errorf("watch arrival: %w", err)
	}
	if err := t.matches(e); err != nil {
		return err
	}
	if e.Operation != journal.OperationPost || !slices.Contains(watchable, e.State) {
		return fmt.Errorf("%w: the entry is %s", ErrNotWatchable, e.State)
	}
	w := watch{outbox: o, target: t, sought: seek(e, t), end: o.now().Add(WatchFor)}
	w.arrival = Arrival{Entry: e}
	for interval := firstInterval; ; interval = min(interval*3/2, lastInterval) {
		if err := w.look(ctx); err != nil {
			return err
		}
		w.plan(interval)
		onChange(w.arrival)
		if w.arrival.State != ArrivalLooking {
			return nil
		}
		if err := o.sleep(ctx, w.arrival.Next.Sub(o.now())); err != nil {
			return fmt.Errorf("watch arrival: %w", err)
		}
	}
}

// watch is one WatchArrival.
type watch struct {
	outbox  *Outbox
	target  Target
	sought  sought
	end     time.Time
	arrival Arrival
}

// look asks once and takes note of what was seen.
func (w *watch) look(ctx context.Context) error {
	o, a := w.outbox, &w.arrival
	a.Asked++
	row, how, seen, err := w.ask(ctx)
	a.After = max(0, o.now().Sub(w.sentAt())) // the clock may have been set back
	a.Err = err
	switch {
	case err != nil && (ctx.Err() != nil || hopeless(err)):
		return fmt.Errorf("watch arrival: %w", err)
	case err != nil:
		a.Failed++
		return nil
	case !seen:
		return nil
	}
	a.State, a.Row, a.MatchedBy = ArrivalSeen, row, how
	body := a.Entry.Body
	if err := w.record(ctx); err != nil {
		return fmt.Errorf("watch arrival: %w", err)
	}
	a.Entry.Body = body
	if len(body) > 0 {
		a.Comparison, err = CompareEntry(a.Entry, row, w.sought.times...)
	}
	return err
}

func (w *watch) ask(ctx context.Context) (client.Row, string, bool, error) {
	if w.arrival.Entry.CustomerID == "" {
		id, err := w.outbox.customerOf(ctx, w.arrival.Entry, w.target)
		if err != nil {
			return client.Row{}, "", false, err
		}
		w.arrival.Entry.CustomerID = id
	}
	return w.outbox.look(ctx, w.sought, w.arrival.Entry.CustomerID, w.target)
}

// sentAt is when the activity left; for one that was sent twice in doubt, the
// last time.
func (w *watch) sentAt() time.Time {
	if e := w.arrival.Entry; !e.SentAt.IsZero() {
		return e.SentAt
	}
	return w.arrival.Entry.CreatedAt
}

// plan sets when to look next, or that it is over.
func (w *watch) plan(interval time.Duration) {
	a := &w.arrival
	a.Next = time.Time{}
	if a.State != ArrivalLooking {
		return
	}
	now := w.outbox.now()
	if !now.Before(w.end) {
		a.State = ArrivalNotSeen
		return
	}
	a.Next = now.Add(interval)
	if a.Next.After(w.end) {
		a.Next = w.end // one last look at the very end
	}
}

const noteProbably = "An activity of the same type and time is on the timeline: probably this one."

// record writes down what was seen.
func (w *watch) record(ctx context.Context) error {
	a := &w.arrival
	seen := w.outbox.now()
	ctx, cancel := detached(ctx)
	defer cancel()
	written, err := w.outbox.journal.Update(ctx, a.Entry.ID, watchable, func(e *journal.Entry) {
		e.CustomerID = a.Entry.CustomerID
		if e.State == journal.Visible {
			return // known since before
		}
		e.MatchedBy, e.VisibleAt = a.MatchedBy, seen
		switch {
		case e.State == journal.Accepted:
			e.State = journal.Visible
		case e.State == journal.Uncertain && !a.Probably():
			e.State, e.Doubt, e.Note = journal.Visible, false, ""
		case e.State == journal.Uncertain:
			e.Note = noteProbably
		}
	})
	if err != nil {
		return err
	}
	a.Entry = written
	return nil
}

// hopeless says that looking again would give the same, or costs too much.
func hopeless(err error) bool {
	return errors.Is(err, ErrUnknownCustomer) || isKind(err, client.KindUnauthorized, client.KindForbidden,
		client.KindNotFound, client.KindBadRequest, client.KindTooLarge, client.KindCredentials)
}
