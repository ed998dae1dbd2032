// This file is what a window's keys do in the field that has the cursor.

package widgets

// OpenMenu opens the menu of the field that has the cursor: value, leave out,
// null, and what helps to fill it.
func (v *FormView) OpenMenu() { v.inFocus((*formRow).openMenu) }

// OpenSuggestions opens or closes the list of suggestions of the field that has
// the cursor.
func (v *FormView) OpenSuggestions() { v.inFocus((*formRow).toggleSuggestions) }

// OpenCalendar opens the calendar of the date that has the cursor.
func (v *FormView) OpenCalendar() { v.inFocus((*formRow).openCalendar) }

// ToggleLines gives the text that has the cursor several lines, or one.
func (v *FormView) ToggleLines() { v.inFocus((*formRow).toggleLines) }

// inFocus does something in the row that has the cursor, if one has.
func (v *FormView) inFocus(do func(*formRow)) {
	if row := v.row(v.FocusedField()); row != nil {
		do(row)
	}
}
