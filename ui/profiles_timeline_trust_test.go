package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/ui/timeline"
)

// secondsBack are n rows, a second apart, the newest at an instant.
func secondsBack(prefix string, n int, newest time.Time) []timeline.Row {
	rows := make([]timeline.Row, n)
	for i := range rows {
		rows[i] = timeline.Row{Key: fmt.Sprintf("%s%03d", prefix, i), At: newest.Add(-time.Duration(i) * time.Second), Type: "Visit"}
	}
	return rows
}

func TestWhatMovesUpWhereAnotherOneExpiredIsNotCalledNew(t *testing.T) {
	clock := newTestClock(visitClock)
	_, line := visited(t, clock, hours(150, visitClock)...)
	var rows []timeline.Row
	for _, row := range line.store.Rows {
		rows = append(rows, *row)
	}
	if len(rows) != timeline.PageRows {
		t.Fatalf("%d are loaded", len(rows))
	}
	older := rows[len(rows)-1].At.Add(-time.Hour)
	answer := append(rows[1:], timeline.Row{Key: "older", At: older})
	line.showWatched(timelineLoad{Part: timeline.Part{Rows: answer, Reached: older, Dialect: line.dialect()}}, nil)
	if words := line.arrivalWords(); words != "" {
		t.Errorf("an activity of %v is announced: %q", older, words)
	}
	if row := line.store.Known["older"]; row == nil || row.New {
		t.Errorf("it is %+v", row)
	}
}

func TestARowThatWasDatedAheadDoesNotHideThatOthersWereMissed(t *testing.T) {
	clock := newTestClock(visitClock)
	_, line := visited(t, clock, hours(150, visitClock)...)
	ahead := timeline.Row{Key: "ahead", At: visitClock.Add(48 * time.Hour), Type: "Visit"}
	line.store.Add([]timeline.Row{ahead})
	clock.pass(10 * time.Minute)
	rows := append([]timeline.Row{ahead}, secondsBack("since", 99, clock.now())...)
	reached := rows[len(rows)-1].At
	line.showWatched(timelineLoad{Part: timeline.Part{
		Rows: rows, Reached: reached, Cursor: timeline.Cursor{Before: timeline.After(reached)}, Dialect: line.dialect(),
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
	rows := secondsBack("since", timeline.PageRows, visitClock.Add(10*time.Minute))
	reached := rows[len(rows)-1].At
	line.showWatched(timelineLoad{Part: timeline.Part{
		Rows: rows, Reached: reached, Cursor: timeline.Cursor{Before: timeline.After(reached)}, Dialect: line.dialect(),
	}}, nil)
	if line.reaching.Running() {
		t.Error("what is older than the gap is still read, and would say that all is loaded")
	}
}
