// What the profiles page hands over: why an activity is missing, and one of its
// rows as the beginning of a new activity.

package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/timeline"
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
	name := p.shown.Customer.Label()
	if p.hidden {
		name = "this customer"
	}
	c := chooseWhy(p.env, p.place, p.shown.Customer, name, p.timelineShown())
	if text := strings.TrimSpace(p.timeline.filter.Text); text != "" {
		c.also = "The timeline shows only what has “" + shortName(text) + "” in it."
	}
}

func (p *ProfilesPage) cannotAskWhy() string {
	if p.shown.Customer.ID == "" || !p.place.Chosen() {
		return "No profile is shown"
	}
	return ""
}

// timelineShown is what of the timeline the filters show.
func (p *ProfilesPage) timelineShown() outbox.Shown {
	filter := p.timeline.filter
	within := filter.Dates.Range(p.env.Now(), p.env.Zone())
	return outbox.Shown{From: within.From, Until: within.Until, Types: slices.Clone(filter.Types)}
}

// compareRow shows how a row of the timeline compares with what was sent from
// here.
func (p *ProfilesPage) compareRow(row timeline.Row) {
	entries := p.env.Journal
	unified, _ := people.FindEntity(p.place.Entities, people.EntityUnifiedActivity)
	p.comparing.Run(func(ctx context.Context) (journal.Entry, error) {
		return entries.Get(ctx, row.Sent.EntryID)
	}, func(e journal.Entry, err error) {
		var c outbox.Comparison
		if err == nil && len(e.Body) == 0 {
			err = outbox.ErrNoBody
		}
		if err == nil {
			c, err = compareRow(e, row, unified.TimeField())
		}
		if err != nil {
			p.env.Notify(NoticeOf("compare", err))
			return
		}
		showStored(p.env, e, c, false)
	})
}

// compareRow compares a row with the entry that it is; timeField is the name that
// the metadata gives to the time.
func compareRow(e journal.Entry, row timeline.Row, timeField string) (outbox.Comparison, error) {
	given, err := client.ParseRow(row.Raw)
	if err != nil {
		return outbox.Comparison{}, err
	}
	return outbox.CompareEntry(e, given, timeField)
}

// openAsNew begins a new activity like one of the timeline.
func (p *ProfilesPage) openAsNew(row timeline.Row, entity metadata.Entity) {
	given, err := client.ParseRow(row.Raw)
	if err != nil {
		p.env.Notify(NoticeOf("open-as-new", err))
		return
	}
	p.env.Open(PageCompose, AgainArg{Entity: entity.DataName(), Row: given})
}
