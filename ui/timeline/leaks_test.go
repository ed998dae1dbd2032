package timeline

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain also looks for goroutines that outlive the tests.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
