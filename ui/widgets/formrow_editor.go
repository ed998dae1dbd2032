// This file makes the editor of a field by its kind, and changes it to suit the
// value: one line, several, or none where the value is too long.

package widgets

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// fieldEditor is what a row needs of an editor.
type fieldEditor interface {
	fyne.Widget
	fyne.Focusable
	SetProblem(bool)
	show(text, placeholder string)
}

func (e *Entry) show(text, placeholder string) {
	e.SetText(text)
	e.SetPlaceHolder(placeholder)
}

func (c *Choice) show(text, placeholder string) { c.Set(text, placeholder) }

// placeholderOf is what an editor without text says.
func placeholderOf(field *forms.Field, state forms.State) string {
	switch {
	case state == forms.Null:
		return "null"
	case state == forms.Value:
		return "empty text"
	case field.ReadOnly:
		return "set by the service"
	case field.Required:
		return ""
	}
	return "left out"
}

// stateWord is what stands behind the type while the state is a special one.
func stateWord(field *forms.Field, state forms.State, text string) string {
	switch {
	case field.ReadOnly:
		return ""
	case state == forms.Null:
		return "null"
	case state == forms.Value && text == "":
		return "empty text"
	case state == forms.LeftOut && !field.Required:
		return "left out"
	}
	return ""
}

// yesOrNo tells the fields that are chosen and not typed.
func yesOrNo(field *forms.Field) bool {
	return field.Kind == metadata.KindBoolean && !field.Type.Collection && !field.ReadOnly
}

// wordy tells the fields whose values are texts that can have several lines.
func wordy(field *forms.Field) bool {
	return field.Kind == metadata.KindText && !field.Type.Collection
}

func (r *formRow) makeEditor() {
	if yesOrNo(r.field) {
		r.editor = newBooleanEditor(r)
		return
	}
	r.entry = newFieldEntry(r)
	r.entry.OnChanged = func(text string) {
		if r.editor == r.entry {
			r.typed(text)
		}
	}
	r.entry.OnFocusGained = r.gained
	r.entry.OnFocusLost = r.lost
	r.entry.OnShortcut = r.shortcut
	r.entry.OnKey = r.key
	r.entry.WheelTo = r.view.scroll
	if !r.field.ReadOnly {
		r.makeLinks()
	}
	r.editor = r.entry
}

func newFieldEntry(r *formRow) *Entry {
	entry := NewEntry()
	if tall(r.field) {
		entry.MultiLine = true
		entry.TextStyle.Monospace = true
	}
	entry.readOnly = r.field.ReadOnly
	entry.UndoByWindow = true
	asked, there := r.view.several[r.field.Name]
	r.several = asked || !there && r.view.form.Roomy(r.field.Name)
	return entry
}

// newBooleanEditor offers true and false; t, y, f and n choose by key, Delete
// leaves the field out.
func newBooleanEditor(r *formRow) *Choice {
	choice := NewChoice("true", "false")
	choice.Letters = map[rune]string{'y': "true", '1': "true", 'n': "false", '0': "false"}
	choice.OnChanged = r.typed
	choice.OnShortcut = r.shortcut
	choice.onFocus = r.gained
	choice.onBlur = r.lost
	return choice
}

// light shows what a row offers while one looks at it.
func (r *formRow) light(lit bool) {
	if r.chevron != nil {
		r.chevron.light(lit)
	}
}

// suit changes the editor where the value asks for another one. The cursor
// stays with the field.
func (r *formRow) suit(text string) {
	if r.entry == nil {
		return
	}
	var want fieldEditor = r.entry
	if len(text) > maxEditable {
		if r.big == nil {
			r.big = r.newBig()
		}
		want = r.big
	} else if !tall(r.field) {
		r.suitLines(text)
	}
	if want == r.editor {
		return
	}
	had := r.focused
	r.editor = want
	r.showLinks()
	if want == r.big {
		r.entry.SetText("") // it would be drawn once more, and slowly
	}
	r.Refresh()
	if had {
		r.focusEditor()
	}
}

// focusEditor puts the cursor into the editor, also into one that was never
// drawn, which the driver does not know yet.
func (r *formRow) focusEditor() {
	if c := canvasOf(r); c != nil {
		c.Focus(r.editor)
	}
}

// suitLines gives a text several lines where it has line breaks or is long, or
// a person asked for it.
func (r *formRow) suitLines(text string) {
	const long = 120 // characters, about: more than the field shows
	broken := strings.Contains(text, "\n")
	if wordy(r.field) && (broken || len(text) > long) {
		r.keepLines(true) // a field that jumps to and fro is hard to type into
	}
	r.entry.SetSeveralLines(r.several || broken)
}

// keepLines keeps whether the field has several lines, also when its row has
// left the view meanwhile.
func (r *formRow) keepLines(several bool) {
	r.several = several
	r.view.several[r.field.Name] = several
}

// fitRows lets an editor of several lines grow with its text.
func (r *formRow) fitRows(width float32) {
	if r.editor != r.entry || r.entry == nil {
		return
	}
	r.keepRoom(width)
	if !r.entry.MultiLine {
		return
	}
	least := 2
	if tall(r.field) {
		least = 3
	}
	if rows := max(least, r.entry.rowsFor(width, mostRows)); rows != r.entry.rows {
		r.entry.rows = rows
		r.entry.SetMinRowsVisible(rows)
	}
}

// editorShape says what the row's height depends on.
func (r *formRow) editorShape() string {
	if r.entry == nil {
		return ""
	}
	_, width, _, _ := r.columns(r.Size().Width)
	switch below := r.linksBelow(width) > 0; {
	case r.editor != r.entry:
		return "big"
	case !r.entry.MultiLine:
		return strconv.FormatBool(below)
	default:
		return strconv.FormatBool(below) + strconv.Itoa(r.entry.rowsFor(width, mostRows))
	}
}

// mostRows is how far an editor grows with its text.
const mostRows = 8
