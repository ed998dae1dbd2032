// This file is what stands inside a field beside its text: suggestions,
// calendar, zone, what fills it. Where the field is too narrow for its text and
// these, all but the suggestions stand below it.

package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// fieldLinks are the links of a row. They lie over the end of the entry, which
// keeps room for them.
type fieldLinks struct {
	line *fyne.Container
	room *canvas.Rectangle // nothing to see, inside the entry
}

const (
	linksSide   = 5
	linksHeight = 24
)

// makeLinks makes the links of an entry that can be typed into. A date has its
// calendar where others have the mark of their suggestions, which its menu has.
func (r *formRow) makeLinks() {
	r.chevron = newFieldTool(theme.MenuDropDownIcon(), "Suggestions ("+suggestionWord()+", or Down in an empty field)", r.tapSuggestions)
	r.chevron.shy = true
	line := Row(2)
	if r.hasCalendar() {
		r.chevron.Hide()
		line.Add(newFieldTool(theme.CalendarIcon(), "Choose a day from a calendar (F4)", r.openCalendar))
	}
	if r.field.Kind == metadata.KindDateTime && !r.field.Type.Collection {
		line.Add(r.zoneLink())
	}
	for _, action := range r.view.actions(r.field) {
		line.Add(newFieldLink(action.Label, action.Run))
	}
	r.links = &fieldLinks{line: line, room: canvas.NewRectangle(color.Transparent)}
	r.entry.ActionItem = r.links.room
}

// textRoom is the least width for the text of a field.
func (r *formRow) textRoom() float32 {
	switch r.field.Kind {
	case metadata.KindDateTime:
		return 126 // 2026-11-23 14:05
	case metadata.KindDate, metadata.KindTimeOfDay:
		return 84
	}
	return 100 // CNTID_1000: a key is seen as a whole
}

// inside is the width that the links take within the editor.
func (r *formRow) inside() float32 {
	width := r.links.line.MinSize().Width + linksSide
	if !r.hasCalendar() {
		width += fieldToolSize + 2
	}
	return width
}

// linksInside tells whether the links have room within an editor of a width.
func (r *formRow) linksInside(width float32) bool {
	return len(r.links.line.Objects) == 0 || r.textRoom()+r.inside() <= width
}

// linksBelow is the height that the links take below the editor.
func (r *formRow) linksBelow(width float32) float32 {
	if r.links == nil || r.editor != r.entry || r.linksInside(width) {
		return 0
	}
	return linksHeight
}

// keepRoom lets the entry's text end before the links.
func (r *formRow) keepRoom(width float32) {
	if r.links == nil {
		return
	}
	room := float32(fieldToolSize + linksSide)
	if r.linksInside(width) {
		room = r.inside()
	}
	if r.links.room.MinSize().Width == room {
		return
	}
	r.links.room.SetMinSize(fyne.NewSize(room, 1))
	if size := r.entry.Size(); !size.IsZero() {
		r.entry.Resize(size.AddWidthHeight(1, 0)) // an entry lays its parts out when its size changes
		r.entry.Resize(size)
	}
}

// placeLinks puts the links over the editor's first line, or below the editor.
func (r *formRow) placeLinks(x, width, height float32) {
	if r.big != nil {
		r.big.links.Resize(fyne.NewSize(width, linksHeight))
		r.big.links.Move(fyne.NewPos(x+4, height-linksHeight-3))
	}
	if r.links == nil {
		return
	}
	r.keepRoom(width)
	r.showLinks()
	line := r.links.line
	first := (min(height, formRowGuess-formGap) - linksHeight) / 2
	need := line.MinSize().Width
	line.Resize(fyne.NewSize(min(need, width+formColumnGap), linksHeight))
	r.chevron.Resize(fyne.NewSize(fieldToolSize, linksHeight))
	if r.linksInside(width) {
		line.Move(fyne.NewPos(x+width-need-linksSide, first))
		r.chevron.Move(fyne.NewPos(x+width-r.inside(), first))
		return
	}
	line.Move(fyne.NewPos(x, height))
	r.chevron.Move(fyne.NewPos(x+width-fieldToolSize-linksSide, first))
}

// showLinks hides what belongs to the entry while that is not there.
func (r *formRow) showLinks() {
	if r.links != nil {
		r.links.line.Hidden = r.editor != r.entry
		r.chevron.Hidden = r.links.line.Hidden || r.hasCalendar()
	}
}

// zoneLabel names a zone shortly: Europe/Zurich, Buenos Aires.
func zoneLabel(name string) string {
	const long = 13
	if len(name) <= long {
		return name
	}
	return strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
}
