// Package access is how the desk comes to a service: by the connection that a
// person chose, as whom they signed in, or in the sandbox of this process.
package access

import (
	"errors"
	"slices"

	"github.com/activitydesk/activitydesk/client/auth"
)

// ErrSignedOut is why nothing is loaded after a person has signed out.
var ErrSignedOut = errors.New("signed out")

// NeedsPerson says whether an error ends only when a person signs in, or enters
// what is missing.
func NeedsPerson(err error) bool {
	return slices.ContainsFunc([]error{
		ErrSignedOut, auth.ErrSignInNeeded, auth.ErrRefused, auth.ErrDamaged, auth.ErrNoSecret,
		auth.ErrNoToken, auth.ErrExpired, auth.ErrMalformed,
	}, func(kind error) bool { return errors.Is(err, kind) })
}
