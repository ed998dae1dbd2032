//go:build !windows && !darwin

package vault

import (
	"context"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// needsUnlockedKeyring skips the test where there is no keyring that can be
// used without asking a person. It looks without unlocking anything.
func needsUnlockedKeyring(t *testing.T) {
	t.Helper()
	if err := platformReady(); err != nil {
		t.Skip("the real keyring was not tested:", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		t.Skip("the real keyring was not tested:", err)
	}
	defer func() { _ = bus.Close() }()

	const name, collection = "org.freedesktop.secrets", "org.freedesktop.Secret.Collection"
	var path dbus.ObjectPath
	call := bus.Object(name, "/org/freedesktop/secrets").CallWithContext(ctx, "org.freedesktop.Secret.Service.ReadAlias", 0, "default")
	if err := call.Store(&path); err != nil {
		t.Skip("the real keyring was not tested: there is no keyring service:", err)
	}
	locked, err := bus.Object(name, path).GetProperty(collection + ".Locked")
	if err != nil {
		t.Skip("the real keyring was not tested: there is no default keyring:", err)
	}
	if locked.Value() != false {
		t.Skip("the real keyring was not tested: it is locked")
	}
}
