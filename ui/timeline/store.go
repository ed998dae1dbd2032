// The loaded rows of a timeline: each once, newest first, whatever order and
// overlap the answers came in.

package timeline

import (
	"slices"
	"time"
)

// Store holds what was loaded of one customer. It is the pane's, on the
// UI goroutine.
type Store struct {
	Rows  []*Row // newest first
	Known map[string]*Row
}

// Add takes rows in and gives those that were not there yet. What is there stays
// the same object, with its marks.
func (s *Store) Add(rows []Row) []*Row {
	if s.Known == nil {
		s.Known = make(map[string]*Row, len(rows))
	}
	var added []*Row
	for _, row := range rows { // a copy: a pointer into the answer would keep all of it for one row
		if s.Known[row.Key] != nil {
			continue
		}
		s.Known[row.Key] = &row
		added = append(added, &row)
	}
	slices.SortFunc(added, (*Row).Compare)
	s.Rows = mergeRows(s.Rows, added)
	return added
}

// mergeRows puts two ordered lists together, in one pass.
func mergeRows(a, b []*Row) []*Row {
	switch {
	case len(b) == 0:
		return a
	case len(a) == 0 || a[len(a)-1].Compare(b[0]) < 0:
		return append(a, b...)
	}
	out := make([]*Row, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].Compare(b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// Replace takes an answer that has all of a range from reached on: what is known
// there and not in the answer has gone, by expiring for example. A zero reached
// is all of the range.
func (s *Store) Replace(rows []Row, within TimeRange, reached time.Time) []*Row {
	given := make(map[string]bool, len(rows))
	for i := range rows {
		given[rows[i].Key] = true
	}
	if within.From.Before(reached) {
		// At the very edge others of the same moment may be on the next page.
		within.From = reached.Add(time.Nanosecond)
	}
	s.Rows = slices.DeleteFunc(s.Rows, func(row *Row) bool {
		gone := within.Has(row.At) && !given[row.Key]
		if gone {
			delete(s.Known, row.Key)
		}
		return gone
	})
	return s.Add(rows)
}

// Newest is the newest time that is not ahead of now: activities can be dated
// in the future, and say nothing of what came lately.
func (s *Store) Newest(now time.Time) time.Time {
	for _, row := range s.Rows {
		if !row.At.After(now) {
			return row.At
		}
	}
	return time.Time{}
}

// KnowsAny says whether any of the rows, up to a time, is there already.
func (s *Store) KnowsAny(rows []Row, until time.Time) bool {
	return slices.ContainsFunc(rows, func(row Row) bool { return s.Known[row.Key] != nil && !row.At.After(until) })
}
