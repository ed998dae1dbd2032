// The search of the profiles page: one box for whatever one has of a person.
// What is typed is searched for by words once it rests; Enter looks in every way.

package ui

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// callBudget tells what is left of the calls of a connection.
type callBudget interface {
	Usage() (used, limit int)
	PausedUntil() time.Time
}

// callsAreFew says that no call is made unasked: two thirds of the budget are
// used, or the service has asked for a pause. The rest is for what people ask.
func callsAreFew(b callBudget) bool {
	if !b.PausedUntil().IsZero() {
		return true
	}
	used, limit := b.Usage()
	return 3*used >= 2*limit
}

// searchPlace is what the search needs of an instance; copies only.
type searchPlace struct {
	finder   people.Finder
	budget   callBudget
	business bool // profiles are accounts
}

// profileSearch is the left column. It is used on the UI goroutine.
type profileSearch struct {
	env     *Env
	at      searchPlace
	usable  bool // an instance is chosen
	early   bool // its entities, which tell what keys there are, are still being loaded
	due     bool // to look in every way once they are there
	hidden  func() bool
	open    func(id string)
	recent  *recentProfiles
	finding *tasks.Latest[people.Found]
	// after calls a function later, unless it is stopped; tests put their own clock here.
	after func(time.Duration, func()) (stop func())
	rest  func() // ends the wait for what is typed to rest; nil: there is none

	box     *widgets.Entry
	hint    *widgets.Text
	warning *widgets.Text // of what does not apply in this instance
	list    *widgets.NavList
	finds   *widgets.StatePanel // around the list
	content fyne.CanvasObject

	hits     []people.Customer
	asked    string    // what the hits answer to; empty: nothing was asked
	foundAt  time.Time // the hits
	marked   bool      // a row was chosen by the arrows and not opened yet
	noSearch bool      // the instance has none: nothing is asked while one types
	by       string    // how the hits were found, in words
	complete bool      // every way was tried, not words alone
}

func newProfileSearch(env *Env, hidden func() bool, open func(id string)) *profileSearch {
	s := &profileSearch{
		env: env, hidden: hidden, open: open,
		finding: newLatest[people.Found](env),
		after:   laterOn(env),
		box:     widgets.NewEntry(),
		hint:    widgets.NewWrappedText("", widgets.RoleCaption),
		warning: widgets.NewWrappedText("", widgets.RoleWarning),
		list:    widgets.NewNavList(),
	}
	s.recent = newRecentProfiles(env, hidden, s.showList)
	s.box.SetPlaceHolder("Find a profile…")
	s.box.OnChanged = func(string) { s.typed() }
	s.box.OnKey = s.boxKey
	s.list.OnSelected = func(item widgets.NavItem) { s.choose(item.ID) }
	s.list.OnDelete = func(item widgets.NavItem) { s.recent.Remove(item.ID) }
	s.content = s.layout()
	s.sayNothingYet()
	return s
}

// laterOn is a timer on the desk's tasks.
func laterOn(env *Env) func(time.Duration, func()) (stop func()) {
	return func(delay time.Duration, act func()) func() {
		later := newLatest[struct{}](env)
		later.RunAfter(delay,
			func(context.Context) (struct{}, error) { return struct{}{}, nil },
			func(struct{}, error) { act() })
		return later.Cancel
	}
}

// Enter follows the place. Another instance has other customers: what was
// found in the one before goes.
func (s *profileSearch) Enter(place Place, moved bool) {
	s.usable = place.Chosen()
	if s.usable {
		s.at = searchPlace{
			finder:   people.Finder{Service: place.Service, Entities: place.Entities},
			budget:   place.Service.Pacer(),
			business: place.Instance.B2B,
		}
	}
	s.early = place.Loading && place.LoadedAt.IsZero()
	if moved {
		s.forget()
	}
	s.recent.Enter(place)
	s.showWarning(place)
	if s.due && !s.early {
		s.Look()
	}
}

func (s *profileSearch) forget() {
	s.stop()
	s.hits, s.asked, s.marked, s.noSearch = nil, "", false, false
	s.list.Select("")
	s.finds.ShowContent()
	s.showList()
	s.sayNothingYet()
}

// Drop takes a customer out of what is listed.
func (s *profileSearch) Drop(id string) {
	s.stop()
	s.settle()
	s.hits = slices.DeleteFunc(s.hits, func(c people.Customer) bool { return c.ID == id })
	s.recent.Lost(id)
	s.list.Select("")
	s.asked = ""
	s.sayNothingYet()
}

// stop ends what is under way, without a word.
func (s *profileSearch) stop() {
	if s.rest != nil {
		s.rest()
		s.rest = nil
	}
	s.due = false
	s.finding.Cancel()
}

// text is what is to be found.
func (s *profileSearch) text() string { return people.CleanSearch(s.box.Text) }

// SetText puts a text into the box and looks for it.
func (s *profileSearch) SetText(text string) {
	s.box.SetText(text)
	s.Look()
}

// typed searches for words once they rest: one call, and never more.
func (s *profileSearch) typed() {
	s.stop()
	s.settle()
	s.marked = false
	text := s.text()
	switch {
	case text == "":
		s.hits, s.asked = nil, ""
		s.showList()
		s.sayNothingYet()
	case !s.usable:
	case utf8.RuneCountInString(text) > people.SearchMost:
		s.say("That is too long for a name or a key.", widgets.RoleProblem)
	case utf8.RuneCountInString(text) < customerTypingMin || !strings.ContainsFunc(text, people.IsWordRune):
		s.say("Enter looks for it.", widgets.RoleCaption)
	case s.noSearch:
		s.say(noSearchWords, widgets.RoleCaption)
	case callsAreFew(s.at.budget):
		s.say(fewCallsWords, widgets.RoleWarning)
	default:
		s.say("Enter looks for it in every way.", widgets.RoleCaption)
		s.rest = s.after(customerTypingRest, s.rested)
	}
}

// rested asks for words, unless the budget went low while one was typing.
func (s *profileSearch) rested() {
	s.rest = nil
	if callsAreFew(s.at.budget) {
		s.say(fewCallsWords, widgets.RoleWarning)
		return
	}
	s.ask(s.at.finder.FindWords, false)
}

// Look looks in every way, the best first. It waits for the instance's entities:
// without them nobody would be found by a key, and that would be no answer.
func (s *profileSearch) Look() {
	text := s.text()
	if text == "" || !s.usable || utf8.RuneCountInString(text) > people.SearchMost {
		return
	}
	s.stop()
	if s.early {
		s.due = true
		s.finds.ShowLoading("Looking for “"+shortName(text)+"” as soon as the entities are loaded…", s.Stop)
		return
	}
	s.ask(s.at.finder.Find, true)
}

// ask asks the service for what is typed.
func (s *profileSearch) ask(find func(context.Context, string) (people.Found, error), complete bool) {
	text := s.text()
	s.marked = false
	if used, limit := s.at.budget.Usage(); used >= limit {
		s.say("The calls of this minute are used up: the answer comes as soon as one is free. Esc stops it.", widgets.RoleWarning)
	}
	s.finds.ShowLoading("Looking for “"+shortName(text)+"”…", s.Stop)
	s.finding.Run(func(ctx context.Context) (people.Found, error) {
		return find(ctx, text)
	}, func(got people.Found, err error) { s.show(text, got, err, complete) })
}

// Running says whether something is being looked for, or is to be.
func (s *profileSearch) Running() bool { return s.due || s.finding.Running() }

// Stop ends the search because a person asked for it.
func (s *profileSearch) Stop() {
	s.stop()
	s.failed(s.text(), tasks.ErrStopped)
}

// Leave ends the search because the page is hidden.
func (s *profileSearch) Leave() {
	if s.Running() {
		s.Stop()
		return
	}
	s.stop()
}

// settle shows what was there before one looked, where that goes on no more.
func (s *profileSearch) settle() {
	if state := s.finds.State(); state != widgets.StateContent {
		s.finds.ShowContent()
	}
}

// enter does what Enter does in the box: it opens what the arrows have marked,
// and looks otherwise.
func (s *profileSearch) enter() {
	if id := s.list.Selected(); s.marked && id != "" && s.finds.State() == widgets.StateContent {
		s.choose(id)
		return
	}
	s.Look()
}

// boxKey moves the mark while the cursor stays in the box.
func (s *profileSearch) boxKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown:
		s.move(1)
	case fyne.KeyUp:
		s.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.enter()
	default:
		return false
	}
	return true
}

func (s *profileSearch) move(by int) {
	rows := s.list.Shown()
	if len(rows) == 0 || s.finds.State() != widgets.StateContent {
		return
	}
	at := -1
	for i, row := range rows {
		if s.marked && row.ID == s.list.Selected() {
			at = i
		}
	}
	s.list.Select(rows[min(max(at+by, 0), len(rows)-1)].ID)
	s.marked = true
}

// choose opens a profile.
func (s *profileSearch) choose(id string) {
	s.marked = false
	s.open(id)
}
