package ui

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/benchtest"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// The figures of the compose page; docs/performance.md keeps them.
var pageLengths = []int{20, 300, 1000}

// composing is a page of its own, in a window of its own, with an entity of n
// fields of which every one is filled.
func composing(b *testing.B, w *working, n int) (*ComposePage, fyne.Canvas, entityRow) {
	b.Helper()
	window := test.NewTempWindow(b, nil)
	env := *w.env
	env.Window = window // where its cursor is
	page := NewComposePage(&env)
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

// inTurns times the same act on entities of all lengths, and the references in the
// same rounds. It reports the medians in µs, and what each is of that of the
// smallest.
func inTurns(b *testing.B, w *working, prepare func(n int) func(round int), references ...benchtest.Act) {
	b.Helper()
	inTurnsOf(b, w, pageLengths, prepare, references...)
}

// inTurnsOf is inTurns over other lengths.
func inTurnsOf(b *testing.B, w *working, lengths []int, prepare func(n int) func(round int), references ...benchtest.Act) {
	b.Helper()
	var acts []benchtest.Act
	for _, n := range lengths {
		acts = append(acts, benchtest.Act{Name: strconv.Itoa(n), Do: prepare(n)})
	}
	acts[0].Settle = w.queue.run
	medians := benchtest.InTurns(b, append(acts, references...)...)
	for k, n := range lengths[1:] {
		b.ReportMetric(medians[k+1]/medians[0], fmt.Sprintf("%d:%d", n, lengths[0]))
	}
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
	var references []benchtest.Act
	for _, n := range pageLengths {
		references = append(references, plainOpened(b, n))
	}
	inTurns(b, w, func(n int) func(int) {
		page, _, row := composing(b, w, n)
		other := entityRow{Entity: gallery.WideEntity(5), Name: fmt.Sprintf("Survey_other%d", n)}
		return func(int) {
			page.choose(other)
			page.choose(row)
			page.work.FocusFirst()
		}
	}, references...)
}

// plainOpened is a form of Fyne's own widgets, an entry for each of n fields, put
// into a window of the page's size after one of 5, with the cursor in its first.
func plainOpened(b *testing.B, n int) benchtest.Act {
	b.Helper()
	window := test.NewTempWindow(b, nil)
	window.Resize(fyne.NewSize(1280, 740))
	open := func(n int) {
		form := widget.NewForm()
		for i := range n {
			form.Items = append(form.Items, widget.NewFormItem(fmt.Sprintf("Answer%03d", i), widget.NewEntry()))
		}
		window.SetContent(container.NewVScroll(form))
		window.Canvas().Focus(form.Items[0].Widget.(fyne.Focusable))
	}
	return benchtest.Act{
		Name: fmt.Sprintf("plain-%d", n), Do: func(int) { open(5); open(n) },
		Settle: func() { // the page's cursor is looked for in all windows
			window.SetContent(widgets.Gap(1, 1))
			runtime.GC() // what was thrown away here is not the desk's
		},
	}
}

// BenchmarkAnswer200KB is an answer of 200 KB of JSON that is laid out, coloured
// and shown, beside Fyne's grid of text with the same lines. Its Label and its Entry
// take seconds for them.
func BenchmarkAnswer200KB(b *testing.B) {
	w := newWorking(b)
	var entries [2]journal.Entry
	for i := range entries {
		body := []byte(`{"answers":[`)
		for n := 0; len(body) < 200_000; n++ {
			body = fmt.Appendf(body, `{"AnswerId":"A%d-%05d","Text":"a value of some length","Score":%d.5},`, i, n, n)
		}
		entries[i] = journal.Entry{ID: strconv.Itoa(i), State: journal.Accepted, Status: 200, Answer: append(body[:len(body)-1], "]}"...)}
	}
	put := func(o fyne.CanvasObject) {
		window := test.NewTempWindow(b, o)
		window.Resize(fyne.NewSize(500, 600))
	}
	answer := newAnswerPart(requestActions{}, func() {})
	put(answer.around)
	grid := widget.NewTextGrid()
	put(grid)
	benchtest.InTurns(
		b,
		benchtest.Act{Name: "answer", Do: func(round int) { answer.Show(entries[round%2]) }, Settle: w.queue.run},
		benchtest.Act{Name: "grid", Do: func(round int) { grid.SetText(answerText(entries[round%2])) }},
	)
	if answer.lines < 10_000 || len(grid.Rows) != answer.lines {
		b.Fatalf("%d lines are shown", answer.lines)
	}
}

// BenchmarkEntitiesFilter is a letter in the filter of the entities, and one in
// "Go to anything", among 100,000 entities: what is found is shown. Beside it is
// a single pass over their names.
func BenchmarkEntitiesFilter(b *testing.B) {
	w := newWorking(b)
	parts := []string{"eCommerce", "Purchases", "loyalty", "Website", "web", "Reviews", "Customer", "Measure", "POS", "Hotel", "Stays"}
	group := entityGroup{Title: groupActivities}
	var offers []offer
	for i := range 100_000 {
		name := fmt.Sprintf("%s_%s%s%d", parts[i%11], parts[i/11%11], parts[i/121%11], i)
		group.Rows = append(group.Rows, entityRow{Name: name})
		offers = append(offers, offer{id: "entity " + name, kind: kindEntity, label: name, also: "Activity"})
	}
	list := newEntityList(func(entityRow) {})
	list.SetGroups([]entityGroup{group})
	window := test.NewTempWindow(b, nil)
	widgets.NewRoot(list.Content()).Attach(window)
	window.Resize(fyne.NewSize(300, 740))

	above := test.NewTempWindow(b, nil)
	widgets.NewRoot(widgets.Gap(1, 1)).Attach(above)
	above.Resize(fyne.NewSize(1280, 740))
	p := &palette{
		offers: offers, customer: w.customerOffer, sentIn: w.sentOffer, journal: w.env.Journal,
		looking: tasks.NewLatest[[]journal.Entry](w.env.Tasks, w.env.Post), saying: tasks.NewLatest[struct{}](w.env.Tasks, w.env.Post),
	}
	p.prepare(nil)
	p.finder = widgets.ShowFinder(above.Canvas(), widgets.FinderSpec{OnText: p.typed, OnClose: p.closed})
	b.Cleanup(p.finder.Close)

	texts := []string{"e", "pur", "purchases99", "ecom purch 99", "nothing like it"}
	var small []string
	for _, row := range group.Rows {
		small = append(small, strings.ToLower(row.Name))
	}
	found := 0
	benchtest.InTurns(
		b,
		benchtest.Act{Name: "list", Do: func(round int) { list.panel.Filter.SetText(texts[round%len(texts)]) }, Settle: w.queue.run},
		benchtest.Act{Name: "goto", Do: func(round int) { p.typed(texts[round%len(texts)]) }},
		benchtest.Act{Name: "pass", Do: func(round int) {
			for _, name := range small {
				if strings.Contains(name, texts[round%len(texts)]) {
					found++
				}
			}
		}},
	)
	if found == 0 {
		b.Fatal("no name was found")
	}
}
