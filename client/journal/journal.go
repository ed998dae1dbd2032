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
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

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
	// Replaced is called, on the goroutine of a writer, when the file was deleted
	// or replaced while it was open and what is in its place is in use from now
	// on; may be nil.
	Replaced func()
	// BusyTimeout is how long a lock of another desk is waited for before
	// ErrLocked; 0: DefaultBusyTimeout.
	BusyTimeout time.Duration
}

// Journal is an open journal. It is safe for concurrent use. Close it.
type Journal struct {
	path       string
	id         string  // of the mark that this desk has the file open
	options    Options // complete; DropBodies is as Open was told
	now        func() time.Time
	log        *slog.Logger
	redact     *redact.Redactor
	dropBodies atomic.Bool
	busy       time.Duration
	recovered  Recovered
	setAside   []int64 // drafts that Open found beside newer ones; not changed afterwards

	using    atomic.Pointer[handle] // nil before it is open
	changing sync.RWMutex           // held while another file is taken, by writers for reading
	closed   bool                   // guarded by changing

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
// ErrLocked when another desk holds the file longer than the busy timeout,
// ErrAway for a link to what is not there, ErrReadOnly for a file or a folder
// that cannot be written, ErrFull where there is no room, and ErrDisk for what
// else the disk does not do.
func Open(ctx context.Context, path string, o Options) (*Journal, error) {
	o = o.withDefaults()
	j := &Journal{
		path: path, id: uuid.NewString(), options: o, now: o.Now, log: o.Logger, redact: o.Redact, busy: o.BusyTimeout,
	}
	j.dropBodies.Store(o.DropBodies)
	if err := j.open(ctx); err != nil {
		return nil, fmt.Errorf("open journal %s: %w", path, errors.Join(classifyOpening(err), j.Close()))
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

// open does the work of Open. On error the caller closes what was opened so far.
func (j *Journal) open(ctx context.Context) error {
	// One desk at a time opens: switching to WAL and migrating do not wait
	// for each other by SQLite's own means.
	if err := prepare(j.path); err != nil {
		return err
	}
	release, err := lockOpening(ctx, j.path, j.busy)
	if err != nil {
		return err
	}
	defer release()
	lost, err := j.lookAtLog()
	if err != nil {
		return err
	}
	h, err := j.openLocked(ctx, nil)
	j.using.Store(h)
	if err != nil {
		return err
	}
	if j.recovered, err = j.recover(ctx); err != nil {
		return err
	}
	j.recovered.LogLost, j.recovered.LogKept = lost.LogLost, lost.LogKept
	if lost.LogLost { // what is in the log counts from now on, and is not told again
		if _, err := h.db.ExecContext(ctx, emptyLog); err != nil {
			return err
		}
	}
	if err := j.adoptDrafts(ctx); err != nil {
		return err
	}
	if o := j.options; o.Retention > 0 {
		if err := j.expire(ctx, j.now().Add(-o.Retention)); err != nil {
			return err
		}
	}
	if err := restrictAll(j.path); err != nil {
		return err
	}
	return h.opened(ctx, j.path)
}

// openLocked opens the file under the opening lock, brings its schema up to
// date and marks it as open, by the mark that is held where that is still in its
// place. What is given with an error is to be closed.
func (j *Journal) openLocked(ctx context.Context, held *owner) (*handle, error) {
	if err := peek(ctx, j.path, len(migrations), j.busy); err != nil {
		return nil, err
	}
	db, err := connect(j.path, j.busy)
	if err != nil {
		return nil, err
	}
	h := &handle{db: db}
	crashed, err := hasGoneOwners(j.path)
	if err != nil {
		return h, err
	}
	// Before anything is written: a damaged file is left as it is.
	if err := check(ctx, db, j.path, crashed); err != nil {
		return h, err
	}
	if err := useWAL(ctx, db); err != nil {
		return h, err
	}
	if err := migrate(ctx, db, migrations); err != nil {
		return h, err
	}
	if held.inPlace() {
		h.owner = held
		return h, nil
	}
	h.owner, err = newOwner(j.path, j.id)
	return h, err
}

// Close ends the use of the journal. Entries that are still in state sending
// become uncertain when a journal is opened next: finish sends before.
func (j *Journal) Close() error {
	j.changing.Lock() // no other file is taken after this
	defer j.changing.Unlock()
	j.closed = true
	return j.using.Load().close()
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
	_, err := j.exec(ctx, `UPDATE entries SET body = x'', answer = x'', answer_header = ''
		WHERE state IN (?, ?, ?, ?)`, Accepted, AlreadyThere, Refused, Visible)
	if err != nil {
		return fmt.Errorf("delete kept bodies: %w", classify(err))
	}
	return j.shrink(ctx)
}
