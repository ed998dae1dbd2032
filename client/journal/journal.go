// Package journal is the durable record of everything that was sent: what,
// where to, when, and how it ended. It is a SQLite file that only its user can
// read and that several desks share. Nothing else in the program knows the
// database.
//
// A caller has an entry on disk before it acts: Add, AddIfNew and Update
// return only after the commit was synced (synchronous=FULL).
//
// This file opens and closes a journal.
package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/activitydesk/activitydesk/client/redact"
)

// Defaults of Options.
const (
	DefaultRetention   = 90 * 24 * time.Hour
	DefaultBusyTimeout = 5 * time.Second
)

// Options say how a journal is kept. The zero value is ready to use.
type Options struct {
	// Now gives the time for CreatedAt and for the retention; nil: time.Now.
	Now func() time.Time
	// Logger hears of recoveries and purges, never of bodies; nil: nothing.
	Logger *slog.Logger
	// Retention is how long entries are kept. 0 means DefaultRetention, less
	// than 0 for ever. Older entries go when a journal is opened, except those
	// that are uncertain or were never sent: these go by Purge alone.
	Retention time.Duration
	// DropBodies keeps no body and no answer of an entry that has ended; what
	// is still to be decided keeps its body, or it could not be sent again.
	DropBodies bool
	// Redact masks secrets in answers, messages and drafts before they are written;
	// nil masks what looks like one.
	Redact *redact.Redactor
	// BusyTimeout is how long a lock of another desk is waited for before
	// ErrLocked; 0: DefaultBusyTimeout.
	BusyTimeout time.Duration
}

// Journal is an open journal. It is safe for concurrent use. Close it.
type Journal struct {
	path       string
	db         *sql.DB
	now        func() time.Time
	log        *slog.Logger
	redact     *redact.Redactor
	dropBodies atomic.Bool
	busy       time.Duration
	owner      *owner
	recovered  Recovered
	setAside   []int64 // drafts that Open found beside newer ones; not changed afterwards

	subscribers struct {
		sync.Mutex
		next int
		fns  map[int]func(Entry)
	}
}

// Open opens the journal at path, making folder (mode 0700) and file (0600)
// where they are missing, and brings its schema up to date. Entries that a desk
// left in mid-send when it ended become uncertain; see Recovered. Entries that
// ended and are older than the retention are deleted.
//
// The error is ErrNewer for a file from a newer version and ErrDamaged for one
// that cannot be read (see SetAside); both leave the file as it is. It is
// ErrLocked when another desk holds the file longer than the busy timeout.
func Open(ctx context.Context, path string, o Options) (*Journal, error) {
	o = o.withDefaults()
	if err := prepare(path); err != nil {
		return nil, fmt.Errorf("open journal: %w", classify(err))
	}
	// One desk at a time opens: switching to WAL and migrating do not wait
	// for each other by SQLite's own means.
	release, err := lockOpening(ctx, path, o.BusyTimeout)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	defer release()
	j := &Journal{path: path, now: o.Now, log: o.Logger, redact: o.Redact, busy: o.BusyTimeout}
	j.dropBodies.Store(o.DropBodies)
	if err := j.open(ctx, o); err != nil {
		return nil, fmt.Errorf("open journal %s: %w", path, errors.Join(classify(err), j.Close()))
	}
	return j, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Retention == 0 {
		o.Retention = DefaultRetention
	}
	if o.BusyTimeout <= 0 {
		o.BusyTimeout = DefaultBusyTimeout
	}
	return o
}

// open does the work of Open under the opening lock. On error the caller
// closes what was opened so far.
func (j *Journal) open(ctx context.Context, o Options) error {
	if err := peek(ctx, j.path, len(migrations)); err != nil {
		return err
	}
	db, err := connect(j.path, o.BusyTimeout)
	if err != nil {
		return err
	}
	j.db = db
	if err := useWAL(ctx, db); err != nil {
		return err
	}
	if err := migrate(ctx, db, migrations); err != nil {
		return err
	}
	crashed, err := hasGoneOwners(j.path)
	if err != nil {
		return err
	}
	if err := check(ctx, db, j.path, crashed); err != nil {
		return err
	}
	if j.owner, err = newOwner(j.path); err != nil {
		return err
	}
	if j.recovered, err = j.recover(ctx); err != nil {
		return err
	}
	if err := j.adoptDrafts(ctx); err != nil {
		return err
	}
	if o.Retention > 0 {
		if err := j.expire(ctx, j.now().Add(-o.Retention)); err != nil {
			return err
		}
	}
	return restrictAll(j.path)
}

// Close ends the use of the journal. Entries that are still in state sending
// become uncertain when a journal is opened next: finish sends before.
func (j *Journal) Close() error {
	var errs []error
	if j.db != nil {
		errs = append(errs, j.db.Close())
	}
	// The file is let go before the owner's lock: as long as anything can be
	// written, others see that the owner lives.
	if j.owner != nil {
		errs = append(errs, j.owner.release())
	}
	return errors.Join(errs...)
}

// Path is the journal's file.
func (j *Journal) Path() string { return j.path }

// SetKeepBodies says from now on whether bodies and answers of ended entries
// are kept. Switching it off deletes those there are.
func (j *Journal) SetKeepBodies(ctx context.Context, keep bool) error {
	j.dropBodies.Store(!keep)
	if keep {
		return nil
	}
	_, err := j.db.ExecContext(ctx, `UPDATE entries SET body = x'', answer = x'', answer_header = ''
		WHERE state IN (?, ?, ?, ?)`, Accepted, AlreadyThere, Refused, Visible)
	if err != nil {
		return fmt.Errorf("delete kept bodies: %w", classify(err))
	}
	return j.shrink(ctx)
}
