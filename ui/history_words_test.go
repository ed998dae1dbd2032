package ui

import (
	"slices"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

func TestHistoryPutsWhatWaitsForAWordFirst(t *testing.T) {
	arranged := arrangeHistory([]journal.Entry{
		{ID: "accepted", State: journal.Accepted},
		{ID: "uncertain", State: journal.Uncertain},
		{ID: "refused", State: journal.Refused},
		{ID: "never sent", State: journal.Queued},
	})
	var got []string
	for _, entry := range arranged {
		got = append(got, entry.ID)
	}
	want := []string{"uncertain", "never sent", "accepted", "refused"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHistoryNamesTimeAndPlace(t *testing.T) {
	at := time.Date(2026, 11, 23, 13, 2, 11, 0, time.UTC)
	entry := journal.Entry{CreatedAt: at, InstanceName: "Contoso Coffee", InstanceType: "Sandbox"}
	if got, want := historyWhen(entry, at.Add(3*time.Minute), time.UTC), "2026-11-23 13:02:11 · 3 min ago · Contoso Coffee (sandbox)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	unnamed := journal.Entry{CreatedAt: at, InstanceID: "ce759201-f786-d590-bf21-34bff576c369"}
	if got, want := historyWhen(unnamed, at, time.UTC), "2026-11-23 13:02:11 · now · instance ce759201…c369"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
