// Removing a connection, which can be undone for a while. Its secrets stay until
// that is over, so that undoing brings them back; what is still to be removed
// stands in the settings, so that it is done even where the desk is killed.

package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
)

const (
	// undoPatience is how long the removal of a connection can be undone.
	undoPatience = time.Minute
	// leavingSlack is how long other desks leave the secrets of a removed
	// connection to the desk that removed it.
	leavingSlack = 10 * time.Second
)

// removedConnection is what undoing brings back.
type removedConnection struct {
	connection settings.Connection
	number     int    // of the removals of this run: the clock may stand, or be set back
	at         int    // in the list
	instance   string // the last one
	inUse      bool
	stop       func() // of the offer's clock
}

func removedKey(id string) string { return "removed " + id }

// removeConnection takes a connection away at once, and offers to undo that.
func (d *Desk) removeConnection(id string) {
	i := slices.IndexFunc(d.kept.Connections, func(c settings.Connection) bool { return c.ID == id })
	if i < 0 {
		return
	}
	d.removals++
	gone := &removedConnection{
		number: d.removals, connection: d.kept.Connections[i], at: i,
		instance: d.kept.LastInstance[id], inUse: d.session.Place().Connection.ID == id,
	}
	leaving := settings.LeavingConnection{ID: id, Root: gone.connection.Root, Until: d.options.Now().Add(d.undoFor).UTC()}
	d.remember(func(to *settings.Settings) {
		to.Connections = slices.DeleteFunc(to.Connections, func(o settings.Connection) bool { return o.ID == id })
		delete(to.LastInstance, id)
		// The guards stay in the file until the end: another desk may have made them
		// stricter, and undoing must not bring back what was known here.
		left := leaving
		left.Begun = to.Begun // the file's, which is not always the one that is known here
		to.Leaving = append(without(to.Leaving, id), left)
	})
	d.removed[id] = gone
	if gone.inUse {
		d.session.ChooseConnection(sandboxID)
	}
	d.session.SetConnections(d.connections())
	gone.stop = d.after(d.undoFor, func() { d.env.Dismiss(removedKey(id)) })
	d.env.Notify(Notice{
		Key: removedKey(id), Tone: ToneInfo,
		Text:   "Removed " + gone.connection.Name + ". Its secrets are removed when this line goes, in " + patienceWords(d.undoFor) + " at the latest.",
		Action: "Undo", OnAction: func() { d.undoRemoval(id) },
		OnGone: func() { d.removalEnds(id) },
	})
}

func patienceWords(d time.Duration) string {
	if d == time.Minute {
		return "a minute"
	}
	return d.String()
}

// noteOf is the place of a connection among those that are leaving; -1: none.
func noteOf(s settings.Settings, id string) int {
	return slices.IndexFunc(s.Leaving, func(l settings.LeavingConnection) bool { return l.ID == id })
}

// without leaves a connection out of those that are leaving.
func without(list []settings.LeavingConnection, id string) []settings.LeavingConnection {
	return slices.DeleteFunc(slices.Clone(list), func(l settings.LeavingConnection) bool { return l.ID == id })
}

// undoRemoval brings a connection back as it was: its place in the list, guards,
// last instance, and its secrets, which are still there.
func (d *Desk) undoRemoval(id string) {
	gone := d.removed[id]
	if gone == nil {
		return
	}
	delete(d.removed, id)
	gone.stop()
	d.env.Dismiss(removedKey(id))
	d.remember(func(to *settings.Settings) {
		to.Leaving = without(to.Leaving, id)
		if _, there := to.Connection(id); !there {
			to.Connections = slices.Insert(slices.Clone(to.Connections), min(gone.at, len(to.Connections)), gone.connection)
		}
		if gone.instance != "" {
			to.LastInstance[id] = gone.instance
		}
	})
	d.session.SetConnections(d.connections())
	if gone.inUse {
		d.session.ChooseConnection(id)
	}
	d.enter()
}

// newestRemoval is the id of the connection that was removed last; empty: none that
// could be brought back.
func (d *Desk) newestRemoval() string {
	newest := ""
	for id, gone := range d.removed {
		if newest == "" || gone.number > d.removed[newest].number {
			newest = id
		}
	}
	return newest
}

// cannotUndoRemoval says why no removal can be undone.
func (d *Desk) cannotUndoRemoval() string {
	if d.newestRemoval() == "" {
		return "No connection was removed in the last minute"
	}
	return ""
}

// removalEnds removes the secrets of a connection whose removal was not undone.
func (d *Desk) removalEnds(id string) {
	gone := d.removed[id]
	if gone == nil {
		return
	}
	delete(d.removed, id)
	gone.stop()
	d.forgetSecrets(gone.connection)
}

// removalsEnd ends all offers, before the window closes: closing waits for the
// secrets to be removed, as it does for every write.
func (d *Desk) removalsEnd() {
	for id := range maps.Clone(d.removed) {
		d.removalEnds(id)
	}
	d.endLingering()
}

// forgetSecrets removes the secrets of a connection that is not in the settings any
// more. Where that does not work it stays noted, and is tried again. One that has
// come back meanwhile, because another desk has undone its removal, keeps them.
func (d *Desk) forgetSecrets(c settings.Connection) {
	d.forgetUnless(c, cameBack, func() { d.forgetSecrets(c) })
}

// forgetTheirs is forgetSecrets for a connection that another desk has removed, and
// can bring back: where the file cannot be read, nobody knows whether it has. Where
// the file was begun anew since the removal, that it was brought back may be lost
// with the one before: then a person is asked.
func (d *Desk) forgetTheirs(left settings.LeavingConnection) {
	gone := settings.Connection{ID: left.ID, Root: left.Root}
	d.forgetUnless(gone, func(store *settings.Store, id string) bool {
		found, err := store.Peek()
		if _, back := found.Connection(id); err != nil || back || cameBack(store, id) {
			return true
		}
		noted := left
		if i := noteOf(found, id); i >= 0 {
			noted = found.Leaving[i]
		}
		lost := !noted.Begun.Equal(found.Begun)
		if lost {
			d.gate.post(func() { d.askToForget(gone) })
		}
		return lost
	}, func() { d.forgetTheirs(left) })
}

// askToForget leaves it to the person whether the secrets of a connection go that
// may have been removed.
func (d *Desk) askToForget(c settings.Connection) {
	key := "kept " + c.ID
	d.env.Notify(Notice{
		Key: key, Tone: ToneWarning,
		Text: "The secrets of a connection to " + access.HostOf(c.Root) + " are still kept. It is not in the settings any more, but those were " +
			"damaged or deleted and begun anew, so the desk cannot tell whether it was removed for good. Remove them if you do not need it.",
		Action: "Remove them", OnAction: func() {
			d.env.Dismiss(key)
			d.forgetSecrets(c)
		},
	})
}

func cameBack(store *settings.Store, id string) bool {
	found, err := store.Reload()
	_, back := found.Connection(id)
	return err == nil && back
}

func (d *Desk) forgetUnless(c settings.Connection, stays func(store *settings.Store, id string) bool, again func()) {
	credentials, store, memory := d.credentials, d.store, d.memory
	d.tasks.GoWrite(func(ctx context.Context) {
		_ = memory.RememberHere(func(*settings.Settings) {}) // what waits is written first; where it cannot be, it is known all the same
		if stays(store, c.ID) {
			return
		}
		err := credentials.Forget(ctx, c)
		if err == nil {
			err = memory.RememberHere(func(to *settings.Settings) { forgetConnection(to, c.ID) })
		}
		d.gate.post(func() { d.secretsForgotten(c, again, err) })
	})
}

// forgetConnection takes the rest of a connection that was removed out of the
// settings, unless it has come back.
func forgetConnection(to *settings.Settings, id string) {
	to.Leaving = without(to.Leaving, id)
	if _, back := to.Connection(id); !back {
		delete(to.Guards, id)
	}
}

// secretsForgotten says what came of it; again tries it once more.
func (d *Desk) secretsForgotten(c settings.Connection, again func(), err error) {
	forgetConnection(&d.kept, c.ID)
	if err == nil || errors.Is(err, settings.ErrNotKept) {
		return // the secrets are gone; that they are noted still does no harm
	}
	n := NoticeOf("forget "+c.ID, err)
	n.Text = "The secrets of a connection that was removed are still kept; it is tried again at the next start. " + n.Text
	n.Action, n.OnAction = "Try again", func() {
		d.env.Dismiss(n.Key)
		again()
	}
	d.env.Notify(n)
}

// forgetLeft removes the secrets of connections that were removed by a desk which
// is gone by now; one that still runs is left the time to undo. It is called when
// the keyring was found.
func (d *Desk) forgetLeft() {
	for _, left := range d.kept.Leaving {
		d.forgetAfter(left)
	}
}

// forgetAfter forgets a connection once its removal cannot be undone any more.
func (d *Desk) forgetAfter(left settings.LeavingConnection) {
	act := func() {
		if _, mine := d.removed[left.ID]; !mine && !d.ending && d.lingering.ID != left.ID {
			d.forgetTheirs(left)
		}
	}
	// A clock that was set back does not make it for ever.
	wait := min(left.Until.Add(leavingSlack).Sub(d.options.Now()), undoPatience+leavingSlack)
	if wait <= 0 {
		act()
		return
	}
	d.after(wait, act)
}

// linger notes that the connection in use here was removed by another desk. It
// stays until another one is chosen, and may keep a renewed sign-in until then;
// so it is noted as leaving once more. Where it is in no note, and the settings were
// begun anew since they were read here, it may as well be lost: then the note is
// none of this file's, and nothing is removed without a word.
func (d *Desk) linger(here settings.Connection, found settings.Settings, anew bool) {
	if d.lingering.ID == here.ID {
		return
	}
	d.lingering = here
	left := settings.LeavingConnection{ID: here.ID, Root: here.Root, Until: d.options.Now().UTC(), Begun: found.Begun}
	why := " was removed in another window."
	switch i := noteOf(found, here.ID); {
	case i >= 0:
		left = found.Leaving[i]
	case anew:
		left.Begun, why = time.Time{}, " is not in the settings any more: they were damaged or deleted, and begun anew."
	}
	d.lingerLeft = left
	d.remember(func(to *settings.Settings) {
		_, back := to.Connection(left.ID)
		if !back && noteOf(*to, left.ID) < 0 {
			to.Leaving = append(slices.Clone(to.Leaving), left)
		}
	})
	d.env.Notify(Notice{
		Key: removedKey(here.ID), Tone: ToneWarning,
		Text: here.Name + why + " It stays in use here until you choose another connection.",
	})
}

// lingered ends that: the connection is back, or is not in use any more.
func (d *Desk) lingered() {
	gone := d.lingering
	if gone.ID == "" {
		return
	}
	_, back := d.kept.Connection(gone.ID)
	if !back && d.session.Place().Connection.ID == gone.ID {
		return
	}
	d.lingering = settings.Connection{}
	d.env.Dismiss(removedKey(gone.ID))
	if !back {
		d.forgetAfter(d.lingerLeft)
	}
}

// endLingering is lingered at the end of the desk: where the removal can still be
// undone, the secrets are left to the desk that can, and to the next start.
func (d *Desk) endLingering() {
	if d.lingering.ID != "" && !d.options.Now().Before(d.lingerLeft.Until.Add(leavingSlack)) {
		d.forgetTheirs(d.lingerLeft)
	}
}
