// The profiles page: find a customer and see what they recently received.

package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// ProfilesPage finds profiles and shows their timelines.
type ProfilesPage struct {
	env   *Env
	place Place

	side    *profileSearch
	head    *profileHead
	tabs    *widgets.TabBar
	details *profileDetails
	views   [2]fyne.CanvasObject // of the tabs
	acts    *fyne.Container      // what can be done, at the left of the foot
	state   *widgets.StatePanel
	content fyne.CanvasObject

	timeline *timelinePane // below the head; it reads, shows and follows by itself

	reading   *tasks.Latest[profile]
	keying    *tasks.Latest[people.Keys]
	counting  *tasks.Latest[forgetting]
	comparing *tasks.Latest[journal.Entry]
	shown     profile // zero: none
	opened    string  // customer id that is shown or being read
	hidden    bool    // personal fields are, until the desk ends

	fieldsAt  time.Time // when the fields were read
	fieldsOld bool      // they could not be read again
}

// The tabs of a profile.
const (
	profileTimeline = iota
	profileFields
)

var (
	_ Page      = (*ProfilesPage)(nil)
	_ Arriver   = (*ProfilesPage)(nil)
	_ Finder    = (*ProfilesPage)(nil)
	_ Refresher = (*ProfilesPage)(nil)
	_ Opener    = (*ProfilesPage)(nil)
	_ Escaper   = (*ProfilesPage)(nil)
	_ Commander = (*ProfilesPage)(nil)
	_ Offerer   = (*ProfilesPage)(nil)
	_ Follower  = (*ProfilesPage)(nil)
	_ Forgetter = (*ProfilesPage)(nil)
	_ Attender  = (*ProfilesPage)(nil)
)

// NewProfilesPage makes the page.
func NewProfilesPage(env *Env) *ProfilesPage {
	p := &ProfilesPage{
		env:       env,
		tabs:      widgets.NewSmallTabBar("Timeline", "Details"),
		reading:   newLatest[profile](env),
		keying:    newLatest[people.Keys](env),
		counting:  newLatest[forgetting](env),
		comparing: newLatest[journal.Entry](env),
	}
	isHidden := func() bool { return p.hidden }
	p.acts = widgets.Pad(0, 8, 0, 0, p.newWhyButton())
	p.side = newProfileSearch(env, isHidden, p.open)
	p.details = newProfileDetails(env, isHidden)
	p.timeline = newTimelinePane(env, timelineActions{
		OpenAsNew: p.openAsNew, Compare: p.compareRow, Front: p.showTimeline, Hidden: isHidden,
	})
	p.head = newProfileHead(headActions{CopyID: p.copyID, Copy: p.showCopy, More: p.showMore, Begin: p.showBegin})
	p.tabs.OnSelected = func(int) { p.showTab() }
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
	p.side.Enter(place, moved)
	p.showContent() // the zone may have changed
	p.timeline.Enter(place)
}

// Follow reads which profiles were viewed in a place, for "Go to anything".
func (p *ProfilesPage) Follow(place Place) { p.side.recent.Enter(place) }

// Leave cancels what is being read.
func (p *ProfilesPage) Leave() {
	p.side.Leave()
	p.details.Leave()
	p.keying.Cancel()
	p.counting.Cancel()
	p.comparing.Cancel()
	if p.reading.Running() {
		p.reading.Cancel()
		p.opened = p.shown.Customer.ID
		if p.opened == "" {
			p.sayNothingYet()
		}
		p.showContent()
	}
	p.timeline.Leave()
}

// Attend tells the watch whether somebody is at the window.
func (p *ProfilesPage) Attend(here bool) { p.timeline.Attend(here) }

// Find puts the cursor into the filter of the details, where they are shown and
// it is not there yet, else into the search box.
func (p *ProfilesPage) Find() {
	c := p.env.Window.Canvas()
	if p.detailed() && c.Focused() != fyne.Focusable(p.details.filter) {
		p.details.Find()
		return
	}
	c.Focus(p.side.box)
	p.side.box.SelectAll()
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
	p.side.Look()
}

// Open shows a customer, or finds some.
func (p *ProfilesPage) Open(arg any) {
	switch arg := arg.(type) {
	case CustomerArg:
		if arg.ID != "" {
			p.side.list.Select("")
			p.open(arg.ID)
		}
	case FindArg:
		p.env.Window.Canvas().Focus(p.side.box)
		p.side.SetText(arg.Text)
	}
}

func (p *ProfilesPage) forget() {
	p.reading.Cancel()
	p.putAway()
	p.timeline.Forget()
	p.details.Show(p.side.at, people.Customer{})
	p.opened = ""
	p.sayNothingYet()
	p.leaveHidden()
}

// putAway ends what was asked for the profile that is shown, and shows it no
// more: none of it may be taken for what is read next.
func (p *ProfilesPage) putAway() {
	p.keying.Cancel()
	p.counting.Cancel()
	p.comparing.Cancel()
	p.timeline.drop()
	p.shown = profile{}
}

// leaveHidden takes the cursor out of what is not shown any more: what is typed
// there would filter the next timeline unseen.
func (p *ProfilesPage) leaveHidden() {
	c := p.env.Window.Canvas()
	switch c.Focused() {
	case p.timeline.view.list, p.timeline.view.find, p.details.table, p.details.filter:
		c.Focus(p.side.box)
		p.side.box.SelectAll()
	}
}

func (p *ProfilesPage) sayNothingYet() {
	p.state.ShowEmpty("No profile is shown",
		"Find a customer at the left by name, e-mail, phone, customer ID, or by the key that a source has for them.", "", nil)
}

// stopReading ends the reading of the profile; what was read before stays.
func (p *ProfilesPage) stopReading() {
	p.reading.Cancel()
	p.showProfile(profile{}, tasks.ErrStopped)
}

// Escape stops what is being read, or empties the filter of the details.
func (p *ProfilesPage) Escape() bool {
	switch {
	case p.side.Running():
		p.side.Stop()
	case p.reading.Running():
		p.stopReading()
	case p.keying.Running():
		p.keying.Cancel()
	default:
		return p.detailed() && p.details.Escape() || p.timeline.Escape()
	}
	return true
}

// open shows a customer, reading it anew.
func (p *ProfilesPage) open(id string) {
	if id != p.shown.Customer.ID {
		p.putAway()
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
		if before := p.shown.Customer; read.Customer.Unseen && before.ID == read.Customer.ID && !before.Unseen {
			read.Customer = before // what was seen before stays; it is said that it is old
			p.fieldsOld = true
		} else {
			p.fieldsAt, p.fieldsOld = p.env.Now(), false
		}
		p.shown = read
		p.env.Dismiss("profile") // it could be read again
		p.showContent()
		p.timeline.Show(p.place, read.Customer)
		p.side.recent.Add(read.Customer, p.finder().NoteKey(read.Customer))
	case p.shown.Customer.ID != "":
		p.timeline.MarkOld(err)
		if !errors.Is(err, tasks.ErrStopped) {
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
	old := ""
	if p.fieldsOld {
		old = "Fields of " + words.ShortTime(p.fieldsAt, p.env.Now(), p.env.Zone()) + ": your role does not see them any more"
	}
	p.head.Show(p.shown.Customer, p.hidden, old)
	p.details.Show(p.side.at, p.shown.Customer)
	p.state.ShowContent()
}

// finder looks customers up where the desk stands.
func (p *ProfilesPage) finder() people.Finder { return p.side.at.finder }

// detailed says whether the details are shown.
func (p *ProfilesPage) detailed() bool {
	return p.shown.Customer.ID != "" && p.tabs.Selected() == profileFields
}

// showTab shows the view that is chosen.
func (p *ProfilesPage) showTab() {
	for i, view := range p.views {
		setVisible(view, i == p.tabs.Selected())
	}
}

// showTimeline goes to the timeline.
func (p *ProfilesPage) showTimeline() {
	if p.detailed() {
		p.turn()
	}
}

// turn goes to the other view of the profile.
func (p *ProfilesPage) turn() {
	p.tabs.Select(len(p.views) - 1 - p.tabs.Selected())
	p.showTab()
}

func (p *ProfilesPage) copyID() {
	if id := p.shown.Customer.ID; id != "" {
		p.env.Copy(id)
	}
}
