// What every file of the desk's needs: being read whole, being replaced in one
// step, and a lock that two desks respect.

package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// What can be in a file's place. Compare with errors.Is.
var (
	// ErrAway: a link to what is not there, for example on a disk that is not
	// connected. The link is left as it is.
	ErrAway = errors.New("it is a link to what is not there")
	// ErrNoFile: a folder, a pipe or a device.
	ErrNoFile = errors.New("it is no file that can be read as a whole")
)

// readFile reads a file whole; one that is larger than limit gives limit+1
// bytes. What is no file is not opened: a pipe would keep us waiting for ever.
func readFile(path string, limit int64) ([]byte, error) {
	if err := regular(path); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read from
	return io.ReadAll(io.LimitReader(file, limit+1))
}

// regular says why what is at a path is no file: ErrAway, ErrNoFile, or the
// system's error, which is fs.ErrNotExist where nothing is there.
func regular(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && exists(path):
		return fmt.Errorf("%s: %w", path, ErrAway)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: %w", path, ErrNoFile)
	}
	return nil
}

// ReplaceFile puts data in the place of the file as one step, for this user
// alone (mode 0600): a desk that is killed, or a disk that is full, leaves the
// old content or the new. Where the path is a link, the file that it leads to is
// replaced. A file that its user has protected from writing is not:
// fs.ErrPermission, as where the folder cannot be written. Errors beside these
// are ErrAway, ErrNoFile and the system's.
func ReplaceFile(path string, data []byte) error {
	return replace(path, data, func(step) error { return nil })
}

// step is what of a replacement is done.
type step int

// The steps, in their order. After stepRenamed the new content is in place.
const (
	stepMade step = iota
	stepWritten
	stepSynced
	stepClosed
	stepRenamed
)

// replace does the work of ReplaceFile and tells after each step; an error of
// done up to stepClosed ends it there, as one of the disk does.
func replace(path string, data []byte, done func(step) error) (err error) {
	if path, err = replaceable(path); err != nil {
		return err
	}
	dir := filepath.Dir(path)
	file, err := os.CreateTemp(dir, temporary+"*"+temporaryEnd) // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = file.Close() // where it is closed already, this does nothing
			_ = os.Remove(file.Name())
		}
	}()
	for i, do := range []func() error{
		stepMade:    func() error { return nil },
		stepWritten: func() error { _, err := file.Write(data); return err },
		stepSynced:  file.Sync,
		stepClosed:  file.Close,
	} {
		if err := errors.Join(do(), done(step(i))); err != nil {
			return err
		}
	}
	if err := patiently(func() error { return os.Rename(file.Name(), path) }); err != nil {
		return err
	}
	_ = done(stepRenamed) // it is done
	syncFolder(dir)
	return nil
}

// replaceable gives the file that is to be replaced, which need not be there.
func replaceable(path string) (string, error) {
	err := regular(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil
	case err != nil:
		return "", err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o200 == 0 {
		err = &fs.PathError{Op: "replace", Path: path, Err: fs.ErrPermission}
	}
	return path, err
}

// How the files are named that are not in place yet.
const (
	temporary    = ".desk-"
	temporaryEnd = ".tmp"
)

// sweep removes what desks that were killed have left of replacements. It is
// called with the lock held that all who write in the folder take; an export
// takes none, so young files stay.
func sweep(dir string, now time.Time) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasPrefix(name, temporary) || !strings.HasSuffix(name, temporaryEnd) {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(dir, entry.Name())) // the next sweep does it if this does not
		}
	}
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

// takeLock takes the lock that all desks respect, or gives up with ErrBusy when
// it was waited for long enough; 0: for lockPatience.
func takeLock(path string, patience time.Duration) (unlock func(), err error) {
	if patience <= 0 {
		patience = lockPatience
	}
	lock := flock.New(path, flock.SetPermissions(0o600))
	for deadline := time.Now().Add(patience); ; time.Sleep(lockPause) {
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
