package widgets_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

func TestAFieldThatIsEditedDoesNotVanishUnderTheCursor(t *testing.T) {
	form := grouped()
	form.SetText("Address_a", "x")
	form.SetText("kkkk", "1x")
	c, view := showForm(t, form)

	view.SetFilter("", widgets.FilledFields)
	view.FocusField("Address_a")
	c.Focused().(*widgets.Entry).SetText("")
	view.Sync() // as the clock does for words such as now
	if got := view.FocusedField(); got != "Address_a" || view.Shown() != 1 || !contains(words(view), "Address_a") || view.Counts().Filled != 1 {
		t.Errorf("cleared: the cursor is in %q, %d fields are shown, %d are filled", got, view.Shown(), view.Counts().Filled)
	}

	view.SetFilter("", widgets.ProblemFields)
	view.FocusField("kkkk")
	c.Focused().(*widgets.Entry).SetText("1")
	c.FocusPrevious()
	view.Sync()
	if view.Counts().Problems != 2 || !contains(words(view), "kkkk") {
		t.Errorf("mended: %d problems, shows %q", view.Counts().Problems, words(view))
	}
	view.FocusField("Id")
	view.SetFilter("", widgets.ProblemFields)
	if contains(words(view), "kkkk") {
		t.Error("filtered again, a field without a problem is shown")
	}
}

func TestWhatAFilterHidesIsSaid(t *testing.T) {
	form := grouped()
	_, view := showForm(t, form)
	gone := 0
	view.OnFilterGone = func() { gone++ }
	view.SetFilter("address_b", widgets.AllFields)
	has(t, view, "29 other fields are not shown.")
	view.SetFilter("", widgets.FilledFields)
	has(t, view, "No field is filled.")
	view.SetFilter("zzz", widgets.ProblemFields)
	has(t, view, "No field to be mended has “zzz” in its name.")
	tapButton(t, view, "Show all 30 fields")
	if gone != 1 || view.Shown() != 30 || view.Filtered() {
		t.Errorf("%d of 30 fields are shown, told %d times", view.Shown(), gone)
	}
	if contains(words(view), "Show all") {
		t.Error("all are shown, and it is offered to show all")
	}
}

func TestCountsFollowWhatIsTyped(t *testing.T) {
	form := grouped()
	c, view := showForm(t, form)
	told := 0
	view.OnCounts = func() { told++ }
	if got, want := view.Counts(), (widgets.FieldCounts{All: 30, Required: 2, Problems: 2, Missing: 2}); got != want {
		t.Errorf("an empty form counts %+v", got)
	}
	view.FocusField("Id")
	test.Type(c.Focused(), "A")
	if got, want := view.Counts(), (widgets.FieldCounts{All: 30, Filled: 1, Required: 2, Problems: 1, Missing: 1}); got != want || told != 1 {
		t.Errorf("it counts %+v, told %d times", got, told)
	}
	test.Type(c.Focused(), "B")
	if told != 1 {
		t.Error("it told of counts that are the same")
	}
	form.Clear()
	view.Sync()
	if view.Counts().Filled != 0 {
		t.Errorf("cleared, it counts %+v", view.Counts())
	}
}

func TestWhatWasLookedForIsMarkedInTheLabel(t *testing.T) {
	form := gallery.WideForm(300)
	_, view := showForm(t, form)
	view.SetFilter("WER 12", widgets.AllFields)
	marked := func() (list []string) {
		for _, o := range all[*widgets.Text](view) {
			list = append(list, o.Marked()...)
		}
		return list
	}
	if got := marked(); len(got) != 2*view.Shown() || !contains(got, "wer") || !contains(got, "12") {
		t.Errorf("marked %q of %d fields", got, view.Shown())
	}
	view.SetFilter("", widgets.AllFields)
	if got := marked(); len(got) > 0 {
		t.Errorf("marked %q of nothing", got)
	}
}

func TestOneStepsThroughWhatWasFound(t *testing.T) {
	c, view := showForm(t, gallery.WideForm(300))
	view.FocusField("Answer200")
	view.SetFilter("answer12", widgets.AllFields)
	c.Unfocus()
	view.Next(1, false)
	view.Next(1, false)
	if c.Focused() != nil {
		t.Error("stepping took the cursor along")
	}
	view.Enter()
	if got := view.FocusedField(); got != "Answer121" {
		t.Errorf("Enter went to %q", got)
	}
	view.Next(-1, true)
	view.Next(-1, true)
	if got := view.FocusedField(); got != "Answer129" {
		t.Errorf("back and round went to %q", got)
	}
	view.Next(1, true)
	if got := view.FocusedField(); got != "Answer120" {
		t.Errorf("on and round went to %q", got)
	}
}

func TestPagesOfFields(t *testing.T) {
	form := grouped()
	c, view := showForm(t, form)
	view.MovePage(1) // without a cursor the view goes
	if c.Focused() != nil {
		t.Error("the cursor was put into a field")
	}
	names := order(form)
	view.FocusEnd(false)
	at := []int{slices.Index(names, view.FocusedField())}
	for range 5 {
		view.MovePage(1)
		inView(t, c, view, view.FocusedField())
		at = append(at, slices.Index(names, view.FocusedField()))
	}
	if at[0] != 0 || !slices.IsSorted(at) || at[1]-at[0] < 6 || at[len(at)-1] != len(names)-1 {
		t.Errorf("pages go to %v of %d", at, len(names))
	}
	for range 5 {
		view.MovePage(-1)
		inView(t, c, view, view.FocusedField())
	}
	if got := view.FocusedField(); got != names[0] {
		t.Errorf("back at %q", got)
	}
	view.FocusEnd(true)
	inView(t, c, view, names[len(names)-1])
	if got := view.FocusedField(); got != names[len(names)-1] {
		t.Errorf("the end is %q", got)
	}
}

func TestSegmentsAreChosenByMouseAndByKey(t *testing.T) {
	s := widgets.NewSegments("All", "Filled", "Problems")
	s.SetCount(1, 12)
	c, _ := show(t, fyne.NewSize(400, 60), s)
	var chosen []int
	s.OnSelected = func(index int) { chosen = append(chosen, index) }
	c.Focus(s)
	press(c, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeySpace)
	test.TapAt(s, fyne.NewPos(10, 10))
	test.TapAt(s, fyne.NewPos(390, 10))
	if !slices.Equal(chosen, []int{1, 2, 1, 1, 0}) || s.Selected() != 0 || s.Count(1) != 12 {
		t.Errorf("chose %v, at the end %d", chosen, s.Selected())
	}
}
