package timeline

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

// fakeRow is a row of the service with text members only.
type fakeRow map[string]string

func (r fakeRow) Text(name string) string { return r[name] }
func (r fakeRow) Raw() json.RawMessage    { raw, _ := json.Marshal(map[string]string(r)); return raw }

func zurich(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// linesOf are the lines of a timeline in words.
func linesOf(lines Lines) []string {
	var got []string
	for _, item := range lines.Items {
		if item.Row == nil {
			got = append(got, item.Heading)
			continue
		}
		got = append(got, item.Row.Title)
	}
	return got
}

// storeOf holds rows that the service gave.
func storeOf(rows []fakeRow) *Store {
	s := &Store{}
	s.Add(Rows(rows, ""))
	return s
}

func TestTimelineIsGroupedByMonthNewestFirst(t *testing.T) {
	s := storeOf([]fakeRow{
		{"ActivityTime": "2026-10-30T07:00:00Z", "Title": "b"},
		{"ActivityTime": "2026-11-23T13:05:00Z", "Title": "a"},
		{"ActivityTime": "soon", "Title": "d"},
		{"ActivityTime": "2026-10-10T15:31:00.5+02:00", "Title": "c"},
	})
	got := linesOf(Arrange(s.Rows, Filter{}, time.Time{}, time.Now(), zurich(t)))
	want := []string{"NOV 2026 (1)", "a", "OCT 2026 (2)", "b", "c", "NO TIME (1)", "d"}
	if !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestAMonthBeginsInTheChosenZoneAlsoWhenTheClocksChangeAtItsBeginning(t *testing.T) {
	asuncion, err := time.LoadLocation("America/Asuncion") // 2017-10-01 has no 00:00 there
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at   string
		zone *time.Location
		want string
	}{
		{"2026-10-31T23:30:00Z", zurich(t), "NOV 2026 (1)"},
		{"2026-10-31T23:30:00Z", time.UTC, "OCT 2026 (1)"},
		{"2026-10-31T22:59:59Z", zurich(t), "OCT 2026 (1)"}, // winter time, since a week
		{"2026-09-30T21:59:59Z", zurich(t), "SEP 2026 (1)"}, // summer time
		{"2026-09-30T22:00:00Z", zurich(t), "OCT 2026 (1)"},
		{"2017-10-01T03:59:59Z", asuncion, "SEP 2017 (1)"},
		{"2017-10-01T04:00:00Z", asuncion, "OCT 2017 (1)"},
	} {
		s := storeOf([]fakeRow{{"ActivityTime": c.at}})
		if got := linesOf(Arrange(s.Rows, Filter{}, time.Time{}, time.Now(), c.zone))[0]; got != c.want {
			t.Errorf("%s in %s is below %q, want %q", c.at, c.zone, got, c.want)
		}
	}
	// Both sides of the border in one list: the border itself is looked at once.
	s := storeOf([]fakeRow{
		{"ActivityTime": "2017-10-01T04:00:00Z", "Title": "first of October"},
		{"ActivityTime": "2017-10-01T03:59:59Z", "Title": "last of September"},
	})
	got := linesOf(Arrange(s.Rows, Filter{}, time.Time{}, time.Now(), asuncion))
	if want := []string{"OCT 2017 (1)", "first of October", "SEP 2017 (1)", "last of September"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTimelineFindsTheTimeField(t *testing.T) {
	at := "2026-11-23T13:05:00Z"
	cases := map[string]struct {
		row   fakeRow
		field string
	}{
		"by the metadata":           {fakeRow{"When": at, "ActivityTime": "2020-01-01T00:00:00Z"}, "When"},
		"by the earlier name":       {fakeRow{"ActivityTime": at}, ""},
		"by the later name":         {fakeRow{"ActivityTimeStamp": at}, ""},
		"where the metadata is off": {fakeRow{"ActivityTimeStamp": at}, "ActivityTime"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			rows := Rows([]fakeRow{c.row}, c.field)
			if got := rows[0].At.Format(time.RFC3339); got != at {
				t.Errorf("time %s, want %s", got, at)
			}
		})
	}
}

func TestTimelineRowSaysWhatTheServiceMapped(t *testing.T) {
	now := time.Date(2026, 11, 23, 13, 5, 40, 0, time.UTC)
	cases := map[string]struct {
		row                     fakeRow
		headline, subline, when string
	}{
		"all": {
			fakeRow{"ActivityTypeDisplay": "OnlinePurchase", "ActivityType": "SalesOrder", "Title": "Purchased online", "Description": "12.50", "ActivityTime": "2026-11-23T13:05:00Z"},
			"Purchased online", "OnlinePurchase · 12.50", "2026-11-23 14:05:00 · 40 s ago",
		},
		"no title":   {fakeRow{"ActivityType": "SalesOrder", "URL": "https://a"}, "SalesOrder", "https://a", "no time"},
		"nothing":    {fakeRow{}, "Activity", "", "no time"},
		"odd time":   {fakeRow{"Title": "x", "ActivityTime": "yesterday"}, "x", "", "yesterday"},
		"same words": {fakeRow{"Title": "Review", "ActivityTypeDisplay": "Review"}, "Review", "", "no time"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			row := ReadRow(c.row, "")
			if got := row.Headline(); got != c.headline {
				t.Errorf("headline %q, want %q", got, c.headline)
			}
			if got := row.Subline(); got != c.subline {
				t.Errorf("subline %q, want %q", got, c.subline)
			}
			if got := row.When(now, zurich(t)); got != c.when {
				t.Errorf("when %q, want %q", got, c.when)
			}
		})
	}
}
