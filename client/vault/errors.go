// What can go wrong with a keyring, and what a person can do about it.

package vault

import (
	"context"
	"errors"
	"fmt"
)

// What an *Error is, by errors.Is.
var (
	ErrNotFound    = errors.New("it is not in the keyring")
	ErrUnavailable = errors.New("the keyring cannot be used")
	ErrLocked      = errors.New("the keyring is locked")
	ErrTimeout     = errors.New("the keyring did not answer in time")
	ErrDamaged     = errors.New("what the keyring holds is damaged")
	ErrTooLarge    = errors.New("it is too large for the keyring")
)

// Error is what went wrong, with what to do about it. It never holds a secret.
type Error struct {
	Op   string // for example "read the access token of connection 3f0c"
	Kind error  // one of the errors above
	Err  error  // the cause in the system's words; may be nil
}

// Error says what was tried, what happened and why.
func (e *Error) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("%s: %v", e.Op, e.Kind)
	}
	return fmt.Sprintf("%s: %v: %v", e.Op, e.Kind, e.Err)
}

// Unwrap leads to the kind and to the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Remedy says what a person can do, in a sentence or two.
func (e *Error) Remedy() string {
	switch e.Kind {
	case ErrNotFound:
		return "Open the connection and enter it again."
	case ErrUnavailable:
		return "Check that a keyring service is running in this session (on Linux GNOME Keyring, KWallet or KeePassXC), or keep the secret for this session only."
	case ErrLocked:
		return "Unlock the keyring and try again, or keep the secret for this session only."
	case ErrTimeout:
		return "The system may be asking to unlock the keyring, perhaps in another window. Answer it and try again, or keep the secret for this session only."
	case ErrDamaged:
		return "Open the connection and enter it again; that replaces what is there."
	case ErrTooLarge:
		return "Check that nothing else was pasted along with it, or keep it for this session only."
	default:
		return ""
	}
}

// failure is how the layers below say of which kind an error is.
type failure struct{ kind, cause error }

func (f *failure) Error() string { return fmt.Sprintf("%v: %v", f.kind, f.cause) }

func fail(kind, cause error) error { return &failure{kind: kind, cause: cause} }

// kindOf gives the kind that the layers below gave an error, or nil.
func kindOf(err error) (kind, cause error) {
	var f *failure
	if errors.As(err, &f) {
		return f.kind, f.cause
	}
	return nil, err
}

func isNotFound(err error) bool {
	kind, _ := kindOf(err)
	return kind == ErrNotFound
}

// explain makes the *Error that callers see. The end of a context stays what it
// is; an error without a kind is that the keyring cannot be used.
func explain(op string, err error) error {
	if err == nil {
		return nil
	}
	kind, cause := kindOf(err)
	if kind == nil {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("%s: %w", op, err)
		}
		kind = ErrUnavailable
	}
	return &Error{Op: op, Kind: kind, Err: cause}
}
