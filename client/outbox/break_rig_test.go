// A desk over a service whose connection breaks, and the proof of what became of
// its request: after a new start the record is there with its whole body, its
// state is the true one, and nothing goes out without a person's word.

package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// broken is a desk whose request breaks.
type broken struct {
	*rig
	wire   *wire
	op     journal.Operation
	tokens client.TokenSource
	large  bool // the body is more than a connection takes up
}

func newBroken(t *testing.T, op journal.Operation, tls bool) *broken {
	t.Helper()
	var w *wire
	if tls {
		config, _ := trusted()
		w = startWire(t, config)
	} else {
		w = startWire(t, nil)
	}
	b := &broken{
		rig:  &rig{t: t, clock: &clock{now: noon}, root: w.root()},
		wire: w, op: op, tokens: client.StaticToken("token-1"),
	}
	b.openJournal(filepath.Join(t.TempDir(), "journal.db"))
	return b
}

var customers = metadata.Entity{Name: "Customer", QualifiedName: "Customer", Type: metadata.EntityProfile, Keys: [][]string{{"CustomerId"}}}

// breakRequest is what is sent, by whichever process.
func breakRequest(op journal.Operation, root string, service outbox.Poster, large bool) outbox.Request {
	body := bodyOf("OPID_1")
	if large {
		body = append(bytes.TrimSuffix(body, []byte("}")), `,"Note":"`+strings.Repeat("long ", 200_000)+`"}`...)
	}
	r := outbox.Request{
		Target: outbox.Target{
			ConnectionID: "c1", ConnectionName: "Test", Root: root, Instance: coffee, Entity: purchases, Service: service,
			Entities: []metadata.Entity{purchases, contacts}, Relationships: []metadata.Relationship{leadsToContacts},
		},
		Body: body, KeyFields: []journal.KeyValue{{Name: "PurchaseId", Value: "OPID_1"}},
		CustomerField: "ContactId", CustomerKey: "CNTID_1000", TimeField: "PurchasedOn", TimeValue: "2026-11-23T11:00:00Z",
		Options: client.WriteOptions{Caller: "desk/test"},
	}
	if op == journal.OperationPatch {
		r.Target.Entity, r.ProfileID = customers, "customer-1"
		r.KeyFields, r.CustomerField, r.CustomerKey, r.TimeField, r.TimeValue = nil, "", "", "", ""
	}
	return r
}

// request is a request over the client's own transport, as the app has it.
func (b *broken) request(root string) outbox.Request {
	b.t.Helper()
	c, err := client.New(client.Config{
		Root: root, Tokens: b.tokens, Keys: client.StaticKey("key"), Now: b.clock.Now, Sleep: b.clock.Sleep,
		Pacer: client.NewPacer(1000, time.Minute, client.PacerClock(b.clock.Now, b.clock.Sleep)),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(c.Close)
	return breakRequest(b.op, root, c.For(coffee), b.large)
}

// startAgain ends the desk and starts another one on its journal.
func (b *broken) startAgain() {
	b.t.Helper()
	path := b.journal.Path()
	if err := b.journal.Close(); err != nil {
		b.t.Fatal(err)
	}
	b.openJournal(path)
}

// fate is what must have become of a request.
type fate struct {
	state  journal.State // after starting again; empty: there is no record
	stored bool          // the service has it
	says   string        // the beginning of what the window says of it
	failed string        // why nothing is recorded: "full" or "locked", the journal
}

// becomes is the fate in words.
func (f fate) becomes(op journal.Operation) string {
	switch {
	case f.state == "":
		return "nothing was sent, nothing is recorded"
	case f.state == journal.Queued:
		return "never sent; sent once by a person's word"
	case f.state == journal.Uncertain && op == journal.OperationPatch:
		return "uncertain; changed by a person's word"
	case f.state == journal.Uncertain && f.stored:
		return "uncertain; it is stored, and visible once it is looked for"
	case f.state == journal.Uncertain:
		return "uncertain; it is not found, and sent once by a person's word"
	case f.state == journal.Accepted && op == journal.OperationPost:
		return "accepted; visible once it is looked for"
	}
	return string(f.state)
}

// prove shows that the request has met its fate, after a new start, and what a
// person can do then. It gives the record as the person finds it.
func (b *broken) prove(f fate) journal.Entry {
	b.t.Helper()
	request := b.request(b.wire.root())
	if f.state == "" {
		b.proveNothing(request)
		return journal.Entry{}
	}
	entries := b.entries()
	if len(entries) != 1 {
		b.t.Fatalf("the journal has %d records", len(entries))
	}
	found := b.kept(entries[0].ID)
	if found.State != f.state || found.State == journal.Queued && !found.NeverSent() {
		b.t.Errorf("it is %s (%s), want %s", found.State, found.Message, f.state)
	}
	if !bytes.Equal(found.Body, request.Body) {
		b.t.Errorf("%d bytes of %d are recorded", len(found.Body), len(request.Body))
	}
	stored := 0
	if f.stored {
		stored = 1
	}
	if got := b.wire.truth(); got.stored != stored || got.processed != stored {
		b.t.Errorf("the service has %+v, want %d stored", got, stored)
	}
	b.asksFirst(found, request)
	b.look(found, request.Target, f)
	b.sendAgain(found.ID, request.Target)
	if got := b.wire.truth(); got.stored != 1 && f.state != journal.Refused || len(b.entries()) != 1 {
		b.t.Errorf("in the end there are %+v, and %d records", got, len(b.entries()))
	}
	return found
}

// proveNothing is for what was never recorded: it can be sent as if nothing had been.
func (b *broken) proveNothing(request outbox.Request) {
	b.t.Helper()
	if n, got := len(b.entries()), b.wire.truth(); n != 0 || got != (truth{}) {
		b.t.Errorf("there are %d records, the service has %+v", n, got)
	}
	e, err := b.outbox.Send(b.t.Context(), request)
	if err != nil {
		b.t.Fatal(err)
	}
	b.mustBe(e, journal.Accepted)
}

// asksFirst shows that the same does not go out as something new. What was never
// sent, or was refused, does: there nothing can be twice.
func (b *broken) asksFirst(found journal.Entry, request outbox.Request) {
	b.t.Helper()
	if found.NeverSent() || found.State == journal.Refused {
		return
	}
	before := b.wire.truth()
	var duplicate *outbox.DuplicateError
	if _, err := b.outbox.Send(b.t.Context(), request); !errors.As(err, &duplicate) || duplicate.Previous.ID != found.ID {
		b.t.Errorf("sent as something new: %v, want a DuplicateError", err)
	}
	if after := b.wire.truth(); after != before {
		b.t.Errorf("something went out: %+v, before %+v", after, before)
	}
}

// look has the desk look for the activity, as it does after a send.
func (b *broken) look(found journal.Entry, t outbox.Target, f fate) {
	b.t.Helper()
	want := f.state
	err := b.outbox.WatchArrival(b.t.Context(), found.ID, t, func(outbox.Arrival) {})
	switch {
	case b.op == journal.OperationPatch || f.state == journal.Queued || f.state == journal.Refused:
		if !errors.Is(err, outbox.ErrNotWatchable) {
			b.t.Errorf("looking for what cannot be seen: %v", err)
		}
	case err != nil:
		b.t.Fatal(err)
	case f.stored && f.state != journal.AlreadyThere:
		want = journal.Visible
	}
	if got := b.kept(found.ID); got.State != want || want == journal.Visible && got.MatchedBy != journal.MatchSourceID {
		b.t.Errorf("after looking it is %s by %q, want %s", got.State, got.MatchedBy, want)
	}
}

// sendAgain is the person's word: what is uncertain or was never sent goes out
// once, everything else stays.
func (b *broken) sendAgain(id string, t outbox.Target) {
	b.t.Helper()
	before, state := b.wire.truth(), b.kept(id).State
	e, err := b.outbox.SendAgain(b.t.Context(), id, t, nil)
	after := b.wire.truth()
	if state != journal.Uncertain && state != journal.Queued {
		if !errors.Is(err, journal.ErrStateChanged) || after != before {
			b.t.Errorf("what is %s was sent again: %v, %+v, before %+v", state, err, after, before)
		}
		return
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.mustBe(e, journal.Accepted)
	if after.processed != before.processed+1 {
		b.t.Errorf("one word sent it %d times", after.processed-before.processed)
	}
}

// ending is a context whose end the test chooses, with the reason of a person
// (context.Canceled) or of a time limit (context.DeadlineExceeded).
type ending struct {
	context.Context
	why  error
	done chan struct{}
}

func (e *ending) Done() <-chan struct{} { return e.done }

func (e *ending) Err() error {
	select {
	case <-e.done:
		return e.why
	default:
		return nil
	}
}
