// What belongs to what: which secrets of a connection a change makes void, and
// what is wrong with an app registration as it was typed.

package ui

import (
	"strings"

	"github.com/activitydesk/activitydesk/ui/settings"
)

// voided says which secrets of a connection are not those of the changed one. A
// secret is never used for anything else than what it was entered for.
type voided struct {
	all    bool // another host: nothing of it is sent there
	signIn bool // another app registration or way: its token, secret and sign-in
}

// voidedBy compares a connection before and after a change.
func voidedBy(before, after settings.Connection) voided {
	if before.ID == "" {
		return voided{}
	}
	if hostPortOf(before.Root) != hostPortOf(after.Root) {
		return voided{all: true, signIn: true}
	}
	same := func(a, b string) bool { return strings.EqualFold(strings.TrimRight(a, "/"), strings.TrimRight(b, "/")) }
	app := same(before.Tenant, after.Tenant) && same(before.ClientID, after.ClientID) && same(before.Authority, after.Authority)
	kind := before.Auth == after.Auth || byPerson(before.Auth) && byPerson(after.Auth)
	return voided{signIn: !kind || byApp(after.Auth) && !app}
}

// words says what has to be entered again, in a sentence; empty where nothing has.
func (v voided) words(before, after settings.Connection) string {
	var alone, withKey string
	switch {
	case byPerson(after.Auth):
		alone, withKey = "sign in again", "sign in again, and enter the subscription key again"
	case after.Auth == settings.AuthSecret:
		alone, withKey = "enter the client secret", "enter the client secret and the subscription key"
	default:
		alone, withKey = "enter an access token", "enter an access token and the subscription key"
	}
	switch {
	case v.all:
		return "The address leads to another host. What was entered for " + hostOf(before.Root) +
			" is not sent there, and is removed: " + withKey + "."
	case v.signIn:
		return "This is another app registration or way of signing in. What was kept for the old one is removed: " + alone + "."
	}
	return ""
}
