// This file takes pastes into a row, and values that are too long to edit.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
)

// paste takes a text from the clipboard as it is: a field of one line becomes
// one of several where the text has line breaks, and a text that is too long to
// edit does not go through the editor.
func (r *formRow) paste(s *fyne.ShortcutPaste) bool {
	if r.field.ReadOnly {
		return true
	}
	text := PlainLines(string([]rune(s.Clipboard.Content()))) // what is no UTF-8 is seen as �, however long it is
	if r.editor == r.big && r.big != nil {
		r.replace(text)
		return true
	}
	if r.entry == nil {
		return false
	}
	if !wordy(r.field) && !tall(r.field) {
		text = strings.TrimSpace(text) // what surrounds a number or a date is no part of it
	}
	if text == "" {
		return false
	}
	if len(r.entry.Text)+len(text) > maxEditable {
		r.pasteLong(text)
		return true
	}
	if strings.Contains(text, "\n") && !r.entry.MultiLine {
		r.entry.SetSeveralLines(true)
	}
	r.entry.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fixedClipboard(text)})
	return true
}

// pasteLong puts a long text at the cursor, in place of what is selected.
func (r *formRow) pasteLong(text string) {
	if r.entry.SelectedText() != "" {
		r.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	before := []rune(r.entry.Text)
	at := min(r.entry.CursorTextOffset(), len(before))
	r.replace(string(before[:at]) + text + string(before[at:]))
}

// replace makes a text the field's value, as if it was typed.
func (r *formRow) replace(text string) {
	r.view.form.SetText(r.field.Name, text)
	r.view.changed(r)
	r.focusEditor()
}

// toggleLines gives a text several lines or, where it has no line breaks, one.
func (r *formRow) toggleLines() {
	if !wordy(r.field) || r.field.ReadOnly || r.editor != r.entry {
		return
	}
	r.keepLines(!r.entry.MultiLine)
	r.entry.SetSeveralLines(r.several)
	r.tallest = 0
	r.view.relayout()
	r.view.focusedRow(r)
}

func (r *formRow) newBig() *bigValue {
	actions := []FieldAction{{Label: "Copy", Run: func() {
		fyne.CurrentApp().Clipboard().SetContent(r.view.form.Text(r.field.Name))
	}}}
	if !r.field.ReadOnly {
		actions = append(actions, FieldAction{Label: "Paste", Run: func() {
			if text := PlainLines(string([]rune(fyne.CurrentApp().Clipboard().Content()))); text != "" {
				r.replace(text)
			}
		}})
		if r.view.OnLoadFile != nil {
			actions = append(actions, FieldAction{Label: loadLink, Run: r.loadFile})
		}
		actions = append(actions, FieldAction{Label: "Clear", Run: func() {
			r.view.form.LeaveOut(r.field.Name)
			r.view.changed(r)
			r.focusEditor()
		}})
	}
	big := newBigValue(actions, func() { r.view.focusedRow(r) }, r.openMenu)
	big.onShortcut = r.shortcut
	big.onFocus = r.gained
	big.onBlur = r.lost
	return big
}

const (
	loadLabel = "Load from file…"
	loadLink  = "Load…" // where there is less room
)

func (r *formRow) loadFile() {
	if r.view.OnLoadFile != nil {
		r.view.OnLoadFile(r.field)
	}
}

// relay writes JSON in another layout; a text that is no JSON stays.
func (r *formRow) relay(layout func(string) (string, error)) {
	if text, err := layout(r.view.form.Text(r.field.Name)); err == nil {
		r.replace(text)
	}
}

// layable tells whether the field holds JSON that can be laid out.
func (r *formRow) layable() bool {
	form, name := r.view.form, r.field.Name
	return form.State(name) == forms.Value && form.Problem(name) == nil
}
