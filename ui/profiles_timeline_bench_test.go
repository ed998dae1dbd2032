package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// lineLengths are the timelines that are compared, in one run.
var lineLengths = []int{100, 1000, 100_000}

// manyRows are invented activities of five types, four hours apart.
func manyRows(n int) []timeline.Row {
	types := []string{"OnlinePurchase", "POS Purchase", "Feedback", "PointsEarned", "Survey"}
	rows := make([]fakeRow, n)
	for i := range rows {
		rows[i] = fakeRow{
			"ActivityId": fmt.Sprintf("a%07d", i), "ActivityTypeDisplay": types[i%len(types)], "Title": fmt.Sprintf("Something happened, number %d", i),
			"Description": fmt.Sprintf("TotalPrice %d.50 · ProdID_%04d", i%900, i%2000), "SourceTableName": "eCommerce_eCommercePurchases",
			"SourceActivityId": fmt.Sprintf("OPID_%07d", i), "ActivityTime": visitClock.Add(-time.Duration(i) * 4 * time.Hour).Format(time.RFC3339),
		}
	}
	return timeline.Rows(rows, "")
}

// longPane is a pane in a window of its own that holds n activities.
func longPane(tb testing.TB, w *working, n int) (*timelinePane, fyne.Canvas) {
	tb.Helper()
	t := newTimelinePane(w.env, timelineActions{})
	window := test.NewTempWindow(tb, nil)
	widgets.NewRoot(t.Content()).Attach(window)
	window.Resize(fyne.NewSize(920, 640))
	t.place, t.shown, t.customer = w.session.Place(), true, people.Customer{ID: "c1"}
	t.watch.on = false
	t.showNewest(timelineLoad{Part: timeline.Part{Rows: manyRows(n), Ended: true, Dialect: timeline.NewDialect(nil)}}, nil)
	return t, window.Canvas()
}

func TestAHundredThousandActivitiesAreShownFilteredAndGoneThrough(t *testing.T) {
	w := newWorking(t)
	const n = 100_000
	line, _ := longPane(t, w, n)
	if line.lines.Shown != n || len(line.lines.Types) != 5 || line.lines.Types[0].Count != n/5 {
		t.Fatalf("%d are shown, %v", line.lines.Shown, line.lines.Types)
	}
	months := 0
	for i, item := range line.lines.Items {
		if item.Row == nil {
			months++
		} else if i > 1 && line.lines.Items[i-1].Row != nil && item.Row.At.After(line.lines.Items[i-1].Row.At) {
			t.Fatalf("line %d is newer than the one before", i)
		}
	}
	if months != 548 { // 400,000 hours
		t.Errorf("they are below %d months", months)
	}
	line.toggleType("Survey")
	line.view.find.SetText("number 99999")
	if line.lines.Shown != 1 || line.lines.Items[1].Row.SourceID != "OPID_0099999" {
		t.Errorf("%d are found", line.lines.Shown)
	}
	line.clearFilters()
	line.view.list.FocusGained()
	line.view.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if _, end := line.view.list.InView(); end != len(line.lines.Items)+1 {
		t.Errorf("the end shows lines up to %d of %d", end, len(line.lines.Items)+1)
	}
	text, err := timelineCSV(context.Background(), manyRows(1000), time.UTC)
	if err != nil || len(text) < 100_000 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
}

// BenchmarkTimelineFirst is an answer that is taken in and shown, before any row
// is drawn that nobody sees.
func BenchmarkTimelineFirst(b *testing.B) {
	w := newWorking(b)
	inTurnsOf(b, w, lineLengths, func(n int) func(int) {
		t, _ := longPane(b, w, 10)
		var rows []timeline.Row
		return func(int) {
			rows = append(rows[:0:0], manyParsed(n)...)
			t.store = timeline.Store{}
			t.all = timelineSegment{}
			t.showNewest(timelineLoad{Part: timeline.Part{Rows: rows, Ended: true, Dialect: timeline.NewDialect(nil)}}, nil)
		}
	})
}

// BenchmarkTimelineFilter is a letter in the box that finds.
func BenchmarkTimelineFilter(b *testing.B) {
	w := newWorking(b)
	inTurnsOf(b, w, lineLengths, func(n int) func(int) {
		t, _ := longPane(b, w, n)
		texts := []string{"s", "so", "som", "number 9", "number 99"}
		return func(round int) { t.view.find.SetText(texts[round%len(texts)]) }
	})
}

// BenchmarkTimelineScroll is a notch of the wheel.
func BenchmarkTimelineScroll(b *testing.B) {
	w := newWorking(b)
	inTurnsOf(b, w, lineLengths, func(n int) func(int) {
		_, canvas := longPane(b, w, n)
		return func(round int) {
			by := float32(-60)
			if round%40 >= 20 {
				by = 60
			}
			test.Scroll(canvas, fyne.NewPos(300, 400), 0, by)
		}
	})
}

// BenchmarkTimelineArrival is a new row that comes in while one reads further
// down.
func BenchmarkTimelineArrival(b *testing.B) {
	w := newWorking(b)
	inTurnsOf(b, w, lineLengths, func(n int) func(int) {
		t, _ := longPane(b, w, n)
		t.view.list.Reveal(60)
		return func(round int) {
			row := timeline.ReadRow(fakeRow{"ActivityId": fmt.Sprintf("new%d", round), "ActivityTime": visitClock.Add(time.Duration(round+1) * time.Second).Format(time.RFC3339)}, "")
			t.showWatched(timelineLoad{
				Part: timeline.Part{Rows: []timeline.Row{row}, Dialect: timeline.NewDialect(nil)}, Within: timeline.TimeRange{From: visitClock},
			}, nil)
			t.watch.arrived = nil
		}
	})
}

// BenchmarkTimelineCopy is all that is shown copied as CSV: what the window's own
// goroutine does of it, and what is done beside it.
func BenchmarkTimelineCopy(b *testing.B) {
	w := newWorking(b)
	t, _ := longPane(b, w, 100_000)
	var window, aside time.Duration
	rounds := 0
	for ; rounds == 0 || b.Loop(); rounds++ { // one round takes seconds
		start := time.Now()
		t.copyShown()
		window += time.Since(start)
		for t.copying.Running() {
			waited := time.Now()
			time.Sleep(time.Millisecond)
			aside += time.Since(waited)
			start = time.Now()
			w.queue.run()
			window += time.Since(start)
		}
	}
	b.ReportMetric(float64(window.Microseconds())/float64(rounds), "µs/window")
	b.ReportMetric(float64(aside.Microseconds())/float64(rounds), "µs/aside")
	b.ReportMetric(0, "ns/op")
}

var parsedRows = map[int][]timeline.Row{}

func manyParsed(n int) []timeline.Row {
	if parsedRows[n] == nil {
		parsedRows[n] = manyRows(n)
	}
	return parsedRows[n]
}
