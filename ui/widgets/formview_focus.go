// This file brings the cursor to the fields of a FormView, and the fields that
// have it into view.

package widgets

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
)

// FocusFirst puts the cursor into the first field that can be typed into; where
// all of them are folded away, its group is opened.
func (v *FormView) FocusFirst() {
	folded := ""
	for i := range v.slots {
		s := &v.slots[i]
		switch {
		case !s.passes || s.field.ReadOnly:
		case s.line >= 0:
			v.FocusField(s.field.Name)
			return
		case folded == "":
			folded = s.field.Name
		}
	}
	v.FocusField(folded)
}

// FocusEmpty puts the cursor into the first required field that was left out, as
// far as a filter and folds show it; false means there is none.
func (v *FormView) FocusEmpty() bool {
	for at, line := range v.lines {
		if line.slot < 0 {
			continue
		}
		field := v.slots[line.slot].field
		if field.Required && !field.ReadOnly && v.form.State(field.Name) == forms.LeftOut {
			v.focusLine(at)
			return true
		}
	}
	return false
}

// FocusField puts the cursor into a field and scrolls to it. A filter that
// hides the field is taken away, and its group is opened.
func (v *FormView) FocusField(name string) {
	i, ok := v.index[name]
	if !ok {
		return
	}
	if !v.slots[i].passes {
		v.showAll()
	}
	v.fold(v.slots[i].group, false)
	v.focusLine(v.slots[i].line)
}

// FocusChange puts the cursor into a field to where its text changed, counted
// in runes; -1 leaves the cursor where it was in the field.
func (v *FormView) FocusChange(name string, at int) {
	v.FocusField(name)
	if row := v.row(name); row != nil && at >= 0 {
		if entry, ok := row.editor.(*Entry); ok {
			entry.SetCursor(at)
		}
	}
}

// FocusFirstProblem marks what is missing and puts the cursor into the first
// field that keeps the form from being sent; false means there is none.
func (v *FormView) FocusFirstProblem() bool {
	if v.form == nil {
		return false
	}
	v.ShowMissing(true)
	for i := range v.slots {
		if name := v.slots[i].field.Name; v.form.Problem(name) != nil {
			v.FocusField(name)
			return true
		}
	}
	return false
}

// FocusedField gives the name of the field that has the cursor, or "".
func (v *FormView) FocusedField() string {
	if v.cursor.slot < 0 {
		return ""
	}
	if s := v.slots[v.cursor.slot]; s.row != nil && s.row.focused {
		return s.field.Name
	}
	return ""
}

// Cursor gives the field that has the cursor, or "", and where it is in the
// field's text, in runes; -1: not known.
func (v *FormView) Cursor() (field string, at int) {
	field, at = v.FocusedField(), -1
	if row := v.row(field); row != nil {
		if entry, ok := row.editor.(*Entry); ok {
			at = entry.CursorTextOffset()
		}
	}
	return field, at
}

// LastField gives the name of the field where the cursor was last, or "".
func (v *FormView) LastField() string {
	if v.cursor.slot < 0 {
		return ""
	}
	return v.slots[v.cursor.slot].field.Name
}

// FocusEnd puts the cursor into the first field that is shown, or the last.
func (v *FormView) FocusEnd(last bool) {
	at, by := 0, 1
	if last {
		at, by = len(v.lines)-1, -1
	}
	v.focusLine(v.fieldFrom(at, by))
}

// FocusHeading brings the cursor to the heading of the group that it is in.
func (v *FormView) FocusHeading() {
	if v.Grouped() && v.place(v.cursor) >= 0 {
		v.focusLine(v.headAt[v.cursor.group])
	}
}

// MovePage moves the cursor by a page of fields: down, or up where by is
// negative. Without a cursor in the form the view scrolls.
func (v *FormView) MovePage(by int) {
	page := max(formRowGuess, v.scroll.Size().Height-2*formRowGuess)
	if by < 0 {
		page = -page
	}
	from := v.place(v.cursor)
	if from < 0 || !v.hasFocus() {
		most := max(0, v.body.MinSize().Height-v.scroll.Size().Height)
		v.scrollTo(min(max(0, v.scroll.Offset.Y+page), most))
		return
	}
	step := 1
	if by < 0 {
		step = -1
	}
	to := v.at(v.tops[from] + page)
	if to == from {
		to = min(max(to+step, 0), len(v.lines)-1)
	}
	if to = v.fieldNear(to); to < 0 {
		return
	}
	v.scrollTo(max(0, v.scroll.Offset.Y+v.tops[to]-v.tops[from]))
	v.focusLine(to)
}

// Next goes on to the next field that the filter found, or back where by is
// negative, and round at the ends; with enter, the cursor goes into it, else
// the field is marked.
func (v *FormView) Next(by int, enter bool) {
	if len(v.lines) == 0 {
		return
	}
	from := -1
	switch {
	case v.FocusedField() != "":
		from = v.place(v.cursor)
	case v.hit >= 0:
		from = v.slots[v.hit].line
	case by < 0:
		from = len(v.lines)
	}
	step := 1
	if by < 0 {
		step = -1
	}
	v.goToFound(v.foundFrom(from+step, step), enter)
}

// Enter puts the cursor into the field that Next has marked, else into the
// first that was found.
func (v *FormView) Enter() {
	if v.hit >= 0 && v.slots[v.hit].line >= 0 {
		v.goToFound(v.slots[v.hit].line, true)
		return
	}
	v.goToFound(v.foundFrom(0, 1), true)
}

func (v *FormView) goToFound(at int, enter bool) {
	if at < 0 {
		return
	}
	v.hit = v.lines[at].slot
	if enter {
		v.hit = -1
		v.focusLine(at)
	}
	v.reveal(at)
	v.body.placeMark()
	v.body.Refresh()
}

// fieldFrom finds the field at a line or after it in a direction, else going
// round; -1: no field is shown.
func (v *FormView) fieldFrom(at, step int) int {
	return v.lineFrom(at, step, func(*formSlot) bool { return true })
}

// fieldNear finds the field at a line, else the first one below it, else above.
func (v *FormView) fieldNear(at int) int {
	for to := at; to < len(v.lines); to++ {
		if v.lines[to].slot >= 0 {
			return to
		}
	}
	return v.fieldFrom(at, -1)
}

// foundFrom is fieldFrom for the fields that have what was looked for; one that is
// shown because the cursor was in it need not.
func (v *FormView) foundFrom(at, step int) int { return v.lineFrom(at, step, v.matches) }

func (v *FormView) lineFrom(at, step int, good func(*formSlot) bool) int {
	n := len(v.lines)
	for range n {
		at = (at + n) % n
		if i := v.lines[at].slot; i >= 0 && good(&v.slots[i]) {
			return at
		}
		at += step
	}
	return -1
}

// elsewhere says that something outside of the form has the cursor.
func (v *FormView) elsewhere() bool {
	c := v.canvas()
	return c == nil || c.Focused() != nil && !v.hasFocus()
}

// hasFocus says whether the cursor is in the form: in a field, at an action
// beside it, or at a heading.
func (v *FormView) hasFocus() bool {
	c := v.canvas()
	return c != nil && v.holder != nil && c.Focused() == v.holder
}

// focusLine puts the cursor into a line.
func (v *FormView) focusLine(at int) {
	if at < 0 || at >= len(v.lines) {
		return
	}
	v.cursor = v.lines[at]
	v.arrange(false) // the line and its neighbours are in the tree
	v.reveal(at)
	if v.cursor.slot < 0 {
		v.focusOn(v.heading(v.cursor.group))
		return
	}
	v.focusOn(v.slots[v.cursor.slot].row.editor)
}

// canvas is where the view is, or nil.
func (v *FormView) canvas() fyne.Canvas {
	if v.Window != nil {
		return v.Window.Canvas()
	}
	return canvasOf(v)
}

// focusOn asks for the view's own canvas: a real window does not know yet which
// one a row is on that was made a moment ago.
func (v *FormView) focusOn(o fyne.Focusable) {
	if c := v.canvas(); c != nil {
		c.Focus(o)
	}
}

func (v *FormView) row(name string) *formRow {
	if i, ok := v.index[name]; ok {
		return v.slots[i].row
	}
	return nil
}

// focusedRow keeps the fields around the cursor in the tree, since Tab goes to
// what is there, and scrolls to it.
func (v *FormView) focusedRow(row *formRow) {
	if i, ok := v.index[row.field.Name]; ok && v.slots[i].row == row {
		v.focusedAt(formLine{v.slots[i].group, i})
	}
}

func (v *FormView) focusedAt(line formLine) {
	if c := v.canvas(); c != nil {
		v.holder = c.Focused()
	}
	v.cursor, v.hit = line, -1
	v.arrange(false)
	v.reveal(v.place(line))
}

// reveal scrolls as little as needed to show a line with what is below it. The
// first field of a group is shown with its heading.
func (v *FormView) reveal(at int) {
	if at < 0 || len(v.tops) <= at+1 {
		return
	}
	offset, height := v.scroll.Offset.Y, v.scroll.Size().Height
	top, bottom := v.tops[at]-formGap, v.tops[at+1]+formGap
	if at > 0 && v.lines[at-1].slot < 0 {
		top = v.tops[at-1] - formGap
	}
	switch {
	case height <= 0:
		return
	case top < offset:
		offset = max(0, top)
	case bottom > offset+height:
		offset = bottom - height
	default:
		return
	}
	v.scrollTo(offset)
}

func (v *FormView) scrollTo(offset float32) {
	v.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	v.arrange(false)
}
