// Why something was not sent, or not written down, in errors that a caller can
// tell apart.

package outbox

import (
	"errors"
	"fmt"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// Errors of an outbox, found with errors.Is.
var (
	// ErrInFlight: the very same is being sent right now.
	ErrInFlight = errors.New("the same is being sent already")
	// ErrTarget: service, instance and entity of a request do not belong
	// together, or are not those of the entry; nothing is sent on a guess.
	ErrTarget = errors.New("this is another target")
	// ErrBody: there is nothing that could be sent.
	ErrBody = errors.New("the body is not a JSON object")
	// ErrSecret: the body or the caller holds a secret that this process knows;
	// what is sent can be read by others and cannot be taken back.
	ErrSecret = errors.New("it holds a key or a token")
	// ErrNoBody: the journal does not keep the body any more.
	ErrNoBody = errors.New("the body was not kept")
	// ErrNotSent: see NotSentError.
	ErrNotSent = errors.New("nothing was sent")
	// ErrUnknownCustomer: no unified customer stands behind the entry.
	ErrUnknownCustomer = errors.New("the customer was not found")
	// ErrNotWatchable: the entry is none that could show on a timeline.
	ErrNotWatchable = errors.New("there is nothing to look for")

	errLocked = errors.New("the instance was locked")
)

// GuardError says that an instance is read-only. The remedy is Guard.Unlock.
type GuardError struct {
	Instance    metadata.Instance
	Environment metadata.Environment
}

// Error names the instance and its environment.
func (e *GuardError) Error() string {
	return fmt.Sprintf("%s (%s) is read-only: unlock it by typing its name", e.Instance.Label(), e.Environment)
}

// ConfirmError says that an instance asks before each send, and that this one was
// not confirmed: not at all, or before it was edited, or it was sent already. The
// remedy is the person's word, see Confirm.
type ConfirmError struct {
	Instance    metadata.Instance
	Environment metadata.Environment
	Entity      string // name for data requests
	Customer    string // the key that leads to the customer; empty: none
	Count       int    // of activities
}

// Error says what a person has to confirm.
func (e *ConfirmError) Error() string {
	return fmt.Sprintf("%s (%s) asks before each send, and sending %d to %s was not confirmed",
		e.Instance.Label(), e.Environment, e.Count, e.Entity)
}

// NameError says that what was typed is not the instance's name.
type NameError struct{ Name, Typed string }

// Error names what should have been typed.
func (e *NameError) Error() string {
	return fmt.Sprintf("%q is not the instance's name, which is %q", e.Typed, e.Name)
}

// DuplicateError says that the same body was sent to the same entity of the
// same instance before. The remedy is Request.SameBodyAgain: a person's word;
// or, where Previous is uncertain, SendAgain.
type DuplicateError struct{ Previous journal.Entry } // without bodies

// Error says how the earlier one ended.
func (e *DuplicateError) Error() string {
	return fmt.Sprintf("the same was sent before and is %s", e.Previous.State)
}

// NotSentError is an ErrNotSent: the journal could not be written, and what
// cannot be written down is not sent.
type NotSentError struct{ Err error }

// Error says that nothing was sent and why.
func (e *NotSentError) Error() string {
	return fmt.Sprintf("nothing was sent, because it could not be written to the journal: %v", e.Err)
}

// Unwrap gives the journal's error.
func (e *NotSentError) Unwrap() error { return e.Err }

// Is makes a NotSentError an ErrNotSent.
func (e *NotSentError) Is(target error) bool { return target == ErrNotSent }

// UnwrittenError says that an attempt is over but could not be written to the
// journal. There the entry still reads as sending, and becomes uncertain when
// the desk starts next.
type UnwrittenError struct {
	Entry journal.Entry // as it should have been written, answer included
	Err   error         // the journal's
}

// Error says how the send ended and why that is not in the journal.
func (e *UnwrittenError) Error() string {
	return fmt.Sprintf("the send is %s, but that could not be written to the journal: %v", e.Entry.State, e.Err)
}

// Unwrap gives the journal's error.
func (e *UnwrittenError) Unwrap() error { return e.Err }
