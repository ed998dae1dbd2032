// This file is MarkList: what is to be said of a text's lines, as a list that
// leads to them.

package widgets

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// MarkList lists marks; a tap, Space or Enter chooses one, Up and Down move.
// It is as high as its marks, up to a few, and takes no room without any.
type MarkList struct {
	widget.BaseWidget

	// OnChosen is called with the mark that was chosen.
	OnChosen func(LineMark)

	marks  []LineMark
	rows   []*markRow
	column *fyne.Container
	scroll *container.Scroll
}

var _ fyne.Widget = (*MarkList)(nil)

const (
	markListMost = 112 // height
	markListRows = 60  // that are made; a text with more is mended from its top
)

// NewMarkList makes an empty list.
func NewMarkList() *MarkList {
	l := &MarkList{column: Column(0)}
	l.scroll = container.NewVScroll(l.column)
	l.ExtendBaseWidget(l)
	return l
}

// SetMarks shows marks, in their order.
func (l *MarkList) SetMarks(marks []LineMark) {
	l.marks, l.rows, l.column.Objects = marks, nil, nil
	for i, m := range marks[:min(len(marks), markListRows)] {
		row := newMarkRow(m, func() { l.choose(i) })
		row.onKey = func(key *fyne.KeyEvent) bool { return l.move(i, key.Name) }
		row.onFocus = func() { l.reveal(row) }
		l.rows = append(l.rows, row)
		l.column.Add(row)
	}
	if more := len(marks) - len(l.rows); more > 0 {
		l.column.Add(Pad(2, 8, 2, 24, NewText(fmt.Sprintf("and %d more", more), RoleCaption)))
	}
	l.Hidden = len(marks) == 0
	l.Refresh()
}

// Marks gives what is listed.
func (l *MarkList) Marks() []LineMark { return l.marks }

func (l *MarkList) choose(i int) {
	if l.OnChosen != nil {
		l.OnChosen(l.marks[i])
	}
}

func (l *MarkList) move(from int, key fyne.KeyName) bool {
	to := from
	switch key {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	default:
		return false
	}
	if to >= 0 && to < len(l.rows) {
		focus(l.rows[to])
	}
	return true
}

func (l *MarkList) reveal(row *markRow) {
	top, bottom := row.Position().Y, row.Position().Y+row.Size().Height
	offset, height := l.scroll.Offset, l.scroll.Size().Height
	if top < offset.Y {
		offset.Y = top
	} else if bottom > offset.Y+height {
		offset.Y = bottom - height
	}
	l.scroll.ScrollToOffset(offset)
}

// CreateRenderer makes the renderer.
func (l *MarkList) CreateRenderer() fyne.WidgetRenderer { return &markListRenderer{l} }

type markListRenderer struct{ list *MarkList }

func (r *markListRenderer) Destroy()                     {}
func (r *markListRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.list.scroll} }
func (r *markListRenderer) Layout(size fyne.Size)        { r.list.scroll.Resize(size) }

func (r *markListRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, min(r.list.column.MinSize().Height, markListMost))
}

func (r *markListRenderer) Refresh() {
	// Wrapped lines know their height by their width.
	r.list.column.Resize(fyne.NewSize(r.list.Size().Width, r.list.column.MinSize().Height))
	r.list.column.Refresh()
	r.list.scroll.Refresh()
	canvas.Refresh(r.list)
}

type markRow struct {
	widget.BaseWidget
	pressable

	dot  *Dot
	text *Text
}

var _ fyne.Focusable = (*markRow)(nil)

func newMarkRow(m LineMark, act func()) *markRow {
	row := &markRow{
		dot:  NewDot(m.Tone),
		text: NewWrappedText(fmt.Sprintf("Line %d, column %d: %s", m.Line, m.Column, sentence(m.Text)), RoleCaption),
	}
	if m.Tone == ToneDanger {
		row.text.SetRole(RoleProblem)
	}
	row.ExtendBaseWidget(row)
	row.pressable.owner, row.pressable.act = row, act
	return row
}

// sentence ends a text with a stop where it has none.
func sentence(text string) string {
	if text != "" && strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + "."
}

// CreateRenderer makes the renderer.
func (row *markRow) CreateRenderer() fyne.WidgetRenderer {
	return &markRowRenderer{row: row, shade: canvas.NewRectangle(color.Transparent), frame: newFrame()}
}

type markRowRenderer struct {
	row          *markRow
	shade, frame *canvas.Rectangle
}

const (
	markLeft = 24 // of the text
	markEdge = 3
)

func (r *markRowRenderer) Destroy() {}

func (r *markRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.row.dot, r.row.text, r.frame}
}

func (r *markRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(markLeft+80, r.row.text.MinSize().Height+2*markEdge)
}

func (r *markRowRenderer) Layout(size fyne.Size) {
	r.shade.Resize(size)
	r.frame.Resize(size)
	dot := r.row.dot.MinSize()
	r.row.dot.Resize(dot)
	r.row.dot.Move(fyne.NewPos((markLeft-dot.Width)/2, markEdge+(r.row.text.lineHeight()-dot.Height)/2))
	r.row.text.Move(fyne.NewPos(markLeft, markEdge))
	r.row.text.Resize(fyne.NewSize(size.Width-markLeft-8, size.Height-2*markEdge))
}

func (r *markRowRenderer) Refresh() {
	r.shade.FillColor = colorOf(r.row, r.row.overlay())
	r.row.paintFrame(r.frame, r.row, 4)
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.row)
}
