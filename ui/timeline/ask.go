// How a service wants to be asked for a timeline, found out from what it refuses
// and gives, and kept so that nothing is asked in vain twice.

package timeline

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/people"
)

// Dialect is what is known of how an instance's service takes questions.
type Dialect struct {
	Names      []string // that the time may have, the likely ones first
	At         int      // of Names: the one that is used
	Learned    bool     // a row showed that name: no other is tried
	Sorts      bool     // it has sorted by it
	Unsorted   bool     // it does not sort
	Unfiltered bool     // it does not filter by time
}

// NewDialect begins with the names that the time may have: the metadata's first,
// then those that it had in other versions (contract, section 7).
func NewDialect(entities []metadata.Entity) Dialect {
	unified, _ := people.FindEntity(entities, people.EntityUnifiedActivity)
	var d Dialect
	for _, name := range []string{unified.TimeField(), FieldActivityTime, FieldActivityTimeStamp} {
		if name != "" && !slices.Contains(d.Names, name) {
			d.Names = append(d.Names, name)
		}
	}
	return d
}

// Time is the time's name in questions.
func (d Dialect) Time() string { return d.Names[d.At] }

// Words say what a service does not do, and what follows; empty: all is well.
func (d Dialect) Words() string {
	switch {
	case d.Unfiltered:
		return "This service cannot be asked by time: older ones are counted off, which is slower."
	case d.Unsorted:
		return "This service does not sort: months are read one after the other, which is slower."
	default:
		return ""
	}
}

// ask asks for a page of the range, newest first where the service sorts. A
// range is left away where it does not filter by time.
func (r *Reader) ask(ctx context.Context, within TimeRange, skip int) (client.Page, []Row, error) {
	for {
		q := r.query(within, skip)
		page, err := r.Service.Query(ctx, people.EntityUnifiedActivity, q)
		if err == nil {
			used := r.Dialect.Time()
			r.Dialect.Sorts = r.Dialect.Sorts || q.OrderBy != nil
			r.Dialect.learn(page.Rows)
			if used != r.Dialect.Time() && (q.OrderBy != nil || !within.Open()) {
				continue // it was asked by a name that no row has, and took no notice of it
			}
			rows := Rows(page.Rows, r.Dialect.Time())
			if q.OrderBy != nil && !newestFirst(rows) {
				r.Dialect.Sorts, r.Dialect.Unsorted = false, true // it takes the order, and does not keep it
			}
			return page, rows, nil
		}
		if !IsRefusal(err) || !r.Dialect.giveWay(err, q.OrderBy != nil, !within.Open()) {
			return client.Page{}, nil, fmt.Errorf("read timeline: %w", err)
		}
	}
}

// newestFirst says whether rows come in the order that was asked for. Those
// without a time may stand anywhere.
func newestFirst(rows []Row) bool {
	var last time.Time
	for i := range rows {
		at := rows[i].At
		switch {
		case at.IsZero():
			continue
		case !last.IsZero() && at.After(last):
			return false
		}
		last = at
	}
	return true
}

// askTied asks within one moment, in the order of the keys, so that pages by
// number do not overlap; as the service orders them where it refuses that.
func (r *Reader) askTied(ctx context.Context, within TimeRange, skip int) (client.Page, []Row, error) {
	q := r.query(within, skip)
	q.OrderBy = append(q.OrderBy, client.Order{Field: fieldActivityID})
	page, err := r.Service.Query(ctx, people.EntityUnifiedActivity, q)
	if err != nil {
		if IsRefusal(err) {
			return r.ask(ctx, within, skip)
		}
		return client.Page{}, nil, fmt.Errorf("read timeline: %w", err)
	}
	return page, Rows(page.Rows, r.Dialect.Time()), nil
}

func (r *Reader) query(within TimeRange, skip int) client.Query {
	d := r.Dialect
	q := client.Query{Filter: client.Eq(people.FieldCustomerID, client.Text(r.Customer)), Skip: skip}
	if !d.Unfiltered {
		q.Filter = client.And(q.Filter, timeFilter(d.Time(), within))
	}
	if !d.Unsorted {
		q.OrderBy = []client.Order{{Field: d.Time(), Desc: true}}
	}
	return q
}

func timeFilter(field string, within TimeRange) client.Filter {
	var from, until client.Filter
	if !within.From.IsZero() {
		from = client.Ge(field, client.Time(within.From))
	}
	if !within.Until.IsZero() {
		until = client.Lt(field, client.Time(within.Until))
	}
	return client.And(from, until)
}

// giveWay changes one thing after a refusal; false: there is nothing left to
// change. What the service names itself is changed first.
func (d *Dialect) giveWay(err error, sorted, filtered bool) bool {
	switch {
	case sorted && refuses(err, "$orderby"): // also one that did before: it was exchanged
		d.Unsorted, d.Sorts, d.At = true, false, 0
	case !d.Learned && !d.Sorts && d.At+1 < len(d.Names):
		d.At++
	case sorted && !d.Sorts:
		d.Unsorted, d.At = true, 0 // the names are tried again, to filter by
	case filtered && !d.Unfiltered:
		d.Unfiltered = true
	default:
		return false
	}
	return true
}

// learn finds the time's name in a row.
func (d *Dialect) learn(rows []client.Row) {
	if d.Learned || len(rows) == 0 {
		return
	}
	used := d.Time()
	for _, name := range append([]string{used}, d.Names...) {
		if _, has := rows[0].Value(name); has {
			d.Names, d.At, d.Learned = []string{name}, 0, true
			d.Sorts = d.Sorts && name == used
			return
		}
	}
}

// refuses says whether the service answered that it does not have an option.
func refuses(err error, option string) bool {
	var said *client.Error
	return errors.As(err, &said) && said.Code == "unsupportedOperation" && said.Target == option
}

// IsRefusal says that a question was not taken as it was put.
func IsRefusal(err error) bool {
	var said *client.Error
	if !errors.As(err, &said) {
		return false
	}
	switch said.Status {
	case http.StatusBadRequest, http.StatusNotAcceptable, http.StatusNotImplemented:
		return true
	default:
		return false
	}
}

// WatchSince is from when on a watch asks: a little earlier than the newest that
// is known, for what becomes visible out of turn.
func WatchSince(newest, now time.Time) time.Time {
	if newest.IsZero() || newest.After(now) {
		newest = now
	}
	return newest.Add(-watchOverlap)
}

const watchOverlap = time.Hour
