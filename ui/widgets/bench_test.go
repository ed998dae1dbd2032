package widgets_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// The figures of the form; docs/performance.md keeps them.
var formLengths = []int{20, 300, 1000}

// inTurns times the same act on forms of all lengths, one after the other in
// every round, so that what else the computer does falls on all alike. It
// reports the medians in µs, and what each is of that of the smallest form.
func inTurns(b *testing.B, prepare func(b *testing.B, n int) func(round int)) {
	acts := make([]func(int), len(formLengths))
	for k, n := range formLengths {
		acts[k] = prepare(b, n)
	}
	took := make([][]float64, len(acts))
	for round := 0; b.Loop(); round++ {
		for k, act := range acts {
			start := time.Now()
			act(round)
			took[k] = append(took[k], float64(time.Since(start).Nanoseconds()))
		}
	}
	for k, n := range formLengths {
		b.ReportMetric(median(took[k])/1e3, fmt.Sprintf("µs/%d", n))
		if k > 0 {
			b.ReportMetric(median(took[k])/median(took[0]), fmt.Sprintf("%d:%d", n, formLengths[0]))
		}
	}
	b.ReportMetric(0, "ns/op") // of all of them together: of no use
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// filled is a form in which every field has a value.
func filled(n int) *forms.Form {
	form := gallery.WideForm(n)
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
	return form
}

// visited shows a filled form, of which every row was in view once.
func visited(b *testing.B, n int) (fyne.Canvas, *widgets.FormView) {
	c, view := showForm(b, filled(n))
	view.FocusFirst()
	for range n / 5 {
		view.MovePage(1)
	}
	view.FocusField(fmt.Sprintf("Answer%03d", n/2))
	return c, view
}

// BenchmarkFormReady is an entity that is opened: its form made and shown, and
// the cursor put into the first field.
func BenchmarkFormReady(b *testing.B) {
	view := widgets.NewFormView()
	show(b, formSize, view)
	inTurns(b, func(_ *testing.B, n int) func(int) {
		return func(int) {
			view.SetForm(gallery.WideForm(n))
			view.FocusFirst()
		}
	})
}

// BenchmarkFormKeystroke is a key in a field of a form of which every field is
// filled and was in view, with the preview of the JSON beside it.
func BenchmarkFormKeystroke(b *testing.B) {
	inTurns(b, func(b *testing.B, n int) func(int) {
		form := filled(n)
		view, preview := widgets.NewFormView(), widgets.NewJSONView(8)
		pane := widgets.Column(0, widgets.Sized(360, 300, preview)) // as high as the JSON of 20 fields
		c, _ := show(b, fyne.NewSize(1080, 500), widgets.Dock(nil, pane, nil, nil, view))
		view.SetForm(form)
		preview.SetLines(form.Preview())
		for range n / 5 {
			view.MovePage(1)
		}
		view.OnChanged = func(string) { preview.SetLines(form.Preview()) }
		view.FocusField("Answer009") // a text
		entry := c.Focused().(*widgets.Entry)
		texts := []string{"some text", "some text,", "some text, ", "some text, m", "some text, mo"}
		return func(round int) { entry.SetText(texts[round%len(texts)]) }
	})
}

// BenchmarkFormTab is a Tab from field to field, in the middle of the form.
func BenchmarkFormTab(b *testing.B) {
	inTurns(b, func(b *testing.B, n int) func(int) {
		c, _ := visited(b, n)
		return func(round int) {
			if round%10 < 5 {
				c.FocusNext()
			} else {
				c.FocusPrevious()
			}
		}
	})
}

// BenchmarkFormWheel is a notch of the wheel.
func BenchmarkFormWheel(b *testing.B) {
	inTurns(b, func(b *testing.B, n int) func(int) {
		c, _ := visited(b, n)
		return func(round int) {
			by := float32(-25)
			if round%20 >= 10 {
				by = 25
			}
			test.Scroll(c, fyne.NewPos(300, 200), 0, by)
		}
	})
}

// BenchmarkFormFind is a letter in the find box: what was found is shown.
func BenchmarkFormFind(b *testing.B) {
	inTurns(b, func(b *testing.B, n int) func(int) {
		c, view := visited(b, n)
		c.Unfocus()
		texts := []string{"a", "an", "ans", "answer01", "answer012"}
		return func(round int) { view.SetFilter(texts[round%len(texts)], widgets.AllFields) }
	})
}

// BenchmarkFormFilter is a change between all fields and the filled ones.
func BenchmarkFormFilter(b *testing.B) {
	inTurns(b, func(b *testing.B, n int) func(int) {
		_, view := visited(b, n)
		return func(round int) { view.SetFilter("", widgets.FieldFilter(round%2)*widgets.FilledFields) }
	})
}
