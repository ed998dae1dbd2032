// Asking the timeline: the customer behind an entry, and the rows among which
// the activity would be.

package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// pageSize is the most that the service gives at once.
const pageSize = 100

// dialect is how an instance's service wants to be asked.
type dialect struct {
	refused int    // how many of the ways to sort it refused
	time    string // the time's name, once a row showed it
}

// customerOf finds the unified customer of an entry; ErrUnknownCustomer when
// there is none.
func (o *Outbox) customerOf(ctx context.Context, e journal.Entry, t Target) (string, error) {
	if e.CustomerID != "" {
		return e.CustomerID, nil
	}
	key, ref := customerReference(e, t)
	switch {
	case key == "":
		return "", fmt.Errorf("%w: the activity names none", ErrUnknownCustomer)
	case strings.EqualFold(ref.ToEntity, customerEntity) && strings.EqualFold(ref.ToAttribute, customerID):
		return key, nil
	}
	source, known := entityNamed(ref.ToEntity, t.Entities)
	if known {
		return o.customerByKey(ctx, t, source, ref.ToAttribute, key)
	}
	// Without metadata the name in the relationship is the best there is.
	fields := []string{customerID}
	if ref.ToEntity != "" {
		fields = []string{ref.ToEntity + "_" + ref.ToAttribute, customerID}
	}
	return o.customerByField(ctx, t, key, fields...)
}

// customerReference is the foreign key's value and where it leads.
func customerReference(e journal.Entry, t Target) (key string, ref metadata.Relationship) {
	field, ref, ok := metadata.CustomerReference(t.Entity, t.Entities, t.Relationships)
	if !ok {
		ref = metadata.Relationship{}
	}
	if e.CustomerField != "" && e.CustomerField != field {
		ref = metadata.Relationship{} // the person's choice leads somewhere else
	}
	if e.CustomerKey != "" {
		return e.CustomerKey, ref
	}
	if row, err := client.ParseRow(e.Body); err == nil && field != "" {
		return row.Text(field), ref
	}
	return "", ref
}

func entityNamed(name string, all []metadata.Entity) (metadata.Entity, bool) {
	for _, e := range all {
		if name != "" && (strings.EqualFold(name, e.DataName()) || strings.EqualFold(name, e.Name) || strings.EqualFold(name, e.QualifiedName)) {
			return e, true
		}
	}
	return metadata.Entity{}, false
}

// customerByKey looks a source's key up in the unified table, then in the key
// ring.
func (o *Outbox) customerByKey(ctx context.Context, t Target, source metadata.Entity, field, key string) (string, error) {
	id, err := o.customerByField(ctx, t, key, metadata.AlternateKeyField(source, field))
	if err == nil || !errors.Is(err, ErrUnknownCustomer) && !isKind(err, client.KindBadRequest, client.KindNotFound) {
		return id, err
	}
	ring, ringErr := t.Service.KeyRing(ctx, source.DataSource, source.Name, key)
	switch {
	case ringErr == nil && ring.CustomerID != "":
		return ring.CustomerID, nil
	case ringErr == nil, isKind(ringErr, client.KindNotFound) && isKind(err, client.KindBadRequest):
		return "", unknownCustomer(key) // the ring knows every key, and this one not
	case isKind(ringErr, client.KindNotFound, client.KindBadRequest):
		return "", err
	}
	return "", fmt.Errorf("look for the customer: %w", ringErr)
}

func unknownCustomer(key string) error {
	return fmt.Errorf("%w: nobody has the key %s", ErrUnknownCustomer, key)
}

// customerByField asks the unified table by each of the fields in turn. Nobody is
// found where it answered at least one of them; a field that it does not have
// (400) and a table that is not shown (404) say nothing of anybody.
func (o *Outbox) customerByField(ctx context.Context, t Target, key string, fields ...string) (string, error) {
	var refusal error
	answered := false
	for _, field := range fields {
		page, err := t.Service.Query(ctx, customerEntity, client.Query{Filter: client.Eq(field, client.Text(key)), Top: 1})
		if isKind(err, client.KindBadRequest, client.KindNotFound) {
			refusal = err
			continue
		}
		if err != nil {
			return "", fmt.Errorf("look for the customer: %w", err)
		}
		answered = true
		for _, row := range page.Rows {
			if id := row.Text(customerID); id != "" {
				return id, nil
			}
		}
	}
	if !answered && refusal != nil {
		return "", fmt.Errorf("look for the customer: %w", refusal)
	}
	return "", unknownCustomer(key)
}

// look asks once for an activity: among the customer's newest and, where those
// are not all, around its time.
func (o *Outbox) look(ctx context.Context, s sought, customer string, t Target) (client.Row, string, bool, error) {
	mine := client.Eq(customerID, client.Text(customer))
	page, err := o.newest(ctx, t, mine)
	if err != nil {
		return client.Row{}, "", false, err
	}
	o.learn(t, page.Rows)
	row, how, ok := s.find(page.Rows)
	if how == journal.MatchSourceID || s.at.IsZero() || len(page.Rows) < pageSize && page.NextLink == "" {
		return row, how, ok, nil
	}
	around, err := o.lookAround(ctx, s, mine, t)
	switch {
	case err != nil:
		return client.Row{}, "", false, err
	case around.seen:
		return around.row, around.how, true, nil
	}
	return row, how, ok, nil // what was seen counts
}

// around is what the days around an activity's time show of it.
type around struct {
	row   client.Row
	how   string
	seen  bool
	whole bool // the service gave all of these days
}

// lookAround asks for the activities around the time of the one that is looked
// for. A service that cannot be asked so shows nothing of them.
func (o *Outbox) lookAround(ctx context.Context, s sought, mine client.Filter, t Target) (around, error) {
	// A time without zone may be meant in any zone: a day both ways is wide
	// enough, and narrow enough for one page.
	const near = 24 * time.Hour
	member := o.dialect(t).time
	if member == "" {
		member = t.timeNames()[0]
	}
	page, err := o.newest(ctx, t, client.And(mine,
		client.Ge(member, client.Time(s.at.Add(-near))), client.Le(member, client.Time(s.at.Add(near)))))
	switch {
	case isKind(err, client.KindBadRequest):
		return around{}, nil
	case err != nil:
		return around{}, err
	}
	out := around{whole: len(page.Rows) < pageSize && page.NextLink == ""}
	out.row, out.how, out.seen = s.find(page.Rows)
	return out, nil
}

// newest asks for a page of activities, newest first where the service sorts.
// What it refuses is remembered once it takes the question otherwise: a question
// that it takes in no way was not refused for how it is sorted.
func (o *Outbox) newest(ctx context.Context, t Target, filter client.Filter) (client.Page, error) {
	sortings := t.timeNames() // tried in turn; after the last one nothing is sorted
	for refused := o.dialect(t).refused; ; refused++ {
		q := client.Query{Filter: filter, Top: pageSize}
		if refused < len(sortings) {
			q.OrderBy = []client.Order{{Field: sortings[refused], Desc: true}}
		}
		page, err := t.Service.Query(ctx, unifiedActivity, q)
		if refused < len(sortings) && isKind(err, client.KindBadRequest) {
			continue
		}
		if err != nil {
			return client.Page{}, fmt.Errorf("read the timeline: %w", err)
		}
		o.remember(t, func(d *dialect) { d.refused = max(d.refused, refused) })
		return page, nil
	}
}

// learn remembers what the service calls the time.
func (o *Outbox) learn(t Target, rows []client.Row) {
	if len(rows) == 0 {
		return
	}
	for _, member := range t.timeNames() {
		if _, has := rows[0].Value(member); has {
			o.remember(t, func(d *dialect) { d.time = member })
			return
		}
	}
}

func (o *Outbox) dialect(t Target) dialect {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.dialects[t.place()]
}

func (o *Outbox) remember(t Target, change func(*dialect)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	d := o.dialects[t.place()]
	change(&d)
	o.dialects[t.place()] = d
}

// isKind says whether err is a client's error of one of these kinds.
func isKind(err error, kinds ...client.Kind) bool {
	var e *client.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, k := range kinds {
		if e.Kind == k {
			return true
		}
	}
	return false
}
