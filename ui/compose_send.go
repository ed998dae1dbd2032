// What the Send button does: check, build the request as of the click, ask
// where a question has to be asked, send.

package ui

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/words"
)

// Send sends the activity (Ctrl+Enter). Pressing it again while it is being
// sent does nothing.
func (p *ComposePage) Send() {
	d := p.current
	p.settleJSON(d) // what is typed there is what is meant
	if cannotSend(p.place, d) != "" || d.last != nil && d.last.Busy {
		return
	}
	if !p.pane.caller.settle() {
		p.env.Window.Canvas().Focus(p.pane.caller.entry)
		return
	}
	if held, _ := d.jsonHeld(); held != "" {
		p.focusFirstProblem()
		return
	}
	if d.form.ProblemCount() == 0 && d.keep.Problem(p.env.Now()) != "" { // it was right when it was chosen
		p.askUntil()
		return
	}
	body, err := d.form.JSON()
	if err != nil {
		p.focusFirstProblem()
		return
	}
	p.jsonSent(d)
	p.clearMarks(d)
	p.work.SyncForm() // times such as "now" were fixed by making the bytes
	p.showPreview()
	s := &sendState{
		Key: d.key, Place: p.place, Request: p.request(d, body), Prev: d.last,
		members: membersOf(d.form.Preview()), customer: d.customerWords(),
	}
	if d.leadsToNobody() {
		p.askNobody(s.Request.CustomerKey, func() { p.sends.Send(s) })
		return
	}
	p.sends.Send(s)
}

// CannotSend says why nothing can be sent at this moment.
func (p *ComposePage) CannotSend() string {
	if p.current != nil && p.current.last != nil && p.current.last.Busy {
		return "It is being sent"
	}
	return cannotSend(p.place, p.current)
}

// request puts together what is sent, as of this moment.
func (p *ComposePage) request(d *draft, body []byte) outbox.Request {
	r := outbox.Request{
		Target: targetOf(p.place, d.row.Entity),
		Body:   body,
		Options: client.WriteOptions{
			ValidUntil: d.keep.Until(p.env.Now()),
			Caller:     p.env.Caller(),
		},
	}
	for _, key := range d.form.KeyValues() {
		r.KeyFields = append(r.KeyFields, journal.KeyValue{Name: key.Name, Value: key.Value})
	}
	if customer, ok := d.form.CustomerKey(); ok {
		r.CustomerField, r.CustomerKey = customer.Name, customer.Value
	}
	if at, ok := d.form.TimeValue(); ok {
		r.TimeField, r.TimeValue = at.Name, at.Value
	}
	return r
}

// targetOf is where a place sends to.
func targetOf(place Place, entity metadata.Entity) outbox.Target {
	return outbox.Target{
		ConnectionID:   place.Connection.ID,
		ConnectionName: place.Connection.Name,
		Root:           rootOf(place.Service.Base()),
		Instance:       place.Instance,
		Entity:         entity,
		Service:        place.Service,
		Entities:       place.Entities,
		Relationships:  place.Relationships,
	}
}

// rootOf is the part of an instance's address that leads to all instances.
func rootOf(base string) string {
	root, _, _ := strings.Cut(base, "/instances/")
	return root
}

// sendChanged follows a send: in the pane while its draft is shown, and in a
// notice where nobody would see the outcome otherwise.
func (p *ComposePage) sendChanged(s *sendState) {
	d := p.drafts.Of(s.Key)
	if s.Dropped {
		p.sendDropped(d, s)
		return
	}
	if !s.Busy {
		s.Prev = nil // or each send would keep all before it
	}
	p.withdrawOffer(d)
	if d != nil && (d.last == nil || s.Busy) {
		d.last = s // but not an older one, whose look goes on
	}
	if d != nil && d.last == s {
		p.mark(d, s)
	}
	p.learn(s)
	p.sentMore(s)
	if p.shown && p.current != nil && p.current == d && d.last == s {
		s.Told = s.Told || !s.Busy
		p.showSend()
		p.showBar()
		return
	}
	p.tell(s)
}

// sendDropped has the draft be what it was before a send that did not begin.
func (p *ComposePage) sendDropped(d *draft, s *sendState) {
	if d != nil && d.last == s && s.Entry.ID == "" {
		d.last = s.Prev
	}
	p.showSend()
	p.showBar()
	p.ask(s)
}

// ask puts the question that the outbox has before it sends.
func (p *ComposePage) ask(s *sendState) {
	var duplicate *outbox.DuplicateError
	switch {
	case errors.As(s.Err, &duplicate) && maySendAgain(duplicate.Previous):
		askSendAgain(p.env, duplicate.Previous, func() {
			s.Entry = duplicate.Previous
			p.sends.SendAgain(s)
		})
	case errors.As(s.Err, &duplicate):
		words := duplicateWords(duplicate.Previous, p.env.Now(), p.env.Zone())
		askFirst(p.env, "Send it again?", words, "Send again", func() {
			s.Request.SameBodyAgain = true
			p.sends.Send(s)
		})
	case guarded(s.Err):
		p.sends.Retry(s)
	case errors.Is(s.Err, outbox.ErrInFlight):
		// the same bytes are on their way: that send tells the outcome
	default:
		p.env.Notify(NoticeOf("send", s.Err))
	}
}

// duplicateWords asks whether the same is to be sent once more.
func duplicateWords(previous journal.Entry, now time.Time, zone *time.Location) string {
	state, _ := stateBadge(previous)
	at := previous.SentAt
	if at.IsZero() {
		at = previous.CreatedAt
	}
	return "The same activity was sent at " + words.ShortTime(at, now, zone) + " and is " + state +
		". Activities cannot be taken back. Send it again?"
}

// learn remembers what an answer says of the entity itself.
func (p *ComposePage) learn(s *sendState) {
	if s.Busy || s.Entry.State != journal.Refused || !refusalSticks(s.Entry.Code) {
		return
	}
	key := s.Key
	if p.refused[key] == s.Entry.Code {
		return
	}
	p.refused[key] = s.Entry.Code
	p.showEntities()
	if p.current != nil && p.current.key == key {
		p.follow()
	}
}

// tell says the outcome of a send whose draft is not shown.
func (p *ComposePage) tell(s *sendState) {
	if s.Busy || s.Told {
		return
	}
	s.Told = true
	p.env.Notify(outcomeNotice(p.env, s))
}

// outcomeNotice says how a send ended.
func outcomeNotice(env *Env, s *sendState) Notice {
	return Notice{
		Key:      "send-" + s.Entry.ID,
		Tone:     noticeTone(s.Entry.State),
		Text:     outcomeWords(s),
		Action:   "Show",
		OnAction: func() { env.Open(PageHistory, EntryArg{ID: s.Entry.ID}) },
	}
}

// outcomeWords is a send's outcome in one sentence.
func outcomeWords(s *sendState) string {
	state, _ := stateBadge(s.Entry)
	text := keyWords(s.Entry) + " to " + s.Place.Instance.Label() + ": " + state + "."
	if what := s.said().What; what != "" {
		text += " " + what
	}
	return text
}

func noticeTone(state journal.State) Tone {
	switch state {
	case journal.Accepted, journal.Visible:
		return ToneSuccess
	case journal.Refused:
		return ToneError
	default:
		return ToneWarning
	}
}

// noFields is said where the metadata of an entity lists none.
const noFields = "The metadata of this entity has no fields: there is nothing to fill in."

// cannotSend says why the button does not send; empty where it does. Problems
// of fields are said beside it, with a way to them.
func cannotSend(place Place, d *draft) string {
	switch {
	case !place.Chosen():
		return "Choose an instance first."
	case d == nil:
		return "Choose an entity first."
	case d.row.Muted:
		return "Nothing can be sent here. " + d.row.Reason
	case readsOnly(place):
		return "Your role in this instance reads only: " + strings.Join(place.Role.Roles, ", ") + "."
	case place.Service.PostURL(d.row.Name, client.WriteOptions{}) == "":
		return "Nothing can be sent here: “" + metadata.Plain(d.row.Name) + "” cannot stand in the address of a request."
	case d.form.Len() == 0:
		return noFields
	case !d.writable():
		return "Every field of this entity is set by the service: there is nothing to send."
	case len(d.form.Preview()) == 1 && d.form.ProblemCount() == 0:
		return "Nothing is filled in yet."
	default:
		return ""
	}
}

// readsOnly says whether the role is known and is one that never posts. Roles
// that are not known are let through: the service has the last word.
func readsOnly(place Place) bool {
	return len(place.Role.Roles) > 0 && !slices.ContainsFunc(place.Role.Roles, func(role string) bool {
		return !strings.EqualFold(role, "viewer")
	})
}

// problemWords counts what is to be done before sending, and says whether
// something is wrong and not only missing.
func problemWords(problems []forms.Problem) (said string, wrong bool) {
	missing := 0
	for _, problem := range problems {
		if problem.Missing {
			missing++
		}
	}
	switch mend := len(problems) - missing; {
	case mend > 0:
		return words.Counted(mend, "field to mend", "fields to mend"), true
	case missing > 0:
		return words.Counted(missing, "field to fill", "fields to fill"), false
	default:
		return "", false
	}
}
