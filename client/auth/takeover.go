// A sign-in that was tried becomes that of a connection.

package auth

import "context"

// TakeOver makes the sign-in of another one this one's, here and for other
// desks, as if it had been made here: what a renewal that runs still brings is
// dropped. Errors: *Error of ErrSignInNeeded where nobody is signed in to the
// other one, ErrNotKept with an account that is signed in for this run; that of
// ctx.
func (s *SignIn) TakeOver(ctx context.Context, from *SignIn) (Account, error) {
	from.mu.Lock()
	held := from.held
	from.mu.Unlock()
	if held.app != s.app.fingerprint() || held.account.Application != s.app.application() {
		return Account{}, &Error{Kind: ErrSignInNeeded}
	}
	return s.settle(ctx, held)
}
