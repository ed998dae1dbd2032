package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestWhatIsCopiedOfAShownTextIsMaskedAndWhatIsTypedIsNot(t *testing.T) {
	app := test.NewApp()
	t.Cleanup(app.Quit)
	MaskCopies(func(text string) string { return strings.ReplaceAll(text, "secret", "[hidden]") })
	t.Cleanup(func() { MaskCopies(func(text string) string { return text }) })
	clipboard := app.Clipboard()

	view := NewJSONView(4)
	view.SetText(`{"a": "secret"}`)
	for name, shown := range map[string]fyne.Shortcutable{"a text": NewValue("a secret word", RoleBody), "JSON": view} {
		shown.TypedShortcut(&fyne.ShortcutSelectAll{})
		shown.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
		if got := clipboard.Content(); !strings.Contains(got, "[hidden]") || strings.Contains(got, "secret") {
			t.Errorf("of %s %q was copied", name, got)
		}
	}
	entry := NewEntry()
	entry.SetText("a secret word")
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	entry.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	if got := clipboard.Content(); got != "a secret word" {
		t.Errorf("of what was typed %q was copied", got)
	}
}
