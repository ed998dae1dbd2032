// This file moves through a DataTable by keys, and copies from it.

package widgets

import "fyne.io/fyne/v2"

func (t *DataTable) moveTo(row, column int) {
	rows := t.model.Rows()
	if rows == 0 || len(t.widths) == 0 {
		return
	}
	row, column = min(max(row, 0), rows-1), min(max(column, 0), len(t.widths)-1)
	before := t.row
	t.row, t.column = row, column
	t.view.show(row)
	t.showColumn(column)
	t.view.rebind(before)
	t.view.rebind(row)
	if before != row && t.OnSelected != nil {
		t.OnSelected(row)
	}
}

func (t *DataTable) showColumn(column int) {
	scroll := t.view.scroll
	offset, width := scroll.Offset, scroll.Size().Width
	left, right := t.lefts[column], t.lefts[column+1]
	switch {
	case left < offset.X:
		offset.X = left
	case right > offset.X+width:
		offset.X = min(left, right-width)
	default:
		return
	}
	scroll.ScrollToOffset(offset)
	t.view.scrolled(scroll.Offset)
}

// FocusGained shows where the keyboard is.
func (t *DataTable) FocusGained() {
	t.focused = true
	if t.row < 0 {
		t.moveTo(0, t.column)
	}
	t.Refresh()
}

// FocusLost hides it.
func (t *DataTable) FocusLost() {
	t.focused = false
	t.Refresh()
}

// TypedRune passes characters on.
func (t *DataTable) TypedRune(r rune) { passRune(t, r) }

// TypedKey moves from cell to cell and acts on the row.
func (t *DataTable) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyUp:
		t.moveTo(t.row-1, t.column)
	case fyne.KeyDown:
		t.moveTo(t.row+1, t.column)
	case fyne.KeyLeft:
		t.moveTo(t.row, t.column-1)
	case fyne.KeyRight:
		t.moveTo(t.row, t.column+1)
	case fyne.KeyPageUp:
		t.moveTo(t.row-t.view.pageRows(), t.column)
	case fyne.KeyPageDown:
		t.moveTo(t.row+t.view.pageRows(), t.column)
	case fyne.KeyHome:
		t.moveTo(0, t.column)
	case fyne.KeyEnd:
		t.moveTo(t.model.Rows()-1, t.column)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.activate()
	default:
		passKey(t, key)
	}
}

// TypedShortcut copies the cell; other shortcuts are passed on.
func (t *DataTable) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		if text := t.CellText(); text != "" {
			copyText(text)
		}
		return
	}
	passShortcut(t, s)
}
