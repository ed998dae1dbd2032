package ui

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/ui/settings"
)

func TestChangesAreWrittenInTheOrderInWhichTheyWereMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	store, err := settings.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	tasks := NewTasks(t.Context())
	m := &memory{store: store, tasks: tasks, failed: func(err error) { t.Error(err) }}
	for i := range 50 {
		m.remember(func(to *settings.Settings) { to.RetentionDays = i + 1 })
	}
	if !tasks.Close(30 * time.Second) {
		t.Fatal("the end did not wait for the file")
	}
	again, err := settings.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Get().RetentionDays; got != 50 {
		t.Errorf("the file has %d, want the last", got)
	}
}

func TestAChangeThatCannotBeWrittenIsSaid(t *testing.T) {
	folder := t.TempDir()
	store, err := settings.Open(filepath.Join(folder, "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	tasks := NewTasks(t.Context())
	var mu sync.Mutex
	var said error
	m := &memory{store: store, tasks: tasks, failed: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		said = err
	}}
	m.remember(func(to *settings.Settings) { to.Caller = "x" })
	tasks.Close(30 * time.Second)
	mu.Lock()
	defer mu.Unlock()
	if said == nil {
		t.Error("nothing was said")
	}
}
