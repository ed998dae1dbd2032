package timeline

import (
	"slices"
	"testing"
	"time"
)

// shownBy are the titles of what a filter lets through.
func shownBy(s *Store, f Filter, now time.Time) (got []string) {
	for _, item := range Arrange(s.Rows, f, time.Time{}, now, time.UTC).Items {
		if item.Row != nil {
			got = append(got, item.Row.Title)
		}
	}
	return got
}

func TestAFilterLetsThroughWhatHasATypeADateAndAllWords(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	s := storeOf([]fakeRow{
		{"ActivityId": "1", "ActivityTime": "2026-11-25T09:00:00Z", "ActivityType": "Order", "Title": "Blue kettle"},
		{"ActivityId": "2", "ActivityTime": "2026-11-20T09:00:00Z", "ActivityType": "Order", "Title": "Red kettle"},
		{"ActivityId": "3", "ActivityTime": "2026-11-01T09:00:00Z", "ActivityType": "Visit", "Title": "Shop"},
	})
	s.Rows[0].Sent.EntryID = "e1"
	for name, c := range map[string]struct {
		filter Filter
		want   []string
	}{
		"nothing is asked":     {Filter{}, []string{"Blue kettle", "Red kettle", "Shop"}},
		"a type":               {Filter{Types: []string{"Visit"}}, []string{"Shop"}},
		"the last days":        {Filter{Dates: DateFilter{Kind: DatesLast, Days: 7}}, []string{"Blue kettle", "Red kettle"}},
		"words, in any order":  {Filter{Text: "KETTLE red"}, []string{"Red kettle"}},
		"a time as it is read": {Filter{Text: "2026-11-01 09:00"}, []string{"Shop"}},
		"where it came from":   {Filter{Text: "not sent"}, []string{"Red kettle", "Shop"}},
		"words that none has":  {Filter{Text: "kettle shop"}, nil},
	} {
		if got := shownBy(s, c.filter, now); !slices.Equal(got, c.want) {
			t.Errorf("%s: shown are %q, want %q", name, got, c.want)
		}
		if asks := name != "nothing is asked"; c.filter.On() != asks {
			t.Errorf("%s: it says %v", name, c.filter.On())
		}
	}
	var f Filter
	f.ToggleType("Order")
	if f.ToggleType("Visit"); !f.HasType("Order") || !f.HasType("Visit") {
		t.Errorf("chosen are %q", f.Types)
	}
	if f.ToggleType("Order"); f.HasType("Order") || !f.HasType("Visit") {
		t.Errorf("chosen are %q", f.Types)
	}
}
