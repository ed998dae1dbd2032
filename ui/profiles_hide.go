// Hiding personal fields from who looks on, for example while a screen is
// shared. It holds until the desk ends, and is never kept.

package ui

import (
	"runtime"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// hideKey hides personal fields, and shows them again.
var hideKey = chord{fyne.KeyH, ctrl | fyne.KeyModifierShift}

// turnHidden hides the personal fields, or shows them again.
func (p *ProfilesPage) turnHidden() {
	p.hidden = !p.hidden
	p.env.Dismiss("begin") // it may name the person
	p.showContent()
	p.side.showList()
	p.side.showHidden()
}

// hideWords is what turnHidden does next.
func (p *ProfilesPage) hideWords() string {
	if p.hidden {
		return "Show personal fields"
	}
	return "Hide personal fields"
}

// showMore opens the menu of what is done more rarely.
func (p *ProfilesPage) showMore() { widgets.ShowMenuBelow(p.head.more, p.moreItems()) }

func (p *ProfilesPage) moreItems() []widgets.MenuItem {
	mac := runtime.GOOS == "darwin"
	return []widgets.MenuItem{
		{Label: "Read again", Note: chord{fyne.KeyF5, 0}.label(mac), OnChosen: p.Refresh},
		{Label: p.hideWords(), Note: hideKey.label(mac), Checked: p.hidden, OnChosen: p.turnHidden},
		{Label: "Forget this customer…", Separate: true, OnChosen: p.askForget},
	}
}

// showCopy opens the menu of the values that matter.
func (p *ProfilesPage) showCopy() {
	if p.shown.Customer.ID != "" {
		widgets.ShowMenuBelow(p.head.copy, p.details.CopyItems())
	}
}
