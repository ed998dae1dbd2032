// Which column goes into which field, how its cells are read, and filling a
// form from a row.

package tabular

import (
	"fmt"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// Empty says what an empty cell means.
type Empty int

// The meanings of an empty cell.
const (
	EmptyLeavesOut Empty = iota
	EmptyIsNull
	EmptyIsText
)

// Plan leads from a table's columns to a form's fields. Make one with NewPlan,
// change what people want otherwise, then Fill row by row.
type Plan struct {
	Columns []PlanColumn // one for each of the table's
	Empty   Empty

	table *Table
}

// PlanColumn is where one column goes.
type PlanColumn struct {
	Column
	Field string // the field's name; empty: the column is not used
}

// Problem is what is wrong with one row in one place.
type Problem struct {
	Line   int    // of the file, from 1
	Column string // the column's name; empty where the problem has none
	forms.Problem
}

// NewPlan matches columns to fields: by the exact name, then by name but for
// case, spaces and separators, then so by the label. A field takes one column,
// the first that fits best; columns that are left over are not used.
func NewPlan(t *Table, f *forms.Form) *Plan {
	p := &Plan{table: t}
	for _, column := range t.Columns {
		p.Columns = append(p.Columns, PlanColumn{Column: column})
	}
	same := func(s string) string { return s }
	name := func(field *forms.Field) string { return field.Name }
	label := func(field *forms.Field) string { return field.Label }
	taken := map[string]bool{}
	p.match(f, taken, same, name)
	p.match(f, taken, forms.PlainName, name)
	p.match(f, taken, forms.PlainName, label)
	return p
}

// match gives the columns without a field the fields without a column whose
// name is the same once both are made plain.
func (p *Plan) match(f *forms.Form, taken map[string]bool, plain func(string) string, nameOf func(*forms.Field) string) {
	fields := map[string]string{}
	for _, field := range f.Fields() {
		key := plain(nameOf(field))
		if _, twice := fields[key]; key != "" && !taken[field.Name] && !twice {
			fields[key] = field.Name
		}
	}
	for i := range p.Columns {
		column := &p.Columns[i]
		field, ok := fields[plain(column.Header)]
		if column.Field != "" || !ok || taken[field] {
			continue
		}
		column.Field = field
		taken[field] = true
	}
}

// ReadAs says for people how a column's cells are read for its field: "date
// M/D/YYYY", "decimal with comma". It is empty for columns that are not used.
func (c PlanColumn) ReadAs(f *forms.Form) string {
	field, ok := f.Field(c.Field)
	if !ok {
		return ""
	}
	kind := strings.ToLower(field.TypeLabel[:1]) + field.TypeLabel[1:]
	if field.TypeLabel == "GUID" || strings.HasPrefix(field.TypeLabel, "JSON") {
		kind = field.TypeLabel
	}
	switch field.Kind {
	case metadata.KindDate, metadata.KindDateTime:
		switch c.Dates {
		case MonthFirst:
			return kind + ", M/D/YYYY"
		case DayFirst:
			return kind + ", D/M/YYYY"
		case Mixed:
			return kind + ", order differs between rows"
		}
	case metadata.KindInteger, metadata.KindDecimal, metadata.KindDouble:
		switch c.Decimal {
		case Comma:
			return kind + ", with decimal comma"
		case Unclear:
			return kind + ", comma unclear"
		}
	}
	return kind
}

// Fill makes a row's cells the texts of the form's fields and gives every
// problem that the form then has, with the line. Fields without a column keep
// what the form holds, so that values common to all rows are set on the form
// before.
func (p *Plan) Fill(f *forms.Form, row Row) []Problem {
	columns := make(map[string]string, len(p.Columns))
	for i, column := range p.Columns {
		field, ok := f.Field(column.Field)
		if !ok {
			continue
		}
		columns[field.Name] = column.Name
		cell := ""
		if i < len(row.Cells) {
			cell = row.Cells[i]
		}
		p.set(f, field, column, cell)
	}
	var problems []Problem
	if wrong := p.table.ragged(row.Cells); wrong != "" {
		problems = append(problems, Problem{Line: row.Line, Problem: forms.Problem{
			Text:  strings.ToUpper(wrong[:1]) + wrong[1:] + ". Put cells that hold a separator or a line break in quotes",
			Brief: "cells missing or too many",
		}})
	}
	for _, wrong := range f.Problems() {
		problems = append(problems, Problem{Line: row.Line, Column: columns[wrong.Field], Problem: wrong})
	}
	return problems
}

func (p *Plan) set(f *forms.Form, field *forms.Field, column PlanColumn, cell string) {
	if strings.TrimSpace(cell) != "" || field.Kind == metadata.KindText && cell != "" {
		f.SetText(field.Name, readCell(cell, field, column.Column))
		return
	}
	switch p.Empty {
	case EmptyIsNull:
		f.SetNull(field.Name)
	case EmptyIsText:
		f.SetEmpty(field.Name)
	default:
		f.LeaveOut(field.Name)
	}
}

// readCell writes a cell as a field of a form takes it. What the column does
// not settle stays as it is written, so that the field's own problem says what
// it could mean.
func readCell(cell string, field *forms.Field, c Column) string {
	if field.Type.Collection {
		return cell
	}
	switch field.Kind {
	case metadata.KindDate, metadata.KindDateTime:
		return isoDate(strings.TrimSpace(cell), c.Dates)
	case metadata.KindInteger, metadata.KindDecimal, metadata.KindDouble:
		return plainNumber(strings.TrimSpace(cell), c.Decimal)
	}
	return cell
}

// isoDate turns a local date into year-month-day where the column's order is
// known.
func isoDate(cell string, order DateOrder) string {
	d, ok := cutDate(cell)
	if !ok || order != MonthFirst && order != DayFirst {
		return cell
	}
	month, day := d.first, d.second
	if order == DayFirst {
		month, day = day, month
	}
	return fmt.Sprintf("%s-%02d-%02d%s", d.year, month, day, d.rest)
}

// plainNumber removes thousands' signs and turns a decimal comma into a point,
// where the column's sign is known and the digits are grouped as such signs
// group them.
func plainNumber(cell string, sign DecimalSign) string {
	decimal, group := ".", ","
	switch sign {
	case Comma:
		decimal, group = ",", "."
	case Unclear:
		return cell
	}
	whole, fraction, hasFraction := strings.Cut(cell, decimal)
	for _, thousands := range []string{group, "'", "’", " ", "\u00a0", "\u202f"} {
		if joined, ok := ungroup(whole, thousands); ok {
			whole = joined
			break
		}
	}
	if hasFraction {
		return whole + "." + fraction
	}
	return whole
}

// ungroup removes a sign that cuts digits into threes.
func ungroup(s, sign string) (string, bool) {
	parts := strings.Split(s, sign)
	first := strings.TrimLeft(parts[0], "+-")
	if len(parts) < 2 || first == "" || len(first) > 3 {
		return s, false
	}
	for i, part := range append([]string{first}, parts[1:]...) {
		if i > 0 && len(part) != 3 || strings.Trim(part, "0123456789") != "" {
			return s, false
		}
	}
	return strings.Join(parts, ""), true
}
