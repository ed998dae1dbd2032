// Reading a profile: who it is. Its timeline is read by timeline.Reader.

package ui

import (
	"context"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
)

// profileReader reads profiles of one instance. It holds copies only and may
// be used on any goroutine.
type profileReader struct {
	service  people.Reader
	entities []metadata.Entity
}

// profile is what the page shows of a customer beside the timeline.
type profile struct {
	Customer people.Customer
}

// Read answers the profile behind a customer id.
func (r profileReader) Read(ctx context.Context, id string) (profile, error) {
	finder := people.Finder{Service: r.service, Entities: r.entities}
	who, err := finder.Who(ctx, id)
	return profile{Customer: who}, err
}
