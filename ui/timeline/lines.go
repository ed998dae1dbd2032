// The lines of a timeline: the activities that a filter lets through, newest
// first, below the months in which they happened.

package timeline

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/forms"
)

// Item is a line of the timeline: a heading, or an activity.
type Item struct {
	Heading string
	Row     *Row // nil: a heading
}

// TypeCount is how many of the loaded activities are of a type.
type TypeCount struct {
	Type  string
	Count int
}

// Lines is what a filter makes of the loaded rows.
type Lines struct {
	Items []Item
	Shown int
	Types []TypeCount // within the dates, the words and what is loaded; the most frequent first
	Of    int         // how many are loaded
}

// Arrange filters rows and groups them by month. The rows come newest first;
// what is older than reached is left out, for between it and the others there
// may be some that were not loaded. Types that the filter names are counted,
// with 0 if need be: what can be taken away must be seen.
func Arrange(rows []*Row, f Filter, reached time.Time, now time.Time, zone *time.Location) Lines {
	m := f.Matcher(now, zone)
	out := Lines{Items: make([]Item, 0, len(rows)+16)}
	counts := map[string]int{}
	months, heading := monthGrouper{zone: zone}, -1
	for _, row := range rows {
		if !reached.IsZero() && !row.At.IsZero() && row.At.Before(reached) {
			continue
		}
		out.Of++
		if !m.Within.Has(row.At) || !m.Finds(row) {
			continue
		}
		counts[row.Type]++
		if m.Types != nil && !m.Types[row.Type] {
			continue
		}
		if months.begins(row.At) {
			out.countMonth(heading)
			heading = len(out.Items)
			out.Items = append(out.Items, Item{Heading: months.name})
		}
		out.Items = append(out.Items, Item{Row: row})
		out.Shown++
	}
	out.countMonth(heading)
	out.Types = SortedCounts(counts, f.Types)
	return out
}

// countMonth puts the count behind a heading whose rows are all there.
func (l *Lines) countMonth(heading int) {
	if heading >= 0 {
		l.Items[heading].Heading += " (" + strconv.Itoa(len(l.Items)-heading-1) + ")"
	}
}

// SortedCounts are the counts of types, the most frequent first. Those that are named
// are among them, with none where nothing has them.
func SortedCounts(counts map[string]int, named []string) []TypeCount {
	for _, kind := range named {
		counts[kind] += 0
	}
	out := make([]TypeCount, 0, len(counts))
	for kind, n := range counts {
		out = append(out, TypeCount{kind, n})
	}
	slices.SortFunc(out, func(a, b TypeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Type, b.Type))
	})
	return out
}

// monthGrouper finds where months begin among instants that come newest first.
// It looks at the calendar once for each month and not for each row.
type monthGrouper struct {
	zone *time.Location
	any  bool
	from time.Time // first moment of the month; zero: the group without a time
	name string
}

// begins says whether an instant is the first of another month.
func (g *monthGrouper) begins(at time.Time) bool {
	switch {
	case at.IsZero() && g.any && g.from.IsZero():
		return false
	case at.IsZero():
		g.any, g.from, g.name = true, time.Time{}, "NO TIME"
		return true
	case g.any && !g.from.IsZero() && !at.Before(g.from):
		return false
	}
	local := at.In(g.zone)
	g.any, g.from = true, startOfMonth(local)
	g.name = strings.ToUpper(local.Format("Jan 2006"))
	return true
}

// startOfMonth is the first moment of the month in the zone of t.
func startOfMonth(t time.Time) time.Time {
	y, m, _ := t.Date()
	return forms.StartOfDay(time.Date(y, m, 1, 12, 0, 0, 0, t.Location()))
}
