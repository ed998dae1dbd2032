// This file counts the fields of a FormView, for its headings and for those
// who filter. A keystroke counts its own field anew, no other.

package widgets

import "github.com/activitydesk/activitydesk/forms"

// FieldCounts says how many fields there are, and of what kind.
type FieldCounts struct {
	All, Filled, Required int
	// Problems keep the form from being sent; Missing of them are only not
	// filled in yet.
	Problems, Missing int
}

// Counts counts the fields of the form, whatever is filtered.
func (v *FormView) Counts() FieldCounts { return v.total }

func (v *FormView) countAll() {
	v.counts, v.total = make([]FieldCounts, len(v.groups)), FieldCounts{}
	for i := range v.slots {
		s := &v.slots[i]
		s.filled, s.wrong, s.lacks = v.standingOf(s)
		for _, c := range []*FieldCounts{&v.counts[s.group], &v.total} {
			c.All++
			c.Required += one(s.field.Required)
			c.add(s, 1)
		}
	}
	v.showHeadings()
	v.tellCounts()
}

// count counts one field again.
func (v *FormView) count(i int) {
	s := &v.slots[i]
	filled, wrong, lacks := v.standingOf(s)
	if filled == s.filled && wrong == s.wrong && lacks == s.lacks {
		return
	}
	v.counts[s.group].add(s, -1)
	v.total.add(s, -1)
	s.filled, s.wrong, s.lacks = filled, wrong, lacks
	v.counts[s.group].add(s, 1)
	v.total.add(s, 1)
	v.showHeading(s.group)
	v.tellCounts()
}

func (v *FormView) standingOf(s *formSlot) (filled, wrong, lacks bool) {
	problem := v.form.Problem(s.field.Name)
	return v.form.State(s.field.Name) != forms.LeftOut, problem != nil, problem != nil && problem.Missing
}

func (c *FieldCounts) add(s *formSlot, by int) {
	c.Filled += by * one(s.filled)
	c.Problems += by * one(s.wrong)
	c.Missing += by * one(s.lacks)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (v *FormView) tellCounts() {
	if v.OnCounts != nil {
		v.OnCounts()
	}
}
