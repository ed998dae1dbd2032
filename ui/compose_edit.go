// What happens to a draft as one edits it: fields, actions beside fields,
// beginning anew, starting from a row or from an earlier send.

package ui

import (
	"context"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// customerRest is how long the customer's key has to rest before it is looked
// up without being asked.
const customerRest = 800 * time.Millisecond

// fieldChanged follows a keystroke.
func (p *ComposePage) fieldChanged(name string) {
	d := p.current
	if d == nil {
		return
	}
	if field, ok := d.form.Field(name); ok && field.CustomerRef {
		p.customerChanged(d)
	}
	p.edited(d)
	p.showPreview()
	p.showBar()
}

// edited is called after every change of what a draft holds, by a key or as a
// whole, before it is shown.
func (p *ComposePage) edited(d *draft) {
	p.record(d)
	p.jsonFollows(d)
	p.keeper.Changed(d, p.shown)
	p.dropMarks(d)
}

// tick keeps words that count from the clock, such as "now-2d", true: what is
// shown is what would be sent at this moment.
func (p *ComposePage) tick() {
	if p.shown && p.current != nil && p.current.form.Resolve() {
		p.work.SyncForm()
		p.showPreview()
		p.jsonTicks()
	}
	p.tickPane()
}

// customerChanged forgets who the former key led to, and asks who the new one
// leads to once it rests.
func (p *ComposePage) customerChanged(d *draft) {
	d.who = customerCheck{}
	if d == p.current {
		p.checking.Cancel()
		p.lookUpCustomer(d, customerRest)
	}
}

// lookUpCustomer asks who the typed key leads to.
func (p *ComposePage) lookUpCustomer(d *draft, rest time.Duration) {
	key, ok := d.form.CustomerKey()
	field := d.customerField()
	if !ok || key.Value == "" || field == nil || !p.place.Chosen() {
		d.who = customerCheck{}
		p.showCustomer()
		return
	}
	if rest == 0 {
		d.who = customerCheck{Key: key.Value, State: checkBusy}
	}
	p.showCustomer()
	service, entities, via, value := p.place.Service, p.place.Entities, field.CustomerVia, key.Value
	p.checking.RunAfter(rest, func(ctx context.Context) (customerCheck, error) {
		return checkCustomer(ctx, service, entities, via, value)
	}, func(check customerCheck, err error) {
		if err != nil {
			check.State, check.Err = checkFailed, err
		}
		d.who = check
		d.knows(check)
		p.showCustomer()
	})
}

// showCustomer says below the customer's field who it is.
func (p *ComposePage) showCustomer() {
	d := p.current
	if d == nil {
		return
	}
	if field := d.customerField(); field != nil {
		text, problem := d.who.Line()
		p.work.ShowNote(field.Name, text, problem)
	}
}

// New begins a new activity (Ctrl+N). What was typed can be had back.
func (p *ComposePage) New() {
	d := p.current
	if d == nil || d.row.Muted {
		return
	}
	if d.untouched() {
		p.work.FocusFirst()
		return
	}
	p.work.finder.Reset() // what is empty must not look as if fields were missing
	p.replace(d, "A new activity: the fields are empty.", func() { d.form.Clear() })
	p.work.FocusFirst()
}

// replace changes a whole form in one step and, where something was entered
// before, offers to undo it.
func (p *ComposePage) replace(d *draft, said string, change func()) {
	p.dropNews(d)
	empty := d.form.Snapshot().Empty()
	left := d.leaveJSON()
	changed := p.changeWhole(d, func() {
		d.beside.preset, d.beside.homeless = "", nil
		change()
	})
	if changed && !empty {
		p.offerUndo(d, said)
	}
	if left != nil {
		p.offerLeft(d, left)
	}
}

// changeWhole changes a form in one step. It answers false where that left the
// form as it was.
func (p *ComposePage) changeWhole(d *draft, change func()) bool {
	p.record(d) // what was typed until now is a step of its own
	d.history.Break()
	before, beside, key := d.history.Newest(), d.besideNow(), d.customerKey()
	change()
	p.edited(d)
	d.besideChanged(before, beside)
	if d.customerKey() != key {
		p.customerChanged(d)
	}
	p.formReplaced(d)
	return d.history.Newest() != before
}

// formReplaced shows a draft whose form changed as a whole.
func (p *ComposePage) formReplaced(d *draft) {
	if d != p.current {
		return
	}
	p.work.Show(d)
	p.showJSON()
	p.showCustomer()
	p.showPreview()
	p.showBar()
}

// readSamples reads the entity's first rows.
func (p *ComposePage) readSamples() {
	d := p.current
	if d == nil || !p.place.Chosen() {
		return
	}
	d.reading = true
	p.work.ShowSamples(d)
	service, name := p.place.Service, d.key.Entity
	p.sampling.Run(func(ctx context.Context) (sampleRows, error) {
		return readSamples(ctx, service, name)
	}, func(rows sampleRows, err error) {
		d.reading = false
		if err != nil {
			d.samples = d.samples.failed(err)
		} else {
			rows.At = p.env.Now()
			d.samples = rows
		}
		p.samplesRead(d)
	})
}

// stopSamples ends the reading: a person does not want to wait.
func (p *ComposePage) stopSamples() {
	if d := p.current; d != nil && d.reading {
		p.sampling.Cancel()
		d.reading = false
		d.samples = d.samples.failed(tasks.ErrStopped)
		p.work.ShowSamples(d)
	}
}

// samplesRead lets a form that nobody is typing into learn how the entity's
// times are written.
func (p *ComposePage) samplesRead(d *draft) {
	if d.untouched() && len(d.samples.Rows) > 0 && !p.work.Typing() {
		d.remake(p.env.Zone())
		p.formReplaced(d)
	}
	d.form.Learn(d.samples.values())
	p.work.ShowSamples(d)
}

// fill takes a JSON object as the form's state. Members that the metadata does
// not know are kept, or dropped and said.
func (p *ComposePage) fill(d *draft, body []byte, unknown forms.Unknown) {
	report, err := d.form.SetJSON(body, unknown)
	if err != nil {
		p.env.Notify(NoticeOf("fill", err))
		return
	}
	var names []string
	for _, member := range report.Dropped {
		if !strings.HasPrefix(member.Name, "@odata.") {
			names = append(names, member.Name)
		}
	}
	if len(names) > 0 {
		p.env.Notify(Notice{
			Key: "dropped", Tone: ToneWarning,
			Text: "The entity has no field for " + strings.Join(names, ", ") + "; left out.",
		})
	}
}

// openEntry uses an entry of the journal again: its body in the form of its
// entity, in the instance that is chosen.
func (p *ComposePage) openEntry(id string) {
	read := newLatest[journal.Entry](p.env)
	entries, place := p.env.Journal, p.place
	read.Run(func(ctx context.Context) (journal.Entry, error) {
		return entries.Get(ctx, id)
	}, func(entry journal.Entry, err error) {
		if err != nil {
			p.env.Notify(NoticeOf("open-entry", err))
			return
		}
		if !p.place.Same(place) {
			return // the person has gone to another instance meanwhile
		}
		p.useEntry(entry)
	})
}

// useEntry makes what was sent the form's state. Members that somebody chose to
// send although the entity has none such are part of it.
func (p *ComposePage) useEntry(entry journal.Entry) {
	row, ok := p.entities.Row(entry.Entity)
	if !ok || len(entry.Body) == 0 {
		text := "The body of this send was not kept."
		if !ok {
			text = p.place.Instance.Label() + " has no entity " + entry.Entity + "."
		}
		p.env.Notify(Notice{Key: "open-entry", Tone: ToneWarning, Text: text})
		return
	}
	p.choose(row)
	d := p.current
	p.replace(d, "The form was filled from an earlier send.", func() { p.fill(d, entry.Body, forms.KeepUnknown) })
	p.work.ShowForm()
}

func (p *ComposePage) focusFirstProblem() {
	if p.current == nil {
		return
	}
	if held, _ := p.current.jsonHeld(); held != "" || p.jsonShown() {
		p.work.ShowJSON()
		p.work.json.GoToProblem(false)
		return
	}
	p.work.FocusFirstProblem()
}
