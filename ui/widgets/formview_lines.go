// This file decides which fields of a FormView are shown: by a filter, and by
// groups that are folded.

package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
)

// FieldFilter says which fields a FormView shows.
type FieldFilter int

// The filters, beside the one by name.
const (
	AllFields FieldFilter = iota
	RequiredFields
	FilledFields
	ProblemFields
)

// SetFilter shows only fields whose name or label contains all words of the
// text and that pass the filter. The same filter again takes out what no
// longer passes it. Groups are open at first; those that were folded before
// are folded again once there is no filter.
func (v *FormView) SetFilter(text string, only FieldFilter) {
	v.words = strings.Fields(strings.ToLower(text))
	v.only, v.hit = only, -1
	v.foldedHere = map[string]bool{}
	v.missing = v.missing || only == ProblemFields // what is to be mended is marked
	for i := range v.slots {
		v.slots[i].stale = true // its label marks what was found
	}
	v.countAll()
	if v.FocusedField() != "" { // what is shown then stays around the cursor
		v.refilter(true)
		v.reveal(v.place(v.cursor))
		return
	}
	v.scroll.ScrollToOffset(fyne.Position{})
	v.refilter(true)
}

// Filtered says whether fields may be hidden.
func (v *FormView) Filtered() bool { return len(v.words) > 0 || v.only != AllFields }

// Shown is how many fields the filter lets through, in folded groups too.
func (v *FormView) Shown() int { return v.shown }

// showAll takes the filter away.
func (v *FormView) showAll() {
	v.SetFilter("", AllFields)
	if v.OnFilterGone != nil {
		v.OnFilterGone()
	}
}

// refilter finds what is shown. A field with the cursor stays; unless it is to
// be done afresh, so does what was shown, so that nothing goes from under the
// hands of those who mend it.
func (v *FormView) refilter(afresh bool) {
	at := v.anchor()
	v.lines, v.shown = v.lines[:0], 0
	v.headAt = v.headAt[:0]
	there := 0
	for g, group := range v.groups {
		heading := len(v.lines)
		v.headAt = append(v.headAt, -1)
		v.lines = append(v.lines, formLine{g, -1})
		first := v.index[group.Fields[0].Name]
		passed := 0
		folded := v.isFolded(g)
		for i := first; i < first+len(group.Fields); i++ {
			s := &v.slots[i]
			let := v.passes(s)
			v.shown += one(let)
			editing := s.row != nil && s.row.focused
			s.line, s.passes = -1, let || editing || !afresh && s.passes
			if !s.passes {
				continue
			}
			passed++
			if !folded {
				s.line = len(v.lines)
				v.lines = append(v.lines, formLine{g, i})
			}
		}
		there += passed
		switch {
		case passed == 0:
			v.lines = v.lines[:heading]
		case group.Kind == forms.GroupAll:
			v.withoutHeading(heading)
		default:
			v.headAt[g] = heading
		}
	}
	v.rest.show(len(v.slots)-there, there)
	v.empty.show(v.emptyWords(there), len(v.slots))
	v.measure()
	v.restore(at)
	v.scroll.Refresh()
	v.relayout()
	v.showHeadings()
	v.tellCounts()
}

// withoutHeading takes the line of the only group's heading out.
func (v *FormView) withoutHeading(heading int) {
	v.lines = append(v.lines[:heading], v.lines[heading+1:]...)
	for at, line := range v.lines {
		v.slots[line.slot].line = at
	}
}

func (v *FormView) passes(s *formSlot) bool {
	if !v.matches(s) {
		return false
	}
	switch v.only {
	case RequiredFields:
		return s.field.Required
	case FilledFields:
		return s.filled
	case ProblemFields:
		return s.wrong
	}
	return true
}

// matches says whether a field is found by the words.
func (v *FormView) matches(s *formSlot) bool {
	if len(v.words) == 0 {
		return true
	}
	if s.names == "" {
		s.names = strings.ToLower(s.field.Label + " " + s.field.Name)
	}
	for _, word := range v.words {
		if !strings.Contains(s.names, word) {
			return false
		}
	}
	return true
}

// found is a field's label, with its name where only that has what was looked
// for, and the words to be marked in it.
func (v *FormView) found(field *forms.Field) (label string, marks []string) {
	label = field.Label
	lower := strings.ToLower(label)
	for _, word := range v.words {
		if !strings.Contains(lower, word) {
			return label + " (" + field.Name + ")", v.words
		}
	}
	return label, v.words
}

// emptyWords says why no field is there; empty: some are.
func (v *FormView) emptyWords(there int) string {
	if there > 0 || len(v.slots) == 0 {
		return ""
	}
	if len(v.words) > 0 {
		which := map[FieldFilter]string{
			AllFields: "No field has", RequiredFields: "No required field has",
			FilledFields: "No filled field has", ProblemFields: "No field to be mended has",
		}[v.only]
		return which + " “" + strings.Join(v.words, " ") + "” in its name."
	}
	switch v.only {
	case RequiredFields:
		return "The entity requires no field."
	case FilledFields:
		return "No field is filled."
	}
	return "No field is to be mended."
}

// isFolded says whether only the heading of a group is shown.
func (v *FormView) isFolded(g int) bool {
	title := v.groups[g].Title
	if v.Filtered() {
		return v.foldedHere[title]
	}
	return v.folded[title]
}

func (v *FormView) setFolded(g int, folded bool) {
	to := v.folded
	if v.Filtered() {
		to = v.foldedHere
	}
	if folded {
		to[v.groups[g].Title] = true
	} else {
		delete(to, v.groups[g].Title)
	}
}

// Folded gives the titles of the groups that are folded while there is no
// filter, in their order.
func (v *FormView) Folded() []string {
	var titles []string
	for _, group := range v.groups {
		if v.folded[group.Title] {
			titles = append(titles, group.Title)
		}
	}
	return titles
}

// SetFolded folds these groups and opens all others.
func (v *FormView) SetFolded(titles []string) {
	if slices.Equal(titles, v.Folded()) {
		return
	}
	clear(v.folded)
	for _, title := range titles {
		v.folded[title] = true
	}
	v.refilter(false)
}

// Grouped says whether the fields stand under headings.
func (v *FormView) Grouped() bool { return len(v.groups) > 1 }

// FoldAll folds or opens every group.
func (v *FormView) FoldAll(folded bool) {
	if !v.Grouped() {
		return
	}
	for g := range v.groups {
		v.setFolded(g, folded)
	}
	v.afterFold(v.cursor.group)
}

// fold folds or opens a group.
func (v *FormView) fold(g int, folded bool) {
	if v.isFolded(g) == folded {
		return
	}
	v.setFolded(g, folded)
	v.afterFold(g)
}

// afterFold shows the folds. The cursor goes to the heading of its group where
// its field went out of sight.
func (v *FormView) afterFold(g int) {
	inside := v.cursor.group == g && v.cursor.slot >= 0 && !v.elsewhere()
	v.refilter(false)
	if g >= 0 && inside && v.isFolded(g) {
		v.focusLine(v.headAt[g])
	}
	if g >= 0 {
		v.reveal(v.headAt[g])
	}
	if v.OnFold != nil {
		v.OnFold()
	}
}
