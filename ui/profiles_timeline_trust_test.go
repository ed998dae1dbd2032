package ui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
)

// secondsBack are n rows, a second apart, the newest at an instant.
func secondsBack(prefix string, n int, newest time.Time) []timelineRow {
	rows := make([]timelineRow, n)
	for i := range rows {
		rows[i] = timelineRow{Key: fmt.Sprintf("%s%03d", prefix, i), At: newest.Add(-time.Duration(i) * time.Second), Type: "Visit"}
	}
	return rows
}

func TestWhatMovesUpWhereAnotherOneExpiredIsNotCalledNew(t *testing.T) {
	clock := newTestClock(visitClock)
	_, line := visited(t, clock, hours(150, visitClock)...)
	var rows []timelineRow
	for _, row := range line.store.rows {
		rows = append(rows, *row)
	}
	if len(rows) != timelinePage {
		t.Fatalf("%d are loaded", len(rows))
	}
	older := rows[len(rows)-1].At.Add(-time.Hour)
	answer := append(rows[1:], timelineRow{Key: "older", At: older})
	line.showWatched(timelineLoad{timelinePart: timelinePart{Rows: answer, Reached: older, Dialect: line.dialect()}}, nil)
	if words := line.arrivalWords(); words != "" {
		t.Errorf("an activity of %v is announced: %q", older, words)
	}
	if row := line.store.known["older"]; row == nil || row.New {
		t.Errorf("it is %+v", row)
	}
}

func TestARowThatWasDatedAheadDoesNotHideThatOthersWereMissed(t *testing.T) {
	clock := newTestClock(visitClock)
	_, line := visited(t, clock, hours(150, visitClock)...)
	ahead := timelineRow{Key: "ahead", At: visitClock.Add(48 * time.Hour), Type: "Visit"}
	line.store.Add([]timelineRow{ahead})
	clock.pass(10 * time.Minute)
	rows := append([]timelineRow{ahead}, secondsBack("since", 99, clock.now())...)
	reached := rows[len(rows)-1].At
	line.showWatched(timelineLoad{timelinePart: timelinePart{
		Rows: rows, Reached: reached, Cursor: timelineCursor{Before: after(reached)}, Dialect: line.dialect(),
	}}, nil)
	if got := line.segment().Reached; !got.Equal(reached) {
		t.Errorf("all is called loaded from %v on, and only from %v on it is", got, reached)
	}
}

func TestOlderOnesThatAreReadMeanwhileDoNotCoverAGap(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(250, visitClock)...)
	w.faults("query:slow=60s")
	line.reachMore()
	if !line.reaching.Running() {
		t.Fatal("older ones are not read")
	}
	rows := secondsBack("since", timelinePage, visitClock.Add(10*time.Minute))
	reached := rows[len(rows)-1].At
	line.showWatched(timelineLoad{timelinePart: timelinePart{
		Rows: rows, Reached: reached, Cursor: timelineCursor{Before: after(reached)}, Dialect: line.dialect(),
	}}, nil)
	if line.reaching.Running() {
		t.Error("what is older than the gap is still read, and would say that all is loaded")
	}
}

func TestAProfileThatReceivesVeryMuchTakesNoMoreCallsOfTheWatch(t *testing.T) {
	for name, s := range map[string]*lineService{
		"sorted":   {times: histories()["300 in a minute"]},
		"unsorted": {times: histories()["300 in a minute"], noOrder: true},
	} {
		t.Run(name, func(t *testing.T) {
			for range 4 {
				s.times = slices.Concat(s.times, s.times)
			}
			r := timelineReader{service: s, customer: "c1", dialect: newDialect(nil), now: func() time.Time { return readingNow }, most: mostOfALook}
			if _, err := r.Newest(t.Context(), timeRange{}); err != nil {
				t.Fatal(err)
			}
			s.calls = 0
			part, err := r.Newer(t.Context(), watchSince(readingNow.Add(-time.Second), readingNow))
			if err != nil || len(part.Rows) < timelinePage || s.calls > mostOfALook {
				t.Errorf("%d rows in %d calls, %v", len(part.Rows), s.calls, err)
			}
			s.calls = 0
			part, err = r.Newest(t.Context(), timeRange{})
			if err != nil || s.calls > mostOfALook+1 || part.Limited || part.Ended {
				t.Errorf("a sweep takes %d calls and says %+v, %v", s.calls, part.Cursor, err)
			}
		})
	}
}

func TestWhatWasSentToUnifiedActivityItselfIsKnownByItsOwnKey(t *testing.T) {
	index := sentIndex{}
	index.add(journal.Entry{
		ID: "e1", Entity: people.EntityUnifiedActivity, State: journal.Visible, Operation: journal.OperationPost,
		KeyFields: []journal.KeyValue{{Name: fieldActivityID, Value: "U1"}},
	}, unifiedEntity())
	for name, row := range map[string]timelineRow{
		"without a source": {Key: "u1"},
		"with one":         {Key: "U1", Source: "Shop_Sales", SourceID: "S1"},
	} {
		if got := index.of(&row); got.EntryID != "e1" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := index.of(&timelineRow{Key: "U2", SourceID: "U1"}); got.EntryID != "" {
		t.Errorf("an activity of another key is called sent from here: %+v", got)
	}
}

// unifiedEntity is the product's own entity.
func unifiedEntity() (e metadata.Entity) {
	e.Name, e.QualifiedName, e.Keys = people.EntityUnifiedActivity, people.EntityUnifiedActivity, [][]string{{fieldActivityID}}
	return e
}
