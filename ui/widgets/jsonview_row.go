// This file draws one line of a JSONView: its spans in colours, of which only
// the part in view is drawn, and what is selected of it.

package widgets

import (
	"image/color"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/forms"
)

// window is a range of columns.
type window struct{ first, last int }

// columnsOf is the length of a line in characters.
func columnsOf(line forms.Line) int {
	n := 0
	for _, span := range line.Spans {
		n += utf8.RuneCountInString(span.Text)
	}
	return n
}

// spanColor gives the colour of a kind of span.
func spanColor(kind forms.SpanKind) fyne.ThemeColorName {
	switch kind {
	case forms.SpanName:
		return ColorJSONName
	case forms.SpanString:
		return ColorJSONString
	case forms.SpanNumber, forms.SpanLiteral:
		return ColorJSONNumber
	case forms.SpanProblem:
		return ColorJSONProblem
	}
	return theme.ColorNameForeground
}

type jsonRow struct {
	widget.BaseWidget

	view  *JSONView
	texts []*canvas.Text
	used  int
	mark  *canvas.Rectangle
	drawn drawnLine
}

// drawnLine is all that the look of a row comes from. Of a line it is enough to
// know its spans: a line that changes gets new ones.
type drawnLine struct {
	first         *forms.Span
	spans         int
	seen          window
	a, b          int
	focused       bool
	cell, size    float32
	ink, selected color.Color // of the look
}

func newJSONRow(view *JSONView) *jsonRow {
	r := &jsonRow{view: view, mark: canvas.NewRectangle(color.Transparent)}
	r.ExtendBaseWidget(r)
	return r
}

// show draws the columns within seen, and marks those from a to b. A key in a
// form changes one line of its preview: rows that look as before are left alone.
func (r *jsonRow) show(line forms.Line, seen window, a, b int) {
	cell, size := r.view.cell(), r.view.textSize()
	now := drawnLine{
		spans: len(line.Spans), seen: seen, a: a, b: b, focused: r.view.focused, cell: cell, size: size,
		ink: colorOf(r.view, theme.ColorNameForeground), selected: colorOf(r.view, theme.ColorNameSelection),
	}
	if now.spans > 0 {
		now.first = &line.Spans[0]
	}
	if now == r.drawn {
		return
	}
	r.drawn = now
	r.used = 0
	at := 0
	for _, span := range line.Spans {
		length := utf8.RuneCountInString(span.Text)
		first, last := max(at, seen.first), min(at+length, seen.last)
		if first < last {
			text := span.Text
			if first > at || last < at+length {
				runes := []rune(text)
				text = string(runes[first-at : last-at])
			}
			r.draw(text, spanColor(span.Kind), size, jsonSide+float32(first)*cell)
		}
		at += length
		if at >= seen.last {
			break
		}
	}
	r.mark.Hidden = a == b || !r.view.focused
	r.mark.FillColor = now.selected
	r.mark.Resize(fyne.NewSize(float32(b-a)*cell, jsonHeight))
	r.mark.Move(fyne.NewPos(jsonSide+float32(a)*cell, 0))
	canvas.Refresh(r)
}

func (r *jsonRow) draw(text string, ink fyne.ThemeColorName, size, x float32) {
	if r.used == len(r.texts) {
		t := canvas.NewText("", color.Transparent)
		t.TextStyle.Monospace = true
		r.texts = append(r.texts, t)
	}
	t := r.texts[r.used]
	r.used++
	t.TextSize, t.Color = size, colorOf(r.view, ink)
	setText(t, text)
	height := t.MinSize().Height
	t.Resize(fyne.NewSize(t.MinSize().Width, height))
	t.Move(fyne.NewPos(x, (jsonHeight-height)/2))
	t.Refresh()
}

// CreateRenderer makes the renderer.
func (r *jsonRow) CreateRenderer() fyne.WidgetRenderer { return &jsonRowRenderer{r} }

type jsonRowRenderer struct{ row *jsonRow }

func (r *jsonRowRenderer) Destroy()           {}
func (r *jsonRowRenderer) Layout(fyne.Size)   {}
func (r *jsonRowRenderer) MinSize() fyne.Size { return fyne.NewSize(1, jsonHeight) }
func (r *jsonRowRenderer) Refresh()           { canvas.Refresh(r.row) }

func (r *jsonRowRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, r.row.used+1)
	objects = append(objects, r.row.mark)
	for _, t := range r.row.texts[:r.row.used] {
		objects = append(objects, t)
	}
	return objects
}
