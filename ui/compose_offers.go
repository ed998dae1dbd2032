// What the compose page offers to "Go to anything": the instance's entities,
// the fields of the entity that is shown, the presets; and why an action of the
// page cannot be done now.

package ui

import "github.com/activitydesk/activitydesk/client/metadata"

// Offers lists entities, fields and presets.
func (p *ComposePage) Offers(place Place) []offer {
	var list []offer
	for _, group := range groupEntities(place.Entities, p.refusedIn(place)) {
		for _, row := range group.Rows {
			note := group.Title
			if row.Note != "" {
				note += " · " + row.Note
			}
			list = append(list, offer{
				id: "entity " + row.Name, kind: kindEntity, label: metadata.Plain(row.Name), note: note, also: note,
				act: func() { p.env.Open(PageCompose, EntityArg{Name: row.Name}) },
			})
		}
	}
	if place.Same(p.place) {
		list = append(list, p.fieldOffers()...)
	}
	return append(list, p.presetOffers(place)...)
}

// presetOffers lists the presets of all entities; one goes to its entity.
func (p *ComposePage) presetOffers(place Place) []offer {
	var list []offer
	for _, preset := range p.Presets() {
		o := offer{
			id: "preset " + preset.ID, kind: kindPreset, label: preset.Name, note: preset.Entity, also: preset.Entity,
			act: func() {
				p.env.Open(PageCompose, nil)
				p.UsePreset(preset.ID)
			},
		}
		if !place.Chosen() {
			o.reason = "No instance is chosen"
		}
		list = append(list, o)
	}
	return list
}

// fieldOffers lists the fields of the form that is shown.
func (p *ComposePage) fieldOffers() []offer {
	d := p.current
	if d == nil || d.row.Muted {
		return nil
	}
	var list []offer
	for _, field := range d.form.Fields() {
		list = append(list, offer{
			id: "field " + d.row.Name + " " + field.Name, kind: kindField, label: metadata.Plain(field.Name), note: metadata.Plain(d.row.Name),
			act: func() { p.goToField(d, field.Name) },
		})
	}
	return list
}

// goToField puts the cursor into a field.
func (p *ComposePage) goToField(d *draft, name string) {
	p.env.Open(PageCompose, nil)
	if p.current == d {
		p.work.FocusField(name)
	}
}

// withReasons gives the actions that need a form the reason where there is none.
func (p *ComposePage) withReasons(list []command) []command {
	for i := range list {
		if list[i].why == nil {
			list[i].why = p.noForm
		}
	}
	return list
}

// always is for actions that can be done at any time.
func always() string { return "" }

func (p *ComposePage) noEntity() string {
	if p.current == nil {
		return "No entity is chosen"
	}
	return ""
}

func (p *ComposePage) noForm() string {
	if p.current != nil && p.current.row.Muted {
		return "Nothing can be sent to " + p.current.row.Name
	}
	return p.noEntity()
}

func (p *ComposePage) cannotUndo() string {
	if reason := p.noForm(); reason != "" || p.current.history.CanUndo() {
		return reason
	}
	return "Nothing to undo"
}

func (p *ComposePage) cannotRedo() string {
	if reason := p.noForm(); reason != "" || p.current.history.CanRedo() {
		return reason
	}
	return "Nothing to redo"
}

func (p *ComposePage) nothingSent() string {
	if reason := p.noEntity(); reason != "" || p.current.last != nil {
		return reason
	}
	return "Nothing was sent from this form yet"
}

func (p *ComposePage) nothingMarked() string {
	if reason := p.noEntity(); reason != "" || len(p.current.marks) > 0 {
		return reason
	}
	return "The service named no field"
}
