// Reading a timeline in pieces: the newest, older ones by time, and what came
// since. How the service wants to be asked is in ask.go.

package timeline

import (
	"context"
	"fmt"
	"time"

	"github.com/activitydesk/activitydesk/client"
)

// Service is what reading a timeline needs of the service.
type Service interface {
	Query(ctx context.Context, entity string, q client.Query) (client.Page, error)
	Next(ctx context.Context, p client.Page) (client.Page, error)
}

// Reader reads one customer's timeline. It holds copies only and may be
// used on any goroutine, by one at a time.
type Reader struct {
	Service  Service
	Customer string // id
	Dialect  Dialect
	Now      func() time.Time
	Most     int // answers that one question may take; 0: mostOfASpan
}

// PageRows is how many rows the service gives at most (contract, section 7).
const PageRows = 100

// Cursor says where reading goes on. The zero cursor begins.
type Cursor struct {
	// Before: what happened earlier is still to be asked for.
	Before time.Time
	// Tied: the millisecond that ends at Before may hold more than one answer; it
	// is read by number, and Skip of it were given.
	Tied bool
	// Span is how far back a service that does not sort is asked next; 0: firstSpan.
	Span time.Duration
	// Skip rows were given; beside Tied, of a service that does not filter by time.
	Skip int
}

// Part is an answer.
type Part struct {
	Rows []Row
	// Reached: all of the range from here on was given. Zero: all of it.
	Reached time.Time
	Cursor  Cursor // of what is older
	Ended   bool   // nothing is older
	Limited bool   // something may be missing, and cannot be asked for
	Loose   bool   // rows in whatever order: nothing is wholly known
	Top     bool   // the newest of all, whatever was asked for
	Dialect Dialect
}

// tick is how exactly times are taken: the contract writes milliseconds, and a
// service may keep more than it writes.
const tick = time.Millisecond

// After is the first moment that is surely later than one that the service wrote.
func After(at time.Time) time.Time { return at.Truncate(tick).Add(tick) }

// Newest begins with a range.
func (r *Reader) Newest(ctx context.Context, within TimeRange) (Part, error) {
	page, rows, err := r.ask(ctx, within, 0)
	if err != nil {
		return Part{}, err
	}
	switch {
	case !isFull(page):
		return r.part(rows, Part{Ended: true}), nil
	case r.Dialect.Unfiltered:
		return r.numbered(page, rows, 0), nil
	case r.Dialect.Unsorted:
		return r.gather(ctx, within, Cursor{}, rows)
	}
	return r.sorted(rows), nil
}

// Older goes on at a cursor.
func (r *Reader) Older(ctx context.Context, within TimeRange, at Cursor) (Part, error) {
	switch {
	case r.Dialect.Unfiltered:
		return r.olderByNumber(ctx, at)
	case r.Dialect.Unsorted:
		return r.gather(ctx, within, at, nil)
	case at.Tied:
		return r.olderTied(ctx, at)
	}
	within.Until = earlier(within.Until, at.Before)
	page, rows, err := r.ask(ctx, within, 0)
	switch {
	case err != nil:
		return Part{}, err
	case r.Dialect.Unfiltered:
		return r.olderByNumber(ctx, Cursor{Skip: len(page.Rows)}) // this was the first page again
	case r.Dialect.Unsorted: // as this answer has shown
		return r.gather(ctx, within, at, rows)
	case !isFull(page):
		return r.part(rows, Part{Ended: true}), nil
	}
	return r.sorted(rows), nil
}

// sorted is a full page of a service that sorts. One that ends within a
// millisecond goes on with that millisecond, so that none of it is lost; what
// comes twice is known by its key.
func (r *Reader) sorted(rows []Row) Part {
	last := oldest(rows)
	if last.IsZero() {
		return r.part(rows, Part{Limited: true}) // no row has a time that could be read
	}
	next := After(last)
	return r.part(rows, Part{
		Reached: last, Cursor: Cursor{Before: next, Tied: next.Equal(After(newestOf(rows)))},
	})
}

// olderTied reads the activities of one millisecond by number: there, and only
// there, time does not tell one from another.
func (r *Reader) olderTied(ctx context.Context, at Cursor) (Part, error) {
	page, rows, err := r.askTied(ctx, TimeRange{From: at.Before.Add(-tick), Until: at.Before}, at.Skip)
	if err != nil {
		return Part{}, err
	}
	next := Cursor{Before: at.Before, Tied: true, Skip: at.Skip + len(page.Rows)}
	if !isFull(page) {
		next = Cursor{Before: at.Before.Add(-tick)}
	}
	return r.part(rows, Part{Reached: at.Before.Add(-tick), Cursor: next}), nil
}

// olderByNumber is for a service that does not filter by time.
func (r *Reader) olderByNumber(ctx context.Context, at Cursor) (Part, error) {
	page, rows, err := r.ask(ctx, TimeRange{}, at.Skip)
	switch {
	case IsRefusal(err):
		return r.part(nil, Part{Limited: true, Cursor: at}), nil
	case err != nil:
		return Part{}, err
	case len(page.Rows) == 0 || !isFull(page):
		return r.part(rows, Part{Ended: true}), nil
	}
	return r.numbered(page, rows, at.Skip), nil
}

func (r *Reader) numbered(page client.Page, rows []Row, skipped int) Part {
	p := Part{Cursor: Cursor{Skip: skipped + len(page.Rows)}, Loose: r.Dialect.Unsorted}
	if !p.Loose {
		p.Reached = oldest(rows)
	}
	return r.part(rows, p)
}

// Newer reads what happened since a time. Where more came than a page holds, it
// gives the newest page, as Newest does: a profile that receives very much must
// not take more calls than another.
func (r *Reader) Newer(ctx context.Context, since time.Time) (Part, error) {
	within := TimeRange{From: since}
	page, rows, err := r.ask(ctx, within, 0)
	switch {
	case err != nil:
		return Part{}, err
	case isFull(page) && !r.Dialect.Unsorted && !r.Dialect.Unfiltered:
		part := r.sorted(rows)
		part.Top = true
		return part, nil
	}
	rows, whole, err := r.rest(ctx, within, page, rows)
	return r.part(rows, Part{Reached: since, Limited: !whole}), err
}

// How a service is read that does not sort: stretches of time, each wholly.
const (
	firstSpan   = 30 * 24 * time.Hour
	lastSpan    = 60 * 365 * 24 * time.Hour // beyond it the rest is asked for without an end
	spanGrowth  = 4
	mostOfASpan = 50 // answers
	MostOfALook = 3  // of a watch, which must not take the calls of the person
)

// gather reads a stretch of time wholly, and further ones as long as they are
// empty. Have is what the first question gave in whatever order.
func (r *Reader) gather(ctx context.Context, within TimeRange, at Cursor, have []Row) (Part, error) {
	until := earlier(within.Until, at.Before)
	from := until
	if until.IsZero() {
		from = r.Now()
	}
	for span := max(at.Span, firstSpan); span < lastSpan; span *= spanGrowth {
		from = from.Add(-span)
		stretch := TimeRange{From: Later(within.From, from), Until: until}
		rows, whole, err := r.everything(ctx, stretch)
		switch {
		case err != nil:
			return Part{}, err
		case r.Dialect.Unfiltered: // this was the first page again
			return r.part(append(have, rows...), Part{Loose: true, Cursor: Cursor{Skip: len(rows)}}), nil
		case !whole && r.Most > 0:
			return r.part(append(have, rows...), Part{Loose: true}), nil
		}
		last := stretch.From.Equal(within.From)
		if len(rows) == 0 && !last {
			until = stretch.From
			continue
		}
		if len(rows) < PageRows/2 {
			span *= 2
		}
		return r.part(append(have, rows...), Part{
			Reached: stretch.From, Ended: last, Limited: !whole,
			Cursor: Cursor{Before: stretch.From, Span: min(span, lastSpan/spanGrowth)},
		}), nil
	}
	rows, whole, err := r.everything(ctx, TimeRange{From: within.From, Until: until})
	return r.part(append(have, rows...), Part{Ended: true, Limited: !whole}), err
}

// everything reads a range to its end, or says that it is too much.
func (r *Reader) everything(ctx context.Context, within TimeRange) (all []Row, whole bool, err error) {
	page, rows, err := r.ask(ctx, within, 0)
	if err != nil {
		return nil, false, err
	}
	return r.rest(ctx, within, page, rows)
}

// rest reads on to the end of a range whose first answer is there.
func (r *Reader) rest(ctx context.Context, within TimeRange, page client.Page, rows []Row) (all []Row, whole bool, err error) {
	most := r.Most
	if most == 0 {
		most = mostOfASpan
	}
	for read := len(page.Rows); err == nil; read += len(page.Rows) {
		switch {
		case !isFull(page) || len(page.Rows) == 0:
			return rows, true, nil
		case read >= most*PageRows || r.Dialect.Unfiltered:
			return rows, false, nil
		}
		var more []Row
		page, more, err = r.next(ctx, page, within, read)
		rows = append(rows, more...)
	}
	return nil, false, err
}

// next follows the service's link, or counts where there is none.
func (r *Reader) next(ctx context.Context, page client.Page, within TimeRange, read int) (client.Page, []Row, error) {
	if page.NextLink == "" {
		return r.ask(ctx, within, read)
	}
	page, err := r.Service.Next(ctx, page)
	if err != nil {
		return client.Page{}, nil, fmt.Errorf("read timeline: %w", err)
	}
	return page, Rows(page.Rows, r.Dialect.Time()), nil
}

func (r *Reader) part(rows []Row, p Part) Part {
	p.Rows, p.Dialect = rows, r.Dialect
	return p
}

// isFull says that there may be more than a page holds.
func isFull(page client.Page) bool { return page.NextLink != "" || len(page.Rows) >= PageRows }

// oldest is the earliest time among rows; zero where none has one.
func oldest(rows []Row) (at time.Time) {
	for i := range rows {
		at = earlier(at, rows[i].At)
	}
	return at
}

// newestOf is the latest time among rows.
func newestOf(rows []Row) (at time.Time) {
	for i := range rows {
		at = Later(at, rows[i].At)
	}
	return at
}

// earlier is the earlier of two times; a zero time is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Later is the later of two times; a zero time is none.
func Later(a, b time.Time) time.Time {
	if a.IsZero() || b.After(a) {
		return b
	}
	return a
}
