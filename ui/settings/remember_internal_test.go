package settings

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/ui/tasks"
)

func TestChangesAreWrittenInTheOrderInWhichTheyWereMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "json")
	store, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	work := tasks.New(t.Context(), nil)
	m := NewMemory(store, work, func(err error) { t.Error(err) })
	for i := range 50 {
		m.Remember(func(to *Settings) { to.RetentionDays = i + 1 })
	}
	if !work.Close(5 * time.Minute) {
		t.Fatal("the end did not wait for the file")
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Get().RetentionDays; got != 50 {
		t.Errorf("the file has %d, want the last", got)
	}
}

func TestAChangeThatCannotBeWrittenIsSaid(t *testing.T) {
	folder := t.TempDir()
	store, err := Open(filepath.Join(folder, "json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	work := tasks.New(t.Context(), nil)
	var mu sync.Mutex
	var said error
	m := NewMemory(store, work, func(err error) {
		mu.Lock()
		defer mu.Unlock()
		said = err
	})
	m.Remember(func(to *Settings) { to.Caller = "x" })
	work.Close(30 * time.Second)
	mu.Lock()
	defer mu.Unlock()
	if said == nil {
		t.Error("nothing was said")
	}
}
