// This file brings keys that a focused widget does not use to the window.
// Fyne hands every key and shortcut to the focused widget and stops there, so
// each focusable widget here ends with passKey, passRune or passShortcut.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keyTaker is an overlay of ours: a dialog or a list that lies over the
// window and gets the keys first.
type keyTaker interface {
	takeKey(*fyne.KeyEvent) bool
}

// Bindings is what the window does with keys that no widget uses. The zero
// value binds nothing.
type Bindings struct {
	shortcuts map[string]func()
	keys      map[fyne.KeyName]func()
	runes     map[rune]func()
}

// Bind runs act for a key with modifiers, for example Return with
// fyne.KeyModifierShortcutDefault (Control, or Command on macOS). A binding
// of Return is one of the keypad's Enter too.
func (b *Bindings) Bind(key fyne.KeyName, modifier fyne.KeyModifier, act func()) {
	if b.shortcuts == nil {
		b.shortcuts = map[string]func(){}
	}
	for _, name := range sameKeys(key) {
		b.shortcuts[(&desktop.CustomShortcut{KeyName: name, Modifier: modifier}).ShortcutName()] = act
	}
}

// BindKey runs act for a key alone, for example F5 or Escape.
func (b *Bindings) BindKey(key fyne.KeyName, act func()) {
	if b.keys == nil {
		b.keys = map[fyne.KeyName]func(){}
	}
	b.keys[key] = act
}

// BindRune runs act for a character that is typed outside of text.
func (b *Bindings) BindRune(r rune, act func()) {
	if b.runes == nil {
		b.runes = map[rune]func(){}
	}
	b.runes[r] = act
}

func sameKeys(key fyne.KeyName) []fyne.KeyName {
	if key == fyne.KeyReturn || key == fyne.KeyEnter {
		return []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter}
	}
	return []fyne.KeyName{key}
}

// keyHost finds the window's Root for any object on its canvas.
func keyHost(c fyne.Canvas) *Root {
	root, _ := c.Content().(*Root)
	return root
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// typedOn is the canvas of what a person types at. The driver does not know yet
// where that is before it was drawn for the first time, for example a field that
// has the cursor as soon as the form is there: then it is the only window's.
func typedOn(from fyne.CanvasObject) fyne.Canvas {
	if c := canvasOf(from); c != nil {
		return c
	}
	if windows := fyne.CurrentApp().Driver().AllWindows(); len(windows) == 1 {
		return windows[0].Canvas()
	}
	return nil
}

// passKey gives a key that from does not use to the overlay on top, else to
// the window.
func passKey(from fyne.CanvasObject, key *fyne.KeyEvent) {
	c := typedOn(from)
	if c == nil {
		return
	}
	if top := c.Overlays().Top(); top != nil {
		if taker, ok := top.(keyTaker); ok {
			taker.takeKey(key)
		}
		return
	}
	if root := keyHost(c); root != nil {
		root.typedKey(key)
	} else if typed := c.OnTypedKey(); typed != nil {
		typed(key)
	}
}

func passRune(from fyne.CanvasObject, r rune) {
	c := typedOn(from)
	if c == nil || c.Overlays().Top() != nil {
		return
	}
	if root := keyHost(c); root != nil {
		root.typedRune(r)
	} else if typed := c.OnTypedRune(); typed != nil {
		typed(r)
	}
}

// passShortcut does the same for shortcuts. While an overlay is open they go
// nowhere: Ctrl+Enter must not send behind a question.
func passShortcut(from fyne.CanvasObject, shortcut fyne.Shortcut) {
	c := typedOn(from)
	if c == nil || c.Overlays().Top() != nil {
		return
	}
	if root := keyHost(c); root != nil {
		root.typedShortcut(shortcut)
	} else if handler, ok := c.(fyne.Shortcutable); ok {
		handler.TypedShortcut(shortcut)
	}
}

// spendSpace remembers that the Space which was struck has pressed a button. Its
// character comes after the key, and by then the cursor may be in a field, for
// example where the button has closed its dialog.
func spendSpace(by fyne.CanvasObject, spent bool) {
	if root := rootOf(by); root != nil {
		root.spent = spent
	}
}

// spaceSpent tells whether a character is the space that has pressed a button.
func spaceSpent(at fyne.CanvasObject, r rune) bool {
	root := rootOf(at)
	if root == nil || !root.spent {
		return false
	}
	root.spent = false
	return r == ' '
}

// rootOf is the root of the window that an object is in; nil: none.
func rootOf(o fyne.CanvasObject) *Root {
	if c := canvasOf(o); c != nil {
		return keyHost(c)
	}
	return nil
}

// held gives the modifiers that are down now, without Shift. Fyne turns a
// shortcut over a selectable text into a plain key and loses them.
func held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers() &^ fyne.KeyModifierShift
	}
	return 0
}

func shiftHeld() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// ShiftHeld says whether Shift is held. Fyne gives Shift with a key such as F3
// as the key alone.
func ShiftHeld() bool { return shiftHeld() }

func isActivation(key fyne.KeyName) bool {
	return key == fyne.KeySpace || key == fyne.KeyReturn || key == fyne.KeyEnter
}
