// What can be undone in a form, and done again: one step for each edit, as
// people count edits.

package forms

import (
	"slices"
	"time"
)

// How much is kept: so many steps, and so many bytes of what they changed. The
// oldest go first; the newest stays whatever its size.
const (
	historySteps = 500
	historyBytes = 8 << 20
)

// StepID names a step of a history. It is never used again; 0 is no step.
type StepID int

// Moved is what an undo or a redo did to a form.
type Moved struct {
	Step   StepID   // the last one that was undone or redone
	Count  int      // how many were
	Fields []string // names of what changed, in the order in which fields are shown
	At     int      // where the text of the only field changed: its end, in runes; else -1
}

// History is what was done to a form. Record is told after each edit and finds
// out itself what changed, so that it does not matter who changed it. A step
// holds the changed fields alone. History is used by the goroutine of its form.
type History struct {
	form   *Form          // of which mirror is
	mirror []typed        // beside the form's fields, as of the newest step
	extras []Extra        // likewise
	done   []historyStep  // the oldest first
	undone []historyStep  // the next to be redone at the end
	size   int            // of done, in bytes
	serial StepID         // of the newest step
	run    *typing        // what the next keystroke may go on with; nil: nothing
	shown  map[string]int // place of a field among those shown
}

// typed is what was typed into one field.
type typed struct {
	state State
	text  string
	zone  *time.Location
}

func typedOf(c *cell) typed { return typed{c.state, c.text, c.zone} }

// same compares zones by name: one that was read from a draft is another value.
func (t typed) same(o typed) bool {
	if t.state != o.state || t.text != o.text {
		return false
	}
	return t.zone == o.zone || t.zone != nil && o.zone != nil && t.zone.String() == o.zone.String()
}

// change is one field before and after. The field is known by its name: the
// form may be made anew of other metadata.
type change struct {
	name     string
	from, to typed
}

type historyStep struct {
	id      StepID
	changes []change
	extras  *extrasChange // nil: they stayed
}

type extrasChange struct{ from, to []Extra }

// bytes is about what a step takes.
func (s *historyStep) bytes() int {
	const each = 128 // of a change beside its texts
	size := each
	for i := range s.changes {
		size += each + len(s.changes[i].from.text) + len(s.changes[i].to.text)
	}
	if s.extras != nil {
		for _, list := range [][]Extra{s.extras.from, s.extras.to} {
			for _, extra := range list {
				size += each + len(extra.Name) + len(extra.JSON)
			}
		}
	}
	return size
}

// NewHistory begins with the form as it is: that cannot be undone.
func NewHistory(f *Form) *History {
	h := &History{}
	h.follow(f)
	for i := range f.cells {
		h.mirror[i] = typedOf(&f.cells[i])
	}
	h.extras = f.Extras()
	return h
}

// Record makes a step of what changed since the last call, undo or redo, and
// answers its name; 0 where nothing changed. Characters that are typed into one
// field in a row, and such that are deleted, are one step together; now tells
// when such a row ends. What was undone cannot be redone after a new step.
func (h *History) Record(f *Form, now time.Time) StepID {
	h.follow(f)
	next := h.difference()
	if next == nil {
		return 0
	}
	h.undone = nil
	if h.run.goesOn(next, now) {
		last := &h.done[len(h.done)-1]
		h.size -= last.bytes()
		last.changes[0].to = next.changes[0].to
		h.size += last.bytes()
		h.trim()
		return last.id
	}
	h.run = typingOf(next, now)
	h.serial++
	next.id = h.serial
	h.done = append(h.done, *next)
	h.size += next.bytes()
	h.trim()
	return next.id
}

// Break ends a row of typing: the next character begins a step of its own. It
// is called when the cursor leaves a field.
func (h *History) Break() { h.run = nil }

// Held says whether undo or redo could give a field a text, for which is says
// true.
func (h *History) Held(field string, is func(text string) bool) bool {
	holds := func(s historyStep) bool {
		return slices.ContainsFunc(s.changes, func(c change) bool { return c.name == field && (is(c.from.text) || is(c.to.text)) })
	}
	return slices.ContainsFunc(h.done, holds) || slices.ContainsFunc(h.undone, holds)
}

// Newest is the step that Undo would undo; 0 for none.
func (h *History) Newest() StepID {
	if len(h.done) == 0 {
		return 0
	}
	return h.done[len(h.done)-1].id
}

// CanUndo tells whether there is a step to undo.
func (h *History) CanUndo() bool { return len(h.done) > 0 }

// CanRedo tells whether there is a step to do again.
func (h *History) CanRedo() bool { return len(h.undone) > 0 }

// Undo takes the newest step back. It answers false where there is none.
// Changes that were not recorded yet are a step as well.
func (h *History) Undo(f *Form) (Moved, bool) {
	h.settle(f)
	for len(h.done) > 0 {
		s := h.done[len(h.done)-1]
		h.done = h.done[:len(h.done)-1]
		h.size -= s.bytes()
		h.undone = append(h.undone, s)
		if moved, ok := h.apply(s, false); ok {
			return moved, true
		}
	}
	return Moved{}, false
}

// Redo does again what was undone last. It answers false where there is
// nothing.
func (h *History) Redo(f *Form) (Moved, bool) {
	h.settle(f)
	for len(h.undone) > 0 {
		s := h.undone[len(h.undone)-1]
		h.undone = h.undone[:len(h.undone)-1]
		h.done = append(h.done, s)
		h.size += s.bytes()
		if moved, ok := h.apply(s, true); ok {
			return moved, true
		}
	}
	return Moved{}, false
}

// UndoTo takes back a certain step with all that came after it; all of them can
// be redone. It answers false where the step was undone before, or was dropped.
func (h *History) UndoTo(f *Form, id StepID) (Moved, bool) {
	h.settle(f)
	at := slices.IndexFunc(h.done, func(s historyStep) bool { return s.id == id })
	if at < 0 {
		return Moved{}, false
	}
	all := Moved{At: -1}
	for len(h.done) > at {
		moved, ok := h.Undo(f)
		if !ok {
			break
		}
		all.Step, all.Count = id, all.Count+1
		all.Fields = append(all.Fields, moved.Fields...)
	}
	all.Fields = h.inOrder(all.Fields)
	return all, all.Count > 0
}

// settle makes a step of what nobody recorded, and ends a row of typing.
func (h *History) settle(f *Form) {
	h.Break()
	h.Record(f, time.Time{})
	h.Break()
}

// follow turns to another form of the same entity: what it does not have is
// dropped, what it has in addition was left out.
func (h *History) follow(f *Form) {
	if h.form == f {
		return
	}
	before := make(map[string]typed, len(h.mirror))
	for i, was := range h.mirror {
		before[h.form.fields[i].Name] = was
	}
	h.form, h.mirror = f, make([]typed, len(f.fields))
	for i, field := range f.fields {
		h.mirror[i] = before[field.Name]
	}
	h.shown = make(map[string]int, len(f.display))
	for i, field := range f.display {
		h.shown[field.Name] = i
	}
}

// difference finds what changed since the newest step; nil for nothing. It
// looks at every field and costs microseconds for thousands: texts that did
// not change are the same bytes.
func (h *History) difference() *historyStep {
	var s historyStep
	for i := range h.form.cells {
		is := typedOf(&h.form.cells[i])
		if was := h.mirror[i]; !is.same(was) {
			s.changes = append(s.changes, change{h.form.fields[i].Name, was, is})
			h.mirror[i] = is
		}
	}
	if !slices.EqualFunc(h.extras, h.form.extras, sameExtra) {
		extras := h.form.Extras()
		s.extras = &extrasChange{h.extras, extras}
		h.extras = extras
	}
	if len(s.changes) == 0 && s.extras == nil {
		return nil
	}
	return &s
}

func sameExtra(a, b Extra) bool { return a.Name == b.Name && a.JSON == b.JSON }

// apply writes a step's one side into the form. It answers false where the form
// has none of it.
func (h *History) apply(s historyStep, forward bool) (moved Moved, ok bool) {
	f := h.form
	moved = Moved{Step: s.id, Count: 1, At: -1}
	for _, c := range s.changes {
		i, known := f.index[c.name]
		if !known {
			continue
		}
		to := c.from
		if forward {
			to = c.to
		}
		moved.At = changedAt(f.cells[i].text, to.text)
		f.cells[i].state, f.cells[i].text, f.cells[i].zone = to.state, to.text, to.zone
		h.mirror[i] = to
		moved.Fields = append(moved.Fields, c.name)
	}
	if s.extras != nil {
		f.extras = slices.Clone(s.extras.from)
		if forward {
			f.extras = slices.Clone(s.extras.to)
		}
		h.extras = f.Extras()
	}
	switch {
	case s.extras == nil && len(moved.Fields) == 0:
		return Moved{}, false
	case s.extras == nil && len(moved.Fields) == 1:
		f.reread(f.index[moved.Fields[0]])
	default:
		f.rebuild()
		moved.At = -1
		moved.Fields = h.inOrder(moved.Fields)
	}
	return moved, true
}

// inOrder sorts names as the fields are shown, each once.
func (h *History) inOrder(names []string) []string {
	slices.SortFunc(names, func(a, b string) int { return h.shown[a] - h.shown[b] })
	return slices.Compact(names)
}

// trim drops the oldest steps beyond the limits.
func (h *History) trim() {
	drop := 0
	for drop < len(h.done)-1 && (len(h.done)-drop > historySteps || h.size > historyBytes) {
		h.size -= h.done[drop].bytes()
		drop++
	}
	h.done = slices.Delete(h.done, 0, drop)
}
