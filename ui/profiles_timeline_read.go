// Reading a timeline: the activities of a customer, and which of them the
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
)

// sentLister is what the profiles page needs of the journal.
type sentLister interface {
	List(ctx context.Context, f journal.Filter) ([]journal.Entry, error)
}

// timelineReader reads timelines of one instance. It holds copies only and may
// be used on any goroutine.
type timelineReader struct {
	service  customerReader
	sent     sentLister
	instance string // id
	entities []metadata.Entity
	now      func() time.Time
}

// timelineAnswer is what was read of a timeline.
type timelineAnswer struct {
	Rows     []timelineRow // newest first
	More     bool          // the service has more than it gave
	LoadedAt time.Time
}

// Read answers a customer's newest activities.
func (r timelineReader) Read(ctx context.Context, who customer) (timelineAnswer, error) {
	page, timeField, err := r.timeline(ctx, who.ID)
	if err != nil {
		return timelineAnswer{}, err
	}
	read := timelineAnswer{Rows: timelineRows(page.Rows, timeField), More: page.NextLink != ""}
	if err := r.markSent(ctx, &read, who); err != nil {
		return timelineAnswer{}, err
	}
	read.LoadedAt = r.now()
	return read, nil
}

// timeline asks for the activities, newest first. A service that does not sort
// is asked again without; the rows are sorted here in any case.
func (r timelineReader) timeline(ctx context.Context, id string) (client.Page, string, error) {
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
func (r timelineReader) markSent(ctx context.Context, p *timelineAnswer, who customer) error {
	known := map[[2]string]bool{}
	for _, key := range (customerFinder{entities: r.entities}).keysOf(who) {
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
