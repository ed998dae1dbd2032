package forms

import (
	"testing"
	"time"
)

func TestADayIsToldFromAnInstant(t *testing.T) {
	zone := mustZone(t, "Europe/Zurich")
	now := time.Date(2026, 11, 25, 13, 5, 0, 0, time.UTC)
	for text, want := range map[string]struct {
		at  string
		day bool
	}{
		"2026-11-23":           {"2026-11-23T00:00:00+01:00", true},
		"23 Nov 2026":          {"2026-11-23T00:00:00+01:00", true},
		"today":                {"2026-11-25T00:00:00+01:00", true},
		"today-3d":             {"2026-11-22T00:00:00+01:00", true},
		"2026-11-23 14:05":     {"2026-11-23T14:05:00+01:00", false},
		"2026-11-23 00:00":     {"2026-11-23T00:00:00+01:00", false},
		"today 00:00":          {"2026-11-25T00:00:00+01:00", false},
		"2026-11-23T00:00:00Z": {"2026-11-23T01:00:00+01:00", false},
		"now-2d":               {"2026-11-23T14:05:00+01:00", false},
	} {
		got, p := ReadInstant(text, zone, now)
		if p != nil {
			t.Errorf("%s: %s", text, p.Text)
			continue
		}
		if at := got.At.Format(time.RFC3339); at != want.at || got.Day != want.day {
			t.Errorf("%s is %s, a day: %v; want %+v", text, at, got.Day, want)
		}
	}
	if _, p := ReadInstant("soon", zone, now); p == nil {
		t.Error("soon is a date")
	}
}

func TestADayEndsWhereTheNextOneBeginsAlsoWhenTheClocksChange(t *testing.T) {
	zone := mustZone(t, "Europe/Zurich")
	for day, hours := range map[string]float64{"2026-03-29": 23, "2026-10-25": 25, "2026-11-23": 24} {
		got, p := ReadInstant(day, zone, time.Now())
		if p != nil {
			t.Fatal(p.Text)
		}
		if length := got.Next().Sub(got.At).Hours(); length != hours {
			t.Errorf("%s has %v hours, want %v", day, length, hours)
		}
	}
	// The clocks of Asunción went from 00:00 to 01:00 on this day.
	start := StartOfDay(time.Date(2017, 10, 1, 12, 0, 0, 0, mustZone(t, "America/Asuncion")))
	if got := start.Format("2006-01-02 15:04"); got != "2017-10-01 01:00" {
		t.Errorf("the day without midnight begins at %s", got)
	}
}

func mustZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func FuzzReadInstant(f *testing.F) {
	for _, seed := range []string{"2026-11-23", "today-3d", "now-2d", "2026-03-29 02:30", "23 Nov 2026 14:05 CET", "", "9999-12-31"} {
		f.Add(seed)
	}
	now := time.Date(2026, 11, 25, 13, 5, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		for _, zone := range []*time.Location{time.UTC, mustZone(t, "Europe/Zurich"), mustZone(t, "America/Asuncion")} {
			i, p := ReadInstant(text, zone, now)
			if p != nil {
				continue
			}
			if i.Day != i.Next().After(i.At) {
				t.Errorf("%q in %s: a day: %v, from %s to %s", text, zone, i.Day, i.At, i.Next())
			}
			if i.Day && !StartOfDay(i.At).Equal(i.At) {
				t.Errorf("%q in %s begins at %s", text, zone, i.At)
			}
		}
	})
}
