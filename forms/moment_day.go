// A date chosen from a calendar, put into what is typed: the time of day and
// the zone stay.

package forms

import (
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Day is the date that a date or date-time field shows in its zone, as
// midnight UTC; false where the field holds no date.
func (f *Form) Day(name string) (time.Time, bool) {
	m, _, ok := f.shownMoment(name)
	if !ok {
		return time.Time{}, false
	}
	return time.Date(m.Year(), m.Month(), m.Day(), 0, 0, 0, 0, time.UTC), true
}

// Today is the date on the form's clock in a field's zone, as midnight UTC.
func (f *Form) Today(name string) time.Time {
	now := f.now().In(f.Zone(name))
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
}

// OnDay is the text that a field would have on another day: a date-time keeps
// its time of day and its zone as they were typed, or begins the day. The
// field stays as it is.
func (f *Form) OnDay(name string, year int, month time.Month, day int) string {
	date := wall{year: year, month: int(month), day: day}.date()
	field, ok := f.Field(name)
	if !ok || field.Kind != metadata.KindDateTime {
		return date
	}
	typed := tidy(f.Text(name))
	if f.State(name) != Value || typed == "" || len(typed) > maxMoment {
		return date + " 00:00"
	}
	at, relative, ok := f.shownMoment(name)
	if ok && relative {
		return date + at.Format(" 15:04:05")
	}
	body, zone := splitZone(typed)
	before, clock := splitDateTime(body)
	if parseClock(clock, &wall{}) != nil {
		return midnight(date, zone)
	}
	separator := " "
	if len(body) > len(before) && body[len(before)] == 'T' {
		separator = "T"
	}
	// A clock can be one that is no time behind a date, such as "00".
	if _, p := readMoment(date+separator+clock, f.Zone(name), f.now()); p != nil {
		return midnight(date, zone)
	}
	return date + separator + clock + spaced(zone)
}

// midnight begins a day in the zone that was typed. What is none behind a time,
// as the A/0+00 of 0A/0+00 is, goes.
func midnight(date, zone string) string {
	begins := date + " 00:00"
	if _, again := splitZone(begins + spaced(zone)); again != zone {
		return begins
	}
	return begins + spaced(zone)
}

// shownMoment is the moment that a field's text means, in the zone that it is
// written in.
func (f *Form) shownMoment(name string) (at time.Time, relative, ok bool) {
	field, known := f.Field(name)
	text := f.Text(name)
	if !known || field.Type.Collection || f.State(name) != Value {
		return time.Time{}, false, false
	}
	zone := f.Zone(name)
	switch field.Kind {
	case metadata.KindDateTime:
		m, p := readMoment(text, zone, f.now())
		return m.at, m.relative, p == nil
	case metadata.KindDate:
		r, p := readDate(text, f.circumstances(f.index[name], f.now()))
		if p != nil {
			return time.Time{}, false, false
		}
		day, err := time.Parse(time.DateOnly, r.sent)
		return day, r.relative, err == nil
	}
	return time.Time{}, false, false
}
