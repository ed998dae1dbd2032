// The desk and who is signed in: asking for a person where one is needed, and
// signing out.

package ui

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// noticeSignIn is the key of the one notice that asks to sign in.
const noticeSignIn = "sign-in"

// needsCard says whether it takes the card that signs in, or what is entered in
// the connection, to go on. Without a keyring the card offers to do without.
func needsCard(c settings.Connection, err error) bool {
	return access.NeedsPerson(err) || access.SignsIn(c) && errors.Is(err, vault.ErrUnavailable)
}

// tokenTold is called off the UI goroutine when the tokens of a connection have
// run dry, or flow again.
func (d *Desk) tokenTold(connection string, err error) {
	d.gate.post(func() { d.tokenHeard(connection, err) })
}

func (d *Desk) tokenHeard(connection string, err error) {
	switch {
	case err == nil:
		delete(d.needed, connection)
	case errors.Is(d.needed[connection], access.ErrSignedOut):
		return // the person knows
	default:
		d.needed[connection] = err
	}
	if d.session.Place().Connection.ID == connection {
		d.askToSignIn()
		d.showPlace()
	}
}

// signInError is why somebody has to sign in to the connection in use; nil:
// nobody has.
func (d *Desk) signInError() error { return d.needed[d.session.Place().Connection.ID] }

// askToSignIn keeps the one notice up to date. Where the page has nothing to
// show, the panel in its place asks.
func (d *Desk) askToSignIn() {
	err, place := d.signInError(), d.session.Place()
	if err == nil || !place.Chosen() {
		d.env.Dismiss(noticeSignIn)
		return
	}
	notice := NoticeOf(noticeSignIn, err)
	if notice.Tone = ToneWarning; errors.Is(err, access.ErrSignedOut) {
		notice.Tone, notice.Details = ToneInfo, ""
	}
	notice.Action, notice.OnAction = signInLabel(place.Connection), d.signIn
	d.env.Notify(notice)
}

// signInLabel says what a person does to get a token.
func signInLabel(c settings.Connection) string {
	if access.SignsIn(c) {
		return "Sign in…"
	}
	return "Enter a token…"
}

// showSignInPanel asks to sign in, in the place of a page.
func (d *Desk) showSignInPanel(c settings.Connection, err error) {
	m, panel := words.Explain(err), d.frame.panel
	if errors.Is(err, access.ErrSignedOut) || errors.Is(err, auth.ErrSignInNeeded) || errors.Is(err, auth.ErrNoToken) {
		panel.ShowEmpty(m.What, m.Do, signInLabel(c), d.signIn)
		return
	}
	panel.ShowFailed(m.What, m.Do, m.Details, signInLabel(c), d.signIn)
}

// SignIn signs in to the connection in use, in its own way.
func (d *Desk) signIn() { d.signInBy("") }

// signInByCode does it with a code, which can be entered on another device.
func (d *Desk) signInByCode() { d.signInBy(auth.MethodDeviceCode) }

func (d *Desk) signInBy(method auth.Method) {
	connection := d.session.Place().Connection
	if !access.SignsIn(connection) {
		d.env.EditConnection(connection.ID)
		return
	}
	trial := d.credentials.Try(connection, access.Secrets{})
	d.signingIn = signIn(d.env, signInSpec{
		Trial: trial, Keyring: d.ring, Method: method, Keep: true,
		Done: func(_ auth.Account, err error) {
			trial.Close()
			if err == nil {
				d.signedIn(connection.ID)
			}
		},
	})
}

// signedIn loads again what could not be loaded before.
func (d *Desk) signedIn(connection string) {
	delete(d.needed, connection)
	if d.session.Place().Connection.ID != connection {
		return
	}
	d.askToSignIn()
	d.showPlace()
	if d.usable() {
		d.refresh()
	}
	if !d.session.Loading() {
		d.session.Reload()
	}
}

// signOut signs out of the connection in use. It asks only while something is
// being sent.
func (d *Desk) signOut() {
	connection := d.session.Place().Connection
	sending := d.services.outbox.InFlight()
	if sending == 0 {
		d.signOutOf(connection)
		return
	}
	d.show(Card{
		Title: "Sign out while something is being sent?",
		Body: widgets.NewWrappedText(fmt.Sprintf("%s. What has left already is not stopped, and its outcome is recorded. "+
			"What has not is listed as never sent, and can be sent again.", countSends(sending)), widgets.RoleBody),
		Confirm: "Sign out", Danger: true,
		OnConfirm: func() bool {
			d.signOutOf(connection)
			return true
		},
	})
}

func countSends(n int) string {
	if n == 1 {
		return "1 activity is on its way"
	}
	return fmt.Sprintf("%d activities are on their way", n)
}

// signOutOf removes every trace of who was signed in. What was loaded stays, as
// old as it is.
func (d *Desk) signOutOf(connection settings.Connection) {
	d.needed[connection.ID] = access.ErrSignedOut
	if d.session.Place().Connection.ID == connection.ID {
		d.session.EndLoading(access.ErrSignedOut)
		d.askToSignIn()
	}
	credentials := d.credentials
	d.tasks.GoWrite(func(ctx context.Context) {
		err := credentials.SignOut(ctx, connection)
		d.gate.post(func() { d.signedOut(connection, err) })
	})
}

// signedOut says where something was left behind.
func (d *Desk) signedOut(connection settings.Connection, err error) {
	d.showPlace()
	if err == nil {
		d.env.Dismiss("sign-out")
		return
	}
	notice := NoticeOf("sign-out", err)
	notice.Text = "You are signed out of " + connection.Name + " here, but the sign-in could not be removed from the keyring. " + notice.Text
	notice.Action, notice.OnAction = "Try again", func() { d.signOutOf(connection) }
	d.env.Notify(notice)
}

// The reasons why that cannot be done now; empty: it can.

func (d *Desk) cannotSignIn() string {
	switch {
	case d.session == nil || d.session.Place().Connection.ID == "":
		return "No connection is chosen"
	case d.session.Place().Connection.ID == sandboxID:
		return "The sandbox needs no sign-in"
	}
	return ""
}

func (d *Desk) cannotUseCode() string {
	if why := d.cannotSignIn(); why != "" {
		return why
	}
	switch d.session.Place().Connection.Auth {
	case settings.AuthBrowser, settings.AuthDeviceCode:
		return ""
	}
	return "No person signs in to this connection"
}

func (d *Desk) cannotSignOut() string {
	if why := d.cannotSignIn(); why != "" {
		return why
	}
	if errors.Is(d.signInError(), access.ErrSignedOut) {
		return "You are signed out"
	}
	return ""
}

// signInMenu is what the status line offers about who is signed in.
func (d *Desk) signInMenu() []widgets.MenuItem {
	if d.session == nil || d.cannotSignIn() != "" {
		return nil
	}
	connection := d.session.Place().Connection
	items := []widgets.MenuItem{{Label: signInLabel(connection), OnChosen: d.signIn}}
	if d.cannotUseCode() == "" {
		items = append(items, widgets.MenuItem{Label: "Sign in with a code…", OnChosen: d.signInByCode})
	}
	why := d.cannotSignOut()
	return append(items,
		widgets.MenuItem{Label: "Sign out", Note: why, Disabled: why != "", OnChosen: d.signOut},
		widgets.MenuItem{Label: "Change the connection…", Separate: true, OnChosen: func() { d.env.EditConnection(connection.ID) }},
	)
}

// openURL opens an address in the system's browser. Addresses come from identity
// providers: nothing but a web page is opened.
func (d *Desk) openURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return errors.New("this is not the address of a web page")
	}
	return d.app.OpenURL(u)
}

// keyringChanged is called when something else is known of the keyring.
func (d *Desk) keyringChanged() {
	found := d.keyring != access.KeyringUnknown && d.ring.State().Usable()
	d.keyring, d.keyringErr = d.ring.State(), d.ring.Err()
	d.frame.status.showKeyring(d.keyring)
	silent := d.keyring == access.KeyringWaiting || d.keyring == access.KeyringLocked || d.keyring == access.KeyringSilent
	d.credentials.KeyringAnswers(!silent)
	if !d.keyring.Usable() {
		return
	}
	d.forgetLeft()
	credentials := d.credentials
	d.tasks.GoWrite(func(ctx context.Context) {
		if err := credentials.CatchUp(ctx); err != nil {
			d.options.Logger.Warn("remove what was left in the keyring", "error", err)
		}
	})
	// What failed because nobody had unlocked it is loaded now, and what is being
	// loaded may have begun without it.
	_, _, err := d.session.Instances()
	failed := err != nil && !access.NeedsPerson(err) && !errors.Is(err, tasks.ErrStopped)
	if found && (failed || d.session.Loading()) {
		d.session.Reload()
	}
}

// lookForKeyring asks the keyring again, as after it was unlocked.
func (d *Desk) lookForKeyring() {
	if d.ring != nil {
		d.ring.Ask(nil)
	}
}
