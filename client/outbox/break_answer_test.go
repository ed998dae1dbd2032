// What breaks around an answer that is no 201: in it, in the waiting that it asks
// for, and in the attempt after it.

package outbox_test

import (
	"context"
	"net/http/httptrace"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// broken answers and what follows them, by the faults that the service is armed with.
type answerPoint struct {
	day    string
	faults []fault
	fate   fate
}

func answerPoints(op journal.Operation) []answerPoint {
	accepted := fate{state: journal.Accepted, stored: true, says: saysAccepted + " · 2 attempts"}
	if op == journal.OperationPatch {
		accepted.says = saysChanged + " · 2 attempts"
	}
	refused := fate{state: journal.Refused, stored: false, says: "Refused · 400 Bad Request"}
	failed := "Uncertain · 503 Service Unavailable · The service failed on its side (503)."
	twice := "Uncertain · 2 attempts · No answer came. It may have been stored: look for it before you send it again."
	busy, expired := fault{at: whole, how: goesOn, status: 429}, fault{at: whole, how: goesOn, status: 401}
	return []answerPoint{
		{"in the body of a 400: the connection is closed", []fault{{at: inAnswerBody, how: closed, status: 400}}, refused},
		{"in the body of a 400: the connection is reset", []fault{{at: inAnswerBody, how: reset, status: 400}}, refused},
		{"in the body of a 429: the connection is closed", []fault{{at: inAnswerBody, how: closed, status: 429}}, accepted},
		{"in the body of a 429: the connection is reset", []fault{{at: inAnswerBody, how: reset, status: 429}}, accepted},
		{"in the body of a 401, where the token can be renewed: the connection is closed", []fault{{at: inAnswerBody, how: closed, status: 401}}, accepted},
		{"in the body of a 503, not stored: the connection is closed", []fault{{at: inAnswerBody, how: closed, status: 503}}, fate{state: journal.Uncertain, stored: false, says: failed}},
		{"in the body of a 503, stored all the same: the connection is closed", []fault{{at: inAnswerBody, how: closed, status: 503, stores: true}}, fate{state: journal.Uncertain, stored: true, says: failed}},
		{"a 503 comes whole, and it was stored all the same", []fault{{at: whole, how: goesOn, status: 503, stores: true}}, fate{state: journal.Uncertain, stored: true, says: failed}},
		{"after a 429, in the second attempt's body: the connection is reset", []fault{busy, {at: inBody, how: reset}}, fate{state: journal.Uncertain, stored: false, says: twice}},
		{"after a 429, stored in the second attempt: the connection is closed", []fault{busy, {at: onStored, how: closed}}, fate{state: journal.Uncertain, stored: true, says: twice}},
		{"after a 401, in the second attempt's body: the connection is reset", []fault{expired, {at: inBody, how: reset}}, fate{state: journal.Uncertain, stored: false, says: twice}},
		{"after a 401, stored in the second attempt: the connection is closed", []fault{expired, {at: onStored, how: closed}}, fate{state: journal.Uncertain, stored: true, says: twice}},
	}
}

// renewable makes the desk's token one that can be renewed.
func (b *broken) renewable() *tokens {
	source := &tokens{given: []string{"token-1", "token-2"}}
	b.tokens = source
	return source
}

// answered tells the service when the client has begun to read an answer.
func (b *broken) answered(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotFirstResponseByte: func() { b.wire.read <- struct{}{} }})
}

// sends sends, and holds what the caller is told against what is recorded.
func (b *broken) sends(ctx context.Context, want journal.State) {
	b.t.Helper()
	e, err := b.outbox.Send(ctx, b.request(b.root))
	if (err == nil) != (want == journal.Accepted || want == journal.AlreadyThere) {
		b.t.Errorf("it is %s, with the error %v", e.State, err)
	}
	b.mustBe(e, want)
}

func (l *cells) brokenAnswers(t *testing.T) {
	for _, op := range operations {
		for _, p := range answerPoints(op) {
			l.prove(t, place{op: op, day: p.day}, p.fate, func(b *broken) {
				b.renewable()
				b.wire.arm(p.faults...)
				b.sends(b.answered(b.t.Context()), p.fate.state)
				b.startAgain()
			})
		}
	}
	there := fate{state: journal.AlreadyThere, stored: true, says: "Already there · 409 Conflict"}
	l.prove(t, place{op: journal.OperationPost, day: "in the body of a 409: the connection is closed"}, there, func(b *broken) {
		b.wire.content.put("OPID_1", "2026-11-23T11:00:00Z") // by somebody else
		b.wire.arm(fault{at: inAnswerBody, how: closed})
		b.sends(b.answered(b.t.Context()), journal.AlreadyThere)
		b.startAgain()
	})
	for _, op := range operations {
		says := map[journal.Operation]string{journal.OperationPost: saysAccepted, journal.OperationPatch: saysChanged}[op]
		l.prove(t, place{op: op, day: "on a connection kept open that has died"}, fate{state: journal.Accepted, stored: true, says: says + " · 2 attempts"}, (*broken).onDeadConnection)
	}
}

// onDeadConnection sends on a connection that was used before, and that the
// service closes in the moment in which the request gets it.
func (b *broken) onDeadConnection() {
	request := b.request(b.root)
	// On a computer that is very busy net/http does not keep each of them.
	kept := false
	query := httptrace.WithClientTrace(b.t.Context(), &httptrace.ClientTrace{PutIdleConn: func(err error) { kept = err == nil }})
	for !kept {
		if _, err := request.Target.Service.Query(query, "UnifiedActivity", client.Query{}); err != nil {
			b.t.Fatal(err)
		}
	}
	reused := 0
	ctx := httptrace.WithClientTrace(b.t.Context(), &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if info.Reused {
			reused++
			b.wire.drop()
			gone(b.t.Context())
		}
	}})
	e, err := b.outbox.Send(ctx, request)
	if err != nil || reused != 1 {
		b.t.Errorf("%d connections were used again, error %v", reused, err)
	}
	b.mustBe(e, journal.Accepted)
	b.startAgain()
}

// The ways in which the waiting for another attempt ends without one.
func (l *cells) brokenWaits(t *testing.T) {
	stopped := fate{state: journal.Queued, stored: false, says: saysNotReached}
	ways := []struct {
		day  string
		wait func(b *broken, end func(), back chan struct{})
	}{
		{"while it waits after a 429: the desk is closed", func(_ *broken, end func(), _ chan struct{}) { end() }},
		{"while it waits after a 429: the person takes it back", func(_ *broken, _ func(), back chan struct{}) { close(back) }},
		{"while it waits after a 429: the instance is made read-only", func(b *broken, _ func(), _ chan struct{}) {
			b.rules.set("c1", coffee, outbox.RuleReadOnly)
		}},
	}
	for _, op := range operations {
		for _, way := range ways {
			l.prove(t, place{op: op, day: way.day}, stopped, func(b *broken) {
				ctx, end := context.WithCancel(b.t.Context())
				defer end()
				back := make(chan struct{})
				b.clock.onSleep = func(context.Context, time.Duration) error { way.wait(b, end, back); return nil }
				b.wire.arm(fault{at: whole, how: goesOn, status: 429})
				b.sends(outbox.Withdrawable(ctx, back), journal.Queued)
				b.clock.onSleep = nil
				b.rules.set("c1", coffee, outbox.RuleFree)
				b.startAgain()
			})
		}
		unauthorized := fate{state: journal.Refused, stored: false, says: "Refused · 401 Unauthorized"}
		l.prove(t, place{op: op, day: "after a 401, while the token is renewed: the desk is closed"}, unauthorized, func(b *broken) {
			ctx, end := context.WithCancel(b.t.Context())
			b.renewable().renewing = func(context.Context) error { end(); return ctx.Err() }
			b.wire.arm(fault{at: whole, how: goesOn, status: 401})
			b.sends(ctx, journal.Refused)
			b.tokens = client.StaticToken("token-2")
			b.startAgain()
		})
	}
}
