// Which activities of a timeline were sent from here, and until when the service
// keeps them: what the journal knows, and nothing that it does not.

package timeline

import (
	"context"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
)

// Entries is what a timeline needs of the journal.
type Entries interface {
	List(ctx context.Context, f journal.Filter) ([]journal.Entry, error)
}

// Mark is what the journal knows of an activity.
type Mark struct {
	EntryID string // of the journal; empty: it was not sent from here
	Life    outbox.Lifetime

	SentAt, VisibleAt time.Time // zero: not known
}

// Marks finds the marks of a customer's activities.
type Marks map[outbox.RowID]Mark

// sentStates are those in which an entry may stand on a timeline. Already there
// is none of them: the service had that key before, of whomever.
var sentStates = []journal.State{journal.Accepted, journal.Uncertain, journal.Visible}

// sentMost bounds how many entries of one customer are looked at.
const sentMost = 10_000

// anybody is in the place of a customer's key.
const anybody = ""

// ReadMarks reads what was sent to an instance for a customer. The journal files
// entries under the customer's id and under the keys that the sources have. The
// newest of all are read as well: an entry can be filed under a key that the
// profile does not tell, and a row says for certain which it is.
func ReadMarks(ctx context.Context, entries Entries, instance string, keys []string, all []metadata.Entity) (Marks, error) {
	index := Marks{}
	for _, key := range append(slices.Clip(keys), anybody) {
		most := sentMost
		filter := journal.Filter{InstanceID: instance, Customer: key, States: sentStates, Limit: 1000}
		if key == anybody {
			most = filter.Limit
		}
		for read := 0; read < most; {
			page, err := entries.List(ctx, filter)
			if err != nil {
				return nil, err
			}
			for _, entry := range page {
				entity, _ := people.FindEntity(all, entry.Entity)
				index.Add(entry, entity)
			}
			if len(page) < filter.Limit {
				break
			}
			read += len(page)
			filter.Before = page[len(page)-1].Seq
		}
	}
	return index, nil
}

// Add keeps an entry's mark. Entries come newest first: of several with one key
// the one that the service took counts, else the newest.
func (x Marks) Add(entry journal.Entry, entity metadata.Entity) {
	mark := Mark{EntryID: entry.ID, Life: outbox.LifetimeOf(entry), SentAt: entry.SentAt, VisibleAt: entry.VisibleAt}
	for _, id := range outbox.RowIDs(entry, entity) {
		if before, known := x[id]; !known || !before.Life.Known() && mark.Life.Known() {
			x[id] = mark
		}
	}
}

// Of gives a row's mark; zero where the journal does not know it.
func (x Marks) Of(row *Row) Mark {
	if id, ok := outbox.RowIDOf(row.Source, row.SourceID); ok && row.Source != "" {
		if mark, known := x[id]; known {
			return mark
		}
	}
	id, _ := outbox.RowIDOf("", row.Key) // sent to UnifiedActivity itself
	return x[id]
}

// Mark sets the marks of rows.
func (x Marks) Mark(rows []*Row) {
	for _, row := range rows {
		row.Sent = x.Of(row)
	}
}

// OriginWords say where an activity came from.
func OriginWords(mark Mark) string {
	if mark.EntryID == "" {
		return "not sent from here"
	}
	return "sent from here"
}
