// A log file that begins anew when it is full, shared by several processes.
//
// The well-known libraries for this allow one process to a file and leave a
// goroutine behind when they are closed; two desks write to one log here.

package logging

import (
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/gofrs/flock"
)

// rotating appends to a file and renames it to path.1, path.1 to path.2 and so
// on before it would grow beyond max bytes. It is safe for concurrent use.
type rotating struct {
	path string
	max  int64
	keep int // old files

	mu     sync.Mutex
	file   *os.File // nil: closed, or to be opened by the next write
	closed bool
	// notBefore is the size below which no rotation is tried, after one failed:
	// on Windows a file cannot be renamed while another desk has it open.
	notBefore int64
}

func openRotating(path string, limit int64, keep int) (*rotating, error) {
	r := &rotating{path: path, max: limit, keep: keep}
	if err := r.open(); err != nil {
		return nil, err
	}
	return r, nil
}

// Write appends one record. Records of several desks do not mix, since each is
// one write to a file opened for appending.
func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return 0, fs.ErrClosed
	}
	if r.file == nil {
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	info, err := r.follow()
	if err != nil {
		return 0, fmt.Errorf("look at log: %w", err)
	}
	size := info.Size()
	if size > 0 && size+int64(len(p)) > r.max && size >= r.notBefore {
		if err := r.rotate(info); err != nil {
			return 0, err
		}
	}
	return r.file.Write(p)
}

// follow opens what is in the log's place where that is not the file that is open:
// somebody has deleted or replaced it, or another desk has renamed it. Where
// nothing can be opened there, the file that is open is better than none.
func (r *rotating) follow() (os.FileInfo, error) {
	info, err := r.file.Stat()
	if err != nil {
		return nil, err
	}
	if there, err := os.Stat(r.path); err == nil && (os.SameFile(info, there) || !there.Mode().IsRegular()) {
		return info, nil
	}
	old := r.file
	if err := r.open(); err != nil {
		r.file = old
		return info, nil
	}
	r.notBefore = 0
	_ = old.Close() // each record was written as it came
	return r.file.Stat()
}

// Close closes the file. Writes after it fail.
func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return r.shut()
}

func (r *rotating) open() error {
	file, err := os.OpenFile(r.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	r.file = file
	return nil
}

func (r *rotating) shut() error {
	if r.file == nil {
		return nil
	}
	file := r.file
	r.file = nil
	return file.Close()
}

// rotate leaves r.file open for writing, be it the new file or, where the old
// one could not be renamed, the old one. The error is that there is none.
func (r *rotating) rotate(own os.FileInfo) error {
	lock := flock.New(r.path+".lock", flock.SetPermissions(0o600))
	if held, err := lock.TryLock(); err != nil || !held {
		return nil // another desk is at it; the next record sees the new file
	}
	defer func() { _ = lock.Unlock() }()

	// Another desk may have rotated since this one opened its file: then that
	// is an old one by now, and the new one is only to be opened.
	current, err := os.Stat(r.path)
	ours := err == nil && os.SameFile(own, current)
	if err := r.shut(); err != nil {
		return fmt.Errorf("close log: %w", err)
	}
	r.notBefore = 0
	if ours && !r.shift() {
		r.notBefore = own.Size() + r.max/10
	}
	return r.open()
}

// shift renames each file to the next number; the oldest goes.
func (r *rotating) shift() bool {
	for i := r.keep; i > 1; i-- {
		_ = os.Rename(r.numbered(i-1), r.numbered(i)) // not there yet, or stays where it is
	}
	return os.Rename(r.path, r.numbered(1)) == nil
}

func (r *rotating) numbered(i int) string { return fmt.Sprintf("%s.%d", r.path, i) }
