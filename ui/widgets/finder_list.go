// This file is the list inside of a Finder: virtual rows with a kind, a label
// whose matching letters are marked, a note and a key.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// finderList is never focused: the field above it is.
type finderList struct {
	widget.BaseWidget

	row      func(int) FinderRow
	view     *viewport
	cursor   int // -1: there are no rows
	hover    int // -1: the mouse is over none
	onChosen func(int)
}

func newFinderList() *finderList {
	l := &finderList{cursor: -1, hover: -1}
	l.view = newViewport(finderRowHigh, func() fyne.CanvasObject { return newFinderRow() }, l.bindRow)
	l.view.onTap = func(index int, _ *fyne.PointEvent) {
		l.moveTo(index)
		l.choose(index)
	}
	l.view.onHover = func(index int, e *desktop.MouseEvent) { l.hovered(index, e) }
	l.ExtendBaseWidget(l)
	return l
}

func (l *finderList) setRows(count int, row func(int) FinderRow, cursor int) {
	l.row, l.hover = row, -1
	l.cursor = min(max(cursor, 0), count-1)
	l.view.setCount(count)
	if l.cursor >= 0 {
		l.view.show(l.cursor)
	}
}

func (l *finderList) bindRow(index int, object fyne.CanvasObject) {
	object.(*finderRow).show(l.row(index), index == l.cursor, index == l.hover)
}

func (l *finderList) choose(index int) {
	if index >= 0 && index < l.view.count && l.onChosen != nil {
		l.onChosen(index)
	}
}

// step goes on from the last row to the first, and back.
func (l *finderList) step(by int) {
	if n := l.view.count; n > 0 {
		l.moveTo((l.cursor + by + n) % n)
	}
}

func (l *finderList) moveTo(index int) {
	if index < 0 || index >= l.view.count || index == l.cursor {
		return
	}
	before := l.cursor
	l.cursor = index
	l.view.show(index)
	l.view.rebind(before)
	l.view.rebind(index)
}

// hovered shades the row below the mouse. The cursor stays: a mouse that rests
// where the list opens must not decide what Enter chooses.
func (l *finderList) hovered(index int, e *desktop.MouseEvent) {
	if index == l.hover {
		return
	}
	before := l.hover
	l.hover = index
	l.view.rebind(before)
	l.view.rebind(index)
	hideTip(l)
	if row, ok := l.view.shown[index].(*finderRow); ok && !row.whole {
		showTip(l, e.AbsolutePosition, row.row.Label+"\n"+row.row.Note)
	}
}

// CreateRenderer makes the renderer.
func (l *finderList) CreateRenderer() fyne.WidgetRenderer { return &finderListRenderer{l} }

type finderListRenderer struct{ list *finderList }

func (r *finderListRenderer) Destroy() {}

func (r *finderListRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.list.view.scroll}
}

func (r *finderListRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, finderLeast*finderRowHigh)
}

func (r *finderListRenderer) Layout(size fyne.Size) { r.list.view.resize(size) }
func (r *finderListRenderer) Refresh()              { r.list.view.Refresh() }

// finderRow draws one row. It takes no mouse itself; the viewport does.
type finderRow struct {
	widget.BaseWidget

	row             FinderRow
	cursor, hovered bool
	whole           bool // nothing of it is shortened
	kind, note, key *Text
}

func newFinderRow() *finderRow {
	r := &finderRow{
		kind: NewEllipsisText("", RoleSmall), note: NewEllipsisText("", RoleSmall), key: NewText("", RoleSmall), whole: true,
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *finderRow) show(row FinderRow, cursor, hovered bool) {
	r.row, r.cursor, r.hovered = row, cursor, hovered
	r.kind.SetText(row.Kind)
	r.note.SetText(row.Note)
	r.key.SetText(row.Key)
	r.Refresh()
}

// CreateRenderer makes the renderer.
func (r *finderRow) CreateRenderer() fyne.WidgetRenderer {
	render := &finderRowRenderer{
		row: r, box: canvas.NewRectangle(color.Transparent), cap: canvas.NewRectangle(color.Transparent),
	}
	render.box.CornerRadius = 4
	render.cap.CornerRadius, render.cap.StrokeWidth = 3, 1
	render.paint()
	return render
}

type finderRowRenderer struct {
	row      *finderRow
	box, cap *canvas.Rectangle
	pieces   []fyne.CanvasObject // of the label
}

const (
	finderSide = 8
	finderKind = 84 // width of the kinds
	finderGap  = 12
	finderCap  = 5 // between a key and its frame
)

func (r *finderRowRenderer) Destroy() {}

func (r *finderRowRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.box, r.cap, r.row.kind, r.row.note, r.row.key}
	return append(objects, r.pieces...)
}

func (r *finderRowRenderer) MinSize() fyne.Size { return fyne.NewSize(120, finderRowHigh) }

// Layout gives the key its width, the note up to two fifths of the rest, and
// the label what is left: the name matters most.
func (r *finderRowRenderer) Layout(size fyne.Size) {
	row := r.row
	r.box.Resize(size)
	place := func(t *Text, x, width float32) {
		t.Resize(fyne.NewSize(width, size.Height))
		t.Move(fyne.NewPos(x, 0))
	}
	place(row.kind, finderSide, finderKind-finderGap)
	left, right := float32(finderSide+finderKind), size.Width-finderSide
	if row.row.Key != "" {
		width := row.key.MinSize().Width
		right -= finderCap
		place(row.key, right-width, width)
		const height = 20
		r.cap.Resize(fyne.NewSize(width+2*finderCap, height))
		r.cap.Move(fyne.NewPos(right-width-finderCap, (size.Height-height)/2))
		right -= width + finderCap + finderGap
	}
	label := r.labelWidth()
	noteSize, noteStyle := row.note.metrics()
	note := measureWith(noteSize, noteStyle)(row.row.Note)
	if note > 0 {
		note = min(note+1, max((right-left)*2/5, right-left-label-finderGap))
		place(row.note, right-note, note)
		right -= note + finderGap
	} else {
		place(row.note, right, 0)
	}
	r.placeLabel(left, max(0, right-left), size.Height)
	row.whole = label <= right-left+0.5 && row.note.Whole()
}

func (r *finderRowRenderer) Refresh() {
	r.paint()
	r.Layout(r.row.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.row)
}

func (r *finderRowRenderer) paint() {
	row := r.row
	fill := colorNone
	switch {
	case row.cursor:
		fill = ColorSelected
	case row.hovered:
		fill = theme.ColorNameHover
	}
	r.box.FillColor = colorOf(row, fill)
	r.cap.StrokeColor = colorOf(row, theme.ColorNameInputBorder)
	r.cap.Hidden = row.row.Key == ""
}

// ink and style of a letter of the label, marked or not.
func (r *finderRowRenderer) look(marked bool) (color.Color, fyne.TextStyle) {
	switch {
	case r.row.row.Muted:
		return colorOf(r.row, ColorMuted), fyne.TextStyle{Bold: marked}
	case marked:
		return colorOf(r.row, ColorOnSelected), fyne.TextStyle{Bold: true}
	}
	return colorOf(r.row, theme.ColorNameForeground), fyne.TextStyle{}
}

func (r *finderRowRenderer) labelWidth() float32 {
	width, size := float32(0), sizeOf(r.row, theme.SizeNameText)
	for _, p := range piecesOf(r.row.row.Label, r.row.row.Marks) {
		_, style := r.look(p.marked)
		width += measureWith(size, style)(p.text)
	}
	return width
}

// placeLabel draws the label in pieces, as far as they fit.
func (r *finderRowRenderer) placeLabel(x, room, height float32) {
	size := sizeOf(r.row, theme.SizeNameText)
	r.pieces = r.pieces[:0]
	for _, p := range piecesOf(r.row.row.Label, r.row.row.Marks) {
		ink, style := r.look(p.marked)
		text, whole := fit(p.text, room, measureWith(size, style))
		object := canvas.NewText("", ink)
		object.TextSize, object.TextStyle = size, style
		setText(object, text)
		need := object.MinSize()
		object.Resize(need)
		object.Move(fyne.NewPos(x, (height-need.Height)/2))
		r.pieces = append(r.pieces, object)
		if !whole {
			return
		}
		x, room = x+need.Width, room-need.Width
	}
}

// piece is a run of letters that are all marked, or all not.
type piece struct {
	text   string
	marked bool
}

// piecesOf cuts a label at its marks.
func piecesOf(label string, marks []int) []piece {
	var pieces []piece
	runes := []rune(label)
	start, next := 0, 0
	isMarked := func(i int) bool {
		for next < len(marks) && marks[next] < i {
			next++
		}
		return next < len(marks) && marks[next] == i
	}
	last := false
	for i := range runes {
		marked := isMarked(i)
		if i > 0 && marked != last {
			pieces = append(pieces, piece{string(runes[start:i]), last})
			start = i
		}
		last = marked
	}
	if len(runes) > 0 {
		pieces = append(pieces, piece{string(runes[start:]), last})
	}
	return pieces
}
