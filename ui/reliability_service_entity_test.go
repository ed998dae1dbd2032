// Bad days of the service while an entity is opened and its sample rows are read.

package ui

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	whileEntity = "opening an entity"
	whileRows   = "reading the sample rows again"
)

func TestBadDayOfTheServiceOpeningAnEntity(t *testing.T) {
	d := newBadDesk(t)
	for _, c := range readingDays(d.service) {
		d.openingEntity(c.day, c.says)
		d.readingRows(c.day, c.says)
	}
	withstand.Hold(t, "service entities", d.cells)
}

// unopened gives an entity that can be filled and was not opened yet: its rows
// are unknown. Where the first instance has none left, it is one of the next.
func (d *badDesk) unopened() string {
	d.t.Helper()
	place := d.session.Place()
	for _, e := range place.Entities {
		row, listed := d.compose.entities.Row(e.DataName())
		if listed && !row.Muted && d.compose.drafts.Of(draftKeyOf(place, row.Name)) == nil {
			return row.Name
		}
	}
	if place.Instance.Name != instanceCoffee {
		d.t.Fatal("all entities were opened")
	}
	d.deskRun.choose(instanceTrial)
	d.untilLoaded(instanceTrial)
	return d.unopened()
}

// openingEntity opens an entity for the first time, and types into its form.
func (d *badDesk) openingEntity(day *badDay, parts ...string) {
	d.t.Helper()
	d.goTo(PageCompose)
	entity := d.unopened()
	d.begin(day)
	d.pick(entity)
	d.idle()
	opened := d.compose.current
	if opened.key.Entity != entity || len(opened.form.Fields()) == 0 || len(opened.samples.Rows) > 0 {
		d.t.Fatalf("%s: %s is open, with %d fields and %d rows", day.name, opened.key.Entity, len(opened.form.Fields()), len(opened.samples.Rows))
	}
	d.fill(map[string]string{opened.form.Fields()[0].Name: "12"})
	typed := d.typedState()
	d.compose.work.ShowSampleRows()
	panel := d.compose.work.samples.state
	said := d.failedWords(day, panel)
	d.over(day, whileEntity, "its form is there and can be filled; the sample rows say why they are not, and “Try again” reads them", said, parts...)
	d.begin(nil)
	confirmIn(d.t, d.working, panel, "Try again")
	d.idle()
	if panel.State() != widgets.StateContent || len(opened.samples.Rows) == 0 || d.typedState() != typed {
		d.t.Errorf("%s: afterwards the sample rows are %v, %d of them, and the form holds %s", day.name, panel.State(), len(opened.samples.Rows), d.typedState())
	}
}

// readingRows reads the rows of the entity that is open again.
func (d *badDesk) readingRows(day *badDay, parts ...string) {
	d.t.Helper()
	typed, rows := d.typedState(), len(d.compose.current.samples.Rows)
	tab := d.compose.work.samples
	d.begin(day)
	d.compose.readSamples()
	d.idle()
	foot := tab.foot.Text()
	if len(tab.shown.Rows) != rows || tab.state.State() != widgets.StateContent || !strings.HasPrefix(foot, "Old, read ") || d.typedState() != typed {
		d.t.Errorf("%s: %d rows of %d are shown, and it says %q", day.name, len(tab.shown.Rows), rows, foot)
	}
	_, said, _ := strings.Cut(foot, " · ")
	d.over(day, whileRows, "those of before stay, marked as old, and what was typed", said, parts...)
	d.begin(nil)
	d.refresh()
	d.idle()
	if foot := tab.foot.Text(); len(tab.shown.Rows) != rows || foot != sampleWords(tab.shown) || d.typedState() != typed {
		d.t.Errorf("%s: afterwards %d rows are shown, and it says %q", day.name, len(tab.shown.Rows), foot)
	}
	d.compose.work.ShowForm()
	d.dropNotices()
}
