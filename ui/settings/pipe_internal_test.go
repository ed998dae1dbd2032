//go:build !windows

package settings

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/activitydesk/activitydesk/forms"
)

func TestAPipeInAFilesPlaceKeepsNobodyWaiting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip("no pipes can be made here")
	}
	if _, err := ReadConnections(path); !errors.Is(err, ErrConnectionsDamaged) {
		t.Errorf("connections: %v", err)
	}
	if _, err := OpenPresets(t.TempDir()).Import(path); !errors.Is(err, forms.ErrPresetsDamaged) {
		t.Errorf("presets: %v", err)
	}
	var damaged *DamagedError
	if _, err := Open(path); !errors.As(err, &damaged) || damaged.KeptAs == "" {
		t.Errorf("settings: %v", err)
	}
}
