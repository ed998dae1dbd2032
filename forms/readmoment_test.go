package forms

import (
	"strings"
	"testing"
	"time"
)

func TestAMomentOutsideOfAFormIsReadAsOneInside(t *testing.T) {
	now := time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC)
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-11-24 14:05":     "2026-11-24T13:05:00Z",
		"2026-11-24T14:05:00Z": "2026-11-24T14:05:00Z",
		"now+2d":               "2026-11-25T13:05:00Z",
		"tomorrow 09:00":       "2026-11-24T08:00:00Z",
	} {
		at, _, problem := ReadMoment(text, zurich, now)
		if problem != nil || at.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q: %v, %v; want %s", text, at, problem, want)
		}
	}
	if _, _, problem := ReadMoment("2026-13-01", zurich, now); problem == nil || !strings.Contains(problem.Text, "month 13") {
		t.Errorf("month 13: %v", problem)
	}
}
