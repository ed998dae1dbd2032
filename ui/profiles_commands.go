// What can be done on the profiles page by name and by key, and the profiles
// that "Go to anything" leads to.

package ui

import "fyne.io/fyne/v2"

const groupProfile = "Profile"

// Commands lists what can be done with the profile that is shown.
func (p *ProfilesPage) Commands() []command {
	shift := ctrl | fyne.KeyModifierShift
	return append([]command{
		{group: groupProfile, title: "Copy the customer's id", run: p.copyID, why: p.noneShown},
		{group: groupProfile, title: "Copy a value of the profile…", chords: []chord{{fyne.KeyK, shift}}, run: p.showCopy, why: p.noneShown},
		{group: groupProfile, title: "Timeline or details of the profile", chords: []chord{{fyne.KeyI, shift}}, run: p.turn, why: p.noneShown},
		{group: groupProfile, title: "Ask for keys, measures or segments…", run: p.askForMore, why: p.noneShown},
		{group: groupProfile, title: "New activity for this profile…", chords: []chord{{fyne.KeyN, shift}}, run: p.showBegin, why: p.noneShown},
		{group: groupProfile, title: whyChooseTitle, run: p.askWhy, why: p.cannotAskWhy},
		{group: groupProfile, title: "Hide or show personal fields", chords: []chord{hideKey}, run: p.turnHidden, why: always},
		{group: groupProfile, title: "Forget this customer…", run: p.askForget, why: p.noneShown},
		{group: groupProfile, title: "Take profiles off “Recently viewed”…", run: p.side.recent.ShowMenu, why: p.noneViewed},
		{group: groupProfile, title: "Clear “Recently viewed”", run: p.side.recent.Clear, why: p.noneViewed},
	}, p.timeline.Commands()...)
}

// noneShown says that no profile is shown.
func (p *ProfilesPage) noneShown() string {
	if p.shown.Customer.ID == "" {
		return "No profile is shown"
	}
	return ""
}

func (p *ProfilesPage) noneViewed() string {
	if len(p.side.recent.list) == 0 {
		return "No profile was viewed lately"
	}
	return ""
}

func (p *ProfilesPage) askForMore() {
	if p.tabs.Selected() != profileFields {
		p.turn()
	}
	p.details.ShowAsk()
}

// Offers are the profiles that were viewed in the place. They have no id: what
// was gone to lately is remembered in the settings, where no name of a person
// belongs.
func (p *ProfilesPage) Offers(place Place) []offer {
	if r := p.side.recent; place.Connection.ID != r.connection || place.Instance.ID != r.instance {
		return nil
	}
	var offers []offer
	for _, v := range p.side.recent.list {
		name, note := p.side.recent.words(v)
		offers = append(offers, offer{
			kind: kindCustomer, label: name, note: note + " · viewed lately",
			act: func() { p.env.Open(PageProfiles, CustomerArg{ID: v.CustomerID}) },
		})
	}
	return offers
}
