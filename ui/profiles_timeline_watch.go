// Watching a profile: the service is asked for what is new every few seconds, as
// long as the page is shown and the budget has room. A watch that cannot ask says
// why, waits longer each time, and goes on by itself.

package ui

import (
	"context"
	"strconv"
	"time"

	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// watchIntervals are offered; the least is the shortest that is kept.
var watchIntervals = []time.Duration{
	2 * time.Second, 5 * time.Second, 10 * time.Second, 30 * time.Second, time.Minute, 5 * time.Minute,
}

const (
	// watchSweep is each how manieth question asks for the newest of all, and not
	// only for what happened lately: who sends an activity of last week is seen
	// by that one.
	watchSweep = 6
	// watchPatience is how long the window may be without the keyboard before the
	// watch rests. Whether a window can be seen is not told; one that is looked at
	// beside another has no keyboard either.
	watchPatience = 10 * time.Minute
	// watchLongest is how long a watch waits at most after failures.
	watchLongest = 5 * time.Minute
)

// timelineWatch is when the service is asked next, and how it went.
type timelineWatch struct {
	on      bool
	every   time.Duration
	next    time.Time // not before
	asks    int       // since the customer was shown
	fails   int       // in a row
	err     error     // of the last question; nil: it was answered
	errAt   time.Time
	away    time.Time // since when the window has no keyboard; zero: it has
	arrived []string  // keys of rows that came in
}

func newTimelineWatch(s settings.Settings) timelineWatch {
	return timelineWatch{on: !s.WatchOff, every: time.Duration(s.WatchSeconds) * time.Second}
}

// reset begins with another customer.
func (w *timelineWatch) reset() {
	w.asks, w.fails, w.err, w.arrived = 0, 0, nil, nil
}

// wake has the service asked at once.
func (w *timelineWatch) wake(now time.Time) {
	if w.fails == 0 {
		w.next = now
	}
}

// asked notes an answer.
func (w *timelineWatch) asked(now time.Time) {
	w.fails, w.err = 0, nil
	w.next = now.Add(w.every)
}

// failed notes a failure and waits longer.
func (w *timelineWatch) failed(err error, now time.Time) {
	w.fails++
	w.err, w.errAt = err, now
	wait := w.every
	for range min(w.fails, 10) {
		wait = min(2*wait, watchLongest)
	}
	w.next = now.Add(max(wait, w.every))
}

// watchRest is why a watch that is on does not ask.
type watchRest int

const (
	watchGoes watchRest = iota
	watchOff
	watchNobody // no timeline is shown
	watchBudget
	watchAway
)

func (t *timelinePane) watchRest() watchRest {
	_, low := t.budgetLow()
	switch {
	case !t.watch.on:
		return watchOff
	case !t.shown || !t.all.Begun || !t.place.Chosen():
		return watchNobody
	case !t.watch.away.IsZero() && t.env.Now().Sub(t.watch.away) >= watchPatience:
		return watchAway
	case low:
		return watchBudget
	default:
		return watchGoes
	}
}

// Attend says whether the window has the keyboard.
func (t *timelinePane) Attend(here bool) {
	if !here {
		t.watch.away = t.env.Now()
		return
	}
	rested := t.watchRest() == watchAway
	t.watch.away = time.Time{}
	if rested {
		t.watch.wake(t.env.Now())
	}
	t.showWatch()
}

// tick is called every second: times that count from now are drawn again, and
// the service is asked where it is time.
func (t *timelinePane) tick() {
	if !t.shown || t.customer.ID == "" {
		return
	}
	t.view.passTime()
	t.showWatch()
	t.reachOn()
	if t.watchRest() == watchGoes && !t.env.Now().Before(t.watch.next) {
		t.look()
	}
}

// look asks what is new, unless something is being read that would tell it too.
func (t *timelinePane) look() {
	if t.customer.ID == "" || !t.place.Chosen() || !t.all.Begun || t.reading.Running() || t.watching.Running() {
		return
	}
	loader, now := t.loader(t.unmarked), t.env.Now()
	loader.reader.Most = timeline.MostOfALook
	t.unmarked = false
	sweep := t.watch.asks%watchSweep == 0 || t.dialect().Unfiltered
	t.watch.asks++
	within := timeline.TimeRange{}
	if !sweep {
		within.From = timeline.WatchSince(t.store.Newest(now), now)
		if !t.all.Reached.IsZero() {
			within.From = timeline.Later(within.From, timeline.After(t.all.Reached))
		}
	}
	t.watching.Run(func(ctx context.Context) (timelineLoad, error) {
		return loader.run(ctx, within, func(ctx context.Context) (timeline.Part, error) {
			if sweep {
				return loader.reader.Newest(ctx, within)
			}
			return loader.reader.Newer(ctx, within.From)
		})
	}, t.showWatched)
}

// showWatched takes in what came since. What is read stays where it is.
func (t *timelinePane) showWatched(load timelineLoad, err error) {
	now := t.env.Now()
	if err != nil {
		t.unmarked = true // what the journal knows was not taken over
		t.watch.failed(err, now)
		t.showWatch()
		t.say()
		return
	}
	last, before := t.loadedAt, t.all
	t.took(load)
	t.watch.asked(now)
	since := timeline.WatchSince(t.store.Newest(now), now)
	t.keep(func() {
		for _, row := range t.takeWatched(load, last) {
			switch {
			case load.Loose && row.At.Before(since):
				continue // in an answer of whatever order it may just not have been seen yet
			case !before.Ended && !before.Reached.IsZero() && !row.At.After(before.Reached):
				continue // older than what was loaded: it moved up where another one went
			}
			row.New = true
			t.watch.arrived = append(t.watch.arrived, row.Key)
		}
		t.rearrange()
	})
	t.showWatch()
}

func (t *timelinePane) takeWatched(load timelineLoad, last time.Time) []*timeline.Row {
	if load.Within.Open() {
		return t.takeNewest(load, last)
	}
	added := t.store.Add(load.Rows)
	t.sent.Mark(added)
	return added
}

// watchItems offers how often the service is asked.
func (t *timelinePane) watchItems() []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, every := range watchIntervals {
		items = append(items, widgets.MenuItem{
			Label: "Every " + everyWords(every), Checked: t.watch.on && t.watch.every == every,
			OnChosen: func() { t.watchEvery(every) },
		})
	}
	toggle := "Stop watching"
	if !t.watch.on {
		toggle = "Start watching"
	}
	return append(items,
		widgets.MenuItem{Label: toggle, Separate: true, OnChosen: t.toggleWatch},
		widgets.MenuItem{Label: "Look now", OnChosen: t.lookNow})
}

func (t *timelinePane) watchEvery(every time.Duration) {
	t.watch.on, t.watch.every = true, every
	t.watch.fails = 0
	t.watch.wake(t.env.Now())
	t.remember()
	t.showWatch()
}

func (t *timelinePane) toggleWatch() {
	t.watch.on = !t.watch.on
	t.watching.Cancel()
	t.watch.fails, t.watch.err = 0, nil
	t.watch.wake(t.env.Now())
	t.remember()
	t.showWatch()
	t.say()
}

// lookNow asks at once, whatever the watch does.
func (t *timelinePane) lookNow() {
	t.watching.Cancel()
	t.look()
}

func everyWords(every time.Duration) string {
	if every < time.Minute {
		return strconv.Itoa(int(every/time.Second)) + " s"
	}
	return strconv.Itoa(int(every/time.Minute)) + " min"
}

// showWatch says on the button how the watch goes.
func (t *timelinePane) showWatch() {
	words, tone := t.watchWords()
	t.view.watch.SetDot(tone)
	t.view.watch.SetText(words)
	t.view.setNote(t.noteWords())
}

func (t *timelinePane) watchWords() (string, widgets.Tone) {
	switch t.watchRest() {
	case watchOff:
		return "Not watching", widgets.ToneNeutral
	case watchBudget:
		return "Watch paused", widgets.ToneWarning
	case watchAway:
		return "Watch paused", widgets.ToneWarning
	}
	if t.watch.err != nil {
		return "Watch in trouble", widgets.ToneDanger
	}
	return "Watching every " + everyWords(t.watch.every), widgets.ToneSuccess
}

// watchTrouble says why the watch does not ask, or was not answered; empty: all
// is well.
func (t *timelinePane) watchTrouble() string {
	now, zone := t.env.Now(), t.env.Zone()
	switch t.watchRest() {
	case watchBudget:
		left, _ := t.budgetLow()
		if until := t.place.Service.Pacer().PausedUntil(); !until.IsZero() {
			return "The watch is paused: the service asks for a pause until " + words.ShortTime(until, now, zone) + "."
		}
		return "The watch is paused: " + words.Counted(left, "call is", "calls are") + " left this minute, kept for what you do. It goes on by itself."
	case watchAway:
		return "The watch is paused: nobody used this window for " + everyWords(watchPatience) + ". It goes on when you come back."
	case watchGoes:
		if t.watch.err == nil {
			return ""
		}
		return "The watch was not answered at " + words.ShortTime(t.watch.errAt, now, zone) + ": " + words.Clipped(words.Explain(t.watch.err).What, 90) +
			" It asks again at " + words.ShortTime(t.watch.next, now, zone) + "."
	}
	return ""
}
