// What "Go to anything" offers: an offer is something that one can go to or
// do, with the words that it is found by. Pages offer what they hold; the desk
// offers its pages and actions, the instances and the connections.

package ui

import (
	"runtime"
	"strings"

	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// offer is one thing to go to. It is made anew each time the palette opens.
type offer struct {
	// id is the same at every start, for what was used lately: the kind and a
	// name. Empty: it is not remembered.
	id     string
	kind   string // one of the kinds below
	label  string
	note   string // where it is, or what it is like
	key    string // that does the same
	also   string // other words that it is found by
	reason string // why it cannot be done now; empty: it can
	act    func()
}

// The kinds of offers, as they are written.
const (
	kindPage       = "Page"
	kindAction     = "Action"
	kindEntity     = "Entity"
	kindField      = "Field"
	kindPreset     = "Preset"
	kindInstance   = "Instance"
	kindConnection = "Connection"
	kindSent       = "Sent"
	kindCustomer   = "Customer"
)

// row is how the palette shows an offer.
func (o offer) row(marks []int) widgets.FinderRow {
	row := widgets.FinderRow{Kind: o.kind, Label: o.label, Marks: marks, Note: o.note, Key: o.key}
	if o.reason != "" {
		row.Muted, row.Note = true, o.reason
	}
	return row
}

// offers is all that can be gone to at this moment, but for what was sent.
func (d *Desk) offers() []offer {
	list := d.commandOffers()
	for _, page := range d.pages {
		if offerer, ok := page.(Offerer); ok {
			list = append(list, offerer.Offers(d.session.Place())...)
		}
	}
	list = append(list, d.instanceOffers()...)
	return append(list, d.connectionOffers()...)
}

// commandOffers are the pages, then every action.
func (d *Desk) commandOffers() []offer {
	mac := runtime.GOOS == "darwin"
	var pages, actions []offer
	for _, c := range d.allCommands() {
		o := offer{
			id: "action " + string(c.of) + " " + c.title, kind: kindAction, label: c.title,
			key: c.labels(mac), also: c.group, reason: d.whyNot(c), act: func() { d.byName(c) },
		}
		if page := d.page(c.of); page != nil {
			o.note = page.Title()
		}
		if c.page != "" {
			o.id, o.kind = "page "+string(c.page), kindPage
			pages = append(pages, o)
			continue
		}
		actions = append(actions, o)
	}
	return append(pages, actions...)
}

// whyNot says why an action cannot be done now; empty: it can.
func (d *Desk) whyNot(c command) string {
	if c.of != "" && needsInstance(c.of) && !d.chosen() {
		return "No instance is chosen"
	}
	if c.why != nil {
		return c.why()
	}
	return ""
}

// chosen says whether an instance is.
func (d *Desk) chosen() bool { return d.session != nil && d.session.Place().Chosen() }

func (d *Desk) instanceOffers() []offer {
	list, _, _ := d.session.Instances()
	offers := make([]offer, 0, len(list))
	for _, in := range list {
		o := offer{
			id: "instance " + in.ID, kind: kindInstance, label: in.Label(),
			note: words.Environment(in.Environment()) + " · " + guardWord(d.session.GuardOf(in), d.options.Now()), also: words.Environment(in.Environment()) + " " + in.ID, act: func() { d.session.ChooseInstance(in.ID) },
		}
		switch {
		case !in.Addressable():
			o.reason = noInstanceID
		case in.ID == d.session.Place().Instance.ID:
			o.reason = "You are in it"
		}
		offers = append(offers, o)
	}
	return offers
}

func (d *Desk) connectionOffers() []offer {
	list := d.session.Connections()
	offers := make([]offer, 0, len(list))
	for _, c := range list {
		note := strings.TrimSpace(c.Note)
		if note == "" {
			note = access.HostOf(c.Root)
		}
		o := offer{
			id: "connection " + c.ID, kind: kindConnection, label: c.Name, note: note,
			also: access.HostOf(c.Root), act: func() { d.session.ChooseConnection(c.ID) },
		}
		if c.ID == d.session.Place().Connection.ID && d.session.Link() != nil {
			o.reason = "You are in it"
		}
		offers = append(offers, o)
	}
	return append(offers, d.ownConnectionOffers()...)
}

// ownConnectionOffers change and remove the connections that were added.
func (d *Desk) ownConnectionOffers() []offer {
	var offers []offer
	for _, c := range d.kept.Connections {
		offers = append(
			offers,
			offer{kind: kindAction, label: "Change " + c.Name + "…", note: "Connection", act: func() { d.changeConnection(c.ID) }},
			offer{kind: kindAction, label: "Duplicate " + c.Name + "…", note: "Connection", act: func() { d.duplicateConnection(c.ID) }},
			offer{kind: kindAction, label: "Remove " + c.Name, note: "Connection", act: func() { d.removeConnection(c.ID) }},
		)
	}
	return offers
}
