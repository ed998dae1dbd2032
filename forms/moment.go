// Reading dates and times as people write them, to one exact instant or to a
// problem that says what to write.

package forms

import (
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// wall is what a calendar and a clock on the wall show, before a zone makes
// an instant of it.
type wall struct {
	year, month, day     int
	hour, minute, second int
	fraction             string // digits after the second's point, as typed
}

// moment is a date and time as read from text.
type moment struct {
	at       time.Time // whole seconds, in the zone it was read in
	fraction string    // digits after the point, as typed
	relative bool      // depends on the clock: now, today …
	hint     string
}

// maxFraction is how many digits of a second Edm.DateTimeOffset can carry.
const maxFraction = 12

// maxMoment is the longest text, in bytes, that is looked at as a date or a
// time. What was pasted by mistake is not worth the time that patterns take.
const maxMoment = 200

// readMoment reads a date and time. A text without a zone is in zone; relative
// words count from now.
func readMoment(text string, zone *time.Location, now time.Time) (moment, *Problem) {
	s := tidy(text)
	if s == "" || len(s) > maxMoment {
		return moment{}, notADateTime(text, zone, now)
	}
	if m, known, p := relativeMoment(s, zone, now); known {
		return m, p
	}
	body, zoneText := splitZone(s)
	date, clock := splitDateTime(body)
	day, p := parseDate(date)
	if p != nil {
		return moment{}, withClock(p, clock, zoneText)
	}
	if day == nil {
		return moment{}, notADateTime(s, zone, now)
	}
	w := *day
	if p := w.check(); p != nil {
		return moment{}, withClock(p, clock, zoneText)
	}
	if clock != "" {
		if p := parseClock(clock, &w); p != nil {
			return moment{}, withDate(p, w.date(), zoneText)
		}
	}
	if zoneText != "" {
		explicit, ok := parseZone(zoneText)
		if !ok {
			return moment{}, unknownZone(zoneText, w, zone)
		}
		zone = explicit
	}
	m, p := w.in(zone)
	return m, completed(p, "", spaced(zoneText))
}

// tidy removes what typing and pasting leave behind: outer space, repeated and
// odd spaces, typographic dashes.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u2212', '\u2010', '\u2011', '\u2013', '\u2014':
			return '-'
		case '\u200e', '\u200f', '\ufeff':
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// splitDateTime cuts a text at the T or the space before its time of day.
// Without a time of day the clock is empty.
func splitDateTime(s string) (date, clock string) {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return splitShortTime(s)
	}
	at := strings.LastIndexAny(s[:colon], " Tt")
	if at < 0 {
		return s, ""
	}
	return withoutLeadIn(strings.TrimRight(s[:at], " ,")), strings.TrimSpace(s[at+1:])
}

// splitShortTime finds times without a colon: 20261123T1405, 2026-11-23 2pm.
func splitShortTime(s string) (date, clock string) {
	if at := strings.IndexAny(s, "Tt"); at > 0 && isDigit(s[at-1]) && at+1 < len(s) && isDigit(s[at+1]) {
		return s[:at], s[at+1:]
	}
	if date, clock, ok := splitLocalTime(s); ok {
		return date, clock
	}
	lower := strings.ToLower(s)
	if strings.HasSuffix(lower, "am") || strings.HasSuffix(lower, "pm") {
		hour := strings.TrimRight(s[:len(s)-2], " ")
		if at := strings.LastIndexByte(hour, ' '); at > 0 {
			return strings.TrimRight(s[:at], " ,"), s[at+1:]
		}
	}
	return s, ""
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// in makes an instant of a date that exists, in a zone; it names the wall times
// that a change of the clocks skips or repeats.
func (w wall) in(zone *time.Location) (moment, *Problem) {
	m := moment{fraction: w.fraction}
	// The offsets in force well before and well after are the only two that
	// the wall time can have.
	utc := time.Date(w.year, time.Month(w.month), w.day, w.hour, w.minute, w.second, 0, time.UTC)
	const reach = 36 * time.Hour
	_, before := utc.Add(-reach).In(zone).Zone()
	_, after := utc.Add(reach).In(zone).Zone()
	early := utc.Add(-time.Duration(before) * time.Second).In(zone)
	late := utc.Add(-time.Duration(after) * time.Second).In(zone)
	earlyFits, lateFits := sameWall(early, utc), sameWall(late, utc)
	switch {
	case earlyFits && lateFits && !early.Equal(late):
		m.at = early
		m.hint = fmt.Sprintf("%s comes twice in %s that day. Sent as the first; for the second write %s",
			utc.Format("15:04"), zoneName(zone), wallText(late)+late.Format("-07:00"))
	case earlyFits:
		m.at = early
	case lateFits:
		m.at = late
	default:
		return moment{}, skipped(utc, early, zone)
	}
	if year := m.at.UTC().Year(); year < 1 || year > 9999 {
		return moment{}, advise("out of range", "Outside the years 0001 to 9999 in UTC", "Write a date between them")
	}
	return m, nil
}

func sameWall(t, utc time.Time) bool { return wallClock(t).Unix() == utc.Unix() }

// skipped answers a wall time that the clocks jump over. shifted is the
// instant that the old offset would give.
func skipped(utc, shifted time.Time, zone *time.Location) *Problem {
	start, _ := shifted.ZoneBounds()
	_, offset := start.Add(-time.Second).In(zone).Zone()
	from, to := wallClock(start.In(time.FixedZone("", offset))), wallClock(start.In(zone))
	if to.Sub(from) >= 24*time.Hour { // where the date line was moved
		wrong := fmt.Sprintf("%s does not exist in %s: the calendar goes from %s to %s",
			wallText(utc), zoneName(zone), wallText(from), wallText(to))
		return problem("no such time", wrong, wallText(shifted))
	}
	wrong := fmt.Sprintf("%s does not exist in %s: the clocks go from %s to %s",
		wallText(utc), zoneName(zone), from.Format("15:04"), to.Format("15:04"))
	return problem("no such time", wrong, wallText(shifted))
}

// wallClock is what a zone's clocks show at t, as if it was UTC.
func wallClock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// check refuses what no calendar and no clock shows.
func (w wall) check() *Problem {
	const brief = "no such date"
	switch {
	case w.year < 1 || w.year > 9999:
		return advise(brief, "The year is outside 0001 to 9999", "Write four digits, such as 2026")
	case w.month < 1 || w.month > 12:
		return advise(brief, fmt.Sprintf("There is no month %d", w.month), "Write year-month-day, such as 2026-11-23")
	case w.day < 1:
		return advise(brief, "There is no day 0", "Days begin with 01")
	}
	if last := daysIn(w.year, w.month); w.day > last {
		name := time.Month(w.month).String()
		if w.month == 2 {
			name = fmt.Sprintf("%s %04d", name, w.year)
		}
		return problem(brief, fmt.Sprintf("%s has %d days", name, last), fmt.Sprintf("%04d-%02d-%02d", w.year, w.month, last))
	}
	return nil
}

// wallText writes date and time as this package asks for them.
func wallText(t time.Time) string {
	if t.Second() == 0 {
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("2006-01-02 15:04:05")
}

// zoneName names a zone for messages.
func zoneName(zone *time.Location) string {
	if zone == time.Local {
		return "this computer's zone"
	}
	return zone.String()
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// date is w's date in the form that every date field takes.
func (w wall) date() string { return fmt.Sprintf("%04d-%02d-%02d", w.year, w.month, w.day) }

func notADateTime(text string, zone *time.Location, now time.Time) *Problem {
	wrong := "Not a date and time: " + quote(text)
	if strings.TrimSpace(text) == "" {
		wrong = "Not a date and time: the text is empty"
	}
	if fix, ok := epoch(text); ok {
		return problem("not a date", wrong+" looks like a Unix time", fix)
	}
	return advise("not a date", wrong, example(metadata.KindDateTime, circumstances{zone: zone, now: now}))
}

// withClock completes the fixes of a date problem with the time and zone that
// were typed beside the date.
func withClock(p *Problem, clock, zone string) *Problem {
	if clock != "" {
		clock = " " + clock
	}
	return completed(p, "", clock+spaced(zone))
}

// withDate does the same for the fixes of a time's problem.
func withDate(p *Problem, date, zone string) *Problem {
	return completed(p, date+" ", spaced(zone))
}

func spaced(zone string) string {
	if len(zone) > 1 && isLetter(zone[0]) {
		return " " + zone
	}
	return zone
}

// completed puts text around the fixes of a problem.
func completed(p *Problem, before, after string) *Problem {
	if p == nil || len(p.Fixes) == 0 {
		return p
	}
	fixes := make([]string, len(p.Fixes))
	for i, fix := range p.Fixes {
		fixes[i] = before + fix + after
	}
	return problem(p.Brief, p.wrong, fixes...)
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
