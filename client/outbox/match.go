// Recognising a sent activity among the rows of a timeline.

package outbox

import (
	"slices"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
)

// Names of the unified side (contract, section 7).
const (
	unifiedActivity = "UnifiedActivity"
	customerEntity  = "Customer"
	customerID      = "CustomerId"
	activityID      = "ActivityId"
	sourceTable     = "SourceTableName"
	sourceID        = "SourceActivityId"
)

// timeMembers are the names that a row's time has had.
var timeMembers = []string{"ActivityTime", "ActivityTimeStamp"}

// timeNames are the names that the time of a row can have in this place, the
// likeliest first: the one that the metadata gives, then those it has had
// (contract, section 7).
func (t Target) timeNames() []string {
	unified, _ := entityNamed(unifiedActivity, t.Entities)
	given := unified.TimestampAttribute
	if given == "" || slices.Contains(timeMembers, given) {
		if at := slices.Index(timeMembers, given); at > 0 {
			return []string{timeMembers[1], timeMembers[0]}
		}
		return timeMembers
	}
	return append([]string{given}, timeMembers...)
}

// typeMembers say what kind of activity a row, or a body, is.
var typeMembers = []string{"ActivityType", "ActivityTypeDisplay"}

// sought is an activity that is looked for.
type sought struct {
	tables []string  // every name of its entity
	ids    []string  // every spelling of its key
	joined string    // its key without anything between several fields: others read alike
	unify  bool      // it was sent to UnifiedActivity itself
	types  []string  // what its body says of its kind, and its entity's names
	at     time.Time // zero: not known
	times  []string  // the names that a row's time can have
}

// seek collects what an entry can be recognised by.
func seek(e journal.Entry, t Target) sought {
	entity := t.Entity
	s := sought{unify: strings.EqualFold(e.Entity, unifiedActivity), times: t.timeNames()}
	for _, name := range []string{e.Entity, entity.Name, entity.QualifiedName} {
		if name != "" {
			s.tables = append(s.tables, name)
		}
	}
	s.ids, s.joined = keySpellings(e.KeyFields)
	s.types = append(s.types, s.tables...)
	if row, err := client.ParseRow(e.Body); err == nil {
		for _, member := range typeMembers {
			if text := row.Text(member); text != "" {
				s.types = append(s.types, text)
			}
		}
	}
	if t, ok := parseTime(e.TimeValue); ok {
		s.at = t
	}
	return s
}

// keySpellings are the ways in which a key can stand in one member: a key of
// several fields is put together, and nobody says how. Joined has nothing between
// them, and so says nothing for certain: line 11 of order 1 reads as line 1 of
// order 11.
func keySpellings(fields []journal.KeyValue) (spellings []string, joined string) {
	values := make([]string, 0, len(fields))
	for _, f := range fields {
		if f.Value == "" {
			return nil, ""
		}
		values = append(values, f.Value)
	}
	switch len(values) {
	case 0:
		return nil, ""
	case 1:
		return values, ""
	}
	for _, separator := range []string{"_", "-", "|", ",", ";"} {
		spellings = append(spellings, strings.Join(values, separator))
	}
	return spellings, strings.Join(values, "")
}

// MatchRow says how an entry's activity is recognised in a row of a timeline:
// journal.MatchSourceID, journal.MatchTypeAndTime (probably it), or empty: the row is another
// one. The type of an activity stands in its body, which has to be at hand.
func MatchRow(e journal.Entry, t Target, row client.Row) string { return seek(e, t).match(row) }

// find gives the row that is the activity and how it was recognised: for
// certain, or else probably. ok is false when no row can be it.
func (s sought) find(rows []client.Row) (row client.Row, how string, ok bool) {
	probable := -1
	for i, row := range rows {
		switch s.match(row) {
		case journal.MatchSourceID:
			return row, journal.MatchSourceID, true
		case journal.MatchTypeAndTime:
			if probable < 0 {
				probable = i
			}
		}
	}
	if probable < 0 {
		return client.Row{}, "", false
	}
	return rows[probable], journal.MatchTypeAndTime, true
}

// match says how a row is recognised as the activity; empty: it is not.
func (s sought) match(row client.Row) string {
	if s.unify {
		if id := row.Text(activityID); id != "" && len(s.ids) > 0 {
			return certainIf(anyIs(s.ids, id))
		}
	}
	table, id := row.Text(sourceTable), row.Text(sourceID)
	if table != "" && !s.unify && len(s.tables) > 0 {
		if !anyIs(s.tables, table) {
			return ""
		}
		// With both names given, the row says whose it is, this way or that.
		if s.tells(id) {
			return certainIf(anyIs(s.ids, id))
		}
	}
	if s.tells(id) && !anyIs(s.ids, id) {
		return ""
	}
	if s.sameType(row, table) && s.sameTime(row) {
		return journal.MatchTypeAndTime
	}
	return ""
}

// tells says whether a row's id says for certain that it is the activity, or not.
func (s sought) tells(id string) bool {
	return id != "" && len(s.ids) > 0 && (s.joined == "" || !strings.EqualFold(id, s.joined))
}

func certainIf(same bool) string {
	if same {
		return journal.MatchSourceID
	}
	return ""
}

func (s sought) sameType(row client.Row, table string) bool {
	if table != "" && anyIs(s.tables, table) {
		return true
	}
	for _, member := range typeMembers {
		if text := row.Text(member); text != "" && anyIs(s.types, text) {
			return true
		}
	}
	return false
}

// sameTime compares to the millisecond, which is what the service keeps.
func (s sought) sameTime(row client.Row) bool {
	if s.at.IsZero() {
		return false
	}
	for _, member := range s.times {
		if t, ok := parseTime(row.Text(member)); ok {
			return t.Truncate(time.Millisecond).Equal(s.at.Truncate(time.Millisecond))
		}
	}
	return false
}

// anyIs compares without case: names are written both ways by the two roots.
// Of keys that differ by case alone the service itself makes no two.
func anyIs(list []string, text string) bool {
	for _, one := range list {
		if strings.EqualFold(one, text) {
			return true
		}
	}
	return false
}

// CompareEntry compares an entry's body with the row that it was recognised
// in: the key also as SourceActivityId, the time also as the activity's, which
// has one of the usual names or one of timeNames.
func CompareEntry(e journal.Entry, row Values, timeNames ...string) (Comparison, error) {
	var aliases []Alias
	if len(e.KeyFields) == 1 {
		aliases = append(aliases, Alias{e.KeyFields[0].Name, sourceID})
	}
	if e.TimeField != "" {
		for _, member := range append(slices.Clone(timeMembers), timeNames...) {
			aliases = append(aliases, Alias{e.TimeField, member})
		}
	}
	return Compare(e.Body, row, aliases...)
}
