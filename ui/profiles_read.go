// Reading a profile: who it is. Its timeline is read by timelineReader.

package ui

import (
	"context"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// profileReader reads profiles of one instance. It holds copies only and may
// be used on any goroutine.
type profileReader struct {
	service  customerReader
	entities []metadata.Entity
}

// profile is what the page shows of a customer beside the timeline.
type profile struct {
	Customer customer
}

// Read answers the profile behind a customer id.
func (r profileReader) Read(ctx context.Context, id string) (profile, error) {
	finder := customerFinder{service: r.service, entities: r.entities}
	who, err := finder.Who(ctx, id)
	return profile{Customer: who}, err
}

// keysOf lists the customer's id and the keys that its sources have for it.
func (f customerFinder) keysOf(c customer) []string {
	keys := []string{c.ID}
	for _, source := range f.sources() {
		field, ok := f.alternateKey(source, source.KeyNames()[0])
		if !ok {
			continue
		}
		if key := c.Row.Text(field); key != "" && key != c.ID {
			keys = append(keys, key)
		}
	}
	return keys
}
