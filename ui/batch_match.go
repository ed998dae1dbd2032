// Which entity the rows of a file are for, by the names of its columns.

package ui

import (
	"cmp"
	"slices"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/forms/tabular"
)

// batchEntities are the entities that rows can be sent to, in the order of the
// list of entities.
func batchEntities(entities []metadata.Entity) []entityRow {
	var rows []entityRow
	for _, group := range groupEntities(entities, nil) {
		for _, row := range group.Rows {
			if !row.Muted {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// entityMatch is how well an entity suits the columns.
type entityMatch struct {
	Row     entityRow
	Columns int                // that have a field
	Missing int                // parts of the key, and the time, without a column
	Open    metadata.Reception // how likely it takes activities
}

// matchOf compares an entity's fields with the plain names of columns.
func matchOf(row entityRow, columns map[string]bool) entityMatch {
	match := entityMatch{Row: row}
	match.Open, _ = row.Entity.Receives()
	there := map[string]bool{}
	for _, a := range row.Entity.Attributes {
		if a.ReadOnly || there[a.Name] {
			continue
		}
		if columns[forms.PlainName(a.Name)] || columns[forms.PlainName(a.FriendlyName)] {
			there[a.Name] = true
			match.Columns++
		}
	}
	for _, name := range append(slices.Clone(row.Entity.KeyNames()), row.Entity.TimeField()) {
		if name != "" && !there[name] {
			match.Missing++
		}
	}
	return match
}

// compareMatches puts the better match first.
func compareMatches(a, b entityMatch) int {
	return cmp.Or(
		cmp.Compare(b.Columns, a.Columns),
		cmp.Compare(a.Missing, b.Missing),
		cmp.Compare(b.Open, a.Open),
	)
}

// bestEntity is the entity that suits a file's columns best; false where no
// column has the name of a field.
func bestEntity(rows []entityRow, columns []tabular.Column) (entityRow, bool) {
	names := map[string]bool{}
	for _, column := range columns {
		if name := forms.PlainName(column.Header); name != "" {
			names[name] = true
		}
	}
	var best entityMatch
	for _, row := range rows {
		if match := matchOf(row, names); compareMatches(match, best) < 0 {
			best = match
		}
	}
	return best.Row, best.Columns > 0
}

// rowNamed finds an entity among those that can be chosen.
func rowNamed(rows []entityRow, name string) (entityRow, bool) {
	i := slices.IndexFunc(rows, func(row entityRow) bool { return row.Name == name })
	if i < 0 {
		return entityRow{}, false
	}
	return rows[i], true
}
