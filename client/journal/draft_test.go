package journal_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/redact"
)

// typed is a draft of one place.
func typed(text string, at time.Time) journal.Draft {
	return journal.Draft{
		ConnectionID: "conn", InstanceID: "INST", Entity: "eCommerce_eCommercePurchases",
		CustomerKey: "CNTID_1000", ChangedAt: at, Body: []byte(text),
	}
}

func saveDraft(t *testing.T, j *journal.Journal, d journal.Draft) {
	t.Helper()
	if err := j.SaveDraft(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

func drafts(t *testing.T, j *journal.Journal) []journal.Draft {
	t.Helper()
	list, err := j.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// draftTexts shows drafts as "text" and "(text)" for earlier ones.
func draftTexts(t *testing.T, j *journal.Journal) string {
	t.Helper()
	var texts []string
	for _, d := range drafts(t, j) {
		text := string(d.Body)
		if d.Earlier {
			text = "(" + text + ")"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " ")
}

func TestADraftIsReplacedAsItIsTypedAndComesBackWhole(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	saveDraft(t, j, typed("now", noon))
	saveDraft(t, j, typed("now-2d", noon.Add(time.Second)))
	other := typed("other", noon)
	other.Entity = "Website_webReviews"
	saveDraft(t, j, other)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, path, journal.Options{})
	if got := draftTexts(t, j); got != "now-2d other" {
		t.Fatalf("there is %q", got)
	}
	want := typed("now-2d", noon.Add(time.Second).Truncate(time.Microsecond))
	got := drafts(t, j)[0]
	want.Seq = got.Seq
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("read back\n%+v\nwritten\n%+v", got, want)
	}
	if err := j.DeleteDraft(t.Context(), "conn", "inst", want.Entity); err != nil {
		t.Fatal(err)
	}
	if got := draftTexts(t, j); got != "other" {
		t.Errorf("after deleting there is %q", got)
	}
}

func TestADraftOutlivesTheKillOfItsDesk(t *testing.T) {
	path := newPath(t)
	startDesk(t, path).kill(t)
	j := open(t, path, journal.Options{})
	if got := draftTexts(t, j); got != "typed by the child" {
		t.Fatalf("there is %q", got)
	}
	// It is this desk's now: the next word typed goes into the same one.
	saveDraft(t, j, typed("typed on", noon.Add(time.Hour)))
	if got := draftTexts(t, j); got != "typed on" {
		t.Errorf("there is %q", got)
	}
}

func TestTwoDesksDoNotWriteOverEachOthersDrafts(t *testing.T) {
	path := newPath(t)
	child := startDesk(t, path)
	j := open(t, path, journal.Options{})
	saveDraft(t, j, typed("typed here", noon.Add(-time.Hour)))
	if got := draftTexts(t, j); got != "typed here" {
		t.Errorf("a desk sees %q while the other lives", got)
	}
	child.close(t)
	if got := draftTexts(t, j); got != "typed here" {
		t.Errorf("a desk sees %q when the other has closed", got)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	// Both are gone: the newest is the draft, the other is kept beside it.
	j = open(t, path, journal.Options{})
	if got := draftTexts(t, j); got != "typed by the child (typed here)" || !drafts(t, j)[1].Found {
		t.Errorf("the next desk finds %q", got)
	}
	if second := drafts(t, open(t, path, journal.Options{})); len(second) != 1 || second[0].Found {
		t.Errorf("a second desk is told of it again: %+v", second)
	}
}

func TestAnEarlierDraftIsExchangedOrDropped(t *testing.T) {
	path := newPath(t)
	startDesk(t, path).kill(t)
	first := open(t, path, journal.Options{})
	mine := drafts(t, first)[0]
	if err := first.ReleaseDraft(t.Context(), mine.Seq); err != nil {
		t.Fatal(err)
	}
	saveDraft(t, first, typed("new", noon.Add(time.Hour)))
	if got := draftTexts(t, first); got != "new (typed by the child)" {
		t.Fatalf("there is %q", got)
	}
	earlier := drafts(t, first)[1]
	if err := first.ExchangeDraft(t.Context(), earlier, typed("new", noon.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	// Nothing is written after it: the desk may be killed here.
	if got := draftTexts(t, first); got != "(new) typed by the child" {
		t.Errorf("exchanged, there is %q", got)
	}
	saveDraft(t, first, typed("typed by the child", noon.Add(2*time.Hour)))
	second := open(t, path, journal.Options{})
	if err := second.DropDraft(t.Context(), drafts(t, second)[0]); err != nil {
		t.Fatal(err)
	}
	if got := draftTexts(t, first); got != "typed by the child" {
		t.Errorf("dropped by the other desk, there is %q", got)
	}
}

func TestDraftsFollowTheRetention(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	saveDraft(t, j, typed("old", noon))
	young := typed("young", noon.Add(48*time.Hour))
	young.Entity = "another"
	saveDraft(t, j, young)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, path, journal.Options{Now: at(noon.Add(72 * time.Hour)), Retention: 60 * time.Hour})
	if got := draftTexts(t, j); got != "young" {
		t.Errorf("kept after the retention: %q", got)
	}
	if n, err := j.Purge(t.Context(), noon.Add(49*time.Hour)); err != nil || n != 0 || draftTexts(t, j) != "" {
		t.Errorf("purged %d entries, error %v, drafts %q", n, err, draftTexts(t, j))
	}
}

func TestAJournalFromBeforeDraftsTakesThem(t *testing.T) {
	path := written(t)
	db := raw(t, path)
	mustExec(t, db, `DROP TABLE drafts`)
	mustExec(t, db, `DROP TABLE viewed`)
	mustExec(t, db, `PRAGMA user_version = 1`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	j := open(t, path, journal.Options{})
	saveDraft(t, j, typed("new", noon))
	if got := draftTexts(t, j); got != "new" || len(states(t, j)) != 3 {
		t.Errorf("drafts %q, entries %v", got, states(t, j))
	}
}

func TestASecretThatWasTypedIsInNoDraft(t *testing.T) {
	const secret = "known-secret-0123456789abcdef"
	path := newPath(t)
	j := open(t, path, journal.Options{Redact: redact.New(secret)})
	d := typed(`{"Note":"here: `+secret+`","Other":"stays"}`, noon)
	d.CustomerKey = secret
	saveDraft(t, j, d)
	if err := j.ReleaseDraft(t.Context(), drafts(t, j)[0].Seq); err != nil {
		t.Fatal(err)
	}
	if err := j.ExchangeDraft(t.Context(), drafts(t, j)[0], d); err != nil {
		t.Fatal(err)
	}
	want := `{"Note":"here: [hidden]","Other":"stays"}`
	if got := draftTexts(t, j); got != want+" ("+want+")" && got != "("+want+") "+want {
		t.Errorf("kept %s", got)
	}
	for _, d := range drafts(t, j) {
		if d.CustomerKey != "" {
			t.Errorf("the customer is %q", d.CustomerKey)
		}
	}
	for _, file := range []string{path, path + "-wal"} {
		if data, err := os.ReadFile(file); err == nil && strings.Contains(string(data), secret) {
			t.Errorf("%s holds the secret", file)
		}
	}
}
