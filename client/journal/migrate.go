// The schema and the numbered steps that lead to it.

package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// migrations lead from one version to the next: the first makes version 1.
// A step that was released is never changed; a new one is added.
var migrations = []string{
	// Times are microseconds since 1970 UTC, NULL for none; took is in
	// nanoseconds. owner is the desk that works on the entry, empty for none.
	`CREATE TABLE entries (
		seq              INTEGER PRIMARY KEY AUTOINCREMENT,
		id               TEXT NOT NULL UNIQUE,
		owner            TEXT NOT NULL,
		created_at       INTEGER NOT NULL,
		operation        TEXT NOT NULL,
		connection_id    TEXT NOT NULL,
		connection_name  TEXT NOT NULL,
		root             TEXT NOT NULL,
		instance_id      TEXT NOT NULL COLLATE NOCASE, -- the roots write uuids in both cases
		instance_name    TEXT NOT NULL,
		instance_type    TEXT NOT NULL,
		entity           TEXT NOT NULL,
		entity_kind      TEXT NOT NULL,
		entity_id        TEXT NOT NULL,
		key_fields       TEXT NOT NULL,
		customer_field   TEXT NOT NULL,
		customer_key     TEXT NOT NULL,
		time_field       TEXT NOT NULL,
		time_value       TEXT NOT NULL,
		body             BLOB NOT NULL,
		body_digest      TEXT NOT NULL,
		valid_until      INTEGER,
		caller           TEXT NOT NULL,
		state            TEXT NOT NULL,
		attempts         INTEGER NOT NULL,
		next_try         INTEGER,
		doubt            INTEGER NOT NULL,
		sent_at          INTEGER,
		answered_at      INTEGER,
		visible_at       INTEGER,
		took             INTEGER NOT NULL,
		status           INTEGER NOT NULL,
		code             TEXT NOT NULL,
		message          TEXT NOT NULL,
		request_id       TEXT NOT NULL,
		location         TEXT NOT NULL,
		answer           BLOB NOT NULL,
		answer_truncated INTEGER NOT NULL,
		answer_header    TEXT NOT NULL,
		customer_id      TEXT NOT NULL,
		matched_by       TEXT NOT NULL,
		note             TEXT NOT NULL
	) STRICT;
	CREATE INDEX entries_by_body ON entries (instance_id, entity, body_digest);
	CREATE INDEX entries_by_time ON entries (coalesce(sent_at, created_at), state, status);
	CREATE INDEX entries_by_customer ON entries (customer_id) WHERE customer_id <> '';
	CREATE INDEX entries_with_owner ON entries (owner) WHERE owner <> '';`,

	// What is being typed. owner is the desk that it is typed in, empty for an
	// earlier draft that nobody works on.
	`CREATE TABLE drafts (
		seq           INTEGER PRIMARY KEY AUTOINCREMENT,
		owner         TEXT NOT NULL,
		connection_id TEXT NOT NULL,
		instance_id   TEXT NOT NULL COLLATE NOCASE,
		entity        TEXT NOT NULL,
		customer_key  TEXT NOT NULL,
		changed_at    INTEGER NOT NULL,
		body          BLOB NOT NULL
	) STRICT;
	CREATE UNIQUE INDEX drafts_by_owner ON drafts (owner, connection_id, instance_id, entity) WHERE owner <> '';
	CREATE INDEX drafts_by_customer ON drafts (customer_key) WHERE customer_key <> '';`,

	// Profiles that were looked at, the newest of each place.
	`CREATE TABLE viewed (
		connection_id TEXT NOT NULL,
		instance_id   TEXT NOT NULL COLLATE NOCASE,
		customer_id   TEXT NOT NULL,
		name          TEXT NOT NULL,
		note          TEXT NOT NULL,
		viewed_at     INTEGER NOT NULL,
		PRIMARY KEY (connection_id, instance_id, customer_id)
	) STRICT, WITHOUT ROWID;`,
}

// migrate brings the file to the newest version. Each step is one transaction
// with its number: it happened, or it did not.
func migrate(ctx context.Context, db *sql.DB, steps []string) error {
	for {
		done, err := migrateOnce(ctx, db, steps)
		if err != nil || done {
			return err
		}
	}
}

func migrateOnce(ctx context.Context, db *sql.DB, steps []string) (done bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, rollback(tx)) }()
	// Asked within the transaction: the file may have changed since the peek.
	if err := inspect(ctx, tx, len(steps)); err != nil {
		return false, err
	}
	var version int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return false, err
	}
	if version == len(steps) {
		return true, nil
	}
	// PRAGMA takes no parameters; both are numbers of ours.
	script := steps[version] + fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+1)
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return false, fmt.Errorf("migrate to version %d: %w", version+1, err)
	}
	return false, tx.Commit()
}

// rollback ends a transaction that was not committed.
func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}
