// What the pages drop from memory when a customer is forgotten.

package ui

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/journal"
)

var (
	_ Forgetter = (*ComposePage)(nil)
	_ Forgetter = (*HistoryPage)(nil)
)

// ForgetCustomer drops every draft about a person, and the one that waits to be
// written. A draft that is being sent stays: its outcome is still to be told.
func (p *ComposePage) ForgetCustomer(who journal.Person) {
	for key, d := range p.drafts.kept {
		if !strings.EqualFold(key.Instance, who.InstanceID) || d.form == nil || d.last != nil && d.last.Busy {
			continue
		}
		p.withdrawOffer(d)
		p.env.Dismiss(offerKey(d)) // it may name the person
		if !p.forgetDraft(d, who) {
			continue
		}
		if d == p.current {
			p.stopReading()
			p.work.json.editor.Forget()
			p.current = nil
		}
	}
	of := func(stored *journal.Draft) bool {
		return stored != nil && strings.EqualFold(stored.InstanceID, who.InstanceID) && who.Names(stored.Entity, stored.CustomerKey)
	}
	for key, stored := range p.drafts.stored {
		if of(stored.mine) {
			stored.mine = nil
		}
		if of(stored.earlier) {
			stored.earlier = nil
		}
		p.drafts.stored[key] = stored
	}
}

// forgetDraft drops a draft about a person, or what it still knows of them; false:
// there was nothing.
func (p *ComposePage) forgetDraft(d *draft, who journal.Person) bool {
	switch typed, _ := d.form.CustomerKey(); {
	case who.Names(d.key.Entity, typed.Value):
		delete(p.drafts.kept, d.key)
		p.keeper.Forget(d)
	case d.last != nil && who.About(d.last.Entry):
		// What is typed now is for somebody else.
		d.last, d.history, d.steps, d.known = nil, nil, nil, nil
	case d.heldBefore(who):
		d.history, d.steps = nil, nil // undo would bring the person back
	default:
		return false
	}
	return true
}

// heldBefore says whether the form was for a person before, as undo knows it.
func (d *draft) heldBefore(who journal.Person) bool {
	field := d.customerField()
	return field != nil && d.history != nil &&
		d.history.Held(field.Name, func(text string) bool { return who.Names(d.key.Entity, strings.TrimSpace(text)) })
}

// Forget deletes what is stored of a draft, and writes it no more.
func (k *draftKeeper) Forget(d *draft) {
	k.due = slices.DeleteFunc(k.due, func(other *draft) bool { return other == d })
	key := d.key
	k.put(draftJob{key: key, run: func(ctx context.Context, to *journal.Journal) error {
		return to.DeleteDraft(ctx, key.Connection, key.Instance, key.Entity)
	}})
}

// ForgetCustomer drops the entries about a person. The list is read again when
// the page is shown.
func (p *HistoryPage) ForgetCustomer(who journal.Person) {
	maps.DeleteFunc(p.follows, func(_ string, s *sendState) bool { return !s.Busy && who.About(s.Entry) })
	p.entries = slices.DeleteFunc(p.entries, who.About)
	if p.follows[p.chosen] == nil {
		p.chosen = ""
	}
	p.table.SelectRow(-1)
	p.table.Reload()
}
