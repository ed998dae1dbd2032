package ui

import (
	"strings"
	"testing"
	"time"
)

func TestAMomentToKeepUntilIsReadAndHeldAgainstThirtyDays(t *testing.T) {
	now := time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC)
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-11-24T18:00:00Z":      "2026-11-24T18:00:00Z",
		"2026-11-24T18:00:00+02:00": "2026-11-24T16:00:00Z",
		"2026-11-24 18:00":          "2026-11-24T17:00:00Z",
		"now+36h":                   "2026-11-25T01:05:00Z",
		"tomorrow 09:00":            "2026-11-24T08:00:00Z",
		"2026-12-23T13:05:00Z":      "2026-12-23T13:05:00Z", // 30 days to the second
	} {
		keep, _, problem := readKeep(text, zurich, now)
		if problem != "" || keep.Until(now.Add(time.Hour)).Format(time.RFC3339) != want {
			t.Errorf("%q: %v %q, want %s whenever it is sent", text, keep.At, problem, want)
		}
	}
	for text, want := range map[string]string{
		"2026-12-23T13:05:01Z": "at most 30 days: until 2026-12-23 13:05 UTC",
		"2026-11-23T13:05:00Z": "has passed",
		"yesterday":            "has passed",
		"2026-11-31":           "November has 30 days",
		"soon":                 "Not a date and time",
		"":                     "empty",
	} {
		if _, _, problem := readKeep(text, zurich, now); !strings.Contains(problem, want) {
			t.Errorf("%q: %q, want %q", text, problem, want)
		}
	}
}

func TestHowLongAnActivityIsKeptIsSaidInBothZones(t *testing.T) {
	now := time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC)
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) keepFor { keep, _, _ := readKeep(text, time.UTC, now); return keep }
	cases := []struct {
		keep         keepFor
		zone         *time.Location
		label, words string
	}{
		{keepFor{}, zurich, "Kept 30 days", ""},
		{keepFor{For: time.Hour}, zurich, "Kept 1 hour", "Sent now: until 2026-11-23 15:05 Europe/Zurich, 14:05 UTC"},
		{keepFor{For: 24 * time.Hour}, time.UTC, "Kept 1 day", "Sent now: until 2026-11-24 13:05 UTC"},
		{at("2026-11-24 18:00"), zurich, "Until 24 Nov", "Kept until 2026-11-24 19:00 Europe/Zurich, 18:00 UTC"},
		{at("2026-11-24 23:30"), zurich, "Until 25 Nov", "Kept until 2026-11-25 00:30 Europe/Zurich, 2026-11-24 23:30 UTC"},
	}
	for _, c := range cases {
		if label, words := c.keep.Label(c.zone), c.keep.Words(now, c.zone); label != c.label || words != c.words {
			t.Errorf("%+v: %q and %q, want %q and %q", c.keep, label, words, c.label, c.words)
		}
	}
}

func TestAMomentThatWasRightCanPass(t *testing.T) {
	now := time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC)
	keep, _, problem := readKeep("now+1h", time.UTC, now)
	if problem != "" || keep.Problem(now) != "" {
		t.Fatal(problem)
	}
	if keep.Problem(now.Add(time.Hour)) == "" {
		t.Error("an hour later it is still taken")
	}
	if (keepFor{For: time.Hour}).Problem(now) != "" || (keepFor{}).Problem(now) != "" {
		t.Error("a time from the click on is refused")
	}
}

func TestTheMomentToKeepUntilIsPartOfTheStoredDraft(t *testing.T) {
	folder := t.TempDir()
	at := time.Now().Add(48 * time.Hour).UTC().Truncate(time.Second)
	t.Run("before", func(t *testing.T) {
		w := inFolder(t, folder)
		w.purchase("OPID_92020")
		w.compose.keepFor(keepFor{At: at})
	})
	t.Run("after", func(t *testing.T) {
		w := inFolder(t, folder)
		w.pick(entityPurchases)
		if got := w.compose.current.keep; got != (keepFor{At: at}) {
			t.Errorf("it is kept until %v, want %v", got.At, at)
		}
	})
}
