package widgets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// grouped is a form under four headings: Required (2 fields), Address (15),
// Other fields (12), Read-only (1).
func grouped() *forms.Form {
	entity := metadata.Entity{
		Name: "visits", DataSource: "shop", Type: metadata.EntityActivity,
		Keys: [][]string{{"Id"}}, TimestampAttribute: "At",
	}
	add := func(name string, kind metadata.Kind) {
		entity.Attributes = append(entity.Attributes, metadata.Attribute{Name: name, Type: metadata.DataType{Kind: kind, Bits: 64}})
	}
	add("At", metadata.KindDateTime)
	for i := range 15 {
		add(fmt.Sprintf("Address_%c", 'a'+i), metadata.KindText)
	}
	for i := range 12 {
		add(strings.Repeat(string(rune('k'+i)), 4), metadata.KindDecimal)
	}
	add("Id", metadata.KindText)
	add("LoadedOn", metadata.KindText)
	entity.Attributes[len(entity.Attributes)-1].ReadOnly = true
	return forms.FromEntity(entity, forms.Options{})
}

// order is the order of the fields in the view.
func order(form *forms.Form) []string {
	var names []string
	for _, group := range forms.GroupFields(form.Fields()) {
		for _, field := range group.Fields {
			names = append(names, field.Name)
		}
	}
	return names
}

func has(t *testing.T, view *widgets.FormView, want ...string) {
	t.Helper()
	shown := words(view)
	for _, text := range want {
		if !contains(shown, text) {
			t.Errorf("no %q in %q", text, shown)
		}
	}
}

func TestAHeadingCountsWhatIsBelowIt(t *testing.T) {
	form := grouped()
	c, view := showForm(t, form)
	has(t, view, "Required", "2 fields", "Address", "15 fields")
	view.FocusField("kkkk")
	has(t, view, "Other fields", "12 fields")
	test.Type(c.Focused(), "1x")
	has(t, view, "12 fields · 1 filled")
	if badges := texts(all[*widgets.Badge](view)); !contains(badges, "1 to mend") {
		t.Errorf("badges %q", badges)
	}
	c.Focused().(*widgets.Entry).SetText("")
	has(t, view, "12 fields")
	view.FocusFirstProblem()
	if badges := texts(all[*widgets.Badge](view)); view.FocusedField() != "Id" || !contains(badges, "2 to fill") {
		t.Errorf("badges %q, the cursor is in %q", badges, view.FocusedField())
	}
}

func texts(badges []*widgets.Badge) (list []string) {
	for _, b := range badges {
		list = append(list, b.Text())
	}
	return list
}

func TestASmallFormHasNoHeadings(t *testing.T) {
	_, view := showForm(t, purchase())
	if view.Grouped() || contains(words(view), "Required") {
		t.Errorf("shows %q", words(view))
	}
	view.FoldAll(true)
	if view.Shown() != 6 || len(all[*widgets.Entry](view)) == 0 {
		t.Error("its fields were folded away")
	}
}

func TestGroupsFoldByKeyAndOpenAgain(t *testing.T) {
	form := grouped()
	c, view := showForm(t, form)
	told := 0
	view.OnFold = func() { told++ }
	view.FocusField("Address_b")
	view.FocusHeading()
	press(c, fyne.KeyLeft)
	if told != 1 || !slices.Equal(view.Folded(), []string{"Address"}) {
		t.Fatalf("folded %q, told %d times", view.Folded(), told)
	}
	press(c, fyne.KeyLeft) // it is folded already
	c.FocusNext()          // the next heading
	c.FocusNext()
	if got := view.FocusedField(); got != "kkkk" || told != 1 {
		t.Errorf("Tab went from the heading to %q, told %d times", got, told)
	}
	view.FocusHeading()
	press(c, fyne.KeyUp, fyne.KeyRight)
	if len(view.Folded()) != 0 {
		t.Errorf("folded %q after Up and Right", view.Folded())
	}
	press(c, fyne.KeySpace, fyne.KeyReturn, fyne.KeyReturn)
	if !slices.Equal(view.Folded(), []string{"Address"}) {
		t.Errorf("folded %q after Space, Enter, Enter", view.Folded())
	}
	view.FocusField("Address_o")
	inView(t, c, view, "Address_o")
	if len(view.Folded()) != 0 {
		t.Error("a field was shown and its group is folded")
	}
}

func TestTheCursorDoesNotStayInAFieldThatWasFoldedAway(t *testing.T) {
	form := grouped()
	c, view := showForm(t, form)
	view.FocusField("Address_c")
	tapText(t, c, view, "Address")
	if _, typing := c.Focused().(*widgets.Entry); typing || view.FocusedField() != "" {
		t.Errorf("the cursor is in %q", view.FocusedField())
	}
	press(c, fyne.KeyRight)
	c.FocusNext()
	if got := view.FocusedField(); got != "Address_a" {
		t.Errorf("Tab goes to %q", got)
	}
}

// tapText taps where a text is drawn.
func tapText(t *testing.T, c fyne.Canvas, view fyne.CanvasObject, text string) {
	t.Helper()
	for _, o := range all[*widgets.Text](view) {
		if o.Text() == text {
			test.TapCanvas(c, fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(3, 3))
			return
		}
	}
	t.Fatalf("no %q in %q", text, words(view))
}

func TestTheFirstFieldIsReachedWhereAllGroupsAreFolded(t *testing.T) {
	_, view := showForm(t, grouped())
	view.FoldAll(true)
	view.FocusEnd(true)
	if view.FocusedField() != "" {
		t.Error("there is no field to go to")
	}
	view.FocusFirst()
	if got := view.FocusedField(); got != "Id" || len(view.Folded()) != 3 {
		t.Errorf("the cursor is in %q, folded are %q", got, view.Folded())
	}
}

func TestFoldsOfAFilterAreItsOwn(t *testing.T) {
	form := grouped()
	form.SetText("Address_a", "Bahnhofstrasse 1")
	_, view := showForm(t, form)
	view.SetFolded([]string{"Address", "gone with the metadata"})
	if contains(words(view), "Address_a") {
		t.Fatal("the group is open")
	}
	view.SetFilter("", widgets.FilledFields)
	has(t, view, "Address_a", "1 of 15 fields · 1 filled")
	view.FoldAll(true)
	view.SetFilter("", widgets.AllFields)
	if contains(words(view), "Address_a") || !slices.Equal(view.Folded(), []string{"Address"}) {
		t.Errorf("folded %q after the filter", view.Folded())
	}
}

func TestWhatIsInViewStaysWhenRowsAboveItTurnOutHigher(t *testing.T) {
	form := gallery.WideForm(300)
	c, view := showForm(t, form)
	view.FocusField("Answer250")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.Focused().(fyne.CanvasObject)).Y
	view.SetNote("Answer246", "a note below a field", widgets.RoleCaption)
	view.SetNote("Answer003", "and one far above", widgets.RoleCaption)
	form.SetText("Answer010", "1")
	view.Sync()
	now := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.Focused().(fyne.CanvasObject)).Y
	if now < at || now > at+25 { // the note of a field in view is below it
		t.Errorf("the field went from %v to %v", at, now)
	}
}

func TestARowThatWasAwayComesBackInTheLookOfNow(t *testing.T) {
	c, view := showForm(t, gallery.WideForm(300))
	view.FocusField("Answer001")
	label := func() any {
		for _, o := range all[*widgets.Text](view) {
			if o.Text() == "Answer001" {
				return test.WidgetRenderer(o).Objects()[0]
			}
		}
		t.Fatal("the label is not shown")
		return nil
	}
	light := fmt.Sprint(label())
	view.FocusField("Answer300")
	fyne.CurrentApp().Settings().SetTheme(widgets.NewTheme(widgets.AppearanceDark))
	c.Content().Refresh()
	view.FocusField("Answer001")
	if fmt.Sprint(label()) == light {
		t.Error("the label has the colours of before")
	}
}
