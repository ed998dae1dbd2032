package widgets_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/benchtest"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// The figures of the form; docs/performance.md keeps them.
var formLengths = []int{20, 300, 1000}

// inTurns times the same act on forms of all lengths, and the references in the
// same rounds. It reports the medians in µs, and what each is of that of the
// smallest form.
func inTurns(b *testing.B, prepare func(b *testing.B, n int) func(round int), references ...benchtest.Act) {
	var acts []benchtest.Act
	for _, n := range formLengths {
		acts = append(acts, benchtest.Act{Name: strconv.Itoa(n), Do: prepare(b, n)})
	}
	medians := benchtest.InTurns(b, append(acts, references...)...)
	for k, n := range formLengths[1:] {
		b.ReportMetric(medians[k+1]/medians[0], fmt.Sprintf("%d:%d", n, formLengths[0]))
	}
}

// plainForm is a form of Fyne's own widgets, an entry for each of n fields: what
// the desk's form is measured beside.
func plainForm(n int) (*widget.Form, []*widget.Entry) {
	form, entries := widget.NewForm(), make([]*widget.Entry, 0, n)
	for i := range n {
		entry := widget.NewEntry()
		entry.Text = "12"
		entries = append(entries, entry)
		form.Items = append(form.Items, widget.NewFormItem(fmt.Sprintf("Answer%03d", i), entry))
	}
	return form, entries
}

// plainWindow shows an object in a window of its own.
func plainWindow(b *testing.B, size fyne.Size, content fyne.CanvasObject) fyne.Window {
	w := test.NewTempWindow(b, content)
	w.Resize(size)
	return w
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
	plain := plainWindow(b, formSize, nil)
	var references []benchtest.Act
	for _, n := range formLengths {
		references = append(references, benchtest.Act{Name: fmt.Sprintf("plain-%d", n), Do: func(int) {
			form, entries := plainForm(n)
			plain.SetContent(container.NewVScroll(form))
			plain.Canvas().Focus(entries[0])
		}, Settle: func() { // the form's cursor is looked for in all windows
			plain.SetContent(widgets.Gap(1, 1))
			runtime.GC() // what was thrown away here is not the desk's
		}})
	}
	inTurns(b, func(_ *testing.B, n int) func(int) {
		return func(int) {
			view.SetForm(gallery.WideForm(n))
			view.FocusFirst()
		}
	}, references...)
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
		return func(round int) { entry.SetText(typedTexts[round%len(typedTexts)]) }
	})
}

// BenchmarkFormKeystrokePlain is the same in Fyne's own widgets. It is apart: what
// 1,000 of them do at a key leaves nothing of others in the processor's caches.
func BenchmarkFormKeystrokePlain(b *testing.B) {
	benchtest.InTurns(b, plainKeystroke(b, 20), plainKeystroke(b, 1000))
}

// typedTexts is a word being typed.
var typedTexts = []string{"some text", "some text,", "some text, ", "some text, m", "some text, mo"}

// plainKeystroke is a key with Fyne's widgets: a form of entries, and the JSON
// of all of them beside it in a grid of text, made anew for each key.
func plainKeystroke(b *testing.B, n int) benchtest.Act {
	form, entries := plainForm(n)
	preview := widget.NewTextGrid()
	plainWindow(b, fyne.NewSize(1080, 500), container.NewHSplit(container.NewVScroll(form), preview))
	values := map[string]string{}
	show := func() {
		for i, entry := range entries {
			values[form.Items[i].Text] = entry.Text
		}
		text, err := json.MarshalIndent(values, "", "  ")
		if err != nil {
			b.Fatal(err)
		}
		preview.SetText(string(text))
	}
	entries[9].OnChanged = func(string) { show() }
	return benchtest.Act{Name: fmt.Sprintf("plain-%d", n), Do: func(round int) { entries[9].SetText(typedTexts[round%len(typedTexts)]) }}
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
