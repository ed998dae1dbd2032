// A date and time outside of a form, read as the form's own are.

package forms

import "time"

// ReadMoment reads a date and time as a date-time field of a form does: ISO
// 8601, "2026-11-23 14:05", "now+2d", "today 09:00" and so on. A text without a
// zone is in zone; relative words count from now. The moment is in whole
// seconds. The hint is a remark that does not keep the text from being taken,
// such as a time that a change of the clocks repeats; it may be empty.
func ReadMoment(text string, zone *time.Location, now time.Time) (at time.Time, hint string, problem *Problem) {
	m, p := readMoment(text, zone, now)
	if p != nil {
		return time.Time{}, "", p
	}
	return m.at, m.hint, nil
}
