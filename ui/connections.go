// The connections page: the services that the desk can work with, how each signs
// in, whether it works, and what can be done with it.

package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// connectionsHost is what the page needs of the desk.
type connectionsHost interface {
	place() Place
	settings() settings.Settings
	connections() []settings.Connection
	// sendsWith answers the token and the key that a kept connection sends, and
	// its address, which the sandbox in this process has only while it runs.
	sendsWith(c settings.Connection) (root string, tokens client.TokenSource, keys client.KeySource, err error)

	// budgetOf is the budget that the calls to a connection are counted in, where
	// it is in use; else nil.
	budgetOf(c settings.Connection) *client.Pacer
	// signedInWords says who is signed in to the connection in use.
	signedInWords() string
	// SignIn, signOut: to and of the connection in use.
	signIn()
	signOut()
	cannotSignOut() string

	chooseConnection(id string)
	addConnectionTo(preset)
	changeConnection(id string)
	duplicateConnection(id string)
	removeConnection(id string)

	sharedConnections(ids []string) []settings.SharedConnection
	planImport(list []settings.SharedConnection) []settings.ImportedConnection
	importConnections(agreed []settings.ImportedConnection, done func(error))
}

// connectionResult is the newest test of a connection in this session.
type connectionResult struct {
	of    settings.Connection // as it was tested: another one has not been
	at    time.Time
	steps []step
}

// ConnectionsPage lists the connections and shows one of them.
type ConnectionsPage struct {
	env  *Env
	host connectionsHost

	filter  *widgets.Entry
	table   *widgets.DataTable
	state   *widgets.StatePanel
	foot    *widgets.Text
	add     *widgets.Button
	export  *widgets.Button
	detail  *connectionDetail
	content fyne.CanvasObject

	all     []settings.Connection // as the desk has them
	listed  []settings.Connection // those that the filter lets through
	chosen  string                // id
	inUse   string                // id of the one that was in use when the page was last shown
	reading *tasks.Latest[[]settings.SharedConnection]
	test    *trial
	testing string // id of the connection that is being tested; empty: none
	results map[string]connectionResult
}

var (
	_ Page      = (*ConnectionsPage)(nil)
	_ Finder    = (*ConnectionsPage)(nil)
	_ Refresher = (*ConnectionsPage)(nil)
	_ Escaper   = (*ConnectionsPage)(nil)
	_ Opener    = (*ConnectionsPage)(nil)
	_ Arriver   = (*ConnectionsPage)(nil)
	_ Dropper   = (*ConnectionsPage)(nil)
)

// NewConnectionsPage makes the page.
func NewConnectionsPage(env *Env, host connectionsHost) *ConnectionsPage {
	p := &ConnectionsPage{
		env: env, host: host,
		filter:  widgets.NewEntry(),
		foot:    widgets.NewEllipsisText("", widgets.RoleCaption),
		reading: newLatest[[]settings.SharedConnection](env),
		test:    newTrial(env),
		results: map[string]connectionResult{},
	}
	p.add = widgets.NewButton("Add…", func() { widgets.ShowMenuBelow(p.add, p.addItems()) })
	p.export = widgets.NewButton("Export…", func() { widgets.ShowMenuBelow(p.export, p.exportItems()) })
	p.detail = newConnectionDetail(env, connectionActions{
		Use: p.use, Test: p.testOrStop, Edit: p.edit, Duplicate: p.duplicate, Remove: p.remove,
		SignIn: p.signIn, SignOut: p.host.signOut,
	})
	p.filter.SetPlaceHolder("Filter by name, host, note…")
	p.filter.OnChanged = func(string) { p.reload() }
	p.table = widgets.NewDataTable(p.model())
	p.table.OnSelected = p.selected
	p.content = p.layout()
	return p
}

// ID is the page's name within the desk.
func (p *ConnectionsPage) ID() PageID { return PageConnections }

// Title is the word in the rail.
func (p *ConnectionsPage) Title() string { return "Connections" }

// Icon is drawn in the rail.
func (p *ConnectionsPage) Icon() fyne.Resource { return assets.IconConnections() }

// Content is the page's part of the window.
func (p *ConnectionsPage) Content() fyne.CanvasObject { return p.content }

// Enter shows what there is by now. One that has come into use since, such as one
// that was just added, is chosen: it is the one that a person looks for.
func (p *ConnectionsPage) Enter(place Place) {
	id := place.Connection.ID
	if id == p.inUse {
		p.reload()
		return
	}
	p.inUse, p.chosen = id, id
	p.reload()
	if p.chosen != id && id != sandboxID {
		p.Open(ConnectionArg{ID: id})
	}
}

// Leave ends the test that runs.
func (p *ConnectionsPage) Leave() { p.stopTest() }

// Arrive puts the cursor into the list.
func (p *ConnectionsPage) Arrive() { p.env.Window.Canvas().Focus(p.table) }

// Find puts the cursor into the filter.
func (p *ConnectionsPage) Find() {
	p.env.Window.Canvas().Focus(p.filter)
	p.filter.SelectAll()
}

// Refresh tests the chosen connection again.
func (p *ConnectionsPage) Refresh() { p.startTest() }

// Escape stops a test, else it empties the filter.
func (p *ConnectionsPage) Escape() bool {
	switch {
	case p.testing != "":
		p.stopTest()
		p.showDetail()
	case p.filter.Text != "":
		p.filter.SetText("")
	default:
		return false
	}
	return true
}

// Open shows a connection. A filter, which might hide it, ends.
func (p *ConnectionsPage) Open(arg any) {
	if one, ok := arg.(ConnectionArg); ok {
		p.chosen = one.ID
		p.filter.SetText("")
		p.reload()
	}
}

// reload lists what there is by now.
func (p *ConnectionsPage) reload() {
	p.all = p.host.connections()
	words := strings.Fields(strings.ToLower(p.filter.Text))
	p.listed = slices.DeleteFunc(slices.Clone(p.all), func(c settings.Connection) bool {
		text := strings.Join([]string{c.Name, connectionHost(c), c.Note, methodOf(c.Auth).short, c.Tenant}, " ")
		return !containsAll(strings.ToLower(text), words)
	})
	p.table.Reload()
	p.keepChosen()
	p.foot.SetText(p.footWords())
	switch {
	case len(p.listed) == 0:
		p.state.ShowEmpty("Nothing matches the filter", "", "Show all", func() { p.filter.SetText("") })
	default:
		p.state.ShowContent()
	}
	p.showDetail()
}

// keepChosen keeps the chosen connection marked; where it is gone or hidden, the
// one in use takes its place, else the first.
func (p *ConnectionsPage) keepChosen() {
	row := func(id string) int {
		return slices.IndexFunc(p.listed, func(c settings.Connection) bool { return c.ID == id })
	}
	at := row(p.chosen)
	if at < 0 {
		at = row(p.host.place().Connection.ID)
	}
	if at < 0 && len(p.listed) > 0 {
		at = 0
	}
	p.chosen = ""
	if at >= 0 {
		p.chosen = p.listed[at].ID
	}
	p.table.SelectRow(at)
}

func (p *ConnectionsPage) footWords() string {
	own := len(p.all) - 1
	switch {
	case own == 0:
		return "None was added yet. “Add…” begins one, “Import…” opens a prepared file."
	case len(p.listed) < len(p.all):
		return words.Grouped(len(p.listed)) + " of " + words.Grouped(len(p.all)) + " connections"
	default:
		return words.Counted(own, "connection was added", "connections were added") + ", beside the sandbox"
	}
}

func (p *ConnectionsPage) selected(row int) {
	if row >= 0 && row < len(p.listed) && p.listed[row].ID != p.chosen {
		p.chosen = p.listed[row].ID
		p.showDetail()
	}
}

// current is the chosen connection; false: none is.
func (p *ConnectionsPage) current() (settings.Connection, bool) {
	for _, c := range p.listed {
		if c.ID == p.chosen {
			return c, true
		}
	}
	return settings.Connection{}, false
}

func (p *ConnectionsPage) showDetail() {
	c, ok := p.current()
	if !ok {
		p.detail.ShowNothing()
		return
	}
	place := p.host.place()
	result := p.results[c.ID]
	if result.of != c {
		result = connectionResult{} // it was changed since
	}
	p.detail.Show(connectionFacts{
		Connection: c, InUse: place.Connection.ID == c.ID, Place: place,
		SignedIn: p.host.signedInWords(), MaySignOut: p.host.cannotSignOut() == "",
		Guards: p.host.settings().Guards[c.ID], Result: result, Testing: p.testing == c.ID,
	}, p.env.Now(), p.env.Zone())
}
