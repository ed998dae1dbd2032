// Putting right what a desk left behind that ended in the middle of sending.

package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Recovered tells what was found of desks that are gone.
type Recovered struct {
	// Uncertain entries were in state sending, or waited to be sent once more
	// after an attempt in doubt; whether they were stored is not known.
	Uncertain []Entry
	// NeverSent entries waited to be sent; nothing of them left.
	NeverSent []Entry
	// LogLost: the log that a desk left behind was damaged, so that what was
	// recorded last is missing, or stands as it was before. LogKept is the path of a
	// copy of that log; empty where it was gone.
	LogLost bool
	LogKept string
}

// What is said of an entry whose desk ended.
const (
	noteLeftSending = "The desk ended while this was being sent."
	noteLeftWaiting = "The desk ended before this was sent again; whether the earlier attempt was stored is still not known."
)

// Recovered is what Open found. The entries carry no bodies.
func (j *Journal) Recovered() Recovered { return j.recovered }

// lookAtLog looks at the log that the last desk left behind, under the opening
// lock, and keeps a copy of one that is damaged. A log that a desk has open is
// whole as far as anybody can tell.
func (j *Journal) lookAtLog() (found Recovered, err error) {
	ids, err := owners(j.path)
	if err != nil {
		return found, err
	}
	for _, id := range ids {
		if gone, err := ownerGone(j.path, id); err != nil || !gone {
			return found, nil
		}
	}
	if found.LogLost, err = logLost(j.path); err != nil || !found.LogLost {
		return found, err
	}
	if found.LogKept, err = keepLog(j.path, j.now()); err != nil {
		return found, fmt.Errorf("keep the damaged log: %w", err)
	}
	j.log.Warn("the journal's log is damaged; what was written last is missing", "kept", found.LogKept)
	return found, nil
}

// Recover looks for entries that a desk left behind since, as Open does: those
// in state sending become uncertain, those that waited stay queued as never
// sent. Entries of desks that live are left alone.
func (j *Journal) Recover(ctx context.Context) (Recovered, error) {
	// A mark that is just being made looks like one that is gone.
	release, err := lockOpening(ctx, j.path, j.busy)
	if err != nil {
		return Recovered{}, fmt.Errorf("look for unfinished sends: %w", err)
	}
	defer release()
	return j.recover(ctx)
}

// recover does the work of Recover under the opening lock.
func (j *Journal) recover(ctx context.Context) (Recovered, error) {
	gone, err := j.goneOwners(ctx, "entries")
	if err != nil {
		return Recovered{}, fmt.Errorf("look for unfinished sends: %w", classify(err))
	}
	var all Recovered
	for _, id := range gone {
		r, err := j.recoverOwner(ctx, id)
		if err != nil {
			return all, fmt.Errorf("recover unfinished sends: %w", classify(err))
		}
		all.Uncertain = append(all.Uncertain, r.Uncertain...)
		all.NeverSent = append(all.NeverSent, r.NeverSent...)
	}
	if n, m := len(all.Uncertain), len(all.NeverSent); n+m > 0 {
		j.log.Warn("unfinished sends found", "uncertain", n, "neverSent", m)
	}
	return all, j.removeGoneMarks()
}

// goneOwners are those that a table names and that live no more.
func (j *Journal) goneOwners(ctx context.Context, table string) (gone []string, err error) {
	db, err := j.db(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, `SELECT DISTINCT owner FROM `+table+` WHERE owner <> '' AND owner <> ?`, j.id)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		isGone, err := ownerGone(j.path, id)
		if err != nil {
			// It cannot be told: then it counts as living, and what it was
			// sending is left alone.
			j.log.Warn("mark of a desk cannot be read", "error", err)
			continue
		}
		if isGone {
			gone = append(gone, id)
		}
	}
	return gone, rows.Err()
}

// recoverOwner settles the entries of one owner that is gone.
func (j *Journal) recoverOwner(ctx context.Context, id string) (Recovered, error) {
	var r Recovered
	var changed []Entry
	err := j.transact(ctx, func(tx transaction) error {
		entries, err := tx.list(ctx, withoutBodies, `WHERE owner = ? ORDER BY seq`, id)
		if err != nil {
			return err
		}
		for _, e := range entries {
			e.NextTry = time.Time{}
			switch {
			case e.State == Sending:
				e.State, e.Doubt, e.Note = Uncertain, true, joinNotes(e.Note, noteLeftSending)
				r.Uncertain = append(r.Uncertain, e)
			case e.Doubt:
				e.State, e.Note = Uncertain, joinNotes(e.Note, noteLeftWaiting)
				r.Uncertain = append(r.Uncertain, e)
			default:
				r.NeverSent = append(r.NeverSent, e)
			}
			if _, err := tx.ExecContext(ctx, `UPDATE entries SET owner = '', next_try = NULL, state = ?, doubt = ?, note = ? WHERE id = ?`,
				e.State, e.Doubt, e.Note, e.ID); err != nil {
				return err
			}
			changed = append(changed, e)
		}
		return nil
	})
	if err != nil {
		return Recovered{}, err
	}
	for _, e := range changed {
		j.publish(e)
	}
	return r, nil
}

// removeGoneMarks tidies up the lock files of desks that are gone.
func (j *Journal) removeGoneMarks() error {
	ids, err := owners(j.path)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if id == j.id {
			continue
		}
		if gone, err := ownerGone(j.path, id); err != nil || !gone {
			continue // cannot be told now: left for the next time
		}
		if err := os.Remove(ownerPath(j.path, id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			j.log.Warn("mark of a gone desk not removed", "error", err)
		}
	}
	return nil
}

func joinNotes(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + " " + b
}
