package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestTheCursorGoesToACharacter(t *testing.T) {
	for name, c := range map[string]struct {
		lines int
		text  string
		wrap  bool
	}{
		"one line":        {1, "a cup of café crème", false},
		"several lines":   {3, "a cup\n\nof café\ncrème", false},
		"broken at words": {3, strings.Repeat("a cup of café crème ", 9) + "\nand more", true},
		"empty":           {3, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			entry := widgets.NewEntry()
			if c.lines > 1 {
				entry = widgets.NewMultiLineEntry(c.lines)
			}
			if c.wrap {
				entry.Wrapping = fyne.TextWrapWord
			}
			canvas, _ := show(t, fyne.NewSize(200, 120), entry)
			canvas.Focus(entry)
			entry.SetText(c.text)
			length := len([]rune(c.text))
			for at := -1; at <= length+1; at++ {
				entry.SetCursor(at)
				if got, want := entry.CursorTextOffset(), max(0, min(at, length)); got != want {
					t.Fatalf("asked for %d, it is before %d (row %d, column %d)", at, got, entry.CursorRow, entry.CursorColumn)
				}
			}
			entry.SetCursor(length / 2)
			test.Type(entry, "X")
			runes := []rune(c.text)
			if want := string(runes[:length/2]) + "X" + string(runes[length/2:]); entry.Text != want {
				t.Errorf("typing gives %q, want %q", entry.Text, want)
			}
		})
	}
}

func TestTheCursorsNewPlaceSelectsNothing(t *testing.T) {
	entry := widgets.NewEntry()
	canvas, _ := show(t, fyne.NewSize(300, 60), entry)
	canvas.Focus(entry)
	entry.SetText("a cup of coffee")
	entry.SelectAll()
	entry.SetCursor(5)
	if got := entry.SelectedText(); got != "" {
		t.Errorf("%q is selected", got)
	}
	entry.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft}) // Ctrl+Shift+Z
	entry.SetCursor(2)
	test.Type(entry, "x")
	if entry.Text != "a xcup of coffee" {
		t.Errorf("typing gives %q", entry.Text)
	}
}

func TestUndoOfAFieldIsTheWindows(t *testing.T) {
	own, shared := widgets.NewEntry(), widgets.NewEntry()
	shared.UndoByWindow = true
	canvas, root := show(t, fyne.NewSize(300, 120), widgets.Column(4, own, shared))
	var did []string
	root.Bind(fyne.KeyZ, fyne.KeyModifierShortcutDefault, func() { did = append(did, "undo") })
	root.Bind(fyne.KeyY, fyne.KeyModifierShortcutDefault, func() { did = append(did, "redo") })
	for _, entry := range []*widgets.Entry{own, shared} {
		canvas.Focus(entry)
		test.Type(entry, "ab")
		shortcut(t, canvas, &fyne.ShortcutUndo{})
		shortcut(t, canvas, &fyne.ShortcutRedo{})
		shortcut(t, canvas, &fyne.ShortcutUndo{})
	}
	if own.Text != "" || shared.Text != "ab" {
		t.Errorf("its own %q, the window's %q", own.Text, shared.Text)
	}
	if got := strings.Join(did, " "); got != "undo redo undo" {
		t.Errorf("the window did %q", got)
	}
}

func TestTheMenuOfAFieldDoesWhatItsKeysDo(t *testing.T) {
	entry := widgets.NewEntry()
	entry.UndoByWindow = true
	canvas, root := show(t, fyne.NewSize(300, 300), widgets.Column(4, entry))
	undone := 0
	root.Bind(fyne.KeyZ, fyne.KeyModifierShortcutDefault, func() { undone++ })
	entry.SetText("coffee")
	choose := func(line int) {
		entry.TappedSecondary(&fyne.PointEvent{})
		for range line {
			press(canvas, fyne.KeyDown)
		}
		press(canvas, fyne.KeyReturn)
	}
	choose(0)
	if undone != 1 || canvas.Focused() != fyne.Focusable(entry) {
		t.Errorf("undone %d times, the cursor is in %T", undone, canvas.Focused())
	}
	choose(3) // Cut and Copy are passed by: nothing is selected
	if got := entry.SelectedText(); got != "coffee" {
		t.Errorf("%q is selected", got)
	}
	entry.SetReadOnly(true)
	choose(0)
	if got := fyne.CurrentApp().Clipboard().Content(); got != "coffee" {
		t.Errorf("%q was copied", got)
	}
	if undone != 1 {
		t.Error("what cannot be changed offers undo")
	}
}
