// Describing an activity that was not sent from here: what somebody on the
// phone knows of it.

package ui

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// whyDescription is what is asked for; each part may stay empty.
type whyDescription struct {
	entity *widgets.Choice
	key    *widgets.Entry
	kind   *widgets.Entry
	at     *widgets.Entry
	wrong  *widgets.Text
}

// describe asks what is known of another activity.
func (c *whyChooser) describe() {
	c.dialog.Close()
	d := &whyDescription{
		entity: widgets.NewChoice(receivers(c.place.Entities)...),
		key:    widgets.NewEntry(), kind: widgets.NewEntry(), at: widgets.NewEntry(),
		wrong: widgets.NewWrappedText("", widgets.RoleProblem),
	}
	d.entity.Set("", "not known")
	d.key.SetPlaceHolder("not known")
	d.kind.SetPlaceHolder("SalesOrder, OnlinePurchase · not known")
	d.at.SetPlaceHolder("2026-11-23 14:05, yesterday 09:00 · not known")
	d.wrong.Hide()
	c.env.Show(Card{
		Title: whyChooseTitle,
		Body: widgets.Column(
			6, widgets.NewWrappedText("What is known of the activity? The more is known, the more can be checked. "+
				"A time without a zone is in "+zoneWord(c.env.Zone())+".", widgets.RoleBody),
			widgets.NewText("Entity that it was sent to", widgets.RoleCaption), d.entity,
			widgets.NewText("Its key there", widgets.RoleCaption), d.key,
			widgets.NewText("Its type, or the label that timelines give it", widgets.RoleCaption), d.kind,
			widgets.NewText("When it happened", widgets.RoleCaption), d.at, d.wrong,
		),
		Confirm: "Find out why",
		Focus:   d.entity,
		OnConfirm: func() bool {
			e, wrong := d.entry(c.place.Entities, c.env.Zone(), c.env.Now())
			d.at.SetProblem(wrong != "")
			d.wrong.SetText(wrong)
			setVisible(d.wrong, wrong != "")
			if wrong == "" {
				c.ask(e)
			}
			return wrong == ""
		},
	})
}

// receivers names the entities that can receive activities.
func receivers(all []metadata.Entity) []string {
	var names []string
	for _, e := range all {
		if receives, _ := e.Receives(); receives != metadata.ReceivesNo && e.Type != metadata.EntityProfile {
			names = append(names, e.DataName())
		}
	}
	return names
}

// entry is the description as the outbox understands it; wrong says which part
// cannot be understood.
func (d *whyDescription) entry(all []metadata.Entity, zone *time.Location, now time.Time) (e journal.Entry, wrong string) {
	e = journal.Entry{Operation: journal.OperationPost, Entity: d.entity.Value()}
	entity, _ := people.FindEntity(all, e.Entity)
	if key := strings.TrimSpace(d.key.Text); key != "" {
		name := ""
		if names := entity.KeyNames(); len(names) > 0 {
			name = names[0]
		}
		e.KeyFields = []journal.KeyValue{{Name: name, Value: key}}
	}
	if kind := strings.TrimSpace(d.kind.Text); kind != "" {
		body, err := json.Marshal(map[string]string{"ActivityType": kind, "ActivityTypeDisplay": kind})
		if err != nil {
			return journal.Entry{}, err.Error()
		}
		e.Body = body
	}
	e.TimeField = entity.TimeField()
	if text := strings.TrimSpace(d.at.Text); text != "" {
		at, _, problem := forms.ReadMoment(text, zone, now)
		if problem != nil {
			return journal.Entry{}, problem.Text + "."
		}
		e.TimeValue = at.UTC().Format(time.RFC3339)
	}
	return e, ""
}
