//go:build !windows && !darwin

package vault

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestErrorsOfTheSecretServiceAreToldApart(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind error
	}{
		{dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, ErrLocked},
		{&dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, ErrLocked},
		{errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"), ErrLocked},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown", Body: []any{"The name is not activatable"}}, ErrUnavailable},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, ErrUnavailable},
	} {
		if kind, _ := kindOf(classify(c.err)); kind != c.kind {
			t.Errorf("%v: got %v", c.err, kind)
		}
	}
	if classify(nil) != nil {
		t.Error("no error became one")
	}
}

func TestASessionBusIsLookedForWhereTheLibraryDoes(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		env     map[string]string
		present bool
	}{
		{"named", map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}, true},
		{"to be started", map[string]string{"DBUS_SESSION_BUS_ADDRESS": "autolaunch:"}, false},
		{"in the runtime folder", map[string]string{"XDG_RUNTIME_DIR": dir}, true},
		{"not in the runtime folder", map[string]string{"XDG_RUNTIME_DIR": t.TempDir()}, false},
		{"nowhere", nil, false},
	} {
		err := busPresent(func(name string) string { return c.env[name] }, os.Stat)
		if (err == nil) != c.present {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}
