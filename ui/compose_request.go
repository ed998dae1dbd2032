// The request beside its body: address, caller, how long it is kept, and
// copies of it and of its answer.

package ui

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// postURL is where a draft would be sent now, with its query.
func (p *ComposePage) postURL(d *draft) string {
	return p.place.Service.PostURL(d.key.Entity, client.WriteOptions{
		ValidUntil: d.keep.Until(p.env.Now()), Caller: p.env.Caller(),
	})
}

// shownURL is the address of what the pane shows: what would be sent at this
// moment, or what was.
func (p *ComposePage) shownURL() string {
	if p.pane.ShowsSent() {
		return p.pane.Address()
	}
	return p.postURL(p.current)
}

// address is where a send went.
func (s *sendState) address() string {
	options := s.Request.Options
	if s.Entry.ID != "" {
		options = client.WriteOptions{ValidUntil: s.Entry.ValidUntil, Caller: s.Entry.Caller}
	}
	return s.Place.Service.PostURL(s.Entry.Entity, options)
}

// copyAddress copies the whole address.
func (p *ComposePage) copyAddress() {
	if d := p.current; d != nil && !d.row.Muted && p.place.Chosen() {
		p.env.Copy(p.shownURL())
	}
}

// copyAnswer copies the answer as it is shown.
func (p *ComposePage) copyAnswer() {
	if text := p.pane.answered.Text(); text != "" {
		p.env.Copy(text)
	}
}

// copyRequestID copies the id under which the service logged the newest send.
func (p *ComposePage) copyRequestID() {
	if d := p.current; d != nil && d.last != nil && d.last.Entry.RequestID != "" {
		p.env.Copy(d.last.Entry.RequestID)
	}
}

// copyTicket copies the newest send as text for a ticket.
func (p *ComposePage) copyTicket(withData bool) {
	if d := p.current; d != nil && d.last != nil {
		entry := d.last.Entry
		entry.Body = d.last.sentBody()
		p.env.Copy(ticketText(entry, withData))
	}
}

// stop ends the look for the newest send, or its waiting to be sent.
func (p *ComposePage) stop() {
	if d := p.current; d != nil && d.last != nil {
		p.sends.Stop(d.last)
	}
}

// setCaller changes the name that goes with every activity.
func (p *ComposePage) setCaller(caller string) (problem string) {
	if problem := callerProblem(caller); problem != "" {
		return problem
	}
	p.env.SetCaller(caller)
	p.showPreview()
	return ""
}

// callerProblem says why a caller's name cannot be taken; empty: it can.
func callerProblem(caller string) string {
	const longest = 100
	if len([]rune(caller)) > longest {
		return fmt.Sprintf("At most %d letters.", longest)
	}
	return ""
}

// keepFor changes how long the service is to keep the activity.
func (p *ComposePage) keepFor(keep keepFor) {
	if p.current != nil {
		p.current.keep = keep
		p.edited(p.current)
		p.showPreview()
	}
}

// showKeep shows how long the activity is to be kept.
func (p *ComposePage) showKeep() {
	now, zone, keep := p.env.Now(), p.env.Zone(), p.current.keep
	p.pane.ShowKeep(keep.Label(zone), keep.Words(now, zone), keep.Problem(now))
}

// showChanged says what of the form is not as it was sent.
func (p *ComposePage) showChanged() {
	d := p.current
	if d == nil || d.last == nil || len(d.last.members.names) == 0 {
		p.pane.ShowChanged("")
		return
	}
	p.pane.ShowChanged(changedWords(d.last.members.changedSince(membersOf(d.form.Preview()))))
}

// tickPane keeps what counts from the clock true: until when an activity is
// kept, and how long it is being sent.
func (p *ComposePage) tickPane() {
	d := p.current
	if !p.shown || d == nil || d.row.Muted {
		return
	}
	if d.keep != (keepFor{}) {
		p.showKeep()
		p.pane.ShowAddress(p.postURL(d))
	}
	if d.last != nil && (d.last.Busy || p.leftOf(d.last) != p.left) {
		p.showSend()
	}
}

// leftOf is the countdown of a send, as its lines say it.
func (p *ComposePage) leftOf(s *sendState) string {
	return leftWords(outbox.LifetimeOf(s.Entry), p.env.Now(), p.env.Zone())
}

// askUntil asks for the moment until which the activity is kept.
func (p *ComposePage) askUntil() {
	d := p.current
	if d == nil {
		return
	}
	ask := newUntilQuestion(p.env.Now, p.env.Zone)
	if until := d.keep.Until(p.env.Now()); !until.IsZero() {
		ask.entry.SetText(until.In(p.env.Zone()).Format("2006-01-02 15:04"))
	}
	ask.check()
	p.env.Show(Card{
		Title: "Keep until…", Body: ask.content, Confirm: "Keep until then", Focus: ask.entry,
		OnConfirm: func() bool {
			keep, ok := ask.answer()
			if ok {
				d.keep = keep
				p.edited(d)
				p.showPreview()
			}
			return ok
		},
	})
}

// untilQuestion is the body of the dialog that asks for a moment.
type untilQuestion struct {
	now     func() time.Time
	zone    func() *time.Location
	entry   *widgets.Entry
	said    *widgets.Value
	content fyne.CanvasObject
}

func newUntilQuestion(now func() time.Time, zone func() *time.Location) *untilQuestion {
	q := &untilQuestion{now: now, zone: zone, entry: widgets.NewEntry(), said: widgets.NewValue("", widgets.RoleCaption)}
	q.entry.SetPlaceHolder("2026-11-24 18:00, now+36h, tomorrow 09:00")
	q.entry.OnChanged = func(string) { q.check() }
	q.content = widgets.Column(
		6,
		widgets.NewWrappedText("The service forgets the activity then (validUntil), at most 30 days from now. "+
			"A time without a zone is in "+zoneWord(zone())+".", widgets.RoleBody),
		q.entry, q.said,
	)
	return q
}

// answer is the moment; false: there is none that the service would take.
func (q *untilQuestion) answer() (keepFor, bool) {
	keep, _, problem := readKeep(q.entry.Text, q.zone(), q.now())
	q.check()
	return keep, problem == ""
}

// check says what was understood, or what is wrong.
func (q *untilQuestion) check() {
	keep, hint, problem := readKeep(q.entry.Text, q.zone(), q.now())
	empty := strings.TrimSpace(q.entry.Text) == ""
	role, words := widgets.RoleCaption, problem
	switch {
	case empty:
		words = "A date and time, or such as now+2d."
	case problem != "":
		role = widgets.RoleProblem
	default:
		words = strings.TrimSpace("Kept until " + momentWords(keep.At, q.zone()) + ". " + hint)
	}
	q.entry.SetProblem(problem != "" && !empty)
	q.said.SetRole(role)
	q.said.SetText(words)
	q.content.Refresh()
}
