// What the profiles page hands over: why an activity is missing, and one of its
// rows as the beginning of a new activity.

package ui

import (
	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// newWhyButton is the button in the foot.
func (p *ProfilesPage) newWhyButton() *widgets.Button {
	b := widgets.NewButton(whyChooseTitle, p.askWhy)
	b.SetTip("Goes through the causes one by one, with what was looked at")
	return b
}

// askWhy asks which activity is missing, and goes through the causes.
func (p *ProfilesPage) askWhy() {
	if p.cannotAskWhy() != "" {
		return
	}
	name := p.shown.Customer.label()
	if p.hidden {
		name = "this customer"
	}
	chooseWhy(p.env, p.place, p.shown.Customer, name, p.timelineShown())
}

func (p *ProfilesPage) cannotAskWhy() string {
	if p.shown.Customer.ID == "" || !p.place.Chosen() {
		return "No profile is shown"
	}
	return ""
}

// timelineShown is what of the timeline is shown: all of it.
func (p *ProfilesPage) timelineShown() outbox.Shown { return outbox.Shown{} }

// openAsNew begins a new activity like one of the timeline.
func (p *ProfilesPage) openAsNew(row timelineRow, entity metadata.Entity) {
	given, err := client.ParseRow(row.Raw)
	if err != nil {
		p.env.Notify(NoticeOf("open-as-new", err))
		return
	}
	p.env.Open(PageCompose, AgainArg{Entity: entity.DataName(), Row: given})
}
