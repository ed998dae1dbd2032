package ui

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets/fit"
)

// screens are windows in pixels, each at the scales that leave it 1024×700 of
// Fyne's units, the smallest window that the desk promises to work in.
var screens = []struct {
	width, height float32
	scales        []float32
}{
	{1024, 700, []float32{0.75, 1}},
	{1280, 800, []float32{0.75, 1}},
	{1920, 1080, []float32{0.75, 1, 1.5}},
	{3840, 2160, []float32{0.75, 1, 1.5, 2}},
}

// onEveryScreen runs a check in each size of the window.
func (r *deskRun) onEveryScreen(t *testing.T, check func(t *testing.T, size fyne.Size)) {
	for _, screen := range screens {
		for _, scale := range screen.scales {
			t.Run(fmt.Sprintf("%v×%v at %v", screen.width, screen.height, scale), func(t *testing.T) {
				size := fyne.NewSize(screen.width/scale, screen.height/scale)
				if canvas, ok := r.window.Canvas().(interface{ SetScale(float32) }); ok {
					canvas.SetScale(scale)
				}
				r.window.Resize(size)
				r.queue.run()
				check(t, size)
			})
		}
	}
}

// fits checks what is in the window, and what lies over it.
func (r *deskRun) fits(t *testing.T, size fyne.Size) {
	t.Helper()
	fit.Inside(t, r.window.Content(), size)
	for _, over := range r.window.Canvas().Overlays().List() {
		fit.Inside(t, over, size)
	}
}

// TestEveryPageFitsEveryScreen shows each page in the states that it is in most
// of the day: empty, filled, with problems, after a send.
func TestEveryPageFitsEveryScreen(t *testing.T) {
	b := newBatching(t)
	b.pages = append(b.pages, NewSettingsPage(b.env, b.Desk), NewConnectionsPage(b.env, b.Desk))
	b.env.Notify(Notice{Key: "fit", Tone: ToneWarning, Text: "Something happened that a person has to know of, and it takes some words to say what they can do about it.", Details: "details", Action: "Look", OnAction: func() {}})
	path := fileOf(t, "purchases.csv", threePurchases)
	for _, shown := range []struct {
		name string
		show func()
	}{
		{"compose, empty", func() { b.goTo(PageCompose); b.pick(entityPurchases) }},
		{"compose, many fields", func() { b.pick("Survey_wideResponses") }},
		{"compose, with problems", func() { b.pick(entityPurchases); b.fill(map[string]string{"TotalPrice": "12,5O"}) }},
		{"compose, JSON", func() { b.compose.work.choseTab(tabJSON) }},
		{"compose, fields", func() { b.compose.work.choseTab(tabFields) }},
		{"compose, sample rows", func() { b.compose.work.choseTab(tabSamples); b.untilSamples() }},
		{"compose, nothing to send to", func() { b.pick("Customer") }},
		{"compose, sent", func() {
			b.compose.work.ShowForm()
			b.purchase("OPID_95001")
			b.compose.Send()
			b.untilShown("Accepted")
		}},
		{"history", func() {
			b.goTo(PageHistory)
			b.queue.until(t, "the entry", func() bool { return len(b.history.entries) > 0 && b.history.detail.inner.Visible() })
		}},
		{"history, nothing found", func() { b.history.showList([]journal.Entry{}, true) }},
		{"batch, empty", func() { b.goTo(PageBatch) }},
		{"batch", func() { b.write(path) }},
		{"profiles, empty", func() { b.goTo(PageProfiles) }},
		{"profiles", func() {
			b.open(PageProfiles, FindArg{Text: "CNTID_1000"})
			b.queue.until(t, "the profile", func() bool { return b.profiles.shown.Customer.ID != "" })
		}},
		{"settings", func() { b.goTo(PageSettings) }},
		{"connections", func() { b.listConnection(pictured()[1]); b.open(PageConnections, ConnectionArg{ID: pictured()[1].ID}) }},
		{"keys", func() { b.showKeys() }},
		{"palette", func() { b.window.Canvas().Overlays().Remove(b.dialog()); b.goAnywhere() }},
	} {
		shown.show()
		b.queue.run()
		t.Run(shown.name, func(t *testing.T) {
			run := *b.deskRun
			run.t = t
			run.onEveryScreen(t, run.fits)
		})
	}
}

// TestAProductionInstanceWithLongNamesFitsTheBar has all that the bar can hold.
func TestAProductionInstanceWithLongNamesFitsTheBar(t *testing.T) {
	d := startedDesk(t)
	d.choose("Contoso production")
	d.untilLoaded("Contoso production")
	place := d.session.Place()
	place.Connection.Name = "The connection of the customer insights team in Zürich"
	place.Instance.Name = "Contoso Coffee and everything else that Contoso sells worldwide"
	d.frame.showPlace(place, false, "America/Argentina/ComodRivadavia", d.options.Now())
	d.onEveryScreen(t, d.fits)
	names := []fyne.CanvasObject{d.frame.connection, d.frame.instance, d.frame.guard, d.frame.anywhere, d.frame.zone}
	d.onEveryScreen(t, func(t *testing.T, size fyne.Size) {
		end := float32(0)
		for _, o := range names {
			if o.Position().X < end {
				t.Errorf("a %T begins at %v, within the one before it", o, o.Position())
			}
			end = o.Position().X + o.Size().Width
		}
		if end > size.Width {
			t.Errorf("the bar ends at %v of %v", end, size.Width)
		}
	})
}

func TestTheScreensLeaveTheDeskItsSmallestWindow(t *testing.T) {
	for _, s := range screens {
		if slices.ContainsFunc(s.scales, func(scale float32) bool { return s.width/scale < 1024 || s.height/scale < 700 }) {
			t.Errorf("%v×%v is too small at one of %v", s.width, s.height, s.scales)
		}
	}
}
