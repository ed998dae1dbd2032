package openapitest

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/withstand"
)

// TestMain also looks for goroutines that outlive the tests.
func TestMain(m *testing.M) { goleak.VerifyTestMain(withstand.Patient(m)) }
