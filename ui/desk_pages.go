// Moving between pages, and what the keys and the bar of the window do.

package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
	"github.com/activitydesk/activitydesk/ui/zones"
)

// goTo shows a page. A page that is not there changes nothing.
func (d *Desk) goTo(id PageID) { d.open(id, nil) }

// open shows a page and gives it an argument.
func (d *Desk) open(id PageID, arg any) {
	page := d.page(id)
	if page == nil || d.ending {
		return
	}
	arriving := page != d.shown
	if arriving {
		if d.shown != nil {
			d.shown.Leave()
		}
		d.window.Canvas().Unfocus()
		d.frame.notices.passed()
		d.shown = page
		d.frame.showPage(page)
		d.enter()
	}
	if arriving && id == PageConnections {
		d.readShared()
	}
	if opener, ok := page.(Opener); ok && arg != nil {
		opener.Open(arg)
	} else if arriver, ok := page.(Arriver); ok && arriving && d.usable() {
		arriver.Arrive()
	}
}

func (d *Desk) page(id PageID) Page {
	for _, p := range d.pages {
		if p.ID() == id {
			return p
		}
	}
	return nil
}

// enter tells the shown page where the desk stands, and the frame with it.
func (d *Desk) enter() {
	place := d.session.Place()
	d.guard = place.GuardState()
	d.guardWord = guardWord(d.guard, d.options.Now())
	d.showPlace()
	if d.shown != nil {
		d.shown.Enter(place)
	}
	for _, page := range d.pages {
		if follower, ok := page.(Follower); ok && page != d.shown {
			follower.Follow(place)
		}
	}
}

// forgotten tells the pages that a customer is being forgotten.
func (d *Desk) forgotten(p journal.Person) {
	for _, page := range d.pages {
		if forgetter, ok := page.(Forgetter); ok {
			forgetter.ForgetCustomer(p)
		}
	}
}

// sessionChanged is called when anything of the session has changed.
func (d *Desk) sessionChanged() {
	if d.signInError() == nil {
		d.env.Dismiss(noticeSignIn) // it was for the connection before
	}
	d.lingered()
	d.enter()
}

// showPlace brings frame, status line and title up to date.
func (d *Desk) showPlace() {
	place := d.session.Place()
	_, loading, err := d.session.Instances()
	now := d.options.Now()
	d.frame.showPlace(place, loading, zones.Label(d.kept.Zone, now), now)
	d.showSignedIn()
	d.showBudget()
	d.showPanel(place, err)
	d.frame.connection.Update(d.connectionChoices)
	d.frame.instance.Update(d.instanceMenu)
	d.window.SetTitle(d.title(place))
	if page, ok := d.shown.(*ConnectionsPage); ok {
		page.showDetail()
	}
}

// showSignedIn says in the status line how the connection stands.
func (d *Desk) showSignedIn() {
	_, loading, err := d.session.Instances()
	connection := d.session.Place().Connection
	s := connectionState{link: d.session.Link(), loading: loading, err: err, needed: d.signInError()}
	s.canSignIn = connection.ID != "" && connection.ID != sandboxID
	d.frame.status.showConnection(s, d.options.Now().In(d.zone.Load()))
}

// title says where one is, for the list of windows.
func (d *Desk) title(place Place) string {
	var parts []string
	if d.shown != nil {
		parts = append(parts, d.shown.Title())
	}
	if place.Instance.ID != "" {
		parts = append(parts, fmt.Sprintf("%s (%s)", place.Instance.Label(), words.Environment(place.Instance.Environment())))
	}
	if place.Connection.Name != "" {
		parts = append(parts, place.Connection.Name)
	}
	return strings.Join(append(parts, productName), " · ")
}

// reload loads instances and entities again; where the sandbox did not start,
// it is started again first.
func (d *Desk) reload() {
	if d.services.sandboxErr == nil || d.session.Place().Connection.ID != sandboxID {
		d.session.Reload()
		return
	}
	d.frame.panel.ShowLoading("Starting the sandbox…", nil)
	ctx, o := d.services.sandboxLife, d.options
	d.tasks.GoWrite(func(context.Context) {
		server, err := startSandbox(ctx, o)
		d.gate.post(func() {
			d.services.sandbox, d.services.sandboxErr = server, err
			d.session.Reopen(sandboxID)
		})
	})
}

// stop ends the loading of instances and entities.
func (d *Desk) stop() {
	if d.session != nil {
		d.session.Stop()
	}
}

// needsInstance says whether a page has nothing to show without an instance.
func needsInstance(id PageID) bool {
	return id != PageHistory && id != PageSettings && id != PageConnections
}

// showPanel stands in for a page that needs an instance while there is none.
func (d *Desk) showPanel(place Place, err error) {
	panel := d.frame.panel
	switch {
	case d.shown == nil || place.Chosen() || !needsInstance(d.shown.ID()):
		panel.ShowContent()
	case needsCard(place.Connection, err):
		d.showSignInPanel(place.Connection, err)
	case err != nil:
		m := words.Explain(err)
		if errors.Is(err, tasks.ErrStopped) {
			panel.ShowEmpty(m.What, m.Do, "Load again", d.reload)
			return
		}
		panel.ShowFailed(m.What, m.Do, m.Details, "Try again", d.reload)
	case place.Loading:
		panel.ShowLoading("Loading the instances of "+place.Connection.Name+"…", d.stop)
	case place.Connection.ID == "":
		panel.ShowEmpty("No connection is chosen", "Choose one at the top, or begin with the sandbox on this computer.",
			"Use the sandbox", func() { d.session.ChooseConnection(sandboxID) })
	default:
		panel.ShowEmpty("No instance is chosen", "Choose the instance to work in at the top.",
			"Choose an instance", func() { widgets.ShowMenuBelow(d.frame.instance, d.instanceMenu()) })
	}
}

// watch keeps the status line up to date.
func (d *Desk) watch() {
	d.counting = newLatest[journal.Counts](d.env)
	cancel := d.services.journal.Subscribe(func(journal.Entry) { d.gate.post(d.count) })
	d.tasks.Go(func(ctx context.Context) {
		<-ctx.Done()
		cancel()
	})
	d.tasks.Every(time.Second, func() { d.gate.post(d.tick) })
	guard := d.services.guard
	d.tasks.Every(3*time.Second, func() { d.lookAtRules(guard) })
	d.tasks.Every(time.Minute, func() { d.gate.post(d.count) }) // other desks write as well, and midnight comes
	d.count()
}

// tick is called every second.
func (d *Desk) tick() {
	d.showBudget()
	d.showSignedIn()
	place := d.session.Place()
	now := d.options.Now()
	state := place.GuardState()
	word := guardWord(state, now)
	switch {
	case word == d.guardWord:
	case state.Rule != d.guard.Rule || state.Unlocked(now) != !d.guard.UnlockedUntil.IsZero():
		d.enter() // an unlock has just ended, or another desk has changed the rule
	default:
		d.guardWord = word
		d.frame.showGuard(state, place.Instance.ID != "", now)
	}
}

func (d *Desk) showBudget() {
	if link := d.session.Link(); link != nil {
		d.frame.status.budget.Set(link.Client.Pacer().Usage())
	}
}

// count reads what was sent today, in the window's time zone.
func (d *Desk) count() {
	if d.ending {
		return
	}
	now := d.options.Now().In(d.zone.Load())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	source := d.services.journal
	d.counting.RunAfter(100*time.Millisecond, func(ctx context.Context) (journal.Counts, error) {
		return source.Counts(ctx, midnight)
	}, func(c journal.Counts, err error) {
		if err != nil {
			d.options.Logger.Warn("count today's sends", "error", err)
			return
		}
		d.frame.status.showCounts(c)
	})
}

// The functions below are what keys and pickers do.

func (d *Desk) connectionMenu() []widgets.MenuItem {
	if d.session == nil {
		return nil
	}
	d.readShared()
	return d.connectionChoices()
}

// connectionChoices is the menu of what is known of the connections.
func (d *Desk) connectionChoices() []widgets.MenuItem {
	return connectionItems(d.session.Connections(), d.session.Place().Connection.ID, d.session.ChooseConnection, connectionManagement{add: d.addConnection, manage: func() { d.goTo(PageConnections) }})
}

func (d *Desk) instanceMenu() []widgets.MenuItem {
	if d.session == nil || d.session.Link() == nil {
		return nil
	}
	return instanceItems(d.session, d.options.Now())
}

func (d *Desk) zoneMenu() []widgets.MenuItem {
	return zoneItems(d.kept.Zone, d.options.Now(), d.chooseZone)
}

// chooseZone changes the zone of all times in the window.
func (d *Desk) chooseZone(name string) {
	d.useZone(name)
	d.remember(func(to *settings.Settings) { to.Zone = name })
	if d.session != nil {
		d.enter()
		d.count()
	}
}

// after is a timer whose function runs on the UI goroutine.
func (d *Desk) after(delay time.Duration, f func()) (stop func()) {
	timer := time.AfterFunc(delay, func() { d.gate.post(f) })
	return func() { timer.Stop() }
}
