package widgets_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// showEditor shows an editor with a text and its entry.
func showEditor(t testing.TB, text string) (fyne.Canvas, *widgets.JSONEditor, *widgets.Entry) {
	t.Helper()
	e := widgets.NewJSONEditor()
	c, _ := show(t, fyne.NewSize(400, 200), e)
	e.SetText(text)
	return c, e, all[*widgets.Entry](e)[0]
}

// numbers are the line numbers that are drawn, by their text.
func numbers(e *widgets.JSONEditor) map[string]fyne.Position {
	found := map[string]fyne.Position{}
	walk(test.WidgetRenderer(e).Objects()[0], func(o fyne.CanvasObject) {
		if text, ok := o.(*canvas.Text); ok {
			found[text.Text] = text.Position()
		}
	})
	return found
}

func manyLines(n int) string { return strings.Repeat("\"a\": 1,\n\n", n/2) }

func TestTheNumbersStandBesideTheirLines(t *testing.T) {
	c, e, entry := showEditor(t, manyLines(100))
	e.GoTo(1, 1)
	for _, line := range []int{1, 2, 8, 60, 61, 99, 40} {
		e.GoTo(line, 1)
		if c.Focused() != fyne.Focusable(entry) || e.Line() != line {
			t.Fatalf("the cursor is in line %d, want %d", e.Line(), line)
		}
		at, drawn := numbers(e)[strconv.Itoa(line)]
		if !drawn {
			t.Fatalf("line %d is the cursor's and has no number; drawn are %v", line, numbers(e))
		}
		top := entry.CursorPosition().Y - scrolled(entry)
		if off := math.Abs(float64(at.Y - top)); off > 1.5 {
			t.Errorf("the number of line %d stands at %.1f, the line at %.1f", line, at.Y, top)
		}
	}
}

// scrolled is how far the entry has scrolled.
func scrolled(entry *widgets.Entry) float32 {
	for _, o := range test.WidgetRenderer(entry).Objects() {
		if scroll, ok := o.(*container.Scroll); ok {
			return scroll.Offset.Y
		}
	}
	return 0
}

func TestTheNumbersFollowTheWheel(t *testing.T) {
	_, e, _ := showEditor(t, manyLines(100))
	gutter := test.WidgetRenderer(e).Objects()[0].(fyne.Scrollable)
	if _, first := numbers(e)["1"]; !first {
		t.Fatal("line 1 has no number")
	}
	gutter.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -400)})
	if _, still := numbers(e)["1"]; still {
		t.Error("after scrolling, line 1 is still numbered")
	}
}

func TestALineWithAMarkHasADotAndLeadsThere(t *testing.T) {
	c, e, _ := showEditor(t, "{\n  \"a\": x\n}")
	root := c.Content().(*widgets.Root)
	e.SetMarks([]widgets.LineMark{{Line: 2, Column: 8, Tone: widgets.ToneDanger, Text: "no value"}})
	dots := 0
	gutter := test.WidgetRenderer(e).Objects()[0]
	walk(gutter, func(o fyne.CanvasObject) {
		if _, ok := o.(*canvas.Circle); ok {
			dots++
		}
	})
	if dots != 1 {
		t.Errorf("%d dots", dots)
	}
	at := numbers(e)["2"]
	hover := gutter.(desktop.Hoverable)
	hover.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(2, 4)}})
	if root.Tip() != "no value" {
		t.Errorf("under the mouse stands %q", root.Tip())
	}
	hover.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: numbers(e)["1"].AddXY(2, 4)}})
	if root.Tip() != "" {
		t.Errorf("beside another line stands %q", root.Tip())
	}
	gutter.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: at.AddXY(2, 4)})
	if entry := all[*widgets.Entry](e)[0]; entry.CursorRow != 1 || entry.CursorColumn != 7 {
		t.Errorf("the cursor is at %d, %d", entry.CursorRow, entry.CursorColumn)
	}
}

func TestReplacingCanBeUndone(t *testing.T) {
	c, e, entry := showEditor(t, "first")
	e.Focus()
	told := 0
	e.OnChanged = func(string) { told++ }
	e.Replace("second\nline")
	if e.Text() != "second\nline" || told != 1 {
		t.Fatalf("%q, told %d times", e.Text(), told)
	}
	shortcut(t, c, &fyne.ShortcutUndo{})
	if e.Text() != "first" || entry.Text != "first" {
		t.Errorf("undone it is %q", e.Text())
	}
	shortcut(t, c, &fyne.ShortcutRedo{})
	if e.Text() != "second\nline" {
		t.Errorf("done again it is %q", e.Text())
	}
}

func TestALongTextIsReadAndReplaced(t *testing.T) {
	c, e, entry := showEditor(t, "{}")
	e.Focus()
	long := "[\n" + strings.Repeat("1,\n", 20000) + "1]"
	e.Replace(long)
	if e.Editable() || e.Text() != long || entry.Visible() || entry.Text != "" || !e.Focused() {
		t.Fatalf("editable %v, %d bytes, in the entry %d", e.Editable(), len(e.Text()), len(entry.Text))
	}
	e.GoTo(500, 1)
	if e.Line() != 500 {
		t.Errorf("the line is %d", e.Line())
	}
	if _, there := numbers(e)["500"]; !there {
		t.Errorf("line 500 has no number: %v", numbers(e))
	}
	if _, ok := c.Focused().(*widgets.JSONView); !ok {
		t.Errorf("the cursor is in a %T", c.Focused())
	}
	e.SetText("{}")
	if !e.Editable() || e.Text() != "{}" || !entry.Visible() {
		t.Error("a short text is not edited again")
	}
}

func TestPastedLinesAreEndedAsHere(t *testing.T) {
	c, e, entry := showEditor(t, "ab")
	e.GoTo(1, 2)
	var told string
	e.OnChanged = func(text string) { told = text }
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent("\uFEFF{\r\n}\r")
	shortcut(t, c, &fyne.ShortcutPaste{Clipboard: clipboard})
	if want := "a{\n}\nb"; e.Text() != want || told != want {
		t.Errorf("%q, told %q", e.Text(), told)
	}
	clipboard.SetContent(strings.Repeat("x", 20<<10))
	e.GoTo(1, 2)
	shortcut(t, c, &fyne.ShortcutPaste{Clipboard: clipboard})
	if e.Editable() || !strings.HasPrefix(e.Text(), "axxx") || !strings.HasSuffix(e.Text(), "x{\n}\nb") || entry.Text != "" {
		t.Errorf("a long text pasted: editable %v, %.20q…", e.Editable(), e.Text())
	}
}

func TestTheListOfMarksLeadsByKey(t *testing.T) {
	list := widgets.NewMarkList()
	c, _ := show(t, fyne.NewSize(300, 200), widgets.Column(0, list))
	var chosen widgets.LineMark
	list.OnChosen = func(m widgets.LineMark) { chosen = m }
	list.SetMarks([]widgets.LineMark{{Line: 1, Column: 2, Text: "one"}, {Line: 3, Column: 4, Tone: widgets.ToneDanger, Text: "Two?"}})
	c.FocusNext()
	press(c, fyne.KeyDown, fyne.KeyReturn)
	if chosen.Line != 3 {
		t.Errorf("chosen is %+v", chosen)
	}
	if got := strings.Join(words(list), "|"); got != "Line 1, column 2: one.|Line 3, column 4: Two?" {
		t.Errorf("the list says %s", got)
	}
	list.SetMarks(nil)
	if list.Visible() {
		t.Error("an empty list takes room")
	}
}

// BenchmarkKeystrokeInTenKilobytes is what the limit of the editor rests on.
func BenchmarkKeystrokeInTenKilobytes(b *testing.B) {
	c, e, _ := showEditor(b, strings.Repeat("  \"Member\": \"some value\",\n", widgets.JSONEditLimit/27))
	e.GoTo(100, 3)
	for b.Loop() {
		c.Focused().TypedRune('x')
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
}
