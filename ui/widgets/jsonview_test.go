package widgets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestJSONIsColouredByWhatItIs(t *testing.T) {
	lines := widgets.ColourJSON("201 Created\n{\"a\\\"b\": -1.5e3, \"c\" : [true, null, \"d: e\"]")
	type span struct {
		kind forms.SpanKind
		text string
	}
	var got []span
	for _, s := range lines[1].Spans {
		got = append(got, span{s.Kind, s.Text})
	}
	want := []span{
		{forms.SpanPunctuation, "{"},
		{forms.SpanName, `"a\"b"`},
		{forms.SpanPunctuation, ": "},
		{forms.SpanNumber, "-1.5e3"},
		{forms.SpanPunctuation, ", "},
		{forms.SpanName, `"c"`},
		{forms.SpanPunctuation, " : ["},
		{forms.SpanLiteral, "true"},
		{forms.SpanPunctuation, ", "},
		{forms.SpanLiteral, "null"},
		{forms.SpanPunctuation, ", "},
		{forms.SpanString, `"d: e"`},
		{forms.SpanPunctuation, "]"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("coloured as %v", got)
	}
}

func FuzzColouringChangesNoText(f *testing.F) {
	for _, seed := range []string{"", "{}", "{\"a\": 1,\r\n\t\"b\": \"c\\", "<html>ü</html>", "\"\x00\xff", "-", "nullable"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var lines []string
		for _, line := range widgets.ColourJSON(text) {
			lines = append(lines, line.String())
		}
		want := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\t", "  ")
		if got := strings.Join(lines, "\n"); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}

func jsonOf(members int) string {
	var b strings.Builder
	b.WriteString("{\n")
	for i := range members {
		fmt.Fprintf(&b, "  \"Answer%05d\": \"a value of some length\",\n", i)
	}
	b.WriteString("  \"End\": true\n}")
	return b.String()
}

func drawn(o fyne.CanvasObject) (texts []string) {
	for _, text := range all[*canvas.Text](o) {
		texts = append(texts, text.Text)
	}
	return texts
}

func TestALongJSONDrawsOnlyTheLinesInView(t *testing.T) {
	view := widgets.NewJSONView(5)
	c, _ := show(t, fyne.NewSize(500, 200), view)
	view.SetText(jsonOf(5000))
	if n := len(drawn(view)); n > 100 {
		t.Errorf("%d texts for 11 lines in view", n)
	}
	c.Focus(view)
	press(c, fyne.KeyEnd)
	if !slices.Contains(drawn(view), `"End"`) {
		t.Errorf("the end is not in view: %q", drawn(view))
	}
	press(c, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyUp, fyne.KeyDown)
	if slices.Contains(drawn(view), `"Answer00000"`) {
		t.Error("Page Down did not scroll")
	}
	view.SetText("{}")
	if got := drawn(view); len(got) != 1 {
		t.Errorf("a short text after a long one draws %q", got)
	}
}

func TestAVeryLongLineIsCutToTheView(t *testing.T) {
	view := widgets.NewJSONView(2)
	c, _ := show(t, fyne.NewSize(300, 100), view)
	view.SetText(`{"Body": "` + strings.Repeat("x", 200_000) + `"}`)
	total := 0
	for _, text := range drawn(view) {
		total += len(text)
	}
	if total > 200 {
		t.Errorf("%d characters are drawn", total)
	}
	c.Focus(view)
	press(c, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	if slices.Contains(drawn(view), "{") {
		t.Error("Right did not scroll")
	}
}

func TestJSONIsSelectedOverLinesAndCopied(t *testing.T) {
	view := widgets.NewJSONView(5)
	c, _ := show(t, fyne.NewSize(500, 200), view)
	view.SetText("{\n  \"a\": 1\n}")
	c.Focus(view)
	shortcut(t, c, &fyne.ShortcutSelectAll{})
	shortcut(t, c, &fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "{\n  \"a\": 1\n}" {
		t.Errorf("copied %q", got)
	}
	drag(c, fyne.NewPos(12, 30), fyne.NewPos(480, 30))
	if got := view.SelectedText(); got != `  "a": 1` {
		t.Errorf("dragging over the second line selected %q", got)
	}
}

// drag presses at one place of the canvas and moves to another.
func drag(c fyne.Canvas, from, to fyne.Position) {
	var found []fyne.CanvasObject
	walk(c.Content(), func(o fyne.CanvasObject) {
		_, mouse := o.(desktop.Mouseable)
		_, move := o.(fyne.Draggable)
		if mouse && move {
			found = append(found, o)
		}
	})
	target := found[len(found)-1]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(target)
	dragOn(target, from.Subtract(at), to.Subtract(at))
}

func dragOn(target fyne.CanvasObject, from, to fyne.Position) {
	target.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{
		Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: from},
	})
	target.(fyne.Draggable).Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}})
	target.(fyne.Draggable).DragEnd()
	target.(desktop.Mouseable).MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
}

func TestThePreviewOfAFieldIsScrolledTo(t *testing.T) {
	view := widgets.NewJSONView(3)
	show(t, fyne.NewSize(400, 80), view)
	var lines []forms.Line
	for i := range 100 {
		lines = append(lines, forms.Line{Field: fmt.Sprint("f", i), Spans: []forms.Span{{Kind: forms.SpanName, Text: fmt.Sprint("f", i)}}})
	}
	view.SetLines(lines)
	view.ScrollToField("f77")
	if !slices.Contains(drawn(view), "f77") || view.Text()[:5] != "f0\nf1" {
		t.Errorf("in view: %q", drawn(view))
	}
}

func BenchmarkColourJSONOf200KB(b *testing.B) {
	text := jsonOf(4500)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		widgets.ColourJSON(text)
	}
}
