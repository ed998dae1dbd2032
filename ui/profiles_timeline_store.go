// The loaded rows of a timeline: each once, newest first, whatever order and
// overlap the answers came in.

package ui

import (
	"slices"
	"time"
)

// timelineStore holds what was loaded of one customer. It is the pane's, on the
// UI goroutine.
type timelineStore struct {
	rows  []*timelineRow // newest first
	known map[string]*timelineRow
}

// Add takes rows in and gives those that were not there yet. What is there stays
// the same object, with its marks.
func (s *timelineStore) Add(rows []timelineRow) []*timelineRow {
	if s.known == nil {
		s.known = make(map[string]*timelineRow, len(rows))
	}
	var added []*timelineRow
	for _, row := range rows { // a copy: a pointer into the answer would keep all of it for one row
		if s.known[row.Key] != nil {
			continue
		}
		s.known[row.Key] = &row
		added = append(added, &row)
	}
	slices.SortFunc(added, (*timelineRow).compare)
	s.rows = mergeRows(s.rows, added)
	return added
}

// mergeRows puts two ordered lists together, in one pass.
func mergeRows(a, b []*timelineRow) []*timelineRow {
	switch {
	case len(b) == 0:
		return a
	case len(a) == 0 || a[len(a)-1].compare(b[0]) < 0:
		return append(a, b...)
	}
	out := make([]*timelineRow, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].compare(b[0]) <= 0 {
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
func (s *timelineStore) Replace(rows []timelineRow, within timeRange, reached time.Time) []*timelineRow {
	given := make(map[string]bool, len(rows))
	for i := range rows {
		given[rows[i].Key] = true
	}
	if within.From.Before(reached) {
		// At the very edge others of the same moment may be on the next page.
		within.From = reached.Add(time.Nanosecond)
	}
	s.rows = slices.DeleteFunc(s.rows, func(row *timelineRow) bool {
		gone := within.has(row.At) && !given[row.Key]
		if gone {
			delete(s.known, row.Key)
		}
		return gone
	})
	return s.Add(rows)
}

// newest is the newest time that is not ahead of now: activities can be dated
// in the future, and say nothing of what came lately.
func (s *timelineStore) newest(now time.Time) time.Time {
	for _, row := range s.rows {
		if !row.At.After(now) {
			return row.At
		}
	}
	return time.Time{}
}

// knowsAny says whether any of the rows, up to a time, is there already.
func (s *timelineStore) knowsAny(rows []timelineRow, until time.Time) bool {
	return slices.ContainsFunc(rows, func(row timelineRow) bool { return s.known[row.Key] != nil && !row.At.After(until) })
}
