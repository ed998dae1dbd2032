// What a draft holds beside its form, and how that goes back and forth with
// undo and redo of a change to the whole form.

package ui

import (
	"slices"

	"github.com/activitydesk/activitydesk/forms"
)

// beside is what goes with the form and is in none of its fields.
type beside struct {
	preset string // id of the preset that was used or saved last; empty: none
	// homeless are values whose fields the metadata has no more. They are kept
	// with the draft, and come back if the fields do.
	homeless []forms.FieldSnapshot
	keep     keepFor // as the draft has it; only in a besideStep
}

// besideStep is what a step of the history changed beside the form.
type besideStep struct {
	id        forms.StepID
	from, to  beside
	wasUndone bool
}

// besideNow is a copy of what is beside the form.
func (d *draft) besideNow() beside {
	now := d.beside
	now.homeless, now.keep = slices.Clone(now.homeless), d.keep
	return now
}

// besideChanged remembers what a change of the whole form did beside it, under
// the newest step. A change that left the form as it was drops no value.
func (d *draft) besideChanged(before forms.StepID, from beside) {
	step := d.history.Newest()
	if step == before {
		if len(d.beside.homeless) == 0 {
			d.beside.homeless = from.homeless
		}
		return
	}
	d.steps = slices.DeleteFunc(d.steps, func(s besideStep) bool { return s.wasUndone })
	d.steps = append(d.steps, besideStep{id: step, from: from, to: d.besideNow()})
}

// besideMoved follows an undo down to a step, or the redo of it.
func (d *draft) besideMoved(step forms.StepID) {
	redone := d.history.Newest() == step
	for i := len(d.steps) - 1; i >= 0; i-- {
		s := &d.steps[i]
		switch {
		case redone && s.id == step && s.wasUndone:
			d.besideTo(s.from, s.to)
			s.wasUndone = false
		case !redone && s.id >= step && !s.wasUndone:
			d.besideTo(s.to, s.from)
			s.wasUndone = true
		}
	}
}

// besideTo carries over what a step changed. What it left alone may have been
// changed by hand since.
func (d *draft) besideTo(from, to beside) {
	if from.preset != to.preset {
		d.beside.preset = to.preset
	}
	if !slices.Equal(from.homeless, to.homeless) {
		d.beside.homeless = slices.Clone(to.homeless)
	}
	if from.keep != to.keep {
		d.keep = to.keep
	}
}
