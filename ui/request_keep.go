// How long the service is asked to keep an activity: validUntil (contract,
// section 5), for a while from the click on or until a moment. Values only.

package ui

import (
	"time"

	"github.com/activitydesk/activitydesk/forms"
)

// keepFor is how long an activity is to be kept: for a time from the click on,
// or until a moment. The zero value leaves validUntil out: the service keeps
// 30 days then.
type keepFor struct {
	For time.Duration
	At  time.Time // UTC, whole seconds; zero: For counts
}

// keepMost is how far in the future the service takes a validUntil.
const keepMost = 30 * 24 * time.Hour

// keepChoice is one line of the picker.
type keepChoice struct {
	Label string
	Keep  keepFor
}

// keepChoices are what the picker offers beside a moment of one's own.
func keepChoices() []keepChoice {
	const day = 24 * time.Hour
	return []keepChoice{
		{"Kept 1 hour", keepFor{For: time.Hour}},
		{"Kept 1 day", keepFor{For: day}},
		{"Kept 7 days", keepFor{For: 7 * day}},
		{"Kept 30 days", keepFor{}},
	}
}

// Until is the validUntil of a send at the given moment; zero: leave it out.
func (k keepFor) Until(now time.Time) time.Time {
	switch {
	case !k.At.IsZero():
		return k.At
	case k.For == 0:
		return time.Time{}
	default:
		return now.Add(k.For).UTC().Truncate(time.Second)
	}
}

// Label is the choice in two or three words.
func (k keepFor) Label(zone *time.Location) string {
	for _, choice := range keepChoices() {
		if choice.Keep == k {
			return choice.Label
		}
	}
	if k.At.IsZero() {
		return "Kept " + k.For.String()
	}
	return "Until " + k.At.In(zone).Format("2 Jan")
}

// Words is the absolute moment, in the window's zone and in UTC; empty where
// none is sent.
func (k keepFor) Words(now time.Time, zone *time.Location) string {
	until := k.Until(now)
	if until.IsZero() {
		return ""
	}
	if k.At.IsZero() {
		return "Sent now: until " + momentWords(until, zone)
	}
	return "Kept until " + momentWords(until, zone)
}

// momentWords writes a moment in a zone, and in UTC behind it.
func momentWords(at time.Time, zone *time.Location) string {
	here := at.In(zone).Format("2006-01-02 15:04") + " " + zoneWord(zone)
	if _, offset := at.In(zone).Zone(); offset == 0 {
		return here
	}
	utc := at.UTC()
	if at.In(zone).Format(time.DateOnly) == utc.Format(time.DateOnly) {
		return here + ", " + utc.Format("15:04") + " UTC"
	}
	return here + ", " + utc.Format("2006-01-02 15:04") + " UTC"
}

// zoneWord names a zone behind a time. UTC is named where this computer lives in it,
// too.
func zoneWord(zone *time.Location) string {
	if zone == time.Local && zone.String() != "UTC" {
		return "here"
	}
	return zone.String()
}

// Problem says why the service would not take the moment; empty where it
// would. A choice for a while is always right.
func (k keepFor) Problem(now time.Time) string {
	switch {
	case k.At.IsZero():
		return ""
	case !k.At.After(now):
		return "This moment has passed. Choose one in the future."
	case k.At.After(now.Add(keepMost)):
		return "The service keeps an activity for at most 30 days: until " +
			now.Add(keepMost).UTC().Format("2006-01-02 15:04") + " UTC."
	default:
		return ""
	}
}

// readKeep reads a moment as the form's date-times are read.
func readKeep(text string, zone *time.Location, now time.Time) (keep keepFor, hint, problem string) {
	at, hint, wrong := forms.ReadMoment(text, zone, now)
	if wrong != nil {
		return keepFor{}, "", wrong.Text + "."
	}
	keep = keepFor{At: at.UTC()}
	return keep, hint, keep.Problem(now)
}
