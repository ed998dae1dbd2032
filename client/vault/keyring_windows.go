// Errors of the Windows Credential Manager.

package vault

import (
	"errors"
	"syscall"
)

func platformReady() error { return nil }

const (
	errorBadStubData = syscall.Errno(1783) // RPC_X_BAD_STUB_DATA: a value over the limit
	errorCancelled   = syscall.Errno(1223)
)

// platformKind knows the errors that a person can mend; others, such as 1312 of
// a session without a logon, mean that there is no keyring.
func platformKind(err error) error {
	switch {
	case errors.Is(err, errorBadStubData):
		return ErrTooLarge
	case errors.Is(err, errorCancelled):
		return ErrLocked
	}
	return nil
}
