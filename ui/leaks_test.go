package ui

import (
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestMain has the tests live in UTC, wherever the computer stands, and looks for
// goroutines that outlive them.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	if err := os.Setenv("TZ", "UTC"); err != nil { // what the desk names this computer's zone by
		panic(err)
	}
	if os.Getenv(serviceVariable) != "" {
		os.Exit(serveForSoak())
	}
	allowed := []goleak.Option{
		// Fyne begins the queue of its calls when it is imported, for the life of the process.
		goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing"),
		// Fyne's test app schedules notifications for the life of the process.
		goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/scheduler.(*Scheduler).run"),
	}
	goleak.VerifyTestMain(patient{m, allowed}, allowed...)
}

// patient gives goroutines that are ending the time that they need on a busy
// computer: goleak itself waits for less than half a second.
type patient struct {
	*testing.M
	allowed []goleak.Option
}

// Run runs the tests, and waits for what they have left to end.
func (p patient) Run() int {
	code := p.M.Run()
	for end := time.Now().Add(30 * time.Second); code == 0 && goleak.Find(p.allowed...) != nil && time.Now().Before(end); {
	}
	return code
}
