// What the keys of the window do.

package ui

import "runtime"

// bindKeys gives the window its keys. It is called once, before the window has
// its content.
func (d *Desk) bindKeys() { bind(d.frame.root, commands(d)) }

// showMenu fills the bar that macOS has at the top of the screen. Elsewhere a
// menu would take a line of the window, for what keys and pickers offer.
func (d *Desk) showMenu() {
	if runtime.GOOS == "darwin" {
		d.window.SetMainMenu(mainMenu(available(commands(d), d.pages), d.free))
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

// usable says that the shown page is in the window, not a panel in its place.
func (d *Desk) usable() bool {
	return d.session != nil && (d.session.Place().Chosen() || !needsInstance(d.shown.ID()))
}

// escape closes what is open: something of the page's own, else the newest
// notice; else it takes the cursor out of its field.
func (d *Desk) escape() {
	if escaper, ok := d.shown.(Escaper); ok && escaper.Escape() {
		return
	}
	if !d.frame.notices.removeNewest() {
		d.window.Canvas().Unfocus()
	}
}

func (d *Desk) showKeys() {
	d.show(keysCard(available(commands(d), d.pages), runtime.GOOS == "darwin"))
}
