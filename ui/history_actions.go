// What can be done with an entry of the history: look for it, send it again,
// see it on the profile, use it again.

package ui

import (
	"context"
	"fmt"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// reach says why the service cannot be asked about an entry from here; empty
// where it can. An entry belongs to its instance and to no other.
func (p *HistoryPage) reach(e journal.Entry) string {
	switch {
	case !p.place.Chosen() || p.place.Instance.ID != e.InstanceID:
		return "Choose " + instanceWords(e) + " above to look for it or to send it again."
	case p.place.Connection.ID != e.ConnectionID:
		return "It was sent by the connection " + e.ConnectionName + ". Choose that one above to look for it or to send it again."
	}
	if _, ok := people.FindEntity(p.place.Entities, e.Entity); !ok {
		return p.place.Instance.Label() + " has no entity " + e.Entity + " any more."
	}
	return ""
}

// aim points a state at the instance that is chosen; it answers whether the
// entry can be reached from here.
func (p *HistoryPage) aim() (*sendState, bool) {
	s := p.follows[p.chosen]
	if s == nil || s.Busy || p.reach(s.Entry) != "" {
		return nil, false
	}
	entity, _ := people.FindEntity(p.place.Entities, s.Entry.Entity)
	s.Place = p.place
	s.Request = outbox.Request{Target: targetOf(p.place, entity)}
	return s, true
}

// look asks the timeline for the entry's activity.
func (p *HistoryPage) look() {
	if s, ok := p.aim(); ok {
		p.sends.Look(s)
	}
}

// sendAgain asks for the person's word and sends the entry once more.
func (p *HistoryPage) sendAgain() {
	s, ok := p.aim()
	if !ok || !maySendAgain(s.Entry) {
		return
	}
	askSendAgain(p.env, s.Entry, func() { p.sends.SendAgain(s) })
}

// sendChanged follows a send or a look that was begun here.
func (p *HistoryPage) sendChanged(s *sendState) {
	if s.Dropped {
		s.Dropped = false
		why := s.Err
		s.Err = nil
		if guarded(why) {
			p.sends.Retry(s)
		} else {
			p.env.Notify(NoticeOf("history-send", why))
		}
	}
	if s.Entry.ID == p.chosen {
		p.showDetail()
	}
	if !s.Busy && !p.shown && s.Look != lookBusy {
		p.env.Notify(outcomeNotice(p.env, s))
	}
}

// showOnProfile goes to the entry's customer.
func (p *HistoryPage) showOnProfile() {
	s, ok := p.aim()
	if !ok {
		return
	}
	openCustomer(p.env, s, newLatest[string](p.env))
}

// openCustomer goes to the customer of a send, looking up who it is where the
// journal does not know.
func openCustomer(env *Env, s *sendState, opening *tasks.Latest[string]) {
	if id := s.Entry.CustomerID; id != "" {
		env.Open(PageProfiles, CustomerArg{ID: id})
		return
	}
	finder := people.Finder{Service: s.Place.Service, Entities: s.Place.Entities}
	_, via, _ := metadata.CustomerReference(s.Request.Target.Entity, s.Place.Entities, s.Place.Relationships)
	key := s.Entry.CustomerKey
	opening.Run(func(ctx context.Context) (string, error) {
		customers, _, err := finder.ByReference(ctx, via, key)
		if err == nil && len(customers) == 0 {
			err = fmt.Errorf("key %s: %w", key, outbox.ErrUnknownCustomer)
		}
		if err != nil {
			return "", err
		}
		return customers[0].ID, nil
	}, func(id string, err error) {
		if err != nil {
			env.Notify(NoticeOf("show-on-profile", err))
			return
		}
		env.Open(PageProfiles, CustomerArg{ID: id})
	})
}

// why goes through the causes for which the chosen entry is not on a timeline, as
// they are where one stands: that it was sent to another instance is one.
func (p *HistoryPage) why() {
	if reason := p.cannotAskWhy(); reason != "" {
		p.env.Notify(Notice{Key: "why", Tone: ToneInfo, Text: reason + "."})
		return
	}
	showWhy(p.env, whyQuestion(p.place, p.follows[p.chosen].Entry))
}

// cannotAskWhy says why that cannot be asked; empty: it can.
func (p *HistoryPage) cannotAskWhy() string {
	if reason := p.noneChosen(); reason != "" {
		return reason
	}
	switch {
	case !p.place.Chosen():
		return "No instance is chosen"
	case !mayAskWhy(p.follows[p.chosen].Entry):
		return "It is no activity that was sent"
	}
	return ""
}

// useAgain opens the entry in the form.
func (p *HistoryPage) useAgain() {
	if p.chosen != "" {
		p.env.Open(PageCompose, EntryArg{ID: p.chosen})
	}
}

// hasDetails says whether there is more behind the words for an answer that is not
// there.
func hasDetails(s *sendState) bool { return len(s.Entry.Answer) == 0 && s.said().Details != "" }

// copyDetails copies what is behind the words for an answer that is not there.
func (p *HistoryPage) copyDetails() {
	if s := p.follows[p.chosen]; s != nil {
		p.env.Copy(s.said().Details)
	}
}

// copyBody copies what was sent.
func (p *HistoryPage) copyBody() {
	if s := p.follows[p.chosen]; s != nil {
		p.env.Copy(string(s.Entry.Body))
	}
}
