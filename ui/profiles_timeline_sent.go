// Which activities of a timeline were sent from here, and until when the service
// keeps them: what the journal knows, and nothing that it does not.

package ui

import (
	"context"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// sentLister is what a timeline needs of the journal.
type sentLister interface {
	List(ctx context.Context, f journal.Filter) ([]journal.Entry, error)
}

// sentMark is what the journal knows of an activity.
type sentMark struct {
	EntryID string // of the journal; empty: it was not sent from here
	Life    outbox.Lifetime

	SentAt, VisibleAt time.Time // zero: not known
}

// sentIndex finds the marks of a customer's activities.
type sentIndex map[outbox.RowID]sentMark

// sentStates are those in which an entry may stand on a timeline. Already there
// is none of them: the service had that key before, of whomever.
var sentStates = []journal.State{journal.Accepted, journal.Uncertain, journal.Visible}

// sentMost bounds how many entries of one customer are looked at.
const sentMost = 10_000

// anybody is in the place of a customer's key.
const anybody = ""

// readMarks reads what was sent to an instance for a customer. The journal files
// entries under the customer's id and under the keys that the sources have. The
// newest of all are read as well: an entry can be filed under a key that the
// profile does not tell, and a row says for certain which it is.
func readMarks(ctx context.Context, entries sentLister, instance string, keys []string, all []metadata.Entity) (sentIndex, error) {
	index := sentIndex{}
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
				index.add(entry, entity)
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

// add keeps an entry's mark. Entries come newest first: of several with one key
// the one that the service took counts, else the newest.
func (x sentIndex) add(entry journal.Entry, entity metadata.Entity) {
	mark := sentMark{EntryID: entry.ID, Life: outbox.LifetimeOf(entry), SentAt: entry.SentAt, VisibleAt: entry.VisibleAt}
	for _, id := range outbox.RowIDs(entry, entity) {
		if before, known := x[id]; !known || !before.Life.Known() && mark.Life.Known() {
			x[id] = mark
		}
	}
}

// of gives a row's mark; zero where the journal does not know it.
func (x sentIndex) of(row *timelineRow) sentMark {
	if id, ok := outbox.RowIDOf(row.Source, row.SourceID); ok && row.Source != "" {
		if mark, known := x[id]; known {
			return mark
		}
	}
	id, _ := outbox.RowIDOf("", row.Key) // sent to UnifiedActivity itself
	return x[id]
}

// mark sets the marks of rows.
func (x sentIndex) mark(rows []*timelineRow) {
	for _, row := range rows {
		row.Sent = x.of(row)
	}
}

// originWords say where an activity came from.
func originWords(mark sentMark) string {
	if mark.EntryID == "" {
		return "not sent from here"
	}
	return "sent from here"
}

// arrived says how long after the send an activity was seen; empty where that is
// not known.
func (m sentMark) arrived(zone *time.Location) string {
	if words := arrivalWords(m.SentAt, m.VisibleAt, zone); words != "" {
		return "visible " + words
	}
	return ""
}

// keptWords say until when an activity is kept; empty where that is not known,
// which is so for all that was not sent from here.
func keptWords(row *timelineRow, now time.Time, zone *time.Location) string {
	life := row.Sent.Life
	switch {
	case !life.Known() && row.Sent.EntryID != "":
		return "not known until when it is kept"
	case !life.Known():
		return ""
	case life.Expired(now):
		return "expired " + words.Time(life.Until, zone)
	}
	return "expires " + words.Time(life.Until, zone) + ", " + leftWords(life, now, zone) + " left"
}

// lifeBadge counts down what is left of an activity; empty where that is not
// known.
func lifeBadge(life outbox.Lifetime, now time.Time, zone *time.Location) (string, widgets.Tone) {
	switch {
	case !life.Known():
		return "", widgets.ToneNeutral
	case life.Expired(now):
		return "expired", widgets.ToneNeutral
	default:
		return "expires in " + leftWords(life, now, zone), widgets.ToneWarning
	}
}
