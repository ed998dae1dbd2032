// How the rows of a file become forms of an entity: the plan of one, with the
// rows that were looked at.

package ui

import (
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
)

// batchPlan leads from a table to an entity's form. It belongs to the UI
// goroutine; what checks rows in the background gets a copy.
type batchPlan struct {
	Row   entityRow
	Table *tabular.Table
	Plan  *tabular.Plan
	Form  *forms.Form // holds the row that was looked at last

	options forms.Options
	seen    map[int]batchRow // by row number
}

// batchRow is a row as the form reads it.
type batchRow struct {
	Texts    map[string]string // by field
	Problems []tabular.Problem
	Key      string // as keyOf writes it; empty: the entity has no key, or the row has not
}

// seenMost bounds how many rows are remembered: a few screens full.
const seenMost = 500

// newBatchPlan matches the columns of a table to the fields of an entity.
func newBatchPlan(row entityRow, table *tabular.Table, options forms.Options) *batchPlan {
	form := forms.FromEntity(row.Entity, options)
	p := &batchPlan{
		Row: row, Table: table, Plan: tabular.NewPlan(table, form), Form: form,
		options: options, seen: map[int]batchRow{},
	}
	for i, column := range p.Plan.Columns {
		if field, ok := form.Field(column.Field); ok && field.ReadOnly {
			p.Plan.Columns[i].Field = "" // never sent
		}
	}
	return p
}

// Job is what checking all rows needs, copied.
func (p *batchPlan) Job() *batchJob {
	plan := *p.Plan
	plan.Columns = slices.Clone(p.Plan.Columns)
	return &batchJob{table: p.Table, plan: &plan, form: forms.FromEntity(p.Row.Entity, p.options)}
}

// SetField leads a column to a field; empty: it is not sent. A field takes one
// column: the one that it had before is not sent any more.
func (p *batchPlan) SetField(column int, field string) {
	for i := range p.Plan.Columns {
		if field != "" && p.Plan.Columns[i].Field == field {
			p.Plan.Columns[i].Field = ""
		}
	}
	p.Plan.Columns[column].Field = field
	p.changed()
}

// SetDates settles how a column's dates are read.
func (p *batchPlan) SetDates(column int, order tabular.DateOrder) {
	p.Plan.Columns[column].Dates = order
	p.changed()
}

// SetDecimal settles what stands before a column's decimals.
func (p *batchPlan) SetDecimal(column int, sign tabular.DecimalSign) {
	p.Plan.Columns[column].Decimal = sign
	p.changed()
}

// changed forgets what rows looked like by the plan before.
func (p *batchPlan) changed() {
	clear(p.seen)
	p.Form.Clear()
}

// TakeOver takes what a person has settled in an earlier plan, where it was
// for the same entity and a file with the same columns.
func (p *batchPlan) TakeOver(from *batchPlan) {
	if from == nil || from.Row.Name != p.Row.Name || len(from.Plan.Columns) != len(p.Plan.Columns) {
		return
	}
	for i, column := range from.Plan.Columns {
		if column.Name != p.Plan.Columns[i].Name {
			return
		}
	}
	for i, before := range from.Plan.Columns {
		now, found := &p.Plan.Columns[i], from.Table.Columns[i]
		if _, there := p.Form.Field(before.Field); there || before.Field == "" {
			now.Field = before.Field
		}
		if before.Dates != found.Dates {
			now.Dates = before.Dates
		}
		if before.Decimal != found.Decimal {
			now.Decimal = before.Decimal
		}
	}
	p.changed()
}

// Fields are the fields that have a column, as people see them: what
// identifies an activity first.
func (p *batchPlan) Fields() []*forms.Field {
	taken := map[string]bool{}
	for _, column := range p.Plan.Columns {
		taken[column.Field] = true
	}
	return slices.DeleteFunc(p.Form.Fields(), func(f *forms.Field) bool { return !taken[f.Name] })
}

// Lacking are the fields that every activity needs and no column leads to.
func (p *batchPlan) Lacking() []*forms.Field {
	there := p.Fields()
	return slices.DeleteFunc(p.Form.Fields(), func(f *forms.Field) bool { return !f.Required || slices.Contains(there, f) })
}

// Fill puts a row into the form, and nothing else.
func (p *batchPlan) Fill(number int) ([]tabular.Problem, error) {
	row, err := p.Table.Row(number)
	if err != nil {
		return nil, err
	}
	return p.Plan.Fill(p.Form, row), nil
}

// Look reads a row, from 1, for showing it.
func (p *batchPlan) Look(number int) batchRow {
	if row, ok := p.seen[number]; ok {
		return row
	}
	problems, err := p.Fill(number)
	if err != nil {
		return batchRow{} // no row of the table has this number
	}
	row := batchRow{Texts: map[string]string{}, Problems: problems}
	for _, column := range p.Plan.Columns {
		if column.Field != "" {
			row.Texts[column.Field] = p.Form.Text(column.Field)
		}
	}
	if values := p.Form.KeyValues(); len(values) == len(p.Row.Entity.KeyNames()) {
		texts := make([]string, 0, len(values))
		for _, value := range values {
			texts = append(texts, value.Value)
		}
		row.Key = keyOf(texts)
	}
	if len(p.seen) >= seenMost {
		clear(p.seen)
	}
	p.seen[number] = row
	return row
}

// keyOf writes the values of a key as one text.
func keyOf(values []string) string { return strings.Join(values, "\x00") }
