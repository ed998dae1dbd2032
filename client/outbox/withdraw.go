// Taking a send back while it waits: what has not left never leaves, and what
// has left is not torn, so that its outcome is known.

package outbox

import "context"

// withdrawnError says that the person no longer wants what waited. It is a
// context.Canceled, and says so to callers alone: its words reach the journal.
type withdrawnError struct{}

func (withdrawnError) Error() string { return "the send was taken back" }

func (withdrawnError) Unwrap() error { return context.Canceled }

var errWithdrawn error = withdrawnError{}

type withdrawnKey struct{}

// Withdrawable gives a context for Send and SendAgain whose send can be taken
// back: once withdrawn is closed, a send that waits for the budget, or to be
// tried again, ends as never sent. One whose request was let go by then is left
// alone, unlike with a context that ends: cancelling it would only make its
// outcome uncertain.
func Withdrawable(ctx context.Context, withdrawn <-chan struct{}) context.Context {
	return context.WithValue(ctx, withdrawnKey{}, withdrawn)
}

// withdrawn is the channel of a send's context; nil, which is never closed,
// where it cannot be taken back.
func withdrawn(ctx context.Context) <-chan struct{} {
	c, _ := ctx.Value(withdrawnKey{}).(<-chan struct{})
	return c
}

// isWithdrawn says whether a send was taken back.
func isWithdrawn(ctx context.Context) bool {
	select {
	case <-withdrawn(ctx):
		return true
	default:
		return false
	}
}
