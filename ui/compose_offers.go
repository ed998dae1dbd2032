// What the compose page offers to "Go to anything": the instance's entities,
// and the fields of the entity that is shown.

package ui

// Offers lists entities and fields.
func (p *ComposePage) Offers(place Place) []offer {
	var list []offer
	for _, group := range groupEntities(place.Entities, p.refusedIn(place)) {
		for _, row := range group.Rows {
			note := group.Title
			if row.Note != "" {
				note += " · " + row.Note
			}
			list = append(list, offer{
				id: "entity " + row.Name, kind: kindEntity, label: row.Name, note: note, also: note,
				act: func() { p.env.Open(PageCompose, EntityArg{Name: row.Name}) },
			})
		}
	}
	if place.Same(p.place) {
		list = append(list, p.fieldOffers()...)
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
			id: "field " + d.row.Name + " " + field.Name, kind: kindField, label: field.Name, note: d.row.Name,
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
