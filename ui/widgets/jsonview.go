// This file is JSONView: JSON in colours, of any length, that can be selected
// and copied. Only the lines in view exist.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/forms"
)

// JSONView shows lines of JSON. Dragging selects; Control+A, Control+C, the
// arrows and Page Up and Down do what they do in an editor.
type JSONView struct {
	widget.BaseWidget

	lines        []forms.Line
	columns      int // of the longest line
	measured     lineMeasures
	view         *viewport
	anchor, head place
	focused      bool
	minLines     int
}

// place is between two characters of a line.
type place struct{ line, column int }

func (p place) before(q place) bool {
	return p.line < q.line || p.line == q.line && p.column < q.column
}

var (
	_ fyne.Widget       = (*JSONView)(nil)
	_ fyne.Focusable    = (*JSONView)(nil)
	_ fyne.Shortcutable = (*JSONView)(nil)
)

const (
	jsonSide   = 10 // room left and right of the lines
	jsonTop    = 8
	jsonHeight = 17
)

// NewJSONView makes an empty view that asks for room for minLines lines.
func NewJSONView(minLines int) *JSONView {
	v := &JSONView{minLines: minLines}
	v.view = newViewport(jsonHeight, func() fyne.CanvasObject { return newJSONRow(v) }, v.bindRow)
	v.view.scroll.Direction = fyne.ScrollBoth
	v.view.rebindOnX = true
	v.view.cursor = desktop.TextCursor
	v.view.onDown = v.mouseDown
	v.view.onDrag = v.dragged
	v.view.onSecond = v.menu
	v.ExtendBaseWidget(v)
	return v
}

// SetLines shows the lines of a form's preview. The slice is kept.
func (v *JSONView) SetLines(lines []forms.Line) {
	v.lines = lines
	v.columns = v.measured.longest(lines)
	if end := (place{len(lines), 0}); !v.anchor.before(end) || !v.head.before(end) {
		v.anchor, v.head = place{}, place{}
	}
	v.view.width = float32(v.columns)*v.cell() + 2*jsonSide
	v.view.setCount(len(lines))
}

// SetText shows a text. What reads as JSON is coloured, also where other text
// stands around it; line ends are kept as they are.
func (v *JSONView) SetText(text string) { v.SetLines(ColourJSON(text)) }

// Text gives the whole text.
func (v *JSONView) Text() string {
	texts := make([]string, len(v.lines))
	for i, line := range v.lines {
		texts[i] = line.String()
	}
	return strings.Join(texts, "\n")
}

// SelectedText gives what is selected, or "".
func (v *JSONView) SelectedText() string {
	from, to := v.selection()
	var texts []string
	for i := from.line; i <= to.line && i < len(v.lines); i++ {
		runes := []rune(v.lines[i].String())
		a, b := columnsSelected(from, to, i, len(runes))
		texts = append(texts, string(runes[a:b]))
	}
	return strings.Join(texts, "\n")
}

// ScrollToField brings the first line of a field into view.
func (v *JSONView) ScrollToField(name string) {
	for i, line := range v.lines {
		if line.Field == name {
			v.view.show(i)
			return
		}
	}
}

func (v *JSONView) selection() (from, to place) {
	if v.head.before(v.anchor) {
		return v.head, v.anchor
	}
	return v.anchor, v.head
}

// columnsSelected gives the selected columns of one line.
func columnsSelected(from, to place, line, length int) (a, b int) {
	a, b = 0, length
	if line < from.line || line > to.line {
		return 0, 0
	}
	if line == from.line {
		a = min(from.column, length)
	}
	if line == to.line {
		b = min(to.column, length)
	}
	return a, max(a, b)
}

func (v *JSONView) textSize() float32 { return sizeOf(v, theme.SizeNameCaptionText) }

// cell is the width of a character; the font is monospaced.
func (v *JSONView) cell() float32 {
	const sample = "0123456789"
	return sizeIn(sample, v.textSize(), fyne.TextStyle{Monospace: true}).Width / float32(len(sample))
}

func (v *JSONView) bindRow(index int, object fyne.CanvasObject) {
	row := object.(*jsonRow)
	left := v.view.scroll.Offset.X - jsonSide
	cell := v.cell()
	first := max(0, int(left/cell))
	last := int((left+v.view.scroll.Size().Width)/cell) + 2
	from, to := v.selection()
	a, b := columnsSelected(from, to, index, columnsOf(v.lines[index]))
	row.show(v.lines[index], window{first, last}, a, b)
}

func (v *JSONView) placeAt(pos fyne.Position) place {
	line := min(max(int(pos.Y/v.view.rowHeight), 0), max(len(v.lines)-1, 0))
	if len(v.lines) == 0 {
		return place{}
	}
	column := int((pos.X-jsonSide)/v.cell() + 0.5)
	return place{line, min(max(column, 0), columnsOf(v.lines[line]))}
}

func (v *JSONView) selectTo(anchor, head place) {
	if v.anchor == anchor && v.head == head {
		return
	}
	v.anchor, v.head = anchor, head
	v.view.update(true)
}

func (v *JSONView) mouseDown(e *desktop.MouseEvent) {
	focus(v)
	if e.Button == desktop.MouseButtonPrimary {
		at := v.placeAt(e.Position)
		if e.Modifier&fyne.KeyModifierShift != 0 {
			v.selectTo(v.anchor, at)
			return
		}
		v.selectTo(at, at)
	}
}

func (v *JSONView) dragged(e *fyne.DragEvent) {
	at := v.placeAt(e.Position)
	v.selectTo(v.anchor, at)
	v.view.show(at.line)
}

func (v *JSONView) menu(_ int, e *fyne.PointEvent) {
	offset := e.Position.Subtract(v.view.scroll.Offset)
	ShowMenu(v, offset, []MenuItem{
		{Label: "Copy", Disabled: v.SelectedText() == "", OnChosen: v.copySelection},
		{Label: "Copy all", OnChosen: func() { copyText(v.Text()) }},
	})
}

func (v *JSONView) copySelection() {
	if text := v.SelectedText(); text != "" {
		copyText(text)
	}
}

// FocusGained shows the frame.
func (v *JSONView) FocusGained() {
	v.focused = true
	v.Refresh()
}

// FocusLost hides it.
func (v *JSONView) FocusLost() {
	v.focused = false
	v.Refresh()
}

// TypedRune passes characters on.
func (v *JSONView) TypedRune(r rune) { passRune(v, r) }

// TypedKey scrolls.
func (v *JSONView) TypedKey(key *fyne.KeyEvent) {
	offset, size := v.view.scroll.Offset, v.view.scroll.Size()
	switch key.Name {
	case fyne.KeyUp:
		offset.Y -= jsonHeight
	case fyne.KeyDown:
		offset.Y += jsonHeight
	case fyne.KeyLeft:
		offset.X -= 4 * v.cell()
	case fyne.KeyRight:
		offset.X += 4 * v.cell()
	case fyne.KeyPageUp:
		offset.Y -= size.Height
	case fyne.KeyPageDown:
		offset.Y += size.Height
	case fyne.KeyHome:
		offset = fyne.Position{}
	case fyne.KeyEnd:
		offset.Y = v.view.MinSize().Height
	default:
		passKey(v, key)
		return
	}
	v.view.scroll.ScrollToOffset(fyne.NewPos(max(0, offset.X), max(0, offset.Y)))
	v.view.scrolled(v.view.scroll.Offset)
}

// TypedShortcut copies and selects all; other shortcuts are passed on.
func (v *JSONView) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		v.copySelection()
	case *fyne.ShortcutSelectAll:
		if n := len(v.lines); n > 0 {
			v.selectTo(place{}, place{n - 1, columnsOf(v.lines[n-1])})
		}
	default:
		passShortcut(v, s)
	}
}

// CreateRenderer makes the renderer.
func (v *JSONView) CreateRenderer() fyne.WidgetRenderer {
	r := &jsonRenderer{view: v, frame: newFrame()}
	r.box = canvas.NewRectangle(colorOf(v, ColorCode))
	r.paint()
	return r
}

type jsonRenderer struct {
	view       *JSONView
	box, frame *canvas.Rectangle
}

func (r *jsonRenderer) Destroy() {}

func (r *jsonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.view.view.scroll, r.frame}
}

func (r *jsonRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, float32(max(r.view.minLines, 1))*jsonHeight+2*jsonTop)
}

func (r *jsonRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	r.frame.Resize(size)
	r.view.view.scroll.Move(fyne.NewPos(1, jsonTop))
	r.view.view.resize(fyne.NewSize(size.Width-2, size.Height-2*jsonTop))
}

func (r *jsonRenderer) Refresh() {
	r.paint()
	r.box.Refresh()
	r.view.view.Refresh()
	r.frame.Refresh()
}

func (r *jsonRenderer) paint() {
	r.box.FillColor, r.box.CornerRadius = colorOf(r.view, ColorCode), 4
	r.box.StrokeColor, r.box.StrokeWidth = colorOf(r.view, ColorBorder), 1
	paintFrame(r.frame, r.view, 4, r.view.focused)
}
