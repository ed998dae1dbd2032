package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

const entityWide = "Survey_wideResponses"

// surveying is a desk that shows the survey of 300 fields.
func surveying(t *testing.T) (*working, *fieldFinder, *widgets.FormView) {
	t.Helper()
	w := newWorking(t)
	w.pick(entityWide)
	return w, w.compose.work.finder, w.compose.work.form
}

// press gives keys to what has the cursor.
func (w *working) press(keys ...fyne.KeyName) {
	w.t.Helper()
	for _, key := range keys {
		if focused := w.window.Canvas().Focused(); focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: key})
		} else {
			w.t.Fatalf("nothing has the cursor for %s", key)
		}
	}
}

// shortcut gives a key with modifiers to what has the cursor.
func (w *working) shortcut(key fyne.KeyName, modifier fyne.KeyModifier) {
	w.t.Helper()
	w.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
}

func TestOneFindsAFieldAndComesBack(t *testing.T) {
	w, finder, form := surveying(t)
	form.FocusField("Campaign")
	w.compose.Find()
	test.Type(finder.box, "question 12")
	if got := finder.count.Text(); got != "13 of 300" {
		t.Errorf("it says %q", got)
	}
	w.press(fyne.KeyReturn)
	at := []string{form.FocusedField()}
	for range 2 {
		w.press(fyne.KeyF3)
		at = append(at, form.FocusedField())
	}
	w.press(fyne.KeyUp) // a field has no use for it; it is none of the finder's
	at = append(at, form.FocusedField())
	if want := []string{"Q012_TimeOfDay", "Q112_json", "Q120_Single", "Q120_Single"}; !slices.Equal(at, want) {
		t.Errorf("Enter, F3, F3 went to %q, want %q", at, want)
	}
	w.press(fyne.KeyReturn)
	if got := form.FocusedField(); got != "Q121_Double" {
		t.Errorf("Enter in a field went to %q", got)
	}

	w.compose.Find()
	w.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if got := form.FocusedField(); got == "" || got == "Q012_TimeOfDay" {
		t.Errorf("Down, Down, Enter went to %q", got)
	}
	came := form.FocusedField()
	w.compose.Find()
	test.Type(finder.box, "no such field")
	if form.Shown() != 0 || finder.count.Text() != "0 of 300" {
		t.Errorf("%d fields are found, it says %q", form.Shown(), finder.count.Text())
	}
	w.press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyF3)
	w.press(fyne.KeyEscape)
	if form.FocusedField() != came || form.Shown() != 300 || finder.box.Text != "" || finder.count.Text() != "" {
		t.Errorf("Esc went to %q of %d fields, the box has %q", form.FocusedField(), form.Shown(), finder.box.Text)
	}
}

func TestFiltersAreReachedByKeyAndSeen(t *testing.T) {
	w, finder, form := surveying(t)
	form.FocusFirst()
	test.Type(w.window.Canvas().Focused(), "RSP_1")
	if got := []int{finder.which.Count(0), finder.which.Count(1), finder.which.Count(2), finder.which.Count(3)}; !slices.Equal(got, []int{300, 1, 6, 5}) {
		t.Errorf("the filters count %v", got)
	}
	var shown []int
	for range 4 {
		w.shortcut(fyne.KeyF, ctrl|fyne.KeyModifierShift)
		shown = append(shown, form.Shown())
	}
	if want := []int{1, 6, 5, 300}; !slices.Equal(shown, want) {
		t.Errorf("the filters show %v fields, want %v", shown, want)
	}
	finder.Show(widgets.FilledFields)
	w.compose.focusFirstProblem() // it is hidden
	if form.FocusedField() != "AnsweredOn" || finder.which.Selected() != 0 {
		t.Errorf("the cursor is in %q, filter %d is on", form.FocusedField(), finder.which.Selected())
	}
	finder.Show(widgets.FilledFields)
	if !w.compose.Escape() || form.Shown() != 300 {
		t.Errorf("after Esc %d fields are shown", form.Shown())
	}
	finder.Show(widgets.RequiredFields)
	w.compose.New()
	if form.Shown() != 300 || form.FocusedField() != "ResponseId" {
		t.Errorf("a new activity shows %d fields, the cursor is in %q", form.Shown(), form.FocusedField())
	}
}

func TestASmallEntityHasNoFiltersInItsWay(t *testing.T) {
	w, finder, _ := surveying(t)
	if !finder.bar.Visible() {
		t.Error("the large entity has no filters")
	}
	w.pick(entityPurchases)
	if finder.bar.Visible() {
		t.Error("the small entity has filters")
	}
	finder.Show(widgets.RequiredFields)
	if !finder.bar.Visible() {
		t.Error("a filter is on and is not seen")
	}
	w.pick(entityReviews)
	if finder.which.Selected() != 0 || finder.bar.Visible() {
		t.Error("the filter goes on in another entity")
	}
}

func TestTheFormIsGoneThroughByKeys(t *testing.T) {
	w, _, form := surveying(t)
	form.FocusFirst()
	w.press(fyne.KeyPageDown)
	if got := form.FocusedField(); got == "ResponseId" || got == "" {
		t.Errorf("Page Down went to %q", got)
	}
	w.press(fyne.KeyPageUp)
	if got := form.FocusedField(); got != "ResponseId" {
		t.Errorf("Page Up went to %q", got)
	}
	w.shortcut(fyne.KeyEnd, ctrl)
	if got := form.FocusedField(); got != "ImportedBy" {
		t.Errorf("Ctrl+End went to %q", got)
	}
	w.shortcut(fyne.KeyHome, ctrl)
	if got := form.FocusedField(); got != "ResponseId" {
		t.Errorf("Ctrl+Home went to %q", got)
	}
	w.shortcut(fyne.KeyUp, fyne.KeyModifierAlt)
	w.press(fyne.KeyLeft)
	if got := form.Folded(); !slices.Equal(got, []string{"Required"}) {
		t.Errorf("folded %q", got)
	}
}

func TestFoldedGroupsAreRememberedByEntity(t *testing.T) {
	folder := t.TempDir()
	w := startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	w.pick(entityWide)
	w.compose.work.form.FoldAll(true)
	folded := w.compose.work.form.Folded()
	w.pick(entityPurchases)
	w.pick(entityWide)
	if got := w.compose.work.form.Folded(); len(got) < 5 || !slices.Equal(got, folded) {
		t.Errorf("folded %q, after another entity %q", folded, got)
	}
	w.queue.until(t, "the folds to be written", func() bool {
		return len(w.store.Get().FoldedGroups[entityWide]) == len(folded)
	})
	w.finish()
	again := startWorking(t, folder)
	again.untilLoaded(instanceCoffee)
	again.pick(entityWide)
	if got := again.compose.work.form.Folded(); !slices.Equal(got, folded) {
		t.Errorf("after the next start %q", got)
	}
	again.compose.work.form.FocusFirst()
	again.compose.work.form.FoldAll(false)
	again.queue.until(t, "the folds to be forgotten", func() bool {
		_, any := again.store.Get().FoldedGroups[entityWide]
		return !any
	})
}
