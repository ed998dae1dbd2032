// Writing entries: each change is one synced transaction, made only from the
// state that its maker saw.

package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// transaction is one that takes the write lock at its start.
type transaction struct{ *sql.Tx }

func (tx transaction) list(ctx context.Context, s scope, rest string, args ...any) ([]Entry, error) {
	return list(ctx, tx.Tx, s, rest, args...)
}

// transact runs work in a transaction and commits it.
func (j *Journal) transact(ctx context.Context, work func(transaction) error) error {
	return j.write(ctx, func(h *handle) error { return transact(ctx, h.db, work) })
}

func transact(ctx context.Context, db *sql.DB, work func(transaction) error) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rollback(tx)) }()
	if err := work(transaction{tx}); err != nil {
		return err
	}
	return tx.Commit()
}

// Add writes a new entry in state Queued or Sending and gives it back as it is
// kept: with ID, Seq, CreatedAt and BodyDigest. It is on disk when Add returns.
func (j *Journal) Add(ctx context.Context, e Entry) (Entry, error) {
	e, err := j.fresh(e)
	if err != nil {
		return Entry{}, err
	}
	err = j.transact(ctx, func(tx transaction) error {
		e, err = j.insert(ctx, tx, e)
		return err
	})
	if err != nil {
		return Entry{}, fmt.Errorf("write to the journal: %w", classify(err))
	}
	j.publish(e)
	return e, nil
}

// AddIfNew is Add, unless the same body (by its digest) was sent before by the
// same operation to the same entity (and profile) of the same instance and was
// not refused: then it gives that entry, without bodies, and false. Of two
// desks that add at once, one is told of the other.
//
// An earlier entry that was never sent and that nobody works on is taken over:
// it becomes e, under its old ID.
func (j *Journal) AddIfNew(ctx context.Context, e Entry) (Entry, bool, error) {
	e, err := j.fresh(e)
	if err != nil {
		return Entry{}, false, err
	}
	var previous *Entry
	err = j.transact(ctx, func(tx transaction) error {
		earlier, err := tx.list(ctx, withoutBodies, `WHERE instance_id = ? AND entity = ? AND body_digest = ?
			AND operation = ? AND entity_id = ? AND state <> ? ORDER BY seq DESC`,
			e.InstanceID, e.Entity, e.BodyDigest, e.Operation, e.EntityID, Refused)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(earlier, func(p Entry) bool { return !p.NeverSent() }); i >= 0 {
			previous = &earlier[i]
			return nil
		}
		if len(earlier) == 0 {
			e, err = j.insert(ctx, tx, e)
			return err
		}
		e.ID, e.Seq, e.CreatedAt = earlier[0].ID, earlier[0].Seq, earlier[0].CreatedAt
		return j.store(ctx, tx, e)
	})
	if err != nil {
		return Entry{}, false, fmt.Errorf("write to the journal: %w", classify(err))
	}
	if previous != nil {
		return *previous, false, nil
	}
	j.publish(e)
	return e, true, nil
}

// Update changes an entry if it is in one of the states from (none given: in
// any) and no other desk is sending it; else the error is a *StateError. ID,
// Seq, CreatedAt and the body stay what they are. A state that cannot follow
// the present one is an error. The entry is given back as it is kept, and with
// its body even where that was just dropped; it is on disk when Update returns.
func (j *Journal) Update(ctx context.Context, id string, from []State, change func(*Entry)) (Entry, error) {
	var after Entry
	err := j.transact(ctx, func(tx transaction) error {
		before, owner, err := getRow(ctx, tx.Tx, id)
		if err != nil {
			return err
		}
		held := owner != "" && owner != j.id
		if held || len(from) > 0 && !slices.Contains(from, before.State) {
			current := before.clone()
			current.Body, current.Answer, current.AnswerHeader = nil, nil, nil
			return &StateError{Current: current, Held: held}
		}
		after = before.clone()
		change(&after)
		if !before.State.follows(after.State) {
			return fmt.Errorf("%s cannot become %q", before.State, after.State)
		}
		after.ID, after.Seq, after.CreatedAt = before.ID, before.Seq, before.CreatedAt
		after.Body, after.BodyDigest = before.Body, before.BodyDigest
		after = j.normal(after)
		return j.store(ctx, tx, after)
	})
	if err != nil {
		return Entry{}, fmt.Errorf("write entry %s: %w", id, classify(err))
	}
	j.publish(after)
	return after, nil
}

// Purge deletes the entries sent (or, where they were not, created) before a
// time and tells how many, uncertain and never sent ones too: it is a person's
// word. Those that a desk is working on stay.
//
// Drafts that nobody changed since then go as well, and profiles that nobody
// looked at; they are not counted.
func (j *Journal) Purge(ctx context.Context, before time.Time) (int, error) {
	n, err := j.purge(ctx, "", before.UnixMicro())
	if err != nil {
		return n, err
	}
	return n, j.expireBeside(ctx, before)
}

// expireBeside deletes what is kept beside the entries and older than a time.
func (j *Journal) expireBeside(ctx context.Context, before time.Time) error {
	if err := j.expireDrafts(ctx, before); err != nil {
		return err
	}
	return j.expireViewed(ctx, before)
}

// expire deletes what the retention ends for. An entry that is uncertain or was
// never sent waits for a person's word and does not go without one.
func (j *Journal) expire(ctx context.Context, before time.Time) error {
	_, err := j.purge(ctx, ` AND state IN (?, ?, ?, ?)`, before.UnixMicro(), Accepted, AlreadyThere, Refused, Visible)
	if err != nil {
		return err
	}
	return j.expireBeside(ctx, before)
}

// purge deletes what is older than its first argument, nobody works on, and
// meets the condition.
func (j *Journal) purge(ctx context.Context, condition string, args ...any) (int, error) {
	result, err := j.exec(ctx, `DELETE FROM entries WHERE coalesce(sent_at, created_at) < ? AND owner = ''`+condition, args...)
	if err != nil {
		return 0, fmt.Errorf("purge the journal: %w", classify(err))
	}
	n, err := result.RowsAffected()
	if err != nil || n == 0 {
		return int(n), err
	}
	j.log.Info("old journal entries deleted", "count", n)
	return int(n), j.shrink(ctx)
}

// shrink moves the log into the file and empties it, so that what was deleted
// is in neither. With readers about it does what it can now; the rest follows.
func (j *Journal) shrink(ctx context.Context) error {
	if _, err := j.exec(ctx, emptyLog); err != nil && !errors.Is(classify(err), ErrLocked) {
		return fmt.Errorf("shrink the journal: %w", classify(err))
	}
	return nil
}

// fresh completes a new entry.
func (j *Journal) fresh(e Entry) (Entry, error) {
	if e.State != Queued && e.State != Sending {
		return Entry{}, fmt.Errorf("write to the journal: a new entry cannot be %q", e.State)
	}
	e = e.clone()
	if e.ID == "" {
		e.ID = uuid.NewString()
	}
	if e.CreatedAt.IsZero() {
		e.CreatedAt = j.now()
	}
	e.BodyDigest = Digest(e.Body)
	return j.normal(e), nil
}

// normal makes an entry what reading it back would give, and free of secrets.
func (j *Journal) normal(e Entry) Entry {
	for _, t := range []*time.Time{&e.CreatedAt, &e.ValidUntil, &e.NextTry, &e.SentAt, &e.AnsweredAt, &e.VisibleAt} {
		*t = instant(micros(*t))
	}
	if e.State != Queued {
		e.NextTry = time.Time{}
	}
	e.Message, e.Note, e.Location = j.redact.String(e.Message), j.redact.String(e.Note), j.redact.String(e.Location)
	e.Answer, e.AnswerHeader = j.redact.Bytes(e.Answer), j.redact.Header(e.AnswerHeader)
	if len(e.Answer) > MaxAnswer {
		e.Answer, e.AnswerTruncated = slices.Clone(e.Answer[:MaxAnswer]), true
	}
	if len(e.AnswerHeader) == 0 {
		e.AnswerHeader = nil
	}
	return e
}

// stored is a row as it goes to disk: owned by whoever works on it, and without
// bodies where these are not to be kept.
func (j *Journal) stored(e Entry) (row, error) {
	owner := ""
	if e.held() {
		owner = j.id
	}
	if j.dropBodies.Load() && e.State.Ended() {
		e.Body, e.Answer, e.AnswerHeader = nil, nil, nil
	}
	return rowOf(e, owner)
}

func (j *Journal) insert(ctx context.Context, tx transaction, e Entry) (Entry, error) {
	r, err := j.stored(e)
	if err != nil {
		return Entry{}, err
	}
	names := columns[1:]
	result, err := tx.ExecContext(ctx, `INSERT INTO entries (`+strings.Join(names, ", ")+`) VALUES (?`+
		strings.Repeat(", ?", len(names)-1)+`)`, r.values()...)
	if err != nil {
		return Entry{}, err
	}
	e.Seq, err = result.LastInsertId()
	return e, err
}

func (j *Journal) store(ctx context.Context, tx transaction, e Entry) error {
	r, err := j.stored(e)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE entries SET `+strings.Join(columns[1:], " = ?, ")+` = ? WHERE seq = ?`,
		append(r.values(), e.Seq)...)
	return err
}
