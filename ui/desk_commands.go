// What the window can do without a key of its own: the pickers of the bar and
// the choices of the settings, found by name (Ctrl+K).

package ui

import "github.com/activitydesk/activitydesk/ui/widgets"

// unkeyed lists the window's actions that have no key.
func (d *Desk) unkeyed() []command {
	list := []command{
		{title: "Choose a connection…", run: func() { widgets.ShowMenuBelow(d.frame.connection, d.connectionMenu()) }},
		{title: "Choose an instance…", run: func() { widgets.ShowMenuBelow(d.frame.instance, d.instanceMenu()) }, why: d.noConnection},
		{title: "Choose the time zone…", run: func() { widgets.ShowMenuBelow(d.frame.zone, d.zoneMenu()) }},
		{title: "Add a connection…", run: d.addConnection},
		{title: "Undo the removal of the connection", run: func() { d.undoRemoval(d.newestRemoval()) }, why: d.cannotUndoRemoval},
		{title: "Sign in…", run: d.signIn, why: d.cannotSignIn},
		{title: "Sign in with a code…", run: d.signInByCode, why: d.cannotUseCode},
		{title: "Sign out", run: d.signOut, why: d.cannotSignOut},
		{title: "Look for the keyring again", run: d.lookForKeyring},
		{title: "Look light", run: func() { d.chooseAppearance(widgets.AppearanceLight) }},
		{title: "Look dark", run: func() { d.chooseAppearance(widgets.AppearanceDark) }},
		{title: "Look as the system does", run: func() { d.chooseAppearance(widgets.AppearanceSystem) }},
	}
	list = append(list, d.ruleCommands()...)
	for i := range list {
		list[i].group = groupWindow
	}
	return list
}

func (d *Desk) noConnection() string {
	if d.session == nil || d.session.Link() == nil {
		return "No connection is chosen"
	}
	return ""
}
