// Bad days of the service while support looks for a customer and watches one.

package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	whileFinding  = "looking for a customer"
	whileWatching = "watching a timeline"
)

func TestBadDayOfTheServiceFindingAndWatching(t *testing.T) {
	const kind = "application/json; charset=utf-8"
	form := errorForms()[0]
	days := []struct {
		day  *badDay
		says string
	}{
		{failing(401, form), "did not accept who you are (401)"},
		{failing(403, form), "Your role does not allow this (403)"},
		{failing(404, form), "does not have this (404)"},
		{failing(409, form), "cannot answer this at the moment (409)"},
		{failing(500, form), "failed on its side (500)"},
		{failing(503, form), "failed on its side (503)"},
		{answering("a web page", 200, "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>"), "A web page answers there"},
		{answering("nothing, 200", 200, kind, ""), "The answer is empty (200)"},
		{answering("JSON that ends in the middle", 200, kind, `{"value":[{"CustomerId":"1`), "ends before it is whole (200)"},
		{endless("an answer without an end", kind), "larger than the desk reads"},
		{answering("302", 302, "", "", "Location", "https://signin.example/login"), "a pointer to another one"},
		{raw("the connection is closed at once"), "The connection broke"},
		{noNetwork(), "The name of the service's host is not known here."},
		{unreachable("nobody listens there", errRefused), "The service could not be reached."},
		{&badDay{name: "a certificate that has expired", shows: certExpired}, "certificate is not valid today"},
	}
	d := newBadDesk(t)
	for _, c := range days {
		d.finding(c.day, c.says)
		d.watching(c.day, c.says)
	}
	withstand.Hold(t, "service people", d.cells)
}

// finding looks for somebody else, which keeps what was found, and looks once more
// by Enter when the day is over.
func (d *badDesk) finding(day *badDay, parts ...string) {
	d.t.Helper()
	d.search("CNTID_1000")
	side, shown := d.profiles.side, d.profiles.shown.Customer.ID
	if len(side.hits) != 1 || shown == "" {
		d.t.Fatalf("%d found, %q is shown", len(side.hits), shown)
	}
	d.begin(day)
	d.search("CNTID_1001")
	hint := side.hint.Text()
	if len(side.hits) != 1 || side.hits[0].ID != shown || d.profiles.shown.Customer.ID != shown || side.box.Text != "CNTID_1001" ||
		!strings.Contains(hint, " Old: these were found for “CNTID_1000”") {
		d.t.Errorf("%s: %d found, %q is looked for, and it says %q", day.name, len(side.hits), side.box.Text, hint)
	}
	said, _, _ := strings.Cut(hint, " Old: ")
	d.over(day, whileFinding, "who was found before stays, marked as old; Enter looks again", said, parts...)
	d.begin(nil)
	d.search("CNTID_1001")
	if len(side.hits) != 1 || side.hits[0].ID == shown || d.profiles.shown.Customer.ID == shown {
		d.t.Errorf("%s: afterwards %d are found", day.name, len(side.hits))
	}
	d.dropNotices()
}

// watching has the watch look, which keeps what was read, and look again when the
// day is over and its time has come.
func (d *badDesk) watching(day *badDay, parts ...string) {
	d.t.Helper()
	d.goTo(PageProfiles)
	line := d.profiles.timeline
	rows := len(line.store.Rows)
	line.watch.on = true
	defer func() { line.watch.on = false }()
	d.begin(day)
	d.lookInTime(line.watch.every)
	if line.watch.err == nil || len(line.store.Rows) != rows || rows == 0 || line.view.watch.Text() != "Watch in trouble" {
		d.t.Errorf("%s: %d rows of %d, and the watch says %q (%v)", day.name, len(line.store.Rows), rows, line.view.watch.Text(), line.watch.err)
	}
	if state := line.view.state.State(); state != widgets.StateContent {
		d.t.Errorf("%s: the timeline is %v", day.name, state)
	}
	wait := line.watch.next.Sub(d.env.Now())
	if wait < line.watch.every {
		d.t.Errorf("%s: it asks again in %v already", day.name, wait)
	}
	said, _, _ := strings.Cut(line.watchTrouble(), " It asks again at ")
	_, said, _ = strings.Cut(said, ": ")
	d.over(day, whileWatching, "what was read stays; the watch waits longer, and goes on by itself", said, parts...)
	d.begin(nil)
	d.lookInTime(wait)
	if line.watch.err != nil || !strings.HasPrefix(line.view.watch.Text(), "Watching every ") || len(line.store.Rows) != rows {
		d.t.Errorf("%s: afterwards the watch says %q (%v)", day.name, line.view.watch.Text(), line.watch.err)
	}
	d.dropNotices()
}

// lookInTime has the watch look once a time has passed.
func (d *badDesk) lookInTime(wait time.Duration) {
	d.t.Helper()
	line := d.profiles.timeline
	d.service.clock.pass(wait)
	asks := line.watch.asks
	line.tick()
	if line.watch.asks != asks+1 {
		d.t.Errorf("it looked %d times after %v", line.watch.asks-asks, wait)
	}
	d.idle()
}
