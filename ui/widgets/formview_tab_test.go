package widgets_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// tabRound lists the fields that Tab comes to from the first one until it
// comes back there; each is in view while it has the cursor.
func tabRound(t *testing.T, c fyne.Canvas, view *widgets.FormView, step func()) []string {
	t.Helper()
	first := view.FocusedField()
	visited := []string{first}
	for range 5000 {
		step()
		name := view.FocusedField()
		if name == "" || name == visited[len(visited)-1] {
			continue // a heading, or an action within the field
		}
		inView(t, c, view, name)
		if name == first {
			return visited
		}
		visited = append(visited, name)
	}
	t.Fatalf("Tab did not come round: %d fields", len(visited))
	return nil
}

func TestTabComesToEachOf1000FieldsOnceInOrder(t *testing.T) {
	form := gallery.WideForm(1000)
	c, view := showForm(t, form)
	view.FocusFirst()
	if got, want := tabRound(t, c, view, c.FocusNext), order(form); !slices.Equal(got, want) {
		t.Fatalf("Tab came to %d of %d fields: %q", len(got), len(want), got[:min(len(got), 40)])
	}
	if n := len(all[*widgets.Entry](view)); n > 60 {
		t.Errorf("after the round %d entries stand in the tree", n)
	}
	back := tabRound(t, c, view, c.FocusPrevious)
	slices.Reverse(back[1:])
	if want := order(form); !slices.Equal(back, want) {
		t.Fatalf("Shift+Tab came to %d of %d fields", len(back), len(want))
	}
}

func TestTabComesToWhatAFilterAndFoldsLeave(t *testing.T) {
	form := grouped()
	c, view := showForm(t, form)
	view.SetFolded([]string{"Address"})
	view.FocusFirst()
	want := slices.DeleteFunc(order(form), func(name string) bool { return strings.HasPrefix(name, "Address") })
	if got := tabRound(t, c, view, c.FocusNext); !slices.Equal(got, want) {
		t.Errorf("with a fold Tab comes to %q, want %q", got, want)
	}
	view.SetFilter("address", widgets.AllFields)
	view.FocusEnd(false)
	got := tabRound(t, c, view, c.FocusNext)
	if len(got) != 15 && len(got) != 16 { // the field that had the cursor stays
		t.Errorf("with a filter Tab comes to %q", got)
	}
}

func TestTabGoesFromFieldToFieldAndPastTheLinksInThem(t *testing.T) {
	c, view, form := showKinds(t)
	view.FocusFirst()
	for _, field := range form.Fields() {
		if got := view.FocusedField(); got != field.Name {
			t.Fatalf("Tab came to %q in %T, want %s", got, c.Focused(), field.Name)
		}
		c.FocusNext()
	}
}

func TestAFieldsMenuHasWhatItsLinksDo(t *testing.T) {
	for field, want := range map[string][]string{
		"At": {"Suggestions", "Calendar", "Time zone…", "Now"}, "Date": {"Calendar", "Today"}, "Guid": {"New GUID"}, "Json": {"Format"},
	} {
		c, view, _ := showKinds(t)
		view.FocusField(field)
		view.OpenMenu()
		if shown := words(c.Overlays().Top()); len(shown) == 0 {
			t.Errorf("%s has no menu", field)
		} else {
			for _, label := range want {
				if !slices.Contains(shown, label) {
					t.Errorf("the menu of %s lacks %q: %q", field, label, shown)
				}
			}
		}
	}
}

func TestTheCursorGoesToTheFirstRequiredFieldThatIsEmpty(t *testing.T) {
	form := purchase()
	_, view := showForm(t, form)
	for _, want := range []string{"Id", "At"} {
		if !view.FocusEmpty() || view.FocusedField() != want {
			t.Fatalf("the cursor is in %q, want %s", view.FocusedField(), want)
		}
		form.SetText(want, "now")
		view.SyncField(want)
	}
	if view.FocusEmpty() || view.FocusedField() != "At" {
		t.Errorf("with all filled the cursor went to %q", view.FocusedField())
	}
}

func TestTypingGoesOnInAFieldThatWasScrolledAway(t *testing.T) {
	form := gallery.WideForm(1000)
	c, view := showForm(t, form)
	view.FocusField("Answer009")
	wheel := func(by float32) {
		test.Scroll(c, fyne.NewPos(300, 200), 0, by)
	}
	for range 40 {
		wheel(-400)
	}
	if name := view.FocusedField(); name != "Answer009" || contains(words(view), "Answer400") == contains(words(view), "Answer010") {
		t.Fatalf("the cursor is in %q, the wheel did not go far", name)
	}
	test.Type(c.Focused(), "on")
	if form.Text("Answer009") != "on" {
		t.Errorf("the field has %q", form.Text("Answer009"))
	}
	inView(t, c, view, "Answer009")
	for range 40 {
		wheel(-400)
	}
	c.FocusNext()
	if got := view.FocusedField(); got != "Answer010" {
		t.Errorf("Tab goes to %q", got)
	}
	inView(t, c, view, "Answer010")
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
