package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

// states gives every entry's state by its key.
func states(t *testing.T, j *journal.Journal) map[string]journal.State {
	t.Helper()
	all, err := j.List(t.Context(), journal.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	m := make(map[string]journal.State)
	for _, e := range all {
		m[e.KeyFields[0].Value] = e.State
	}
	return m
}

var afterAnEnd = map[string]journal.State{
	"sending": journal.Uncertain, "waiting": journal.Queued, "doubtful": journal.Uncertain,
}

func ids(entries []journal.Entry) (keys []string) {
	for _, e := range entries {
		keys = append(keys, e.KeyFields[0].Value)
	}
	return keys
}

func TestWhatAKilledDeskWasSendingIsUncertainAndWhatWaitedWasNeverSent(t *testing.T) {
	path := newPath(t)
	startDesk(t, path).kill(t)
	j := open(t, path, journal.Options{})
	if got := states(t, j); !reflect.DeepEqual(got, afterAnEnd) {
		t.Errorf("states are %v, want %v", got, afterAnEnd)
	}
	r := j.Recovered()
	if got := strings.Join(ids(r.Uncertain), " "); got != "sending doubtful" {
		t.Errorf("uncertain: %s", got)
	}
	if r.LogLost {
		t.Error("its history is said to be damaged")
	}
	if len(r.NeverSent) != 1 || !r.NeverSent[0].NeverSent() || r.NeverSent[0].KeyFields[0].Value != "waiting" {
		t.Errorf("never sent: %+v", r.NeverSent)
	}
	if again := open(t, path, journal.Options{}).Recovered(); len(again.Uncertain)+len(again.NeverSent) != 0 {
		t.Errorf("found twice: %+v", again)
	}
	marks, err := filepath.Glob(path + "-owner-*")
	if err != nil || len(marks) != 2 {
		t.Errorf("marks of open journals: %v, error %v; want those of the two that live", marks, err)
	}
}

func TestADeskThatClosesLeavesItsUnfinishedSendsToTheNext(t *testing.T) {
	path := newPath(t)
	startDesk(t, path).close(t)
	if got := states(t, open(t, path, journal.Options{})); !reflect.DeepEqual(got, afterAnEnd) {
		t.Errorf("states are %v, want %v", got, afterAnEnd)
	}
}

func TestADeskThatLivesKeepsItsSends(t *testing.T) {
	path := newPath(t)
	other := startDesk(t, path)
	j := open(t, path, journal.Options{})
	want := map[string]journal.State{"sending": journal.Sending, "waiting": journal.Queued, "doubtful": journal.Queued}
	if got := states(t, j); !reflect.DeepEqual(got, want) {
		t.Errorf("states are %v, want %v", got, want)
	}
	all, err := j.List(t.Context(), journal.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		_, err := j.Update(t.Context(), e.ID, nil, func(e *journal.Entry) { e.State = journal.Sending })
		var state *journal.StateError
		if !errors.As(err, &state) || !state.Held || !strings.Contains(err.Error(), "another desk") {
			t.Errorf("%s: taken from a desk that lives: %v", e.KeyFields[0].Value, err)
		}
	}
	other.kill(t)
	r, err := j.Recover(t.Context())
	if err != nil || len(r.Uncertain) != 2 || len(r.NeverSent) != 1 {
		t.Errorf("recovered %+v, error %v", r, err)
	}
	if got := states(t, j); !reflect.DeepEqual(got, afterAnEnd) {
		t.Errorf("states are %v, want %v", got, afterAnEnd)
	}
}

func TestTwoDesksWriteToOneJournal(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	mine := add(t, j, purchase("mine"))
	startDesk(t, path).close(t)
	update(t, j, mine.ID, journal.Accepted)
	if got := states(t, j); len(got) != 4 || got["mine"] != journal.Accepted {
		t.Errorf("states are %v", got)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
