// This file moves through a Timeline by keys.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keyMenu is the key that opens a context menu.
const keyMenu = desktop.KeyMenu

// setCursor moves the cursor, and tells nobody.
func (t *Timeline) setCursor(line int) {
	t.stopSliding()
	before := t.cursor
	t.cursor = line
	t.view.show(line)
	t.view.rebind(before)
	t.view.rebind(line)
}

func (t *Timeline) moveTo(line int) {
	before := t.cursor
	t.setCursor(line)
	if before != line && t.OnMoved != nil && t.model.Kind(line) == TimelineEntryLine {
		t.OnMoved(line)
	}
}

// step moves by lines, over headings, until an entry or the tail is reached;
// past an end it stays at the last one found.
func (t *Timeline) step(from, by int) {
	if t.count() == 0 {
		return
	}
	direction := 1
	if by < 0 {
		direction = -1
	}
	start := min(max(from+by, 0), t.count()-1)
	for _, d := range []int{direction, -direction} {
		for line := start; line >= 0 && line < t.count(); line += d {
			if t.model.Kind(line) == TimelineHeading {
				continue
			}
			if line == t.firstEntry() {
				t.view.show(0) // with the heading above it
			}
			t.moveTo(line)
			return
		}
	}
}

func (t *Timeline) firstEntry() int {
	for line := range min(t.count(), 2) {
		if t.model.Kind(line) == TimelineEntryLine {
			return line
		}
	}
	return -1
}

// FocusGained shows where the keyboard is.
func (t *Timeline) FocusGained() {
	t.focused = true
	if t.cursor < 0 {
		first, _ := t.view.visible()
		t.step(first, 0)
	}
	t.Refresh()
}

// FocusLost hides it.
func (t *Timeline) FocusLost() {
	t.focused = false
	t.Refresh()
}

// TypedRune goes to OnRune, else to the window.
func (t *Timeline) TypedRune(r rune) {
	if r == ' ' || t.OnRune != nil && t.OnRune(r) {
		return
	}
	passRune(t, r)
}

// TypedKey moves and acts.
func (t *Timeline) TypedKey(key *fyne.KeyEvent) {
	if from, by, moves := t.view.keyStep(key.Name, t.cursor, t.count()); moves {
		t.step(from, by)
		return
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.act()
	case keyMenu:
		t.openMenu()
	default:
		passKey(t, key)
	}
}

// act opens the entry that the cursor is on, or acts on the tail.
func (t *Timeline) act() {
	switch {
	case t.cursor < 0 || t.cursor >= t.count():
	case t.model.Kind(t.cursor) == TimelineTail:
		t.tail()
	case t.model.Kind(t.cursor) == TimelineEntryLine:
		t.opened(t.cursor)
	}
}

// openMenu opens the menu of the entry that the cursor is on, below its title.
func (t *Timeline) openMenu() {
	if t.id(t.cursor) == "" {
		return
	}
	t.view.show(t.cursor)
	t.menu(t.cursor, fyne.NewPos(timelineWords, t.view.top(t.cursor+1)-t.view.scroll.Offset.Y))
}

// TypedShortcut opens the menu and copies; other shortcuts are passed on.
func (t *Timeline) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *desktop.CustomShortcut:
		if s.KeyName == fyne.KeyDown && s.Modifier == fyne.KeyModifierAlt {
			t.openMenu()
			return
		}
	case *fyne.ShortcutCopy:
		if t.OnCopy != nil && t.id(t.cursor) != "" {
			t.OnCopy(t.cursor)
		}
		return
	}
	passShortcut(t, s)
}
