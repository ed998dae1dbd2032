// How an activity that was sent from here arrived, and until when it is kept, in
// words.

package ui

import (
	"time"

	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// arrivedWords say how long after the send an activity was seen; empty where that is
// not known.
func arrivedWords(m timeline.Mark, zone *time.Location) string {
	if words := arrivalWords(m.SentAt, m.VisibleAt, zone); words != "" {
		return "visible " + words
	}
	return ""
}

// keptWords say until when an activity is kept; empty where that is not known,
// which is so for all that was not sent from here.
func keptWords(row *timeline.Row, now time.Time, zone *time.Location) string {
	life := row.Sent.Life
	switch {
	case !life.Known() && row.Sent.EntryID != "":
		return "not known until when it is kept"
	case !life.Known():
		return ""
	case life.Expired(now):
		return "expired " + words.Time(life.Until, zone)
	}
	return "expires " + words.Time(life.Until, zone) + ", " + leftWords(life, now, zone) + " left"
}

// lifeBadge counts down what is left of an activity; empty where that is not
// known.
func lifeBadge(life outbox.Lifetime, now time.Time, zone *time.Location) (string, widgets.Tone) {
	switch {
	case !life.Known():
		return "", widgets.ToneNeutral
	case life.Expired(now):
		return "expired", widgets.ToneNeutral
	default:
		return "expires in " + leftWords(life, now, zone), widgets.ToneWarning
	}
}
