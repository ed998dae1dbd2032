// What was sent from here for an entity before: the journal's values, as the
// form's fields suggest them.

package ui

import (
	"context"
	"fmt"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// sentBodies is how many of an entity's newest sends are looked at.
const sentBodies = 20

// sentReader is what reading them needs of the journal.
type sentReader interface {
	List(ctx context.Context, f journal.Filter) ([]journal.Entry, error)
	Get(ctx context.Context, id string) (journal.Entry, error)
}

// sentValues keeps, for the draft that is shown, the texts of the values that
// were sent. They are read again whenever a draft is shown and after each send,
// so that what was removed from the journal is gone here too.
type sentValues struct {
	of      draftKey
	texts   map[string][]string // by field, newest first
	newest  string              // the send after which they were read, and its state
	reading *tasks.Latest[[][]byte]
}

// readSent gives the bodies of an entity's newest sends, newest first. What the
// service refused, and what never left, is no example.
func readSent(ctx context.Context, entries sentReader, instanceID, entity string) ([][]byte, error) {
	list, err := entries.List(ctx, journal.Filter{
		InstanceID: instanceID, Entity: entity, Limit: sentBodies,
		States: []journal.State{journal.Accepted, journal.AlreadyThere, journal.Visible, journal.Uncertain},
	})
	if err != nil {
		return nil, fmt.Errorf("read earlier sends: %w", err)
	}
	var bodies [][]byte
	for _, one := range list {
		entry, err := entries.Get(ctx, one.ID)
		if err != nil {
			return nil, fmt.Errorf("read earlier sends: %w", err)
		}
		if len(entry.Body) > 0 {
			bodies = append(bodies, entry.Body)
		}
	}
	return bodies, nil
}

// readSentValues reads what was sent for the entity that is shown.
func (p *ComposePage) readSentValues() {
	d := p.current
	if d == nil || p.env.Journal == nil {
		return
	}
	if p.sent.of != d.key {
		p.sent.of, p.sent.texts = d.key, nil
	}
	entries, key := p.env.Journal, d.key
	p.sent.reading.Run(func(ctx context.Context) ([][]byte, error) {
		return readSent(ctx, entries, key.Instance, key.Entity)
	}, func(bodies [][]byte, err error) {
		if err != nil { // suggestions are a help: their lack stops nothing
			p.env.Logger.Warn("read sent values", "error", err)
			return
		}
		p.sent.texts = d.form.SentTexts(bodies)
	})
}

// sentMore reads again after a send from the draft that is shown has come
// further.
func (p *ComposePage) sentMore(s *sendState) {
	newest := s.Entry.ID + " " + string(s.Entry.State)
	if s.Busy || p.current == nil || p.current.key != s.Key || p.sent.newest == newest {
		return
	}
	p.sent.newest = newest
	p.readSentValues()
}

// sentTexts are the texts that were sent for a field of the draft that is
// shown.
func (p *ComposePage) sentTexts(field string) []string { return p.sent.texts[field] }
