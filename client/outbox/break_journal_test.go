// The journal cannot be written at a point of a send: the disk is full, or another
// desk holds the file.

package outbox_test

import (
	"errors"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// journalPoint is a write to the journal that fails, and the fate of what was
// being sent.
type journalPoint struct {
	point  string
	faults []fault
	from   int // the first update that fails
	upTo   int // the last one; 0: all that follow; atOnce: as often as it is tried
	fate   fate
	told   journal.State // what the caller hears
}

func journalPoints() []journalPoint {
	busy, expired := fault{at: whole, how: goesOn, status: 429}, fault{at: whole, how: goesOn, status: 401}
	return []journalPoint{
		{"when it is marked as sending", nil, 1, 0, neverSent, journal.Queued},
		{"when it is marked as sending, for a moment", nil, 1, atOnce, neverReached, journal.Queued},
		{"after the answer", nil, 2, 0, leftStored, journal.Accepted},
		{"after an answer that never came", []fault{{at: bodyRead, how: closed}}, 2, 0, leftSending, journal.Uncertain},
		{"after a connection that could not be opened", []fault{{at: onAccept, how: reset}}, 2, 0, leftSending, journal.Queued},
		{"after a 429", []fault{busy}, 2, 0, leftSending, journal.Queued},
		{"after a 429, when it is marked as sending again", []fault{busy}, 3, 0, neverReached, journal.Queued},
		{"after a 429, after the second answer", []fault{busy}, 4, 0, leftStored.twice(), journal.Accepted},
		{"after a 401", []fault{expired}, 2, 0, leftSending, journal.Queued},
		{"after a 401, when it is marked as sending again", []fault{expired}, 3, 0, neverReached, journal.Queued},
		{"after a 401, after the second answer", []fault{expired}, 4, 0, leftStored.twice(), journal.Accepted},
	}
}

// atOnce is the end of a failure that is over once the desk gives a write up.
const atOnce = -1

// failures are why a journal cannot be written.
var failures = []struct {
	word  string
	cause error
	kind  string
	tries int // until a write is given up
	says  string
}{
	{"the disk is full", journal.ErrFull, "full", 1, "Nothing was sent, because it could not be recorded first. There is no room left on the disk to write the journal."},
	{"another desk holds the journal", journal.ErrLocked, "locked", 3, "Nothing was sent, because it could not be recorded first. Another Activity Desk is using the journal."},
}

// failingFrom makes an outbox whose journal fails from one update to another.
func (b *broken) failingFrom(from, upTo int, cause error) {
	b.outbox = b.over(&failing{Journal: b.journal, update: func(n int) error {
		if n >= from && (upTo == 0 || n <= upTo) {
			return cause
		}
		return nil
	}})
}

func (l *cells) brokenJournals(t *testing.T) {
	for _, op := range operations {
		for _, why := range failures {
			l.prove(t, place{op: op, day: "before the intent is recorded: " + why.word}, fate{says: why.says, failed: why.kind}, func(b *broken) {
				o := b.over(&failing{Journal: b.journal, add: func() error { return why.cause }})
				e, err := o.Send(b.t.Context(), b.request(b.root))
				var notSent *outbox.NotSentError
				if !errors.As(err, &notSent) || !errors.Is(err, why.cause) || e.ID != "" {
					b.t.Errorf("entry %q, error %v", e.ID, err)
				}
				b.startAgain()
			})
			for _, p := range journalPoints() {
				tls := len(p.faults) > 0 && p.faults[0].at == onAccept // where nothing can have been written
				l.prove(t, place{op: op, day: p.point + ": " + why.word, tls: tls}, p.fate, func(b *broken) {
					b.renewable()
					b.wire.arm(p.faults...)
					upTo := p.upTo
					if upTo == atOnce {
						upTo = p.from + why.tries - 1
					}
					b.failingFrom(p.from, upTo, why.cause)
					e, err := b.outbox.Send(b.t.Context(), b.request(b.root))
					if !errors.Is(err, why.cause) || e.State != p.told {
						b.t.Errorf("the caller hears %s and %v, want %s", e.State, err, p.told)
					}
					b.startAgain()
				})
			}
		}
		accepted := map[journal.Operation]string{journal.OperationPost: saysAccepted, journal.OperationPatch: saysChanged}[op]
		l.prove(t, place{op: op, day: "after the answer, for a moment: another desk holds the journal"}, fate{state: journal.Accepted, stored: true, says: accepted}, func(b *broken) {
			b.failingFrom(2, 3, journal.ErrLocked)
			b.sends(b.t.Context(), journal.Accepted)
			b.startAgain()
		})
	}
}
