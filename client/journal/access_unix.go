// Access to the journal's files where rights are mode bits.

//go:build !windows

package journal

import "os"

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
