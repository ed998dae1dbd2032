// A form that another page has filled, as an argument of the compose page.

package ui

import "github.com/activitydesk/activitydesk/forms"

// FormArg opens the compose page with a form that is filled already, for
// example with a row of a file.
type FormArg struct {
	Entity   string // name for data requests
	Snapshot forms.Snapshot
}

// useForm fills an entity's form with what another page has prepared. What was
// typed before can be had back.
func (p *ComposePage) useForm(arg FormArg) {
	row, ok := p.entities.Row(arg.Entity)
	if !ok {
		p.env.Notify(Notice{
			Key: "open-form", Tone: ToneWarning, Text: p.place.Instance.Label() + " has no entity " + arg.Entity + ".",
		})
		return
	}
	p.choose(row)
	d := p.current
	p.replace(d, "The form was filled from a row of a file.", func() {
		if err := d.take(arg.Snapshot, nil); err != nil {
			p.env.Notify(NoticeOf("open-form", err))
			return
		}
		p.sayHomeless(d)
	})
	p.work.ShowForm()
}
