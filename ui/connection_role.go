// What a role in an instance allows, in the words of the desk.

package ui

import (
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// roleNames lists the roles that the service gave; empty where it gave none.
func roleNames(r metadata.Role) string { return strings.Join(r.Roles, ", ") }

// roleKnown says whether the service was asked and has answered.
func roleKnown(r metadata.Role) bool { return r.Roles != nil }

// roleMaySend says whether one of the roles is known to allow sending.
func roleMaySend(r metadata.Role) bool {
	return slices.ContainsFunc(r.Roles, func(name string) bool {
		return strings.EqualFold(name, "Administrator") || strings.EqualFold(name, "Contributor")
	})
}

// roleLimits says what a role cannot do, in a sentence (contract, section 3).
func roleLimits(r metadata.Role) string {
	switch {
	case !roleKnown(r):
		return "The service did not say which role you have here."
	case len(r.Roles) == 0:
		return "No role was given to you here: ask an administrator of the instance for one."
	case roleMaySend(r):
		return "It reads everything and may send."
	case slices.ContainsFunc(r.Roles, func(name string) bool { return strings.EqualFold(name, "Viewer") }):
		return "It reads only: the service refuses whatever is sent. Sending needs Contributor or Administrator."
	default:
		return "It may not see every entity, and sending needs Contributor or Administrator."
	}
}

// roleTip says both in one text; empty where nothing is known.
func roleTip(r metadata.Role) string {
	switch {
	case !roleKnown(r):
		return ""
	case len(r.Roles) == 0:
		return "Your role: none. " + roleLimits(r)
	default:
		return "Your role: " + roleNames(r) + ". " + roleLimits(r)
	}
}
