// Many sends over connections that break at random bytes, by desks that end at
// random moments; in the end what the service stored is held against the journal.

package outbox_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// fragile is a connection that ends after so many bytes either way.
type fragile struct {
	*net.TCPConn
	in, out int
}

func (f *fragile) Read(p []byte) (int, error) {
	if f.in == 0 {
		return 0, f.end()
	}
	n, err := f.TCPConn.Read(p[:min(len(p), f.in)])
	f.in -= n
	return n, err
}

func (f *fragile) Write(p []byte) (int, error) {
	n, err := f.TCPConn.Write(p[:min(len(p), f.out)])
	f.out -= n
	if err == nil && n < len(p) {
		err = f.end()
	}
	return n, err
}

// end is an RST where bytes were left unread, else a FIN.
func (f *fragile) end() error { return errors.Join(io.ErrClosedPipe, f.Close()) }

// serveBadly speaks with a connection that may break at any byte.
func (w *wire) serveBadly(raw *net.TCPConn, chance *rand.Rand) {
	const never = 1 << 30
	w.mu.Lock()
	conn := &fragile{raw, never, never}
	switch chance.IntN(5) {
	case 0, 1:
		conn.in = chance.IntN(800) // a request has about 600
	case 2:
		conn.out = chance.IntN(300) // an answer about 150
	}
	w.mu.Unlock()
	in := bufio.NewReaderSize(conn, 16)
	for w.exchange(raw, conn, in) {
	}
}

// mortal is the journal of a desk that ends at one of its writes: from there on
// nothing is written any more.
type mortal struct {
	*journal.Journal
	left  int  // writes until the end; below 0: it lives on
	after bool // the last one is still written
	dead  bool
}

var errEnded = errors.New("the desk has ended")

// write does one write, unless the desk has ended.
func (m *mortal) write(do func() error) error {
	m.left--
	if m.left == 0 && m.after && !m.dead {
		_ = do() // nobody hears of it
	}
	m.dead = m.dead || m.left == 0
	if m.dead {
		return errEnded
	}
	return do()
}

func (m *mortal) AddIfNew(ctx context.Context, e journal.Entry) (kept journal.Entry, isNew bool, err error) {
	err = m.write(func() error {
		var err error
		kept, isNew, err = m.Journal.AddIfNew(ctx, e)
		return err
	})
	return kept, isNew, err
}

func (m *mortal) Update(ctx context.Context, id string, from []journal.State, change func(*journal.Entry)) (e journal.Entry, err error) {
	err = m.write(func() error {
		var err error
		e, err = m.Journal.Update(ctx, id, from, change)
		return err
	})
	return e, err
}

// soakRequest is the nth activity.
func soakRequest(t outbox.Target, n int) outbox.Request {
	id := fmt.Sprintf("OPID_%03d", n)
	return outbox.Request{
		Target: t, Body: bodyOf(id), KeyFields: []journal.KeyValue{{Name: "PurchaseId", Value: id}},
		CustomerField: "ContactId", CustomerKey: "CNTID_1000", TimeField: "PurchasedOn", TimeValue: "2026-11-23T11:00:00Z",
	}
}

func TestBreakPointsAtRandomLoseNothingAndSendNothingTwice(t *testing.T) {
	const count = 200
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			b := newBroken(t, journal.OperationPost, false)
			chance := rand.New(rand.NewPCG(seed, seed))
			b.wire.chance = chance
			ends := 0
			for n := range count {
				ends += b.sendInTheEnd(n, chance)
			}
			b.wire.sound()
			b.startAgain()
			found := b.reckon(count)
			t.Logf("%d desks ended, found %v", ends, found)
			if ends < 10 || len(found) < 4 {
				t.Errorf("%d desks ended and there are only %v: this proves little", ends, found)
			}
			b.settleAll(count)
		})
	}
}

// sendInTheEnd sends the nth activity, with new desks as often as they end before
// it is recorded, and tells how many ended.
func (b *broken) sendInTheEnd(n int, chance *rand.Rand) (ends int) {
	b.t.Helper()
	target := b.request(b.root).Target
	for {
		b.wire.mu.Lock()
		m := &mortal{Journal: b.journal, left: -1, after: chance.IntN(2) == 0}
		if chance.IntN(4) == 0 {
			m.left = 1 + chance.IntN(4)
		}
		b.wire.mu.Unlock()
		e, err := b.over(m).Send(b.t.Context(), soakRequest(target, n))
		if !m.dead {
			if kept := b.kept(e.ID); kept.State != e.State || (err == nil) != (e.State == journal.Accepted) {
				b.t.Errorf("the caller heard %s (%v), recorded is %s", e.State, err, kept.State)
			}
			return ends
		}
		ends++
		b.startAgain()
		recorded, err := b.journal.List(b.t.Context(), journal.Filter{Limit: 1})
		if err != nil {
			b.t.Fatal(err)
		}
		if len(recorded) == 1 && recorded[0].KeyFields[0].Value == fmt.Sprintf("OPID_%03d", n) {
			return ends
		}
	}
}

// everything is what the journal has; rig.entries gives the newest hundred of it.
func (b *broken) everything() []journal.Entry {
	b.t.Helper()
	entries, err := b.journal.List(b.t.Context(), journal.Filter{Limit: 1000})
	if err != nil {
		b.t.Fatal(err)
	}
	return entries
}

// all gives the records by key; one key with two of them is an error.
func (b *broken) all(count int) map[string]journal.Entry {
	b.t.Helper()
	entries := b.everything()
	byKey := make(map[string]journal.Entry)
	for _, e := range entries {
		byKey[e.KeyFields[0].Value] = e
	}
	if len(entries) != count || len(byKey) != count {
		b.t.Errorf("%d records of %d activities, for %d that were sent", len(entries), len(byKey), count)
	}
	return byKey
}

// reckon holds the journal against the service's store, and counts what was found.
func (b *broken) reckon(count int) map[string]int {
	b.t.Helper()
	stored := b.wire.timesStored()
	found := make(map[string]int)
	for key, e := range b.all(count) {
		times := stored[key]
		delete(stored, key)
		found[fmt.Sprintf("%s, stored %d", e.State, times)]++
		if times > 1 {
			b.t.Errorf("%s was stored %d times", key, times)
		}
		mayBe := map[journal.State][]int{journal.Accepted: {1}, journal.Uncertain: {0, 1}, journal.Queued: {0}}[e.State]
		if !slices.Contains(mayBe, times) || e.State == journal.Queued && !e.NeverSent() {
			b.t.Errorf("%s is %s and was stored %d times", key, e.State, times)
		}
	}
	if len(stored) > 0 {
		b.t.Errorf("stored, and not in the journal: %v", stored)
	}
	return found
}

// settleAll gives the person's word on all that waits for it: in the end each is
// stored once.
func (b *broken) settleAll(count int) {
	b.t.Helper()
	target, before := b.request(b.root).Target, b.wire.timesStored()
	b.clock.onSleep = func(context.Context, time.Duration) error { b.clock.advance(outbox.WatchFor); return nil } // two looks are enough
	for key, e := range b.all(count) {
		if e.State == journal.Uncertain {
			if err := b.outbox.WatchArrival(b.t.Context(), e.ID, target, func(outbox.Arrival) {}); err != nil {
				b.t.Fatal(err)
			}
			if e = b.kept(e.ID); (e.State == journal.Visible) != (before[key] == 1) {
				b.t.Errorf("%s is %s, stored %d times", key, e.State, before[key])
			}
		}
		if e.State == journal.Uncertain || e.State == journal.Queued {
			if _, err := b.outbox.SendAgain(b.t.Context(), e.ID, target, nil); err != nil {
				b.t.Errorf("%s: %v", key, err)
			}
		}
	}
	for key, times := range b.wire.timesStored() {
		if times != 1 {
			b.t.Errorf("%s was stored %d times in the end", key, times)
		}
	}
	if n := len(b.wire.timesStored()); n != count {
		b.t.Errorf("%d of %d are stored in the end", n, count)
	}
}

// sound ends the breaking of connections.
func (w *wire) sound() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.chance = nil
}

// timesStored is how often each activity was processed, by its key.
func (w *wire) timesStored() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	times := make(map[string]int)
	for _, body := range w.bodies {
		var activity struct{ PurchaseId string } //nolint:revive // the service's name
		_ = json.Unmarshal(body, &activity)      // it came whole
		times[activity.PurchaseId]++
	}
	return times
}

func TestBreakPointsOfDesksThatAreKilledAtRandomLoseNothingAndSendNothingTwice(t *testing.T) {
	b := newBroken(t, journal.OperationPost, false)
	chance := rand.New(rand.NewPCG(7, 7))
	for range 12 {
		path := b.journal.Path()
		begun := len(b.everything())
		if err := b.journal.Close(); err != nil {
			t.Fatal(err)
		}
		b.wire.tell(1 + chance.IntN(4))
		other := b.start(errand{From: begun, Many: true}, false)
		time.Sleep(time.Duration(chance.IntN(12_000)) * time.Microsecond) // wherever it is then
		b.kill(other)
		b.wire.quiet(t)
		b.openJournal(path)
	}
	count := len(b.everything())
	t.Logf("%d were begun, found %v", count, b.reckon(count))
	b.settleAll(count)
}
