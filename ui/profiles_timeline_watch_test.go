package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/ui/settings"
)

// aVisit is the body of a visit of member M1.
func aVisit(key string, at time.Time) string {
	return fmt.Sprintf(`{"VisitId": %q, "MemberId": "M1", "VisitedOn": %q, "Note": "from elsewhere"}`, key, at.UTC().Format(time.RFC3339))
}

const entityVisits = "CSV_Visits"

// pass lets time go by, a second at a time, as the desk's ticker does.
func (w *working) pass(clock *testClock, seconds int) {
	w.t.Helper()
	for range seconds {
		clock.pass(time.Second)
		w.profiles.timeline.tick()
		w.untilQuiet()
	}
}

func TestAnActivityOfAnotherClientAppearsWithoutATouch(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(30, visitClock)...)
	clock.pass(40 * time.Second)
	w.postedByAnother(entityVisits, aVisit("V90001", clock.now().Add(-20*time.Second)))
	w.pass(clock, 5)
	if line.lines.Shown != 31 {
		t.Fatalf("%d activities are shown", line.lines.Shown)
	}
	row := line.lines.Items[1].Row
	if row.SourceID != "V90001" || !row.New {
		t.Errorf("the newest is %s, new: %v", row.SourceID, row.New)
	}
	if words := line.arrivalWords(); !strings.HasPrefix(words, "1 new activity: ") || !strings.Contains(words, "25 s ago") {
		t.Errorf("it is announced as %q", words)
	}
	badges := entryOf(row, clock.now(), w.env.Zone()).Badges
	if !line.view.arrival.content.Visible() || badges[len(badges)-1].Text != "new" {
		t.Error("it is neither announced nor marked")
	}
	line.openLine(1)
	if row.New || line.view.arrival.content.Visible() {
		t.Error("it is new although somebody looked at it")
	}
}

func TestTheServiceIsAskedAtTheIntervalAndNoSooner(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(3, visitClock)...)
	asks := line.watch.asks
	w.pass(clock, 4)
	if line.watch.asks != asks {
		t.Fatal("it was asked too soon")
	}
	w.pass(clock, 26)
	if got := line.watch.asks - asks; got != 6 {
		t.Errorf("in 30 s it was asked %d times, every 5 s", got)
	}
	line.watchEvery(time.Minute)
	w.pass(clock, 1)
	asks = line.watch.asks
	w.pass(clock, 120)
	if got := line.watch.asks - asks; got != 2 {
		t.Errorf("in two minutes it was asked %d times, every minute", got)
	}
	if words := line.view.watch.Text(); words != "Watching every 1 min" {
		t.Errorf("the button says %q", words)
	}
	w.queue.until(t, "the settings", func() bool { return w.store.Get().WatchSeconds == 60 })
}

func TestAnActivityThatIsDatedBackIsSeenByTheWatchToo(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(30, visitClock)...)
	w.pass(clock, 5) // the first question is for all
	w.postedByAnother(entityVisits, aVisit("V90002", visitClock.Add(-20*time.Hour-time.Minute)))
	w.pass(clock, 5*watchSweep)
	if row := line.store.Rows[20]; row.SourceID != "V90002" || !row.New {
		t.Errorf("in its place is %s, new: %v", row.SourceID, row.New)
	}
}

func TestWhatOneReadsStaysWhereItIsWhenNewRowsComeIn(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(90, visitClock)...)
	list := line.view.list
	list.Reveal(40)
	first, _ := list.InView()
	at := line.lines.Items[first].Row.Key
	for i := range 3 {
		w.postedByAnother(entityVisits, aVisit(fmt.Sprintf("V9100%d", i), visitClock.Add(time.Second)))
	}
	clock.pass(10 * time.Second)
	w.watchOnce()
	if line.lines.Shown != 93 {
		t.Fatalf("%d are shown", line.lines.Shown)
	}
	if first, _ := list.InView(); line.lines.Items[first].Row.Key != at {
		t.Errorf("the first line in view is %s now", line.lines.Items[first].Row.SourceID)
	}
	if words := line.arrivalWords(); !strings.HasPrefix(words, "3 new activities, the newest: ") {
		t.Errorf("it is announced as %q", words)
	}
	line.showArrived()
	if first, _ := list.InView(); first != 0 {
		t.Errorf("Show leads to line %d", first)
	}
	line.seeArrived()
	if line.arrivalWords() != "" || line.nothingNew() == "" {
		t.Error("they are new although they were seen")
	}
}

func TestWhatCameInIsToldAlsoWhereTheFiltersHideIt(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(5, visitClock)...)
	line.view.find.SetText("Visit 3")
	w.postedByAnother(entityVisits, aVisit("V92001", visitClock.Add(time.Second)))
	clock.pass(10 * time.Second)
	w.watchOnce()
	if words := line.arrivalWords(); !strings.HasPrefix(words, "1 new activity (the filters hide 1): ") || line.lines.Shown != 1 {
		t.Errorf("%d are shown, %q", line.lines.Shown, words)
	}
	line.showArrived()
	if line.filter.On() || line.lines.Items[1].Row.SourceID != "V92001" {
		t.Errorf("Show does not show it: %+v", line.filter)
	}
}

func TestTheWatchRestsWhileThePageIsHiddenAndGoesOnAtOnce(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(5, visitClock)...)
	w.goTo(PageCompose)
	asks := line.watch.asks
	w.pass(clock, 60)
	if line.watch.asks != asks {
		t.Fatal("a page that nobody sees asks")
	}
	w.postedByAnother(entityVisits, aVisit("V93001", clock.now()))
	w.goTo(PageProfiles)
	line.tick()
	w.untilQuiet()
	if line.lines.Shown != 6 {
		t.Errorf("%d are shown after coming back", line.lines.Shown)
	}
}

func TestTheWatchRestsWhereNobodyUsesTheWindowForLong(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(5, visitClock)...)
	w.attend(false) // another window has the keyboard, this one may be seen beside it
	w.pass(clock, 10)
	if line.watch.asks == 0 || line.watchRest() != watchGoes {
		t.Fatal("a window beside another is not watched")
	}
	clock.pass(watchPatience)
	asks := line.watch.asks
	w.pass(clock, 30)
	if line.watch.asks != asks || !strings.Contains(line.view.note.Text(), "nobody used this window for 10 min") {
		t.Errorf("asked %d times, %q", line.watch.asks-asks, line.view.note.Text())
	}
	w.attend(true)
	w.pass(clock, 1)
	if line.watch.asks != asks+1 || line.view.note.Text() != "" {
		t.Errorf("asked %d times, %q", line.watch.asks-asks, line.view.note.Text())
	}
}

func TestTheWatchLeavesCallsToThePersonAndSaysSo(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(5, visitClock)...)
	w.spend(75)
	asks := line.watch.asks
	w.pass(clock, 10)
	if line.watch.asks != asks {
		t.Fatal("the watch takes what is kept for a person")
	}
	if line.view.watch.Text() != "Watch paused" || !strings.Contains(line.view.note.Text(), "left this minute, kept for what you do") {
		t.Errorf("it says %q, %q", line.view.watch.Text(), line.view.note.Text())
	}
	w.session.Place().Service.Pacer().SetLimit(1000) // as when the minute is over
	w.pass(clock, 1)
	if line.watch.asks == asks || line.view.watch.Text() != "Watching every 5 s" || line.view.note.Text() != "" {
		t.Errorf("with calls to spend it says %q, %q", line.view.watch.Text(), line.view.note.Text())
	}
}

func TestTheWatchSurvivesErrorsWaitsLongerAndGoesOn(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(5, visitClock)...)
	w.faults("query:403")
	w.pass(clock, 5)
	if line.watch.fails != 1 || line.view.watch.Text() != "Watch in trouble" {
		t.Fatalf("%d failures, the button says %q", line.watch.fails, line.view.watch.Text())
	}
	if note := line.view.note.Text(); !strings.Contains(note, "was not answered at 12:00:05: Your role does not allow this (403).") || !strings.Contains(note, "asks again at 12:00:15") {
		t.Errorf("the note says %q", note)
	}
	if line.lines.Shown != 5 || line.watch.arrived != nil {
		t.Error("what was loaded is gone")
	}
	asks := line.watch.asks
	w.pass(clock, 9)
	if line.watch.asks != asks {
		t.Error("it does not wait")
	}
	w.pass(clock, 1)
	if line.watch.asks != asks+1 || line.watch.next.Sub(clock.now()) != 20*time.Second {
		t.Errorf("the second wait is %v", line.watch.next.Sub(clock.now()))
	}
	w.faults("")
	w.pass(clock, 20)
	if line.watch.fails != 0 || line.view.watch.Text() != "Watching every 5 s" || line.view.note.Text() != "" {
		t.Errorf("it says %q, %q", line.view.watch.Text(), line.view.note.Text())
	}
}

func TestAWatchNeverWaitsLongerThanFiveMinutesNorShorterThanItsInterval(t *testing.T) {
	w := timelineWatch{on: true, every: 2 * time.Second}
	last := time.Duration(0)
	for range 40 {
		w.failed(errors.New("no"), visitClock)
		wait := w.next.Sub(visitClock)
		if wait < last || wait < w.every || wait > watchLongest {
			t.Fatalf("after %d failures it waits %v", w.fails, wait)
		}
		last = wait
	}
	if last != watchLongest {
		t.Errorf("at last it waits %v", last)
	}
	w.asked(visitClock)
	if w.next.Sub(visitClock) != w.every {
		t.Error("after an answer it does not go on as before")
	}
}

func TestAWatchThatWasStoppedStaysStopped(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(5, visitClock)...)
	line.toggleWatch()
	asks := line.watch.asks
	w.pass(clock, 60)
	if line.watch.asks != asks || line.view.watch.Text() != "Not watching" {
		t.Errorf("asked %d times, %q", line.watch.asks-asks, line.view.watch.Text())
	}
	w.queue.until(t, "the settings", func() bool { return w.store.Get().WatchOff })
	if again := newTimelineWatch(w.store.Get()); again.on {
		t.Error("the next start watches")
	}
	w.postedByAnother(entityVisits, aVisit("V94001", clock.now()))
	line.lookNow()
	w.untilQuiet()
	if line.lines.Shown != 6 {
		t.Error("a person cannot look")
	}
}

func TestOddIntervalsOfTheSettingsBecomeTheUsualOne(t *testing.T) {
	if got := newTimelineWatch(settings.Defaults()); !got.on || got.every != 5*time.Second {
		t.Errorf("a first start watches: %v, every %v", got.on, got.every)
	}
	for _, item := range watchIntervals {
		if s := int(item / time.Second); s < settings.MinWatchSeconds || s > settings.MaxWatchSeconds {
			t.Errorf("%v is offered and not kept", item)
		}
	}
}

func TestARelativeTimeIsRefreshedWhileOneLooks(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, visitClock.Add(-30*time.Second))
	line.toggleWatch()
	if text := textsOf(line.view.list); !strings.Contains(text, "30 s ago") {
		t.Fatalf("it says %q", text)
	}
	w.pass(clock, 12)
	if text := textsOf(line.view.list); !strings.Contains(text, "42 s ago") {
		t.Errorf("it says %q", text)
	}
}
