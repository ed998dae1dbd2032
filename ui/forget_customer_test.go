package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// askForgetting opens the question for the customer that is shown.
func (w *working) askForgetting() string {
	w.t.Helper()
	w.profiles.askForget()
	w.queue.until(w.t, "the question", func() bool { return w.dialog() != nil })
	return wordsOn(w.dialog())
}

// presetChoices are the choices of the open question.
func (w *working) presetChoices() []*widgets.Segments {
	var list []*widgets.Segments
	eachVisible(w.dialog(), func(o fyne.CanvasObject) {
		if s, ok := o.(*widgets.Segments); ok {
			list = append(list, s)
		}
	})
	return list
}

func TestForgettingACustomerRemovesAllOfThemFromThisComputerAndNobodyElse(t *testing.T) {
	folder := t.TempDir()
	w := startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	d := &drawing{working: w}
	d.savePreset("Nora's usual order")
	d.savePreset("Nora's other order")
	d.send("OPID_90001", "Visible on the timeline")
	w.pick(entityReviews)
	w.fill(map[string]string{"ContactId": "CNTID_1001", "ReviewText": "typed for Theo"})
	w.pick(entityPurchases)
	w.fill(map[string]string{"ContactId": "CNTID_1000", "PurchaseId": "OPID_90002"})
	w.untilKept("OPID_90002")
	w.search("CNTID_1001")
	w.search("CNTID_1000")
	w.untilViewed("CNTID_1000 CNTID_1001")

	asks := w.askForgetting()
	saysAll(t, asks, "Forget Nora Lindqvist on this computer?", "1 entry of the history", "1 draft", "“Recently viewed”",
		"2 presets as you choose below", "everything at the service")
	choices := w.presetChoices()
	if len(choices) != 2 {
		t.Fatalf("%d presets are asked about", len(choices))
	}
	choices[0].Select(1) // of "Nora's other order", which comes first by name
	confirm(t, w, "Forget")
	w.queue.until(t, "that it is said", func() bool {
		return strings.Contains(wordsOn(w.frame.notices.content), "Forgotten on this computer: 1 entry, 1 draft, 1 preset, the line in “Recently viewed”.")
	})

	if w.profiles.shown.Customer.ID != "" || w.profiles.state.State() != widgets.StateEmpty || w.viewed() != "CNTID_1001" {
		t.Errorf("shown %q, listed %q", w.profiles.shown.Customer.ID, w.viewed())
	}
	shelf, err := w.env.Presets.Read()
	if err != nil || len(shelf.Presets) != 1 || shelf.Presets[0].Name != "Nora's other order" {
		t.Errorf("presets %v, %v", shelf.Presets, err)
	}
	w.goTo(PageCompose)
	if got := w.compose.current.form.Text("PurchaseId"); got != "" || !w.compose.current.untouched() {
		t.Errorf("the form still holds %q", got)
	}
	w.compose.Undo()
	if !w.compose.current.untouched() {
		t.Error("undo brings it back")
	}
	w.pick(entityReviews)
	if got := w.compose.current.form.Text("ContactId"); got != "CNTID_1001" {
		t.Errorf("what was typed for somebody else is %q", got)
	}
	w.goTo(PageHistory)
	w.untilListed(0)
	w.finish()
	isNotInJournal(t, folder, "OPID_90001", "OPID_90002", "Nora Lindqvist", "CNTID_1000")
	w = startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	if list := w.inJournal(); len(list) != 1 || list[0].CustomerKey != "CNTID_1001" {
		t.Errorf("after a restart there are drafts %+v", list)
	}
}

func saysAll(t *testing.T, words string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(words, part) {
			t.Errorf("it does not say %q:\n%s", part, words)
		}
	}
}

// isNotInJournal searches every byte of the journal's files.
func isNotInJournal(t *testing.T, folder string, texts ...string) {
	t.Helper()
	for _, name := range []string{"journal.db", "journal.db-wal"} {
		data, err := os.ReadFile(filepath.Join(folder, "data", name))
		for _, text := range texts {
			if err == nil && strings.Contains(string(data), text) {
				t.Errorf("%s still holds %q", name, text)
			}
		}
	}
}

func TestADraftForSomebodyElseOutlivesTheForgettingOfWhoWasSentToBefore(t *testing.T) {
	w := newWorking(t)
	d := &drawing{working: w}
	d.send("OPID_90001", "Visible on the timeline")
	w.fill(map[string]string{"ContactId": "CNTID_1001", "PurchaseId": "OPID_90003"})
	w.untilKept("OPID_90003")
	w.search("CNTID_1000")
	w.askForgetting()
	confirm(t, w, "Forget")
	w.queue.until(t, "that it is said", func() bool {
		return strings.Contains(wordsOn(w.frame.notices.content), "Forgotten on this computer: 1 entry, the line in")
	})
	w.goTo(PageCompose)
	if got := w.compose.current.form.Text("PurchaseId"); got != "OPID_90003" {
		t.Errorf("what was typed for somebody else is %q", got)
	}
	if steps := w.steps(); strings.Contains(steps, "Visible") {
		t.Errorf("the pane still shows the send: %q", steps)
	}
	w.untilKept("OPID_90003")
}

func TestForgettingSaysWhatIsNotKnownAfterwards(t *testing.T) {
	f := forgetting{Traces: journal.Traces{Entries: 3, Undecided: 2, Held: 1}, NoRing: true, Unread: 1}
	warns := strings.Join(f.warnings(), "\n")
	saysAll(t, warns, "2 entries are uncertain or not sent yet", "1 entry is being sent and will stay",
		"could not be asked for all keys", "1 file of presets cannot be read")
	if got := (forgetting{}).goes(); got != "Nothing about this customer is kept on this computer." {
		t.Errorf("with nothing kept it says %q", got)
	}
}

func TestAKeyMeansSomebodyInItsOwnSourceOnly(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	place := w.session.Place()
	finder := traceFinder{finder: w.profiles.finder(), relationships: place.Relationships, instance: place.Instance.ID}
	who := finder.person(w.profiles.shown.Customer)
	for entity, key := range map[string]string{entityPurchases: "CNTID_1000", "loyaltyScheme_loyPoints": "LOYID_1000", "UnifiedActivity": w.profiles.shown.Customer.ID} {
		if !who.Names(entity, key) {
			t.Errorf("%s of %s is not known as the person's", key, entity)
		}
	}
	for entity, key := range map[string]string{"loyaltyScheme_loyPoints": "CNTID_1000", entityPurchases: "LOYID_1000", "": ""} {
		if who.Names(entity, key) {
			t.Errorf("%s of %s is taken for the person's", key, entity)
		}
	}
}
