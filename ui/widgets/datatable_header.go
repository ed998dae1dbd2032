// This file is the header of a DataTable: it scrolls sideways with the rows,
// and the lines between its titles can be dragged.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

type tableHeader struct {
	widget.BaseWidget

	table  *DataTable
	titles []*Text
	lines  []*canvas.Rectangle
	rule   *canvas.Rectangle
	clip   *container.Clip
	inner  *fyne.Container
	over   int // the column whose right line is below the mouse; -1: none
	drag   int // the column that is being resized
}

var (
	_ fyne.Draggable     = (*tableHeader)(nil)
	_ desktop.Hoverable  = (*tableHeader)(nil)
	_ desktop.Cursorable = (*tableHeader)(nil)
	_ desktop.Mouseable  = (*tableHeader)(nil)
)

const tableGrip = 5 // how near the mouse must be to a line

func newTableHeader(table *DataTable) *tableHeader {
	h := &tableHeader{table: table, over: -1, drag: -1, rule: canvas.NewRectangle(color.Transparent)}
	h.inner = container.NewWithoutLayout()
	h.clip = container.NewClip(h.inner)
	h.ExtendBaseWidget(h)
	return h
}

func (h *tableHeader) lineAt(x float32) int {
	x += h.table.view.scroll.Offset.X
	for i := range h.table.widths {
		if edge := h.table.lefts[i+1]; x >= edge-tableGrip && x <= edge+tableGrip {
			return i
		}
	}
	return -1
}

// MouseDown takes hold of a line.
func (h *tableHeader) MouseDown(e *desktop.MouseEvent) { h.drag = h.lineAt(e.Position.X) }

// MouseUp lets go of it.
func (h *tableHeader) MouseUp(*desktop.MouseEvent) { h.drag = -1 }

// Dragged moves the line.
func (h *tableHeader) Dragged(e *fyne.DragEvent) {
	if h.drag < 0 || h.drag >= len(h.table.widths) {
		return
	}
	left := h.table.lefts[h.drag] - h.table.view.scroll.Offset.X
	h.table.SetColumnWidth(h.drag, e.Position.X-left)
}

// DragEnd lets go of it.
func (h *tableHeader) DragEnd() { h.drag = -1 }

// MouseIn finds the line below the mouse.
func (h *tableHeader) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved finds the line below the mouse.
func (h *tableHeader) MouseMoved(e *desktop.MouseEvent) { h.over = h.lineAt(e.Position.X) }

// MouseOut leaves it.
func (h *tableHeader) MouseOut() { h.over = -1 }

// Cursor tells that a line can be dragged.
func (h *tableHeader) Cursor() desktop.Cursor {
	if h.over >= 0 || h.drag >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer makes the renderer.
func (h *tableHeader) CreateRenderer() fyne.WidgetRenderer {
	r := &tableHeaderRenderer{h}
	r.place()
	return r
}

type tableHeaderRenderer struct{ header *tableHeader }

func (r *tableHeaderRenderer) Destroy()           {}
func (r *tableHeaderRenderer) MinSize() fyne.Size { return fyne.NewSize(1, tableHeaderHeight) }

func (r *tableHeaderRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.header.clip, r.header.rule}
}

func (r *tableHeaderRenderer) Layout(size fyne.Size) {
	r.header.clip.Resize(size)
	r.header.rule.Resize(fyne.NewSize(size.Width, 1))
	r.header.rule.Move(fyne.NewPos(0, size.Height-1))
	r.place()
}

func (r *tableHeaderRenderer) Refresh() {
	r.place()
	r.header.clip.Refresh()
	r.header.rule.Refresh()
	canvas.Refresh(r.header)
}

// place shows the titles in view; further ones do not exist.
func (r *tableHeaderRenderer) place() {
	h, t := r.header, r.header.table
	h.rule.FillColor = colorOf(t, ColorBorder)
	offset, width := t.view.scroll.Offset.X, h.Size().Width
	first, end := t.columnsIn(offset, offset+width)
	for len(h.titles) < end-first {
		title := NewEllipsisText("", RoleGroup)
		h.titles = append(h.titles, title)
		h.lines = append(h.lines, canvas.NewRectangle(color.Transparent))
	}
	h.inner.Objects = h.inner.Objects[:0]
	for i := range end - first {
		column := first + i
		title, line := h.titles[i], h.lines[i]
		title.SetText(t.model.Columns[column].Title)
		title.SetAlignment(t.model.Columns[column].Align)
		title.Resize(fyne.NewSize(max(0, t.widths[column]-2*tableSide), tableHeaderHeight-1))
		title.Move(fyne.NewPos(t.lefts[column]-offset+tableSide, 0))
		line.FillColor = colorOf(t, ColorRule)
		line.Resize(fyne.NewSize(1, tableHeaderHeight-14))
		line.Move(fyne.NewPos(t.lefts[column+1]-offset-1, 7))
		h.inner.Objects = append(h.inner.Objects, title, line)
	}
}
