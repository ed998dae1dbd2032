package journal_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// abbie is the person whom the tests forget.
var abbie = journal.Person{
	InstanceID: "INST", CustomerID: "c-abbie",
	Keys: []journal.PersonKey{{Entity: "eCommerce_eCommercePurchases", Key: "CNTID_1000"}},
}

// heldByChild is how many entries for Abbie the child is sending.
const heldByChild = 3

// sentTo adds an entry that has ended.
func sentTo(t *testing.T, j *journal.Journal, change func(*journal.Entry)) journal.Entry {
	t.Helper()
	e := purchase("P-" + t.Name())
	e.CustomerKey = "CNTID_2000"
	change(&e)
	return update(t, j, add(t, j, e).ID, journal.Accepted)
}

func TestForgettingACustomerRemovesEveryTraceFromTheFile(t *testing.T) {
	path := newPath(t)
	child := startDesk(t, path) // it types a draft for CNTID_1000
	j := open(t, path, journal.Options{})
	secret := func(e *journal.Entry) { e.Body = []byte(`{"Subject":"what Abbie bought"}`) }
	gone := []journal.Entry{
		sentTo(t, j, func(e *journal.Entry) { secret(e); e.CustomerKey = "CNTID_1000" }),
		sentTo(t, j, func(e *journal.Entry) { secret(e); e.CustomerID = "c-abbie"; e.Entity = "gone_entity" }),
		sentTo(t, j, func(e *journal.Entry) {
			secret(e)
			e.Entity, e.EntityID, e.CustomerKey = "Customer", "c-abbie", ""
		}),
		sentTo(t, j, func(e *journal.Entry) {
			secret(e)
			e.Entity, e.CustomerKey = "UnifiedActivity", "c-abbie"
		}),
	}
	unsure := purchase("unsure")
	secret(&unsure)
	gone = append(gone, update(t, j, add(t, j, unsure).ID, journal.Uncertain))
	stay := []journal.Entry{
		sentTo(t, j, func(*journal.Entry) {}),
		sentTo(t, j, func(e *journal.Entry) { e.Entity, e.CustomerKey = "POS_posPurchases", "CNTID_1000" }), // another source's key
		sentTo(t, j, func(e *journal.Entry) { e.CustomerKey = "" }),
		sentTo(t, j, func(e *journal.Entry) { e.InstanceID, e.CustomerKey = "another", "CNTID_1000" }),
	}
	other := typed("about somebody else", noon)
	other.CustomerKey = "CNTID_2000"
	saveDraft(t, j, other)
	look(t, j, "c-abbie", noon)
	look(t, j, "c-ben", noon)

	want := journal.Traces{Entries: 5, Undecided: 1, Held: heldByChild, Drafts: 1, Viewed: 1}
	if got, err := j.Traces(t.Context(), abbie); err != nil || got != want {
		t.Errorf("counted %+v, %v; want %+v", got, err, want)
	}
	if got, err := j.Forget(t.Context(), abbie); err != nil || got != want {
		t.Errorf("forgot %+v, %v; want %+v", got, err, want)
	}
	for _, e := range gone {
		if _, err := j.Get(t.Context(), e.ID); err == nil {
			t.Errorf("an entry to %s is still there", e.Entity)
		}
	}
	for _, e := range stay {
		get(t, j, e.ID)
	}
	if got, err := j.Traces(t.Context(), abbie); err != nil || got != (journal.Traces{Held: heldByChild}) {
		t.Errorf("there still is %+v, %v", got, err)
	}
	child.close(t)
	if got := draftTexts(t, j) + " " + viewedIDs(t, j, "conn"); got != "about somebody else c-ben" {
		t.Errorf("there is %q", got)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	isNotIn(t, path, "what Abbie bought", "typed by the child", "Name of c-abbie")
}

// isNotIn searches every byte of a journal's files.
func isNotIn(t *testing.T, path string, texts ...string) {
	t.Helper()
	for _, name := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(name)
		for _, text := range texts {
			if err == nil && strings.Contains(string(data), text) {
				t.Errorf("%s still holds %q", name, text)
			}
		}
	}
}

func TestWhatIsBeingSentIsNotForgotten(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	e := add(t, j, purchase("P1"))
	if got, err := j.Forget(t.Context(), abbie); err != nil || got != (journal.Traces{Held: 1}) {
		t.Errorf("forgot %+v, %v", got, err)
	}
	update(t, j, e.ID, journal.Accepted)
	if got, err := j.Forget(t.Context(), abbie); err != nil || got.Entries != 1 {
		t.Errorf("once its outcome is recorded: %+v, %v", got, err)
	}
}

func TestForgettingNobodyRemovesNothing(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	kept := sentTo(t, j, func(e *journal.Entry) { e.CustomerKey, e.CustomerID = "", "" })
	draft := typed("about nobody", noon.Add(time.Second))
	draft.CustomerKey = ""
	saveDraft(t, j, draft)
	for _, p := range []journal.Person{
		{InstanceID: "inst"},
		{InstanceID: "inst", CustomerID: "c1", Keys: []journal.PersonKey{{Entity: kept.Entity}}},
	} {
		if got, err := j.Forget(t.Context(), p); err != nil || !got.Empty() {
			t.Errorf("forgot %+v, %v", got, err)
		}
	}
	get(t, j, kept.ID)
	if got := draftTexts(t, j); got != "about nobody" {
		t.Errorf("there is %q", got)
	}
}
