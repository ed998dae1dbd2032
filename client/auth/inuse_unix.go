//go:build !windows

package auth

import (
	"errors"
	"syscall"
)

// inUse says whether an address is taken.
func inUse(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
