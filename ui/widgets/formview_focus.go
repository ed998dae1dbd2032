// This file brings the cursor to the fields of a FormView, and the fields that
// have it into view.

package widgets

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
)

// FocusFirst puts the cursor into the first field that can be typed into.
func (v *FormView) FocusFirst() {
	for _, i := range v.shown {
		if !v.fields[i].ReadOnly {
			v.FocusField(v.fields[i].Name)
			return
		}
	}
}

// FocusField puts the cursor into a field and scrolls to it. A filter that
// hides the field is taken away.
func (v *FormView) FocusField(name string) {
	index := slices.IndexFunc(v.fields, func(f *forms.Field) bool { return f.Name == name })
	if index < 0 {
		return
	}
	if !slices.Contains(v.shown, index) {
		v.SetFilter("", AllFields)
	}
	at := slices.Index(v.shown, index)
	v.build(at-1, at+formChunk/4)
	v.relayout()
	v.reveal(index)
	focus(v.rows[index].editor)
}

// Shows says whether the filter lets a field through.
func (v *FormView) Shows(name string) bool {
	return slices.ContainsFunc(v.shown, func(i int) bool { return v.fields[i].Name == name })
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
	problems := v.form.Problems()
	if len(problems) == 0 {
		return false
	}
	v.FocusField(problems[0].Field)
	return true
}

// FocusedField gives the name of the field that has the cursor, or "".
func (v *FormView) FocusedField() string {
	for _, row := range v.rows {
		if row != nil && row.focused {
			return row.field.Name
		}
	}
	return ""
}

func (v *FormView) row(name string) *formRow {
	for i, field := range v.fields {
		if field.Name == name {
			return v.rows[i]
		}
	}
	return nil
}

// focusedRow keeps the fields around the cursor built, since Tab goes to what
// is there, and scrolls to it.
func (v *FormView) focusedRow(row *formRow) {
	index := slices.Index(v.rows, row)
	at := slices.Index(v.shown, index)
	if at < 0 {
		return
	}
	built := v.build(at-2, at+3)
	if at == len(v.shown)-1 || at == 0 { // Tab goes round
		built = v.build(0, 2) || built
	}
	if built {
		v.relayout()
	}
	v.reveal(index)
}

// reveal scrolls as little as needed to show a field with its lines.
func (v *FormView) reveal(index int) {
	at := slices.Index(v.shown, index)
	if at < 0 || len(v.tops) <= at+1 {
		return
	}
	offset, height := v.scroll.Offset.Y, v.scroll.Size().Height
	top, bottom := v.tops[at]-formGap, v.tops[at+1]+formGap
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
	v.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	v.buildVisible()
}
