package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// anywhere opens the palette as a person does, and answers the field in it.
func anywhere(t *testing.T, w *working) *widgets.Entry {
	t.Helper()
	test.Tap(w.frame.anywhere)
	entry, ok := w.window.Canvas().Focused().(*widgets.Entry)
	if !ok || w.dialog() == nil {
		t.Fatal("the palette is not open")
	}
	w.queue.run()
	return entry
}

func pressIn(e *widgets.Entry, keys ...fyne.KeyName) {
	for _, key := range keys {
		e.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

// textsOf are the words that an object shows.
func textsOf(o fyne.CanvasObject) string {
	var texts []string
	eachObject(o, func(o fyne.CanvasObject) {
		if text, ok := o.(*widgets.Text); ok && text.Visible() {
			texts = append(texts, text.Text())
		}
	})
	return strings.Join(texts, "\n")
}

func TestEveryActionOfTheWindowIsInThePaletteWithItsKey(t *testing.T) {
	w := newWorking(t)
	offers := w.offers()
	for _, c := range w.allCommands() {
		i := slices.IndexFunc(offers, func(o offer) bool { return o.label == c.title && o.key == c.labels(false) })
		if i < 0 {
			t.Errorf("%q with %q is not in it", c.title, c.labels(false))
		}
	}
	ids := map[string]string{}
	for _, o := range offers {
		if other, ok := ids[o.id]; ok && o.id != "" {
			t.Errorf("%q and %q have the id %q", o.label, other, o.id)
		}
		ids[o.id] = o.label
	}
}

func TestEveryActionWorksByNameFromAnyPage(t *testing.T) {
	w := newWorking(t)
	for _, from := range []PageID{PageCompose, PageHistory} {
		for _, c := range w.allCommands() {
			if c.run == nil {
				t.Fatalf("%q does nothing", c.title)
			}
			ran := false
			c.run = func() { ran = true }
			w.goTo(from)
			w.byName(c)
			if !ran || c.of != "" && w.shown.ID() != c.of {
				t.Errorf("from %s, %q ran: %v, on %s", from, c.title, ran, w.shown.ID())
			}
		}
	}
}

func TestThePaletteLeadsToWhatItFinds(t *testing.T) {
	w := newWorking(t)
	for _, c := range []struct {
		text   string
		led    func() bool
		whence PageID
	}{
		{"posp", func() bool { return w.compose.current.row.Name == "POS_posPurchases" }, PageHistory},
		{"ecomm purch", func() bool { return w.compose.current.row.Name == entityPurchases }, PageProfiles},
		{"totalpr", func() bool { return w.compose.work.form.FocusedField() == "TotalPrice" }, PageHistory},
		{"hist", func() bool { return w.shown.ID() == PageHistory }, PageCompose},
		{"trial", func() bool { return w.session.Place().Instance.Name == instanceTrial }, PageCompose},
	} {
		w.goTo(c.whence)
		entry := anywhere(t, w)
		entry.SetText(c.text)
		pressIn(entry, fyne.KeyReturn)
		if w.dialog() != nil || !c.led() {
			t.Errorf("%q led to %s, %v", c.text, w.shown.ID(), w.window.Canvas().Focused())
		}
	}
}

func TestThePaletteFindsCustomersAndWhatWasSent(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_77001")
	w.compose.Send()
	w.untilShown("Accepted")

	entry := anywhere(t, w)
	entry.SetText("77001")
	w.queue.until(t, "the journal to answer", func() bool { return strings.Contains(textsOf(w.dialog()), kindSent) })
	pressIn(entry, fyne.KeyReturn)
	if w.shown.ID() != PageHistory {
		t.Fatalf("it led to %s", w.shown.ID())
	}
	w.queue.until(t, "the entry to be shown", func() bool { return w.history.detail.title.Text() == "OPID_77001" })

	entry = anywhere(t, w)
	entry.SetText("CNTID_1000")
	pressIn(entry, fyne.KeyEnd, fyne.KeyReturn)
	w.queue.until(t, "the customer to be shown", func() bool { return w.profiles.shown.Customer.ID != "" })
	if w.shown.ID() != PageProfiles || w.profiles.side.box.Text != "CNTID_1000" {
		t.Errorf("%s looks for %q", w.shown.ID(), w.profiles.side.box.Text)
	}
}

func TestWhatTheJournalFindsDoesNotMoveTheCursor(t *testing.T) {
	p := &palette{offers: make([]offer, 20), customer: func(string) offer { return offer{kind: kindCustomer} }}
	for i := range p.offers {
		p.offers[i] = offer{id: fmt.Sprint(i), label: fmt.Sprintf("entity %02d", i), kind: kindEntity}
	}
	p.prepare(nil)
	p.found = p.best("entity")
	for _, cursor := range []int{0, 3, goBefore, 19} {
		p.sent = nil
		p.hits = p.hitsOf("entity")
		want := p.hits[cursor].label
		p.sent = []offer{{kind: kindSent, label: "entity sent"}, {kind: kindSent, label: "entity sent too"}}
		hits := p.hitsOf("entity")
		if got := hits[p.moved(cursor, len(hits), "entity")].label; got != want {
			t.Errorf("from row %d it went from %q to %q", cursor, want, got)
		}
	}
}

func TestWhatCannotBeDoneNowSaysWhyAndThePaletteStays(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageHistory)
	entry := anywhere(t, w)
	entry.SetText("send")
	if !strings.Contains(textsOf(w.dialog()), w.cannotSend()) || w.cannotSend() == "" {
		t.Errorf("the row does not say why: %s", textsOf(w.dialog()))
	}
	pressIn(entry, fyne.KeyReturn)
	if w.dialog() == nil || !strings.Contains(textsOf(w.dialog()), "Send: "+w.cannotSend()) {
		t.Error("Enter did not say why")
	}
	pressIn(entry, fyne.KeyEscape)
	if w.dialog() != nil {
		t.Error("Esc did not close it")
	}
}

func TestWhatWasUsedLatelyComesFirstAlsoAtTheNextStart(t *testing.T) {
	folder := t.TempDir()
	t.Run("first", func(t *testing.T) {
		w := startWorking(t, folder)
		w.untilLoaded(instanceCoffee)
		for _, text := range []string{"webrev", "posp"} {
			entry := anywhere(t, w)
			entry.SetText(text)
			pressIn(entry, fyne.KeyReturn)
		}
	})
	t.Run("second", func(t *testing.T) {
		w := startWorking(t, folder)
		w.untilLoaded(instanceCoffee)
		p := &palette{offers: w.offers()}
		p.prepare(w.kept.Recent)
		if got := p.best(""); got[0].label != "POS_posPurchases" || got[1].label != entityReviews {
			t.Errorf("first are %q and %q", got[0].label, got[1].label)
		}
		if got := p.best(""); len(got) != len(p.offers) {
			t.Errorf("%d rows of %d offers", len(got), len(p.offers))
		}
	})
}

func TestThePaletteOpensByKeyFromAFieldAndGivesTheCursorBack(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.compose.work.FocusFirst()
	c := w.window.Canvas()
	before := c.Focused()
	before.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: ctrl})
	if w.dialog() == nil {
		t.Fatal("Ctrl+K opened nothing")
	}
	pressIn(c.Focused().(*widgets.Entry), fyne.KeyEscape)
	if c.Focused() != before {
		t.Errorf("the cursor went to %v", c.Focused())
	}
}

func TestThePaletteOffersThePresetsOfAllEntities(t *testing.T) {
	w := newWorking(t)
	w.pick(entityReviews)
	w.compose.presets.shelf.Presets = []forms.Preset{{ID: "p1", Name: "A five star review", Entity: entityReviews}}
	w.goTo(PageHistory)
	i := slices.IndexFunc(w.offers(), func(o offer) bool { return o.kind == kindPreset && o.label == "A five star review" })
	if i < 0 {
		t.Fatal("the preset is not offered")
	}
	w.offers()[i].act()
	w.queue.until(t, "the answer", func() bool { return strings.Contains(w.noticeTexts(), "This preset is not there any more.") })
	if w.shown.ID() != PageCompose {
		t.Errorf("it led to %s", w.shown.ID())
	}
}

func TestActionsOfTheFormSayWhyTheyCannotBeDone(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	why := func(title string) string {
		for _, o := range w.offers() {
			if o.kind == kindAction && o.label == title {
				return o.reason
			}
		}
		t.Fatalf("there is no %q", title)
		return ""
	}
	if got := why("Undo"); got != "Nothing to undo" {
		t.Errorf("undo: %q", got)
	}
	w.fill(map[string]string{"TotalPrice": "1"})
	if got := why("Undo"); got != "" {
		t.Errorf("undo of something: %q", got)
	}
	if got := why("Redo"); got != "Nothing to redo" {
		t.Errorf("redo: %q", got)
	}
	if got := why("Copy the answer"); got != "Nothing was sent from this form yet" {
		t.Errorf("the answer: %q", got)
	}
	if got := why("Go to the field that the service names"); got != "The service named no field" {
		t.Errorf("the field: %q", got)
	}
	w.pick("BrandAffinity_Enrichment")
	if got := why("Edit the JSON"); got != "Nothing can be sent to BrandAffinity_Enrichment" {
		t.Errorf("the JSON: %q", got)
	}
	if got := why("Manage presets"); got != "" {
		t.Errorf("presets: %q", got)
	}
}
