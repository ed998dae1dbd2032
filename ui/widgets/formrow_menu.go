// This file is a row's menu: the states of the field, then what helps to fill
// it; and the shortcuts that lead to the same.

package widgets

import (
	"runtime"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// SuggestionKeys open the suggestions of a field. macOS changes the language of
// the keyboard by Control+Space, and completes words by Option+Escape.
func SuggestionKeys(mac bool) []desktop.CustomShortcut {
	usual := desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierControl}
	if mac {
		return []desktop.CustomShortcut{{KeyName: fyne.KeyEscape, Modifier: fyne.KeyModifierAlt}, usual}
	}
	return []desktop.CustomShortcut{usual}
}

// shortcut opens the menu on Alt+Down and the suggestions on their key, gives
// several lines on Alt+Enter, and takes pastes.
func (r *formRow) shortcut(s fyne.Shortcut) bool {
	if s, ok := s.(*fyne.ShortcutPaste); ok {
		return r.paste(s)
	}
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	switch {
	case custom.KeyName == fyne.KeyDown && custom.Modifier == fyne.KeyModifierAlt:
		r.openMenu()
	case slices.Contains(SuggestionKeys(runtime.GOOS == "darwin"), *custom):
		r.toggleSuggestions()
	case (custom.KeyName == fyne.KeyReturn || custom.KeyName == fyne.KeyEnter) && custom.Modifier == fyne.KeyModifierAlt && wordy(r.field):
		r.toggleLines()
	default:
		r.closeSuggestions() // a key of the window, such as Send
		return false
	}
	return true
}

// keyWords say in the field's tip what its keys are.
func (r *formRow) keyWords() []string {
	if r.field.ReadOnly {
		return []string{"Read-only: shown, not sent"}
	}
	words := []string{keyWord("Alt+Down", "⌥↓") + ": value, leave out, null and more"}
	if r.entry != nil {
		words = append(words, suggestionWord()+": suggestions")
	}
	if r.hasCalendar() {
		words = append(words, "F4: calendar")
	}
	return words
}

// keyWord names a key as the platform does.
func keyWord(usual, mac string) string {
	if runtime.GOOS == "darwin" {
		return mac
	}
	return usual
}

func suggestionWord() string { return keyWord("Ctrl+Space", "⌥Esc") }

func (r *formRow) openMenu() {
	r.closeSuggestions()
	if items := append(r.stateItems(), r.toolItems()...); len(items) > 0 {
		ShowMenuBelow(r.editor, items)
	}
}

// stateItems are the states that the field can have, each with a letter that
// chooses it at once.
func (r *formRow) stateItems() []MenuItem {
	if r.field.ReadOnly {
		return nil
	}
	form, name := r.view.form, r.field.Name
	state, text := form.State(name), form.Text(name)
	become := func(change func(*forms.Form, string)) func() {
		return func() {
			change(r.view.form, name) // not the one of now: it may be made anew while the menu is open
			r.view.changed(r)
			r.focusEditor()
		}
	}
	items := []MenuItem{
		{Label: "Value", Note: "V", Key: 'v', Checked: state == forms.Value && text != "", OnChosen: func() { r.focusEditor() }},
		{Label: "Leave out", Note: "not sent · L", Key: 'l', Checked: state == forms.LeftOut, OnChosen: become((*forms.Form).LeaveOut)},
		{Label: "null", Note: "sent as null · N", Key: 'n', Checked: state == forms.Null, OnChosen: become((*forms.Form).SetNull)},
	}
	if wordy(r.field) {
		items = append(items, MenuItem{
			Label: "Empty text", Note: `sent as "" · E`, Key: 'e',
			Checked: state == forms.Value && text == "", OnChosen: become((*forms.Form).SetEmpty),
		})
	}
	return items
}

// toolItems are the other things that can be done in the field.
func (r *formRow) toolItems() []MenuItem {
	if r.field.ReadOnly || r.entry == nil {
		return nil
	}
	var items []MenuItem
	if r.editor == r.entry {
		items = append(items, MenuItem{Label: "Suggestions", Note: suggestionWord(), OnChosen: func() {
			r.focusEditor()
			r.openSuggestions()
		}})
	}
	if r.hasCalendar() {
		items = append(items, MenuItem{Label: "Calendar", Note: "F4", OnChosen: r.openCalendar})
	}
	if r.zone != nil {
		items = append(items, MenuItem{Label: "Time zone…", Note: r.zone.Text(), OnChosen: r.openZones})
	}
	items = append(items, r.layoutItems()...)
	items = append(items, r.linkItems(items)...)
	if r.view.OnLoadFile != nil && loadable(r.field) {
		items = append(items, MenuItem{Label: loadLabel, OnChosen: r.loadFile})
	}
	if len(items) > 0 {
		items[0].Separate = true
	}
	return items
}

// linkItems are the links in the field, but for those that are in the menu
// already.
func (r *formRow) linkItems(there []MenuItem) []MenuItem {
	var items []MenuItem
	for _, action := range r.view.actions(r.field) {
		same := func(item MenuItem) bool { return item.Label == action.Label }
		if action.Label != loadLink && !slices.ContainsFunc(there, same) {
			items = append(items, MenuItem{Label: action.Label, Note: action.Note, OnChosen: action.Run})
		}
	}
	return items
}

// layoutItems change how a long value is laid out.
func (r *formRow) layoutItems() []MenuItem {
	switch {
	case wordy(r.field) && r.editor == r.entry:
		label := "Several lines"
		if r.entry.MultiLine {
			label = "One line"
		}
		return []MenuItem{{
			Label: label, Note: keyWord("Alt+Enter", "⌥↩"), OnChosen: r.toggleLines,
			Disabled: r.entry.MultiLine && strings.Contains(r.entry.Text, "\n"),
		}}
	case tall(r.field):
		return []MenuItem{
			{Label: "Format", Note: "over lines", Disabled: !r.layable(), OnChosen: func() { r.relay(forms.LayOutJSON) }},
			{Label: "Compact", Note: "without spaces", Disabled: !r.layable(), OnChosen: func() { r.relay(forms.CompactJSON) }},
		}
	}
	return nil
}

// loadable tells the fields that a file can fill.
func loadable(field *forms.Field) bool {
	return wordy(field) || tall(field) || field.Kind == metadata.KindBinary
}

// ownActions are the links that a field has by its kind.
func (v *FormView) ownActions(field *forms.Field) []FieldAction {
	var actions []FieldAction
	name := field.Name
	row := func(do func(*formRow)) func() {
		return func() {
			if r := v.row(name); r != nil {
				do(r)
			}
		}
	}
	switch {
	case field.Type.Collection && field.Key:
	case field.Key:
		actions = append(actions, FieldAction{Label: "New ID", Run: func() { v.newID(name) }})
	case field.Kind == metadata.KindGUID && !field.Type.Collection:
		actions = append(actions, FieldAction{Label: "New GUID", Run: func() { v.newID(name) }})
	}
	switch {
	case tall(field):
		actions = append(actions, FieldAction{Label: "Format", Run: row(func(r *formRow) { r.relay(forms.LayOutJSON) })})
	case field.Kind == metadata.KindDateTime, field.Kind == metadata.KindTimeOfDay:
		actions = append(actions, FieldAction{Label: "Now", Run: func() { v.fill(name, "now") }})
	case field.Kind == metadata.KindDate:
		actions = append(actions, FieldAction{Label: "Today", Run: func() { v.fill(name, "today") }})
	case field.Kind == metadata.KindBinary && v.OnLoadFile != nil:
		actions = append(actions, FieldAction{Label: loadLink, Run: row((*formRow).loadFile)})
	}
	return actions
}

// zoneLink shows the field's zone and opens the list of zones.
func (r *formRow) zoneLink() *fieldLink {
	r.zone = newFieldMenu("", r.openZones)
	r.syncZone()
	return r.zone
}

// openZones opens the list of zones, which is searched by typing.
func (r *formRow) openZones() { ShowMenuBelow(r.zone, r.zoneItems()) }

// syncZone shows the field's zone after it changed.
func (r *formRow) syncZone() {
	if r.zone == nil {
		return
	}
	zone := r.view.form.Zone(r.field.Name).String()
	r.zone.tip = "The zone of this field: " + zone
	if label := zoneLabel(zone); r.zone.Text() != label {
		r.zone.SetText(label) // which is part of the link's width
		r.Refresh()
	}
}

func (r *formRow) zoneItems() []MenuItem {
	name := r.field.Name
	now := r.view.form.Zone(name).String()
	choose := func(zone *time.Location) func() {
		return func() {
			r.view.form.SetZone(name, zone)
			r.view.changed(r)
			r.focusEditor()
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
		items = append(items, MenuItem{
			Label: zone, Note: offsetWords(location, r.view.form.Today(name)), Checked: zone == now, OnChosen: choose(location),
		})
	}
	return items
}

// offsetWords say how far a zone is from UTC on a day.
func offsetWords(zone *time.Location, at time.Time) string {
	return "UTC" + at.In(zone).Format("-07:00")
}
