// Sending and what comes after, for as long as the window lives: a send goes
// on, is recorded and is shown, whatever page or instance one looks at.

package ui

import (
	"context"
	"errors"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// sendState is one send as the window shows it.
type sendState struct {
	Key     draftKey // the draft that it was sent from; zero: from the history
	Place   Place    // as of the click
	Request outbox.Request
	Entry   journal.Entry // what the journal knows; before it knows, what is asked
	Err     error         // why the entry ended as it did, or why there is none
	Busy    bool          // the outbox is at it
	Look    lookStage
	LookErr error
	Arrival outbox.Arrival // the newest word of the watch
	Told    bool           // the person has seen the outcome, or was told of it
	Dropped bool           // nothing was sent and nothing written: Err says why
	Prev    *sendState     // what the draft showed before; nil once this one has ended

	before   journal.Entry // as it was when sending began
	began    time.Time     // Busy: when sending began
	stop     func()        // Busy, lookBusy: stops it
	looks    int           // how often a look was begun: the newest one counts
	customer string        // whose activity it is, in words
	members  sentMembers   // of the body, as the form showed them at the click
	marked   bool          // the fields that the answer names are marked
}

// said is the outcome in words; empty where there is nothing to explain.
func (s *sendState) said() words.Message {
	if s.Err != nil {
		return words.Explain(s.Err)
	}
	return explainEntry(s.Entry)
}

// saidInShort leaves the service's own words out where its code says enough:
// they are in the answer, below.
func (s *sendState) saidInShort() words.Message {
	var answer *client.Error
	if _, known := words.CodeOf(s.Entry.Code); !known || s.Err != nil && !errors.As(s.Err, &answer) {
		return s.said()
	}
	short := answerError(s.Entry)
	short.Message, short.Details = "", nil
	return words.Explain(short)
}

// lines are the send's lines in the request pane and the history.
func (s *sendState) lines(now time.Time, zone *time.Location) []widgets.Step {
	words := sendWords{Now: now, Zone: zone, Look: s.Look, Said: s.saidInShort(), Why: words.Explain(s.LookErr).What, Seen: s.Arrival}
	if s.Busy {
		words.For = now.Sub(s.began)
	}
	return words.Lines(s.Entry)
}

// sentBody is exactly what was sent, also where the journal keeps no bodies.
func (s *sendState) sentBody() []byte {
	if len(s.Entry.Body) > 0 {
		return s.Entry.Body
	}
	return s.Request.Body
}

// at is when the send began.
func (s *sendState) at(now time.Time) time.Time {
	switch {
	case !s.Entry.SentAt.IsZero():
		return s.Entry.SentAt
	case !s.Entry.CreatedAt.IsZero():
		return s.Entry.CreatedAt
	default:
		return now
	}
}

// mayLook says whether the timeline can be asked for the activity once more.
func (s *sendState) mayLook() bool {
	return watchable(s.Entry.State) && s.Look != lookBusy && s.Look != lookSeen || s.mayCompare()
}

// missing says that the activity could be on the timeline, and was looked for
// and not seen.
func (s *sendState) missing() bool {
	looked := s.Look == lookMissed || s.Look == lookFailed || s.Look == lookStopped
	return looked && watchable(s.Entry.State) && mayAskWhy(s.Entry)
}

// watchable says whether an activity in this state may yet show up.
func watchable(state journal.State) bool {
	switch state {
	case journal.Accepted, journal.AlreadyThere, journal.Uncertain:
		return true
	default:
		return false
	}
}

// sendDesk sends for the pages. It is used on the UI goroutine.
type sendDesk struct {
	env *Env
	// changed is called when a send has come further.
	changed func(*sendState)
	running map[*sendState]bool // while the outbox is at it
}

func newSendDesk(env *Env, changed func(*sendState)) *sendDesk {
	d := &sendDesk{env: env, changed: changed, running: map[*sendState]bool{}}
	// The journal tells of a send that waits or is under way before the
	// outbox answers. It lives as long as the window, so nothing unsubscribes.
	env.Journal.Subscribe(func(e journal.Entry) {
		env.Post(func() { d.journaled(e) })
	})
	return d
}

// Send sends a request as of the click: what it holds is not read again. The
// guard may ask first.
func (d *sendDesk) Send(s *sendState) {
	if d.env.Outbox.Check(s.Request) == nil {
		d.send(s) // free, or confirmed before another question came
		return
	}
	d.env.Permit(sendQuestion{
		Place: s.Place, Entity: s.Request.Target.Entity.DataName(), Customer: s.forWhom(), Count: 1,
		Word: func() *outbox.Confirmation { return outbox.Confirm(s.Request) },
	}, func(word *outbox.Confirmation) {
		s.Request.Confirmed = word
		d.send(s)
	})
}

func (d *sendDesk) send(s *sendState) {
	request := s.Request
	d.start(s, journal.Entry{
		State: journal.Sending, KeyFields: request.KeyFields, BodyDigest: journal.Digest(request.Body),
		InstanceID: request.Target.Instance.ID, Entity: request.Target.Entity.DataName(), CreatedAt: d.env.Now(),
	}, func(ctx context.Context) (journal.Entry, error) {
		return d.env.Outbox.Send(ctx, request)
	})
}

// SendAgain sends an entry anew, by the person's word. The guard may ask first.
func (d *sendDesk) SendAgain(s *sendState) {
	entry, target := s.Entry, s.Request.Target
	d.env.Permit(sendQuestion{
		Place: s.Place, Entity: entry.Entity, Customer: s.forWhom(), Count: 1,
		Word: func() *outbox.Confirmation { return outbox.ConfirmAgain(entry, target) },
	}, func(word *outbox.Confirmation) {
		sending := entry
		sending.State = journal.Sending
		d.start(s, sending, func(ctx context.Context) (journal.Entry, error) {
			return d.env.Outbox.SendAgain(ctx, entry.ID, target, word)
		})
	})
}

// Retry asks what the outbox wanted to be asked: the rule was made stricter since
// the window knew of it.
func (d *sendDesk) Retry(s *sendState) {
	if s.Entry.ID != "" {
		d.SendAgain(s)
		return
	}
	d.Send(s)
}

// guarded says whether the guard kept a send back.
func guarded(err error) bool {
	var locked *outbox.GuardError
	var unasked *outbox.ConfirmError
	return errors.As(err, &locked) || errors.As(err, &unasked)
}

// forWhom names the customer of a send; empty: it has none.
func (s *sendState) forWhom() string {
	for _, words := range []string{s.customer, s.Request.CustomerKey, s.Entry.CustomerKey} {
		if words != "" {
			return words
		}
	}
	return ""
}

func (d *sendDesk) start(s *sendState, sending journal.Entry, work func(context.Context) (journal.Entry, error)) {
	s.before, s.Entry, s.began = s.Entry, sending, d.env.Now()
	s.Busy, s.Told, s.Dropped, s.marked = true, false, false, false
	s.Err, s.Look, s.LookErr, s.Arrival = nil, lookNone, nil, outbox.Arrival{}
	d.running[s] = true
	d.changed(s)
	// Closing the window does not stop a write; the person's word does, as long
	// as nothing has left.
	stopped, stop := context.WithCancel(context.WithoutCancel(d.env.Tasks.Context()))
	s.stop = stop
	d.env.Tasks.GoWrite(func(ctx context.Context) {
		defer stop()
		entry, err := work(outbox.Withdrawable(ctx, stopped.Done()))
		d.env.Post(func() { d.answered(s, entry, err) })
	})
}

// journaled follows a running send in the journal.
func (d *sendDesk) journaled(e journal.Entry) {
	for s := range d.running {
		same := s.Entry.InstanceID == e.InstanceID && s.Entry.Entity == e.Entity && s.Entry.BodyDigest == e.BodyDigest
		if same {
			s.Entry = e
			d.changed(s)
		}
	}
}

// answered takes the outbox's word.
func (d *sendDesk) answered(s *sendState, entry journal.Entry, err error) {
	delete(d.running, s)
	s.Busy, s.Err = false, err
	var unwritten *outbox.UnwrittenError
	switch {
	case errors.As(err, &unwritten):
		s.Entry = unwritten.Entry
		d.env.Notify(NoticeOf("unwritten-"+s.Entry.ID, err))
	case entry.ID == "":
		s.Dropped, s.Entry = true, s.before
	default:
		s.Entry = entry
	}
	d.changed(s)
	if !s.Dropped {
		d.Look(s)
	}
}

// Look watches for the activity on the timeline, where there is anything to
// watch for.
func (d *sendDesk) Look(s *sendState) {
	if !s.mayLook() {
		return
	}
	s.Look, s.LookErr = lookBusy, nil
	d.changed(s)
	id, target := s.Entry.ID, s.Request.Target
	ctx, stop := context.WithCancel(d.env.Tasks.Context())
	s.stop = stop
	s.looks++
	look := s.looks
	d.env.Tasks.Go(func(context.Context) {
		defer stop()
		err := d.env.Outbox.WatchArrival(ctx, id, target, func(a outbox.Arrival) {
			d.env.Post(func() { d.looked(s, look, a) })
		})
		if err != nil {
			d.env.Post(func() { d.lookFailed(s, look, err) })
		}
	})
}

// waits says that a send waits for its turn, and for how long it is worth a
// word: it can be stopped then, and is never sent.
func (s *sendState) waits(now time.Time) bool {
	return s.Busy && s.Entry.State == journal.Queued && now.Sub(s.began) >= worthAWord
}

// brief says that a new send has only just begun.
func (s *sendState) brief(now time.Time) bool {
	return s.Busy && s.before.ID == "" && now.Sub(s.began) < worthAWord
}

// worthAWord is how long a wait may be without being shown.
const worthAWord = 300 * time.Millisecond

// Stop ends a look, or a send that waits for its turn, by the person's word.
func (d *sendDesk) Stop(s *sendState) {
	switch {
	case s.waits(d.env.Now()):
		s.stop()
	case s.Look == lookBusy:
		s.Look = lookStopped
		s.stop()
		d.changed(s)
	}
}

// looked takes what one look at the timeline saw.
func (d *sendDesk) looked(s *sendState, look int, a outbox.Arrival) {
	if s.Busy || look != s.looks {
		return // it is being sent again meanwhile, or looked for anew
	}
	if s.Look == lookStopped && a.State != outbox.ArrivalSeen {
		return
	}
	s.Arrival, s.Entry = a, a.Entry
	switch a.State {
	case outbox.ArrivalSeen:
		s.Look = lookSeen
	case outbox.ArrivalNotSeen:
		s.Look = lookMissed
	}
	d.changed(s)
}

func (d *sendDesk) lookFailed(s *sendState, look int, err error) {
	if s.Busy || look != s.looks || s.Look != lookBusy {
		return
	}
	s.Look, s.LookErr = lookFailed, err
	d.changed(s)
}
