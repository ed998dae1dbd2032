package journal_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

func TestAnEntryIsChangedOnlyFromTheStateThatItsMakerSaw(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	e := add(t, j, purchase("OPID_1"))
	update(t, j, e.ID, journal.Uncertain)
	_, err := j.Update(t.Context(), e.ID, []journal.State{journal.Sending}, func(e *journal.Entry) { e.State = journal.Accepted })
	var state *journal.StateError
	if !errors.Is(err, journal.ErrStateChanged) || !errors.As(err, &state) {
		t.Fatalf("error is %v, want a StateError", err)
	}
	if state.Current.State != journal.Uncertain || state.Held || state.Current.Body != nil {
		t.Errorf("the error tells of %+v", state)
	}
	if got := get(t, j, e.ID).State; got != journal.Uncertain {
		t.Errorf("state is %s", got)
	}
}

func TestStatesFollowEachOtherAsTheyShould(t *testing.T) {
	allowed := map[journal.State][]journal.State{
		journal.Queued:       {journal.Sending, journal.Uncertain},
		journal.Sending:      journal.States(),
		journal.Uncertain:    {journal.Queued, journal.Sending, journal.Visible},
		journal.Accepted:     {journal.Visible},
		journal.AlreadyThere: {journal.Visible},
	}
	j := open(t, newPath(t), journal.Options{})
	for _, from := range journal.States() {
		for _, to := range journal.States() {
			e := add(t, j, purchase(string(from)+string(to)))
			update(t, j, e.ID, from)
			_, err := j.Update(t.Context(), e.ID, nil, func(e *journal.Entry) { e.State = to })
			want := from == to
			for _, s := range allowed[from] {
				want = want || s == to
			}
			if (err == nil) != want {
				t.Errorf("%s to %s: error %v, want allowed %v", from, to, err, want)
			}
		}
	}
	if _, err := j.Add(t.Context(), journal.Entry{State: journal.Accepted}); err == nil {
		t.Error("an entry was born accepted")
	}
	if _, err := j.Update(t.Context(), "nobody", nil, func(*journal.Entry) {}); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("update of nothing: %v", err)
	}
	if _, err := j.Get(t.Context(), "nobody"); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("get of nothing: %v", err)
	}
}

func TestAddIfNewTellsOfTheEarlierEntry(t *testing.T) {
	later := purchase("OPID_1")
	patch := later
	patch.Operation = journal.OperationPatch
	elsewhere := later
	elsewhere.InstanceID = "other"
	cases := []struct {
		name    string
		earlier journal.State
		entry   journal.Entry
		isNew   bool
	}{
		{"sending", journal.Sending, later, false},
		{"accepted", journal.Accepted, later, false},
		{"already there", journal.AlreadyThere, later, false},
		{"uncertain", journal.Uncertain, later, false},
		{"visible", journal.Visible, later, false},
		{"refused: nothing was stored", journal.Refused, later, true},
		{"another operation", journal.Accepted, patch, true},
		{"another instance", journal.Accepted, elsewhere, true},
		{"another body", journal.Accepted, purchase("OPID_2"), true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			j := open(t, newPath(t), journal.Options{})
			first := update(t, j, add(t, j, purchase("OPID_1")).ID, c.earlier)
			got, isNew, err := j.AddIfNew(t.Context(), c.entry)
			if err != nil || isNew != c.isNew {
				t.Fatalf("new %v, error %v; want new %v", isNew, err, c.isNew)
			}
			if !isNew && got.ID != first.ID || isNew && got.ID == first.ID {
				t.Errorf("gave entry %s, the earlier one is %s", got.ID, first.ID)
			}
		})
	}
}

func TestAddIfNewTakesOverWhatWasNeverSent(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	first := add(t, j, purchase("OPID_1"))
	update(t, j, first.ID, journal.Queued)
	again := purchase("OPID_1")
	again.ConnectionName = "second connection"
	got, isNew, err := j.AddIfNew(t.Context(), again)
	if err != nil || !isNew || got.ID != first.ID {
		t.Fatalf("entry %s new %v error %v, want %s taken over", got.ID, isNew, err, first.ID)
	}
	if kept := get(t, j, first.ID); kept.State != journal.Sending || kept.ConnectionName != "second connection" {
		t.Errorf("kept %+v", kept)
	}
	if all, err := j.List(t.Context(), journal.Filter{}); err != nil || len(all) != 1 {
		t.Errorf("%d entries, error %v; want the one", len(all), err)
	}
	// In doubt or being waited for, it is not anybody's.
	for name, change := range map[string]func(*journal.Entry){
		"waits":    func(e *journal.Entry) { e.State, e.NextTry = journal.Queued, noon },
		"in doubt": func(e *journal.Entry) { e.State, e.Doubt = journal.Queued, true },
	} {
		e := add(t, j, purchase(name))
		if _, err := j.Update(t.Context(), e.ID, nil, change); err != nil {
			t.Fatal(err)
		}
		if got, isNew, err := j.AddIfNew(t.Context(), purchase(name)); err != nil || isNew || got.ID != e.ID {
			t.Errorf("%s: new %v, error %v", name, isNew, err)
		}
	}
}

func TestOfTwoDesksThatAddTheSameAtOnceOneIsTold(t *testing.T) {
	path := newPath(t)
	desks := []*journal.Journal{open(t, path, journal.Options{}), open(t, path, journal.Options{})}
	var wg sync.WaitGroup
	var mu sync.Mutex
	added := 0
	for i := range 16 {
		wg.Go(func() {
			_, isNew, err := desks[i%2].AddIfNew(t.Context(), purchase("OPID_1"))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if isNew {
				added++
			}
		})
	}
	wg.Wait()
	if added != 1 {
		t.Errorf("%d were added", added)
	}
}
