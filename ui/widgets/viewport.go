// This file is viewport: rows of which only the visible ones exist. The lists,
// tables, the timeline and the JSON view of the desk are made of it.

package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// viewport is the content of its scroll. A row object stands for one index
// until it leaves the view, then for another.
type viewport struct {
	widget.BaseWidget

	scroll    *container.Scroll
	rowHeight float32
	tops      []float32 // of the rows, and their end, where they are of several heights; nil: all of rowHeight
	count     int
	width     float32   // of the rows; less than the view: as wide as the view
	sized     fyne.Size // of all rows, as the scroll knows it

	newRow func() fyne.CanvasObject
	bind   func(index int, row fyne.CanvasObject)

	onTap      func(index int, e *fyne.PointEvent)
	onSecond   func(index int, e *fyne.PointEvent)
	onHover    func(index int, e *desktop.MouseEvent) // index -1: left
	onScroll   func(offset fyne.Position)
	onDown     func(e *desktop.MouseEvent)
	onDrag     func(e *fyne.DragEvent)
	cursor     desktop.Cursor
	rebindOnX  bool // rows draw only what is visible sideways
	lastOffset fyne.Position
	wanted     int // row to bring into view once there is one; -1: none

	shown map[int]fyne.CanvasObject
	spare []fyne.CanvasObject
}

var (
	_ fyne.Widget            = (*viewport)(nil)
	_ fyne.Tappable          = (*viewport)(nil)
	_ fyne.SecondaryTappable = (*viewport)(nil)
	_ fyne.Draggable         = (*viewport)(nil)
	_ desktop.Hoverable      = (*viewport)(nil)
	_ desktop.Mouseable      = (*viewport)(nil)
	_ desktop.Cursorable     = (*viewport)(nil)
)

func newViewport(rowHeight float32, newRow func() fyne.CanvasObject, bind func(int, fyne.CanvasObject)) *viewport {
	v := &viewport{rowHeight: rowHeight, newRow: newRow, bind: bind, shown: map[int]fyne.CanvasObject{}, cursor: desktop.DefaultCursor, wanted: -1}
	v.ExtendBaseWidget(v)
	v.scroll = container.NewVScroll(v)
	v.scroll.OnScrolled = v.scrolled
	return v
}

func (v *viewport) scrolled(offset fyne.Position) {
	sideways := v.rebindOnX && offset.X != v.lastOffset.X
	v.lastOffset = offset
	v.update(sideways)
	if v.onScroll != nil {
		v.onScroll(offset)
	}
}

// setTops changes how many rows there are, each with its own height: tops are
// where they begin, and where the last one ends.
func (v *viewport) setTops(tops []float32) {
	v.tops = tops
	v.setCount(len(tops) - 1)
}

// top is where a row begins; that of the row after the last one is the end.
func (v *viewport) top(index int) float32 {
	if v.tops == nil {
		return float32(index) * v.rowHeight
	}
	return v.tops[min(index, len(v.tops)-1)]
}

func (v *viewport) height(index int) float32 { return v.top(index+1) - v.top(index) }

// at is the row at a distance from the top; behind the last one it is the count.
func (v *viewport) at(y float32) int {
	if v.tops == nil {
		return int(y / v.rowHeight)
	}
	index, found := slices.BinarySearch(v.tops, y)
	if !found {
		index--
	}
	return max(0, min(index, v.count))
}

// setCount changes how many rows there are and binds the visible ones again.
func (v *viewport) setCount(count int) {
	v.count = count
	if size := v.MinSize(); size != v.sized {
		v.sized = size
		v.scroll.Refresh() // corrects an offset behind the new end, and binds the rows
		return
	}
	v.update(true)
}

// resize fits the scroll to its owner.
func (v *viewport) resize(size fyne.Size) {
	v.scroll.Resize(size)
	if v.wanted >= 0 && size.Height > 0 {
		v.show(v.wanted)
	}
	v.update(v.rebindOnX)
}

func (v *viewport) visible() (first, end int) {
	top, height := v.scroll.Offset.Y, v.scroll.Size().Height
	if height <= 0 || v.rowHeight <= 0 {
		return 0, 0
	}
	first = max(0, v.at(top))
	end = min(v.count, v.at(top+height)+1)
	return first, max(first, end)
}

// update makes the row objects follow the visible range; with all, rows that
// stay are bound again too.
func (v *viewport) update(all bool) {
	first, end := v.visible()
	for index, row := range v.shown {
		if index < first || index >= end {
			delete(v.shown, index)
			v.spare = append(v.spare, row)
		}
	}
	width := max(v.width, v.scroll.Size().Width)
	for index := first; index < end; index++ {
		row, stays := v.shown[index]
		if !stays {
			row = v.takeRow()
			v.shown[index] = row
		}
		row.Resize(fyne.NewSize(width, v.height(index)))
		row.Move(fyne.NewPos(0, v.top(index)))
		if !stays || all {
			v.bind(index, row)
		}
	}
	canvas.Refresh(v)
}

func (v *viewport) takeRow() fyne.CanvasObject {
	if n := len(v.spare); n > 0 {
		row := v.spare[n-1]
		v.spare = v.spare[:n-1]
		return row
	}
	return v.newRow()
}

// rebind binds one row again if it is visible.
func (v *viewport) rebind(index int) {
	if row, ok := v.shown[index]; ok {
		v.bind(index, row)
	}
}

// show scrolls as little as needed to bring a row into view.
func (v *viewport) show(index int) {
	top, bottom := v.top(index), v.top(index+1)
	offset, height := v.scroll.Offset, v.scroll.Size().Height
	if height <= 0 {
		v.wanted = index
		return
	}
	v.wanted = -1
	switch {
	case top < offset.Y:
		offset.Y = top
	case bottom > offset.Y+height:
		offset.Y = bottom - height
	default:
		return
	}
	v.scroll.ScrollToOffset(offset)
	v.scrolled(v.scroll.Offset)
}

// pageRows is how many whole rows fit the view, at least one.
func (v *viewport) pageRows() int { return max(1, int(v.scroll.Size().Height/v.rowHeight)) }

func (v *viewport) indexAt(pos fyne.Position) int {
	index := v.at(pos.Y)
	if pos.Y < 0 || index >= v.count {
		return -1
	}
	return index
}

// keyStep says where a key that moves in a list of count lines begins, and how
// far it goes; false: it is not one of those.
func (v *viewport) keyStep(key fyne.KeyName, cursor, count int) (from, by int, moves bool) {
	switch key {
	case fyne.KeyDown:
		return cursor, 1, true
	case fyne.KeyUp:
		return cursor, -1, true
	case fyne.KeyPageDown:
		return cursor, v.pageRows(), true
	case fyne.KeyPageUp:
		return cursor, -v.pageRows(), true
	case fyne.KeyHome:
		return 0, 0, true
	case fyne.KeyEnd:
		return count - 1, 0, true
	}
	return 0, 0, false
}

// MinSize is the size of all rows.
func (v *viewport) MinSize() fyne.Size {
	return fyne.NewSize(v.width, v.top(v.count))
}

// Tapped finds the row.
func (v *viewport) Tapped(e *fyne.PointEvent) {
	if index := v.indexAt(e.Position); index >= 0 && v.onTap != nil {
		v.onTap(index, e)
	}
}

// TappedSecondary finds the row.
func (v *viewport) TappedSecondary(e *fyne.PointEvent) {
	if index := v.indexAt(e.Position); index >= 0 && v.onSecond != nil {
		v.onSecond(index, e)
	}
}

// MouseIn finds the row.
func (v *viewport) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved finds the row.
func (v *viewport) MouseMoved(e *desktop.MouseEvent) {
	if v.onHover != nil {
		v.onHover(v.indexAt(e.Position), e)
	}
}

// MouseOut leaves all rows.
func (v *viewport) MouseOut() {
	if v.onHover != nil {
		v.onHover(-1, nil)
	}
}

// MouseDown tells where a selection can start.
func (v *viewport) MouseDown(e *desktop.MouseEvent) {
	if v.onDown != nil {
		v.onDown(e)
	}
}

// MouseUp does nothing.
func (v *viewport) MouseUp(*desktop.MouseEvent) {}

// Dragged tells how far it reaches.
func (v *viewport) Dragged(e *fyne.DragEvent) {
	if v.onDrag != nil {
		v.onDrag(e)
	}
}

// DragEnd does nothing.
func (v *viewport) DragEnd() {}

// Cursor is the one of what the rows hold.
func (v *viewport) Cursor() desktop.Cursor { return v.cursor }

// CreateRenderer makes the renderer.
func (v *viewport) CreateRenderer() fyne.WidgetRenderer { return &viewportRenderer{v} }

type viewportRenderer struct{ view *viewport }

func (r *viewportRenderer) Destroy()           {}
func (r *viewportRenderer) Layout(fyne.Size)   { r.view.update(false) }
func (r *viewportRenderer) MinSize() fyne.Size { return r.view.MinSize() }

// Objects are the visible rows from top to bottom.
func (r *viewportRenderer) Objects() []fyne.CanvasObject {
	indexes := make([]int, 0, len(r.view.shown))
	for index := range r.view.shown {
		indexes = append(indexes, index)
	}
	slices.Sort(indexes)
	objects := make([]fyne.CanvasObject, len(indexes))
	for i, index := range indexes {
		objects[i] = r.view.shown[index]
	}
	return objects
}

// Refresh follows the theme and the data. Spare rows would come back in the
// colours of the theme before.
func (r *viewportRenderer) Refresh() {
	r.view.spare = nil
	r.view.update(true)
	for _, row := range r.view.shown {
		row.Refresh()
	}
}
