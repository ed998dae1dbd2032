package withstand

import (
	"testing"
	"time"
)

type tests func() int

func (f tests) Run() int { return f() }

func TestAGoroutineThatIsJustEndingIsWaitedFor(t *testing.T) {
	ended := make(chan struct{})
	code := Patient(tests(func() int {
		go func() {
			time.Sleep(700 * time.Millisecond) // longer than goleak looks
			close(ended)
		}()
		return 0
	})).Run()
	select {
	case <-ended:
	default:
		t.Error("it is called a leak")
	}
	if code != 0 || Patient(tests(func() int { return 3 })).Run() != 3 {
		t.Error("the tests' own end is lost")
	}
}
