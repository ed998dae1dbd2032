// What every file of the desk's needs: being replaced in one step, and a lock
// that two desks respect.

package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// replaceFile puts data in the place of the file as one step, for this user
// alone (mode 0600): a desk that is killed leaves the old content or the new.
func replaceFile(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	file, err := os.CreateTemp(dir, ".desk-*.tmp") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // the first error is the one to tell
		}
	}()
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = patiently(func() error { return os.Rename(file.Name(), path) })
	}
	if err == nil {
		syncFolder(dir)
	}
	return err
}

// syncFolder makes a rename itself last through a loss of power, where the
// system lets a folder be synced. It is not an error where it does not.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// patiently does something with a file once more that another desk may have in its
// hands for a moment: Windows lets no file be replaced while somebody reads it,
// or be read while it is replaced. That a file is not there is no such reason.
func patiently(do func() error) (err error) {
	const tries = 5
	for try := 1; ; try++ {
		if err = do(); err == nil || errors.Is(err, fs.ErrNotExist) || try == tries {
			return err
		}
		time.Sleep(lockPause)
	}
}

// takeLock takes the lock that all desks respect, or gives up with ErrBusy.
func takeLock(path string) (unlock func(), err error) {
	lock := flock.New(path, flock.SetPermissions(0o600))
	for deadline := time.Now().Add(lockPatience); ; time.Sleep(lockPause) {
		held, err := lock.TryLock()
		switch {
		case err != nil:
			return nil, err
		case held:
			return func() { _ = lock.Unlock() }, nil // closing the file gives the lock back in any case
		case time.Now().After(deadline):
			return nil, ErrBusy
		}
	}
}
