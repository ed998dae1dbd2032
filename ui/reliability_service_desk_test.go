package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/vault"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// What people do on a bad day, as the document names it.
const (
	whileOpening = "opening the connection"
	whileLoading = "loading the entities again"
	whileProfile = "opening a profile and its timeline"
	whileSending = "sending an activity"
	whileTesting = "testing a new connection"
)

// mostAsked bounds how often the service is asked in one cell. Three attempts of
// each read, and the looks at the timeline in two minutes, are less.
const mostAsked = 100

// badDesk is a desk in an instance of a service that has bad days.
type badDesk struct {
	*working
	service    *badService
	connection settings.Connection
	cells      []withstand.Cell
	sends      int
	customers  []string // of whom one is shown, and others are opened
	opened     int
}

// newBadDesk starts a desk that stands in the service's first instance, with a
// profile read. All is well yet.
func newBadDesk(t testing.TB) *badDesk {
	t.Helper()
	return badDeskAt(t, newBadService(t, goodToken), goodToken)
}

// badDeskAt is newBadDesk for a service that takes a token.
func badDeskAt(t testing.TB, s *badService, token string) *badDesk {
	t.Helper()
	d := startBadDesk(t, s, settings.Connection{Auth: settings.AuthToken})
	d.keep(access.Secrets{Token: token, Key: goodKey})
	d.connectionKept(d.connection)
	d.settle()
	return d
}

// startBadDesk starts a desk that has nothing of the service yet.
func startBadDesk(t testing.TB, s *badService, c settings.Connection, change ...func(*Options)) *badDesk {
	t.Helper()
	change = append(change, func(o *Options) {
		o.Keyring, o.Now, o.newClient, o.wait = vault.OpenMemory(nil), s.clock.now, s.client, s.clock.sleep
		o.Redact.Add(goodToken)
	})
	c.ID, c.Name, c.Root, c.RatePerMinute = "c1", "Contoso (US)", "https://"+badHost+"/v1", 1000
	d := &badDesk{service: s, opened: 1, working: newWorking(t, change...), connection: c}
	d.profiles.timeline.watch.on = false // but where a test is about it
	return d
}

// keep keeps secrets of the connection.
func (d *badDesk) keep(s access.Secrets) {
	d.t.Helper()
	if err := d.credentials.Keep(d.t.Context(), d.connection, s); err != nil {
		d.t.Fatal(err)
	}
}

// settle stands in the first instance, and looks at two profiles.
func (d *badDesk) settle() {
	d.t.Helper()
	d.standInCoffee()
	for _, key := range []string{"CNTID_1000", "CNTID_1001"} {
		d.search(key)
		d.customers = append(d.customers, d.profiles.shown.Customer.ID)
	}
	if d.customers[0] == "" || d.customers[1] == "" || d.customers[0] == d.customers[1] {
		d.t.Fatalf("customers: %q", d.customers)
	}
	d.goTo(PageCompose)
}

// standInCoffee waits until the desk stands in the first instance, choosing it
// where the desk does not by itself.
func (d *badDesk) standInCoffee() {
	d.t.Helper()
	d.queue.until(d.t, "the instances", func() bool {
		list, loading, err := d.session.Instances()
		return len(list) > 0 && !loading && err == nil
	})
	if d.session.Place().Instance.Name != instanceCoffee {
		d.deskRun.choose(instanceCoffee)
	}
	d.queue.until(d.t, "the entities", func() bool {
		p := d.session.Place()
		return len(p.Entities) > 0 && !p.Loading && p.Err == nil && !d.session.Loading()
	})
}

// begin begins a day, or ends one: nil.
func (d *badDesk) begin(day *badDay) {
	before := d.service.day.Load()
	var open *client.Client
	if link := d.session.Link(); link != nil {
		open = link.Client
	}
	d.service.begin(day, open)
	switch {
	case day == nil && before != nil && before.mended != nil:
		before.mended()
	case day != nil && day != before && day.onset != nil:
		day.onset()
	}
}

// idle waits until nothing is going on, here and at the service.
func (d *badDesk) idle() {
	d.t.Helper()
	timeline := d.profiles.timeline
	d.queue.until(d.t, "everything to be idle", func() bool {
		return !d.session.Loading() && !d.session.asking.Running() && !d.profiles.side.Running() && !d.profiles.reading.Running() &&
			!timeline.reading.Running() && !timeline.reaching.Running() && !timeline.watching.Running() &&
			!d.compose.sampling.Running() && !d.compose.checking.Running() && len(d.compose.sends.running) == 0 &&
			d.services.outbox.InFlight() == 0 && !d.looks() && d.service.active.Load() == 0
	})
}

// looks says whether something that was sent is being looked for.
func (d *badDesk) looks() bool {
	if c := d.compose.current; c != nil && c.last != nil && c.last.Look == lookBusy {
		return true
	}
	followed := d.history.follows[d.history.chosen]
	return followed != nil && followed.Look == lookBusy
}

// over ends a cell: everything is idle, the service was not hammered, no secret
// is told, and the said are those of the day.
func (d *badDesk) over(day *badDay, while, state, says string, parts ...string) {
	d.t.Helper()
	d.idle()
	says = strings.Join(strings.Fields(says), " ")
	where := fmt.Sprintf("%s, while %s: ", day.name, while)
	for _, part := range parts {
		if !strings.Contains(says, part) {
			d.t.Errorf("%s%q does not say %q", where, says, part)
		}
	}
	if err := withstand.Plain(says); err != nil {
		d.t.Errorf("%s%v", where, err)
	}
	if n := d.service.asked.Load(); n > mostAsked {
		d.t.Errorf("%sthe service was asked %d times", where, n)
	}
	var told strings.Builder
	for _, n := range d.frame.notices.list {
		fmt.Fprintln(&told, n.Text, n.Details)
		if err := withstand.Plain(n.Text); err != nil {
			d.t.Errorf("%sa notice: %v", where, err)
		}
	}
	d.keepsSecret(where, says+told.String()+textsOf(d.window.Content()))
	d.cells = append(d.cells, withstand.Cell{Day: day.name, While: while, State: state, Says: says})
}

func (d *badDesk) keepsSecret(where, text string) {
	d.t.Helper()
	for _, secret := range []string{goodToken, goodKey} {
		if strings.Contains(text, secret) {
			d.t.Errorf("%sa secret is told in %q", where, text)
		}
	}
}

// panelWords are what a panel says: what happened and what to do.
func panelWords(m words.Message) string { return strings.TrimSpace(m.What + " " + m.Do) }

// opening opens the connection anew, and once more by “Try again” when the day
// is over.
func (d *badDesk) opening(day *badDay, parts ...string) {
	d.t.Helper()
	d.goTo(PageCompose)
	d.begin(day)
	d.session.Reopen(d.connection.ID)
	d.queue.until(d.t, "an end of the opening", func() bool { return !d.session.Loading() })
	_, _, err := d.session.Instances()
	panel := d.frame.panel
	shown := strings.Join(strings.Fields(wordsOn(panel)), " ")
	said := panelWords(words.Explain(err))
	if panel.State() != widgets.StateFailed || d.session.Place().Chosen() || !strings.Contains(shown, strings.Join(strings.Fields(said), " ")) {
		d.t.Errorf("%s: the panel is %v and says %q, want %q", day.name, panel.State(), shown, said)
	}
	d.keepsSecret(day.name, words.Explain(err).Details)
	d.over(day, whileOpening, "no instance is shown; “Try again” opens it", said, parts...)
	d.begin(nil)
	confirmIn(d.t, d.working, panel, "Try again")
	d.standInCoffee()
	if panel.State() != widgets.StateContent {
		d.t.Errorf("%s: afterwards the panel is %v", day.name, panel.State())
	}
}

// loading loads instances and entities again (F5), with an activity typed.
func (d *badDesk) loading(day *badDay, parts ...string) {
	d.t.Helper()
	d.goTo(PageCompose)
	d.typePurchase(fmt.Sprintf("OPID_%d", 60000+len(d.cells)))
	typed, entities, loaded := d.typedState(), len(d.session.Place().Entities), d.session.Place().LoadedAt
	d.begin(day)
	d.refresh()
	d.queue.until(d.t, "an end of the loading", func() bool { return !d.session.Loading() })
	place := d.session.Place()
	if place.Err == nil || len(place.Entities) != entities || !place.LoadedAt.Equal(loaded) {
		d.t.Errorf("%s: %d entities of %v, error %v", day.name, len(place.Entities), place.LoadedAt, place.Err)
	}
	d.keepsSecret(day.name, words.Explain(place.Err).Details)
	hint := d.listing()
	if !strings.HasPrefix(hint, "Old list, of ") {
		d.t.Errorf("%s: the list says %q", day.name, hint)
	}
	if d.typedState() != typed {
		d.t.Errorf("%s: what was typed has changed", day.name)
	}
	_, said, _ := strings.Cut(hint, ": ")
	d.over(day, whileLoading, "the old list stays, marked as old, and what was typed", said, parts...)
	d.begin(nil)
	d.refresh()
	d.standInCoffee()
	if hint := d.listing(); hint != "" || d.typedState() != typed {
		d.t.Errorf("%s: afterwards the list says %q", day.name, hint)
	}
}

// listing is what stands above the list of entities; empty: nothing.
func (d *badDesk) listing() string {
	for line := range strings.Lines(textsOf(d.compose.entities.panel)) {
		if strings.HasPrefix(line, "Old list") || strings.Contains(line, "oading") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// profile reads a profile again, which keeps what was read, and opens another.
func (d *badDesk) profile(day *badDay, parts ...string) {
	d.t.Helper()
	d.goTo(PageProfiles)
	if d.profiles.shown.Customer.ID == "" {
		d.env.Open(PageProfiles, CustomerArg{ID: d.customers[d.opened%2]})
		d.idle()
	}
	rows := len(d.profiles.timeline.store.Rows)
	d.begin(day)
	d.profiles.Refresh()
	d.idle()
	foot := d.profiles.timeline.view.foot.Text()
	if d.profiles.shown.Customer.ID == "" || len(d.profiles.timeline.store.Rows) != rows || rows == 0 || !strings.HasPrefix(foot, "Old, loaded ") {
		d.t.Errorf("%s: %d rows of %d, and it says %q", day.name, len(d.profiles.timeline.store.Rows), rows, foot)
	}
	if err := withstand.Plain(foot); err != nil {
		d.t.Errorf("%s: %v", day.name, err)
	}
	d.opened++
	d.env.Open(PageProfiles, CustomerArg{ID: d.customers[d.opened%2]})
	d.idle()
	panel := d.profiles.state
	if d.profiles.shown.Customer.ID != "" { // its fields may not be seen: the timeline says why it is not
		panel = d.profiles.timeline.view.state
	}
	said := d.failedWords(day, panel)
	d.over(day, whileProfile, "what was read stays, marked as old; a new one says why, and “Try again” reads it", said, parts...)
	d.begin(nil)
	confirmIn(d.t, d.working, panel, "Try again")
	d.idle()
	if d.profiles.shown.Customer.ID != d.customers[d.opened%2] || len(d.profiles.timeline.store.Rows) == 0 {
		d.t.Errorf("%s: afterwards %q is shown", day.name, d.profiles.shown.Customer.ID)
	}
	d.dropNotices()
}

// failedWords is what a panel says in the place of what could not be read, without
// the details.
func (d *badDesk) failedWords(day *badDay, panel *widgets.StatePanel) string {
	d.t.Helper()
	if panel.State() != widgets.StateFailed {
		d.t.Errorf("%s: the panel is %v", day.name, panel.State())
	}
	said, _, _ := strings.Cut(wordsOn(panel), "\nrequest: ")
	return said
}

// sending sends a purchase, and sends it again when the day is over: then the
// service has it once.
func (d *badDesk) sending(day *badDay, want journal.State, parts ...string) {
	d.t.Helper()
	d.goTo(PageCompose)
	d.sends++
	d.typePurchase(fmt.Sprintf("OPID_%d", 70000+d.sends))
	typed, before := d.typedState(), len(d.stored())
	d.begin(day)
	d.compose.Send()
	d.idle()
	last := d.compose.current.last
	if last.Entry.State != want {
		d.t.Errorf("%s: it is %s, want %s: %v", day.name, last.Entry.State, want, last.Err)
	}
	d.keepsSecret(day.name, last.said().Details+string(last.Entry.Answer)+last.Entry.Message)
	if d.typedState() != typed {
		d.t.Errorf("%s: what was typed has changed", day.name)
	}
	stored := len(d.stored()) - before
	d.over(day, whileSending, sentState(last.Entry, stored), d.sentWords(), parts...)
	d.begin(nil)
	d.sendAgain()
	if got := len(d.stored()) - before; got != 1 {
		d.t.Errorf("%s: sent again, the service has it %d times", day.name, got)
	}
	d.dropNotices()
}

// typePurchase fills the form, and waits for what it asks of the service. Who the
// customer is would be asked when the key has rested: while the day lasts, on a
// slow computer, where it keeps a connection open and moves the clock.
func (d *badDesk) typePurchase(key string) {
	d.t.Helper()
	d.purchase(key)
	d.compose.lookUpCustomer(d.compose.current, 0)
	d.idle()
}

// sentWords are the lines of the newest send, but for the list of what can be
// the cause where it was not seen.
func (d *badDesk) sentWords() string {
	var said []string
	for _, step := range d.compose.pane.steps.Steps() {
		switch {
		case strings.HasPrefix(step.Detail, "Causes can be"):
		case step.Strong == "":
			said = append(said, step.Detail)
		default:
			said = append(said, strings.TrimSuffix(step.Strong+": "+step.Detail, ": ")+".")
		}
	}
	return strings.ReplaceAll(strings.Join(said, " "), "..", ".")
}

// sentState is the state of a send, as the document has it.
func sentState(e journal.Entry, stored int) string {
	said, _ := stateBadge(e)
	if e.State == journal.Uncertain {
		return fmt.Sprintf("%s (the service has stored %d); sent again by a person's word, it is there once", said, stored)
	}
	return said + "; sent again, it is there once"
}

// sendAgain sends what was not accepted once more, by the person's word, and
// waits until it is seen.
func (d *badDesk) sendAgain() {
	d.t.Helper()
	if last := d.compose.current.last; last.Entry.State == journal.Visible || last.Entry.State == journal.Accepted {
		return
	}
	d.compose.Send()
	d.queue.until(d.t, "it to be there", func() bool {
		if top := d.dialog(); top != nil && strings.Contains(textsOf(top), "Send again") {
			confirm(d.t, d.working, "Send again")
		}
		last := d.compose.current.last
		return !last.Busy && last.Look != lookBusy && (last.Entry.State == journal.Visible || last.Entry.State == journal.AlreadyThere)
	})
}

// stored are the purchases that the service was sent.
func (d *badDesk) stored() []string {
	return d.service.sandbox.Posted(d.session.Place().Instance.ID, entityPurchases)
}

// dropNotices dismisses what was told.
func (d *badDesk) dropNotices() {
	for d.frame.notices.removeNewest() {
	}
}
