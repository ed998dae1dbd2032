package early

import (
	"bytes"
	"log"
	"strings"
	"testing"
)

func TestWhatIsLoggedBeforeMainIsKeptAndGivenBackOnce(t *testing.T) {
	var terminal bytes.Buffer
	caught = &buffer{before: &terminal}
	log.SetOutput(caught)
	t.Cleanup(func() { log.SetOutput(&terminal) })

	log.Print("about a locale")
	log.Print(strings.Repeat("x", 2*most))
	lines := Take()
	if len(lines) != 2 || !strings.HasSuffix(lines[0], "about a locale") {
		t.Errorf("caught %d lines, first %q", len(lines), lines[0])
	}
	if terminal.Len() != 0 {
		t.Error("it was written to the terminal as well")
	}
	log.Print("later")
	if !strings.Contains(terminal.String(), "later") {
		t.Error("package log did not get its output back")
	}
	if again := Take(); again != nil {
		t.Errorf("the second time it gave %q", again)
	}
}
