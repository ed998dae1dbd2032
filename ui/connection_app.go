// What has to be entered again after a change of a connection, in words.

package ui

import (
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// voidedWords says what has to be entered again, in a sentence; empty where nothing has.
func voidedWords(v access.Voided, before, after settings.Connection) string {
	var alone, withKey string
	switch {
	case access.ByPerson(after.Auth):
		alone, withKey = "sign in again", "sign in again, and enter the subscription key again"
	case after.Auth == settings.AuthSecret:
		alone, withKey = "enter the client secret", "enter the client secret and the subscription key"
	default:
		alone, withKey = "enter an access token", "enter an access token and the subscription key"
	}
	switch {
	case v.All:
		return "The address leads to another host. What was entered for " + access.HostOf(before.Root) +
			" is not sent there, and is removed: " + withKey + "."
	case v.SignIn:
		return "This is another app registration or way of signing in. What was kept for the old one is removed: " + alone + "."
	}
	return ""
}
