// This file is DataTable: rows and columns of any number under a header of
// its own. Only the cells in view exist.

package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// TableColumn describes a column of a DataTable.
type TableColumn struct {
	ID    string
	Title string
	Width float32 // 0: fitted to the title and the first rows
	Wide  bool    // it also takes what the columns leave of the table's width; one at most
	Align fyne.TextAlign
}

// TableCell is what stands in one place of a DataTable.
type TableCell struct {
	Text  string
	Tone  Tone // of a badge, or of text that is not neutral
	Badge bool
	Muted bool // for null and what is left out
	Mono  bool
	Mark  string // colour of a small square before the text; empty: none
	// Whole is what is copied in the place of Text, for example of a value that
	// is not shown; empty: Text itself.
	Whole string
}

func (c TableCell) copied() string {
	if c.Whole != "" {
		return c.Whole
	}
	return c.Text
}

// TableModel is where a DataTable gets its data. Its functions are called on
// the UI goroutine, for cells in view only.
type TableModel struct {
	Columns []TableColumn
	Rows    func() int
	Cell    func(row, column int) TableCell
}

// DataTable shows a table. The arrows move from cell to cell, Control+C
// copies the cell, Enter acts on the row, and dragging a line of the header
// changes a column's width.
type DataTable struct {
	widget.BaseWidget

	// OnSelected is called when a person moved to another row.
	OnSelected func(row int)
	// OnActivated is called on Enter and on a tap of the selected row.
	OnActivated func(row int)
	// OnTapped is called on each tap of a cell, after the move to it; true means
	// used up: the row is not acted on.
	OnTapped func(row, column int) bool

	model   TableModel
	widths  []float32
	lefts   []float32 // left edge of each column, and the right one of the last
	wide    int       // the column that takes what is left; -1: none, or a person chose its width
	spare   float32   // what of that column's width is what is left
	row     int       // -1: none
	column  int
	hover   int
	focused bool
	view    *viewport
	header  *tableHeader
}

var (
	_ fyne.Widget       = (*DataTable)(nil)
	_ fyne.Focusable    = (*DataTable)(nil)
	_ fyne.Shortcutable = (*DataTable)(nil)
)

const (
	tableRowHeight    = 26
	tableHeaderHeight = 28
	tableSide         = 8 // left and right within a cell
	tableFitRows      = 50
	tableMinWidth     = 48
	tableMaxWidth     = 300
)

// NewDataTable makes a table of a model.
func NewDataTable(model TableModel) *DataTable {
	t := &DataTable{row: -1, hover: -1}
	t.view = newViewport(tableRowHeight, func() fyne.CanvasObject { return newTableRow(t) }, t.bindRow)
	t.view.scroll.Direction = fyne.ScrollBoth
	t.view.rebindOnX = true
	t.view.onTap = t.tapped
	t.view.onSecond = t.menu
	t.view.onHover = t.hovered
	t.view.onScroll = func(fyne.Position) { t.header.Refresh() }
	t.header = newTableHeader(t)
	t.ExtendBaseWidget(t)
	t.SetModel(model)
	return t
}

// SetModel replaces columns and rows; the widths are fitted anew.
func (t *DataTable) SetModel(model TableModel) {
	t.model = model
	t.row, t.column, t.hover = -1, 0, -1
	t.widths = make([]float32, len(model.Columns))
	t.wide, t.spare = slices.IndexFunc(model.Columns, func(c TableColumn) bool { return c.Wide }), 0
	for i := range model.Columns {
		t.widths[i] = t.fitted(i)
	}
	t.measured()
	t.spread(t.Size().Width)
}

// Reload reads the model's rows again; widths and the selected row stay.
func (t *DataTable) Reload() {
	if t.row >= t.model.Rows() {
		t.row = -1
	}
	t.view.setCount(t.model.Rows())
}

// SelectedRow gives the row, or -1.
func (t *DataTable) SelectedRow() int { return t.row }

// SelectRow marks a row and brings it into view; -1 marks none.
func (t *DataTable) SelectRow(row int) {
	if t.row == row || row >= t.model.Rows() {
		return
	}
	before := t.row
	t.row = row
	if row >= 0 {
		t.view.show(row)
	}
	t.view.rebind(before)
	t.view.rebind(row)
}

// ColumnWidth gives a column's width.
func (t *DataTable) ColumnWidth(column int) float32 { return t.widths[column] }

// SetColumnWidth changes a column's width, within reason.
func (t *DataTable) SetColumnWidth(column int, width float32) {
	width = max(width, tableMinWidth)
	if t.widths[column] == width {
		return
	}
	t.widths[column] = width
	if column == t.wide {
		t.wide, t.spare = -1, 0
	}
	t.measured()
	t.spread(t.Size().Width)
}

// spread gives the wide column what the others leave of a width.
func (t *DataTable) spread(width float32) {
	if t.wide < 0 {
		return
	}
	spare := max(0, width-(t.lefts[len(t.widths)]-t.spare))
	if spare == t.spare {
		return
	}
	t.widths[t.wide] += spare - t.spare
	t.spare = spare
	t.measured()
}

// measured adds the widths up after one of them changed.
func (t *DataTable) measured() {
	t.lefts = make([]float32, len(t.widths)+1)
	for i, width := range t.widths {
		t.lefts[i+1] = t.lefts[i] + width
	}
	t.view.width = t.lefts[len(t.widths)]
	t.view.setCount(t.model.Rows())
	t.header.Refresh()
}

func (t *DataTable) fitted(column int) float32 {
	c := t.model.Columns[column]
	if c.Width > 0 {
		return c.Width
	}
	size := sizeOf(t, theme.SizeNameCaptionText)
	bold, plain := measureWith(size, fyne.TextStyle{Bold: true}), measureWith(size, fyne.TextStyle{})
	width := bold(c.Title)
	for row := range min(t.model.Rows(), tableFitRows) {
		cell := t.model.Cell(row, column)
		need := plain(firstLine(cell.Text))
		if cell.Badge {
			need = bold(cell.Text) + 14
		}
		width = max(width, need)
		if width > tableMaxWidth {
			break
		}
	}
	return min(max(width+2*tableSide+2, tableMinWidth), tableMaxWidth)
}

// firstLine is what of a cell's text is shown: no more than a row has room
// for, so that a cell of a megabyte costs nothing.
func firstLine(text string) string {
	const most = 400
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i] + " ↵"
	}
	return text
}

// shortened is a cell's text for a tip.
func shortened(text string) string {
	const most = 1000
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + ellipsis
	}
	return text
}

// columnsIn gives the columns that a range of x touches.
func (t *DataTable) columnsIn(left, right float32) (first, end int) {
	for first < len(t.widths) && t.lefts[first+1] <= left {
		first++
	}
	end = first
	for end < len(t.widths) && t.lefts[end] < right {
		end++
	}
	return first, end
}

func (t *DataTable) bindRow(index int, object fyne.CanvasObject) {
	left := t.view.scroll.Offset.X
	first, end := t.columnsIn(left, left+t.view.scroll.Size().Width)
	object.(*tableRow).show(index, first, end)
}

func (t *DataTable) tapped(row int, e *fyne.PointEvent) {
	column, _ := t.columnsIn(e.Position.X, e.Position.X+1)
	again := row == t.row
	t.moveTo(row, min(column, len(t.widths)-1))
	focus(t) // after the move: a table that has no row yet takes the first one with the focus
	if t.OnTapped != nil && t.OnTapped(t.row, t.column) {
		return
	}
	if again {
		t.activate()
	}
}

func (t *DataTable) activate() {
	if t.OnActivated != nil && t.row >= 0 {
		t.OnActivated(t.row)
	}
}

func (t *DataTable) hovered(row int, e *desktop.MouseEvent) {
	before := t.hover
	t.hover = row
	if before != row {
		t.view.rebind(before)
		t.view.rebind(row)
	}
	if row < 0 {
		hideTip(t)
		return
	}
	column, _ := t.columnsIn(e.Position.X, e.Position.X+1)
	if column >= len(t.widths) {
		hideTip(t)
		return
	}
	cell := t.model.Cell(row, column)
	m := measureWith(sizeOf(t, theme.SizeNameCaptionText), fyne.TextStyle{Monospace: cell.Mono})
	if m(firstLine(cell.Text)) > t.widths[column]-2*tableSide || strings.Contains(cell.Text, "\n") {
		showTip(t, e.AbsolutePosition, shortened(cell.Text))
	} else {
		hideTip(t)
	}
}

// CellText gives the whole text of the cell that the keyboard is on.
func (t *DataTable) CellText() string {
	if t.row < 0 || t.row >= t.model.Rows() || len(t.widths) == 0 {
		return ""
	}
	return t.model.Cell(t.row, t.column).copied()
}

// RowText gives the texts of a row as they are copied, separated by tabs.
func (t *DataTable) RowText(row int) string {
	texts := make([]string, len(t.widths))
	for i := range texts {
		texts[i] = t.model.Cell(row, i).copied()
	}
	return strings.Join(texts, "\t")
}

func (t *DataTable) menu(row int, e *fyne.PointEvent) {
	column, _ := t.columnsIn(e.Position.X, e.Position.X+1)
	focus(t)
	t.moveTo(row, column)
	offset := e.Position.Subtract(t.view.scroll.Offset).AddXY(0, tableHeaderHeight)
	ShowMenu(t, offset, []MenuItem{
		{Label: "Copy cell", OnChosen: func() { copyText(t.CellText()) }},
		{Label: "Copy row", OnChosen: func() { copyText(t.RowText(row)) }},
	})
}

// CreateRenderer makes the renderer.
func (t *DataTable) CreateRenderer() fyne.WidgetRenderer {
	return &tableRenderer{table: t, frame: newFrame()}
}

type tableRenderer struct {
	table *DataTable
	frame *canvas.Rectangle
}

func (r *tableRenderer) Destroy() {}

func (r *tableRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.table.header, r.table.view.scroll, r.frame}
}

func (r *tableRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, tableHeaderHeight+2*tableRowHeight)
}

func (r *tableRenderer) Layout(size fyne.Size) {
	r.frame.Resize(size)
	r.table.header.Resize(fyne.NewSize(size.Width, tableHeaderHeight))
	r.table.view.scroll.Move(fyne.NewPos(0, tableHeaderHeight))
	r.table.view.resize(fyne.NewSize(size.Width, max(0, size.Height-tableHeaderHeight)))
	r.table.spread(size.Width)
}

func (r *tableRenderer) Refresh() {
	paintFrame(r.frame, r.table, 4, r.table.focused && r.table.model.Rows() == 0)
	r.table.header.Refresh()
	r.table.view.Refresh()
	r.frame.Refresh()
}
