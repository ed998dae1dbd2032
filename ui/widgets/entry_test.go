package widgets_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// bound makes a window whose root writes down what it was asked to do.
func bound(t *testing.T, content fyne.CanvasObject) (fyne.Canvas, *[]string) {
	t.Helper()
	done := &[]string{}
	note := func(what string) func() { return func() { *done = append(*done, what) } }
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	root := widgets.NewRoot(content)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyF, fyne.KeyK, fyne.KeyN, fyne.KeyS, fyne.Key1, fyne.Key5, fyne.KeyComma, fyne.KeyZ} {
		root.Bind(key, fyne.KeyModifierShortcutDefault, note("ctrl "+string(key)))
	}
	for _, key := range []fyne.KeyName{fyne.KeyF5, fyne.KeyF1, fyne.KeyEscape, fyne.KeyPageUp} {
		root.BindKey(key, note(string(key)))
	}
	root.BindRune('?', note("?"))
	w := app.NewWindow("")
	t.Cleanup(w.Close)
	root.Attach(w)
	w.Resize(fyne.NewSize(400, 300))
	return w.Canvas(), done
}

func TestAnEntryPassesOnEveryShortcutThatItDoesNotUse(t *testing.T) {
	entry := widgets.NewEntry()
	c, done := bound(t, entry)
	c.Focus(entry)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF, fyne.KeyK, fyne.KeyN, fyne.KeyS, fyne.Key1, fyne.Key5, fyne.KeyComma} {
		*done = nil
		shortcut(t, c, control(key))
		if len(*done) != 1 {
			t.Errorf("Ctrl+%s did %q", key, *done)
		}
	}
}

func TestAnEntryPassesOnKeysThatHaveNoMeaningInText(t *testing.T) {
	entry := widgets.NewEntry()
	c, done := bound(t, entry)
	c.Focus(entry)
	press(c, fyne.KeyF5, fyne.KeyF1, fyne.KeyEscape, fyne.KeyPageUp)
	if want := []string{"F5", "F1", "Escape", "Prior"}; !slices.Equal(*done, want) {
		t.Errorf("did %q, want %q", *done, want)
	}
	test.Type(entry, "?")
	if entry.Text != "?" || len(*done) != 4 {
		t.Errorf("a question mark in text is text; got %q and did %q", entry.Text, *done)
	}
}

func TestAnEntryKeepsWhatItUsesItself(t *testing.T) {
	entry := widgets.NewEntry()
	c, done := bound(t, entry)
	c.Focus(entry)
	test.Type(entry, "one two")
	shortcut(t, c, &fyne.ShortcutSelectAll{})
	clipboard := test.NewClipboard()
	shortcut(t, c, &fyne.ShortcutCopy{Clipboard: clipboard})
	if got := clipboard.Content(); got != "one two" {
		t.Errorf("copied %q", got)
	}
	shortcut(t, c, &fyne.ShortcutCut{Clipboard: clipboard})
	if entry.Text != "" {
		t.Errorf("cut left %q", entry.Text)
	}
	shortcut(t, c, &fyne.ShortcutUndo{})
	if entry.Text != "one two" {
		t.Errorf("undo gave %q", entry.Text)
	}
	shortcut(t, c, control(fyne.KeyBackspace))
	if len(*done) != 0 {
		t.Errorf("the window did %q", *done)
	}
}

func TestKeysReachTheWindowWhenNothingIsFocused(t *testing.T) {
	c, done := bound(t, widgets.NewText("", widgets.RoleBody))
	c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF5})
	c.OnTypedRune()('?')
	if want := []string{"F5", "?"}; !slices.Equal(*done, want) {
		t.Errorf("did %q, want %q", *done, want)
	}
}

func TestNoKeyReachesTheWindowBehindADialog(t *testing.T) {
	c, done := bound(t, widgets.NewText("", widgets.RoleBody))
	field := widgets.NewEntry()
	widgets.ShowDialog(c, widgets.DialogSpec{Title: "Sure?", Body: field, Confirm: "Yes"})
	shortcut(t, c, control(fyne.KeyReturn))
	press(c, fyne.KeyF5)
	c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	c.OnTypedRune()('?')
	if len(*done) != 0 {
		t.Errorf("the window did %q", *done)
	}
}

func TestAReadOnlyEntryCanBeCopiedAndNotChanged(t *testing.T) {
	entry := widgets.NewEntry()
	entry.SetText("ce759201")
	entry.SetReadOnly(true)
	c, _ := bound(t, entry)
	c.Focus(entry)
	test.Type(entry, "x")
	press(c, fyne.KeyBackspace, fyne.KeyDelete)
	clipboard := test.NewClipboard()
	clipboard.SetContent("pasted")
	shortcut(t, c, &fyne.ShortcutPaste{Clipboard: clipboard})
	shortcut(t, c, &fyne.ShortcutSelectAll{})
	shortcut(t, c, &fyne.ShortcutCopy{Clipboard: clipboard})
	if entry.Text != "ce759201" || clipboard.Content() != "ce759201" {
		t.Errorf("holds %q, copied %q", entry.Text, clipboard.Content())
	}
}

func TestAnEntryTellsAboutChangesOnce(t *testing.T) {
	entry := widgets.NewEntry()
	var changes []string
	entry.OnChanged = func(text string) { changes = append(changes, text) }
	entry.SetText("a")
	entry.SetText("a")
	test.Type(entry, "b")
	if len(changes) != 2 {
		t.Errorf("told of %q", changes)
	}
}

func TestThePlaceholderIsSlantedAndTheTextIsNot(t *testing.T) {
	font := widgets.NewTheme(widgets.AppearanceLight).Font
	entry := widgets.NewEntry()
	entry.SetPlaceHolder("left out")
	if font(entry.TextStyle) != theme.DefaultTextItalicFont() {
		t.Error("the placeholder stands upright")
	}
	test.Type(entry, "x")
	if font(entry.TextStyle) != theme.DefaultTextFont() {
		t.Error("the text is slanted")
	}
}

func TestTabLeavesAnEntryOfSeveralLines(t *testing.T) {
	if widgets.NewMultiLineEntry(3).AcceptsTab() {
		t.Error("Tab is caught")
	}
}

func TestAnEntrySeesKeysAndShortcutsFirst(t *testing.T) {
	entry := widgets.NewEntry()
	c, done := bound(t, entry)
	c.Focus(entry)
	entry.OnKey = func(key *fyne.KeyEvent) bool { return key.Name == fyne.KeyF5 }
	entry.OnShortcut = func(s fyne.Shortcut) bool {
		custom, ok := s.(*desktop.CustomShortcut)
		return ok && custom.KeyName == fyne.KeyF
	}
	press(c, fyne.KeyF5, fyne.KeyF1)
	shortcut(t, c, control(fyne.KeyF))
	shortcut(t, c, control(fyne.KeyN))
	if want := []string{"F1", "ctrl N"}; !slices.Equal(*done, want) {
		t.Errorf("did %q, want %q", *done, want)
	}
}

func TestAFieldTellsWhenTheCursorComesAndGoes(t *testing.T) {
	first, second := widgets.NewEntry(), widgets.NewEntry()
	first.SetText("abc")
	var seen []string
	first.OnFocusGained = func() { seen = append(seen, "came") }
	first.OnFocusLost = func() { seen = append(seen, "went") }
	c, _ := bound(t, widgets.Column(4, first, second))
	c.Focus(first)
	if !first.Focused() || first.CursorColumn != 3 {
		t.Errorf("focused %v, cursor at %d, want behind the text", first.Focused(), first.CursorColumn)
	}
	c.FocusNext()
	if want := []string{"came", "went"}; !slices.Equal(seen, want) || !second.Focused() {
		t.Errorf("told %q", seen)
	}
}
