// The settings file: read, changed and written so that two desks can share it.

package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// What can be said of a settings file. Open gives a usable Store along with
// each of them.
var (
	// ErrNewer: the file was written by a newer desk. It is left untouched; the
	// desk runs on defaults and keeps nothing.
	ErrNewer = errors.New("the settings were written by a newer version of Activity Desk; update this one to use them")
	// ErrDamaged: the file cannot be read as settings. It is kept under another
	// name (see DamagedError) and the desk begins with defaults.
	ErrDamaged = errors.New("the settings file is damaged")
	// ErrNotKept: a change holds for this session only.
	ErrNotKept = errors.New("the settings could not be kept and hold for this session only")
	// ErrUnread: the file cannot be read now: it may not be, or the disk does not
	// answer, or something else is in its place. It is left untouched; the desk
	// runs on defaults, and what is changed is written once the file can be read.
	ErrUnread = errors.New("the settings cannot be read")
	// ErrBusy: another desk held the file for longer than lockPatience.
	ErrBusy = errors.New("another Activity Desk is using the settings file; try again")
)

// DamagedError says where a damaged file was put. It is ErrDamaged.
type DamagedError struct {
	KeptAs string // path; empty where it could not be moved, and nothing is written then
	Err    error
}

// Error says what happened and where the file is.
func (e *DamagedError) Error() string {
	if e.KeptAs == "" {
		return e.Err.Error() + " and could not be moved aside"
	}
	return fmt.Sprintf("%v; it is kept as %s", e.Err, e.KeptAs)
}

// Unwrap leads to ErrDamaged and the cause.
func (e *DamagedError) Unwrap() error { return e.Err }

const (
	// maxSize is far more than a thousand connections; anything larger is not ours.
	maxSize      = 4 << 20
	lockPatience = 5 * time.Second
	lockPause    = 10 * time.Millisecond
)

// Store is the settings of this process, backed by a file that other desks may
// use as well. It is safe for concurrent use.
type Store struct {
	path string
	now  func() time.Time
	hide func([]byte) []byte // see HideWith; nil: none

	patience time.Duration // see takeLock

	// writing is held for the whole of an Update, which may wait for the disk
	// or for another desk. Get does not wait for it.
	writing sync.Mutex
	// pending are changes that could not be written. They are made again on
	// what the file holds when it can be written again. Guarded by writing.
	pending []func(*Settings)

	mu        sync.Mutex
	current   Settings
	known     bool      // current was read from a file, or written to one
	elsewhere time.Time // see BegunElsewhere
}

// Open reads the settings file at path, which need not exist. The Store is
// never nil: an error says why the settings are not those of the file
// (ErrNewer, ErrDamaged as *DamagedError, ErrUnread with its cause), and the
// desk can go on with defaults.
func Open(path string) (*Store, error) { return OpenPatient(path, 0) }

// OpenPatient is Open with how long another desk is waited for that holds the
// file, here and in Update; 0: 5 s.
func OpenPatient(path string, patience time.Duration) (*Store, error) {
	return open(path, time.Now, patience)
}

func open(path string, now func() time.Time, patience time.Duration) (*Store, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // the lock is beside the file, whoever links to it
	}
	s := &Store{path: path, now: now, patience: patience, current: Defaults()}
	unlock, err := s.lock()
	if err == nil {
		defer unlock()
		sweep(filepath.Dir(path), now())
	}
	// A folder that cannot be written can still be read, without the lock.
	found, err := s.read()
	switch {
	case err == nil:
		s.current, s.known = found, true
	case errors.Is(err, fs.ErrNotExist): // a first start
		err = nil
	}
	return s, err
}

// HideWith has everything that is written go through hide first, which takes
// secrets out of JSON: a person may paste one into a name or a note. Call it
// before the first Update.
func (s *Store) HideWith(hide func([]byte) []byte) { s.hide = hide }

// Path is the settings file.
func (s *Store) Path() string { return s.path }

// Get gives a copy of the settings.
func (s *Store) Get() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current.clone()
}

// Reload reads the file again, for what another desk has written meanwhile, and
// gives a copy of it. Where the file is gone or cannot be read, and while changes
// of this process wait to be written, what is known stays; an error says so.
func (s *Store) Reload() (Settings, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if len(s.pending) > 0 {
		return s.Get(), nil
	}
	data, err := readLimited(s.path) // whole, without the lock: it is only ever renamed into place
	if errors.Is(err, fs.ErrNotExist) {
		return s.Get(), nil
	}
	var found Settings
	if err == nil {
		found, err = decode(data)
	}
	if err != nil {
		return s.Get(), fmt.Errorf("read settings again: %w", err)
	}
	s.met(found)
	s.set(found)
	return found.clone(), nil
}

// BegunElsewhere is when another desk began the file anew that this one had read
// or written: what is not in it any more may be lost and not removed. Zero: none has.
func (s *Store) BegunElsewhere() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.elsewhere
}

// met notes what a file that was just read says of its beginning.
func (s *Store) met(found Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known && !found.Begun.Equal(s.current.Begun) {
		s.elsewhere = found.Begun
	}
	s.known = true
}

// wrote is set for what is in the file now.
func (s *Store) wrote(settings Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current, s.known = settings, true
}

func (s *Store) set(to Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current = to
}

// Update changes the settings and writes them. The change is made on what the
// file holds at that moment, so what another desk wrote meanwhile stays; it
// may be made again later, and must have no other effect than on its argument.
//
// Errors: ErrInvalid where the change leaves a connection that cannot be kept
// (then nothing changes); ErrNotKept with its cause where the file cannot be
// written (then the change holds for this session). Update writes to the disk
// and may wait for another desk: keep it off the UI goroutine.
func (s *Store) Update(change func(*Settings)) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	unlock, err := s.lock()
	if err != nil {
		return s.keepForSession(change, err)
	}
	defer unlock()

	changed, err := s.read()
	var damaged *DamagedError
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.As(err, &damaged) && damaged.KeptAs != "":
		// Somebody deleted or spoilt the file while we ran: what we know is better
		// than nothing, and the changes that wait are in it.
		changed = s.Get()
		changed.Begun = s.now().UTC()
	case err != nil:
		return s.keepForSession(change, err)
	default:
		s.met(changed)
		for _, earlier := range s.pending {
			earlier(&changed)
		}
	}
	if err := apply(&changed, change); err != nil {
		return err
	}
	if err := s.write(changed); err != nil {
		changed.Begun = s.Get().Begun // nothing was begun
		s.set(changed)
		s.pending = append(s.pending, change)
		return fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	s.wrote(changed)
	s.pending = nil
	if damaged != nil {
		return fmt.Errorf("the change is kept, but %w", damaged)
	}
	return nil
}

// keepForSession makes the change in memory only and says why.
func (s *Store) keepForSession(change func(*Settings), why error) error {
	changed := s.Get()
	if err := apply(&changed, change); err != nil {
		return err
	}
	s.set(changed)
	s.pending = append(s.pending, change)
	return fmt.Errorf("%w: %w", ErrNotKept, why)
}

// apply makes the change and holds the result against what was there.
func apply(to *Settings, change func(*Settings)) error {
	before := to.clone()
	change(to)
	*to = to.clone().complete() // shares nothing with what the change put in
	for i, c := range to.Connections {
		if old, ok := before.Connection(c.ID); ok && c.extra == "" {
			to.Connections[i].extra = old.extra
		}
	}
	return to.check(before.complete())
}

// read gives what the file holds; fs.ErrNotExist where there is none. A damaged
// file is moved aside.
func (s *Store) read() (Settings, error) {
	data, err := readLimited(s.path)
	if err == nil {
		var found Settings
		if found, err = decode(data); err == nil {
			return found, nil
		}
	}
	switch {
	case errors.Is(err, ErrDamaged):
		return Settings{}, &DamagedError{KeptAs: s.moveAside(), Err: err}
	case errors.Is(err, ErrNewer), errors.Is(err, fs.ErrNotExist):
		return Settings{}, fmt.Errorf("read settings: %w", err)
	}
	return Settings{}, fmt.Errorf("%w: %w", ErrUnread, err)
}

func readLimited(path string) ([]byte, error) {
	data, err := readFile(path, maxSize)
	switch {
	case errors.Is(err, ErrNoFile):
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case err == nil && len(data) > maxSize:
		return nil, fmt.Errorf("%w: it is larger than %d MB", ErrDamaged, maxSize>>20)
	}
	return data, err
}

// moveAside renames the file and gives its new path, "" where that cannot be
// done.
func (s *Store) moveAside() string {
	stem := s.path + ".damaged-" + s.now().UTC().Format("20060102T150405Z")
	for name, n := stem, 2; n < 100; name, n = fmt.Sprintf("%s-%d", stem, n), n+1 {
		if _, err := os.Lstat(name); err == nil {
			continue
		}
		if err := os.Rename(s.path, name); err != nil {
			return ""
		}
		return name
	}
	return ""
}

// write puts the settings in the place of the file.
func (s *Store) write(settings Settings) error {
	data, err := encode(settings)
	if err != nil {
		return err
	}
	if s.hide != nil {
		data = s.hide(data)
	}
	if err := ReplaceFile(s.path, data); err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	return nil
}

// lock takes the lock that all desks respect, or gives up with ErrBusy.
func (s *Store) lock() (unlock func(), err error) {
	unlock, err = takeLock(s.path+".lock", s.patience)
	if err != nil && !errors.Is(err, ErrBusy) {
		return nil, fmt.Errorf("lock settings: %w", err)
	}
	return unlock, err
}
