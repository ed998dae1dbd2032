package ui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// The figures of the compose page; docs/performance.md keeps them.
var pageLengths = []int{20, 300, 1000}

// composing is a page of its own, in a window of its own, with an entity of n
// fields of which every one is filled.
func composing(b *testing.B, w *working, n int) (*ComposePage, fyne.Canvas, entityRow) {
	b.Helper()
	page := NewComposePage(w.env)
	window := test.NewTempWindow(b, nil)
	widgets.NewRoot(page.Content()).Attach(window)
	window.Resize(fyne.NewSize(1280, 740))
	page.Enter(w.session.Place())
	row := entityRow{Entity: gallery.WideEntity(n), Name: fmt.Sprintf("Survey_wide%d", n)}
	page.choose(row)
	form := page.current.form
	for _, field := range form.Fields() {
		text := map[metadata.Kind]string{
			metadata.KindBoolean: "true", metadata.KindDate: "2026-11-23", metadata.KindDateTime: "2026-11-23 14:05",
			metadata.KindTimeOfDay: "14:05", metadata.KindGUID: "98e79d76-a45a-e911-a970-000d3a39c2c9",
		}[field.Kind]
		if text == "" {
			text = "12"
		}
		form.SetText(field.Name, text)
	}
	page.edited(page.current)
	page.formReplaced(page.current)
	for range n / 5 {
		page.work.form.MovePage(1)
	}
	page.work.FocusField("Answer009") // a text
	return page, window.Canvas(), row
}

// inTurns times the same act on entities of all lengths, one after the other in
// every round, so that what else the computer does falls on all alike. It
// reports the medians in µs, and what each is of that of the smallest.
func inTurns(b *testing.B, w *working, prepare func(n int) func(round int)) {
	b.Helper()
	inTurnsOf(b, w, pageLengths, prepare)
}

// inTurnsOf is inTurns over other lengths.
func inTurnsOf(b *testing.B, w *working, lengths []int, prepare func(n int) func(round int)) {
	b.Helper()
	acts := make([]func(int), len(lengths))
	for k, n := range lengths {
		acts[k] = prepare(n)
	}
	took := make([][]time.Duration, len(acts))
	for round := 0; b.Loop(); round++ {
		for k, act := range acts {
			start := time.Now()
			act(round)
			took[k] = append(took[k], time.Since(start))
		}
		w.queue.run()
	}
	median := func(k int) float64 {
		slices.Sort(took[k])
		return float64(took[k][len(took[k])/2].Nanoseconds()) / 1e3
	}
	for k, n := range lengths {
		b.ReportMetric(median(k), fmt.Sprintf("µs/%d", n))
		if k > 0 {
			b.ReportMetric(median(k)/median(0), fmt.Sprintf("%d:%d", n, lengths[0]))
		}
	}
	b.ReportMetric(0, "ns/op") // of all of them together: of no use
}

// BenchmarkComposeKeystroke is a key in a field, with all that follows it: the
// history, the draft, the marks, the preview and the bar.
func BenchmarkComposeKeystroke(b *testing.B) {
	w := newWorking(b)
	inTurns(b, w, func(n int) func(int) {
		_, canvas, _ := composing(b, w, n)
		entry := canvas.Focused().(*widgets.Entry)
		texts := []string{"some text", "some text,", "some text, ", "some text, m", "some text, mo"}
		return func(round int) { entry.SetText(texts[round%len(texts)]) }
	})
}

// BenchmarkComposeOpen is an entity that is chosen in the list while another is
// shown: its draft, its form, the preview, and the cursor in its first field.
func BenchmarkComposeOpen(b *testing.B) {
	w := newWorking(b)
	inTurns(b, w, func(n int) func(int) {
		page, _, row := composing(b, w, n)
		other := entityRow{Entity: gallery.WideEntity(5), Name: fmt.Sprintf("Survey_other%d", n)}
		return func(int) {
			page.choose(other)
			page.choose(row)
			page.work.FocusFirst()
		}
	})
}
