// One field of the connection dialog: a label, an entry, a note, and what is wrong
// with what was typed.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// connectionField is an entry that says below itself what is wrong with it.
type connectionField struct {
	entry   *widgets.Entry
	problem *widgets.Text
	row     fyne.CanvasObject
	check   func(text string) (problem string) // of what was typed
}

// newConnectionField makes the row of an entry. What was typed is checked when
// the cursor leaves it; nothing is said of an empty field before it is needed.
func newConnectionField(label, note string, entry *widgets.Entry, check func(string) string) *connectionField {
	f := &connectionField{entry: entry, problem: widgets.NewWrappedText("", widgets.RoleProblem), check: check}
	f.problem.Hide()
	below := widgets.Column(3, entry, f.problem)
	if note != "" {
		below.Add(widgets.NewWrappedText(note, widgets.RoleCaption))
	}
	f.row = labelledRow(label, below)
	entry.OnFocusLost = func() {
		if entry.Text != "" {
			f.valid()
		}
	}
	return f
}

// valid checks the field, says what is wrong, and answers whether nothing is.
func (f *connectionField) valid() bool {
	problem := ""
	if f.check != nil && f.row.Visible() {
		problem = f.check(f.entry.Text)
	}
	f.say(problem)
	return problem == ""
}

func (f *connectionField) say(problem string) {
	f.problem.SetText(problem)
	f.entry.SetProblem(problem != "")
	if f.problem.Hidden != (problem == "") {
		f.problem.Hidden = problem == ""
		f.row.Refresh()
	}
}

func (f *connectionField) show(visible bool) { setVisible(f.row, visible) }
