package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// suggesting is a form whose Text was sent and seen before.
func suggesting(t *testing.T) (fyne.Canvas, *widgets.Root, *widgets.FormView, *forms.Form) {
	t.Helper()
	form := kinds()
	form.Learn([]map[string]any{{"Text": "Red"}, {"Text": "Blue"}, {"Text": "Red"}, {"Text": "Dark red"}})
	view := widgets.NewFormView()
	view.Sent = func(field string) []string {
		if field != "Text" {
			return nil
		}
		return []string{"Violet"}
	}
	c, root := show(t, tallSize, view)
	view.SetForm(form)
	view.FocusField("Text")
	return c, root, view, form
}

// offered are the suggestions that hang over the form.
func offered(root *widgets.Root) []string {
	test.LaidOutObjects(root)
	var texts []string
	for _, text := range words(root) {
		switch text {
		case "Violet", "Red", "Blue", "Dark red":
			texts = append(texts, text)
		}
	}
	return texts
}

var ctrlSpace = &desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierControl}

func TestDownInAnEmptyFieldOpensItsSuggestions(t *testing.T) {
	c, root, view, form := suggesting(t)
	press(c, fyne.KeyDown)
	if got := offered(root); len(got) != 4 || got[0] != "Violet" || got[1] != "Red" {
		t.Fatalf("offers %q", got)
	}
	if view.FocusedField() != "Text" {
		t.Error("the list took the cursor")
	}
	press(c, fyne.KeyDown, fyne.KeyReturn)
	if form.Text("Text") != "Red" || len(offered(root)) != 0 || view.FocusedField() != "Text" {
		t.Errorf("the form has %q, still offers %q", form.Text("Text"), offered(root))
	}
	test.Type(c.Focused(), "dish")
	if form.Text("Text") != "Reddish" {
		t.Errorf("typing goes on at %q", form.Text("Text"))
	}
	press(c, fyne.KeyDown)
	if len(offered(root)) != 0 {
		t.Error("Down in a field with a text opened the list")
	}
}

func TestTypingFiltersTheSuggestions(t *testing.T) {
	c, root, _, form := suggesting(t)
	shortcut(t, c, ctrlSpace)
	test.Type(c.Focused(), "r")
	test.Type(c.Focused(), "e")
	if got := offered(root); len(got) != 2 || got[0] != "Red" || got[1] != "Dark red" {
		t.Fatalf("offers %q", got)
	}
	test.Type(c.Focused(), "x")
	press(c, fyne.KeyReturn)
	if form.Text("Text") != "rex" {
		t.Errorf("the form has %q", form.Text("Text"))
	}
}

func TestEscapeClosesTheSuggestionsAlone(t *testing.T) {
	c, root, _, form := suggesting(t)
	escaped := 0
	root.BindKey(fyne.KeyEscape, func() { escaped++ })
	test.Type(c.Focused(), "mine")
	shortcut(t, c, ctrlSpace)
	if len(offered(root)) != 4 {
		t.Fatalf("offers %q", offered(root))
	}
	press(c, fyne.KeyEscape)
	if form.Text("Text") != "mine" || len(offered(root)) != 0 || escaped != 0 {
		t.Errorf("the form has %q, offers %q, the window had %d Escapes", form.Text("Text"), offered(root), escaped)
	}
	press(c, fyne.KeyEscape)
	if escaped != 1 {
		t.Errorf("the window had %d Escapes", escaped)
	}
}

func TestTabLeavesTheSuggestionsAndWhatWasTyped(t *testing.T) {
	c, root, view, form := suggesting(t)
	test.Type(c.Focused(), "r")
	shortcut(t, c, ctrlSpace)
	c.(interface{ FocusNext() }).FocusNext()
	if form.Text("Text") != "r" || len(offered(root)) != 0 || view.FocusedField() == "Text" {
		t.Errorf("the form has %q, offers %q, the cursor in %q", form.Text("Text"), offered(root), view.FocusedField())
	}
	for range 60 {
		c.(interface{ FocusNext() }).FocusNext()
		if _, ok := c.Focused().(*widgets.Entry); !ok && c.Focused() == nil {
			t.Fatal("Tab ended nowhere")
		}
	}
}

func TestASuggestionIsTakenByATap(t *testing.T) {
	c, root, view, form := suggesting(t)
	view.OpenSuggestions()
	test.LaidOutObjects(root)
	for _, text := range all[*widgets.Text](root) {
		if text.Text() == "Dark red" {
			test.TapCanvas(c, fyne.CurrentApp().Driver().AbsolutePositionForObject(text).AddXY(4, 4))
			break
		}
	}
	if form.Text("Text") != "Dark red" || view.FocusedField() != "Text" || len(offered(root)) != 0 {
		t.Errorf("the form has %q, the cursor in %q", form.Text("Text"), view.FocusedField())
	}
}

func TestAFieldWithoutSuggestionsSaysSo(t *testing.T) {
	_, root, view, form := suggesting(t)
	view.FocusField("Whole")
	view.OpenSuggestions()
	test.LaidOutObjects(root)
	if !contains(words(root), "Nothing to suggest: no sample rows, and nothing sent from here") {
		t.Errorf("shows %q", words(root))
	}
	view.OpenSuggestions()
	if contains(words(root), "Nothing to suggest: no sample rows, and nothing sent from here") || form.State("Whole") != forms.LeftOut {
		t.Error("it stays")
	}
}

func TestPageKeysMoveInTheSuggestions(t *testing.T) {
	c, _, view, form := suggesting(t)
	view.OpenSuggestions()
	press(c, fyne.KeyPageDown, fyne.KeyReturn)
	if form.Text("Text") != "Dark red" {
		t.Errorf("the form has %q", form.Text("Text"))
	}
	view.OpenSuggestions()
	press(c, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyReturn)
	if form.Text("Text") != "Violet" {
		t.Errorf("the form has %q", form.Text("Text"))
	}
}

func TestSuggestionsHangAboveAFieldAtTheWindowsEnd(t *testing.T) {
	form := kinds()
	view := widgets.NewFormView()
	view.Sent = func(string) []string { return []string{"Violet", "Red", "Blue", "Dark red"} }
	c, root := show(t, fyne.NewSize(720, 400), view)
	view.SetForm(form)
	view.FocusField("Whole")
	view.FocusField("Text")
	entry := entryOf(t, c)
	view.OpenSuggestions()
	if got := offered(root); len(got) != 4 {
		t.Fatalf("offers %q", got)
	}
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(entry).Y
	if top < 250 {
		t.Fatalf("the field is not at the window's end but at %v", top)
	}
	for _, text := range all[*widgets.Text](root) {
		if text.Text() == "Violet" && d.AbsolutePositionForObject(text).Y > top {
			t.Error("the list leaves the window")
		}
	}
}
