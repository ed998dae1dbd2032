// The files that a journal writes to are those in its place: somebody can
// delete them, move them, or put others there while a desk runs.

package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
)

// connections is how many a journal opens: readers beside the one writer. All
// are opened at once, for one that is opened later would open by name what may
// be another file by then.
const connections = 4

// handle is a file that is open.
type handle struct {
	db    *sql.DB
	owner *owner
	// files are the file, its log and the log's index as they were opened; none
	// while it is being opened, nil for what was not there.
	files []fs.FileInfo
	// spent: the files are not in their place any more, and what is under way was
	// taken from them. It is set with Journal.changing held, as way is.
	spent  atomic.Bool
	way    *underWay
	closed atomic.Bool // it had to be, before another could be opened
}

// errClosed is what a writer meets that comes after Close.
var errClosed = errors.New("the journal is closed")

// emptyLog moves the log into the file.
const emptyLog = `PRAGMA wal_checkpoint(TRUNCATE)`

// underWay is what a desk works on: it goes along where the file goes away.
type underWay struct {
	entries []Entry
	drafts  []Draft
}

// close lets the file go before the owner's lock: as long as anything can be
// written, others see that the owner lives.
func (h *handle) close() error {
	if h == nil {
		return nil
	}
	var errs []error
	if h.db != nil {
		errs = append(errs, h.db.Close())
	}
	if h.owner != nil {
		errs = append(errs, h.owner.release())
	}
	return errors.Join(errs...)
}

// closeBut is close, but for a mark that another handle goes on with.
func (h *handle) closeBut(kept *owner) error {
	if h == nil {
		return nil
	}
	var errs []error
	if h.db != nil {
		errs = append(errs, h.db.Close())
	}
	if h.owner != nil && h.owner != kept {
		errs = append(errs, h.owner.lock.Close()) // its file is gone, or another's by now
	}
	return errors.Join(errs...)
}

// files gives what stands in a journal's place; nil for what does not.
func files(path string) ([]fs.FileInfo, error) {
	list := make([]fs.FileInfo, 0, 1+len(companions))
	for _, end := range append([]string{""}, companions[:]...) {
		info, err := os.Stat(path + end)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		list = append(list, info)
	}
	return list, nil
}

// opened opens all connections, and notes which files they have open.
func (h *handle) opened(ctx context.Context, path string) (err error) {
	var all []*sql.Conn
	defer func() {
		for _, conn := range all {
			err = errors.Join(err, conn.Close()) // back to those that wait
		}
	}()
	for range connections {
		conn, err := h.db.Conn(ctx)
		if err != nil {
			return err
		}
		all = append(all, conn)
		var n int
		if err := conn.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n); err != nil {
			return err
		}
	}
	list, err := files(path)
	for _, info := range list {
		_ = info != nil && os.SameFile(info, info) // Windows asks only now for what tells files apart
	}
	h.files = list
	return err
}

// inPlace says whether what is open is what stands in the journal's place.
func (h *handle) inPlace(path string) (bool, error) {
	if len(h.files) == 0 {
		return true, nil
	}
	there, err := files(path)
	if err != nil {
		return false, err
	}
	for i, opened := range h.files {
		if opened != nil && (there[i] == nil || !os.SameFile(opened, there[i])) {
			return false, nil
		}
	}
	return true, nil
}

// db gives what to read from: what a file held that is not in its place any
// more can still be read.
func (j *Journal) db(ctx context.Context) (*sql.DB, error) {
	h := j.using.Load()
	if h.closed.Load() {
		var err error
		if h, err = j.ready(ctx); err != nil {
			return nil, err
		}
	}
	return h.db, nil
}

// ready gives what to write to. Where the files were deleted, moved or replaced,
// that is what is in their place, or a new journal: written to the old one, an
// intent would be recorded where nobody finds it. What this desk has under way,
// its drafts and the entries that it is sending, goes along.
func (j *Journal) ready(ctx context.Context) (*handle, error) {
	h := j.using.Load()
	if there, err := h.inPlace(j.path); err != nil || there && !h.spent.Load() {
		return h, err
	}
	j.changing.Lock()
	defer j.changing.Unlock()
	if j.closed {
		return nil, errClosed
	}
	h = j.using.Load()
	if there, err := h.inPlace(j.path); err != nil || there && !h.spent.Load() {
		return h, err
	}
	next, err := j.replace(ctx, h)
	if err != nil {
		return nil, fmt.Errorf("the journal is not in its place any more: %w", classifyOpening(err))
	}
	j.using.Store(next)
	if err := h.closeBut(next.owner); err != nil {
		j.log.Warn("close the journal that was replaced", "error", err)
	}
	j.log.Warn("the journal was deleted or replaced while it was open; what is in its place is used from now on")
	if j.options.Replaced != nil {
		j.options.Replaced()
	}
	return next, nil
}

// write does work on the file that is in place. While it goes on no other is
// taken: what it has written goes along then.
func (j *Journal) write(ctx context.Context, work func(*handle) error) error {
	for {
		h, err := j.ready(ctx)
		if err != nil {
			return err
		}
		if done, err := j.writeOn(h, work); done {
			return err
		}
	}
}

func (j *Journal) writeOn(h *handle, work func(*handle) error) (done bool, err error) {
	j.changing.RLock()
	defer j.changing.RUnlock()
	if j.using.Load() != h || h.spent.Load() {
		return false, nil
	}
	return true, work(h)
}

// replace opens what is in the journal's place by now.
func (j *Journal) replace(ctx context.Context, h *handle) (next *handle, err error) {
	if err := prepare(j.path); err != nil {
		return nil, err
	}
	release, err := lockOpening(ctx, j.path, j.busy)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := j.spend(ctx, h); err != nil {
		return nil, err
	}
	next, err = j.openLocked(ctx, h.owner)
	defer func() {
		if err != nil {
			err = errors.Join(err, next.closeBut(h.owner))
		}
	}()
	if err == nil {
		err = j.carry(ctx, h.way, next)
	}
	if err == nil {
		err = restrictAll(j.path)
	}
	if err == nil {
		err = next.opened(ctx, j.path)
	}
	return next, err
}

// spend takes from the old files what goes along, and has the log go into the
// file that it belongs to: left in its place, it would be taken for the log of
// the file that is there now.
func (j *Journal) spend(ctx context.Context, h *handle) error {
	if h.spent.Load() {
		return nil
	}
	there, err := files(j.path)
	if err != nil {
		return err
	}
	same := func(i int) bool { return h.files[i] != nil && there[i] != nil && os.SameFile(h.files[i], there[i]) }
	if same(0) {
		return j.spendLog(ctx, h)
	}
	way := &underWay{}
	if way.entries, err = list(ctx, h.db, withBodies, `WHERE owner = ? ORDER BY seq`, j.id); err != nil {
		return err
	}
	if way.drafts, err = drafts(ctx, h.db, j.id, false); err != nil {
		return err
	}
	if _, err := h.db.ExecContext(ctx, emptyLog); err != nil {
		return err
	}
	for i, end := range companions {
		if !same(1 + i) {
			continue
		}
		if err := os.Remove(j.path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	h.way = way
	h.spent.Store(true)
	return nil
}

// spendLog is for a file that is in its place while its log is not. SQLite
// would go on with the old log as long as the file is open.
func (j *Journal) spendLog(ctx context.Context, h *handle) error {
	// Where another desk was first, its log is in place by now, and the old one
	// cannot be read any more: all that it held is in the file.
	if _, err := h.db.ExecContext(ctx, emptyLog); err != nil && !isCutShort(err) {
		return err
	}
	h.way = &underWay{}
	h.spent.Store(true)
	h.closed.Store(true)
	return h.db.Close()
}

// carry writes into another file what this desk has under way.
func (j *Journal) carry(ctx context.Context, way *underWay, to *handle) error {
	return transact(ctx, to.db, func(tx transaction) error {
		for _, e := range way.entries {
			if _, err := tx.ExecContext(ctx, `DELETE FROM entries WHERE id = ?`, e.ID); err != nil {
				return err
			}
			if _, err := j.insert(ctx, tx, e); err != nil {
				return err
			}
		}
		for _, d := range way.drafts {
			if err := putDraft(ctx, tx, j.id, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// exec runs one statement that writes.
func (j *Journal) exec(ctx context.Context, query string, args ...any) (result sql.Result, err error) {
	err = j.write(ctx, func(h *handle) error {
		result, err = h.db.ExecContext(ctx, query, args...)
		return err
	})
	return result, err
}
