// An instant or a day as people type it, for what is asked beside a form: the
// same words that its date fields understand.

package forms

import "time"

// Instant is what a text means.
type Instant struct {
	At time.Time // of a day: its first moment
	// Day: the text names a day without a time of day, such as 2026-11-23 or
	// yesterday.
	Day bool
}

// Next is the first moment after the day, or the instant itself where it is
// none. Days of 23 and 25 hours are days.
func (i Instant) Next() time.Time {
	if !i.Day {
		return i.At
	}
	return StartOfDay(i.At.AddDate(0, 0, 1))
}

// ReadInstant reads a date, with a time of day or without, as every date field
// does. A text without a zone is in zone; relative words count from now.
func ReadInstant(text string, zone *time.Location, now time.Time) (Instant, *Problem) {
	m, p := readMoment(text, zone, now)
	if p != nil {
		return Instant{}, p
	}
	at := m.at.In(zone)
	if !namesDay(tidy(text)) {
		return Instant{At: at}, nil
	}
	return Instant{At: StartOfDay(at), Day: true}, nil
}

// namesDay says that a text which was read has no time of day.
func namesDay(s string) bool {
	now := time.Date(2026, time.June, 15, 13, 24, 35, 0, time.UTC)
	m, p := readMoment(s, time.UTC, now)
	h, min, sec := m.at.Clock()
	return p == nil && m.fraction == "" && h == 0 && min == 0 && sec == 0 && !clockTyped(s)
}

// clockTyped finds a time of day that was typed, so that midnight is one.
func clockTyped(s string) bool {
	body, _ := splitZone(s)
	_, clock := splitDateTime(body)
	return clock != ""
}

// StartOfDay is the first moment of a day in its own zone, also where the
// clocks skip midnight.
func StartOfDay(t time.Time) time.Time {
	y, m, d := t.Date()
	start := time.Date(y, m, d, 0, 0, 0, 0, t.Location())
	if start.Day() != d { // the clocks skip midnight: the day begins where they land
		_, start = start.ZoneBounds()
	}
	return start
}
