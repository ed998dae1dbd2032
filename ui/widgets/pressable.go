// This file holds what all tappable widgets share: hover, focus, activation
// by Space and Enter, the visible frame of focus, and passing on other keys.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// pressable is embedded beside widget.BaseWidget; owner and act are set by
// the constructor.
type pressable struct {
	owner    fyne.Widget
	act      func()
	onKey    func(*fyne.KeyEvent) bool // true: used up
	onFocus  func()                    // focus was gained
	onBlur   func()                    // focus was lost
	reveal   func()                    // brings the widget into view within what scrolls around it
	disabled bool
	focused  bool
	hovered  bool
}

// Tapped acts.
func (p *pressable) Tapped(*fyne.PointEvent) {
	if !p.disabled {
		hideTip(p.owner) // before what the tap opens covers the layer of tips
		p.act()
	}
}

// Focused says whether keys go here.
func (p *pressable) Focused() bool { return p.focused }

// FocusGained shows the frame.
func (p *pressable) FocusGained() {
	p.focused = true
	p.owner.Refresh()
	if p.reveal != nil {
		p.reveal()
	}
	if p.onFocus != nil {
		p.onFocus()
	}
}

// FocusLost hides it.
func (p *pressable) FocusLost() {
	p.focused = false
	p.owner.Refresh()
	if p.onBlur != nil {
		p.onBlur()
	}
}

// TypedKey acts on Space and Enter and passes on what else is not used.
func (p *pressable) TypedKey(key *fyne.KeyEvent) {
	if p.onKey != nil && p.onKey(key) {
		return
	}
	if isActivation(key.Name) && !p.disabled {
		spendSpace(p.owner, key.Name == fyne.KeySpace)
		p.act()
		return
	}
	passKey(p.owner, key)
}

// TypedRune passes characters on; a space has acted as a key already.
func (p *pressable) TypedRune(r rune) {
	if r != ' ' {
		passRune(p.owner, r)
	}
	spendSpace(p.owner, false)
}

// TypedShortcut passes shortcuts on.
func (p *pressable) TypedShortcut(s fyne.Shortcut) { passShortcut(p.owner, s) }

// Disable greys the widget out; it takes neither taps nor focus.
func (p *pressable) Disable() { p.setDisabled(true) }

// Enable undoes it.
func (p *pressable) Enable() { p.setDisabled(false) }

// Disabled says which of the two it is.
func (p *pressable) Disabled() bool { return p.disabled }

func (p *pressable) setDisabled(disabled bool) {
	if p.disabled == disabled {
		return
	}
	p.disabled = disabled
	p.owner.Refresh()
}

// MouseIn shades the widget.
func (p *pressable) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.owner.Refresh()
}

// MouseMoved does nothing.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the shade away.
func (p *pressable) MouseOut() {
	p.hovered = false
	p.owner.Refresh()
}

// Cursor is a hand over what can be tapped.
func (p *pressable) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (p *pressable) overlay() fyne.ThemeColorName {
	if p.hovered && !p.disabled {
		return theme.ColorNameHover
	}
	return colorNone
}

// newFrame makes the frame that shows focus.
func newFrame() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }

func (p *pressable) paintFrame(frame *canvas.Rectangle, w themedWidget, radius float32) {
	paintFrame(frame, w, radius, p.focused && !p.disabled)
}

func paintFrame(frame *canvas.Rectangle, w themedWidget, radius float32, focused bool) {
	frame.FillColor = color.Transparent
	frame.CornerRadius = radius
	frame.StrokeWidth = 2
	frame.StrokeColor = colorOf(w, theme.ColorNamePrimary)
	if focused {
		frame.Show()
	} else {
		frame.Hide()
	}
}
