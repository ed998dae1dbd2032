// Sending once more by a person's word.

package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/activitydesk/activitydesk/client/journal"
)

// SendAgain sends an entry once more that is uncertain, or that was never sent
// (queued, and nobody waits to send it): the very same bytes, under the same
// entry. It is the person's word; calling it for an uncertain entry may store
// the activity a second time where the service does not know its key. word is
// what ConfirmAgain made where the instance asks, else nil.
//
// Of two desks that do this at once only one sends; the other's error is a
// *journal.StateError. t must be the instance and entity of the entry, else
// ErrTarget. ErrNoBody: the body was not kept; ErrSecret. All else as with Send. When a
// refusal follows an attempt in doubt, the entry stays uncertain: the refusal
// does not say what became of that attempt.
func (o *Outbox) SendAgain(ctx context.Context, entryID string, t Target, word *Confirmation) (journal.Entry, error) {
	if err := t.check(); err != nil {
		return journal.Entry{}, err
	}
	if err := ctx.Err(); err != nil {
		return journal.Entry{}, err
	}
	// What a desk that is gone left behind is nobody's: free it first.
	if _, err := o.journal.Recover(ctx); err != nil {
		return journal.Entry{}, &NotSentError{Err: err}
	}
	e, err := o.journal.Get(ctx, entryID)
	if err != nil {
		return journal.Entry{}, &NotSentError{Err: err}
	}
	if err := t.matches(e); err != nil {
		return journal.Entry{}, err
	}
	if len(e.Body) == 0 {
		return journal.Entry{}, ErrNoBody
	}
	if o.redact.Holds(string(e.Body)) { // entered as a secret since it was first sent
		return journal.Entry{}, ErrSecret
	}
	land, err := o.takeOff(flight{strings.ToLower(e.InstanceID), e.Entity, e.EntityID, e.BodyDigest})
	if err != nil {
		return journal.Entry{}, err
	}
	defer land()
	permit, err := o.guard.permit(t, e.CustomerKey, t.identify(e, e.BodyDigest), word)
	if err != nil {
		return journal.Entry{}, err
	}
	defer permit.release()
	if e, err = o.takeUp(ctx, e.ID, t); err != nil {
		permit.handBack()
		return journal.Entry{}, err
	}
	return o.deliver(ctx, e, permit)
}

// takeUp claims an entry for this desk.
func (o *Outbox) takeUp(ctx context.Context, id string, t Target) (journal.Entry, error) {
	ctx, cancel := detached(ctx)
	defer cancel()
	from := []journal.State{journal.Uncertain, journal.Queued}
	e, err := o.journal.Update(ctx, id, from, func(e *journal.Entry) {
		e.Doubt = e.Doubt || e.State == journal.Uncertain
		t.mark(e)
		e.State, e.NextTry = journal.Queued, o.now()
	})
	switch {
	case errors.Is(err, journal.ErrStateChanged):
		return journal.Entry{}, fmt.Errorf("send again: %w", err)
	case err != nil:
		return journal.Entry{}, &NotSentError{Err: err}
	}
	return e, nil
}

// matches says whether an entry was for this instance and entity.
func (t Target) matches(e journal.Entry) error {
	if !strings.EqualFold(t.Instance.ID, e.InstanceID) {
		return fmt.Errorf("%w: the entry is for instance %s", ErrTarget, e.InstanceName)
	}
	if t.Entity.DataName() != e.Entity {
		return fmt.Errorf("%w: the entry is for %s", ErrTarget, e.Entity)
	}
	return nil
}
