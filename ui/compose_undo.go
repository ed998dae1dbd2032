// Undo and redo of what was done to a draft: one history for each draft, used
// from its fields, from outside of them, and by the notice after a change of
// the whole form.

package ui

import (
	"runtime"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

var (
	undoKeys = []chord{{fyne.KeyZ, ctrl}}
	redoKeys = []chord{{fyne.KeyZ, ctrl | fyne.KeyModifierShift}, {fyne.KeyY, ctrl}}
)

// record takes what an edit changed into the draft's history.
func (p *ComposePage) record(d *draft) {
	d.history.Record(d.form, p.env.Now())
	if d == p.current {
		p.work.ShowTools()
	}
}

// leftField begins a new step of the history with the next character.
func (p *ComposePage) leftField(string) {
	if p.current != nil && p.current.history != nil {
		p.current.history.Break()
	}
}

// Undo takes the newest change of the form back (Ctrl+Z).
func (p *ComposePage) Undo() { p.move((*forms.History).Undo) }

// Redo makes it again (Ctrl+Shift+Z, Ctrl+Y).
func (p *ComposePage) Redo() { p.move((*forms.History).Redo) }

func (p *ComposePage) move(way func(*forms.History, *forms.Form) (forms.Moved, bool)) {
	d := p.current
	if d == nil || d.row.Muted {
		return
	}
	if moved, ok := way(d.history, d.form); ok {
		p.moved(d, moved)
	}
}

// moved shows what an undo or a redo did: the customer of the key that is there
// now, and the cursor where the change was.
func (p *ComposePage) moved(d *draft, moved forms.Moved) {
	if field := d.customerField(); field != nil && slices.Contains(moved.Fields, field.Name) {
		p.customerBack(d)
	}
	if moved.Step == d.offered {
		p.withdrawOffer(d)
	}
	d.besideMoved(moved.Step)
	p.edited(d)
	p.formReplaced(d)
	if d != p.current {
		return
	}
	p.work.ShowForm()
	if len(moved.Fields) > 0 {
		p.work.FocusChange(moved.Fields[0], moved.At)
	}
}

// customerBack says who a key leads to that came back: known from before, else
// asked.
func (p *ComposePage) customerBack(d *draft) {
	check, known := d.known[d.customerKey()]
	if !known {
		p.customerChanged(d)
		return
	}
	if d == p.current {
		p.checking.Cancel()
	}
	d.who = check
}

// offerUndo says what was done to the whole form, with a button to undo it.
func (p *ComposePage) offerUndo(d *draft, said string) {
	step := d.history.Newest()
	d.offered = step
	p.env.Notify(Notice{
		Key: offerKey(d), Tone: ToneInfo, Text: said, Action: "Undo",
		OnAction: func() { p.undoStep(d, step) },
	})
}

func offerKey(d *draft) string { return "replaced-" + d.key.Instance + "-" + d.key.Entity }

// withdrawOffer takes the notice away once it is past: the change was undone or
// sent, or another form is shown. Ctrl+Z still undoes it.
func (p *ComposePage) withdrawOffer(d *draft) {
	if d == nil || d.offered == 0 {
		return
	}
	d.offered = 0
	p.env.Dismiss(offerKey(d))
}

// undoStep takes one step back, and with it what was done since: that was done
// to a form which will not be there any more. It says so; all can be redone.
func (p *ComposePage) undoStep(d *draft, step forms.StepID) {
	moved, ok := d.history.UndoTo(d.form, step)
	if !ok {
		p.env.Notify(Notice{Key: offerKey(d), Tone: ToneInfo, Text: "Nothing was undone: this change is undone already, or too long ago."})
		return
	}
	p.moved(d, moved)
	if since := moved.Count - 1; since > 0 {
		p.env.Notify(Notice{
			Key: offerKey(d), Tone: ToneInfo,
			Text: "Undone, with the " + words.Counted(since, "change", "changes") + " made since. " +
				redoKeys[0].label(runtime.GOOS == "darwin") + " brings them back one by one.",
		})
	}
}

// customerKey is the typed key of the customer; empty: none.
func (d *draft) customerKey() string {
	key, _ := d.form.CustomerKey()
	return key.Value
}

// knows remembers who was found.
func (d *draft) knows(check customerCheck) {
	if check.State != checkFound {
		return
	}
	if d.known == nil {
		d.known = map[string]customerCheck{}
	}
	d.known[check.Key] = check
}

// makeTools makes the buttons beside the entity's title.
func (w *composeWork) makeTools() {
	mac := runtime.GOOS == "darwin"
	w.undo = widgets.NewIconButton(assets.IconUndo(), "Undo ("+undoKeys[0].label(mac)+")", w.do.Undo)
	w.redo = widgets.NewIconButton(assets.IconRedo(), "Redo ("+redoKeys[0].label(mac)+")", w.do.Redo)
	w.fill = widgets.NewMenuButton("Fill", func() { widgets.ShowMenuBelow(w.fill, w.do.FillMenu()) })
	w.tools.Objects = append(w.tools.Objects, widgets.Row(2, w.undo, w.redo), w.fill)
}

// ShowTools says what can be undone and redone in the shown draft.
func (w *composeWork) ShowTools() {
	d := w.shown
	if d == nil {
		return
	}
	for _, tool := range []*widgets.Button{w.undo, w.redo, w.fill} {
		setVisible(tool, !d.row.Muted)
	}
	setEnabled(w.undo, d.history.CanUndo())
	setEnabled(w.redo, d.history.CanRedo())
}

func setEnabled(b fyne.Disableable, enabled bool) {
	if enabled {
		b.Enable()
	} else {
		b.Disable()
	}
}

// FocusChange puts the cursor to where a field changed. A search or a filter
// that does not show the field ends.
func (w *composeWork) FocusChange(field string, at int) {
	w.form.FocusChange(field, at)
}
