package auth

import (
	"errors"

	"golang.org/x/sys/windows"
)

// inUse says whether an address is taken.
func inUse(err error) bool {
	return errors.Is(err, windows.WSAEADDRINUSE) || errors.Is(err, windows.WSAEACCES)
}
