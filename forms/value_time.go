// From typed text to date-times, dates and times of day as the service takes
// them.

package forms

import (
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// timeStyle is how date-times are written for one entity.
type timeStyle int

const (
	styleUTC        timeStyle = iota // 2026-11-23T13:05:00Z
	styleOffset                      // 2026-11-23T14:05:00+01:00
	styleZeroOffset                  // 2026-11-23T13:05:00+00:00
)

const isoSeconds = "2006-01-02T15:04:05"

// format writes a moment as it is sent. Offsets that have seconds (before
// zones were agreed upon) cannot be written in RFC 3339: those go in UTC.
func (m moment) format(style timeStyle) string {
	fraction := ""
	if m.fraction != "" {
		fraction = "." + m.fraction
	}
	_, offset := m.at.Zone()
	if style == styleOffset && offset%60 == 0 && m.at.Year() >= 1 && m.at.Year() <= 9999 {
		return m.at.Format(isoSeconds) + fraction + m.at.Format("-07:00")
	}
	utc := m.at.UTC().Format(isoSeconds) + fraction
	if style == styleZeroOffset {
		return utc + "+00:00"
	}
	return utc + "Z"
}

// styleOf tells the style of values seen in sample rows: ours has an offset
// where one of theirs has.
func styleOf(samples []string) timeStyle {
	style := styleUTC
	for _, sample := range samples {
		if _, err := time.Parse(time.RFC3339Nano, sample); err != nil {
			continue
		}
		switch tail := sample[len(sample)-1:]; {
		case tail == "Z" || tail == "z":
		case strings.HasSuffix(sample, "+00:00") || strings.HasSuffix(sample, "-00:00"):
			if style == styleUTC {
				style = styleZeroOffset
			}
		default:
			return styleOffset
		}
	}
	return style
}

func readDateTime(text string, in circumstances) (reading, *Problem) {
	m, p := readMoment(text, in.zone, in.now)
	if p != nil {
		return reading{}, p
	}
	r := stringReading(m.format(in.style))
	r.hint, r.relative = m.hint, m.relative
	return r, nil
}

func readDate(text string, in circumstances) (reading, *Problem) {
	s := tidy(text)
	if s == "" {
		return reading{}, notADate("Not a date: the text is empty", in)
	}
	if len(s) > maxMoment {
		return reading{}, notADate("Not a date: "+quote(text), in)
	}
	if m, known, p := relativeMoment(s, in.zone, in.now); known {
		if p != nil {
			return reading{}, p
		}
		r := stringReading(m.at.In(in.zone).Format(time.DateOnly))
		r.relative = true
		return r, nil
	}
	day, p := parseDate(s)
	if p == nil && day != nil {
		p = day.check()
	}
	if p != nil {
		return reading{}, p
	}
	if day != nil {
		return stringReading(day.date()), nil
	}
	date, clock := splitDateTime(s)
	if day, p := parseDate(date); p == nil && day != nil && day.check() == nil && clock != "" {
		return reading{}, problem("not a date", "This field is a date without a time", day.date())
	}
	return reading{}, notADate("Not a date: "+quote(text), in)
}

func notADate(wrong string, in circumstances) *Problem {
	return advise("not a date", wrong, example(metadata.KindDate, in))
}

func readTimeOfDay(text string, in circumstances) (reading, *Problem) {
	s := tidy(text)
	if len(s) > maxMoment {
		return reading{}, advise("not a time", "Not a time of day: "+quote(text), example(metadata.KindTimeOfDay, in))
	}
	if strings.HasPrefix(strings.ToLower(s), "now") {
		m, _, p := relativeMoment(s, in.zone, in.now)
		if p != nil || !m.relative {
			return reading{}, advise("not a time", "Not a time of day: "+quote(text), example(metadata.KindTimeOfDay, in))
		}
		r := stringReading(m.at.Format(time.TimeOnly))
		r.relative = true
		return r, nil
	}
	var w wall
	if p := parseClock(strings.TrimPrefix(s, "T"), &w); p != nil {
		return reading{}, p
	}
	sent := time.Date(2000, 1, 1, w.hour, w.minute, w.second, 0, time.UTC).Format(time.TimeOnly)
	if w.fraction != "" {
		sent += "." + w.fraction
	}
	return stringReading(sent), nil
}
