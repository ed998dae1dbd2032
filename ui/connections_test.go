package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func (r *deskRun) connectionsPage() *ConnectionsPage {
	r.t.Helper()
	r.goTo(PageConnections)
	page, ok := r.shown.(*ConnectionsPage)
	if !ok {
		r.t.Fatalf("shown is %T", r.shown)
	}
	return page
}

// withConnections starts a desk that stands in its sandbox, with these kept.
func withConnections(t *testing.T, list ...settings.Connection) (*deskRun, *ConnectionsPage) {
	t.Helper()
	d := startedDesk(t)
	for _, c := range list {
		d.listConnection(c)
	}
	return d, d.connectionsPage()
}

func (p *ConnectionsPage) rows() []string {
	var rows []string
	for i := range p.listed {
		rows = append(rows, strings.TrimSpace(strings.ReplaceAll(p.table.RowText(i), "\t", " ")))
	}
	return rows
}

func TestTheConnectionsAreListedWithWhereTheyLead(t *testing.T) {
	c := tokenConnection("c1", "Contoso (EU)")
	c.Colour = "teal"
	d, page := withConnections(t, c)
	want := []string{"Sandbox on this computer this computer nobody in use", "Contoso (EU) ci.example.com pasted token"}
	if got := page.rows(); !slices.Equal(got, want) {
		t.Errorf("listed %q", got)
	}
	if page.cell(1, connectionName).Mark != "teal" {
		t.Error("the colour is not marked")
	}
	page.filter.SetText("EXAMPLE token")
	if len(page.listed) != 1 || page.chosen != "c1" {
		t.Errorf("filtered: %q, chosen %s", page.rows(), page.chosen)
	}
	page.filter.SetText("nowhere")
	if page.state.State() != widgets.StateEmpty || page.chosen != "" {
		t.Error("nothing is listed, and that is not said")
	}
	d.escape()
	if page.filter.Text != "" || page.state.State() != widgets.StateContent {
		t.Error("Esc does not empty the filter")
	}
}

func TestTheConnectionsPageNeedsNoInstanceAndHasAKey(t *testing.T) {
	d := startedDesk(t)
	d.session.leave()
	d.session.place = Place{}
	d.goTo(PageConnections)
	if !d.usable() || d.frame.panel.State() != widgets.StateContent {
		t.Error("the page hides behind a panel")
	}
	if pageNumber(PageConnections) != fyne.Key6 || pageNumber(PageSettings) != fyne.Key5 {
		t.Error("the keys of pages have moved")
	}
	items := d.connectionChoices()
	d.goTo(PageCompose)
	items[len(items)-1].OnChosen()
	if got := items[len(items)-1].Label; got != "Manage connections…" || d.shown.ID() != PageConnections {
		t.Errorf("%q leads to %s", got, d.shown.ID())
	}
}

func TestWhatCanBeDoneWithAConnectionIsFoundByName(t *testing.T) {
	d, page := withConnections(t, tokenConnection("c1", "Contoso"))
	titles := map[string]string{
		"Use": "Use the connection", "Test": "Test the connection", "Change…": "Change the connection…",
		"Sign in…": "Sign in to the connection…", "Sign out": "Sign out", "Duplicate…": "Duplicate the connection…", "Remove": "Remove the connection", "Import…": "Import connections…",
		"Export…": "Export all connections…", "Add…": "Add a connection…",
	}
	commands := d.allCommands()
	seen := 0
	eachObject(page.Content(), func(o fyne.CanvasObject) {
		button, ok := o.(*widgets.Button)
		if !ok || button.Text() == "" {
			return
		}
		seen++
		title := titles[button.Text()]
		if !slices.ContainsFunc(commands, func(c command) bool { return c.title == title }) {
			t.Errorf("nothing does by name what %q does", button.Text())
		}
	})
	if seen < len(titles) {
		t.Errorf("%d buttons were seen", seen)
	}
	for _, c := range page.Commands() {
		if c.title == "Remove the connection" && c.why() == "" {
			t.Error("the sandbox could be removed")
		}
	}
	page.Open(ConnectionArg{ID: "c1"})
	for _, c := range page.Commands() {
		if c.title == "Remove the connection" && c.why() != "" {
			t.Errorf("a connection that was added: %s", c.why())
		}
	}
}

func TestAKeptConnectionIsTestedFromItsPage(t *testing.T) {
	service := otherService(t)
	c := tokenConnection("c1", "Contoso")
	c.Root = service.Root()
	d, page := withConnections(t, c)
	if err := d.credentials.Keep(t.Context(), c, access.Secrets{Token: goodToken, Key: goodKey}); err != nil {
		t.Fatal(err)
	}
	page.Open(ConnectionArg{ID: "c1"})
	page.detail.test.OnTapped()
	if page.detail.test.Text() != "Stop the test" {
		t.Errorf("the button says %q", page.detail.test.Text())
	}
	d.queue.until(t, "the end of the test", func() bool { return page.testing == "" })
	if got := page.detail.tested.Text(); !strings.HasPrefix(got, "Passed ") {
		t.Errorf("it says %q, %v", got, page.detail.steps.Steps())
	}
	if d.session.Place().Connection.ID != sandboxID {
		t.Error("the test has moved the desk")
	}
	// A result is of the connection as it was tested.
	c.Root = "https://ci.example.com/v1"
	d.listConnection(c)
	if got := page.detail.tested.Text(); !strings.Contains(got, "not tested") {
		t.Errorf("after a change it says %q", got)
	}
}

func TestATestCanBeStopped(t *testing.T) {
	d, page := withConnections(t)
	d.faults("instances:slow=60s")
	page.startTest()
	d.queue.until(t, "the second step", func() bool { return wordsHave(page.Content(), "Asking whether the service answers") })
	d.escape()
	if page.testing != "" || len(page.results) != 0 || page.detail.test.Text() != "Test" {
		t.Errorf("testing %q, results %v", page.testing, page.results)
	}
	page.startTest()
	d.goTo(PageCompose)
	if page.test.Running() {
		t.Error("leaving the page does not end the test")
	}
}

func TestTheRoleIsShownWithWhatItCannotDo(t *testing.T) {
	d, page := withConnections(t)
	d.queue.until(t, "the role", func() bool { return roleKnown(d.session.Place().Role) })
	if got := page.detail.facts[factRole].value.Text(); got != "Contributor" || !strings.Contains(page.detail.role.Text(), "may send") {
		t.Errorf("the role is %q, %q", got, page.detail.role.Text())
	}
}

func TestADuplicateHasANameAndAnIDOfItsOwnAndNoSecrets(t *testing.T) {
	service := otherService(t)
	c := tokenConnection("c1", "Contoso")
	c.Root, c.Note = service.Root(), "n"
	d, page := withConnections(t, c)
	if err := d.credentials.Keep(t.Context(), c, access.Secrets{Token: goodToken, Key: goodKey}); err != nil {
		t.Fatal(err)
	}
	page.Open(ConnectionArg{ID: "c1"})
	page.duplicate()
	if !wordsHave(d.window.Canvas().Overlays().Top(), "The copy has no secrets") || !wordsHave(d.window.Canvas().Overlays().Top(), "Add a connection") {
		t.Errorf("the dialog says %q", wordsOn(d.window.Canvas().Overlays().Top()))
	}
	d.window.Canvas().Overlays().Remove(d.window.Canvas().Overlays().Top())
	dialog := newConnectionDialog(d.env, d.Desk, settings.Connection{Name: "Copy of Contoso", Root: c.Root, Auth: c.Auth, Note: "n"})
	dialog.show()
	dialog.dialog.Confirm()
	if !dialog.token.problem.Visible() {
		t.Error("the copy would do without a token of its own")
	}
	dialog.token.entry.SetText(goodToken)
	dialog.key.entry.SetText(goodKey)
	dialog.dialog.Confirm()
	d.queue.until(t, "the dialog to close", func() bool { return !dialog.dialog.Open() })
	list := d.settings().Connections
	if len(list) != 2 || list[1].ID == "c1" || list[1].Name != "Copy of Contoso" || list[1].Note != "n" {
		t.Errorf("kept %+v", list)
	}
}

func TestTheBarShowsTheColourOfTheConnection(t *testing.T) {
	c := tokenConnection("c1", "Contoso")
	c.Colour = "violet"
	d, _ := withConnections(t, c)
	stripe := d.frame.stripe.Tone()
	place := d.session.Place()
	place.Connection = c
	d.frame.showPlace(place, false, "UTC", d.options.Now())
	if items := d.connectionChoices(); items[1].Mark != "violet" {
		t.Errorf("the list marks it with %q", items[1].Mark)
	}
	if d.frame.stripe.Tone() != stripe {
		t.Error("the stripe, which is the environment's, has changed")
	}
}

func TestAConnectionThatComesIntoUseIsShown(t *testing.T) {
	d, page := withConnections(t, tokenConnection("c1", "Contoso"))
	page.filter.SetText("sandbox")
	added := tokenConnection("c2", "Fabrikam")
	d.connectionKept(added)
	if page.chosen != added.ID || page.detail.title.Text() != added.Name || page.filter.Text != "" {
		t.Errorf("%q is shown, chosen %s, filter %q", page.detail.title.Text(), page.chosen, page.filter.Text)
	}
	page.Open(ConnectionArg{ID: "c1"})
	page.Enter(d.session.Place())
	if page.chosen != "c1" {
		t.Errorf("what a person reads about was left for %s", page.chosen)
	}
}
