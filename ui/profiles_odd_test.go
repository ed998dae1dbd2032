package ui

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/timeline"
)

// aHugeRow is an activity whose every text is a megabyte.
func aHugeRow(t testing.TB, key string) timeline.Row {
	t.Helper()
	long := key + strings.Repeat(" a long word", 90_000)
	row, err := client.ParseRow([]byte(`{"ActivityId":"` + key + `","ActivityTime":"2026-11-25T11:00:00Z","ActivityType":"` + long +
		`","Title":"` + long + `","Description":"` + long + `","SourceTableName":"` + long + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	return timeline.ReadRow(row, timeline.FieldActivityTime)
}

func TestAHugeActivityHoldsNothingUp(t *testing.T) {
	clock := newTestClock(visitClock)
	w, line := visited(t, clock, hours(3, visitClock)...)
	var rows []timeline.Row
	for i := range 12 { // as many as the window shows
		rows = append(rows, aHugeRow(t, fmt.Sprint("a", i)))
	}
	steps := []struct {
		what string
		do   func()
	}{
		{"it comes in", func() {
			line.showWatched(timelineLoad{Part: timeline.Part{Rows: rows, Dialect: line.dialect()}, Within: timeline.TimeRange{From: visitClock.Add(-2 * time.Hour)}}, nil)
		}},
		{"it is drawn", func() { w.window.Canvas().Capture() }},
		{"it is opened", func() { line.openLine(1) }},
		{"it is drawn open", func() { w.window.Canvas().Capture() }},
		{"only its type is shown", func() { line.rowItems(line.row(1)); line.setFilter(timeline.Filter{Types: []string{line.row(1).Type}}) }},
		{"it is drawn with the filter", func() { w.window.Canvas().Capture() }},
	}
	for _, step := range steps {
		if made := allocatedBy(step.do); made > 64<<20 {
			t.Errorf("%s: %d MB are made for it, as where all of a text is laid out", step.what, made>>20)
		} else {
			t.Logf("%s: %d KB", step.what, made>>10)
		}
	}
}

// allocatedBy gives how many bytes are made while something is done, whatever
// becomes of them: a measure of the work that no busy computer changes.
func allocatedBy(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// listed is a journal that has entries.
type listed []journal.Entry

func (l listed) List(_ context.Context, f journal.Filter) ([]journal.Entry, error) {
	var out []journal.Entry
	for _, e := range l {
		if f.Customer == "" || f.Customer == e.CustomerKey || f.Customer == e.CustomerID {
			out = append(out, e)
		}
	}
	return out, nil
}

func TestWhatWasSentForAnotherCustomerWithTheSameKeyIsNotOffered(t *testing.T) {
	sent := func(id, instance, entity, customer string) journal.Entry {
		return journal.Entry{
			ID: id, InstanceID: instance, Entity: entity, CustomerID: customer, CustomerKey: "7",
			Operation: journal.OperationPost, State: journal.Accepted,
		}
	}
	person := journal.Person{InstanceID: "i1", CustomerID: "nora", Keys: []journal.PersonKey{{Entity: "Shop_Sales", Key: "7"}}}
	got, err := sentFor(t.Context(), listed{
		sent("hers", "i1", "Shop_Sales", "nora"), sent("another's", "i1", "Hotel_Stays", "per"),
		sent("before a merge", "i1", "Shop_Sales", "nora-before"), sent("not looked for yet", "i1", "Hotel_Stays", ""),
		sent("elsewhere", "i2", "Hotel_Stays", "per"),
	}, []string{"nora", "7"}, person)
	var ids []string
	for _, e := range got {
		ids = append(ids, e.ID)
	}
	slices.Sort(ids)
	if want := "before a merge, elsewhere, hers, not looked for yet"; err != nil || strings.Join(ids, ", ") != want {
		t.Errorf("offered are %q, %v", ids, err)
	}
}

func TestAKeyThatIsAnAddressIsHiddenInASummaryToo(t *testing.T) {
	s := timelineSummary{Keys: []string{"shop nora@example.com", "till 7"}, Hidden: true, Zone: time.UTC}
	text := s.seen().text(personal{summaryKeys: true})
	if strings.Contains(text, "nora@") || !strings.Contains(text, "till 7") {
		t.Errorf("it shows %q", text)
	}
	if copied := s.text(personal{summaryKeys: true}); !strings.Contains(copied, "nora@example.com") {
		t.Errorf("it copies %q", copied)
	}
}

func TestOneThatWasNotStoredIsNotTakenForAnotherWithItsKey(t *testing.T) {
	for state, want := range map[journal.State]string{
		journal.AlreadyThere: "Already there. | Another one like it is on the timeline",
		journal.Refused:      "Refused. | Another one like it is on the timeline",
		journal.Uncertain:    "It is on the timeline",
		journal.Accepted:     "It is on the timeline",
	} {
		q := outbox.Question{Entry: journal.Entry{ID: "e1", State: state}}
		var said []string
		for _, line := range whyVerdict(q, outbox.Report{Seen: true, MatchedBy: journal.MatchSourceID}) {
			said = append(said, line.Strong)
		}
		if got := strings.Join(said, " | "); got != want {
			t.Errorf("%s: %q, want %q", state, got, want)
		}
	}
}

func TestWhatIsFiledUnderAKeyThatTheProfileDoesNotTellIsStillSentFromHere(t *testing.T) {
	stays := metadata.Entity{Name: "Stays", DataSource: "Hotel", Type: metadata.EntityActivity, Keys: [][]string{{"StayId"}}}
	sent := journal.Entry{
		ID: "e1", InstanceID: "i1", Entity: stays.DataName(), CustomerKey: "GUEST_7", State: journal.Accepted,
		Operation: journal.OperationPost, KeyFields: []journal.KeyValue{{Name: "StayId", Value: "S1"}},
	}
	index, err := timeline.ReadMarks(t.Context(), listed{sent}, "i1", []string{"nora"}, []metadata.Entity{stays})
	if err != nil {
		t.Fatal(err)
	}
	if got := index.Of(&timeline.Row{Key: "a1", Source: "Hotel_Stays", SourceID: "S1"}); got.EntryID != "e1" {
		t.Errorf("it is called %q", timeline.OriginWords(got))
	}
}

func TestFindingsThatAreCopiedSayInWhichZoneTheirTimesAre(t *testing.T) {
	budapest, err := time.LoadLocation("Europe/Budapest")
	if err != nil {
		t.Fatal(err)
	}
	if got := whyText(outbox.Question{}, nil, outbox.Report{}, false, visitClock, budapest); !strings.Contains(got, "asked 2026-11-25 13:00:00") || !strings.Contains(got, "times are in Europe/Budapest") {
		t.Errorf("copied is %q", got)
	}
	if got := zoneForOthers(visitClock, time.Local); !strings.HasPrefix(got, "UTC") {
		t.Errorf("the computer's zone is called %q", got)
	}
}
