// Dates and times that count from the clock: now, now-2d, today 09:00.

package forms

import (
	"strings"
	"time"
)

// maxSteps bounds what one relative step can say, so that no typed number
// overflows a duration.
const maxSteps = 100_000

// relativeMoment reads the words that depend on the clock. known is false
// where the text begins with none of them.
func relativeMoment(s string, zone *time.Location, now time.Time) (m moment, known bool, _ *Problem) {
	now = now.In(zone).Truncate(time.Second)
	for _, word := range []string{"now", "today", "yesterday", "tomorrow"} {
		if len(s) < len(word) || !strings.EqualFold(s[:len(word)], word) || len(s) > len(word) && isLetter(s[len(word)]) {
			continue
		}
		rest := strings.TrimSpace(s[len(word):])
		if word == "now" {
			m, p := fromNow(rest, s, now)
			return m, true, p
		}
		m, p := onDay(word, rest, s, zone, now)
		return m, true, p
	}
	return moment{}, false, nil
}

// fromNow reads what follows now: nothing, or steps such as -2d or +3h30m.
func fromNow(rest, whole string, now time.Time) (moment, *Problem) {
	at, ok := step(now, rest)
	if !ok {
		return moment{}, advise("not a date", "Not understood: "+quote(whole), "Write now, now-2d, now+3h or now-30m")
	}
	if year := at.UTC().Year(); year < 1 || year > 9999 {
		return moment{}, advise("out of range", "Outside the years 0001 to 9999", "Write a smaller step")
	}
	return moment{at: at, relative: true}, nil
}

// onDay reads a day word with a time of day, days apart, or both:
// today 09:00, today-3d, yesterday.
func onDay(word, rest, whole string, zone *time.Location, now time.Time) (moment, *Problem) {
	day := now
	switch word {
	case "yesterday":
		day = now.AddDate(0, 0, -1)
	case "tomorrow":
		day = now.AddDate(0, 0, 1)
	}
	steps, clock := splitSteps(rest)
	day, ok := step(day, steps)
	if !ok {
		return moment{}, advise("not a date", "Not understood: "+quote(whole), "Write today, today 09:00, today-3d or yesterday 17:30")
	}
	w := wall{year: day.Year(), month: int(day.Month()), day: day.Day()}
	body, zoneText := splitZone(clock)
	if body != "" {
		if p := parseClock(body, &w); p != nil {
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
	m.relative = true
	return m, completed(p, "", spaced(zoneText))
}

// splitSteps cuts "-3d 09:00" into its steps and its time of day; either can
// be empty.
func splitSteps(rest string) (steps, clock string) {
	signed := rest != "" && (rest[0] == '+' || rest[0] == '-')
	if !signed {
		return "", rest
	}
	colon := strings.IndexByte(rest, ':')
	if colon < 0 {
		return rest, ""
	}
	at := strings.LastIndexByte(rest[:colon], ' ')
	if at < 0 {
		return rest, ""
	}
	return rest[:at], rest[at+1:]
}

// step moves t by signed amounts: -2d, +3h, - 1w 2d. Days, weeks, months and
// years follow the calendar; hours, minutes and seconds are exact.
func step(t time.Time, s string) (time.Time, bool) {
	s = strings.ToLower(strings.ReplaceAll(s, " ", ""))
	sign := 0
	for s != "" {
		switch s[0] {
		case '+':
			sign, s = 1, s[1:]
		case '-':
			sign, s = -1, s[1:]
		}
		digits := countDigits(s)
		if sign == 0 || digits == 0 || digits > 6 {
			return t, false
		}
		n := number(s[:digits]) * sign
		unit := s[digits:]
		letters := 0
		for letters < len(unit) && isLetter(unit[letters]) {
			letters++
		}
		var ok bool
		if t, ok = addUnit(t, n, unit[:letters]); !ok {
			return t, false
		}
		s = unit[letters:]
	}
	return t, true
}

func addUnit(t time.Time, n int, unit string) (time.Time, bool) {
	if n > maxSteps || n < -maxSteps {
		return t, false
	}
	exact := func(d time.Duration) (time.Time, bool) { return t.Add(time.Duration(n) * d), true }
	switch unit {
	case "s", "sec", "second", "seconds":
		return exact(time.Second)
	case "m", "min", "minute", "minutes":
		return exact(time.Minute)
	case "h", "hour", "hours":
		return exact(time.Hour)
	case "d", "day", "days":
		return t.AddDate(0, 0, n), true
	case "w", "week", "weeks":
		return t.AddDate(0, 0, 7*n), true
	case "mo", "month", "months":
		return addMonths(t, n), true
	case "y", "year", "years":
		return addMonths(t, 12*n), true
	}
	return t, false
}

// addMonths keeps within the month that is meant: a month before 31 March is
// the last of February, not 3 March.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), 0, t.Location())
	day := min(t.Day(), daysIn(first.Year(), int(first.Month())))
	return first.AddDate(0, 0, day-1)
}
