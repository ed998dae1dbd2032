package ui

import (
	"encoding/json"
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

func TestTimelineIsGroupedByMonthNewestFirst(t *testing.T) {
	rows := timelineRows([]fakeRow{
		{"ActivityTime": "2026-10-30T07:00:00Z", "Title": "b"},
		{"ActivityTime": "2026-11-23T13:05:00Z", "Title": "a"},
		{"ActivityTime": "soon", "Title": "d"},
		{"ActivityTime": "2026-10-10T15:31:00.5+02:00", "Title": "c"},
	}, "")
	var got []string
	for _, item := range groupByMonth(rows, zurich(t)) {
		if item.Row == nil {
			got = append(got, item.Heading)
			continue
		}
		got = append(got, item.Row.Title)
	}
	want := []string{"NOV 2026 (1)", "a", "OCT 2026 (2)", "b", "c", "NO TIME (1)", "d"}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestAMonthBeginsInTheChosenZone(t *testing.T) {
	rows := timelineRows([]fakeRow{{"ActivityTime": "2026-10-31T23:30:00Z"}}, "")
	if got := groupByMonth(rows, zurich(t))[0].Heading; got != "NOV 2026 (1)" {
		t.Errorf("in Zurich the heading is %q", got)
	}
	if got := groupByMonth(rows, time.UTC)[0].Heading; got != "OCT 2026 (1)" {
		t.Errorf("in UTC the heading is %q", got)
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
			rows := timelineRows([]fakeRow{c.row}, c.field)
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
			row := readTimelineRow(c.row, "")
			if got := row.headline(); got != c.headline {
				t.Errorf("headline %q, want %q", got, c.headline)
			}
			if got := row.subline(); got != c.subline {
				t.Errorf("subline %q, want %q", got, c.subline)
			}
			if got := row.when(now, zurich(t)); got != c.when {
				t.Errorf("when %q, want %q", got, c.when)
			}
		})
	}
}

func TestTimesAreRelativeBesideTheAbsolute(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	cases := map[time.Duration]string{
		0:                     "now",
		40 * time.Second:      "40 s ago",
		90 * time.Second:      "1 min ago",
		5 * time.Hour:         "5 h ago",
		47 * time.Hour:        "47 h ago",
		48 * time.Hour:        "2 d ago",
		-27 * 24 * time.Hour:  "in 27 d",
		400 * 24 * time.Hour:  "",
		-400 * 24 * time.Hour: "",
	}
	for ago, want := range cases {
		if got := relativeTime(now.Add(-ago), now); got != want {
			t.Errorf("%v ago: %q, want %q", ago, got, want)
		}
	}
}

func TestTookIsWrittenInTheUnitThatFits(t *testing.T) {
	cases := map[time.Duration]string{
		300 * time.Microsecond:   "under 1 ms",
		83 * time.Millisecond:    "83 ms",
		2413 * time.Millisecond:  "2.4 s",
		65400 * time.Millisecond: "1 min 5 s",
	}
	for took, want := range cases {
		if got := tookWords(took); got != want {
			t.Errorf("%v: %q, want %q", took, got, want)
		}
	}
}
