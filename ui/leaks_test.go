package ui

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain also looks for goroutines that outlive the tests.
func TestMain(m *testing.M) {
	if os.Getenv(serviceVariable) != "" {
		os.Exit(serveForSoak())
	}
	goleak.VerifyTestMain(m,
		// Fyne begins the queue of its calls when it is imported, for the life of the process.
		goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing"),
		// Fyne's test app schedules notifications for the life of the process.
		goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/scheduler.(*Scheduler).run"),
	)
}
