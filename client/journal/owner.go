// Who works on an entry. Each open journal holds a locked file of its own; the
// lock goes with the process, however that ends, so another desk can tell an
// entry that is being sent from one that was left behind.

package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"github.com/google/uuid"
)

// owner is the mark of one open journal.
type owner struct {
	id   string
	lock *flock.Flock
	file fs.FileInfo // of the mark, as it was locked
}

// ownerPath is the locked file of an owner.
func ownerPath(path, id string) string { return path + "-owner-" + id }

// inPlace says whether the mark is still the file that is locked.
func (o *owner) inPlace() bool {
	if o == nil {
		return false
	}
	there, err := os.Stat(o.lock.Path())
	return err == nil && os.SameFile(o.file, there)
}

// newOwner makes and locks a mark.
func newOwner(path, id string) (*owner, error) {
	file := ownerPath(path, id)
	lock := flock.New(file, flock.SetPermissions(0o600))
	// The opening lock is held: nobody looks for owners that are gone
	// between the making and the locking of the file.
	locked, err := lock.TryLock()
	if err == nil && !locked {
		err = errors.New("somebody else has the lock")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("mark the journal as open: %w", err), lock.Close())
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("mark the journal as open: %w", err), lock.Close())
	}
	os.SameFile(info, info) // see handle.opened
	return &owner{id: id, lock: lock, file: info}, nil
}

// release takes the mark away.
func (o *owner) release() error {
	// Windows removes no open file, elsewhere the order does not matter: an
	// owner whose file is not locked is gone as much as one without a file.
	err := o.lock.Close()
	_ = os.Remove(o.lock.Path()) // on Windows not while another desk looks at it: then the next desk does
	return err
}

// owners lists the marks beside a journal, of the living and the gone.
func owners(path string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	prefix := ownerPath(filepath.Base(path), "")
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutPrefix(e.Name(), prefix); ok && uuid.Validate(id) == nil {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// ownerGone says whether the process behind a mark has ended.
func ownerGone(path, id string) (bool, error) {
	if uuid.Validate(id) != nil {
		return true, nil // none of ours, and no name of a file
	}
	file := ownerPath(path, id)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	lock := flock.New(file, flock.SetFlag(os.O_RDWR))
	locked, err := lock.TryLock()
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil // went in between
	}
	return locked, errors.Join(err, lock.Close())
}

// hasGoneOwners says whether some desk ended without closing the journal.
func hasGoneOwners(path string) (bool, error) {
	ids, err := owners(path)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		// One that cannot be asked counts as living, as everywhere.
		if gone, err := ownerGone(path, id); err == nil && gone {
			return true, nil
		}
	}
	return false, nil
}
