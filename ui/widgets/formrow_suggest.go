// This file is a row's list of suggestions and its calendar.

package widgets

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// key sees the keys of the field's entry first.
func (r *formRow) key(key *fyne.KeyEvent) bool {
	if r.pop != nil && r.pop.takeKey(key) {
		return true
	}
	switch key.Name {
	case fyne.KeyDown:
		return !r.entry.MultiLine && r.entry.Text == "" && r.openSuggestions()
	case fyne.KeyF4:
		if r.hasCalendar() {
			r.openCalendar()
			return true
		}
	}
	return false
}

// suggestions are what the field may be filled with now.
func (r *formRow) suggestions() []forms.Suggestion {
	var sent []string
	if r.view.Sent != nil {
		sent = r.view.Sent(r.field.Name)
	}
	return r.view.form.Suggest(r.field.Name, sent)
}

// openSuggestions shows the list below the field; false: the field has none.
func (r *formRow) openSuggestions() bool {
	if r.entry == nil || r.field.ReadOnly || r.editor != r.entry {
		return false
	}
	if r.pop == nil {
		r.pop = newSuggestPop(func(item MenuItem) { item.OnChosen() })
	}
	r.offered = r.suggestions()
	items := r.suggestItems(r.offered)
	if len(items) == 0 {
		items = []MenuItem{{Label: "Nothing to suggest: no sample rows, and nothing sent from here", Disabled: true}}
	}
	return r.pop.show(r.editor, items)
}

func (r *formRow) suggestItems(list []forms.Suggestion) []MenuItem {
	items := make([]MenuItem, len(list))
	for i, s := range list {
		items[i] = MenuItem{
			Label: inOneLine(s.Text, 80), Note: s.Note(),
			Separate: i > 0 && list[i-1].Origin != s.Origin,
			OnChosen: func() { r.take(s.Text) },
		}
	}
	return items
}

// take fills the field with a suggestion, with the cursor behind it.
func (r *formRow) take(text string) {
	r.view.fill(r.field.Name, text)
	if r.editor == r.entry {
		r.entry.SetCursor(len(r.entry.Text))
	}
}

// tapSuggestions opens and closes the list by mouse.
func (r *formRow) tapSuggestions() {
	if r.pop != nil && r.pop.open() {
		r.pop.close()
		return
	}
	r.focusEditor()
	r.openSuggestions()
}

// toggleSuggestions does so by key.
func (r *formRow) toggleSuggestions() {
	if r.pop != nil && r.pop.open() {
		r.pop.close()
		return
	}
	r.openSuggestions()
}

// filterSuggestions follows what is typed while the list is open.
func (r *formRow) filterSuggestions(text string) {
	if r.pop == nil || !r.pop.open() {
		return
	}
	items := r.suggestItems(forms.FilterSuggestions(r.offered, text))
	if len(items) == 0 {
		items = []MenuItem{{Label: "No suggestion has " + inOneLine(text, 40), Disabled: true}}
	}
	r.pop.set(items)
}

func (r *formRow) closeSuggestions() {
	if r.pop != nil {
		r.pop.close()
	}
}

// followSuggestions keeps the list at the field, which scrolled.
func (v *FormView) followSuggestions() {
	if row := v.row(v.FocusedField()); row != nil && row.pop != nil {
		row.pop.follow()
	}
}

// hasCalendar tells the fields that a day can be chosen for.
func (r *formRow) hasCalendar() bool {
	return (r.field.Kind == metadata.KindDate || r.field.Kind == metadata.KindDateTime) &&
		!r.field.Type.Collection && !r.field.ReadOnly
}

// openCalendar lets a day be chosen. The time of day and the zone stay.
func (r *formRow) openCalendar() {
	if !r.hasCalendar() || r.editor != r.entry {
		return
	}
	form, name := r.view.form, r.field.Name
	r.focusEditor()
	r.closeSuggestions()
	day, _ := form.Day(name)
	calendar := NewCalendar(day, form.Today(name))
	calendar.OnChosen = func(day time.Time) {
		r.take(form.OnDay(name, day.Year(), day.Month(), day.Day()))
	}
	showCalendarBelow(r.editor, calendar)
}
