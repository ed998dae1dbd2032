// The history as values: what the list shows of each entry, and in which
// order. history.go draws it.

package ui

import (
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// historyItem is a line of the history: a heading, or an entry.
type historyItem struct {
	Heading string
	Entry   *journal.Entry // nil: a heading
}

// arrangeHistory puts what waits for a person's word first. Entries come
// newest first, as the journal lists them; both parts keep that order.
func arrangeHistory(entries []journal.Entry) []historyItem {
	var waiting, rest []historyItem
	for i := range entries {
		item := historyItem{Entry: &entries[i]}
		if maySendAgain(entries[i]) {
			waiting = append(waiting, item)
		} else {
			rest = append(rest, item)
		}
	}
	items := make([]historyItem, 0, len(entries)+2)
	if len(waiting) > 0 {
		items = append(items, historyItem{Heading: "Waiting for your word"})
		items = append(items, waiting...)
	}
	if len(rest) > 0 {
		items = append(items, historyItem{Heading: "Sent from here"})
		items = append(items, rest...)
	}
	return items
}

// stateBadge is the word and the colour of an entry's state.
func stateBadge(e journal.Entry) (string, widgets.Tone) {
	switch e.State {
	case journal.Queued:
		if e.NeverSent() {
			return "never sent", widgets.ToneWarning
		}
		return "queued", widgets.ToneNeutral
	case journal.Sending:
		return "sending", widgets.ToneInfo
	case journal.Accepted, journal.Visible:
		return string(e.State), widgets.ToneSuccess
	case journal.Refused:
		return "refused", widgets.ToneDanger
	case journal.Uncertain:
		return "uncertain", widgets.ToneWarning
	default:
		return string(e.State), widgets.ToneNeutral
	}
}

// historyWhen is the second line of an entry: when, then where it went.
func historyWhen(e journal.Entry, now time.Time, zone *time.Location) string {
	parts := []string{absoluteTime(e.CreatedAt, zone)}
	if relative := relativeTime(e.CreatedAt, now); relative != "" {
		parts = append(parts, relative)
	}
	return strings.Join(append(parts, instanceWords(e)), " · ")
}

// instanceWords names where an entry went and what kind of instance that is.
func instanceWords(e journal.Entry) string {
	name := e.InstanceName
	if name == "" {
		name = "instance " + shortID(e.InstanceID)
	}
	if e.InstanceType == "" {
		return name
	}
	return name + " (" + strings.ToLower(e.InstanceType) + ")"
}
