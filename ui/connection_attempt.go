// Connections as they are being typed, before anything of them is kept.

package ui

import (
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// deskAttempt is a trial of the credentials', with the desk's card to sign in.
type deskAttempt struct {
	*access.Trial
	desk *Desk
}

// attempt makes a connection usable as it was typed. Who has signed in to the
// same app registration at the same host before, in this dialog, need not do so
// again because a key was wrong.
func (d *Desk) attempt(c settings.Connection, s access.Secrets) connectionAttempt {
	earlier := d.credentials.TrialOf(c)
	trial := d.credentials.Try(c, s)
	if by := earlier.Signer(); by != nil && access.ByPerson(c.Auth) && access.ByPerson(earlier.Connection.Auth) {
		trial.SignedInBy(by)
	}
	return deskAttempt{trial, d}
}

// SignIn opens the card over the dialog.
func (a deskAttempt) SignIn(done func(error)) {
	signIn(a.desk.env, signInSpec{
		Trial: a.Trial, Keyring: a.desk.ring,
		Done: func(_ auth.Account, err error) { done(err) },
	})
}
