// RowID: how a row of the timeline says which activity of a source it is, for
// those who look many rows up at once.

package outbox

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// RowID is what a row's SourceTableName and SourceActivityId say, without case:
// names are written both ways by the two roots. Table is empty where the row
// names no table.
type RowID struct{ Table, ID string }

// RowIDOf gives the id of a row; false where the row names no activity of a
// source, so that nobody can say for certain which it is.
func RowIDOf(table, id string) (RowID, bool) {
	return RowID{folded(table), folded(id)}, id != ""
}

// folded is a text without case, the same for exactly those texts that
// strings.EqualFold calls equal, by which MatchRow goes: strings.ToLower makes
// one of İ and i, which are not, and two of ς and σ, which are.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case r < utf8.RuneSelf:
			return r
		}
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, text)
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
