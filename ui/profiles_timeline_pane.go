// The timeline pane: the activities of one customer, read, shown and kept up to
// date by itself. The profiles page holds it below the head of the profile.

package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/timeline"
)

// timelineActions is what a person can ask of the page at a row.
type timelineActions struct {
	// OpenAsNew takes a row of an entity that can receive activities to Compose;
	// nil: it is not offered.
	OpenAsNew func(row timeline.Row, entity metadata.Entity)
	// Compare shows how a row that was sent from here compares with what was
	// sent; nil: it is not offered.
	Compare func(row timeline.Row)
	// Front brings the timeline up where another view of the profile is shown; nil:
	// there is none.
	Front func()
	// Hidden says whether personal fields of the profile are hidden; nil: they are
	// not.
	Hidden func() bool
}

// timelinePane shows the activities of one customer at a time. Its methods are
// called on the UI goroutine.
type timelinePane struct {
	env  *Env
	acts timelineActions

	place    Place
	shown    bool            // the page is
	customer people.Customer // no ID: nobody's timeline is shown
	store    timeline.Store
	all      timelineSegment
	ranged   timelineSegment // of the date filter, where it lies beyond what all has reached
	dialects map[string]timeline.Dialect
	sent     timeline.Marks
	unmarked bool // the journal has changed since sent was read

	filter   timeline.Filter
	lines    timeline.Lines
	opened   string    // key of the row that is open; empty: none
	loadedAt time.Time // when the newest were read last; zero: never
	old      error     // why reading them again did not work; nil: it did
	olderErr error     // why older ones were not read
	idle     int       // answers in a row that brought nothing that is shown

	watch timelineWatch
	view  *timelineView

	reading  *tasks.Latest[timelineLoad] // the newest
	reaching *tasks.Latest[timelineLoad] // older ones
	watching *tasks.Latest[timelineLoad] // what came since
	copying  *tasks.Latest[maskedText]
}

// timelineSegment is a stretch of time and how far it was read.
type timelineSegment struct {
	Range   timeline.TimeRange
	Begun   bool
	Reached time.Time // all from here on is loaded; zero: all of the range, or nothing is sure
	Cursor  timeline.Cursor
	Ended   bool // nothing is older
	Limited bool // something may be older, and cannot be asked for
}

func newTimelinePane(env *Env, acts timelineActions) *timelinePane {
	t := &timelinePane{
		env: env, acts: acts, dialects: map[string]timeline.Dialect{},
		reading:  newLatest[timelineLoad](env),
		reaching: newLatest[timelineLoad](env),
		watching: newLatest[timelineLoad](env),
		copying:  newLatest[maskedText](env),
	}
	t.watch = newTimelineWatch(env.Settings())
	t.view = newTimelineView(t)
	env.Journal.Subscribe(func(journal.Entry) { env.Post(func() { t.unmarked = true }) })
	env.Tasks.Every(time.Second, func() { env.Post(t.tick) })
	t.showWatch()
	return t
}

// Content is the timeline's part of the page, below the head of the profile.
func (t *timelinePane) Content() fyne.CanvasObject { return t.view.content }

// Foot is one line for the foot of the page: what is loaded, and how old it is.
func (t *timelinePane) Foot() fyne.CanvasObject { return t.view.foot }

// Enter says that the page is shown, or that place or zone may have changed.
// The watch goes on at once.
func (t *timelinePane) Enter(place Place) {
	t.place = place
	arriving := !t.shown
	t.shown = true
	if arriving {
		t.watch.wake(t.env.Now())
	}
	t.view.showFilter(t.filter, t.env.Zone())
	t.keep(t.rearrange)
	t.showWatch()
	if arriving && !t.all.Begun && !t.reading.Running() {
		t.Refresh() // what was being read was given up on leaving
	}
}

// Leave says that the page is hidden: what is being read is given up, and the
// watch stands still until the page is entered again.
func (t *timelinePane) Leave() {
	t.shown = false
	t.cancel()
}

// Forget drops what is shown. Filters by date stay; types are those of an
// instance.
func (t *timelinePane) Forget() {
	t.drop()
	t.filter.Types = nil
	t.view.showFilter(t.filter, t.env.Zone())
}

// drop forgets the customer, not the filters.
func (t *timelinePane) drop() {
	t.cancel()
	t.customer, t.store = people.Customer{}, timeline.Store{}
	t.all, t.ranged = timelineSegment{}, timelineSegment{}
	t.sent, t.opened, t.loadedAt = nil, "", time.Time{}
	t.old, t.olderErr, t.idle = nil, nil, 0
	t.watch.reset()
	t.view.detail.Hide()
	t.view.list.SetOpen("")
	t.rearrange()
	t.view.list.Reload()
	t.say()
}

func (t *timelinePane) cancel() {
	t.reading.Cancel()
	t.reaching.Cancel()
	t.watching.Cancel()
	t.copying.Cancel()
	t.unmarked = true // the watch may have been about to read them
}

// Show reads a customer's timeline. Of the same customer, what is shown stays
// until the newer one is there.
func (t *timelinePane) Show(place Place, c people.Customer) {
	if c.ID != t.customer.ID || !place.Same(t.place) {
		t.drop()
	}
	t.place, t.customer = place, c
	t.Refresh()
}

// Find puts the cursor into the box that finds activities.
func (t *timelinePane) Find() {
	t.env.Window.Canvas().Focus(t.view.find)
	t.view.find.SelectAll()
}

// Escape stops what is being read, closes the open row, or empties the box that
// finds; it answers whether it did.
func (t *timelinePane) Escape() bool {
	switch {
	case t.reading.Running() && !t.all.Begun:
		t.stopReading()
	case t.reading.Running():
		t.reading.Cancel()
		t.MarkOld(tasks.ErrStopped)
	case t.copying.Running():
		t.copying.Cancel()
		t.say()
	case t.opened != "":
		t.close()
	case t.reaching.Running():
		t.reaching.Cancel()
		t.olderErr = tasks.ErrStopped
		t.keep(t.rearrange)
	case t.filter.Text != "":
		t.view.find.SetText("")
	default:
		return false
	}
	return true
}

// dialect is how the instance's service wants to be asked.
func (t *timelinePane) dialect() timeline.Dialect {
	known, ok := t.dialects[placeKey(t.place)]
	if !ok {
		return timeline.NewDialect(t.place.Entities)
	}
	return known
}

// segment is the stretch of time that is read for the present filter: the whole
// one wherever that leads there, else one of its own, so that nobody scrolls
// through three years to see a day of the first.
func (t *timelinePane) segment() *timelineSegment {
	within := t.filter.Dates.Range(t.env.Now(), t.env.Zone())
	switch {
	case within.Until.IsZero(), !t.all.Begun, t.all.Ended, t.all.Limited, t.all.Reached.IsZero(), within.Until.After(t.all.Reached), t.dialect().Unfiltered:
		return &t.all
	case t.ranged.Range != within:
		t.ranged = timelineSegment{Range: within}
	}
	return &t.ranged
}

// rearrange makes the lines anew from what is loaded and the filter, and shows
// what belongs around them.
func (t *timelinePane) rearrange() {
	segment := t.segment()
	t.lines = timeline.Arrange(t.store.Rows, t.filter, segment.Reached, t.env.Now(), t.env.Zone())
	t.view.showLines()
}

// keep runs a change so that what is in view stays where it is.
func (t *timelinePane) keep(change func()) {
	t.view.list.Change(change)
	t.say()
}

// again shows the lines from the first one on.
func (t *timelinePane) again() {
	t.rearrange()
	t.view.list.Reload()
	t.say()
	t.reachOn()
}

// remember keeps how the profile is watched.
func (t *timelinePane) remember() {
	every, off := int(t.watch.every/time.Second), !t.watch.on
	t.env.Remember(func(to *settings.Settings) { to.WatchSeconds, to.WatchOff = every, off })
}
