package widgets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func cells(rows, columns int) widgets.TableModel {
	model := widgets.TableModel{Rows: func() int { return rows }}
	for i := range columns {
		model.Columns = append(model.Columns, widgets.TableColumn{ID: fmt.Sprint(i), Title: fmt.Sprint("Column ", i)})
	}
	model.Cell = func(row, column int) widgets.TableCell {
		if column == 1 {
			return widgets.TableCell{Text: "accepted", Badge: true, Tone: widgets.ToneSuccess}
		}
		return widgets.TableCell{Text: fmt.Sprintf("r%d c%d", row, column)}
	}
	return model
}

func TestATableMakesOnlyTheCellsInView(t *testing.T) {
	table := widgets.NewDataTable(cells(1_000_000, 300))
	show(t, fyne.NewSize(600, 400), table)
	if n := len(words(table)); n > 400 {
		t.Errorf("%d cells for 15 rows and 7 columns in view", n)
	}
	if got := words(table); !slices.Contains(got, "Column 0") || !slices.Contains(got, "r0 c0") || slices.Contains(got, "Column 200") {
		t.Errorf("shows %q", got)
	}
}

func TestATableIsMovedThroughCellByCell(t *testing.T) {
	table := widgets.NewDataTable(cells(1000, 50))
	var rows []int
	activated := -1
	table.OnSelected = func(row int) { rows = append(rows, row) }
	table.OnActivated = func(row int) { activated = row }
	c, _ := show(t, fyne.NewSize(600, 400), table)
	c.Focus(table)
	press(c, fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn)
	shortcut(t, c, &fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "r2 c2" || activated != 2 || !slices.Equal(rows, []int{0, 1, 2}) {
		t.Errorf("copied %q, activated %d, told of %v", got, activated, rows)
	}
	press(c, fyne.KeyEnd)
	for range 60 {
		press(c, fyne.KeyRight)
	}
	if got := words(table); table.CellText() != "r999 c49" || !slices.Contains(got, "r999 c49") || !slices.Contains(got, "Column 49") {
		t.Errorf("at %q, shows %q", table.CellText(), got)
	}
	if got := table.RowText(3); !strings.HasPrefix(got, "r3 c0\taccepted\tr3 c2\t") {
		t.Errorf("the row is %q", got)
	}
}

func TestATapOfACellCanActAtOnceAndCopyWhatIsNotShown(t *testing.T) {
	model := cells(5, 3)
	cell := model.Cell
	model.Cell = func(row, column int) widgets.TableCell {
		c := cell(row, column)
		if column == 0 {
			c.Text, c.Whole = "•••", fmt.Sprint("secret of ", row)
		}
		return c
	}
	table := widgets.NewDataTable(model)
	activated, tapped := 0, ""
	table.OnActivated = func(int) { activated++ }
	table.OnTapped = func(row, column int) bool {
		tapped = fmt.Sprint(row, " ", column)
		return column == 1
	}
	c, _ := show(t, fyne.NewSize(600, 400), table)
	second := fyne.NewPos(table.ColumnWidth(0)+8, 28+26+10)
	test.TapCanvas(c, second)
	test.TapCanvas(c, second)
	if tapped != "1 1" || activated != 0 {
		t.Errorf("tapped %q, activated %d times", tapped, activated)
	}
	test.TapCanvas(c, fyne.NewPos(8, 28+26+10)) // the row is the selected one: as usual
	if tapped != "1 0" || activated != 1 {
		t.Errorf("tapped %q, activated %d times", tapped, activated)
	}
	shortcut(t, c, &fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "secret of 1" || slices.Contains(words(table), "secret of 1") {
		t.Errorf("copied %q", got)
	}
}

func TestColumnsAreFittedAndDragged(t *testing.T) {
	model := cells(10, 3)
	cell := model.Cell
	model.Cell = func(row, column int) widgets.TableCell {
		if column == 2 {
			return widgets.TableCell{Text: strings.Repeat("long ", 100_000)}
		}
		return cell(row, column)
	}
	model.Columns[0].Width = 77
	table := widgets.NewDataTable(model)
	show(t, fyne.NewSize(600, 400), table)
	if table.ColumnWidth(0) != 77 || table.ColumnWidth(1) < 60 || table.ColumnWidth(2) > 300 {
		t.Errorf("widths %v, %v, %v", table.ColumnWidth(0), table.ColumnWidth(1), table.ColumnWidth(2))
	}
	edge := table.ColumnWidth(0)
	header := all[dragged](table)[0]
	dragOn(header, fyne.NewPos(edge, 10), fyne.NewPos(edge+40, 10))
	if got := table.ColumnWidth(0); got != 117 {
		t.Errorf("dragged to %v", got)
	}
	dragOn(header, fyne.NewPos(117, 10), fyne.NewPos(-50, 10))
	if got := table.ColumnWidth(0); got < 40 {
		t.Errorf("dragged away to %v", got)
	}
}

// dragged is what of a table can be dragged: its header comes first.
type dragged interface {
	fyne.CanvasObject
	fyne.Draggable
}

func TestATableFollowsItsModel(t *testing.T) {
	rows := 5
	model := cells(0, 2)
	model.Rows = func() int { return rows }
	table := widgets.NewDataTable(model)
	show(t, fyne.NewSize(600, 400), table)
	table.SelectRow(4)
	rows = 3
	table.Reload()
	if got := words(table); table.SelectedRow() != -1 || slices.Contains(got, "r3 c0") || !slices.Contains(got, "r2 c0") {
		t.Errorf("row %d, shows %q", table.SelectedRow(), got)
	}
	rows = 0
	table.Reload()
	if table.CellText() != "" {
		t.Errorf("an empty table has %q", table.CellText())
	}
}

func BenchmarkTableOfAMillionRows(b *testing.B) {
	table := widgets.NewDataTable(cells(1_000_000, 300))
	c, _ := show(b, fyne.NewSize(1000, 700), table)
	c.Focus(table)
	for b.Loop() {
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
}

func TestTheFirstClickOnATableSelectsAndTheSecondActivates(t *testing.T) {
	table := widgets.NewDataTable(cells(10, 3))
	var selected, activated []int
	table.OnSelected = func(row int) { selected = append(selected, row) }
	table.OnActivated = func(row int) { activated = append(activated, row) }
	c, _ := show(t, fyne.NewSize(600, 400), table)
	firstRow := fyne.NewPos(60, 45) // below the header
	test.TapCanvas(c, firstRow)
	if !slices.Equal(selected, []int{0}) || len(activated) != 0 {
		t.Fatalf("after the first click selected %v and activated %v", selected, activated)
	}
	test.TapCanvas(c, firstRow)
	if !slices.Equal(selected, []int{0}) || !slices.Equal(activated, []int{0}) {
		t.Errorf("after the second click selected %v and activated %v", selected, activated)
	}
}

func TestTheWideColumnTakesWhatTheOthersLeave(t *testing.T) {
	model := cells(10, 3)
	for i := range model.Columns {
		model.Columns[i].Width = 100
	}
	model.Columns[1].Wide = true
	table := widgets.NewDataTable(model)
	for _, c := range []struct{ table, column float32 }{{500, 300}, {640, 440}, {200, 100}, {400, 200}} {
		table.Resize(fyne.NewSize(c.table, 200))
		if got := table.ColumnWidth(1); got != c.column {
			t.Errorf("of a table of %v it has %v, want %v", c.table, got, c.column)
		}
	}
	table.SetColumnWidth(0, 150)
	if got := table.ColumnWidth(1); got != 150 {
		t.Errorf("beside a wider column it has %v", got)
	}
	table.SetColumnWidth(1, 120) // a person's word
	table.Resize(fyne.NewSize(900, 200))
	if got := table.ColumnWidth(1); got != 120 {
		t.Errorf("it was given 120 and has %v", got)
	}
}
