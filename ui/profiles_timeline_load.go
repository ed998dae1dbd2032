// Loading a timeline into the pane: the newest, then older ones as one scrolls,
// as far as the budget has room for it.

package ui

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// timelineLoad is an answer with what the journal knows of the customer.
type timelineLoad struct {
	timeline.Part
	Within timeline.TimeRange
	Sent   timeline.Marks // nil: it was not read
}

// loader puts together what a load needs, as copies.
type timelineLoader struct {
	reader   timeline.Reader
	sent     timeline.Entries // nil: the marks are known
	instance string
	keys     []string
	place    Place
}

func (t *timelinePane) loader(marks bool) timelineLoader {
	l := timelineLoader{
		reader:   timeline.Reader{Service: t.place.Service, Customer: t.customer.ID, Dialect: t.dialect(), Now: t.env.Now},
		instance: t.place.Instance.ID, place: t.place,
	}
	if marks {
		l.sent = t.env.Journal
		l.keys = people.Finder{Entities: t.place.Entities}.KeysOf(t.customer)
	}
	return l
}

// run reads, and then what the journal knows.
func (l *timelineLoader) run(ctx context.Context, within timeline.TimeRange, read func(context.Context) (timeline.Part, error)) (timelineLoad, error) {
	part, err := read(ctx)
	if err != nil {
		return timelineLoad{}, err
	}
	load := timelineLoad{Part: part, Within: within}
	if part.Top {
		load.Within = timeline.TimeRange{}
	}
	if l.sent != nil {
		load.Sent, err = timeline.ReadMarks(ctx, l.sent, l.instance, l.keys, l.place.Entities)
	}
	return load, err
}

// Refresh reads the newest again; older ones that are loaded stay.
func (t *timelinePane) Refresh() {
	if t.customer.ID == "" || !t.place.Chosen() {
		return
	}
	loader, within := t.loader(true), timeline.TimeRange{}
	if t.all.Begun {
		t.SayReading()
	} else {
		t.view.state.ShowLoading("Reading the timeline…", t.stopReading)
	}
	t.watching.Cancel()
	t.unmarked = false
	t.reading.Run(func(ctx context.Context) (timelineLoad, error) {
		return loader.run(ctx, within, func(ctx context.Context) (timeline.Part, error) { return loader.reader.Newest(ctx, within) })
	}, t.showNewest)
}

// stopReading ends the first reading.
func (t *timelinePane) stopReading() {
	t.reading.Cancel()
	t.showNewest(timelineLoad{}, tasks.ErrStopped)
}

func (t *timelinePane) showNewest(load timelineLoad, err error) {
	if err != nil {
		t.newestFailed(err)
		return
	}
	last := t.loadedAt
	t.took(load)
	t.olderErr, t.idle = nil, 0
	t.keep(func() {
		t.takeNewest(load, last)
		t.rearrange()
	})
	t.watch.asked(t.env.Now())
	t.showWatch()
	t.reachOn()
}

// newestFailed says why the newest were not read. What was loaded stays.
func (t *timelinePane) newestFailed(err error) {
	if timeline.IsRefusal(err) { // what was learned of the service may hold no more
		delete(t.dialects, placeKey(t.place))
	}
	if !t.all.Begun {
		showFailed(t.view.state, err, t.Refresh)
		return
	}
	t.MarkOld(err)
	if !errors.Is(err, tasks.ErrStopped) {
		t.env.Notify(NoticeOf("timeline", err))
	}
}

// took keeps what an answer tells beside its rows.
func (t *timelinePane) took(load timelineLoad) {
	t.dialects[placeKey(t.place)] = load.Dialect
	t.loadedAt, t.old = t.env.Now(), nil
	t.env.Dismiss("timeline") // what it says is over
	if load.Sent != nil {
		t.sent = load.Sent
		t.sent.Mark(t.store.Rows)
	}
}

// takeNewest puts the newest in the place of what was known of that time, and
// gives the rows that were not there before. Older ones that are loaded stay,
// where the answer reaches down to them: last is when the newest were read
// before, for a row that was dated ahead then says nothing of what came since.
func (t *timelinePane) takeNewest(load timelineLoad, last time.Time) []*timeline.Row {
	before := t.all
	meets := before.Begun && !load.Ended && t.store.KnowsAny(load.Rows, last)
	var added []*timeline.Row
	if load.Loose {
		added = t.store.Add(load.Rows)
	} else {
		added = t.store.Replace(load.Rows, load.Within, load.Reached)
	}
	t.sent.Mark(added)
	t.all = timelineSegment{
		Begun: true, Reached: load.Reached, Cursor: load.Cursor, Ended: load.Ended, Limited: load.Limited,
	}
	if meets && (before.Ended || load.Loose || before.Reached.Before(load.Reached)) {
		t.all = before
	} else if before.Begun && t.segment() == &t.all {
		t.reaching.Cancel() // it reads on from where the stretch before ended
	}
	return added
}

// Of the calls of a minute, this share is left to the person: neither the watch
// nor reading older ones by itself takes of it.
const (
	keptShare = 4 // a quarter
	keptLeast = 5 // calls
)

// budgetLow says that few calls are left, and how many.
func (t *timelinePane) budgetLow() (left int, low bool) {
	if t.place.Service == nil {
		return 0, false
	}
	pacer := t.place.Service.Pacer()
	used, limit := pacer.Usage()
	left = max(0, limit-used)
	return left, left <= max(keptLeast, limit/keptShare) || !pacer.PausedUntil().IsZero()
}

const (
	reachAhead = 20 // lines before the end at which older ones are read
	reachIdle  = 3  // answers without anything to show, after which a person is asked
)

// canReach says whether there is anything older to ask for.
func (t *timelinePane) canReach() bool {
	s := t.segment()
	if s.Ended || s.Limited {
		return false
	}
	from := t.filter.Dates.Range(t.env.Now(), t.env.Zone()).From
	return !s.Begun || from.IsZero() || s.Reached.IsZero() || s.Reached.After(from)
}

// reachOn reads older ones where the end of the lines comes near.
func (t *timelinePane) reachOn() {
	if !t.shown || !t.all.Begun || t.olderErr != nil || t.idle >= reachIdle {
		return
	}
	_, end := t.view.list.InView()
	if _, low := t.budgetLow(); low || t.lines.Shown > 0 && end+reachAhead < len(t.lines.Items) {
		return
	}
	t.reach()
}

// reachMore reads older ones because a person wants them.
func (t *timelinePane) reachMore() {
	t.idle, t.olderErr = 0, nil
	t.reach()
}

func (t *timelinePane) reach() {
	if t.customer.ID == "" || !t.place.Chosen() || t.reaching.Running() || t.reading.Running() || !t.canReach() {
		return
	}
	segment := t.segment()
	loader, within, cursor, begun := t.loader(false), segment.Range, segment.Cursor, segment.Begun
	t.reaching.Run(func(ctx context.Context) (timelineLoad, error) {
		return loader.run(ctx, within, func(ctx context.Context) (timeline.Part, error) {
			if !begun {
				return loader.reader.Newest(ctx, within)
			}
			return loader.reader.Older(ctx, within, cursor)
		})
	}, t.showOlder)
	t.view.showTail()
	t.say()
}

func (t *timelinePane) showOlder(load timelineLoad, err error) {
	if err != nil {
		t.olderErr = err
		t.keep(t.rearrange)
		return
	}
	t.dialects[placeKey(t.place)] = load.Dialect
	shown := t.lines.Shown
	t.keep(func() {
		t.sent.Mark(t.store.Add(load.Rows))
		segment := t.segment() // a change of the filter cancels what runs: it is still that one
		*segment = timelineSegment{
			Range: load.Within, Begun: true, Reached: load.Reached, Cursor: load.Cursor,
			Ended: load.Ended, Limited: load.Limited,
		}
		t.rearrange()
	})
	t.idle++
	if t.lines.Shown > shown {
		t.idle = 0
	}
	t.reachOn()
}

// tailWords stand below the last activity; act says that they can be acted on.
func (t *timelinePane) tailWords() (said string, act bool) {
	switch {
	case t.reaching.Running():
		return "Reading older activities… Esc stops it", false
	case t.olderErr != nil && errors.Is(t.olderErr, tasks.ErrStopped):
		return "You stopped the reading of older ones. Enter reads on.", true
	case t.olderErr != nil:
		return "Older ones were not read: " + words.Explain(t.olderErr).What + " Enter tries again.", true
	case t.canReach():
		return "Load older activities", true
	case t.segment().Limited:
		return "The service gave no more than its limit of " + strconv.Itoa(timeline.PageRows) + ", and cannot be asked for others.", false
	default:
		return "No older activities", false
	}
}

// SayReading says that what is shown is being read again.
func (t *timelinePane) SayReading() {
	t.view.foot.SetRole(widgets.RoleMuted)
	t.view.foot.SetText("Reading again… Esc stops it")
}

// MarkOld says that what is shown is older than was asked for, and why.
func (t *timelinePane) MarkOld(err error) {
	t.old = err
	t.say()
}
