package ui

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// choose takes a line of the Fill menu.
func (w *working) chooseFill(label string) {
	w.t.Helper()
	for _, item := range w.compose.fillItems() {
		if item.Label == label && !item.Disabled {
			item.OnChosen()
			return
		}
	}
	w.t.Fatalf("the Fill menu does not offer %q", label)
}

func (w *working) untilSamples() {
	w.t.Helper()
	w.queue.until(w.t, "the sample rows", func() bool { return w.compose.current.samples.Known })
}

// typedState is what the form holds, as a text.
func (w *working) typedState() string {
	data, err := json.Marshal(w.compose.current.form.Snapshot())
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

func TestEachFillIsUndoneInOneStep(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.untilSamples()
	for _, label := range []string{
		"From the next sample row", "Believable values where left out", "Believable values where required",
		"Believable values in all fields", "Empty the form",
	} {
		w.fill(map[string]string{"Subject": "typed", "TotalPrice": ""})
		before := w.typedState()
		w.chooseFill(label)
		if after := w.typedState(); after == before {
			t.Errorf("%s: nothing happened", label)
		}
		w.compose.Undo()
		if got := w.typedState(); got != before {
			t.Errorf("%s: undo gives\n%s\nwant\n%s", label, got, before)
		}
	}
}

func TestSampleRowsFollowOneAnother(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.untilSamples()
	rows := w.compose.current.samples.Rows
	for i := range 3 {
		w.chooseFill("From the next sample row")
		if got, want := w.compose.current.form.Text("TotalPrice"), rows[i].Text("TotalPrice"); got != want {
			t.Errorf("row %d: TotalPrice is %q, want %q", i+1, got, want)
		}
	}
	if got, want := w.noticeTexts(), fmt.Sprintf("sample row 3 of %d", len(rows)); !strings.Contains(got, want) {
		t.Errorf("the notice says %q", got)
	}
	w.chooseFill("From a sample row…")
	if w.compose.work.tabs.Selected() != tabSamples || w.window.Canvas().Focused() != fyne.Focusable(w.compose.work.samples.table) {
		t.Error("the rows do not have the cursor")
	}
}

func TestASeedIsToldAndGivesTheSameAgain(t *testing.T) {
	w := newWorking(t, still) // on the same day
	w.pick(entityPurchases)
	w.untilSamples()
	w.chooseFill("Believable values where left out")
	seed := regexp.MustCompile(`seed (\d+)\.`).FindStringSubmatch(w.noticeTexts())
	if seed == nil {
		t.Fatalf("no seed in %q", w.noticeTexts())
	}
	form := w.compose.current.form
	price, at, customer, key := form.Text("TotalPrice"), form.Text("PurchasedOn"), form.Text("ContactId"), form.Text("PurchaseId")
	w.compose.New()
	w.chooseFill("Believable values of a seed…")
	typeInto(t, w, "about 12")
	confirm(t, w, "Fill")
	if w.dialog() == nil {
		t.Fatal("what is no seed was taken")
	}
	typeInto(t, w, " "+seed[1]+" ")
	confirm(t, w, "Fill")
	if form.Text("TotalPrice") != price || form.Text("PurchasedOn") != at || form.Text("ContactId") != customer {
		t.Errorf("seed %s gives %s", seed[1], w.typedState())
	}
	if form.Text("PurchaseId") == key {
		t.Errorf("the key %s was given twice", key)
	}
	w.queue.until(t, "who the filled key leads to", func() bool { return w.compose.current.who.State == checkFound })
}

func TestAFillThatFindsNothingSaysSo(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.untilSamples()
	w.chooseFill("Believable values in all fields")
	w.chooseFill("Believable values where left out")
	if got := w.noticeTexts(); !strings.Contains(got, "Nothing was filled: none of these fields is left out.") {
		t.Errorf("the notice says %q", got)
	}
	w.compose.New()
	w.compose.current.samples = sampleRows{}
	w.chooseFill("Believable values where required")
	if got := w.noticeTexts(); !strings.Contains(got, "ContactId stays left out: no sample row shows a value.") {
		t.Errorf("the notice says %q", got)
	}
	if item := w.compose.fillItems()[1]; !item.Disabled {
		t.Errorf("a next row is offered: %+v", item)
	}
}

func TestBelievableValuesAreGoodForEveryEntityOfTheSandbox(t *testing.T) {
	w := newWorking(t, still) // they are near now
	var names []string
	for _, entity := range w.compose.place.Entities {
		if row, ok := w.compose.entities.Row(entity.DataName()); ok && !row.Muted {
			names = append(names, row.Name)
		}
	}
	if !slices.Contains(names, "Survey_wideResponses") {
		t.Fatalf("the sandbox has %v", names)
	}
	for _, name := range names {
		w.pick(name)
		w.untilSamples()
		for seed := range uint64(5) {
			w.compose.fillSeeded(forms.FillAll, seed)
			form := w.compose.current.form
			for _, field := range form.Fields() {
				if p, hint := form.Problem(field.Name), form.Hint(field.Name); p != nil || hint != "" {
					t.Errorf("%s, seed %d: %s is %q: %+v %s", name, seed, field.Name, form.Text(field.Name), p, hint)
				}
			}
		}
	}
}

func TestAFilledFormIsSentAndSeen(t *testing.T) {
	w := newWorking(t)
	w.pick(entityReviews)
	w.untilSamples()
	w.compose.fillSeeded(forms.FillLeftOut, 4711)
	w.compose.Send()
	w.untilShown("Visible on the timeline")
}

func TestTheCommandsOfThePageHaveKeysOfTheirOwn(t *testing.T) {
	w := newWorking(t)
	seen := map[string]string{}
	for _, c := range w.allCommands() {
		for _, chord := range c.chords {
			label := chord.label(false)
			if other, ok := seen[label]; ok {
				t.Errorf("%s is %q and %q", label, other, c.title)
			}
			seen[label] = c.title
		}
	}
	for _, key := range []string{"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+B"} {
		if seen[key] == "" {
			t.Errorf("%s does nothing", key)
		}
	}
	menu := mainMenu(w.allCommands(), w.free, w.byName)
	for _, group := range menu.Items {
		for _, item := range group.Items {
			if (item.Label == "Undo" || item.Label == "Redo") && item.Shortcut != nil {
				t.Errorf("the menu bar takes %s from the fields of dialogs", item.Label)
			}
			if item.Label == "Save as preset" && item.Shortcut != nil {
				t.Errorf("the menu bar does %q by key on every page", item.Label)
			}
		}
	}
}

func TestAFieldsOwnMenuUndoesByTheForm(t *testing.T) {
	w := newWorking(t, still)
	w.pick(entityPurchases)
	w.enter("Subject", "Coffee")
	w.enter("ProductId", "P1")
	w.compose.work.form.FocusField("Subject")
	w.window.Canvas().Focused().(*widgets.Entry).TappedSecondary(&fyne.PointEvent{})
	if w.dialog() == nil {
		t.Fatal("no menu is open")
	}
	w.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := w.compose.current.form.Text("ProductId"); got != "" || w.compose.current.form.Text("Subject") != "Coffee" {
		t.Errorf("ProductId is %q, Subject %q", got, w.compose.current.form.Text("Subject"))
	}
}
