package widgets_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

var formSize = fyne.NewSize(720, 500)

func showForm(t testing.TB, form *forms.Form) (fyne.Canvas, *widgets.FormView) {
	t.Helper()
	view := widgets.NewFormView()
	view.Zones = []string{"America/New_York", "No/Such_Zone"}
	c, _ := show(t, formSize, view)
	view.SetForm(form)
	return c, view
}

// purchase is an empty form of text, time, decimal and yes-or-no fields.
func purchase() *forms.Form {
	field := func(name string, kind metadata.Kind, mandatory bool) metadata.Attribute {
		return metadata.Attribute{Name: name, Mandatory: mandatory, Type: metadata.DataType{Kind: kind, Bits: 64}}
	}
	stamp := field("LoadedOn", metadata.KindDateTime, false)
	stamp.ReadOnly = true
	entity := metadata.Entity{
		Name: "purchases", DataSource: "shop", Type: metadata.EntityActivity, Keys: [][]string{{"Id"}}, TimestampAttribute: "At",
		Attributes: []metadata.Attribute{
			field("Id", metadata.KindText, true), field("At", metadata.KindDateTime, true),
			field("Price", metadata.KindDecimal, false), field("Gift", metadata.KindBoolean, false),
			field("Subject", metadata.KindText, false), stamp,
		},
	}
	return forms.FromEntity(entity, forms.Options{Zone: time.UTC, Now: func() time.Time {
		return time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	}})
}

func TestWhatIsTypedIsInTheForm(t *testing.T) {
	form := purchase()
	c, view := showForm(t, form)
	var changed []string
	view.OnChanged = func(name string) { changed = append(changed, name) }
	view.FocusFirst()
	test.Type(c.Focused(), "ab")
	if form.Text("Id") != "ab" || !slices.Equal(changed, []string{"Id", "Id"}) {
		t.Errorf("the form has %q, told of %q", form.Text("Id"), changed)
	}
}

func TestAProblemStandsBelowItsFieldAndGoesAgain(t *testing.T) {
	form := purchase()
	c, view := showForm(t, form)
	view.FocusField("Price")
	test.Type(c.Focused(), "12,5O")
	entry := c.Focused().(*widgets.Entry)
	if !entry.Problem() || !contains(words(view), form.Problem("Price").Text) {
		t.Errorf("problem %v, shows %q", entry.Problem(), words(view))
	}
	entry.SetText("12.50")
	if entry.Problem() || form.Problem("Price") != nil {
		t.Error("the problem stays")
	}
}

func TestAFixIsTakenOverByATap(t *testing.T) {
	form := purchase()
	_, view := showForm(t, form)
	form.SetText("Price", "12,5O")
	view.Sync()
	tapButton(t, view, "Use "+form.Problem("Price").Fixes[0])
	if form.Text("Price") != "12.50" {
		t.Errorf("the form has %q", form.Text("Price"))
	}
}

func TestAFixStandsBehindTheWordsOfItsProblem(t *testing.T) {
	form := purchase()
	c, view := showForm(t, form)
	view.FocusField("Price")
	test.Type(c.Focused(), "12,5O")
	d := fyne.CurrentApp().Driver()
	for _, text := range all[*widgets.Text](view) {
		if text.Text() != form.Problem("Price").Text {
			continue
		}
		end := d.AbsolutePositionForObject(text).X + fyne.MeasureText(text.Text(), 12, fyne.TextStyle{}).Width
		for _, b := range all[*widgets.Button](view) {
			if at := d.AbsolutePositionForObject(b).X; strings.HasPrefix(b.Text(), "Use ") && at < end {
				t.Errorf("the fix begins at %v, the words end at %v", at, end)
			}
		}
	}
}

func contains(texts []string, text string) bool { return slices.Contains(texts, text) }

// wordedTool is a button, or words in a field that act.
type wordedTool interface {
	fyne.CanvasObject
	fyne.Tappable
	Text() string
}

func tapButton(t *testing.T, o fyne.CanvasObject, text string) {
	t.Helper()
	for _, b := range all[wordedTool](o) {
		if b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %q", text)
}

func TestMissingFieldsAreMarkedOnlyOnceOneSends(t *testing.T) {
	c, view := showForm(t, purchase())
	marked := func() (n int) {
		for _, e := range all[*widgets.Entry](view) {
			if e.Problem() {
				n++
			}
		}
		return n
	}
	if marked() != 0 {
		t.Errorf("%d fields are marked before anything was typed", marked())
	}
	if !view.FocusFirstProblem() || marked() != 2 || view.FocusedField() != "Id" {
		t.Errorf("%d fields are marked, the cursor is in %q", marked(), view.FocusedField())
	}
	_ = c
}

func TestTimesHaveNowAndAZone(t *testing.T) {
	form := purchase()
	_, view := showForm(t, form)
	tapButton(t, view, "Now")
	if form.SentAs("At") == "" || !contains(words(view), "sent as "+form.SentAs("At")) {
		t.Errorf("sent as %q, shows %q", form.SentAs("At"), words(view))
	}
	form.SetText("At", "2026-11-23 14:05")
	view.Sync()
	tapButton(t, view, "UTC")
	chooseInMenu(t, view, "America/New_York")
	if got := form.SentAs("At"); got != "2026-11-23T19:05:00Z" || !contains(words(view), "sent as "+got) {
		t.Errorf("sent as %q, shows %q", got, words(view))
	}
}

// chooseInMenu chooses from the menu that is open over an object.
func chooseInMenu(t *testing.T, over fyne.CanvasObject, label string) {
	t.Helper()
	c := fyne.CurrentApp().Driver().CanvasForObject(over)
	top := c.Overlays().Top()
	if top == nil {
		t.Fatal("no menu is open")
	}
	test.LaidOutObjects(top)
	for _, text := range all[*widgets.Text](top) {
		if text.Text() == label {
			pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(text)
			test.TapCanvas(c, pos.AddXY(4, 4))
			return
		}
	}
	t.Fatalf("the menu has %q", words(top))
}

func TestTheStatesOfAFieldAreReachedByKey(t *testing.T) {
	form := purchase()
	c, view := showForm(t, form)
	view.FocusField("Subject")
	menu := &desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt}
	for _, want := range []struct {
		label, placeholder string
		state              forms.State
	}{{"null", "null", forms.Null}, {"Empty text", "empty text", forms.Value}, {"Leave out", "left out", forms.LeftOut}} {
		shortcut(t, c, menu)
		chooseInMenu(t, view, want.label)
		entry := c.Focused().(*widgets.Entry)
		if form.State("Subject") != want.state || entry.PlaceHolder != want.placeholder || entry.Text != "" {
			t.Errorf("%s: state %v, placeholder %q", want.label, form.State("Subject"), entry.PlaceHolder)
		}
	}
}

func TestYesOrNoIsTypedByItsFirstLetter(t *testing.T) {
	form := purchase()
	c, view := showForm(t, form)
	view.FocusField("Gift")
	c.Focused().TypedRune('t')
	if form.Text("Gift") != "true" {
		t.Errorf("the form has %q", form.Text("Gift"))
	}
	press(c, fyne.KeyDelete)
	if form.State("Gift") != forms.LeftOut {
		t.Errorf("the field is %v", form.State("Gift"))
	}
}

func TestAReadOnlyFieldIsShownAndNotTypedInto(t *testing.T) {
	form := purchase()
	c, view := showForm(t, form)
	view.FocusField("LoadedOn")
	test.Type(c.Focused(), "now")
	if form.State("LoadedOn") != forms.LeftOut {
		t.Error("a read-only field was changed")
	}
	if got := c.Focused().(*widgets.Entry).PlaceHolder; got != "set by the service" {
		t.Errorf("says %q", got)
	}
}

func TestActionsAndNotesStandAtTheirField(t *testing.T) {
	form := purchase()
	view := widgets.NewFormView()
	found := ""
	view.ActionsFor = func(f *forms.Field) []widgets.FieldAction {
		if f.Name != "Subject" {
			return nil
		}
		return []widgets.FieldAction{{Label: "Find customer", Run: func() { found = f.Name }}}
	}
	show(t, formSize, view)
	view.SetForm(form)
	tapButton(t, view, "Find customer")
	view.SetNote("Subject", "Anthony · 12 activities", widgets.RoleCaption)
	if found != "Subject" || !contains(words(view), "Anthony · 12 activities") {
		t.Errorf("found %q, shows %q", found, words(view))
	}
	view.SetNote("Subject", "", widgets.RoleCaption)
	if contains(words(view), "Anthony · 12 activities") {
		t.Error("the note stays")
	}
	tapButton(t, view, "New ID")
	if form.Text("Id") == "" {
		t.Error("no id was made")
	}
}

func TestFieldsAreFoundByNameAndBySomeOfThem(t *testing.T) {
	form := purchase()
	_, view := showForm(t, form)
	form.SetText("Subject", "Hello")
	view.SetFilter("SUBJ", widgets.AllFields)
	if view.Shown() != 1 || !contains(words(view), "Subject") {
		t.Errorf("%d fields: %q", view.Shown(), words(view))
	}
	for only, want := range map[widgets.FieldFilter]int{widgets.AllFields: 6, widgets.RequiredFields: 2, widgets.FilledFields: 1, widgets.ProblemFields: 2} {
		view.SetFilter("", only)
		if view.Shown() != want {
			t.Errorf("filter %d shows %d fields, want %d", only, view.Shown(), want)
		}
	}
	view.SetFilter("nothing", widgets.AllFields)
	if !contains(words(view), "No field has “nothing” in its name.") {
		t.Errorf("shows %q", words(view))
	}
	view.FocusField("Price")
	if view.FocusedField() != "Price" || view.Shown() != 6 {
		t.Errorf("the cursor is in %q of %d fields", view.FocusedField(), view.Shown())
	}
}

func TestAFormThatChangedElsewhereIsShownBySync(t *testing.T) {
	form := purchase()
	_, view := showForm(t, form)
	if _, err := form.SetJSON([]byte(`{"Id": "A1", "Gift": true}`), forms.AskUnknown); err != nil {
		t.Fatal(err)
	}
	view.Sync()
	if got := all[*widgets.Entry](view)[0].Text; got != "A1" {
		t.Errorf("the entry has %q", got)
	}
	if got := all[*widgets.Choice](view)[0].Value(); got != "true" {
		t.Errorf("the choice has %q", got)
	}
	view.SetForm(nil)
	if view.Shown() != 0 || view.FocusFirstProblem() {
		t.Error("fields of no form")
	}
}

func TestAFormIsDrawnAtEveryWidth(t *testing.T) {
	view := widgets.NewFormView()
	view.SetForm(gallery.Form())
	c, _ := show(t, formSize, view)
	for _, width := range []float32{360, 480, 720, 1280, 3000} {
		c.(interface{ Resize(fyne.Size) }).Resize(fyne.NewSize(width, 500))
		for _, e := range all[*widgets.Entry](view) {
			pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(e)
			if e.Size().Width < 80 || pos.X+e.Size().Width > width {
				t.Errorf("at %v an editor of %v stands at %v", width, e.Size().Width, pos.X)
			}
		}
	}
}
