// What the keys of the window do.

package ui

import (
	"runtime"
	"slices"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// bindKeys gives the window its keys.
func (d *Desk) bindKeys() { bind(d.frame.root, commands(d), d.byKey) }

// bindPageKeys gives the window the keys of its pages' own actions.
func (d *Desk) bindPageKeys() { bind(d.frame.root, pageCommands(d.pages), d.byKey) }

// allCommands is everything that can be done here, in the order in which it is
// listed.
func (d *Desk) allCommands() []command {
	return inGroups(slices.Concat(available(commands(d), d.pages), d.unkeyed(), pageCommands(d.pages)))
}

// byKey does what was asked by its key: a page's own action only while the page
// is there to act upon.
func (d *Desk) byKey(c command) {
	if c.of == "" || d.shown != nil && d.shown.ID() == c.of && d.usable() {
		c.run()
	}
}

// byName does what was chosen by its name: the page of an action is shown first.
func (d *Desk) byName(c command) {
	if c.of != "" {
		d.goTo(c.of)
	}
	d.byKey(c)
}

// showMenu fills the bar that macOS has at the top of the screen. Elsewhere a
// menu would take a line of the window, for what keys and pickers offer.
func (d *Desk) showMenu() {
	if runtime.GOOS == "darwin" {
		d.window.SetMainMenu(mainMenu(d.allCommands(), d.free, d.byName))
	}
}

// free says that no dialog or list is open over the window.
func (d *Desk) free() bool { return d.window.Canvas().Overlays().Top() == nil }

func (d *Desk) send() {
	if sender, ok := d.shown.(Sender); ok && d.usable() {
		sender.Send()
	}
}

func (d *Desk) newActivity() {
	if _, ok := d.shown.(Starter); !ok {
		d.goTo(PageCompose)
	}
	if starter, ok := d.shown.(Starter); ok && d.usable() {
		starter.New()
	}
}

func (d *Desk) find() {
	if finder, ok := d.shown.(Finder); ok && d.usable() {
		finder.Find()
	}
}

func (d *Desk) refresh() {
	if refresher, ok := d.shown.(Refresher); ok && d.usable() {
		refresher.Refresh()
	} else if d.session != nil {
		d.reload()
	}
}

// The reasons why an action of the window cannot be done now; empty: it can.

func (d *Desk) cannotSend() string {
	if _, ok := d.shown.(Sender); !ok {
		return "Only a page with a form sends"
	}
	if refuser, ok := d.shown.(SendRefuser); ok && d.usable() {
		return refuser.CannotSend()
	}
	return d.notUsable()
}

func (d *Desk) cannotBegin() string {
	if !d.chosen() {
		return "No instance is chosen"
	}
	return ""
}

func (d *Desk) cannotFind() string {
	if _, ok := d.shown.(Finder); !ok {
		return "This page has nothing to find in"
	}
	return d.notUsable()
}

func (d *Desk) notUsable() string {
	if !d.usable() {
		return "No instance is chosen"
	}
	return ""
}

// usable says that the shown page is in the window, not a panel in its place.
func (d *Desk) usable() bool {
	return d.session != nil && (d.session.Place().Chosen() || !needsInstance(d.shown.ID()))
}

// escape closes what is open: something of the page's own, else what is being
// loaded, else the newest notice; else it takes the cursor out of its field.
func (d *Desk) escape() {
	if escaper, ok := d.shown.(Escaper); ok && escaper.Escape() {
		return
	}
	if d.session != nil && d.session.Loading() {
		d.session.Stop()
		return
	}
	if !d.frame.notices.removeNewest() {
		d.window.Canvas().Unfocus()
	}
}

// moveLines puts the keyboard on a line between the columns of the page, and
// from there on the next one.
func (d *Desk) moveLines() {
	if d.shown == nil || !d.usable() {
		return
	}
	widgets.FocusSplitter(d.window.Canvas(), d.shown.Content())
}

func (d *Desk) showKeys() {
	d.show(keysCard(d.allCommands(), runtime.GOOS == "darwin", d.window.Canvas().Size().Width))
}
