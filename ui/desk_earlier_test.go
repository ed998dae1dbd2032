package ui

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

func TestInterruptedSendsAreCountedInWords(t *testing.T) {
	entries := func(n int) []journal.Entry { return make([]journal.Entry, n) }
	for want, r := range map[string]journal.Recovered{
		"":                   {},
		"1 send is":          {Uncertain: entries(1)},
		"2 sends are":        {Uncertain: entries(2)},
		"1 was never sent":   {NeverSent: entries(1)},
		"; 3 were never":     {Uncertain: entries(1), NeverSent: entries(3)},
		"without your word.": {NeverSent: entries(3)},
	} {
		got := interruptedWords(r)
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%v: %q does not say %q", r, got, want)
		}
	}
}

// TestASendThatWasInterruptedIsSaidAtTheStart leaves an entry in mid-send, as a
// desk does that is killed there.
func TestASendThatWasInterruptedIsSaidAtTheStart(t *testing.T) {
	folder := t.TempDir()
	leaveSending(t, filepath.Join(folder, "data", "journal.db"))
	d := deskIn(t, folder, func(o *Options) { o.Crashes = []string{"crash-1.txt"} })
	d.untilLoaded("Contoso Coffee")
	if n := len(d.frame.notices.list); n != 2 {
		t.Fatalf("%d notices, want 2: %v", n, d.frame.notices.list)
	}
	interrupted, crashed := d.frame.notices.list[0], d.frame.notices.list[1]
	if !strings.Contains(interrupted.Text, "1 send is uncertain") || crashed.Details != "crash-1.txt" {
		t.Errorf("notices: %v", d.frame.notices.list)
	}
	interrupted.OnAction()
	if d.shown.ID() != PageHistory {
		t.Errorf("it leads to %s", d.shown.ID())
	}
}

func leaveSending(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	j, err := journal.Open(ctx, path, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	entry, err := j.Add(ctx, journal.Entry{Operation: "post", InstanceID: "i", Entity: "e", Body: []byte(`{}`), State: journal.Queued})
	if err != nil {
		t.Fatal(err)
	}
	_, err = j.Update(ctx, entry.ID, []journal.State{journal.Queued}, func(e *journal.Entry) { e.State = journal.Sending })
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}
