// What can go wrong with a journal, in errors that a caller can tell apart.

package journal

import (
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors of a journal, found with errors.Is.
var (
	// ErrNewer: the file was written by a newer version of the desk.
	ErrNewer = errors.New("the journal is from a newer version of Activity Desk")
	// ErrDamaged: the file is not a journal or cannot be read; see SetAside.
	ErrDamaged = errors.New("the journal is damaged")
	// ErrLocked: another desk held the file for longer than the busy timeout.
	ErrLocked = errors.New("the journal is locked by another desk")
	// ErrInUse: SetAside while a desk has the journal open.
	ErrInUse = errors.New("the journal is in use")
	// ErrFull: no room on the disk.
	ErrFull = errors.New("no room left to write the journal")
	// ErrReadOnly: the file cannot be written.
	ErrReadOnly = errors.New("the journal cannot be written")
	// ErrAway: the file, or its folder, is a link to what is not there, for
	// example on a disk that is not connected. The link is left as it is.
	ErrAway = errors.New("the journal is a link to what is not there")
	// ErrDisk: the system does not read or write for another reason. It is a full
	// disk too where the database does not say so: a quota that is used up.
	ErrDisk = errors.New("the disk does not read or write the journal")
	// ErrNotFound: no entry with this id.
	ErrNotFound = errors.New("no such entry in the journal")
	// ErrStateChanged: the entry is not in the state that the change expects;
	// see StateError.
	ErrStateChanged = errors.New("the entry has changed")
)

// StateError is an ErrStateChanged: somebody else was faster.
type StateError struct {
	Current Entry // as it stands, without body
	Held    bool  // another desk is sending it now
}

// Error says what state the entry is in.
func (e *StateError) Error() string {
	if e.Held {
		return fmt.Sprintf("entry %s: another desk is sending it", e.Current.ID)
	}
	return fmt.Sprintf("entry %s has changed: it is %s now", e.Current.ID, e.Current.State)
}

// Is makes a StateError an ErrStateChanged.
func (e *StateError) Is(target error) bool { return target == ErrStateChanged }

// classifyOpening is classify for the opening of a file, whose statements are
// always the same: where the database cannot make sense of one, the file is none
// of ours any more.
func classifyOpening(err error) error {
	var db *sqlite.Error
	if errors.As(err, &db) && db.Code()&0xff == sqlite3.SQLITE_ERROR && !errors.Is(err, ErrDamaged) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return classify(err)
}

// classify puts the error that a caller can recognise in front of the
// database's own.
func classify(err error) error {
	var db *sqlite.Error
	if !errors.As(err, &db) {
		return classifySystem(err)
	}
	var known error
	switch db.Code() & 0xff { // the low byte is the primary code
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		known = ErrLocked
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		known = ErrDamaged
	case sqlite3.SQLITE_FULL:
		known = ErrFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		known = ErrReadOnly
	case sqlite3.SQLITE_IOERR:
		known = ErrDisk
	default:
		return err
	}
	return as(known, err)
}

// isCutShort says that less is in a file than the database knows of.
func isCutShort(err error) bool {
	var db *sqlite.Error
	return errors.As(err, &db) && (db.Code() == sqlite3.SQLITE_IOERR_SHORT_READ || db.Code()&0xff == sqlite3.SQLITE_CORRUPT)
}

// classifySystem does so for what the system says of a file.
func classifySystem(err error) error {
	var path *fs.PathError
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return as(ErrFull, err)
	case errors.Is(err, fs.ErrPermission), isReadOnly(err):
		return as(ErrReadOnly, err)
	case errors.As(err, &path) && !errors.Is(err, fs.ErrNotExist):
		return as(ErrDisk, err)
	}
	return err
}

// as gives an error its kind, where it has none of ours.
func as(kind, err error) error {
	for _, known := range []error{ErrNewer, ErrDamaged, ErrLocked, ErrInUse, ErrFull, ErrReadOnly, ErrAway, ErrDisk} {
		if errors.Is(err, known) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", kind, err)
}
