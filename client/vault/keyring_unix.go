//go:build !windows && !darwin

// Errors of the Secret Service (Linux, BSD).

package vault

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"
)

// platformReady says whether there is a session bus. Without one the library
// would start a bus of its own, which nobody ends and on which no keyring is.
func platformReady() error { return busPresent(os.Getenv, os.Stat) }

func busPresent(getenv func(string) string, stat func(string) (os.FileInfo, error)) error {
	if address := getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return nil
	}
	if dir := getenv("XDG_RUNTIME_DIR"); dir != "" {
		for _, name := range []string{"bus", "dbus-session"} { // where the library looks next
			if _, err := stat(filepath.Join(dir, name)); err == nil {
				return nil
			}
		}
	}
	return errors.New("there is no session bus, so no keyring service can be reached")
}

// platformKind knows a locked keyring. Everything else that comes over the bus
// means that there is no service, or none that works.
func platformKind(err error) error {
	name := ""
	var value dbus.Error
	var pointer *dbus.Error
	switch {
	case errors.As(err, &value):
		name = value.Name
	case errors.As(err, &pointer):
		name = pointer.Name
	}
	switch {
	case name == "org.freedesktop.Secret.Error.IsLocked",
		// The library's own word for a request to unlock that was dismissed, or
		// that nobody could be shown.
		name == "" && strings.Contains(err.Error(), "failed to unlock"):
		return ErrLocked
	}
	return nil
}
