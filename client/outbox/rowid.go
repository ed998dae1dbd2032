// RowID: how a row of the timeline says which activity of a source it is, for
// those who look many rows up at once.

package outbox

import (
	"strings"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// RowID is what a row's SourceTableName and SourceActivityId say, in lower
// case: names are written both ways by the two roots. Table is empty where the
// row names no table.
type RowID struct{ Table, ID string }

// RowIDOf gives the id of a row; false where the row names no activity of a
// source, so that nobody can say for certain which it is.
func RowIDOf(table, id string) (RowID, bool) {
	return RowID{strings.ToLower(table), strings.ToLower(id)}, id != ""
}

// RowIDs gives every id that a row of an entry's activity can have: each name
// of its entity with each spelling of its key. It is empty for an entry without
// a key.
func RowIDs(e journal.Entry, entity metadata.Entity) []RowID {
	s := seek(e, Target{Entity: entity})
	tables := s.tables
	if s.unify {
		tables = []string{""} // it is the row itself, of whatever table
	}
	ids := make([]RowID, 0, len(tables)*len(s.ids))
	for _, table := range tables {
		for _, key := range s.ids {
			if id, ok := RowIDOf(table, key); ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
