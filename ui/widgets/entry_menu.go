// This file is the menu of an Entry whose undo is the window's: Fyne's own menu
// would undo by the entry's history and disagree with it.

package widgets

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// undoes says whether a shortcut is one of those that Fyne's entry answers from
// a history of its own.
func undoes(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		return true
	}
	return false
}

// TappedSecondary opens the menu of the entry.
func (e *Entry) TappedSecondary(at *fyne.PointEvent) {
	if !e.UndoByWindow {
		e.Entry.TappedSecondary(at)
		return
	}
	focus(e)
	ShowMenu(e, at.Position, e.menuItems())
}

func (e *Entry) menuItems() []MenuItem {
	clipboard := fyne.CurrentApp().Clipboard()
	item := func(label string, shortcut fyne.Shortcut) MenuItem {
		return MenuItem{Label: label, OnChosen: func() {
			focus(e)
			e.TypedShortcut(shortcut)
		}}
	}
	copied := item("Copy", &fyne.ShortcutCopy{Clipboard: clipboard})
	copied.Disabled = e.SelectedText() == ""
	all := item("Select all", &fyne.ShortcutSelectAll{})
	if e.readOnly {
		return []MenuItem{copied, all}
	}
	cut := item("Cut", &fyne.ShortcutCut{Clipboard: clipboard})
	cut.Disabled, cut.Separate = copied.Disabled, true
	return []MenuItem{
		item("Undo", &fyne.ShortcutUndo{}), item("Redo", &fyne.ShortcutRedo{}),
		cut, copied, item("Paste", &fyne.ShortcutPaste{Clipboard: clipboard}), all,
	}
}

// SetCursor puts the cursor before a character, counted in runes from 0; beyond
// the text's end it goes to the end. What was selected no longer is.
func (e *Entry) SetCursor(at int) {
	at = max(0, min(at, utf8.RuneCountInString(e.Text)))
	// Left ends a selection, but goes on with one while Shift is held, as it is
	// for Ctrl+Shift+Z.
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	row, begin := 0, 0
	for e.CursorColumn = 0; ; row++ { // rows that are broken at words count as well
		e.CursorRow = row + 1
		next := e.CursorTextOffset() // 0 beyond the last row
		if next <= begin || next > at {
			break
		}
		begin = next
	}
	e.CursorRow, e.CursorColumn = row, at-begin
	e.Refresh()
}
