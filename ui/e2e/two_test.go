package e2e

import (
	"slices"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

// TestTwoDesksShareOneJournal opens the desk twice for the same person: both
// send, and each finds in its history what the other sent.
func TestTwoDesksShareOneJournal(t *testing.T) {
	home := t.TempDir()
	first := open(t, home)
	first.stands("Contoso Coffee")
	second := open(t, home)
	second.stands("Contoso Coffee")

	for desk, key := range map[*window]string{first: "OPID_e2e_a", second: "OPID_e2e_b"} {
		desk.focus()
		desk.fill("PurchaseId", key)
		desk.fill("ContactId", "CNTID_1000")
		desk.fill("PurchasedOn", "2026-11-20T09:30:00Z")
		desk.press("ctrl+Return")
	}
	eventually(t, "both sends in the journal", func() bool {
		return slices.Equal(states(t, home), []journal.State{journal.Visible, journal.Visible})
	})
	for desk, key := range map[*window]string{first: "OPID_e2e_b", second: "OPID_e2e_a"} {
		desk.focus()
		if !desk.historyHas(key) {
			t.Errorf("one desk's history has no %s of the other", key)
		}
	}
	second.picture("two-desks")
	for _, desk := range []*window{second, first} {
		if code := desk.end(); code != 0 {
			t.Errorf("exit code %d, want 0", code)
		}
	}
	if found := states(t, home); len(found) != 2 {
		t.Errorf("the journal holds %v", found)
	}
}

// historyHas filters the history for a key and copies the key of the first row
// that is left.
func (w *window) historyHas(key string) bool {
	w.t.Helper()
	w.press("ctrl+4")
	w.shows("History ·")
	w.press("ctrl+f", "ctrl+a")
	w.write(key)
	found := false
	eventually(w.t, "the row of "+key, func() bool {
		w.press("ctrl+f", "Tab", "Home", "Left", "Left", "Left", "Left", "Left", "Right", "Right", "ctrl+c")
		found = w.clipboard() == key
		return found
	})
	return found
}
