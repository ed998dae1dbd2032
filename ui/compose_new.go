// A new activity for a customer, asked for on another page: the form begins
// anew, with the key by which its entity leads to that customer.

package ui

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/words"
)

// openActivity begins a new activity for a customer. What was typed before can
// be had back.
func (p *ComposePage) openActivity(arg ActivityArg) {
	row, ok := p.receiver(arg.Entity)
	if !ok {
		return
	}
	p.choose(row)
	p.dropNew()
	d := p.current
	if d.customerField() == nil || arg.Key != "" || arg.CustomerID == "" {
		p.beginActivity(d, arg.Key, "")
		return
	}
	unlessTyped := p.unlessTyped(d)
	p.findKeys(d, arg.CustomerID, func(keys people.Keys, why string) {
		unlessTyped(func() {
			key, also := keys.First()
			if key == "" {
				p.beginActivity(d, "", why)
				return
			}
			p.beginActivity(d, key, also)
		})
	})
}

// dropNew ends the preparing of an activity that was asked for before another
// one: the last that is asked for is the one that begins.
func (p *ComposePage) dropNew() {
	p.again.Cancel()
	p.finding.Cancel()
}

// unlessTyped gives what begins a new activity once something was read for it. A
// form that somebody has typed into meanwhile is left as it is until they say so.
func (p *ComposePage) unlessTyped(d *draft) func(begin func()) {
	before := d.form.Snapshot()
	return func(begin func()) {
		if reflect.DeepEqual(before, d.form.Snapshot()) {
			begin()
			return
		}
		p.env.Notify(Notice{
			Key: offerKey(d), Tone: ToneWarning,
			Text:   "The form was changed while the new activity was being prepared, and is left as it is.",
			Action: "Begin the new activity", OnAction: func() {
				if d == p.current {
					begin()
				}
			},
		})
	}
}

// receiver is the entity of this name, or, without a name, the one that is shown
// or the first that can receive activities. What is in the way is said.
func (p *ComposePage) receiver(name string) (entityRow, bool) {
	if name == "" && p.current != nil && !p.current.row.Muted {
		return p.current.row, true
	}
	row, ok := p.entities.Row(name)
	if name == "" {
		row, ok = p.entities.First()
	}
	text := ""
	switch {
	case !p.place.Chosen():
		text = "No instance is chosen."
	case !ok && name == "":
		text = p.place.Instance.Label() + " has no entity that can receive activities."
	case !ok:
		text = p.place.Instance.Label() + " has no entity " + name + "."
	case row.Muted:
		text = row.Name + " takes no activities. " + row.Reason
	}
	if text != "" {
		p.env.Notify(Notice{Key: "new-activity", Tone: ToneWarning, Text: text})
		return entityRow{}, false
	}
	return row, true
}

// beginActivity empties the form and fills the customer's key in. Besides says
// what else there is to know of the key, or why there is none.
func (p *ComposePage) beginActivity(d *draft, key, besides string) {
	field := d.customerField()
	said := "A new activity"
	switch {
	case field == nil:
		said += ". " + d.row.Name + " has no field that leads to a customer: no relationship of it does."
	case key != "":
		said += " for " + key + ": " + field.Name + " is filled in, the other fields are empty."
	default:
		said += ". " + field.Name + " is left empty."
	}
	p.begin(d, strings.TrimSpace(said+" "+besides), func() {
		d.form.Clear()
		if field != nil && key != "" {
			d.form.SetText(field.Name, key)
		}
	})
	p.typeNext()
}

// begin replaces the form in one step, which is told and can be undone also
// where the form was empty: what it holds now, nobody has typed.
func (p *ComposePage) begin(d *draft, said string, change func()) {
	p.work.finder.Reset()
	before := d.history.Newest()
	p.replace(d, said, change)
	if d.history.Newest() != before {
		p.offerUndo(d, said)
	} else {
		p.env.Notify(Notice{Key: offerKey(d), Tone: ToneInfo, Text: said})
	}
	p.work.ShowForm()
}

// findKeys asks which keys of a customer a draft's entity takes. Done hears of
// them or why there is none, if the draft is still the one that is shown.
func (p *ComposePage) findKeys(d *draft, customerID string, done func(keys people.Keys, why string)) {
	field := d.customerField()
	finder := people.Finder{Service: p.place.Service, Entities: p.place.Entities}
	need := finder.NeedOf(field.Name, field.CustomerVia)
	if need.Cannot != "" {
		done(people.Keys{}, need.Cannot+" Type the key by hand.")
		return
	}
	if strings.EqualFold(need.Unify, people.FieldCustomerID) {
		done(people.Keys{Customer: people.Customer{ID: customerID}, Keys: []string{customerID}}, "")
		return
	}
	p.finding.Run(func(ctx context.Context) (people.Keys, error) {
		customers, err := finder.ByID(ctx, customerID)
		if err == nil && len(customers) == 0 {
			err = fmt.Errorf("customer %s: %w", customerID, outbox.ErrUnknownCustomer)
		}
		if err != nil {
			return people.Keys{}, err
		}
		return finder.KeysFor(ctx, need, customers[0])
	}, func(keys people.Keys, err error) {
		switch {
		case d != p.current:
			return
		case err != nil:
			done(people.Keys{}, "The customer's key could not be read: "+words.Explain(err).What)
		case len(keys.Keys) == 0:
			done(keys, keys.Customer.Label()+" has no key in "+need.Source.DataName()+", which "+need.Field+" needs.")
		default:
			done(keys, "")
		}
	})
}
