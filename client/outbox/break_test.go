// Every point at which a request can break, every way in which it does there, and
// what must have become of it after a new start: the table "breaks" of
// docs/reliability.md.

package outbox_test

import (
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
)

var operations = []journal.Operation{journal.OperationPost, journal.OperationPatch}

// what a person does that breaks.
var doing = map[journal.Operation]string{
	journal.OperationPost:  "sending an activity",
	journal.OperationPatch: "changing a profile",
}

// place is where a cell of the table stands.
type place struct {
	op    journal.Operation
	while string // what the person was doing; empty: the operation says it
	day   string
	tls   bool
}

// cells are the rows of the table that were proved.
type cells struct {
	rows  []withstand.Cell
	words []wording
}

// prove runs one cell: breaks ends with a desk that was started again.
func (l *cells) prove(t *testing.T, p place, f fate, breaks func(*broken)) {
	if p.while == "" {
		p.while = doing[p.op]
	}
	var said wording
	passed := t.Run(p.while+"/"+p.day, func(t *testing.T) {
		b := newBroken(t, p.op, p.tls)
		breaks(b)
		said = wordingOf(f, b.prove(f))
	})
	if passed && said != (wording{}) { // one that -run left out is not proved
		l.rows = append(l.rows, withstand.Cell{Day: p.day, While: p.while, State: f.becomes(p.op), Says: f.says})
		l.words = append(l.words, said)
	}
}

func TestBreakPointsOfASendLoseNothingAndSendNothingTwice(t *testing.T) {
	var l cells
	l.noConnections(t)
	l.brokenConnections(t)
	l.killedDesks(t)
	l.brokenAnswers(t)
	l.brokenWaits(t)
	l.brokenJournals(t)
	l.brokenLooks(t)
	l.brokenSecondSends(t)
	l.killedBeside(t)
	l.everyStyle(t)
	if !t.Failed() { // a cell that failed is enough to read
		withstand.Hold(t, "breaks", l.rows)
		l.holdWords(t)
	}
}
