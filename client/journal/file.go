// The journal's files: making them private, connecting to them, finding out
// whether they are sound, and setting a damaged one aside.

package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// applicationID marks a SQLite file as a journal of the desk ("ADjl").
const applicationID = 0x41446a6c

// checkedAlways is the size in bytes up to which a journal is checked whole on
// every opening. A larger one is, when a desk ended without closing it.
const checkedAlways = 8 << 20

// companions are the files that SQLite keeps beside a database.
var companions = [...]string{"-wal", "-shm"}

// prepare makes the folder and an empty file, for this user only, and takes
// other people's rights away from files that are there.
func prepare(path string) error {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return awayOr(filepath.Dir(path), err)
	}
	if err := usable(path); err != nil {
		return err
	}
	// Made here and closed before SQLite knows it: closing any descriptor of
	// an open database would drop SQLite's locks (POSIX).
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		if err := f.Close(); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	return restrictAll(path)
}

// usable looks at what is in the journal's place before anything is done to it.
func usable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && exists(path):
		return fmt.Errorf("%w: %s", ErrAway, path)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: it is no file", ErrDamaged)
	case info.Mode().Perm()&0o200 == 0: // somebody has protected it
		return fmt.Errorf("%w: its mode is %v", ErrReadOnly, info.Mode().Perm())
	}
	return nil
}

// awayOr is ErrAway where a path is a link to what is not there, else err.
func awayOr(path string, err error) error {
	if _, missing := os.Stat(path); errors.Is(missing, fs.ErrNotExist) && exists(path) {
		return fmt.Errorf("%w: %s", ErrAway, path)
	}
	return err
}

// restrictAll limits the journal's files to this user.
func restrictAll(path string) error {
	if err := restrict(path); err != nil {
		return fmt.Errorf("limit access: %w", err)
	}
	for _, c := range companions {
		if err := restrict(path + c); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("limit access: %w", err)
		}
	}
	return nil
}

// dataSource is the driver's address of a file. The path is percent-encoded,
// for SQLite reads it as a URI, where ?, # and % mean something.
func dataSource(path string, query url.Values) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") { // C:/…
		slashed = "/" + slashed
	}
	escaped := (&url.URL{Path: slashed}).EscapedPath()
	return "file://" + escaped + "?" + query.Encode(), nil
}

// connect opens the database for reading and writing. Nothing is read yet.
func connect(path string, busy time.Duration) (*sql.DB, error) {
	dsn, err := dataSource(path, url.Values{
		"_txlock": {"immediate"}, // a write never starts as a read that cannot be upgraded
		"_pragma": {
			busyTimeout(busy),
			"synchronous(FULL)", // a commit is on disk when it returns
			"fullfsync(1)",      // the same on macOS
			"secure_delete(1)",  // what was purged is overwritten
		},
	})
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// busyTimeout is the pragma by which SQLite waits for the locks of others.
func busyTimeout(d time.Duration) string {
	return "busy_timeout(" + strconv.FormatInt(d.Milliseconds(), 10) + ")"
}

// peek looks at a file without any right to write to it, and refuses one that
// is newer than known migrations, or no journal.
func peek(ctx context.Context, path string, known int, busy time.Duration) (err error) {
	dsn, err := dataSource(path, url.Values{"mode": {"ro"}, "_pragma": {busyTimeout(busy)}})
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return inspect(ctx, db, known)
}

// querier is what *sql.DB, *sql.Conn and *sql.Tx have in common for reading.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// inspect refuses what is no journal of a known version.
func inspect(ctx context.Context, db querier, known int) error {
	var version, application, tables int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&application); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return err
	}
	switch {
	case application == 0 && version == 0 && tables == 0:
		return nil // new
	case application != applicationID:
		return fmt.Errorf("%w: the file is a database of another program", ErrDamaged)
	case version > known:
		return fmt.Errorf("%w: its version is %d, this desk knows %d", ErrNewer, version, known)
	case version < 1:
		return fmt.Errorf("%w: it has no version", ErrDamaged)
	}
	return nil
}

// useWAL switches the file to a write-ahead log, which lets desks read while
// one writes. It stays so in the file.
func useWAL(ctx context.Context, db *sql.DB) error {
	var mode string
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode=WAL`).Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("the folder does not allow a write-ahead log (mode %s)", mode)
	}
	return nil
}

// check finds damage that opening does not meet by itself.
func check(ctx context.Context, db *sql.DB, path string, crashed bool) error {
	if err := checkNames(ctx, db); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Size() > checkedAlways && !crashed {
		return nil
	}
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}

// checkNames asks for every column of a file of this version: a bit can also be
// lost in a name, which no check of the database's minds.
func checkNames(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil || version != len(migrations) {
		return err
	}
	for _, table := range []string{
		strings.Join(columns, ", ") + " FROM entries",
		"seq, owner, connection_id, instance_id, entity, customer_key, changed_at, body FROM drafts",
		"connection_id, instance_id, customer_id, name, note, viewed_at FROM viewed",
	} {
		if _, err := db.ExecContext(ctx, "SELECT "+table+" LIMIT 0"); err != nil {
			return err
		}
	}
	return nil
}

// lockOpening waits until no other desk opens the journal, at most limit. Where
// none does, the limit is of no account, however slow this computer is.
func lockOpening(ctx context.Context, path string, limit time.Duration) (release func(), err error) {
	lock := flock.New(path+"-open", flock.SetPermissions(0o600))
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeoutCause(ctx, limit, ErrLocked)
	defer cancel()
	held, err := lock.TryLock()
	if err == nil && !held {
		_, err = lock.TryLockContext(limited, 20*time.Millisecond)
	}
	if err == nil {
		return func() { _ = lock.Close() }, nil // its end lets go in any case
	}
	_ = lock.Close() // nothing was locked
	if limited.Err() != nil && errors.Is(err, limited.Err()) {
		return nil, context.Cause(limited)
	}
	return nil, err
}

// SetAside renames a damaged journal, so that the next Open starts a new one,
// and tells the name under which the old is kept. It is ErrInUse while any
// desk has the journal open.
func SetAside(ctx context.Context, path string, now time.Time) (kept string, err error) {
	release, err := lockOpening(ctx, path, DefaultBusyTimeout)
	if err != nil {
		return "", fmt.Errorf("set journal aside: %w", err)
	}
	defer release()
	owners, err := owners(path)
	if err != nil {
		return "", fmt.Errorf("set journal aside: %w", err)
	}
	for _, id := range owners {
		if gone, err := ownerGone(path, id); err != nil || !gone {
			return "", fmt.Errorf("set journal aside: %w", errors.Join(ErrInUse, err))
		}
	}
	kept = asideName(path, now)
	if err := os.Rename(path, kept); err != nil {
		return "", fmt.Errorf("set journal aside: %w", err)
	}
	for _, c := range companions {
		if err := os.Rename(path+c, kept+c); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, fmt.Errorf("set journal aside: %w", err)
		}
	}
	return kept, nil
}

// asideName is a name under which nothing is kept yet.
func asideName(path string, now time.Time) string {
	base := path + ".damaged-" + now.UTC().Format("20060102-150405")
	name := base
	for n := 2; exists(name) || exists(name+companions[0]); n++ {
		name = base + "-" + strconv.Itoa(n)
	}
	return name
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
