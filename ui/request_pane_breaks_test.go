package ui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/words"
)

// brokenSend is what a test of client/outbox found after a request had broken and
// the desk was started again, and the words that docs/reliability.md has for it.
type brokenSend struct {
	Says     string
	Failed   string
	State    journal.State
	Status   int
	Attempts int
	Message  string
	Answer   string
	Note     string
}

// words are the window's, from the first on.
func (b brokenSend) words() string {
	switch {
	case b.Failed != "":
		cause := map[string]error{"full": journal.ErrFull, "locked": journal.ErrLocked}[b.Failed]
		return words.Explain(&outbox.NotSentError{Err: cause}).What
	case b.State == "":
		return "Nothing: no send was begun." + interruptedWords(journal.Recovered{})
	}
	e := journal.Entry{
		Operation: journal.OperationPost, State: b.State, Status: b.Status, Attempts: b.Attempts,
		Message: b.Message, Answer: []byte(b.Answer), Note: b.Note,
	}
	var parts []string
	for _, line := range (&sendState{Entry: e}).lines(time.Now(), time.UTC) {
		for _, part := range []string{line.Strong, line.Detail} {
			if part != "" {
				parts = append(parts, part)
			}
		}
	}
	return strings.Join(parts, " · ")
}

func TestTheWindowSaysOfBrokenSendsWhatTheDocumentHas(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "client", "outbox", "testdata", "breaks.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sends []brokenSend
	if err := json.Unmarshal(text, &sends); err != nil {
		t.Fatal(err)
	}
	if len(sends) < 20 {
		t.Errorf("there are only %d", len(sends))
	}
	for _, b := range sends {
		if got := b.words(); !strings.HasPrefix(got, b.Says) {
			t.Errorf("%s: the window says\n%s\nand the document\n%s", b.State, got, b.Says)
		}
	}
}
