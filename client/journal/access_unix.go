// Access to the journal's files where rights are mode bits.

//go:build !windows

package journal

import (
	"errors"
	"os"
	"syscall"
)

// makeFolder makes a folder that only this user can enter. One that is there
// is left as it is: it may hold more than the journal.
func makeFolder(path string) error { return os.MkdirAll(path, 0o700) }

// restrict limits a file to this user.
func restrict(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Mode().Perm() == 0o600 {
		return nil
	}
	return os.Chmod(path, 0o600)
}

// isFull says whether the system has no room left, or none for this user.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// isReadOnly says whether the disk takes no writing at all.
func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
