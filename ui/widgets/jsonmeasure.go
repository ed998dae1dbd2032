// This file finds the longest line of a JSONView. With each key a form hands
// all its lines over again, of which one is new: the others are known by the
// place of their spans, and are not counted again.

package widgets

import "github.com/activitydesk/activitydesk/forms"

// lineMeasure is how long a line was, and by what it is known again: a form
// never changes the spans of a line, it makes others.
type lineMeasure struct {
	first   *forms.Span
	spans   int
	columns int
}

// lineMeasures are those of the lines that were shown last.
type lineMeasures []lineMeasure

// longest gives the columns of the longest line.
func (m *lineMeasures) longest(lines []forms.Line) int {
	known := *m
	if len(known) > len(lines) {
		known = known[:len(lines)]
	}
	longest := 0
	for i, line := range lines {
		var first *forms.Span
		if len(line.Spans) > 0 {
			first = &line.Spans[0]
		}
		if i == len(known) {
			known = append(known, lineMeasure{})
		}
		if k := &known[i]; first == nil || k.first != first || k.spans != len(line.Spans) {
			*k = lineMeasure{first, len(line.Spans), columnsOf(line)}
		}
		longest = max(longest, known[i].columns)
	}
	*m = known
	return longest
}
