// What the window is given to speak of, for each fate of the table. The window's
// own test reads this file and holds its words against the table's.

package outbox_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

// wording is what the table says in its last column, and of what.
type wording struct {
	Says     string
	Failed   string        `json:",omitempty"` // the journal's failure, where nothing was recorded
	State    journal.State `json:",omitempty"`
	Status   int           `json:",omitempty"`
	Attempts int           `json:",omitempty"`
	Message  string        `json:",omitempty"` // without an answer the system's words, which are not kept here
	Answer   string        `json:",omitempty"` // of another status than 2xx
	Note     string        `json:",omitempty"`
}

func wordingOf(f fate, e journal.Entry) wording {
	w := wording{f.says, f.failed, e.State, e.Status, e.Attempts, e.Message, string(e.Answer), e.Note}
	if e.Status == 0 && e.Message != "" {
		w.Message = "of the system"
	}
	if e.Status >= 200 && e.Status <= 299 {
		w.Answer = ""
	}
	return w
}

// holdWords keeps the file of the wordings, each once.
func (l *cells) holdWords(t *testing.T) {
	t.Helper()
	path := filepath.Join("testdata", "breaks.json")
	var kept, met []wording
	if text, err := os.ReadFile(path); err == nil && json.Unmarshal(text, &kept) != nil {
		t.Errorf("%s cannot be read", path)
	}
	for _, w := range l.words {
		if !slices.Contains(met, w) {
			met = append(met, w)
		}
	}
	if slices.Equal(kept, met) {
		return
	}
	if os.Getenv("ACTIVITYDESK_GOLDEN") != "update" {
		known := func(w wording) bool { return slices.Contains(kept, w) }
		t.Errorf("%s has other wordings than were met; ACTIVITYDESK_GOLDEN=update writes it anew. It lacks %+v",
			path, slices.DeleteFunc(met, known))
		return
	}
	text, err := json.MarshalIndent(met, "", "\t")
	if err == nil {
		err = os.WriteFile(path, append(text, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
