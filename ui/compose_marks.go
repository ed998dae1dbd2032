// What the page offers after an answer: the fields that it names are marked
// and can be gone to, and what its code calls for can be done from here.

package ui

import (
	"net/http"
	"slices"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/words"
)

// mark marks the fields that the answer to a draft's send names.
func (p *ComposePage) mark(d *draft, s *sendState) {
	if s.Busy || s.marked {
		return
	}
	s.marked = true
	if s.Entry.State == journal.Refused || s.Entry.State == journal.AlreadyThere {
		d.marks = marksOf(d.form, answerError(s.Entry))
		d.marks = slices.DeleteFunc(d.marks, func(m saidOf) bool {
			return slices.Contains(s.members.changedSince(membersOf(d.form.Preview())), m.Field) // edited meanwhile
		})
	}
	p.showMarks(d)
}

// dropMarks takes away what was said of values that are there no more.
func (p *ComposePage) dropMarks(d *draft) {
	if len(d.marks) == 0 {
		return
	}
	before := len(d.marks)
	d.marks = slices.DeleteFunc(d.marks, func(m saidOf) bool { return heldIn(d.form, m.Field) != m.was })
	if len(d.marks) != before {
		p.showMarks(d)
	}
}

func (p *ComposePage) clearMarks(d *draft) {
	d.marks = nil
	p.showMarks(d)
}

func (p *ComposePage) showMarks(d *draft) {
	if d == p.current {
		p.work.ShowMarks(d.marks)
		p.showRemedies()
	}
}

// goToMark puts the cursor into the first field that the answer names.
func (p *ComposePage) goToMark() {
	if d := p.current; d != nil && len(d.marks) > 0 {
		p.work.GoTo(d.marks[0].Field)
	}
}

// showRemedies offers what can be done about the newest answer.
func (p *ComposePage) showRemedies() {
	d := p.current
	if d == nil {
		p.pane.ShowRemedies("", "")
		return
	}
	toField := ""
	switch len(d.marks) {
	case 0:
	case 1:
		toField = "Go to " + shortName(d.marks[0].Field)
	default:
		toField = "Go to the " + words.Counted(len(d.marks), "field", "fields")
	}
	p.pane.ShowRemedies(p.remedyLabel(d), toField)
}

// remedyOfDraft is what the newest answer calls for.
func remedyOfDraft(d *draft) words.Remedy {
	if d.last == nil || d.last.Busy {
		return words.RemedyNone
	}
	e := d.last.Entry
	if e.State != journal.Refused && e.State != journal.AlreadyThere && !e.NeverSent() {
		return words.RemedyNone
	}
	if entry, ok := words.CodeOf(e.Code); ok {
		return entry.Remedy
	}
	switch e.Status {
	case http.StatusUnauthorized:
		return words.RemedyConnection
	case http.StatusConflict:
		return words.RemedyNewID
	case http.StatusNotFound:
		return words.RemedyReload
	default:
		return words.RemedyNone
	}
}

// remedyLabel is the button's label; empty where there is nothing to do here.
func (p *ComposePage) remedyLabel(d *draft) string {
	switch remedyOfDraft(d) {
	case words.RemedyNewID:
		if _, err := d.newID(d.keyField()); err == nil {
			return "New ID"
		}
	case words.RemedyCustomer:
		if d.customerField() != nil {
			return "Find customer"
		}
	case words.RemedyKeep:
		return "Keep until…"
	case words.RemedyReload:
		return "Load again"
	case words.RemedyConnection:
		if p.place.Connection.ID != sandboxID {
			return "Open the connection…"
		}
	}
	return ""
}

// remedy does what the newest answer calls for.
func (p *ComposePage) remedy() {
	d := p.current
	if d == nil {
		return
	}
	switch remedyOfDraft(d) {
	case words.RemedyNewID:
		p.giveNewID(d)
	case words.RemedyCustomer:
		p.work.GoTo(d.customerField().Name)
		p.findCustomer()
	case words.RemedyKeep:
		p.askUntil()
	case words.RemedyReload:
		p.Refresh()
	case words.RemedyConnection:
		p.env.EditConnection(p.place.Connection.ID)
	}
}

// giveNewID makes another activity of what is typed.
func (p *ComposePage) giveNewID(d *draft) {
	field := d.keyField()
	id, err := d.newID(field)
	if err != nil {
		p.env.Notify(NoticeOf("new-id", err))
		return
	}
	d.form.SetText(field, id)
	p.work.form.SyncField(field)
	p.fieldChanged(field)
	p.work.GoTo(field)
}

// keyField is the field of the key that gets a new id: the last one, which
// tells one activity from the next; empty: there is none.
func (d *draft) keyField() string {
	names := d.keyFields()
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}
