// Until when something that was sent from here is kept, in words: one rule for
// the lines of a send, the history and the rows of a timeline.

package ui

import (
	"strconv"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// leftWords is how far the end is away: "30 d", "23 h", "12 min"; empty where
// it is over or not known.
func leftWords(l outbox.Lifetime, now time.Time, zone *time.Location) string {
	n, unit := l.Left(now, zone)
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + [...]string{outbox.UnitDays: " d", outbox.UnitHours: " h", outbox.UnitMinutes: " min"}[unit]
}

// lifetimeLine is the line of a send; false where nothing is known.
func lifetimeLine(e journal.Entry, now time.Time, zone *time.Location) (widgets.Step, bool) {
	l := outbox.LifetimeOf(e)
	at := words.Time(l.Until, zone)
	switch {
	case !l.Known():
		return widgets.Step{}, false
	case l.Profile && l.Expired(now):
		return widgets.Step{Strong: "Ended", Detail: at + ": the profile shows what its sources say again"}, true
	case l.Profile:
		return widgets.Step{Detail: "Holds until " + at + " · " + leftWords(l, now, zone) + " left, then the profile shows what its sources say"}, true
	case l.Expired(now):
		return widgets.Step{Strong: "Expired", Detail: at + ", unless a refresh has brought it"}, true
	}
	return widgets.Step{Detail: "Expires " + at + " · " + leftWords(l, now, zone) + " left, unless a refresh brings it"}, true
}
