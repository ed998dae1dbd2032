// What is said of a preset or a draft that no longer fits the metadata, and
// the choice to move values to the fields that they probably have now.

package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// fitView shows how something kept fits the fields of today.
type fitView struct {
	fit     forms.Fit
	left    map[int]bool // renames whose values are not to be moved
	content *fyne.Container
}

func newFitView(env *Env, fit forms.Fit) *fitView {
	v := &fitView{fit: fit, left: map[int]bool{}, content: widgets.Column(4)}
	v.showRenamed()
	v.showValues("Gone: these fields are not there any more", fit.Removed, env)
	v.show("Of another type now; the text is taken as it is", retypeLines(fit.Retyped))
	v.showValues("Set by the service now: shown, not sent", fit.ReadOnly, env)
	v.show("To be filled now", fit.Required)
	v.show("New since then", shapeNames(fit.Added))
	v.show("Time zones that this computer does not know", fit.Zones)
	return v
}

// Renames are those whose values are to be moved.
func (v *fitView) Renames() []forms.Rename {
	var list []forms.Rename
	for i, r := range v.fit.Renamed {
		if !v.left[i] {
			list = append(list, r)
		}
	}
	return list
}

// moves says whether there is a value to move.
func (v *fitView) moves() bool {
	for _, r := range v.fit.Renamed {
		if r.From.State != "" {
			return true
		}
	}
	return false
}

func (v *fitView) head(text string) {
	if len(v.content.Objects) > 0 {
		v.content.Add(widgets.Gap(0, 6))
	}
	v.content.Add(widgets.NewWrappedText(text, widgets.RoleGroup))
}

// show lists what needs no choice.
func (v *fitView) show(head string, lines []string) {
	if len(lines) == 0 {
		return
	}
	v.head(head)
	v.content.Add(widgets.NewValue(strings.Join(lines, "\n"), widgets.RoleBody))
}

// showValues lists fields with what was typed into them, to be copied.
func (v *fitView) showValues(head string, list []forms.FieldSnapshot, env *Env) {
	v.show(head, fieldLines(list))
	var filled []forms.FieldSnapshot
	for _, value := range list {
		if value.State != "" {
			filled = append(filled, value)
		}
	}
	if len(filled) > 0 {
		copied := widgets.NewLinkButton("Copy these values", func() { env.Copy(valueLines(filled)) })
		v.content.Add(widgets.Row(0, copied))
	}
}

// fieldLines lists fields with what was typed into them.
func fieldLines(list []forms.FieldSnapshot) []string {
	var lines []string
	for _, value := range list {
		if value.State == "" {
			lines = append(lines, value.Name+" (was not filled)")
		} else {
			lines = append(lines, value.Name+": "+valueWords(value))
		}
	}
	return lines
}

// showRenamed gives each value that can be moved a choice.
func (v *fitView) showRenamed() {
	if len(v.fit.Renamed) == 0 {
		return
	}
	v.head("Probably renamed")
	for i, r := range v.fit.Renamed {
		v.content.Add(widgets.NewValue(renameWords(r), widgets.RoleBody))
		if r.From.State == "" {
			continue
		}
		v.left[i] = !r.Alike
		choice := widgets.NewPicker("", nil)
		v.showChoice(choice, i)
		choice.Items = func() []widgets.MenuItem { return v.choices(choice, i) }
		v.content.Add(widgets.Row(0, choice))
	}
}

// renameWords is a rename in a line.
func renameWords(r forms.Rename) string {
	line := r.From.Name + ", now " + r.To.Name
	if !r.Alike {
		line += ", by its place and type alone"
	}
	if r.From.State == "" {
		return line + " (was not filled)"
	}
	return line + ": " + valueWords(r.From)
}

func (v *fitView) choices(choice *widgets.Picker, i int) []widgets.MenuItem {
	var items []widgets.MenuItem
	for _, leave := range []bool{false, true} {
		items = append(items, widgets.MenuItem{
			Label: v.choiceWord(i, leave), Checked: v.left[i] == leave,
			OnChosen: func() {
				v.left[i] = leave
				v.showChoice(choice, i)
			},
		})
	}
	return items
}

func (v *fitView) showChoice(choice *widgets.Picker, i int) {
	choice.Set(v.choiceWord(i, v.left[i]), "", widgets.ToneNeutral)
}

func (v *fitView) choiceWord(i int, leave bool) string {
	if leave {
		return "Do not move it"
	}
	return "Move it to " + v.fit.Renamed[i].To.Name
}

func retypeLines(list []forms.Retype) []string {
	var lines []string
	for _, r := range list {
		line := r.Field.Name + ", was " + r.Field.Type + ", now " + r.Is
		if r.Field.State != "" {
			line += ": " + valueWords(r.Field)
		}
		lines = append(lines, line)
	}
	return lines
}

func shapeNames(list []forms.FieldShape) []string {
	var names []string
	for _, shape := range list {
		names = append(names, shape.Name+" ("+shape.Type+")")
	}
	return names
}

// fitDetails lists all that is different, for a notice.
func fitDetails(fit forms.Fit) string {
	var lines []string
	add := func(head string, list []string) {
		if len(list) > 0 {
			lines = append(lines, head+": "+strings.Join(list, "; "))
		}
	}
	var renamed []string
	for _, r := range fit.Renamed {
		renamed = append(renamed, renameWords(r))
	}
	add("Probably renamed", renamed)
	add("Gone", fieldLines(fit.Removed))
	add("Of another type", retypeLines(fit.Retyped))
	add("To be filled now", fit.Required)
	add("New", shapeNames(fit.Added))
	return strings.Join(lines, "\n")
}

// fitWords counts what is different: "1 field gone, 2 fields new".
func fitWords(fit forms.Fit) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, words.Counted(n, "field", "fields")+" "+what)
		}
	}
	add(len(fit.Renamed), "probably renamed")
	add(len(fit.Removed), "gone")
	add(len(fit.Retyped), "of another type")
	add(len(fit.ReadOnly), "set by the service now")
	add(len(fit.Required), "to be filled now")
	add(len(fit.Added), "new")
	if n := len(fit.Zones); n > 0 {
		parts = append(parts, words.Counted(n, "time zone", "time zones")+" not known here")
	}
	return strings.Join(parts, ", ")
}

// sayFit says that a draft's entity has changed since it was typed.
func (p *ComposePage) sayFit(d *draft, fit forms.Fit) {
	p.env.Notify(Notice{
		Key: "unfit-" + d.noticeKey(), Tone: ToneWarning,
		Text:   d.key.Entity + " has changed since this was typed: " + fitWords(fit) + ". Nothing of it is lost.",
		Action: "Look at it", OnAction: func() { p.showFit(d, fit) },
	})
}

// showFit shows how a draft fits, and moves values to their new names.
func (p *ComposePage) showFit(d *draft, fit forms.Fit) {
	view := newFitView(p.env, fit)
	card := Card{Title: "What changed in " + d.key.Entity, Body: view.content}
	if view.moves() {
		card.Confirm = "Move the values"
		card.OnConfirm = func() bool {
			kept := d.snapshot()
			p.replace(d, "The values are in their new fields.", func() {
				if err := d.take(kept, view.Renames()); err != nil {
					p.env.Notify(NoticeOf("unfit", err))
				}
			})
			p.env.Dismiss("unfit-" + d.noticeKey())
			return true
		}
	}
	p.env.Show(card)
}
