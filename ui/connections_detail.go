// The details of one connection: where it leads, how it signs in, what was chosen
// for it, how its newest test went, and the role in the instance that is in use.

package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// connectionActions is what the buttons of the details do.
type connectionActions struct{ Use, Test, Edit, Duplicate, Remove, SignIn, SignOut func() }

// connectionFacts is what is shown of a connection.
type connectionFacts struct {
	Connection settings.Connection
	InUse      bool
	SignedIn   string // who is, where it is in use
	MaySignOut bool   // where it is in use
	Place      Place  // where the desk stands
	Guards     map[string]string
	Result     connectionResult // zero: it was not tested since it was changed
	Testing    bool
}

// connectionDetail shows one connection.
type connectionDetail struct {
	mark  *widgets.Mark
	lead  fyne.CanvasObject // the mark's room
	title *widgets.Value
	note  *widgets.Value
	facts map[string]*connectionFact
	role  *widgets.Text

	use, test, edit, duplicate, remove, signIn, signOut *widgets.Button

	tested *widgets.Text
	steps  *widgets.Steps
	state  *widgets.StatePanel

	content fyne.CanvasObject
}

// connectionFact is a label with a value; it is not there without one.
type connectionFact struct {
	value *widgets.Value
	row   fyne.CanvasObject
}

// The facts, in their order.
const (
	factAddress   = "Address"
	factSignsIn   = "Signs in by"
	factWho       = "Signed in"
	factClient    = "Client id"
	factAuthority = "Authority"
	factScope     = "Scope"
	factSecrets   = "Secrets"
	factRate      = "Calls a minute"
	factGuards    = "Guards"
	factInstance  = "Instance"
	factRole      = "Your role"
)

func newConnectionDetail(env *Env, do connectionActions) *connectionDetail {
	d := &connectionDetail{
		mark:   widgets.NewMark(""),
		title:  widgets.NewLineValue("", widgets.RoleTitle),
		note:   widgets.NewValue("", widgets.RoleCaption),
		facts:  map[string]*connectionFact{},
		role:   widgets.NewWrappedText("", widgets.RoleCaption),
		use:    widgets.NewPrimaryButton("Use", do.Use),
		test:   widgets.NewButton("Test", do.Test),
		edit:   widgets.NewButton("Change…", do.Edit),
		tested: widgets.NewWrappedText("", widgets.RoleCaption),
		steps:  widgets.NewSteps(),

		signIn:    widgets.NewButton("Sign in…", do.SignIn),
		signOut:   widgets.NewButton("Sign out", do.SignOut),
		duplicate: widgets.NewButton("Duplicate…", do.Duplicate),
		remove:    widgets.NewButton("Remove", do.Remove),
	}
	facts := widgets.Column(7)
	for _, name := range []string{
		factAddress, factSignsIn, factWho, factClient, factAuthority, factScope, factSecrets, factRate, factGuards, factInstance, factRole,
	} {
		role := widgets.RoleBody
		if name == factAddress || name == factClient || name == factAuthority || name == factScope {
			role = widgets.RoleCode
		}
		fact := &connectionFact{value: widgets.NewValue("", role)}
		below := widgets.Column(3, fact.value)
		if name == factRole {
			below.Add(d.role)
		}
		fact.row = labelled(92, name, below, "")
		d.facts[name] = fact
		facts.Add(fact.row)
	}
	d.lead = widgets.Pad(0, 8, 0, 0, widgets.Column(0, widgets.Spacer(), d.mark, widgets.Spacer()))
	title := widgets.Dock(nil, nil, nil, d.lead, d.title)
	inner := widgets.Column(12,
		widgets.Column(2, title, d.note),
		container.New(&flowLayout{}, d.use, d.test, d.signIn, d.signOut, d.edit, d.duplicate, d.remove),
		facts,
		widgets.NewRule(),
		widgets.Column(6, widgets.NewText("Test", widgets.RoleHeading), d.tested, d.steps),
	)
	d.state = newStatePanel(env, container.NewVScroll(widgets.Pad(14, 14, 16, 14, inner)))
	d.content = widgets.NewArea(widgets.ColorPanel, d.state)
	d.ShowNothing()
	return d
}

// Content is the details' part of the page.
func (d *connectionDetail) Content() fyne.CanvasObject { return d.content }

// ShowNothing says that no connection is chosen.
func (d *connectionDetail) ShowNothing() {
	d.state.ShowEmpty("No connection is chosen", "Choose one in the list to see where it leads and how it signs in.", "", nil)
}

// Show shows a connection.
func (d *connectionDetail) Show(f connectionFacts, now time.Time, zone *time.Location) {
	c := f.Connection
	d.mark.Set(c.Colour)
	setVisible(d.lead, d.mark.Visible())
	d.title.SetText(c.Name)
	d.note.SetText(c.Note)
	setVisible(d.note, c.Note != "")
	own := c.ID != sandboxID
	app := access.ByApp(c.Auth)
	address := c.Root
	if !own {
		address = "runs inside Activity Desk"
	}
	d.set(factAddress, address, true)
	d.set(factSignsIn, signsInWords(c), true)
	d.set(factWho, f.SignedIn, f.InUse && own)
	d.set(factClient, c.ClientID, app)
	d.set(factAuthority, c.Authority, app)
	d.set(factScope, c.Scope, app)
	d.set(factSecrets, secretsWords(c), own)
	d.set(factRate, words.Grouped(access.RateOf(c)), true)
	d.set(factGuards, guardsWords(f.Guards), true)
	d.showRole(f)
	d.showTest(f, now, zone)

	setVisible(d.use, !f.InUse)
	setVisible(d.signIn, app)
	setVisible(d.signOut, f.InUse && own && f.MaySignOut)
	for _, button := range []*widgets.Button{d.edit, d.duplicate, d.remove} {
		setVisible(button, own)
	}
	d.state.ShowContent()
	d.content.Refresh()
}

func (d *connectionDetail) set(name, text string, there bool) {
	fact := d.facts[name]
	fact.value.SetText(text)
	setVisible(fact.row, there && text != "")
}

// showRole tells the role in the instance where the desk stands.
func (d *connectionDetail) showRole(f connectionFacts) {
	here := f.InUse && f.Place.Instance.ID != ""
	d.set(factInstance, f.Place.Instance.Label(), here)
	words := roleNames(f.Place.Role)
	if words == "" {
		words = "not known"
		if roleKnown(f.Place.Role) {
			words = "none"
		}
	}
	d.set(factRole, words, here)
	d.role.SetText(roleLimits(f.Place.Role))
}

// showTest tells the newest test.
func (d *connectionDetail) showTest(f connectionFacts, now time.Time, zone *time.Location) {
	label := "Test"
	said, role := "It was not tested in this session.", widgets.RoleCaption
	switch {
	case f.Testing:
		label, said = "Stop the test", "It is being tested."
	case f.Result.at.IsZero():
	case passed(f.Result.steps):
		said, role = "Passed "+words.ShortTime(f.Result.at, now, zone)+".", widgets.RoleSuccess
	default:
		said, role = "Not passed "+words.ShortTime(f.Result.at, now, zone)+".", widgets.RoleProblem
	}
	d.test.SetText(label)
	d.tested.SetRole(role)
	d.tested.SetText(said)
	d.steps.Set(stepLines(f.Result.steps)...)
	setVisible(d.steps, len(f.Result.steps) > 0)
}
