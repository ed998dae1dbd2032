// The profiles page: find a customer and see what they recently received.

package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// ProfilesPage finds profiles and shows their timelines.
type ProfilesPage struct {
	env   *Env
	place Place

	search  *widgets.Entry
	hint    *widgets.Text
	results *widgets.NavList
	finds   *widgets.StatePanel // around the results
	head    *profileHead
	state   *widgets.StatePanel
	content fyne.CanvasObject

	timeline *timelinePane // below the head; it reads, shows and follows by itself

	finding *Latest[found]
	reading *Latest[profile]
	shown   profile // zero: none
	opened  string  // customer id that is shown or being read
}

var (
	_ Page      = (*ProfilesPage)(nil)
	_ Arriver   = (*ProfilesPage)(nil)
	_ Finder    = (*ProfilesPage)(nil)
	_ Refresher = (*ProfilesPage)(nil)
	_ Opener    = (*ProfilesPage)(nil)
	_ Escaper   = (*ProfilesPage)(nil)
)

// NewProfilesPage makes the page.
func NewProfilesPage(env *Env) *ProfilesPage {
	p := &ProfilesPage{
		env:     env,
		search:  widgets.NewEntry(),
		hint:    widgets.NewWrappedText("", widgets.RoleCaption),
		results: widgets.NewNavList(),
		finding: NewLatest[found](env),
		reading: NewLatest[profile](env),
	}
	p.timeline = newTimelinePane(env, timelineActions{})
	p.head = newProfileHead(p.copyID, p.Refresh)
	p.search.SetPlaceHolder("Find a profile…")
	p.search.OnSubmitted = func(string) { p.find() }
	p.results.OnSelected = func(item widgets.NavItem) { p.open(item.ID) }
	p.content = p.layout()
	p.sayNothingYet()
	return p
}

// ID is the page's name within the desk.
func (p *ProfilesPage) ID() PageID { return PageProfiles }

// Title is the word in the rail.
func (p *ProfilesPage) Title() string { return "Profiles" }

// Icon is drawn in the rail.
func (p *ProfilesPage) Icon() fyne.Resource { return assets.IconProfiles() }

// Content is the page's part of the window.
func (p *ProfilesPage) Content() fyne.CanvasObject { return p.content }

// Enter shows the page for a place. Another instance has other customers:
// what was shown of the one before goes.
func (p *ProfilesPage) Enter(place Place) {
	moved := !place.Same(p.place)
	p.place = place
	if moved {
		p.forget()
	}
	p.timeline.Enter(place)
}

// Leave cancels what is being read.
func (p *ProfilesPage) Leave() {
	if p.finding.Running() {
		p.stopFinding()
	}
	if p.reading.Running() {
		p.reading.Cancel()
		p.opened = p.shown.Customer.ID
		p.showContent()
	}
	p.timeline.Leave()
}

// Find puts the cursor into the search box.
func (p *ProfilesPage) Find() {
	p.env.Window.Canvas().Focus(p.search)
	p.search.SelectAll()
}

// Arrive puts the cursor into the search box where no profile is shown.
func (p *ProfilesPage) Arrive() {
	if p.opened == "" {
		p.Find()
	}
}

// Refresh reads the profile again.
func (p *ProfilesPage) Refresh() {
	if p.opened != "" {
		p.read(p.opened)
		return
	}
	p.find()
}

// Open shows a customer, or finds some.
func (p *ProfilesPage) Open(arg any) {
	switch arg := arg.(type) {
	case CustomerArg:
		if arg.ID != "" {
			p.results.Select("")
			p.open(arg.ID)
		}
	case FindArg:
		p.search.SetText(arg.Text)
		p.Find()
		p.find()
	}
}

func (p *ProfilesPage) forget() {
	p.finding.Cancel()
	p.reading.Cancel()
	p.timeline.Forget()
	p.shown, p.opened = profile{}, ""
	p.results.SetGroups(nil)
	p.results.Select("")
	p.finds.ShowContent()
	p.sayNothingYet()
}

func (p *ProfilesPage) sayNothingYet() {
	p.hint.SetText("Customer ID, a source's key, or words. Enter finds.")
	p.state.ShowEmpty("No profile is shown",
		"Find a customer at the left by customer ID, by the key that a source has for them, or by words.", "", nil)
}

// find looks for what was typed.
func (p *ProfilesPage) find() {
	text := strings.TrimSpace(p.search.Text)
	if text == "" || !p.place.Chosen() {
		return
	}
	p.finds.ShowLoading("Looking for “"+shorten(text, 24)+"”…", p.stopFinding)
	finder := customerFinder{service: p.place.Service, entities: p.place.Entities}
	p.finding.Run(func(ctx context.Context) (found, error) {
		return finder.Find(ctx, text)
	}, p.showFound)
}

func (p *ProfilesPage) showFound(got found, err error) {
	if err != nil {
		p.hint.SetText("")
		showFailed(p.finds, err, p.find)
		return
	}
	p.finds.ShowContent()
	finder := customerFinder{entities: p.place.Entities}
	items := make([]widgets.NavItem, 0, len(got.Customers))
	for _, one := range got.Customers {
		keys := finder.keysOf(one)
		items = append(items, widgets.NavItem{
			ID: one.ID, Label: one.label(), Note: shortID(keys[min(1, len(keys)-1)]),
			Tip: strings.Join(append(keys, one.Also...), " · "),
		})
	}
	p.results.SetGroups([]widgets.NavGroup{{Items: items}})
	switch len(items) {
	case 0:
		p.hint.SetText("Nobody found. Tried " + strings.Join(got.Tried, ", ") + ".")
	case 1:
		p.hint.SetText("1 found, by " + got.Tried[len(got.Tried)-1])
		p.results.Select(items[0].ID)
		p.open(items[0].ID)
	default:
		p.hint.SetText(strconv.Itoa(len(items)) + " found, by " + got.Tried[len(got.Tried)-1])
	}
}

// stopFinding ends the search.
func (p *ProfilesPage) stopFinding() {
	p.finding.Cancel()
	p.hint.SetText("")
	showFailed(p.finds, errStopped, p.find)
}

// stopReading ends the reading of the profile; what was read before stays.
func (p *ProfilesPage) stopReading() {
	p.reading.Cancel()
	p.showProfile(profile{}, errStopped)
}

// Escape stops what is being read.
func (p *ProfilesPage) Escape() bool {
	switch {
	case p.finding.Running():
		p.stopFinding()
	case p.reading.Running():
		p.stopReading()
	default:
		return p.timeline.Escape()
	}
	return true
}

// open shows a customer, reading it anew.
func (p *ProfilesPage) open(id string) {
	if id != p.shown.Customer.ID {
		p.shown = profile{}
	}
	p.read(id)
}

func (p *ProfilesPage) read(id string) {
	if !p.place.Chosen() {
		return
	}
	p.opened = id
	reader := profileReader{service: p.place.Service, entities: p.place.Entities}
	if p.shown.Customer.ID == "" {
		p.state.ShowLoading("Reading the profile…", p.stopReading)
	} else {
		p.timeline.SayReading()
	}
	p.reading.Run(func(ctx context.Context) (profile, error) {
		return reader.Read(ctx, id)
	}, p.showProfile)
}

// showProfile shows who it is and has the timeline read. What was loaded before
// stays, dated, where reading again does not work.
func (p *ProfilesPage) showProfile(read profile, err error) {
	switch {
	case err == nil:
		p.shown = read
		p.showContent()
		p.timeline.Show(p.place, read.Customer)
	case p.shown.Customer.ID != "":
		p.timeline.MarkOld(err)
		if !errors.Is(err, errStopped) {
			p.env.Notify(NoticeOf("profile", err))
		}
	default:
		showFailed(p.state, err, p.Refresh)
	}
}

// showContent shows the customer that was read last, if there is one.
func (p *ProfilesPage) showContent() {
	if p.shown.Customer.ID == "" {
		return
	}
	p.head.Show(p.shown.Customer)
	p.state.ShowContent()
}

func (p *ProfilesPage) copyID() {
	if id := p.shown.Customer.ID; id != "" {
		p.env.Copy(id)
	}
}
