package words

import (
	"testing"
	"time"
)

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
		if got := RelativeTime(now.Add(-ago), now); got != want {
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
		if got := Took(took); got != want {
			t.Errorf("%v: %q, want %q", took, got, want)
		}
	}
}
