// A vault in entries of one's own, in place of the system's keyring.

package vault

import (
	"errors"
	"path/filepath"
)

// Entries are what a keyring is made of: short texts by name. The errors that
// are one of this package's, by errors.Is, keep their kind; what is not found is
// ErrNotFound, and any other error is ErrUnavailable.
type Entries interface {
	Get(name string) (string, error)
	Set(name, text string) error
	Delete(name string) error
}

// OpenEntries gives a vault in entries, which are used as the system's keyring
// is: with its limits, one call at a time, and the lock in lockDir ("": nobody
// else uses them). With it tests see each entry, and have it fail.
func OpenEntries(e Entries, lockDir string, o Options) *Vault {
	path := ""
	if lockDir != "" {
		path = filepath.Join(lockDir, lockName)
	}
	return open(foreign{e}, path, o)
}

// foreign gives errors of entries their kind.
type foreign struct{ entries Entries }

func (f foreign) Get(account string) (string, error) {
	text, err := f.entries.Get(account)
	return text, classifyForeign(err)
}

func (f foreign) Set(account, text string) error {
	return classifyForeign(f.entries.Set(account, text))
}

func (f foreign) Delete(account string) error { return classifyForeign(f.entries.Delete(account)) }

func classifyForeign(err error) error {
	if err == nil {
		return nil
	}
	for _, kind := range []error{ErrNotFound, ErrLocked, ErrTimeout, ErrDamaged, ErrTooLarge, ErrUnavailable} {
		if errors.Is(err, kind) {
			return fail(kind, err)
		}
	}
	return err
}
