// This file draws a row of a DataTable, its cells in view only.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type tableRow struct {
	widget.BaseWidget

	table            *DataTable
	box, line, frame *canvas.Rectangle
	cells            []*tableCell // a pool; the first used ones show
	used             int
}

func newTableRow(table *DataTable) *tableRow {
	r := &tableRow{
		table: table, box: canvas.NewRectangle(color.Transparent),
		line: canvas.NewRectangle(color.Transparent), frame: newFrame(),
	}
	r.ExtendBaseWidget(r)
	return r
}

// show binds the columns from first up to end.
func (r *tableRow) show(index, first, end int) {
	t := r.table
	r.used = end - first
	for len(r.cells) < r.used {
		r.cells = append(r.cells, newTableCell())
	}
	for i := range r.used {
		column := first + i
		cell := r.cells[i]
		cell.show(t.model.Cell(index, column), t.model.Columns[column].Align)
		cell.Resize(fyne.NewSize(t.widths[column], tableRowHeight))
		cell.Move(fyne.NewPos(t.lefts[column], 0))
	}
	r.paint(index)
	canvas.Refresh(r)
}

func (r *tableRow) paint(index int) {
	t := r.table
	fill := colorNone
	switch index {
	case t.row:
		fill = ColorSelected
	case t.hover:
		fill = theme.ColorNameHover
	}
	r.box.FillColor = colorOf(t, fill)
	r.line.FillColor = colorOf(t, ColorRule)
	paintFrame(r.frame, t, 3, t.focused && index == t.row)
	if len(t.widths) > 0 {
		r.frame.Resize(fyne.NewSize(t.widths[t.column], tableRowHeight-1))
		r.frame.Move(fyne.NewPos(t.lefts[t.column], 0))
	}
}

// CreateRenderer makes the renderer.
func (r *tableRow) CreateRenderer() fyne.WidgetRenderer { return &tableRowRenderer{r} }

type tableRowRenderer struct{ row *tableRow }

func (r *tableRowRenderer) Destroy()           {}
func (r *tableRowRenderer) MinSize() fyne.Size { return fyne.NewSize(1, tableRowHeight) }

// Refresh drops spare cells, which would keep the colours of another theme.
func (r *tableRowRenderer) Refresh() {
	r.row.cells = r.row.cells[:r.row.used]
	for _, cell := range r.row.cells {
		cell.Refresh()
	}
	canvas.Refresh(r.row)
}

func (r *tableRowRenderer) Layout(size fyne.Size) {
	r.row.box.Resize(fyne.NewSize(size.Width, size.Height-1))
	r.row.line.Resize(fyne.NewSize(size.Width, 1))
	r.row.line.Move(fyne.NewPos(0, size.Height-1))
}

func (r *tableRowRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, r.row.used+3)
	objects = append(objects, r.row.box, r.row.line)
	for _, cell := range r.row.cells[:r.row.used] {
		objects = append(objects, cell)
	}
	return append(objects, r.row.frame)
}

// tableCell shows text that ends with an ellipsis, or a badge.
type tableCell struct {
	widget.BaseWidget

	text  *Text
	badge *Badge
	mark  *Mark
}

func newTableCell() *tableCell {
	c := &tableCell{text: NewEllipsisText("", RoleCaption), badge: NewBadge("", ToneNeutral), mark: NewMark("")}
	c.ExtendBaseWidget(c)
	return c
}

func (c *tableCell) show(cell TableCell, align fyne.TextAlign) {
	c.badge.Hidden, c.text.Hidden = !cell.Badge, cell.Badge
	c.mark.Set(cell.Mark)
	if cell.Badge {
		c.badge.Set(cell.Text, cell.Tone)
		return
	}
	role, ink := RoleCaption, theme.ColorNameForeground
	switch {
	case cell.Muted:
		ink = ColorMuted
	case cell.Tone != ToneNeutral:
		_, ink = cell.Tone.soft()
	}
	if cell.Mono {
		role = RoleCode
	}
	c.text.SetRole(role)
	c.text.SetColor(ink)
	c.text.SetAlignment(align)
	c.text.SetText(firstLine(cell.Text))
	c.placeText()
}

// placeText leaves room for the mark, where there is one.
func (c *tableCell) placeText() {
	size := c.Size()
	left := float32(tableSide)
	if c.mark.Visible() {
		left += markSize + 6
	}
	c.text.Resize(fyne.NewSize(max(0, size.Width-left-tableSide), size.Height-1))
	c.text.Move(fyne.NewPos(left, 0))
}

// CreateRenderer makes the renderer.
func (c *tableCell) CreateRenderer() fyne.WidgetRenderer { return &tableCellRenderer{c} }

type tableCellRenderer struct{ cell *tableCell }

func (r *tableCellRenderer) Destroy()           {}
func (r *tableCellRenderer) MinSize() fyne.Size { return fyne.NewSize(1, tableRowHeight) }

func (r *tableCellRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.cell.mark, r.cell.text, r.cell.badge}
}

func (r *tableCellRenderer) Layout(size fyne.Size) {
	width := max(0, size.Width-2*tableSide)
	r.cell.placeText()
	r.cell.mark.Resize(fyne.NewSize(markSize, size.Height-1))
	r.cell.mark.Move(fyne.NewPos(tableSide, 0))
	r.cell.badge.Resize(fyne.NewSize(min(r.cell.badge.MinSize().Width, width+tableSide), size.Height-1))
	r.cell.badge.Move(fyne.NewPos(tableSide-2, 0))
}

func (r *tableCellRenderer) Refresh() {
	r.cell.mark.Refresh()
	r.cell.text.Refresh()
	r.cell.badge.Refresh()
	canvas.Refresh(r.cell)
}
