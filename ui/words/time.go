// How times and counts are written: an instant absolutely in the window's zone
// first, relatively beside.

package words

import (
	"strconv"
	"time"
)

// TimeLayout is how an instant is written in the window.
const TimeLayout = "2006-01-02 15:04:05"

// ClockLayout is an instant of today.
const ClockLayout = "15:04:05"

// Time writes an instant in a zone; empty for the zero time.
func Time(at time.Time, zone *time.Location) string {
	if at.IsZero() {
		return ""
	}
	return at.In(zone).Format(TimeLayout)
}

// ShortTime writes only the clock for an instant of the same day as now in
// that zone, and the whole instant otherwise.
func ShortTime(at, now time.Time, zone *time.Location) string {
	if at.IsZero() {
		return ""
	}
	local := at.In(zone)
	y, m, d := local.Date()
	if ny, nm, nd := now.In(zone).Date(); y == ny && m == nm && d == nd {
		return local.Format(ClockLayout)
	}
	return local.Format(TimeLayout)
}

// RelativeTime says how far an instant is from now: "40 s ago", "in 3 d".
// From 60 days on it answers nothing: the date says it better.
func RelativeTime(at, now time.Time) string {
	if at.IsZero() {
		return ""
	}
	gap := now.Sub(at)
	ahead := gap < 0
	gap = gap.Abs()
	var span string
	switch {
	case gap < time.Second:
		return "now"
	case gap < time.Minute:
		span = strconv.Itoa(int(gap/time.Second)) + " s"
	case gap < time.Hour:
		span = strconv.Itoa(int(gap/time.Minute)) + " min"
	case gap < 48*time.Hour:
		span = strconv.Itoa(int(gap/time.Hour)) + " h"
	case gap < 60*24*time.Hour:
		span = strconv.Itoa(int(gap/(24*time.Hour))) + " d"
	default:
		return ""
	}
	if ahead {
		return "in " + span
	}
	return span + " ago"
}

// Took writes how long something took: "83 ms", "2.4 s", "1 min 5 s".
func Took(took time.Duration) string {
	switch {
	case took < time.Millisecond:
		return "under 1 ms"
	case took < time.Second:
		return strconv.FormatInt(took.Round(time.Millisecond).Milliseconds(), 10) + " ms"
	case took < time.Minute:
		return strconv.FormatFloat(took.Seconds(), 'f', 1, 64) + " s"
	default:
		whole := took.Round(time.Second)
		return strconv.Itoa(int(whole/time.Minute)) + " min " + strconv.Itoa(int(whole%time.Minute/time.Second)) + " s"
	}
}

// Grouped writes a count with commas between thousands: 12,369.
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Counted writes a number with its word: "1 field", "7 fields".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
