// Lifetime: until when the service keeps what was sent from here, and how far
// that is away as a person counts it.

package outbox

import (
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// How long the service keeps what it was sent, where validUntil says nothing
// else (contract, sections 5 and 6).
const (
	ActivityKept = 30 * 24 * time.Hour
	ProfileKept  = 4 * time.Hour
)

// Lifetime is until when something that was sent from here is kept. The zero
// Lifetime is not known, which is so for everything that others sent: no answer
// of the service tells.
type Lifetime struct {
	Until   time.Time // the first instant at which it is gone; zero: not known
	Asked   bool      // by validUntil; else it is what the service does by itself
	Profile bool      // of an update of a profile; else of an activity
}

// LifetimeOf gives the lifetime of an entry that the service has stored. What
// it refused, what is in doubt, and what was there before (sent at another
// time, perhaps by somebody else) has none that is known.
//
// Without validUntil it counts from the end of the attempt: the service stored
// it a little before, so nothing is called expired that is still there.
func LifetimeOf(e journal.Entry) Lifetime {
	l := Lifetime{Profile: e.Operation == journal.OperationPatch}
	if e.State != journal.Accepted && e.State != journal.Visible {
		return Lifetime{}
	}
	if !e.ValidUntil.IsZero() {
		l.Until, l.Asked = e.ValidUntil, true
		return l
	}
	from := e.AnsweredAt
	if from.IsZero() {
		from = e.SentAt
	}
	if from.IsZero() {
		return Lifetime{}
	}
	kept := ActivityKept
	if l.Profile {
		kept = ProfileKept
	}
	l.Until = from.Add(kept)
	return l
}

// Known says whether it is known until when.
func (l Lifetime) Known() bool { return !l.Until.IsZero() }

// Expired says that its end has come.
func (l Lifetime) Expired(now time.Time) bool { return l.Known() && !now.Before(l.Until) }

// Unit is what a countdown counts in.
type Unit int

// The units of a countdown.
const (
	UnitDays Unit = iota
	UnitHours
	UnitMinutes
)

// Left is how far the end is away: whole days to the day of expiry by the
// zone's calendar, then whole hours in the last 24, then minutes in the last
// hour, of which the last one counts to its end. 0 is expired, or not known.
//
// Days are those of the calendar: over a change of the clocks a day of 23 or 25
// hours is one, as on the wall.
func (l Lifetime) Left(now time.Time, zone *time.Location) (n int, unit Unit) {
	left := l.Until.Sub(now)
	switch {
	case !l.Known() || left <= 0:
		return 0, UnitMinutes
	case left < time.Hour:
		return int((left + time.Minute - 1) / time.Minute), UnitMinutes
	case left < 24*time.Hour:
		return int(left / time.Hour), UnitHours
	}
	// On a day of 25 hours, 24 hours can end on the same day.
	return max(1, daysBetween(now.In(zone), l.Until.In(zone))), UnitDays
}

// daysBetween counts the midnights from one day of a calendar to another.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}
