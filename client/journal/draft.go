// Drafts: what is being typed, kept so that neither a kill nor another desk
// loses it. Their content is the caller's; it may hold personal data.

package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Draft is what was typed for an entity of an instance. Each desk has one of
// its own for each place, so that two desks do not write over each other.
type Draft struct {
	Seq          int64 // given by the journal
	ConnectionID string
	InstanceID   string
	Entity       string // name for data requests
	CustomerKey  string // whom it is about, so that it can be forgotten; can be empty
	ChangedAt    time.Time
	Body         []byte // the caller's
	// Earlier: it comes from a desk that is gone, and a newer one of the same
	// place was found. Nobody works on it.
	Earlier bool
	// Found: it is an earlier one since this journal was opened, so nobody was
	// told of it yet.
	Found bool
}

// SaveDraft writes this desk's draft of a place, in the place of the one there
// is. It is on disk when SaveDraft returns; a secret that Options.Redact knows
// is not: a mask stands in its place.
func (j *Journal) SaveDraft(ctx context.Context, d Draft) error {
	d = j.withoutSecrets(d)
	if err := j.write(ctx, func(h *handle) error { return putDraft(ctx, h.db, j.id, d) }); err != nil {
		return fmt.Errorf("write draft: %w", classify(err))
	}
	return nil
}

// DeleteDraft removes this desk's draft of a place; there may be none.
func (j *Journal) DeleteDraft(ctx context.Context, connectionID, instanceID, entity string) error {
	_, err := j.exec(ctx, `DELETE FROM drafts WHERE owner = ? AND connection_id = ? AND instance_id = ? AND entity = ?`,
		j.id, connectionID, instanceID, entity)
	if err != nil {
		return fmt.Errorf("delete draft: %w", classify(err))
	}
	return nil
}

// Drafts gives this desk's drafts, among them those that Open took over from
// desks that are gone, and the earlier ones, newest first.
func (j *Journal) Drafts(ctx context.Context) ([]Draft, error) {
	db, err := j.db(ctx)
	if err != nil {
		return nil, fmt.Errorf("read drafts: %w", classify(err))
	}
	list, err := drafts(ctx, db, j.id, true)
	if err != nil {
		return nil, fmt.Errorf("read drafts: %w", classify(err))
	}
	for i, d := range list {
		list[i].Found = d.Earlier && slices.Contains(j.setAside, d.Seq)
	}
	return list, nil
}

// drafts reads the drafts of a desk, newest first, and the earlier ones where
// these are asked for too.
func drafts(ctx context.Context, db rowsQuerier, owner string, earlier bool) (list []Draft, err error) {
	rows, err := db.QueryContext(ctx, `SELECT seq, owner = '', connection_id, instance_id, entity, customer_key, changed_at, body
		FROM drafts WHERE owner = ? OR owner = '' AND ? ORDER BY changed_at DESC, seq DESC`, owner, earlier)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d Draft
		var changed int64
		if err := rows.Scan(&d.Seq, &d.Earlier, &d.ConnectionID, &d.InstanceID, &d.Entity, &d.CustomerKey, &changed, &d.Body); err != nil {
			return nil, err
		}
		d.ChangedAt = time.UnixMicro(changed).UTC()
		list = append(list, d)
	}
	return list, rows.Err()
}

// ReleaseDraft makes a draft of this desk an earlier one: it is kept, and what
// is typed next does not write over it.
func (j *Journal) ReleaseDraft(ctx context.Context, seq int64) error {
	_, err := j.exec(ctx, `UPDATE drafts SET owner = '' WHERE seq = ? AND owner = ?`, seq, j.id)
	if err != nil {
		return fmt.Errorf("set draft aside: %w", classify(err))
	}
	return nil
}

// ExchangeDraft makes an earlier draft this desk's of the place, and keeps what
// that held as an earlier one; without a body nothing is kept of it. A desk that
// is killed has both drafts as they were, or both exchanged. Where another desk
// was faster with the earlier one, what it put there stays.
func (j *Journal) ExchangeDraft(ctx context.Context, earlier, instead Draft) error {
	instead = j.withoutSecrets(instead)
	mine := instead
	mine.CustomerKey, mine.Body = earlier.CustomerKey, earlier.Body
	err := j.transact(ctx, func(tx transaction) error {
		if err := dropEarlier(ctx, tx, earlier); err != nil {
			return err
		}
		if len(instead.Body) > 0 {
			if err := putDraft(ctx, tx, "", instead); err != nil {
				return err
			}
		}
		return putDraft(ctx, tx, j.id, mine)
	})
	if err != nil {
		return fmt.Errorf("exchange draft: %w", classify(err))
	}
	return nil
}

// DropDraft removes an earlier draft, unless another desk has put something
// else there.
func (j *Journal) DropDraft(ctx context.Context, earlier Draft) error {
	if err := j.write(ctx, func(h *handle) error { return dropEarlier(ctx, h.db, earlier) }); err != nil {
		return fmt.Errorf("delete earlier draft: %w", classify(err))
	}
	return nil
}

// executor is a database or a transaction.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func dropEarlier(ctx context.Context, in executor, earlier Draft) error {
	_, err := in.ExecContext(ctx, `DELETE FROM drafts WHERE seq = ? AND owner = '' AND changed_at = ?`,
		earlier.Seq, earlier.ChangedAt.UnixMicro())
	return err
}

// putDraft writes an owner's draft of a place, in the place of the one there is;
// without an owner it is one more.
func putDraft(ctx context.Context, in executor, owner string, d Draft) error {
	_, err := in.ExecContext(ctx, `INSERT INTO drafts (owner, connection_id, instance_id, entity, customer_key, changed_at, body)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (owner, connection_id, instance_id, entity) WHERE owner <> ''
		DO UPDATE SET customer_key = excluded.customer_key, changed_at = excluded.changed_at, body = excluded.body`,
		owner, d.ConnectionID, d.InstanceID, d.Entity, d.CustomerKey, d.ChangedAt.UnixMicro(), body(d))
	return err
}

// adoptDrafts takes over, under the opening lock, the drafts of desks that are
// gone: of each place the newest becomes this desk's, the others earlier ones.
func (j *Journal) adoptDrafts(ctx context.Context) error {
	gone, err := j.goneOwners(ctx, "drafts")
	if err != nil || len(gone) == 0 {
		return err
	}
	return j.transact(ctx, func(tx transaction) error {
		left, err := leftDrafts(ctx, tx, gone)
		if err != nil {
			return err
		}
		taken := map[draftPlace]bool{}
		for _, d := range left {
			owner := ""
			if taken[d.place] {
				j.setAside = append(j.setAside, d.seq)
			} else {
				owner, taken[d.place] = j.id, true
			}
			if _, err := tx.ExecContext(ctx, `UPDATE drafts SET owner = ? WHERE seq = ?`, owner, d.seq); err != nil {
				return err
			}
		}
		return nil
	})
}

// draftPlace is where a draft belongs.
type draftPlace struct{ connection, instance, entity string }

// leftDraft is the draft of a desk that is gone.
type leftDraft struct {
	seq   int64
	place draftPlace
}

// leftDrafts lists the drafts of some owners, newest first.
func leftDrafts(ctx context.Context, tx transaction, owners []string) (list []leftDraft, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT seq, owner, connection_id, lower(instance_id), entity FROM drafts
		WHERE owner <> '' ORDER BY changed_at DESC, seq DESC`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d leftDraft
		var owner string
		if err := rows.Scan(&d.seq, &owner, &d.place.connection, &d.place.instance, &d.place.entity); err != nil {
			return nil, err
		}
		if slices.Contains(owners, owner) {
			list = append(list, d)
		}
	}
	return list, rows.Err()
}

// expireDrafts deletes the drafts that nobody has changed since a time and that
// no other desk has open.
func (j *Journal) expireDrafts(ctx context.Context, before time.Time) error {
	result, err := j.exec(ctx, `DELETE FROM drafts WHERE changed_at < ? AND owner IN (?, '')`, before.UnixMicro(), j.id)
	if err != nil {
		return fmt.Errorf("delete old drafts: %w", classify(err))
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	j.log.Info("old drafts deleted")
	return j.shrink(ctx)
}

// withoutSecrets gives a draft without the secrets that somebody typed or pasted
// into a field: nothing that a person would miss, and no file may hold them.
func (j *Journal) withoutSecrets(d Draft) Draft {
	d.Body = j.redact.Hide(d.Body)
	if j.redact.Holds(d.CustomerKey) {
		d.CustomerKey = ""
	}
	return d
}

// body is never NULL.
func body(d Draft) []byte {
	if d.Body == nil {
		return []byte{}
	}
	return d.Body
}
