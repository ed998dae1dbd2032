// Profiles that were looked at lately, so that they are found again without
// asking the service. Names are personal data: they go with the retention, and
// when their customer is forgotten.

package journal

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// MaxViewed is how many profiles are kept of an instance of a connection.
const MaxViewed = 20

// Viewed is a profile that was looked at.
type Viewed struct {
	ConnectionID string
	InstanceID   string
	CustomerID   string
	Name         string // as it was then
	Note         string // tells it from others of the name, for example a source's key
	At           time.Time
}

// SaveViewed puts a profile first among those that were looked at, once; the
// oldest of its place go beyond MaxViewed.
func (j *Journal) SaveViewed(ctx context.Context, v Viewed) error {
	err := j.transact(ctx, func(tx transaction) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO viewed (connection_id, instance_id, customer_id, name, note, viewed_at)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (connection_id, instance_id, customer_id)
			DO UPDATE SET name = excluded.name, note = excluded.note, viewed_at = max(viewed_at, excluded.viewed_at)`,
			v.ConnectionID, v.InstanceID, v.CustomerID, v.Name, v.Note, v.At.UnixMicro())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM viewed WHERE connection_id = ?1 AND instance_id = ?2 AND customer_id NOT IN (
			SELECT customer_id FROM viewed WHERE connection_id = ?1 AND instance_id = ?2 ORDER BY viewed_at DESC, customer_id LIMIT ?3)`,
			v.ConnectionID, v.InstanceID, MaxViewed)
		return err
	})
	if err != nil {
		return fmt.Errorf("remember a profile: %w", classify(err))
	}
	return nil
}

// ListViewed gives the profiles that were looked at in a place, newest first.
func (j *Journal) ListViewed(ctx context.Context, connectionID, instanceID string) (list []Viewed, err error) {
	db, err := j.db(ctx)
	if err != nil {
		return nil, fmt.Errorf("list viewed profiles: %w", classify(err))
	}
	rows, err := db.QueryContext(ctx, `SELECT connection_id, instance_id, customer_id, name, note, viewed_at FROM viewed
		WHERE connection_id = ? AND instance_id = ? ORDER BY viewed_at DESC, customer_id`, connectionID, instanceID)
	if err != nil {
		return nil, fmt.Errorf("list viewed profiles: %w", classify(err))
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var v Viewed
		var at int64
		if err := rows.Scan(&v.ConnectionID, &v.InstanceID, &v.CustomerID, &v.Name, &v.Note, &at); err != nil {
			return nil, fmt.Errorf("list viewed profiles: %w", classify(err))
		}
		v.At = time.UnixMicro(at).UTC()
		list = append(list, v)
	}
	return list, rows.Err()
}

// DropViewed removes a profile from those that were looked at in a place; with
// an empty customer id all of them.
func (j *Journal) DropViewed(ctx context.Context, connectionID, instanceID, customerID string) error {
	_, err := j.exec(ctx, `DELETE FROM viewed WHERE connection_id = ?1 AND instance_id = ?2 AND (?3 = '' OR customer_id = ?3)`,
		connectionID, instanceID, customerID)
	if err != nil {
		return fmt.Errorf("forget viewed profiles: %w", classify(err))
	}
	return j.shrink(ctx)
}

// expireViewed deletes the profiles that nobody has looked at since a time.
func (j *Journal) expireViewed(ctx context.Context, before time.Time) error {
	result, err := j.exec(ctx, `DELETE FROM viewed WHERE viewed_at < ?`, before.UnixMicro())
	if err != nil {
		return fmt.Errorf("delete old viewed profiles: %w", classify(err))
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return j.shrink(ctx)
}
