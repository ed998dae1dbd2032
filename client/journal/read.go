// Reading entries: one, many, the newest of a body, and counts.

package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Filter chooses entries; the zero Filter chooses the newest 100.
type Filter struct {
	InstanceID string
	Entity     string    // the name in data requests
	States     []State   // any of these; empty: all
	Customer   string    // the customer's id, or its key in a source
	Text       string    // part of an entity's, instance's or key's name or value, a code or a message; case does not matter (ASCII)
	Since      time.Time // created then or later
	Until      time.Time // created before
	Before     int64     // older than the entry with this Seq; 0: from the newest
	Limit      int       // 0: 100; at most 1,000
}

// Limits of Filter.Limit.
const (
	defaultLimit = 100
	maxLimit     = 1000
)

// Get gives one entry with its bodies; ErrNotFound where there is none.
func (j *Journal) Get(ctx context.Context, id string) (Entry, error) {
	db, err := j.db(ctx)
	if err != nil {
		return Entry{}, fmt.Errorf("read entry %s: %w", id, classify(err))
	}
	e, _, err := getRow(ctx, db, id)
	if err != nil {
		return Entry{}, fmt.Errorf("read entry %s: %w", id, classify(err))
	}
	return e, nil
}

// List gives entries newest first, without Body, Answer and AnswerHeader (Get
// has them). For the next page set Before to the last one's Seq.
func (j *Journal) List(ctx context.Context, f Filter) ([]Entry, error) {
	where, args := f.where()
	entries, err := j.list(ctx, where+` ORDER BY seq DESC LIMIT ?`, append(args, f.limit())...)
	if err != nil {
		return nil, fmt.Errorf("list entries: %w", classify(err))
	}
	return entries, nil
}

// Latest gives the newest entry that sent this body (see Digest) to this
// entity of this instance, without bodies; false where there is none.
func (j *Journal) Latest(ctx context.Context, instanceID, entity, digest string) (Entry, bool, error) {
	entries, err := j.list(ctx,
		`WHERE instance_id = ? AND entity = ? AND body_digest = ? ORDER BY seq DESC LIMIT 1`, instanceID, entity, digest)
	if err != nil {
		return Entry{}, false, fmt.Errorf("look for an earlier send: %w", classify(err))
	}
	if len(entries) == 0 {
		return Entry{}, false, nil
	}
	return entries[0], true, nil
}

// Counts are numbers of entries by how they stand.
type Counts struct {
	Accepted     int // by the service, whether seen since or not
	Visible      int
	AlreadyThere int
	Refused      int
	Uncertain    int
	Sending      int
	Queued       int // waiting, or never sent
}

// Counts counts the entries sent (or, where they were not, created) at since or
// later.
func (j *Journal) Counts(ctx context.Context, since time.Time) (c Counts, err error) {
	db, err := j.db(ctx)
	if err != nil {
		return Counts{}, fmt.Errorf("count entries: %w", classify(err))
	}
	rows, err := db.QueryContext(ctx,
		`SELECT state, status BETWEEN 200 AND 299, count(*) FROM entries WHERE coalesce(sent_at, created_at) >= ? GROUP BY 1, 2`, since.UnixMicro())
	if err != nil {
		return Counts{}, fmt.Errorf("count entries: %w", classify(err))
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var state State
		var accepted bool
		var n int
		if err := rows.Scan(&state, &accepted, &n); err != nil {
			return Counts{}, fmt.Errorf("count entries: %w", classify(err))
		}
		c.add(state, accepted, n)
	}
	if err := rows.Err(); err != nil {
		return Counts{}, fmt.Errorf("count entries: %w", classify(err))
	}
	return c, nil
}

func (c *Counts) add(state State, accepted bool, n int) {
	switch state {
	case Accepted:
		c.Accepted += n
	case Visible:
		c.Visible += n
		if accepted {
			c.Accepted += n
		}
	case AlreadyThere:
		c.AlreadyThere += n
	case Refused:
		c.Refused += n
	case Sending:
		c.Sending += n
	case Queued:
		c.Queued += n
	default: // Uncertain, and what cannot be read: doubt
		c.Uncertain += n
	}
}

func (f Filter) limit() int {
	if f.Limit <= 0 {
		return defaultLimit
	}
	return min(f.Limit, maxLimit)
}

// where is the filter in SQL, with its arguments.
func (f Filter) where() (string, []any) {
	var terms []string
	var args []any
	add := func(term string, values ...any) {
		terms = append(terms, term)
		args = append(args, values...)
	}
	if f.InstanceID != "" {
		add("instance_id = ?", f.InstanceID)
	}
	if f.Entity != "" {
		add("entity = ?", f.Entity)
	}
	if len(f.States) > 0 {
		values := make([]any, len(f.States))
		for i, s := range f.States {
			values[i] = s
		}
		add("state IN (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
	}
	if f.Customer != "" {
		add("(customer_id = ? OR customer_key = ?)", f.Customer, f.Customer)
	}
	if f.Text != "" {
		// Not LIKE, which ends at a NUL and takes no pattern of more than 50,000 bytes.
		add(`instr(lower(entity || char(10) || instance_name || char(10) || key_fields || char(10) || customer_key || char(10)
			|| entity_id || char(10) || code || char(10) || message || char(10) || note), lower(?)) > 0`, f.Text)
	}
	if !f.Since.IsZero() {
		add("created_at >= ?", f.Since.UnixMicro())
	}
	if !f.Until.IsZero() {
		add("created_at < ?", f.Until.UnixMicro())
	}
	if f.Before > 0 {
		add("seq < ?", f.Before)
	}
	if len(terms) == 0 {
		return "", nil
	}
	return "WHERE " + strings.Join(terms, " AND "), args
}

// rowsQuerier is what *sql.DB and *sql.Tx have in common for reading rows.
type rowsQuerier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// list reads entries without bodies; rest is the statement after the table's name.
func (j *Journal) list(ctx context.Context, rest string, args ...any) ([]Entry, error) {
	db, err := j.db(ctx)
	if err != nil {
		return nil, err
	}
	return list(ctx, db, withoutBodies, rest, args...)
}

// list reads entries; rest is the statement after the table's name.
func list(ctx context.Context, db rowsQuerier, s scope, rest string, args ...any) (entries []Entry, err error) {
	rows, err := db.QueryContext(ctx, `SELECT `+s.selectList()+` FROM entries `+rest, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r row
		if err := rows.Scan(r.fields()...); err != nil {
			return nil, err
		}
		entries = append(entries, r.entry())
	}
	return entries, rows.Err()
}

// getRow reads one entry and who works on it.
func getRow(ctx context.Context, db querier, id string) (e Entry, owner string, err error) {
	var r row
	err = db.QueryRowContext(ctx, `SELECT `+withBodies.selectList()+` FROM entries WHERE id = ?`, id).Scan(r.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return Entry{}, "", ErrNotFound
	}
	if err != nil {
		return Entry{}, "", err
	}
	return r.entry(), r.owner, nil
}
