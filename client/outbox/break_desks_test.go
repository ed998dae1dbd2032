// Two desks on one journal: one is killed in the middle of a send, the other one
// lives and keeps its hands off what is still being sent. And the answer that was
// lost before the journal, over each style of the service.

package outbox_test

import (
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/client/withstand"
)

const beside = "sending beside another desk"

func (l *cells) killedBeside(t *testing.T) {
	points := []killPoint{
		{point: atRecorded, fate: neverSent},
		{point: atMarked, fate: leftSending},
		{point: "body written", faults: []fault{{at: bodyRead}}, fate: leftSending},
		{point: "stored, before the answer", faults: []fault{{at: onStored}}, fate: leftStored},
		{point: atAnswered, fate: leftStored},
		{point: atPause + " after a 429", faults: []fault{{at: whole, how: goesOn, status: 429}}, fate: neverReached},
	}
	for _, p := range points {
		l.prove(t, place{op: journal.OperationPost, while: beside, day: p.point + killed}, p.fate, func(b *broken) {
			b.wire.arm(p.faults...)
			other := b.start(p.errand(), p.stopsItself())
			b.keepsHandsOff()
			b.kill(other)
			b.wire.arm()
			b.wire.quiet(b.t)
			// No new start: the desk that lives finds what the other one left.
			if _, err := b.journal.Recover(b.t.Context()); err != nil {
				b.t.Fatal(err)
			}
		})
	}
}

// keepsHandsOff shows that a desk neither sends nor settles what another one is
// sending at this moment.
func (b *broken) keepsHandsOff() {
	t := b.t
	t.Helper()
	before := b.wire.truth()
	request := b.request(b.root)
	found := b.entries()
	if len(found) != 1 {
		t.Fatalf("the journal has %d records", len(found))
	}
	var duplicate *outbox.DuplicateError
	if _, err := b.outbox.Send(t.Context(), request); !errors.As(err, &duplicate) || duplicate.Previous.ID != found[0].ID {
		t.Errorf("sent beside the other desk: %v, want a DuplicateError", err)
	}
	var changed *journal.StateError
	if _, err := b.outbox.SendAgain(t.Context(), found[0].ID, request.Target, nil); !errors.As(err, &changed) || !changed.Held {
		t.Errorf("sent again beside the other desk: %v, want a StateError of a held entry", err)
	}
	if recovered, err := b.journal.Recover(t.Context()); err != nil || len(recovered.Uncertain)+len(recovered.NeverSent) != 0 {
		t.Errorf("settled beside the other desk: %+v, error %v", recovered, err)
	}
	if after := b.wire.truth(); after != before || b.kept(found[0].ID).State != found[0].State {
		t.Errorf("%+v, before %+v; it is %s", after, before, b.kept(found[0].ID).State)
	}
}

// The styles differ in what their timelines look like, which is where an uncertain
// activity is found again.
func (l *cells) everyStyle(t *testing.T) {
	for _, style := range styles {
		day := atAnswered + ", style " + style.String() + ": the desk ends"
		passed := t.Run(day, func(t *testing.T) {
			s := startSandbox(t, sandbox.Options{Style: style})
			target := s.find(sandbox.InstanceCoffee, purchaseEntity)
			request := s.request(target.Instance, "OPID_lost")
			request.Target = target
			dying := s.over(&failing{Journal: s.journal, update: onlyFirst(errDisk)})
			if _, err := dying.Send(t.Context(), request); !errors.Is(err, errDisk) {
				t.Errorf("error is %v", err)
			}
			path := s.journal.Path()
			if err := s.journal.Close(); err != nil {
				t.Fatal(err)
			}
			s.openJournal(path)
			found := s.entries()
			if len(found) != 1 || found[0].State != journal.Uncertain {
				t.Fatalf("the journal has %+v", found)
			}
			if err := s.outbox.WatchArrival(t.Context(), found[0].ID, target, func(outbox.Arrival) {}); err != nil {
				t.Fatal(err)
			}
			if got := s.kept(found[0].ID); got.State != journal.Visible {
				t.Errorf("after looking it is %s", got.State)
			}
			if n := len(s.server.Service().Posted(sandbox.InstanceCoffee, purchaseEntity)); n != 1 {
				t.Errorf("%d stored", n)
			}
		})
		if passed {
			l.rows = append(l.rows, withstand.Cell{Day: day, While: doing[journal.OperationPost], State: leftStored.becomes(journal.OperationPost), Says: saysLeftSending})
		}
	}
}
