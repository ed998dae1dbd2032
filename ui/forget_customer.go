// Forgetting a customer: what this computer holds about a person, found out
// before it is asked whether that is to go.

package ui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// forgetting is what there is to forget of a customer.
type forgetting struct {
	Who     people.Customer
	Person  journal.Person
	Traces  journal.Traces
	Presets []heldPreset
	Unread  int  // files of presets that could not be read: they may hold anything
	NoRing  bool // the keys of all sources could not be asked for
}

// heldPreset is a preset that holds something of the customer's.
type heldPreset struct {
	forms.Preset
	Holds string // what, and in which field
}

// traceFinder finds what is there to forget. It holds copies only and may be
// used on any goroutine.
type traceFinder struct {
	finder        people.Finder
	relationships []metadata.Relationship
	instance      string
	journal       interface {
		Traces(ctx context.Context, p journal.Person) (journal.Traces, error)
	}
	presets *settings.Presets
}

// Find asks the key ring for the keys that the profile does not tell, then looks
// through journal and presets. A ring that cannot be asked does not keep what is
// known from being forgotten.
func (t traceFinder) Find(ctx context.Context, c people.Customer) (forgetting, error) {
	out := forgetting{Who: c}
	if len(c.Ring.Keys) == 0 {
		ring, err := t.finder.RingOf(ctx, c)
		if ctx.Err() != nil {
			return out, fmt.Errorf("look for traces: %w", ctx.Err())
		}
		c.Ring, out.NoRing = ring, err != nil
	}
	out.Person = t.person(c)
	var err error
	if out.Traces, err = t.journal.Traces(ctx, out.Person); err != nil {
		return out, err
	}
	shelf, err := t.presets.Read()
	if err != nil {
		return out, err
	}
	out.Unread = len(shelf.Unread)
	out.Presets = t.held(shelf.Presets, c)
	return out, nil
}

// person is how activities name the customer. A key counts only for entities
// whose customer field takes keys of its source: other sources may give the same
// key to somebody else.
func (t traceFinder) person(c people.Customer) journal.Person {
	p := journal.Person{InstanceID: t.instance, CustomerID: c.ID}
	keys := t.finder.KeyFields(c)
	for _, e := range t.finder.Entities {
		field, via, ok := metadata.CustomerReference(e, t.finder.Entities, t.relationships)
		if !ok {
			continue
		}
		need := t.finder.NeedOf(field, via)
		for _, key := range keys {
			if key.From == need.Source.DataName() && need.Source.Name != "" && key.Value != "" {
				p.Keys = append(p.Keys, journal.PersonKey{Entity: e.DataName(), Key: key.Value})
			}
		}
	}
	return p
}

// held lists the presets that hold a key, the id, the name, the e-mail or the
// phone number of the customer.
func (t traceFinder) held(list []forms.Preset, c people.Customer) []heldPreset {
	var marks []string
	for _, f := range t.finder.KeyFields(c) {
		marks = append(marks, f.Value)
	}
	marks = append(marks, c.Name, c.Mail, c.Phone)
	marks = slices.DeleteFunc(marks, func(mark string) bool { return mark == "" })
	var out []heldPreset
	for _, preset := range list {
		if holds := holdsAny(preset.Form, marks); holds != "" {
			out = append(out, heldPreset{preset, holds})
		}
	}
	return out
}

// holdsAny says which field of a snapshot holds one of some texts; empty: none.
func holdsAny(s forms.Snapshot, marks []string) string {
	for _, field := range s.Fields {
		if slices.Contains(marks, strings.TrimSpace(field.Text)) {
			return strings.TrimSpace(field.Text) + " in " + field.Name
		}
	}
	for _, extra := range s.Extras {
		for _, mark := range marks {
			if strings.Contains(extra.JSON, strconv.Quote(mark)) || extra.JSON == mark {
				return mark + " in " + extra.Name
			}
		}
	}
	return ""
}

// empty says that there is nothing to forget.
func (f forgetting) empty() bool { return f.Traces.Empty() && len(f.Presets) == 0 }
