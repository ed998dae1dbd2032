// What can go wrong with a credential, and what a person can do about it.

package auth

import (
	"errors"
	"fmt"
	"time"
)

// What an *Error is, by errors.Is.
var (
	ErrNoToken   = errors.New("there is no access token for this connection")
	ErrExpired   = errors.New("the access token has expired")
	ErrMalformed = errors.New("this cannot be sent as a credential")

	// ErrSignInNeeded: nobody is signed in, or the provider wants to see the
	// person again.
	ErrSignInNeeded = errors.New("somebody has to sign in")
	// ErrRefused: the provider said no; Cause says why.
	ErrRefused = errors.New("the sign-in was refused")
	// ErrCodeExpired: nobody finished signing in while there was time.
	ErrCodeExpired = errors.New("the time for signing in is over")
	// ErrProvider: the provider cannot be reached, or does not answer as one.
	ErrProvider = errors.New("the identity provider could not be asked")
	// ErrDamaged: what was kept of the sign-in cannot be used. Signing in again
	// replaces it.
	ErrDamaged = errors.New("what was kept of the sign-in is damaged")
	// ErrNoSecret: the application's client secret was not entered.
	ErrNoSecret = errors.New("there is no client secret for this connection")
	// ErrNotKept: the sign-in worked and is in use, but it could not be kept for
	// the next start. The cause is the vault's.
	ErrNotKept = errors.New("signed in, but the sign-in could not be kept")
	// ErrBusy: another desk is renewing the same sign-in and does not finish.
	ErrBusy = errors.New("another desk is renewing this sign-in")
	// ErrBrowser: the system's browser could not be opened.
	ErrBrowser = errors.New("the browser could not be opened")
)

// Error is why there is no token, with what to do about it. It never holds one,
// nor an address, nor what the provider or a person wrote.
type Error struct {
	Kind       error         // one of the errors above
	Cause      Cause         // why the provider said no; CauseUnknown where it does not matter
	Code       string        // the provider's, such as "AADSTS65001" or "access_denied"; may be empty
	RetryAfter time.Duration // as the provider asked for; 0: it did not
	ExpiredAt  time.Time     // by this computer's clock; for ErrExpired
	Err        error         // the cause; may be nil
}

// Error says what happened.
func (e *Error) Error() string {
	text := e.Kind.Error()
	if why := e.Cause.String(); why != "" {
		text += ": " + why
	}
	switch {
	case e.Kind == ErrExpired:
		return fmt.Sprintf("%s: it was good until %s", text, e.ExpiredAt.UTC().Format(time.RFC3339))
	case e.Err != nil:
		text = fmt.Sprintf("%s: %v", text, e.Err)
	}
	if e.Code != "" {
		text += " (" + e.Code + ")"
	}
	return text
}

// Unwrap leads to the kind and to the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Remedy says what a person can do.
func (e *Error) Remedy() string {
	if what := e.Cause.remedy(); what != "" {
		return what
	}
	switch e.Kind {
	case ErrNoToken:
		return "Open the connection and paste an access token."
	case ErrExpired:
		return "Get a new access token and paste it into the connection; one is good for about an hour. If it should still be good, check this computer's clock."
	case ErrMalformed:
		return "Copy it again, whole and with nothing around it, and paste it into the connection."
	case ErrSignInNeeded:
		return "Sign in to the connection."
	case ErrRefused:
		return "Give the code to an administrator of your organisation, who finds the reason in the sign-in log."
	case ErrCodeExpired:
		return "Begin to sign in once more, and finish within the time that is shown."
	case ErrProvider:
		return "Try again in a while. If it stays so, check the authority of the connection."
	case ErrDamaged:
		return "Sign in again; that replaces what is there."
	case ErrNoSecret:
		return "Open the connection and enter the application's client secret."
	case ErrNotKept:
		return "You can work until the desk is closed. Check the keyring and sign in again, or keep the sign-in for this session only."
	case ErrBusy:
		return "Try again in a while. If no other desk is open, restart this one."
	case ErrBrowser:
		return "Sign in with a code in place of the browser, or open the address yourself."
	default:
		return ""
	}
}
