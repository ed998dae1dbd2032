// Two desks share the settings. Each has its own place, zone and look while it
// runs; the list of connections is common to both.

package ui

import (
	"context"
	"slices"

	"github.com/activitydesk/activitydesk/ui/settings"
)

// readShared looks whether another desk has changed the connections: when the list
// of them is opened, and when the window comes to the front.
func (d *Desk) readShared() {
	if d.session == nil || d.ending {
		return
	}
	store, changes, busy := d.store, d.changes, d.memory.Busy()
	d.rereading.Run(func(context.Context) (settings.Settings, error) {
		return store.Reload()
	}, func(found settings.Settings, err error) {
		if err != nil {
			d.options.Logger.Warn("read settings again", "error", err)
			return
		}
		if busy || changes != d.changes || d.memory.Busy() {
			d.readShared() // what was read may be older than what is known here
			return
		}
		d.shareConnections(found)
	})
}

// shareConnections takes over the connections that another desk has written.
// The one that is in use here stays as it is until another is chosen: nobody
// loses the place at which they are working because of what is done elsewhere.
func (d *Desk) shareConnections(found settings.Settings) {
	d.kept.Connections = found.Connections
	d.lingered()
	list, here := d.connections(), d.session.Place().Connection
	begun := d.store.BegunElsewhere()
	anew := !begun.Equal(d.begunElsewhere)
	d.begunElsewhere = begun
	i := slices.IndexFunc(list, func(c settings.Connection) bool { return c.ID == here.ID })
	switch {
	case here.ID == "":
	case i >= 0:
		list[i] = here
	default:
		d.linger(here, found, anew)
		list = append(list, here)
	}
	if !slices.Equal(list, d.session.Connections()) {
		d.session.SetConnections(list)
	}
	if page, ok := d.page(PageConnections).(*ConnectionsPage); ok {
		page.reload() // one that is in use here was changed, or is gone
	}
}
