// The left card of the batch page: which column goes into which field, and
// how it is read.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// notSent stands for the field of a column that is not sent.
const notSent = "not sent"

// batchColumns shows the columns of a file with their fields. It changes the
// plan that it shows and reports that it did.
type batchColumns struct {
	table   *widgets.DataTable
	name    *widgets.Text // the chosen column
	field   *widgets.Picker
	reading *widgets.Picker
	says    *widgets.Text
	warns   *widgets.Text
	lacks   *widgets.Text
	edit    *fyne.Container // the pickers
	parts   *fyne.Container // all of the card
	content fyne.CanvasObject

	columns   []tabular.PlanColumn // as shown
	plan      *batchPlan           // nil: no entity is chosen
	onChanged func()
}

func newBatchColumns(onChanged func()) *batchColumns {
	c := &batchColumns{
		name:      widgets.NewEllipsisText("", widgets.RoleStrong),
		says:      widgets.NewWrappedText("", widgets.RoleCaption),
		warns:     widgets.NewWrappedText("", widgets.RoleWarning),
		lacks:     widgets.NewWrappedText("", widgets.RoleProblem),
		onChanged: onChanged,
	}
	c.field = widgets.NewPicker("Field", c.fieldItems)
	c.reading = widgets.NewPicker("Read as", c.readingItems)
	c.table = widgets.NewDataTable(c.model())
	c.table.OnSelected = func(int) { c.showChosen() }
	c.table.OnActivated = func(int) { c.field.Tapped(nil) }
	c.content = c.layout()
	return c
}

// Content is the card.
func (c *batchColumns) Content() fyne.CanvasObject { return c.content }

// Show shows a file's columns; without a plan none has a field yet.
func (c *batchColumns) Show(table *tabular.Table, plan *batchPlan) {
	chosen := c.chosen()
	same := plan != nil && c.plan != nil && plan.Table == c.plan.Table
	c.plan, c.columns = plan, nil
	if plan == nil {
		for _, column := range table.Columns {
			c.columns = append(c.columns, tabular.PlanColumn{Column: column})
		}
	} else {
		c.columns = plan.Plan.Columns
	}
	c.table.SetModel(c.model())
	if !same || chosen < 0 {
		chosen = 0
	}
	c.table.SelectRow(chosen)
	c.showChosen()
	c.warns.SetText(oddWords(table))
	c.showLacking()
}

// Say shows what came of checking the rows.
func (c *batchColumns) Say(text string) {
	c.says.SetText(text)
	setVisible(c.says, text != "")
	c.parts.Refresh()
}

// chosen is the index of the chosen column, or -1.
func (c *batchColumns) chosen() int {
	if row := c.table.SelectedRow(); row < len(c.columns) {
		return row
	}
	return -1
}

// showChosen shows the pickers for the chosen column.
func (c *batchColumns) showChosen() {
	i := c.chosen()
	setVisible(c.edit, i >= 0 && c.plan != nil)
	if i < 0 || c.plan == nil {
		c.parts.Refresh()
		return
	}
	column := c.columns[i]
	c.name.SetText(column.Name)
	c.field.Set(fieldWord(column), "", widgets.ToneNeutral)
	items := c.readingItems()
	setVisible(c.reading, len(items) > 0)
	for _, item := range items {
		if item.Checked {
			c.reading.Set(item.Label, "", widgets.ToneNeutral)
		}
	}
	c.parts.Refresh()
}

func (c *batchColumns) showLacking() {
	text := ""
	if c.plan != nil {
		text = lackingWords(c.plan.Lacking())
	}
	c.lacks.SetText(text)
	setVisible(c.lacks, text != "")
	setVisible(c.warns, c.warns.Text() != "")
	c.parts.Refresh()
}

// changed follows a change of the plan.
func (c *batchColumns) changed() {
	c.table.Reload()
	c.table.Refresh()
	c.showChosen()
	c.showLacking()
	c.onChanged()
}

func fieldWord(column tabular.PlanColumn) string {
	if column.Field == "" {
		return notSent
	}
	return column.Field
}

// fieldItems offers the fields that the chosen column can go into.
func (c *batchColumns) fieldItems() []widgets.MenuItem {
	i := c.chosen()
	if i < 0 || c.plan == nil {
		return nil
	}
	now := c.columns[i].Field
	items := []widgets.MenuItem{{
		Label: "Not sent", Checked: now == "", OnChosen: func() { c.setField(i, "") },
	}}
	for _, field := range c.plan.Form.Fields() {
		if field.ReadOnly {
			continue
		}
		items = append(items, widgets.MenuItem{
			Label: field.Name, Note: c.fieldNote(field, i), Checked: field.Name == now,
			Separate: len(items) == 1, OnChosen: func() { c.setField(i, field.Name) },
		})
	}
	return items
}

// fieldNote says what a field is, or which other column it would lose.
func (c *batchColumns) fieldNote(field *forms.Field, column int) string {
	for i, other := range c.columns {
		if i != column && other.Field == field.Name {
			return "now from " + other.Name
		}
	}
	return field.Describe()
}

func (c *batchColumns) setField(column int, field string) {
	if c.plan == nil || column >= len(c.columns) || c.columns[column].Field == field {
		return
	}
	c.plan.SetField(column, field)
	c.changed()
}

// readingItems offers the ways to read the chosen column's cells, for dates
// and numbers.
func (c *batchColumns) readingItems() []widgets.MenuItem {
	i := c.chosen()
	if i < 0 || c.plan == nil {
		return nil
	}
	column := c.columns[i]
	field, ok := c.plan.Form.Field(column.Field)
	if !ok || field.Type.Collection {
		return nil
	}
	switch field.Kind {
	case metadata.KindDate, metadata.KindDateTime:
		return c.dateItems(i, column.Dates)
	case metadata.KindInteger, metadata.KindDecimal, metadata.KindDouble:
		return c.decimalItems(i, column.Decimal)
	default:
		return nil
	}
}

func (c *batchColumns) dateItems(column int, now tabular.DateOrder) []widgets.MenuItem {
	item := func(label, note string, order tabular.DateOrder, checked bool) widgets.MenuItem {
		return widgets.MenuItem{Label: label, Note: note, Checked: checked, OnChosen: func() {
			c.plan.SetDates(column, order)
			c.changed()
		}}
	}
	return []widgets.MenuItem{
		item("as it is written", "2019-01-20; 1/2/2019 is left open", tabular.Undecided, now == tabular.Undecided || now == tabular.Mixed),
		item("M/D/YYYY", "1/2/2019 is 2 January", tabular.MonthFirst, now == tabular.MonthFirst),
		item("D/M/YYYY", "1/2/2019 is 1 February", tabular.DayFirst, now == tabular.DayFirst),
	}
}

func (c *batchColumns) decimalItems(column int, now tabular.DecimalSign) []widgets.MenuItem {
	item := func(label, note string, sign tabular.DecimalSign, checked bool) widgets.MenuItem {
		return widgets.MenuItem{Label: label, Note: note, Checked: checked, OnChosen: func() {
			c.plan.SetDecimal(column, sign)
			c.changed()
		}}
	}
	items := []widgets.MenuItem{
		item("decimal point", "1,234.50", tabular.Point, now == tabular.Point),
		item("decimal comma", "1.234,50", tabular.Comma, now == tabular.Comma),
	}
	if now == tabular.Unclear {
		items = append(items, item("not clear", "commas are left as they are", tabular.Unclear, true))
	}
	return items
}

func (c *batchColumns) model() widgets.TableModel {
	return widgets.TableModel{
		Columns: []widgets.TableColumn{
			{ID: "column", Title: "Column"}, {ID: "field", Title: "Field"}, {ID: "reading", Title: "Read as"},
		},
		Rows: func() int { return len(c.columns) },
		Cell: c.cell,
	}
}

func (c *batchColumns) cell(row, column int) widgets.TableCell {
	one := c.columns[row]
	switch {
	case column == 0:
		return widgets.TableCell{Text: one.Name}
	case one.Field == "" && column == 1:
		return widgets.TableCell{Text: notSent, Muted: true}
	case one.Field == "" || c.plan == nil:
		return widgets.TableCell{}
	case column == 1:
		return widgets.TableCell{Text: fieldMark(c.plan.Form, one.Field)}
	default:
		return widgets.TableCell{Text: one.ReadAs(c.plan.Form)}
	}
}

// fieldMark is a field's name with its part in the entity: "PurchaseId · key".
func fieldMark(form *forms.Form, name string) string {
	field, ok := form.Field(name)
	switch {
	case !ok:
		return name
	case field.Key:
		return name + " · key"
	case field.Time:
		return name + " · time"
	case field.CustomerRef:
		return name + " · customer"
	default:
		return name
	}
}
