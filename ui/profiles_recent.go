// The profiles that were looked at lately: kept in the journal of this user
// alone, listed below the hits, and taken off one by one or all at once.

package ui

import (
	"context"
	"slices"
	"sync"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// recentStore keeps what was looked at.
type recentStore interface {
	SaveViewed(ctx context.Context, v journal.Viewed) error
	ListViewed(ctx context.Context, connectionID, instanceID string) ([]journal.Viewed, error)
	DropViewed(ctx context.Context, connectionID, instanceID, customerID string) error
}

// recentProfiles is used on the UI goroutine. Its list is of one place.
type recentProfiles struct {
	env     *Env
	hidden  func() bool
	changed func()
	reading *tasks.Latest[[]journal.Viewed]
	button  *widgets.Button
	writes  recentWrites

	connection, instance string
	list                 []journal.Viewed // newest first
}

func newRecentProfiles(env *Env, hidden func() bool, changed func()) *recentProfiles {
	r := &recentProfiles{env: env, hidden: hidden, changed: changed, reading: newLatest[[]journal.Viewed](env)}
	r.button = widgets.NewMenuButton("Recently viewed", r.ShowMenu)
	r.button.SetTip("Take profiles off the list")
	r.button.Hide()
	return r
}

// Enter reads the list of a place, unless it is that of the place before.
func (r *recentProfiles) Enter(place Place) {
	if r.connection == place.Connection.ID && r.instance == place.Instance.ID {
		return
	}
	r.connection, r.instance = place.Connection.ID, place.Instance.ID
	r.set(nil)
	r.reading.Cancel()
	if place.Chosen() {
		r.read()
	}
}

// read lists what is kept, once the changes before are in it: who comes back at once
// must not miss whom they have just looked at.
func (r *recentProfiles) read() {
	store, connection, instance := recentStore(r.env.Journal), r.connection, r.instance
	r.reading.Run(func(ctx context.Context) ([]journal.Viewed, error) {
		if err := r.writes.wait(ctx); err != nil {
			return nil, err
		}
		return store.ListViewed(ctx, connection, instance)
	}, func(list []journal.Viewed, err error) {
		if err != nil {
			r.env.Notify(NoticeOf("viewed", err))
			return
		}
		r.set(list)
	})
}

func (r *recentProfiles) set(list []journal.Viewed) {
	r.list = list
	setVisible(r.button, len(list) > 0)
	r.changed()
}

// Add puts a profile that is shown first.
func (r *recentProfiles) Add(c people.Customer, note string) {
	v := journal.Viewed{
		ConnectionID: r.connection, InstanceID: r.instance, CustomerID: c.ID, Name: c.Label(), Note: note, At: r.env.Now(),
	}
	r.reading.Cancel()
	list := slices.DeleteFunc(slices.Clone(r.list), func(o journal.Viewed) bool { return o.CustomerID == c.ID })
	list = slices.Insert(list, 0, v)
	r.set(list[:min(len(list), journal.MaxViewed)])
	r.write(func(ctx context.Context, to recentStore) error { return to.SaveViewed(ctx, v) })
}

// Remove takes a profile off the list; one that is not on it changes nothing.
func (r *recentProfiles) Remove(id string) {
	at := func(v journal.Viewed) bool { return v.CustomerID == id }
	if !slices.ContainsFunc(r.list, at) {
		return
	}
	r.set(slices.DeleteFunc(slices.Clone(r.list), at))
	r.drop(id)
}

// Lost takes a profile off that the journal has forgotten, or is about to.
func (r *recentProfiles) Lost(id string) {
	r.set(slices.DeleteFunc(slices.Clone(r.list), func(v journal.Viewed) bool { return v.CustomerID == id }))
}

// Clear takes all off.
func (r *recentProfiles) Clear() {
	if len(r.list) > 0 {
		r.set(nil)
		r.drop("")
	}
}

func (r *recentProfiles) drop(id string) {
	connection, instance := r.connection, r.instance
	r.write(func(ctx context.Context, to recentStore) error { return to.DropViewed(ctx, connection, instance, id) })
}

// write changes what is kept. Where that fails, the list is as it is kept.
func (r *recentProfiles) write(change func(context.Context, recentStore) error) {
	store, post := recentStore(r.env.Journal), r.env.Post
	r.writes.put(r.env.Tasks, func(ctx context.Context) {
		if err := change(ctx, store); err != nil {
			post(func() {
				r.env.Notify(NoticeOf("viewed", err))
				r.read()
			})
		}
	})
}

// recentWrites are made one after the other, in the order in which they were
// asked for: what was removed must not come back by an older write.
type recentWrites struct {
	mu   sync.Mutex
	jobs []func(context.Context)
	done chan struct{} // closed when none is left; nil: none is
}

func (w *recentWrites) put(tasks *tasks.Group, job func(context.Context)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.jobs = append(w.jobs, job)
	if w.done == nil {
		w.done = make(chan struct{})
		tasks.GoWrite(w.work)
	}
}

// wait waits until all that was put is done.
func (w *recentWrites) wait(ctx context.Context) error {
	w.mu.Lock()
	done := w.done
	w.mu.Unlock()
	if done == nil {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *recentWrites) work(ctx context.Context) {
	for {
		w.mu.Lock()
		if len(w.jobs) == 0 {
			close(w.done)
			w.done = nil
			w.mu.Unlock()
			return
		}
		job := w.jobs[0]
		w.jobs = w.jobs[1:]
		w.mu.Unlock()
		job(ctx)
	}
}

// ShowMenu offers to take profiles off the list.
func (r *recentProfiles) ShowMenu() { widgets.ShowMenuBelow(r.button, r.items()) }

func (r *recentProfiles) items() []widgets.MenuItem {
	items := []widgets.MenuItem{{Label: "Clear the list", Note: words.Counted(len(r.list), "profile", "profiles"), OnChosen: r.Clear}}
	for i, v := range r.list {
		name, note := r.words(v)
		items = append(items, widgets.MenuItem{
			Label: "Remove " + name, Note: note, Separate: i == 0, OnChosen: func() { r.Remove(v.CustomerID) },
		})
	}
	return items
}

// words name a profile of the list, as far as personal fields are shown.
func (r *recentProfiles) words(v journal.Viewed) (name, note string) {
	if r.hidden() {
		return people.ShortID(v.CustomerID), people.MaskedKey(v.Note)
	}
	return v.Name, v.Note
}
