// What happens to a draft as one edits its JSON: the text is applied after a
// short rest, and at once on leaving; what cannot be applied stays as typed.

package ui

import (
	"context"
	"fmt"
	"time"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/words"
)

// groupJSON is where the tab's actions stand among the commands.
const groupJSON = "JSON"

// jsonRest is how long the text has to rest before it is applied.
const jsonRest = 500 * time.Millisecond

// jsonWork is a draft's JSON as it is being edited.
type jsonWork struct {
	edit   *forms.JSONEdit
	text   string
	result forms.JSONResult // of the text when it was last looked at
	typed  bool             // the text has changed since
}

// jsonShown says whether the JSON tab is the one that is seen.
func (p *ComposePage) jsonShown() bool {
	return p.current != nil && !p.current.row.Muted && p.work.Tab() == tabJSON
}

// tabShown follows the tabs.
func (p *ComposePage) tabShown() {
	if p.current == nil {
		return
	}
	p.settleJSON(p.current)
	p.showJSON()
}

// takeJSON makes the form's JSON the text.
func (d *draft) takeJSON() {
	edit := forms.EditJSON(d.form)
	d.json, d.pending = &jsonWork{edit: edit, text: edit.Shown()}, nil
	d.json.result = edit.Apply(d.form, d.json.text)
}

// leaveJSON puts the text away with what it belongs to, and answers it where it
// was not applied; nil: it was.
func (d *draft) leaveJSON() *jsonWork {
	left := d.json
	if d.pending == nil {
		left = nil
	}
	d.json, d.pending = nil, nil
	return left
}

// resumeJSON goes on with a text that was left unapplied.
func (p *ComposePage) resumeJSON(d *draft) {
	if d.json == nil && d.pending != nil {
		d.json = &jsonWork{edit: forms.ResumeJSON(d.form, *d.pending), text: d.pending.Text, typed: true}
		p.settleJSON(d)
	}
}

// showJSON shows the text of the draft, and anew where the form was changed by
// something else.
func (p *ComposePage) showJSON() {
	d := p.current
	if d == nil {
		return
	}
	p.resumeJSON(d)
	p.work.MarkJSON(d.pending != nil && d.json != nil && !d.json.result.Applied())
	if !p.jsonShown() {
		return
	}
	if d.json == nil || d.pending == nil && d.json.edit.Stale(d.form) {
		d.takeJSON()
	}
	p.work.json.Show(d.json.text, d.json.result)
}

// jsonFollows keeps the shown text in step with the form.
func (p *ComposePage) jsonFollows(d *draft) {
	if d == p.current && p.jsonShown() && d.pending == nil && (d.json == nil || d.json.edit.Stale(d.form)) {
		p.showJSON()
	}
}

// jsonTicks shows times that count from the clock, unless somebody is in the
// text.
func (p *ComposePage) jsonTicks() {
	if d := p.current; p.jsonShown() && d.pending == nil && !p.work.json.editor.Focused() {
		d.takeJSON()
		p.showJSON()
	}
}

// jsonTyped follows a keystroke in the text.
func (p *ComposePage) jsonTyped(text string) {
	d := p.current
	if d == nil || d.json == nil {
		return
	}
	d.json.text, d.json.typed = text, true
	left := d.json.edit.Draft(text)
	d.pending = &left
	p.edited(d)
	p.resting.RunAfter(jsonRest, func(context.Context) (struct{}, error) { return struct{}{}, nil },
		func(struct{}, error) { p.settleJSON(d) })
}

// jsonLeft applies the text as the cursor leaves it.
func (p *ComposePage) jsonLeft() { p.settleJSON(p.current) }

// settleJSON applies what was typed into the text, as far as that can be.
func (p *ComposePage) settleJSON(d *draft) {
	if d == nil || d.json == nil || !d.json.typed {
		return
	}
	p.resting.Cancel()
	w := d.json
	w.typed = false
	customer := d.customerKey()
	d.history.Break()
	w.result = w.edit.Apply(d.form, w.text)
	if w.result.Applied() {
		d.pending = nil
	}
	if w.result.Applied() && w.result.Elsewhere {
		d.takeJSON() // the text had old values of what it did not change
	}
	p.edited(d)
	d.history.Break() // one step, whatever is typed next
	if d.customerKey() != customer {
		p.customerChanged(d)
	}
	if d != p.current {
		return
	}
	p.work.SyncForm()
	p.showJSON()
	p.showPreview()
	p.showBar()
}

// jsonHeld says why the text keeps the activity from being sent, and the line
// at fault; an empty reason: it does not.
func (d *draft) jsonHeld() (reason string, line int) {
	if d.pending == nil || d.json == nil {
		return "", 0
	}
	switch r := d.json.result; {
	case r.Fault != nil:
		return fmt.Sprintf("The JSON does not parse: line %d: %s.", r.Fault.Line, r.Fault.Text), r.Fault.Line
	case len(r.Unknown) > 0:
		return "The JSON has " + words.Counted(len(r.Unknown), "member", "members") + " that the entity does not have.", r.Unknown[0].Line
	}
	return "", 0
}

// jsonSent shows the bytes that were made to be sent.
func (p *ComposePage) jsonSent(d *draft) {
	if d.json != nil {
		d.takeJSON()
		p.showJSON()
	}
}

// editJSON goes to the text (Ctrl+J).
func (p *ComposePage) editJSON() {
	if p.openJSON() != nil {
		p.work.json.Focus()
	}
}

// nextProblem goes to the next thing to be mended (F8).
func (p *ComposePage) nextProblem() {
	if p.current == nil {
		return
	}
	p.settleJSON(p.current)
	if p.jsonShown() {
		p.work.json.GoToProblem(true)
		return
	}
	p.focusFirstProblem()
}
