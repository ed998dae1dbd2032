// This file lets an Entry change between one line and several, with the text,
// the cursor and what can be undone kept.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// SetSeveralLines gives the entry several lines, broken at words, or one. A
// text with line breaks keeps its lines.
func (e *Entry) SetSeveralLines(several bool) {
	several = several || strings.Contains(e.Text, "\n")
	if e.MultiLine == several {
		return
	}
	at := e.CursorTextOffset()
	e.MultiLine = several
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if several {
		e.Wrapping = fyne.TextWrapWord
	}
	e.Refresh()
	e.SetCursor(at)
}

// rowsFor is how many lines a text takes in an entry of a width, up to most.
func (e *Entry) rowsFor(width float32, most int) int {
	if e.Wrapping != fyne.TextWrapWord {
		return min(most, strings.Count(e.Text, "\n")+1)
	}
	const perRow = 250 // characters: no field has room for so many in a line
	if len(e.Text) > most*perRow {
		return most
	}
	room := width - 2*sizeOf(e, theme.SizeNameInnerPadding)
	if e.ActionItem != nil {
		room -= e.ActionItem.MinSize().Width
	}
	return min(most, len(wrap(e.Text, room, measureWith(sizeOf(e, theme.SizeNameText), fyne.TextStyle{}))))
}
