// What is said of a connection: how it signs in, where, and what was chosen.

package ui

import (
	"fmt"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/auth"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/words"
)

// sandboxRoot is where `activitydesk sandbox` listens unless told otherwise.
const sandboxRoot = "http://127.0.0.1:8089/v1"

// preset is an address that need not be typed.
type preset struct {
	label, root string
	method      string // the likely way of signing in
}

func presets() []preset {
	return []preset{
		{"Customer Insights", client.RootCurrent, settings.AuthBrowser},
		{"Customer Insights, address of 2020", client.Root2020, settings.AuthBrowser},
		{"Sandbox run by “activitydesk sandbox”", sandboxRoot, settings.AuthToken},
		{"Another address", "", settings.AuthBrowser},
	}
}

// presetOf is the preset of an address, else the one of any address.
func presetOf(root string) preset {
	list := presets()
	for _, p := range list {
		if p.root == root {
			return p
		}
	}
	return list[len(list)-1]
}

// method is a way of signing in.
type method struct {
	auth  string // as in the settings
	label string // in a list to choose from
	short string // in a table
	about string // below the choice
}

func methods() []method {
	return []method{
		{settings.AuthBrowser, "A person, in the browser", "browser", "The system's browser opens; you sign in as you do everywhere in your organisation."},
		{settings.AuthDeviceCode, "A person, by a code", "device code", "A code is shown that you enter in a browser, here or on another device."},
		{settings.AuthSecret, "An application, by its secret", "client secret", "For an app registration with the application permission, which was added as a user of the environment."},
		{settings.AuthToken, "A pasted access token", "pasted token", "For a short test: a token is good for about an hour and is not renewed."},
	}
}

// methodOf is the way of the settings; one that is not known is said as it is.
func methodOf(name string) method {
	for _, m := range methods() {
		if m.auth == name {
			return m
		}
	}
	if name == settings.AuthSandbox {
		return method{auth: name, label: "Nobody needs to sign in", short: "nobody"}
	}
	return method{auth: name, label: name, short: name}
}

// cloud is an identity provider of Microsoft's, or any other.
type cloud struct {
	label, authority string
	other            bool // the authority is typed
}

func clouds() []cloud {
	return []cloud{
		{label: "Public cloud"},
		{label: "US government", authority: "https://login.microsoftonline.us"},
		{label: "China (21Vianet)", authority: "https://login.partner.microsoftonline.cn"},
		{label: "Another authority", other: true},
	}
}

// cloudOf is the cloud of an authority; none is the public one.
func cloudOf(authority string) cloud {
	if strings.EqualFold(authority, auth.DefaultAuthority) {
		authority = ""
	}
	list := clouds()
	for _, c := range list {
		if !c.other && strings.EqualFold(c.authority, authority) {
			return c
		}
	}
	return list[len(list)-1]
}

// signsInWords says how a connection signs in, with what of the app registration
// tells it from others.
func signsInWords(c settings.Connection) string {
	words := methodOf(c.Auth).label
	if !access.ByApp(c.Auth) {
		return words
	}
	tenant := c.Tenant
	if tenant == "" {
		tenant = "organizations"
	}
	return words + " · tenant " + tenant
}

// connectionHost is the host of a connection, for a list.
func connectionHost(c settings.Connection) string {
	if c.ID == sandboxID {
		return "this computer"
	}
	return access.HostOf(c.Root)
}

// secretsWords says where the secrets of a connection are.
func secretsWords(c settings.Connection) string {
	switch {
	case c.ID == sandboxID:
		return "None are needed"
	case c.SessionOnly:
		return "In memory, for this session only"
	default:
		return "In the keyring of the operating system"
	}
}

// guardsWords says how many instances have a guard that was chosen.
func guardsWords(guards map[string]string) string {
	count := map[string]int{}
	for _, guard := range guards {
		count[guard]++
	}
	var parts []string
	for _, guard := range []string{settings.GuardReadOnly, settings.GuardAsk, settings.GuardFree} {
		if n := count[guard]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s: %s", guard, words.Counted(n, "instance", "instances")))
		}
	}
	if len(parts) == 0 {
		return "As each instance's type asks for"
	}
	return "Chosen · " + strings.Join(parts, " · ")
}

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
