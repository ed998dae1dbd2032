package panics_test

import (
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/activitydesk/activitydesk/client/panics"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func explode() {
	defer panics.Guard("a test")
	panic("value")
}

func TestAPanicGoesToTheHandlerWithItsPlaceAndStack(t *testing.T) {
	var where, stack string
	var value any
	panics.Handle(func(w string, v any, s []byte) { where, value, stack = w, v, string(s) })
	t.Cleanup(func() { panics.Handle(nil) })
	explode()
	if where != "a test" || value != "value" || !strings.Contains(stack, "panics_test.explode") {
		t.Errorf("got %q, %v\n%s", where, value, stack)
	}
	func() { defer panics.Guard("nothing happens") }()
	if where != "a test" {
		t.Errorf("without a panic it got %q", where)
	}
}

func TestWithoutAHandlerAPanicPasses(t *testing.T) {
	defer func() {
		if got := recover(); got != "value" {
			t.Errorf("the panic became %v", got)
		}
	}()
	explode()
	t.Error("the panic was swallowed")
}
