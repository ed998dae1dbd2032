// The written forms of a date and of a time of day.

package forms

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	threeNumbers = regexp.MustCompile(`^(\d{1,4})([-/. ]) ?(\d{1,2})([-/. ]) ?(\d{1,4})\.?$`)
	basicDate    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	ordinalDate  = regexp.MustCompile(`^(\d{4})-(\d{3})$`)
	dayMonthName = regexp.MustCompile(`^(?:\p{L}{2,13}\.?,? )?(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -](\p{L}{3,10})\.?,?[ -](\d{4})$`)
	monthNameDay = regexp.MustCompile(`^(?:\p{L}{2,13}\.?,? )?(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
	clockTime    = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)? ?(?i:([ap])\.?m\.?)?$`)
	basicClock   = regexp.MustCompile(`^(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d+))?)?)?$`)
	hourOnly     = regexp.MustCompile(`^(\d{1,2}) ?(?i:([ap])\.?m\.?)$`)
)

// parseDate reads a date without a time. Both results are nil where the text
// is no date at all.
func parseDate(s string) (*wall, *Problem) {
	if m := threeNumbers.FindStringSubmatch(s); m != nil && m[2] == m[4] {
		return dateOfThree(m[1], m[2], m[3], m[5])
	}
	if m := basicDate.FindStringSubmatch(s); m != nil {
		return &wall{year: number(m[1]), month: number(m[2]), day: number(m[3])}, nil
	}
	if m := ordinalDate.FindStringSubmatch(s); m != nil {
		return ordinal(number(m[1]), number(m[2]))
	}
	if m := cjkDate.FindStringSubmatch(s); m != nil {
		return &wall{year: number(m[1]), month: number(m[2]), day: number(m[3])}, nil
	}
	if m := dayMonthName.FindStringSubmatch(ofMonthName.ReplaceAllString(s, " ")); m != nil {
		return namedMonth(m[3], m[2], m[1])
	}
	if m := monthNameDay.FindStringSubmatch(s); m != nil {
		return namedMonth(m[3], m[1], m[2])
	}
	return nil, nil
}

// number is the value of a few digits that a pattern has matched.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0 // an absent group
	}
	return n
}

// ordinal is the day of the year in ISO 8601, 2026-327.
func ordinal(year, day int) (*wall, *Problem) {
	t := time.Date(year, 1, day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year {
		return nil, advise("no such date", fmt.Sprintf("%04d has no day %d", year, day), "Write year-month-day, such as 2026-11-23")
	}
	return &wall{year: year, month: int(t.Month()), day: t.Day()}, nil
}

// dateOfThree decides the order of three numbers: a year of four digits first
// is ISO; dots are day.month.year; slashes and dashes are either, so that both
// are offered unless only one can be.
func dateOfThree(first, separator, second, third string) (*wall, *Problem) {
	a, b, c := number(first), number(second), number(third)
	if len(first) == 4 && len(third) <= 2 {
		return &wall{year: a, month: b, day: c}, nil
	}
	if len(first) > 2 {
		return nil, nil
	}
	if len(third) != 4 {
		return nil, shortYear(a, b, third, separator)
	}
	dayFirst, monthFirst := wall{year: c, month: b, day: a}, wall{year: c, month: a, day: b}
	if separator == "." {
		if dayFirst.check() != nil && monthFirst.check() == nil {
			return nil, problem("not a date", "With points the day comes first, and there is no month "+second, monthFirst.date())
		}
		return &dayFirst, nil
	}
	switch dayOK, monthOK := dayFirst.check() == nil, monthFirst.check() == nil; {
	case dayOK && monthOK && a != b:
		return nil, problem("two readings", fmt.Sprintf("%s can be two dates: month first or day first",
			quote(first+separator+second+separator+third)), monthFirst.date(), dayFirst.date())
	case dayOK && !monthOK:
		return &dayFirst, nil
	default:
		return &monthFirst, nil
	}
}

// shortYear answers a year that is not written in four digits.
func shortYear(a, b int, year, separator string) *Problem {
	wrong := "The year needs four digits"
	if len(year) != 2 {
		return advise("not a date", wrong, "Write year-month-day, such as 2026-11-23")
	}
	y := 2000 + number(year)
	dayFirst, monthFirst := wall{year: y, month: b, day: a}, wall{year: y, month: a, day: b}
	var fixes []string
	if separator != "." && monthFirst.check() == nil {
		fixes = append(fixes, monthFirst.date())
	}
	if dayFirst.check() == nil && (len(fixes) == 0 || a != b) {
		fixes = append(fixes, dayFirst.date())
	}
	if yearFirst := (wall{year: 2000 + a, month: b, day: number(year)}); separator == "-" && yearFirst.check() == nil {
		fixes = append(fixes, yearFirst.date())
	}
	if len(fixes) == 0 {
		return advise("not a date", wrong, "Write year-month-day, such as 2026-11-23")
	}
	return problem("not a date", wrong, fixes...)
}

func namedMonth(year, month, day string) (*wall, *Problem) {
	if m, ok := monthNamed(month); ok {
		return &wall{year: number(year), month: int(m), day: number(day)}, nil
	}
	return nil, nil
}

// parseClock reads a time of day into w.
func parseClock(s string, w *wall) *Problem {
	half := ""
	if m := clockTime.FindStringSubmatch(s); m != nil {
		w.hour, w.minute, w.second, w.fraction, half = number(m[1]), number(m[2]), number(m[3]), m[4], m[5]
	} else if m := basicClock.FindStringSubmatch(s); m != nil {
		w.hour, w.minute, w.second, w.fraction = number(m[1]), number(m[2]), number(m[3]), m[4]
	} else if m := hourOnly.FindStringSubmatch(s); m != nil {
		w.hour, w.minute, w.second, half = number(m[1]), 0, 0, m[2]
	} else if m := localClock.FindStringSubmatch(s); m != nil {
		w.hour, w.minute, w.second = number(m[1]), number(m[2]), number(m[3])
	} else {
		return advise("not a time", "Not a time of day: "+quote(s), "Write hours and minutes, such as 14:05")
	}
	return w.checkClock(half)
}

// checkClock turns a 12-hour clock into a 24-hour one and refuses what no
// clock shows.
func (w *wall) checkClock(half string) *Problem {
	const brief = "no such time"
	if half != "" {
		if w.hour < 1 || w.hour > 12 {
			return problem(brief, fmt.Sprintf("There is no hour %d with am or pm", w.hour), fmt.Sprintf("%02d:%02d", w.hour%24, w.minute%60))
		}
		w.hour %= 12
		if strings.EqualFold(half, "p") {
			w.hour += 12
		}
	}
	switch {
	case w.hour == 24 && w.minute == 0 && w.second == 0:
		return advise(brief, "There is no 24:00", "Write 00:00 of the next day")
	case w.hour > 23:
		return advise(brief, fmt.Sprintf("There is no hour %d", w.hour), "Hours go from 00 to 23")
	case w.minute > 59:
		return advise(brief, fmt.Sprintf("There is no minute %d", w.minute), "Minutes go from 00 to 59")
	case w.second == 60:
		return problem(brief, "Leap seconds cannot be sent", fmt.Sprintf("%02d:%02d:59", w.hour, w.minute))
	case w.second > 59:
		return advise(brief, fmt.Sprintf("There is no second %d", w.second), "Seconds go from 00 to 59")
	case len(w.fraction) > maxFraction:
		return advise(brief, fmt.Sprintf("A second has at most %d decimals here", maxFraction), "Remove the last ones")
	}
	return nil
}

// epoch reads a Unix time in seconds or milliseconds, as copied from logs, to
// the text that says the same.
func epoch(text string) (string, bool) {
	s := tidy(text)
	if countDigits(s) != len(s) || len(s) != 10 && len(s) != 13 {
		return "", false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return "", false
	}
	if len(s) == 13 {
		return time.UnixMilli(n).UTC().Format("2006-01-02T15:04:05.000Z"), true
	}
	return time.Unix(n, 0).UTC().Format("2006-01-02T15:04:05Z"), true
}
