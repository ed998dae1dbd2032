// What the search of the profiles page shows: the hits with what tells them
// apart, the profiles that were looked at, and the words around them.

package ui

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

const (
	nothingYetWords = "Name, e-mail, phone, customer ID or any source's key. Enter finds."
	noSearchWords   = "This instance has no search; an administrator sets it up. Enter looks for a whole e-mail, phone number " +
		"or name, for a customer ID and for a key, one after the other."
	fewCallsWords = "Few calls are left this minute, so nothing is asked while you type. Enter looks for it."
)

func (s *profileSearch) layout() fyne.CanvasObject {
	s.finds = newStatePanel(s.env, s.list)
	s.warning.Hide()
	return widgets.NewArea(widgets.ColorSidebar, widgets.Pad(10, 10, 10, 10, container.NewBorder(
		widgets.Column(6, s.box, widgets.Pad(0, 4, 2, 4, widgets.Column(4, s.hint, s.warning))), s.recent.button, nil, nil, s.finds,
	)))
}

func (s *profileSearch) say(text string, role widgets.Role) {
	s.hint.SetRole(role)
	s.hint.SetText(text)
	s.content.Refresh() // the height has changed
}

func (s *profileSearch) sayNothingYet() { s.say(nothingYetWords, widgets.RoleCaption) }

// showHidden says that personal fields are hidden, where nothing else is said.
func (s *profileSearch) showHidden() {
	switch text := s.hint.Text(); {
	case s.hidden() && text == nothingYetWords:
		s.say(people.PersonalHidden+"; what you type here is not.", widgets.RoleWarning)
	case !s.hidden() && strings.HasPrefix(text, people.PersonalHidden):
		s.sayNothingYet()
	}
}

// showWarning says what does not apply in the instance, or is not seen.
func (s *profileSearch) showWarning(place Place) {
	text := ""
	_, seen := people.FindEntity(place.Entities, people.EntityCustomer)
	switch {
	case !place.Chosen():
	case place.Instance.B2B:
		text = "This instance is for businesses: its profiles are accounts. People, birthdays and segments of customers " +
			"do not apply; accounts are found by key where the service shows them."
	case !seen && len(place.Entities) > 0:
		text = "The entity Customer is not among those that you see here. A source's key may still lead to a profile; " +
			"names do not. Ask an administrator of the instance about your role."
	}
	s.warning.SetText(text)
	setVisible(s.warning, text != "")
}

// show shows the answer to a text.
func (s *profileSearch) show(text string, got people.Found, err error, complete bool) {
	if !complete && people.IsNoSearch(err) {
		s.noSearch = true
		s.finds.ShowContent()
		s.say(noSearchWords, widgets.RoleCaption)
		return
	}
	if err != nil {
		s.failed(text, err)
		return
	}
	s.finds.ShowContent()
	s.noSearch = s.noSearch || got.NoSearch
	s.hits, s.asked, s.foundAt, s.complete, s.by = got.Customers, text, s.env.Now(), complete, ""
	if len(got.Tried) > 0 {
		s.by = got.Tried[len(got.Tried)-1]
	}
	s.showList()
	switch len(s.hits) {
	case 0:
		s.say(s.nobodyWords(got), widgets.RoleCaption)
	case 1:
		s.say("1 found, by "+s.by+s.nextWords(), widgets.RoleCaption)
		if complete {
			s.list.Select(s.hits[0].ID)
			s.choose(s.hits[0].ID)
		}
	default:
		count := strconv.Itoa(len(s.hits)) + " found, by " + s.by
		if len(s.hits) >= people.SearchTop && !s.narrow() {
			count = "The first " + count + "; more words narrow it"
		}
		s.say(count+s.nextWords(), widgets.RoleCaption)
	}
}

// narrow says that the hits are all there are: they have one key.
func (s *profileSearch) narrow() bool { return s.by != people.ByWords }

// nextWords says what Enter does after an answer to words alone.
func (s *profileSearch) nextWords() string {
	if s.complete {
		return ""
	}
	return ". Down chooses; Enter looks for it as a key, too"
}

// nobodyWords says what was tried.
func (s *profileSearch) nobodyWords(got people.Found) string {
	if !s.complete {
		return "These words are in no profile. Enter looks for it as a customer ID and as a key, too."
	}
	text := "Nobody found. Tried " + strings.Join(got.Tried, ", ") + "."
	if len(got.Refused) > 0 {
		text += " The service refused to look by " + strings.Join(got.Refused, ", ") + "."
	}
	return text + " A word is found from its beginning, a key as a whole."
}

// failed says why there is no answer. What was found before stays, with what it
// answers to and from when it is.
func (s *profileSearch) failed(text string, err error) {
	if len(s.hits) == 0 {
		s.say("", widgets.RoleCaption)
		showFailed(s.finds, err, s.Look)
		return
	}
	s.finds.ShowContent()
	what := "Could not look for “" + shortName(text) + "”: " + words.Explain(err).What
	if errors.Is(err, tasks.ErrStopped) {
		what = "Stopped."
	}
	s.say(what+" Old: these were found for “"+shortName(s.asked)+"” at "+
		words.ShortTime(s.foundAt, s.env.Now(), s.env.Zone())+". Enter looks again.", widgets.RoleWarning)
}

// showList lists the hits, then what was looked at and is not among them.
func (s *profileSearch) showList() {
	notes := s.at.finder.Apart(s.hits)
	var hits, recent []widgets.NavItem
	for i, c := range s.hits {
		item := widgets.NavItem{
			ID: c.ID, Label: c.Label(), Note: cmp.Or(people.FoundIn(c, s.asked), notes[i]),
			Tip: strings.Join(append(s.at.finder.KeyWords(c), c.Traits()...), " · "),
		}
		if s.hidden() {
			item.Label, item.Note, item.Tip = people.ShortID(c.ID), people.MaskedKey(s.at.finder.NoteKey(c)), people.PersonalHidden
		}
		hits = append(hits, item)
	}
	for _, v := range s.recent.list {
		if slices.ContainsFunc(hits, func(item widgets.NavItem) bool { return item.ID == v.CustomerID }) {
			continue
		}
		name, note := s.recent.words(v)
		recent = append(recent, widgets.NavItem{
			ID: v.CustomerID, Label: name, Note: note,
			Tip: "Looked at " + words.ShortTime(v.At, s.env.Now(), s.env.Zone()) + ". Delete takes it off the list.",
		})
	}
	s.list.SetGroups([]widgets.NavGroup{{Items: hits}, {Title: "Recently viewed", Items: recent}})
}
