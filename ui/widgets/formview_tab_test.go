package widgets_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

func TestTabReachesEveryFieldOfALargeFormAndScrollsToIt(t *testing.T) {
	const fields = 120 // each Tab walks the whole tree in the test driver
	form := gallery.WideForm(fields)
	c, view := showForm(t, form)
	view.FocusFirst()
	seen := map[string]bool{}
	order := []string{}
	for range 5 * fields {
		name := view.FocusedField()
		if name != "" && !seen[name] {
			seen[name] = true
			order = append(order, name)
			inView(t, c, view, name)
		}
		c.FocusNext()
	}
	if len(order) != fields {
		t.Fatalf("Tab reached %d of %d fields", len(order), fields)
	}
	for i, field := range form.Fields() {
		if order[i] != field.Name {
			t.Fatalf("the field after %q is %q, want %q", order[i-1], order[i], field.Name)
		}
	}
}

// inView checks that the focused editor lies within the view.
func inView(t *testing.T, c fyne.Canvas, view fyne.CanvasObject, name string) {
	t.Helper()
	o := c.Focused().(fyne.CanvasObject)
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(view).Y
	if top < 0 || top+o.Size().Height > view.Size().Height {
		t.Fatalf("%s is at %v of %v", name, top, view.Size().Height)
	}
}

func TestShiftTabGoesBackFromAFieldFarDown(t *testing.T) {
	c, view := showForm(t, gallery.WideForm(300))
	view.FocusField("Answer250")
	inView(t, c, view, "Answer250")
	for view.FocusedField() == "Answer250" || view.FocusedField() == "" {
		c.FocusPrevious()
	}
	if got := view.FocusedField(); got != "Answer249" {
		t.Errorf("Shift+Tab went to %q", got)
	}
}

func TestOnlyRowsNearTheViewAreMade(t *testing.T) {
	_, view := showForm(t, gallery.WideForm(1000))
	if n := len(all[*widgets.Entry](view)); n > 60 {
		t.Errorf("%d entries for 13 rows in view", n)
	}
}

func TestAKeystrokeRefreshesItsOwnRowOnly(t *testing.T) {
	form := gallery.WideForm(40)
	c, view := showForm(t, form)
	view.FocusField("Answer001")
	var others []*widgets.Entry
	for _, e := range all[*widgets.Entry](view) {
		if fyne.Focusable(e) != c.Focused() {
			others = append(others, e)
		}
	}
	before := positions(others)
	test.Type(c.Focused(), "abc")
	if !slices.Equal(before, positions(others)) {
		t.Error("other rows moved")
	}
}

func positions(entries []*widgets.Entry) []fyne.Position {
	var at []fyne.Position
	for _, e := range entries {
		at = append(at, fyne.CurrentApp().Driver().AbsolutePositionForObject(e))
	}
	return at
}

func TestARowDoesNotShrinkWhileItIsTypedInto(t *testing.T) {
	form := purchase()
	c, view := showForm(t, form)
	view.FocusField("Price")
	gift := all[*widgets.Choice](view)[0]
	at := func() float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(gift).Y }
	before := at()
	test.Type(c.Focused(), "x")
	wrong := at()
	c.Focused().(*widgets.Entry).SetText("12")
	if at() != wrong || wrong <= before {
		t.Errorf("the next row was at %v, then %v, then %v", before, wrong, at())
	}
	view.FocusField("Id")
	if at() != before {
		t.Errorf("the next row stays at %v after leaving, want %v", at(), before)
	}
}
