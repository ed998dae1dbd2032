// This file makes the editor of a field by its kind, and its menu of states.

package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

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

func newFieldEditor(r *formRow) fieldEditor {
	if r.field.Kind == metadata.KindBoolean && !r.field.Type.Collection && !r.field.ReadOnly {
		return newBooleanEditor(r)
	}
	entry := newFieldEntry(r)
	entry.OnChanged = r.typed
	entry.OnFocusGained = r.gained
	entry.OnFocusLost = r.lost
	entry.OnShortcut = r.shortcut
	entry.WheelTo = r.view.scroll
	if links := r.links(); len(links) > 0 {
		entry.ActionItem = Pad(0, 6, 0, 4, Row(2, links...))
	}
	return entry
}

func newFieldEntry(r *formRow) *Entry {
	var entry *Entry
	if tall(r.field) {
		entry = NewMultiLineEntry(3)
		entry.TextStyle.Monospace = true
	} else {
		entry = NewEntry()
	}
	entry.SetReadOnly(r.field.ReadOnly)
	entry.UndoByWindow = true
	return entry
}

// newBooleanEditor offers true and false; t and f choose by key, Delete
// leaves the field out.
func newBooleanEditor(r *formRow) *Choice {
	choice := NewChoice("true", "false")
	choice.OnChanged = r.typed
	choice.OnShortcut = r.shortcut
	choice.onFocus = r.gained
	choice.onBlur = r.lost
	return choice
}

// links are the actions within a field: its zone, then what fills it.
func (r *formRow) links() []fyne.CanvasObject {
	var links []fyne.CanvasObject
	if r.field.Kind == metadata.KindDateTime && !r.field.Type.Collection && !r.field.ReadOnly {
		links = append(links, r.zoneButton())
	}
	for _, action := range r.view.actions(r.field) {
		link := NewLinkButton(action.Label, action.Run)
		link.onFocus = func() { r.view.focusedRow(r) }
		links = append(links, link)
	}
	return links
}

func (r *formRow) zoneButton() *Button {
	var button *Button
	button = NewMenuButton(r.view.form.Zone(r.field.Name).String(), func() {
		ShowMenuBelow(button, r.zoneItems(button))
	})
	button.SetKind(ButtonQuiet)
	button.SetCompact(true)
	button.SetTip("The zone of this field")
	button.onFocus = func() { r.view.focusedRow(r) }
	r.zone = button
	return button
}

// showZone follows the field's zone, which is part of the button's width.
func (r *formRow) showZone() {
	if r.zone == nil || r.zone.Text() == r.view.form.Zone(r.field.Name).String() {
		return
	}
	r.zone.SetText(r.view.form.Zone(r.field.Name).String())
	r.Refresh()
}

func (r *formRow) zoneItems(button *Button) []MenuItem {
	name := r.field.Name
	now := r.view.form.Zone(name).String()
	choose := func(zone *time.Location) func() {
		return func() {
			r.view.form.SetZone(name, zone)
			r.view.changed(r)
			focus(r.editor)
		}
	}
	items := []MenuItem{
		{Label: "As the window", OnChosen: choose(nil)},
		{Label: "UTC", Checked: now == "UTC", OnChosen: choose(time.UTC)},
	}
	for _, zone := range r.view.Zones {
		location, err := time.LoadLocation(zone)
		if err != nil || zone == "UTC" {
			continue // a zone that this computer does not know cannot be offered
		}
		items = append(items, MenuItem{Label: zone, Checked: zone == now, OnChosen: choose(location)})
	}
	return items
}

// shortcut opens the menu of states on Alt+Down.
func (r *formRow) shortcut(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok || custom.KeyName != fyne.KeyDown || custom.Modifier != fyne.KeyModifierAlt {
		return false
	}
	r.openMenu()
	return true
}

func (r *formRow) openMenu() {
	if items := r.stateItems(); len(items) > 0 {
		ShowMenuBelow(r.editor, items)
	}
}

func (r *formRow) stateItems() []MenuItem {
	if r.field.ReadOnly {
		return nil
	}
	form, name := r.view.form, r.field.Name
	state, text := form.State(name), form.Text(name)
	become := func(change func(string)) func() {
		return func() {
			change(name)
			r.view.changed(r)
			focus(r.editor)
		}
	}
	items := []MenuItem{
		{Label: "Value", Checked: state == forms.Value && text != "", OnChosen: func() { focus(r.editor) }},
		{Label: "Leave out", Note: "not sent", Checked: state == forms.LeftOut, OnChosen: become(form.LeaveOut)},
		{Label: "null", Note: "sent as null", Checked: state == forms.Null, OnChosen: become(form.SetNull)},
	}
	if r.field.Kind == metadata.KindText && !r.field.Type.Collection {
		items = append(items, MenuItem{
			Label: "Empty text", Note: `sent as ""`,
			Checked: state == forms.Value && text == "", OnChosen: become(form.SetEmpty),
		})
	}
	return items
}
