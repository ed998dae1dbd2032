// The timeline pane: the activities of one customer, read, shown and kept up to
// date by itself. The profiles page holds it below the head of the profile.

package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// timelineActions is what a person can ask of the page at a row.
type timelineActions struct {
	// OpenAsNew takes a row of an entity that can receive activities to Compose;
	// nil: it is not offered.
	OpenAsNew func(row timelineRow, entity metadata.Entity)
}

// timelinePane shows the activities of one customer at a time.
type timelinePane struct {
	env  *Env
	acts timelineActions

	place    Place
	customer customer // no ID: nobody's timeline is shown
	rows     []timelineRow
	loaded   timelineAnswer

	lines   *timelineView
	foot    *widgets.Text
	content fyne.CanvasObject
	reading *Latest[timelineAnswer]
}

func newTimelinePane(env *Env, acts timelineActions) *timelinePane {
	t := &timelinePane{
		env: env, acts: acts,
		lines:   newTimelineView(),
		foot:    widgets.NewEllipsisText("", widgets.RoleMuted),
		reading: NewLatest[timelineAnswer](env),
	}
	t.content = widgets.Pad(2, 12, 0, 16, t.lines)
	return t
}

// Content is the timeline's part of the page, below the head.
func (t *timelinePane) Content() fyne.CanvasObject { return t.content }

// Foot is one line for the foot of the page: what is loaded, and how old it is.
func (t *timelinePane) Foot() fyne.CanvasObject { return t.foot }

// Enter says that the page is shown, or that place or zone may have changed.
func (t *timelinePane) Enter(place Place) {
	t.place = place
	if t.customer.ID != "" {
		t.show()
	}
}

// Leave says that the page is hidden: what is being read is given up.
func (t *timelinePane) Leave() { t.reading.Cancel() }

// Forget drops what is shown.
func (t *timelinePane) Forget() {
	t.reading.Cancel()
	t.customer, t.rows, t.loaded = customer{}, nil, timelineAnswer{}
}

// Show reads a customer's timeline. Of the same customer, what is shown stays
// until the newer one is there.
func (t *timelinePane) Show(place Place, c customer) {
	if c.ID != t.customer.ID {
		t.Forget()
	}
	t.place, t.customer = place, c
	t.Refresh()
}

// Refresh reads the timeline again.
func (t *timelinePane) Refresh() {
	if t.customer.ID == "" || !t.place.Chosen() {
		return
	}
	reader := timelineReader{
		service: t.place.Service, sent: t.env.Journal,
		instance: t.place.Instance.ID, entities: t.place.Entities, now: t.env.Now,
	}
	who := t.customer
	t.SayReading()
	t.reading.Run(func(ctx context.Context) (timelineAnswer, error) {
		return reader.Read(ctx, who)
	}, t.showRead)
}

func (t *timelinePane) showRead(read timelineAnswer, err error) {
	if err != nil {
		t.MarkOld(err)
		if !errors.Is(err, errStopped) {
			t.env.Notify(NoticeOf("timeline", err))
		}
		return
	}
	t.rows, t.loaded = read.Rows, read
	t.show()
}

// SayReading says that what is shown is being read again.
func (t *timelinePane) SayReading() {
	t.foot.SetRole(widgets.RoleMuted)
	t.foot.SetText("Reading again… Esc stops it")
}

// MarkOld says that what is shown is older than was asked for, and why.
func (t *timelinePane) MarkOld(err error) {
	t.foot.SetRole(widgets.RoleWarning)
	t.foot.SetText("Old, loaded " + t.loadedAt() + ". " + Explain(err).What + " F5 reads it again.")
}

// Escape stops what is being read; it answers whether it did.
func (t *timelinePane) Escape() bool {
	if !t.reading.Running() {
		return false
	}
	t.reading.Cancel()
	t.MarkOld(errStopped)
	return true
}

func (t *timelinePane) loadedAt() string {
	return shortTime(t.loaded.LoadedAt, t.env.Now(), t.env.Zone())
}

func (t *timelinePane) show() {
	t.lines.ShowRows(t.rows, t.env.Now(), t.env.Zone())
	text := counted(len(t.rows), "activity", "activities")
	if t.loaded.More {
		text = "The newest " + text + "; there are more"
	}
	t.foot.SetRole(widgets.RoleMuted)
	t.foot.SetText(text + " · loaded " + t.loadedAt() + " · real-time activities do not change segments, measures or exports")
}
