// Finding the customer of the activity that is composed, and asking before a
// send that leads to nobody.

package ui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/people"
)

// findCustomerKey is in the form's list of keys and in the field's menu.
var findCustomerKey = chord{fyne.KeyL, ctrl | fyne.KeyModifierShift}

// findCustomer opens the dialog that fills the customer's key.
func (p *ComposePage) findCustomer() {
	d := p.current
	if d == nil || d.row.Muted || !p.place.Chosen() {
		return
	}
	field := d.customerField()
	if field == nil {
		p.env.Notify(Notice{
			Key: "find-customer", Tone: ToneInfo,
			Text: d.row.Name + " has no field that leads to a customer: no relationship of it does.",
		})
		return
	}
	place, name := p.place, field.Name
	need := people.Finder{Entities: place.Entities}.NeedOf(name, field.CustomerVia)
	dialog := newCustomerDialog(p.env, place, need, func(c people.Customer, key string) {
		p.useCustomer(place, d.key, name, c, key)
	})
	dialog.show(d.form.Text(name))
}

// useCustomer fills a found customer's key into the field that it was asked
// for, and says who it is.
func (p *ComposePage) useCustomer(place Place, at draftKey, name string, c people.Customer, key string) {
	d := p.drafts.Of(at)
	if d == nil {
		return
	}
	if _, ok := d.form.Field(name); !ok {
		p.env.Notify(Notice{
			Key: "find-customer", Tone: ToneWarning,
			Text: "The field " + name + " is gone from " + at.Entity + " meanwhile. The key is " + key + ".",
		})
		return
	}
	p.checking.Cancel()
	d.form.SetText(name, key)
	d.who = customerCheck{Key: key, State: checkFound, Who: c, Count: -1}
	d.knows(d.who)
	p.edited(d)
	if d != p.current {
		return
	}
	p.work.ShowFilled(name)
	p.showCustomer()
	p.showPreview()
	p.showBar()
	p.countCustomer(d, place)
}

// countCustomer asks how many activities the found customer has.
func (p *ComposePage) countCustomer(d *draft, place Place) {
	check, service := d.who, place.Service
	p.checking.Run(func(ctx context.Context) (customerCheck, error) {
		counts, _, err := service.ActivityCounts(ctx, check.Who.ID)
		check.Count = people.CountActivities(counts, err)
		return check, nil
	}, func(check customerCheck, _ error) {
		d.who = check
		d.knows(check)
		p.showCustomer()
	})
}

// leadsToNobody says whether the check of the key that would be sent found
// nobody. A check that has not ended says nothing.
func (d *draft) leadsToNobody() bool {
	key, ok := d.form.CustomerKey()
	return ok && d.who.State == checkNobody && d.who.Key == key.Value
}

// askNobody asks whether to send all the same: the check may be wrong, so it
// never forbids.
func (p *ComposePage) askNobody(key string, send func()) {
	askFirst(p.env, "Send to nobody?", "Nobody was found with the key "+strconv.Quote(key)+
		". The service will most likely refuse the activity. The look-up can be wrong, for example for a customer that was just made.",
		"Send all the same", send)
}
