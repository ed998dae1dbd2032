// How the profiles page is laid out, and the head of a profile.

package ui

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// layout puts the search at the left and the profile beside it.
func (p *ProfilesPage) layout() fyne.CanvasObject {
	foot := widgets.NewArea(widgets.ColorPanel, container.NewBorder(
		widgets.NewRule(), nil, nil, nil, widgets.Pad(10, 16, 10, 16, container.NewBorder(nil, nil, p.acts, nil, p.timeline.Foot())),
	))
	p.views = [2]fyne.CanvasObject{p.timeline.Content(), p.details.content}
	p.showTab()
	p.state = newStatePanel(p.env, container.NewBorder(
		container.NewBorder(nil, widgets.NewRule(), nil, nil, widgets.Column(
			0, widgets.Pad(12, 16, 6, 16, p.head.Content()), widgets.Pad(0, 16, 0, 10, p.tabs),
		)),
		foot, nil, nil,
		container.NewStack(p.views[:]...),
	))
	return newColumns(p.env, PageProfiles, p.side.content, p.state, nil, columnWidths{LeftShare: 0.24, LeftMin: 220, LeftMax: 340})
}

// headActions is what the buttons of a profile's head do.
type headActions struct{ CopyID, Copy, More, Begin func() }

// profileHead says who the profile is of.
type profileHead struct {
	icon              *typeIcon
	name              *widgets.Text
	hides             *widgets.Badge
	id                *widgets.Value
	also              *widgets.Text
	copy, more, begin *widgets.Button
	content           fyne.CanvasObject
}

func newProfileHead(do headActions) *profileHead {
	h := &profileHead{
		icon:  newTypeIcon(40),
		name:  widgets.NewEllipsisText("", widgets.RoleTitle),
		hides: widgets.NewBadge("personal fields hidden", widgets.ToneWarning),
		id:    widgets.NewLineValue("", widgets.RoleCaption),
		also:  widgets.NewEllipsisText("", widgets.RoleCaption),
		copy:  widgets.NewMenuButton("Copy value", do.Copy),
		more:  widgets.NewMenuButton("More", do.More),
		begin: widgets.NewPrimaryButton("New activity", do.Begin),
	}
	h.hides.Hide()
	h.copy.SetTip("Copy a value of the profile")
	h.begin.SetTip("Compose an activity for this customer")
	copyID := widgets.NewLinkButton("copy", do.CopyID)
	copyID.SetTip("Copy the CustomerId")
	copyID.SetCompact(true)
	words := widgets.Column(
		2,
		container.NewBorder(nil, nil, nil, h.hides, h.name),
		container.New(valueAndLink{}, h.id, copyID),
		h.also,
	)
	h.content = container.NewBorder(nil, nil,
		container.NewCenter(h.icon), container.NewCenter(widgets.Row(8, h.copy, h.more, h.begin)), widgets.Pad(0, 12, 0, 12, words))
	return h
}

// Content is the head's part of the page.
func (h *profileHead) Content() fyne.CanvasObject { return h.content }

// Show shows a customer. What is personal is masked where it is hidden. Old says
// why the fields are older than was asked for; empty: they are not.
func (h *profileHead) Show(c people.Customer, hidden bool, old string) {
	name, also, letters := c.Label(), strings.Join(c.Traits(), " · "), initials(c.Label())
	if hidden && !c.Unseen {
		name, also, letters = people.Masked, "", ""
	}
	h.also.SetRole(widgets.RoleCaption)
	switch {
	case c.Unseen:
		also = "Your role does not see the fields of profiles here."
		h.also.SetRole(widgets.RoleWarning)
	case old != "":
		also = strings.Trim(old+" · "+also, " ·")
		h.also.SetRole(widgets.RoleWarning)
	}
	h.icon.SetInitials(letters)
	h.name.SetText(name)
	h.id.SetText("CustomerId " + c.ID)
	h.id.SetWhole(c.ID)
	h.also.SetText(also)
	setVisible(h.also, also != "")
	setVisible(h.hides, hidden)
	h.content.Refresh()
}

// valueAndLink puts a link right behind a value, which gives way to it.
type valueAndLink struct{}

// MinSize is the link's, and a little of the value.
func (valueAndLink) MinSize(objects []fyne.CanvasObject) fyne.Size {
	value, link := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(value.Width+link.Width, max(value.Height, link.Height))
}

// Layout gives the value what it needs, as far as there is room beside the link.
func (valueAndLink) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	value, link := objects[0], objects[1]
	beside, need := link.MinSize(), value.MinSize().Width
	if v, ok := value.(*widgets.Value); ok {
		need = v.LineWidth()
	}
	width := min(need, max(0, size.Width-beside.Width))
	height := value.MinSize().Height
	put(value, 0, (size.Height-height)/2, width, height)
	put(link, width, (size.Height-beside.Height)/2, beside.Width, beside.Height)
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	out := firstLetter(words[0])
	if len(words) > 1 {
		out += firstLetter(words[len(words)-1])
	}
	return strings.ToUpper(out)
}

func firstLetter(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	return string(r)
}
