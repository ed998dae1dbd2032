// Reading a profile: who it is, its timeline, and which of its activities the
// journal knows.

package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// profileService is what the profiles page needs of the service.
type profileService interface {
	customerReader
}

// sentLister is what the profiles page needs of the journal.
type sentLister interface {
	List(ctx context.Context, f journal.Filter) ([]journal.Entry, error)
}

// profileReader reads profiles of one instance. It holds copies only and may
// be used on any goroutine.
type profileReader struct {
	service  profileService
	sent     sentLister
	instance string // id
	entities []metadata.Entity
	now      func() time.Time
}

// profile is what the page shows of a customer.
type profile struct {
	Customer customer
	Rows     []timelineRow // newest first
	More     bool          // the service has more than it gave
	LoadedAt time.Time
}

// Read answers the profile behind a customer id.
func (r profileReader) Read(ctx context.Context, id string) (profile, error) {
	finder := customerFinder{service: r.service, entities: r.entities}
	customers, err := finder.ByID(ctx, id)
	if err != nil {
		return profile{}, err
	}
	if len(customers) == 0 {
		return profile{}, fmt.Errorf("customer %s: %w", id, outbox.ErrUnknownCustomer)
	}
	p := profile{Customer: customers[0]}
	page, timeField, err := r.timeline(ctx, id)
	if err != nil {
		return profile{}, err
	}
	p.Rows = timelineRows(page.Rows, timeField)
	p.More = page.NextLink != ""
	if err := r.markSent(ctx, &p, finder); err != nil {
		return profile{}, err
	}
	p.LoadedAt = r.now()
	return p, nil
}

// timeline asks for the activities, newest first. A service that does not sort
// is asked again without; the rows are sorted here in any case.
func (r profileReader) timeline(ctx context.Context, id string) (client.Page, string, error) {
	unified, _ := findEntity(r.entities, entityUnifiedActivity)
	timeField := unified.TimeField()
	query := client.Query{Filter: client.Eq(fieldCustomerID, client.Text(id))}
	if timeField != "" {
		query.OrderBy = []client.Order{{Field: timeField, Desc: true}}
	}
	page, err := r.service.Query(ctx, entityUnifiedActivity, query)
	var said *client.Error
	if query.OrderBy != nil && errors.As(err, &said) && said.Kind == client.KindBadRequest {
		query.OrderBy = nil
		page, err = r.service.Query(ctx, entityUnifiedActivity, query)
	}
	if err != nil {
		return client.Page{}, "", fmt.Errorf("read timeline: %w", err)
	}
	return page, timeField, nil
}

// markSent says of each activity whether it was sent from here: the journal
// has an entry of the same source and key. The journal files entries under the
// customer's id and under the keys that the sources have for it.
func (r profileReader) markSent(ctx context.Context, p *profile, finder customerFinder) error {
	known := map[[2]string]bool{}
	for _, key := range finder.keysOf(p.Customer) {
		entries, err := r.sent.List(ctx, journal.Filter{
			InstanceID: r.instance,
			Customer:   key,
			States:     []journal.State{journal.Accepted, journal.AlreadyThere, journal.Uncertain, journal.Visible},
			Limit:      1000,
		})
		if err != nil {
			return err
		}
		for _, entry := range entries {
			known[[2]string{entry.Entity, keyWords(entry)}] = true
		}
	}
	for i := range p.Rows {
		row := &p.Rows[i]
		row.SentFromHere = row.SourceID != "" && known[[2]string{row.Source, row.SourceID}]
	}
	return nil
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
