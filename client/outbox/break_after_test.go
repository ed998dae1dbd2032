// What breaks after a send: while the activity is looked for, and while what is
// uncertain is sent again by a person's word.

package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

const (
	looking = "looking for an activity"
	again   = "sending again what is uncertain"
	anew    = "sending what was never sent"
)

// What the window says of what was uncertain before.
const (
	saysTwice     = "Uncertain · 2 attempts · No answer came. It may have been stored: look for it before you send it again."
	saysLeftTwice = "Uncertain · 2 attempts · It may have been stored: look for it before you send it again. · The desk ended while this was being sent."
	saysWaiting   = saysNoAnswer + " · The desk ended before this was sent again; whether the earlier attempt was stored is still not known."
	saysDoubt     = saysNoAnswer + " · Whether the earlier attempt was stored is still not known."
)

func (l *cells) brokenLooks(t *testing.T) {
	accepted := fate{state: journal.Accepted, stored: true, says: saysAccepted}
	seen := fate{state: journal.Visible, stored: true, says: saysAccepted + " · Visible on the timeline"}
	at := func(day string) place { return place{journal.OperationPost, looking, day, false} }
	hidden := func(b *broken, errand errand, faults ...fault) {
		b.wire.content.hide(true)
		b.killAt(errand, killPoint{point: errand.Point, faults: faults})
		b.wire.content.hide(false)
	}
	l.prove(t, at(atLooks+killed), accepted, func(b *broken) { hidden(b, errand{Point: atLooks, Watch: true}) })
	l.prove(t, at("in a look"+killed), accepted, func(b *broken) {
		b.killAt(errand{Watch: true}, killPoint{faults: []fault{{at: whole, how: goesOn}, {at: bodyRead, reads: true}}})
	})
	l.prove(t, at(atSeen+killed), accepted, func(b *broken) { b.killAt(errand{Point: atSeen, Watch: true}, killPoint{}) })
	for way, how := range everyBreak() {
		l.prove(t, at("in a look: "+way), seen, func(b *broken) {
			id := b.sent()
			f := fault{at: inAnswerBody, how: how, reads: true}
			b.wire.arm(f, f, f, f) // more than one look asks for
			if err := b.watch(b.answered(b.t.Context()), id); err != nil {
				b.t.Errorf("the looking ended: %v", err)
			}
			b.startAgain()
		})
	}
	l.prove(t, at("in a look: the person stops it"), accepted, func(b *broken) {
		id := b.sent()
		ctx, end := context.WithCancel(b.t.Context())
		defer end()
		b.wire.arm(fault{at: bodyRead, reads: true})
		ended := make(chan error)
		go func() { ended <- b.watch(ctx, id) }()
		<-b.wire.reached
		end()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			b.t.Errorf("error is %v", err)
		}
		b.startAgain()
	})
	for _, why := range failures {
		l.prove(t, at(atSeen+": "+why.word), accepted, func(b *broken) {
			id := b.sent()
			b.failingFrom(1, 0, why.cause)
			if err := b.watch(b.t.Context(), id); !errors.Is(err, why.cause) {
				b.t.Errorf("error is %v", err)
			}
			b.startAgain()
		})
	}
}

// everyBreak are the ways in which a service ends a connection, in order.
func everyBreak() func(yield func(string, how) bool) {
	return func(yield func(string, how) bool) {
		_ = yield(isReset, reset) && yield(isClosed, closed)
	}
}

// sent sends an activity that is accepted.
func (b *broken) sent() string {
	b.t.Helper()
	e, err := b.outbox.Send(b.t.Context(), b.request(b.root))
	if err != nil {
		b.t.Fatal(err)
	}
	return e.ID
}

func (b *broken) watch(ctx context.Context, id string) error {
	return b.outbox.WatchArrival(ctx, id, b.request(b.root).Target, func(outbox.Arrival) {})
}

// doubtful sends an activity that stays uncertain, and was not stored.
func (b *broken) doubtful() string {
	b.t.Helper()
	b.wire.arm(fault{at: bodyRead, how: closed})
	b.sends(b.t.Context(), journal.Uncertain)
	b.startAgain()
	<-b.wire.reached
	return b.entries()[0].ID
}

// word is the person's word that a record is sent again.
func (b *broken) word(ctx context.Context, id string) (journal.Entry, error) {
	return b.outbox.SendAgain(ctx, id, b.request(b.root).Target, nil)
}

func (l *cells) brokenSecondSends(t *testing.T) {
	uncertain := func(stored bool, says string) fate { return fate{state: journal.Uncertain, stored: stored, says: says} }
	busy := fault{at: whole, how: goesOn, status: 429}
	kills := []killPoint{
		{point: atBudget, fate: uncertain(false, saysWaiting)},
		{point: atTakenUp, fate: uncertain(false, saysWaiting)},
		{point: atMarked, fate: uncertain(false, saysLeftTwice)},
		{point: atConnected, fate: uncertain(false, saysLeftTwice)},
		{point: atBody, fate: uncertain(false, saysLeftTwice)},
		{point: "stored, before the answer", faults: []fault{{at: onStored}}, fate: uncertain(true, saysLeftTwice)},
		{point: atAnswered, fate: uncertain(true, saysLeftTwice)},
		{point: atWritten, fate: fate{state: journal.Accepted, stored: true, says: saysAccepted + " · 2 attempts"}},
		{point: atPause + " after a 429", faults: []fault{busy}, fate: uncertain(false, "Uncertain · 429 Too Many Requests · 2 attempts")},
	}
	for _, p := range kills {
		l.prove(t, place{op: journal.OperationPost, while: again, day: p.point + killed}, p.fate, func(b *broken) {
			errand := p.errand()
			errand.Again = b.doubtful()
			b.killAt(errand, p)
		})
	}
	for _, p := range []killPoint{{point: atTakenUp, fate: neverSent}, {point: atMarked, fate: leftSending}} {
		l.prove(t, place{op: journal.OperationPost, while: anew, day: p.point + killed}, p.fate, func(b *broken) {
			b.killAt(errand{Point: atRecorded}, killPoint{})
			b.killAt(errand{Point: p.point, Again: b.entries()[0].ID}, p)
		})
	}
	for way, how := range everyBreak() {
		for _, p := range []answerPoint{
			{"in the body", []fault{{at: inBody, how: how}}, uncertain(false, saysTwice)},
			{"stored, before the answer", []fault{{at: onStored, how: how}}, uncertain(true, saysTwice)},
		} {
			l.prove(t, place{op: journal.OperationPost, while: again, day: p.day + ": " + way}, p.fate, func(b *broken) {
				id := b.doubtful()
				b.wire.arm(p.faults...)
				e, err := b.word(b.t.Context(), id)
				if err == nil {
					b.t.Error("it was answered")
				}
				b.mustBe(e, journal.Uncertain)
				b.startAgain()
			})
		}
	}
	l.brokenWords(t)
}

// brokenWords are second sends that nothing leaves of: the doubt of the first stays.
func (l *cells) brokenWords(t *testing.T) {
	at := func(day string) place { return place{op: journal.OperationPost, while: again, day: day} }
	l.prove(t, at("before connecting: refused"), fate{state: journal.Uncertain, stored: false, says: "Uncertain · 4 attempts · No answer came."}, func(b *broken) {
		id := b.doubtful()
		away := b.request("http://127.0.0.1:1/v1").Target
		e, err := b.outbox.SendAgain(b.t.Context(), id, away, nil)
		if err == nil {
			b.t.Error("it was sent")
		}
		b.mustBe(e, journal.Uncertain)
		b.startAgain()
	})
	l.prove(t, at("while it waits after a 429: the desk is closed"), fate{state: journal.Uncertain, stored: false, says: "Uncertain · 429 Too Many Requests · 2 attempts"}, func(b *broken) {
		id := b.doubtful()
		ctx, end := context.WithCancel(b.t.Context())
		b.clock.onSleep = func(context.Context, time.Duration) error { end(); return nil }
		b.wire.arm(fault{at: whole, how: goesOn, status: 429})
		e, err := b.word(ctx, id)
		if !errors.Is(err, context.Canceled) {
			b.t.Errorf("error is %v", err)
		}
		b.clock.onSleep = nil
		b.mustBe(e, journal.Uncertain)
		b.startAgain()
	})
	points := []journalPoint{
		{"when it is taken up", nil, 1, 0, fate{state: journal.Uncertain, stored: false, says: saysNoAnswer}, ""},
		{"when it is marked as sending", nil, 2, 0, fate{state: journal.Uncertain, stored: false, says: saysWaiting}, journal.Uncertain},
		{"after the answer", nil, 3, 0, fate{state: journal.Uncertain, stored: true, says: saysLeftTwice}, journal.Accepted},
	}
	for _, why := range failures {
		for _, p := range points {
			l.prove(t, at(p.point+": "+why.word), p.fate, func(b *broken) {
				id := b.doubtful()
				b.failingFrom(p.from, p.upTo, why.cause)
				e, err := b.word(b.t.Context(), id)
				if !errors.Is(err, why.cause) || e.State != p.told {
					b.t.Errorf("the caller hears %q and %v, want %q", e.State, err, p.told)
				}
				b.startAgain()
			})
		}
	}
}
