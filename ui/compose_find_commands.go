// What can be done by key in the form of the compose page: find fields, filter
// them, go through them, fold their groups.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// groupForm heads the actions on the form.
const groupForm = "Form"

// formCommands lists them.
func (p *ComposePage) formCommands() []command {
	w := p.work
	on := func(act func()) func() { return func() { w.onForm(act) } }
	return []command{
		{group: groupForm, title: "Next field that was found", chords: []chord{{fyne.KeyF3, 0}, {fyne.KeyReturn, 0}}, run: on(w.finder.NextByKey)},
		{group: groupForm, title: "Previous field that was found", chords: []chord{{fyne.KeyF3, fyne.KeyModifierShift}}, run: on(func() { w.finder.Next(-1) })},
		{group: groupForm, title: "Next filter: all, filled, required, problems", chords: []chord{{fyne.KeyF, ctrl | fyne.KeyModifierShift}}, run: on(w.finder.ShowNext)},
		{group: groupForm, title: "Show all fields", run: on(w.finder.Reset)},
		{group: groupForm, title: "Show only filled fields", run: on(func() { w.finder.Show(widgets.FilledFields) })},
		{group: groupForm, title: "Show only required fields", run: on(func() { w.finder.Show(widgets.RequiredFields) })},
		{group: groupForm, title: "Show only fields with problems", run: on(func() { w.finder.Show(widgets.ProblemFields) })},
		{group: groupForm, title: "First field", chords: []chord{{fyne.KeyHome, ctrl}}, run: on(func() { w.form.FocusEnd(false) })},
		{group: groupForm, title: "Last field", chords: []chord{{fyne.KeyEnd, ctrl}}, run: on(func() { w.form.FocusEnd(true) })},
		{group: groupForm, title: "A page of fields down", chords: []chord{{fyne.KeyPageDown, 0}}, run: on(func() { w.form.MovePage(1) })},
		{group: groupForm, title: "A page of fields up", chords: []chord{{fyne.KeyPageUp, 0}}, run: on(func() { w.form.MovePage(-1) })},
		{group: groupForm, title: "Heading of the group, to fold it", chords: []chord{{fyne.KeyUp, fyne.KeyModifierAlt}}, run: on(w.form.FocusHeading)},
		{group: groupForm, title: "Fold all groups", run: on(func() { w.form.FoldAll(true) })},
		{group: groupForm, title: "Open all groups", run: on(func() { w.form.FoldAll(false) })},
	}
}

// onForm does something with the form where it is shown.
func (w *composeWork) onForm(act func()) {
	if w.formShown() {
		act()
	}
}
