// A new activity for the customer that is shown: which entities take one, and
// the key that each needs of the customer.

package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// showBegin opens the menu of the entities that can receive activities.
func (p *ProfilesPage) showBegin() {
	if p.shown.Customer.ID != "" {
		widgets.ShowMenuBelow(p.head.begin, p.beginItems())
	}
}

func (p *ProfilesPage) beginItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	if words := onlyReads(p.place.Role); words != "" {
		items = append(items, widgets.MenuItem{Label: words, Disabled: true})
	}
	entities := slices.Clone(p.place.Entities)
	slices.SortStableFunc(entities, func(a, b metadata.Entity) int {
		first, _ := a.Receives()
		second, _ := b.Receives()
		if first != second {
			return int(second) - int(first)
		}
		return strings.Compare(strings.ToLower(a.DataName()), strings.ToLower(b.DataName()))
	})
	for i, e := range entities {
		reception, _ := e.Receives()
		if reception == metadata.ReceivesNo || e.Type == metadata.EntityProfile {
			continue
		}
		item := p.beginItem(e)
		item.Separate = i == 0 && len(items) > 0
		if reception == metadata.ReceivesMaybe && item.Note == "" {
			item.Note = "may be refused"
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		items = append(items, widgets.MenuItem{Label: "No entity here can receive activities", Disabled: true})
	}
	return items
}

func (p *ProfilesPage) beginItem(e metadata.Entity) widgets.MenuItem {
	item := widgets.MenuItem{Label: e.DataName()}
	field, via, ok := metadata.CustomerReference(e, p.place.Entities, p.place.Relationships)
	if !ok {
		item.Note = "no field leads to the customer"
		item.OnChosen = func() { p.begin(e, "") }
		return item
	}
	need := p.finder().NeedOf(field, via)
	key, sure := need.Known(p.shown.Customer)
	switch {
	case need.Cannot != "":
		item.Note = "the key is typed by hand"
		item.OnChosen = func() { p.begin(e, "") }
	case sure && key == "":
		item.Disabled, item.Note = true, "no key in "+need.Source.DataName()
	case key != "":
		item.OnChosen = func() { p.begin(e, key) }
	default:
		item.OnChosen = func() { p.beginWith(e, need) }
	}
	return item
}

// begin opens Compose with a new activity. CustomerID is of whom it is shown.
func (p *ProfilesPage) begin(e metadata.Entity, key string) {
	p.env.Open(PageCompose, ActivityArg{Entity: e.DataName(), CustomerID: p.shown.Customer.ID, Key: key})
}

// beginWith asks first for the key that the entity needs.
func (p *ProfilesPage) beginWith(e metadata.Entity, need people.Need) {
	finder, who := p.finder(), p.shown.Customer
	if p.hidden {
		who.Name = "" // it may be named in a notice
	}
	p.keying.Run(func(ctx context.Context) (people.Keys, error) {
		return finder.KeysFor(ctx, need, who)
	}, func(keys people.Keys, err error) {
		switch {
		case err != nil:
			p.env.Notify(NoticeOf("begin", err))
		case len(keys.Keys) == 0:
			p.env.Notify(Notice{Key: "begin", Tone: ToneWarning, Text: need.NoKey(who)})
		default:
			p.begin(e, keys.Keys[0])
		}
	})
}

// onlyReads says that the role is known to read only; empty: it may write, or
// is not one that the contract names.
func onlyReads(role metadata.Role) string {
	if len(role.Roles) == 0 {
		return ""
	}
	for _, name := range role.Roles {
		if !strings.EqualFold(name, "Viewer") {
			return ""
		}
	}
	return "Your role here is " + strings.Join(role.Roles, ", ") + ": it reads, and the service refuses what it sends"
}
