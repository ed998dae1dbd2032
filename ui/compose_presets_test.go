package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/gofrs/flock"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// presetMenu is what the list of presets offers now.
func (w *working) presetMenu() []widgets.MenuItem {
	w.t.Helper()
	var items []widgets.MenuItem
	w.compose.presets.read(func(view presetView) { items = w.compose.presetItems(w.compose.current, view) })
	w.queue.until(w.t, "the presets to be read", func() bool { return items != nil })
	return items
}

// menuWords are the labels of the list.
func (w *working) menuWords() string {
	w.t.Helper()
	var labels []string
	for _, item := range w.presetMenu() {
		labels = append(labels, item.Label)
	}
	return strings.Join(labels, " | ")
}

// fromMenu chooses a line of the list.
func (w *working) fromMenu(label string) {
	w.t.Helper()
	for _, item := range w.presetMenu() {
		if item.Label == label {
			item.OnChosen()
			w.queue.run()
			return
		}
	}
	w.t.Fatalf("the list offers no %q: %s", label, w.menuWords())
}

// saveAs saves the form as a preset, as a person does.
func (w *working) saveAs(name string) {
	w.t.Helper()
	w.compose.SavePreset()
	w.untilDialog("Save as preset of ")
	typeInto(w.t, w, name)
	confirm(w.t, w, "Save preset")
	w.untilNoDialog()
}

func (w *working) untilDialog(part string) {
	w.t.Helper()
	w.queue.until(w.t, "the dialog that says "+part, func() bool { return strings.Contains(w.dialogText(), part) })
}

func (w *working) untilNoDialog() {
	w.t.Helper()
	w.queue.until(w.t, "the dialog to close", func() bool { return w.dialog() == nil })
}

func (w *working) untilNotice(part string) {
	w.t.Helper()
	w.queue.until(w.t, "a notice that says "+part+"; there is "+w.noticeTexts(), func() bool { return strings.Contains(w.noticeTexts(), part) })
}

// dialogText is all that the dialog on top says.
func (w *working) dialogText() string {
	top := w.dialog()
	if top == nil {
		return ""
	}
	var texts []string
	eachObject(top, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Text:
			texts = append(texts, o.Text())
		case *widgets.Value:
			texts = append(texts, o.Text())
		}
	})
	return strings.Join(texts, "\n")
}

// notice acts on the newest notice that says something.
func (w *working) actOn(part string) {
	w.t.Helper()
	for _, n := range w.frame.notices.list {
		if strings.Contains(n.Text, part) && n.OnAction != nil {
			n.OnAction()
			w.queue.run()
			return
		}
	}
	w.t.Fatalf("no notice to act on says %q: %s", part, w.noticeTexts())
}

func (w *working) form() *forms.Form { return w.compose.current.form }

func TestAPresetFillsTheFormAgainWithANewKey(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.fill(map[string]string{"PurchasedOn": "now-2d"})
	w.saveAs(" Coffee ")
	w.untilNotice("Saved as preset “Coffee”.")

	w.compose.New()
	w.fill(map[string]string{"TotalPrice": "99"})
	w.fromMenu("Coffee")
	if got := w.form().Text("PurchasedOn"); got != "now-2d" {
		t.Errorf("a time that counts from the clock became %q", got)
	}
	if key := w.form().Text("PurchaseId"); key == "OPID_1" || key == "" {
		t.Errorf("the key is %q: it would be sent twice", key)
	}
	if w.form().Text("TotalPrice") != "12.50" {
		t.Errorf("the price is %q", w.form().Text("TotalPrice"))
	}
	w.actOn("The form was filled from “Coffee”, with a new PurchaseId.")
	if w.form().Text("TotalPrice") != "99" || w.form().Text("PurchaseId") != "" {
		t.Error("undoing does not give back what was typed")
	}
}

func TestAPresetKeepsItsKeyWhereAPersonWantsThat(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.compose.SavePreset()
	w.untilDialog("Save as preset of ")
	typeInto(t, w, "Same key")
	picker := find[*widgets.Picker](t, w.dialog())
	if picker.Value() != "A new PurchaseId each time" {
		t.Errorf("unasked it is %q", picker.Value())
	}
	picker.Items()[1].OnChosen()
	confirm(t, w, "Save preset")
	w.untilNoDialog()
	w.compose.New()
	w.fromMenu("Same key")
	if key := w.form().Text("PurchaseId"); key != "OPID_1" {
		t.Errorf("the key is %q", key)
	}
}

// find is the first object of a kind.
func find[T fyne.CanvasObject](t *testing.T, in fyne.CanvasObject) T {
	t.Helper()
	var found []T
	eachObject(in, func(o fyne.CanvasObject) {
		if one, ok := o.(T); ok {
			found = append(found, one)
		}
	})
	if len(found) == 0 {
		t.Fatal("there is no such object")
	}
	return found[0]
}

func TestPresetsAreOfferedForTheirEntityAlone(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	if got := w.menuWords(); !strings.HasPrefix(got, "No presets of this entity yet | Save as preset… | Manage") {
		t.Errorf("at first it offers %s", got)
	}
	w.saveAs("Coffee")
	if got := w.menuWords(); !strings.HasPrefix(got, "Coffee | Save as preset… | Update “Coffee” | Manage") {
		t.Errorf("it offers %s", got)
	}
	w.pick(entityReviews)
	if got := w.menuWords(); !strings.HasPrefix(got, "No presets of this entity yet | Save as preset… | Manage") {
		t.Errorf("for another entity it offers %s", got)
	}
	w.compose.SavePreset()
	w.untilNotice("Nothing is filled in yet")
}

func TestAPresetIsUpdatedAndTheUpdateUndone(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	w.fill(map[string]string{"TotalPrice": "3.20"})
	w.fromMenu("Update “Coffee”")
	w.untilNotice("The preset “Coffee” was updated.")
	if got := w.keptPrice("Coffee"); got != "3.20" {
		t.Errorf("the preset holds %q", got)
	}
	w.actOn("The preset “Coffee” was updated.")
	w.untilNotice("The preset “Coffee” is as it was before.")
	if got := w.keptPrice("Coffee"); got != "12.50" {
		t.Errorf("undone, the preset holds %q", got)
	}
	// The same by saving under the name once more.
	w.fill(map[string]string{"TotalPrice": "4.40"})
	w.compose.SavePreset()
	w.untilDialog("Replaces the preset of this name, saved ")
	confirm(t, w, "Save preset")
	w.untilNotice("The preset “Coffee” was updated.")
	if got := w.keptPrice("Coffee"); got != "4.40" {
		t.Errorf("the preset holds %q", got)
	}
}

// keptPrice is the price that a preset holds on disk.
func (w *working) keptPrice(name string) string {
	w.t.Helper()
	shelf, err := w.env.Presets.Read()
	if err != nil {
		w.t.Fatal(err)
	}
	preset, ok := shelf.Named(entityPurchases, name)
	if !ok {
		return ""
	}
	for _, value := range preset.Form.Fields {
		if value.Name == "TotalPrice" {
			return value.Text
		}
	}
	return ""
}

func TestAPresetThatAnotherWindowChangedIsNotReplacedUnasked(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	items := w.presetMenu()
	other := settings.OpenPresets(w.env.Presets.Dir())
	shelf, err := other.Read()
	if err != nil {
		t.Fatal(err)
	}
	theirs := shelf.Presets[0]
	theirs.Form.Fields = nil
	if _, err := other.Save(theirs); err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.Label == "Update “Coffee”" {
			item.OnChosen()
		}
	}
	w.untilDialog("“Coffee” was changed in another window")
	if got := w.keptPrice("Coffee"); got != "" {
		t.Error("it was replaced before the answer")
	}
	confirm(t, w, "Replace it")
	w.untilNotice("The preset “Coffee” was updated.")
	if got := w.keptPrice("Coffee"); got != "12.50" {
		t.Errorf("the preset holds %q", got)
	}
}

func TestANameThatAnotherWindowTookIsSaidInTheDialog(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.compose.SavePreset()
	w.untilDialog("Save as preset of ")
	typeInto(t, w, "Coffee")
	if _, err := settings.OpenPresets(w.env.Presets.Dir()).Save(forms.Preset{Name: "coffee", Entity: entityPurchases}); err != nil {
		t.Fatal(err)
	}
	confirm(t, w, "Save preset")
	w.untilDialog("Save once more if that is what you want.")
	if !strings.Contains(w.dialogText(), "Replaces the preset of this name") {
		t.Errorf("the dialog says\n%s", w.dialogText())
	}
	confirm(t, w, "Save preset")
	w.untilNoDialog()
	if got := w.keptPrice("coffee"); got != "12.50" {
		t.Errorf("the preset holds %q", got)
	}
}

func TestAPresetIsRenamedDeletedAndBroughtBack(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	w.compose.managePresets()
	w.untilDialog("Rename…")
	confirm(t, w, "Rename…")
	typeInto(t, w, " ")
	confirm(t, w, "Rename")
	w.untilDialog("Give the preset a name of at most 100 letters.")
	typeInto(t, w, "Tea")
	confirm(t, w, "Rename")
	w.queue.until(t, "the new name", func() bool {
		return !strings.Contains(w.dialogText(), "Rename “") && w.keptPrice("Tea") == "12.50" && w.keptPrice("Coffee") == ""
	})
	confirm(t, w, "Delete")
	w.untilNotice("The preset “Tea” was deleted.")
	if got := w.keptPrice("Tea"); got != "" {
		t.Error("it is still there")
	}
	w.actOn("The preset “Tea” was deleted.")
	w.untilNotice("The preset “Tea” is back.")
	if got := w.keptPrice("Tea"); got != "12.50" {
		t.Errorf("what is back holds %q", got)
	}
}

func TestAnotherPageOpensAPreset(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	w.queue.until(t, "the list", func() bool { return len(w.compose.Presets()) == 1 })
	id := w.compose.Presets()[0].ID
	w.compose.New()
	w.pick(entityReviews)
	w.goTo(PageHistory)
	w.open(PageCompose, PresetArg{ID: id})
	w.queue.until(t, "the form of the preset", func() bool {
		return w.compose.current.key.Entity == entityPurchases && w.form().Text("TotalPrice") == "12.50"
	})
	w.open(PageCompose, PresetArg{ID: "gone"})
	w.untilNotice("This preset is not there any more.")
}

func TestAFolderOfPresetsThatCannotBeWrittenIsSaid(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	writeFile(t, w.env.Presets.Dir(), "a file where the folder should be")
	w.compose.presets.shelf = settings.Shelf{}
	newSavePreset(w.compose, w.compose.current, settings.Shelf{}).show()
	typeInto(t, w, "Coffee")
	confirm(t, w, "Save preset")
	w.untilDialog("The file could not be written.")
	if err := os.Remove(w.env.Presets.Dir()); err != nil {
		t.Fatal(err)
	}
	confirm(t, w, "Save preset")
	w.untilNoDialog()
}

func TestWhereTheBarIsNarrowSendingGoesBeforeSaving(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	bar := func(width float32) bool {
		box := container.New(barLayout{}, w.compose.work.send, w.compose.work.sendKey, w.compose.work.reason, w.compose.work.mend, w.compose.work.saveBox)
		box.Resize(fyne.NewSize(width, barHeight))
		save := w.compose.work.saveBox
		if save.Visible() && save.Position().X+save.Size().Width > width {
			t.Errorf("at %v the button that saves is cut off", width)
		}
		return save.Visible()
	}
	if !bar(574) || bar(300) {
		t.Error("the button that saves is missing where there is room, or there where there is none")
	}
}

func TestAPresetDoesNotGoIntoTheInstanceThatIsChosenNext(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	w.queue.until(t, "the preset", func() bool { return len(w.compose.Presets()) == 1 })
	id := w.compose.Presets()[0].ID
	busy := flock.New(filepath.Join(w.env.Presets.Dir(), "presets.lock"))
	if held, err := busy.TryLock(); err != nil || !held {
		t.Fatal("another desk cannot hold the presets", err)
	}
	w.compose.UsePreset(id) // it is read once the other desk is done
	w.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	if err := busy.Unlock(); err != nil {
		t.Fatal(err)
	}
	w.queue.until(t, "the preset to be read", func() bool { return !w.compose.presets.reading.Running() })
	if d := w.compose.current; d == nil || !d.untouched() {
		t.Error("the other instance's form was filled")
	}
}
