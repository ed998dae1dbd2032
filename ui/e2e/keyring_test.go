package e2e

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// keyring asks the real keyring, past the desk, what it holds of a connection:
// the names of the entries, without their secrets.
func keyring(t *testing.T, connection string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bus.Close() }() // nothing was written
	const service = "org.freedesktop.secrets"
	var unlocked, locked []dbus.ObjectPath
	call := bus.Object(service, "/org/freedesktop/secrets").CallWithContext(ctx,
		"org.freedesktop.Secret.Service.SearchItems", 0, map[string]string{"service": "activitydesk"})
	if err := call.Store(&unlocked, &locked); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, item := range slices.Concat(unlocked, locked) {
		property, err := bus.Object(service, item).GetProperty("org.freedesktop.Secret.Item.Attributes")
		if err != nil {
			continue // removed at this moment
		}
		var attributes map[string]string
		if err := property.Store(&attributes); err != nil {
			t.Fatal(err)
		}
		if name := attributes["username"]; strings.HasPrefix(name, connection) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// connectionID is the id of a connection in the settings.
func (w *window) connectionID(name string) string {
	w.t.Helper()
	id := ""
	eventually(w.t, "the settings to have the connection "+name, func() bool {
		for _, path := range files(w.t, filepath.Join(w.home, "config")) {
			var kept struct{ Connections []struct{ ID, Name string } }
			content, err := os.ReadFile(path)
			if err != nil || json.Unmarshal(content, &kept) != nil {
				continue // another file, or one that is being replaced
			}
			for _, c := range kept.Connections {
				if c.Name == name {
					id = c.ID
				}
			}
		}
		return id != ""
	})
	return id
}
