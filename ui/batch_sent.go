// Which rows of a file were sent before, as far as the journal knows.

package ui

import (
	"context"

	"github.com/activitydesk/activitydesk/client/journal"
)

// batchJournal is what marking rows needs of the journal.
type batchJournal interface {
	List(ctx context.Context, f journal.Filter) ([]journal.Entry, error)
}

// sentKeys reads the newest sends to an entity and answers the newest entry of
// each key. It reads at most what one question to the journal gives.
func sentKeys(ctx context.Context, entries batchJournal, instance, entity string) (map[string]journal.Entry, error) {
	list, err := entries.List(ctx, journal.Filter{InstanceID: instance, Entity: entity, Limit: 1000})
	if err != nil {
		return nil, err
	}
	sent := map[string]journal.Entry{}
	for _, entry := range list {
		values := make([]string, 0, len(entry.KeyFields))
		for _, key := range entry.KeyFields {
			values = append(values, key.Value)
		}
		if _, newer := sent[keyOf(values)]; !newer {
			sent[keyOf(values)] = entry
		}
	}
	return sent, nil
}
