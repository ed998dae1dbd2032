package ui

import (
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/redact"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// Names of the sandbox's world.
const (
	instanceCoffee     = "Contoso Coffee"
	instanceTrial      = "Contoso Trial"
	instanceProduction = "Contoso production"

	entityPurchases = "eCommerce_eCommercePurchases"
	entityReviews   = "Website_webReviews"
)

// working is a desk with its real pages over the real client, journal, outbox
// and sandbox. Its UI goroutine is the test's.
type working struct {
	*deskRun
	compose  *ComposePage
	profiles *ProfilesPage
	history  *HistoryPage
}

// newWorking starts a desk that stands in Contoso Coffee.
func newWorking(t testing.TB, change ...func(*Options)) *working {
	t.Helper()
	w := startWorking(t, t.TempDir(), change...)
	w.untilLoaded(instanceCoffee)
	return w
}

func startWorking(t testing.TB, folder string, change ...func(*Options)) *working {
	t.Helper()
	w := prepareWorking(t, folder, change...)
	w.begin()
	return w
}

// begin opens the window.
func (w *working) begin() {
	w.t.Helper()
	w.window.Show()
	w.start()
	w.t.Cleanup(w.finish)
}

// prepareWorking makes the desk without opening its window: its pages can be
// chosen until then.
func prepareWorking(t testing.TB, folder string, change ...func(*Options)) *working {
	t.Helper()
	app := test.NewApp()
	t.Cleanup(app.Quit)
	w := &working{deskRun: &deskRun{t: t, queue: newQueue()}}
	o := Options{
		Folders: settings.Folders{
			Config: folder, Data: filepath.Join(folder, "data"), State: folder, Cache: folder,
		},
		Logger: slog.New(slog.DiscardHandler), Redact: redact.New(), Keyring: vault.OpenMemory(nil),
		LockPatience: time.Minute, // two desks on a busy disk are no fault
	}
	for _, c := range change {
		c(&o)
	}
	w.Desk = newDesk(t.Context(), app, o, w.queue.post)
	w.build = func(d *Desk) []Page {
		w.compose, w.profiles, w.history = NewComposePage(d.env), NewProfilesPage(d.env), NewHistoryPage(d.env)
		return []Page{w.compose, w.profiles, w.history}
	}
	return w
}

// pick chooses an entity as a person does.
func (w *working) pick(name string) {
	w.t.Helper()
	row, ok := w.compose.entities.Row(name)
	if !ok {
		w.t.Fatalf("the list has no entity %s", name)
	}
	w.compose.entities.chosen(widgets.NavItem{ID: row.Name})
}

// fill types values into the form, always in the same order: each is a step that
// can be undone.
func (w *working) fill(values map[string]string) {
	w.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if _, ok := w.compose.current.form.Field(name); !ok {
			w.t.Fatalf("the form has no field %s", name)
		}
		w.compose.current.form.SetText(name, values[name])
		w.compose.work.form.SyncField(name)
		w.compose.fieldChanged(name)
	}
}

// purchase fills a good purchase with a key.
func (w *working) purchase(key string) {
	w.t.Helper()
	w.pick(entityPurchases)
	w.fill(map[string]string{
		"PurchaseId": key, "ContactId": "CNTID_1000", "PurchasedOn": "2026-11-23 14:05", "TotalPrice": "12.50",
	})
}

// untilShown waits until the pane says something of the newest send, and the
// outbox is done with that. The journal tells of an outcome before the outbox does,
// and until then there is no word of why, and Send does nothing.
func (w *working) untilShown(word string) {
	w.t.Helper()
	w.queue.until(w.t, "the pane to show "+word, func() bool {
		d := w.compose.current
		return strings.Contains(w.steps(), word) && d != nil && d.last != nil && !d.last.Busy
	})
}

// steps are the lines of the newest send, as a person reads them.
func (w *working) steps() string {
	if !w.compose.pane.steps.Visible() {
		return ""
	}
	return linesText(w.compose.pane.steps.Steps())
}

// posted are the bodies that the sandbox has stored.
func (w *working) posted(instance, entity string) []string {
	w.t.Helper()
	list, _, _ := w.session.Instances()
	for _, in := range list {
		if in.Name == instance {
			return w.services.sandbox.Service().Posted(in.ID, entity)
		}
	}
	w.t.Fatalf("no instance %s", instance)
	return nil
}

// notice is the text of the newest notice; empty: there is none.
func (w *working) noticeTexts() string {
	var texts []string
	for _, n := range w.frame.notices.list {
		texts = append(texts, n.Text)
	}
	return strings.Join(texts, "\n")
}

// dialog is the card that lies over the window; nil: there is none.
func (w *working) dialog() fyne.CanvasObject { return w.window.Canvas().Overlays().Top() }

// eachObject visits an object and what it draws.
func eachObject(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			eachObject(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			eachObject(child, visit)
		}
	}
}

// eachVisible visits an object and what of it is shown.
func eachVisible(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			eachVisible(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			eachVisible(child, visit)
		}
	}
}

// confirm taps a button of the open dialog.
func confirm(t testing.TB, w *working, label string) {
	t.Helper()
	top := w.dialog()
	if top == nil {
		t.Fatal("no dialog is open")
	}
	confirmIn(t, w, top, label)
}

// confirmIn taps a button of a part of the window.
func confirmIn(t testing.TB, w *working, part fyne.CanvasObject, label string) {
	t.Helper()
	var button *widgets.Button
	eachObject(part, func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Text() == label {
			button = b
		}
	})
	if button == nil {
		t.Fatalf("there is no button %q", label)
	}
	test.Tap(button)
	w.queue.run()
}

// typeInto types into the field of the open dialog.
func typeInto(t testing.TB, w *working, text string) {
	t.Helper()
	var field *widgets.Entry
	eachObject(w.dialog(), func(o fyne.CanvasObject) {
		if e, ok := o.(*widgets.Entry); ok {
			field = e
		}
	})
	if field == nil {
		t.Fatal("the dialog has no field")
	}
	field.SetText(text)
}
