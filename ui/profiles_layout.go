// How the profiles page is laid out, and the head of a profile.

package ui

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// layout puts the search at the left and the profile beside it.
func (p *ProfilesPage) layout() fyne.CanvasObject {
	p.finds = newStatePanel(p.env, p.results)
	side := widgets.NewArea(widgets.ColorSidebar, widgets.Pad(10, 10, 10, 10, container.NewBorder(
		widgets.Column(6, p.search, widgets.Pad(0, 4, 2, 4, p.hint)), nil, nil, nil, p.finds,
	)))
	foot := widgets.NewArea(widgets.ColorPanel, container.NewBorder(
		widgets.NewRule(), nil, nil, nil, widgets.Pad(12, 16, 12, 16, p.timeline.Foot()),
	))
	p.state = newStatePanel(p.env, container.NewBorder(
		container.NewBorder(nil, widgets.NewRule(), nil, nil, widgets.Pad(12, 16, 12, 16, p.head.Content())),
		foot, nil, nil,
		p.timeline.Content(),
	))
	return newColumns(p.env, PageProfiles, side, p.state, nil, columnWidths{LeftShare: 0.24, LeftMin: 220, LeftMax: 340})
}

// profileHead says who the profile is of.
type profileHead struct {
	icon    *typeIcon
	name    *widgets.Text
	id      *widgets.Value
	also    *widgets.Text
	content fyne.CanvasObject
}

func newProfileHead(copyID, refresh func()) *profileHead {
	h := &profileHead{
		icon: newTypeIcon(40),
		name: widgets.NewEllipsisText("", widgets.RoleTitle),
		id:   widgets.NewFixedValue("", widgets.RoleCaption),
		also: widgets.NewEllipsisText("", widgets.RoleCaption),
	}
	copyButton := widgets.NewLinkButton("copy", copyID)
	copyButton.SetTip("Copy the CustomerId")
	again := widgets.NewButton("Refresh", refresh)
	again.SetIcon(assets.IconRefresh())
	again.SetTip("Read the profile again (F5)")
	words := widgets.Column(2, h.name, container.NewBorder(nil, nil, widgets.Row(2, h.id, copyButton), nil, h.also))
	h.content = container.NewBorder(nil, nil,
		container.NewCenter(h.icon), container.NewCenter(again), widgets.Pad(0, 12, 0, 12, words))
	return h
}

// Content is the head's part of the page.
func (h *profileHead) Content() fyne.CanvasObject { return h.content }

// Show shows a customer.
func (h *profileHead) Show(c customer) {
	h.icon.SetInitials(initials(c.label()))
	h.name.SetText(c.label())
	h.id.SetText("CustomerId " + c.ID)
	also := strings.Join(c.Also, " · ")
	if also != "" {
		also = "· " + also
	}
	h.also.SetText(also)
	h.content.Refresh()
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
