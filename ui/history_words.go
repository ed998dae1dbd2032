// The history as values: what the list shows of each entry, and in which
// order. history.go draws it.

package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// arrangeHistory puts what waits for a person's word first. Entries come
// newest first, as the journal lists them; both parts keep that order.
func arrangeHistory(entries []journal.Entry) []journal.Entry {
	arranged := slices.Clone(entries)
	slices.SortStableFunc(arranged, func(a, b journal.Entry) int {
		return waitingRank(a) - waitingRank(b)
	})
	return arranged
}

func waitingRank(e journal.Entry) int {
	if maySendAgain(e) {
		return 0
	}
	return 1
}

// historyWords counts what is listed.
func historyWords(entries []journal.Entry) string {
	text := words.Counted(len(entries), "send", "sends")
	if len(entries) == historyMost {
		text = "The newest " + text
	}
	waiting := 0
	for _, e := range entries {
		if maySendAgain(e) {
			waiting++
		}
	}
	if waiting > 0 {
		text += " · " + words.Counted(waiting, "waits for your word and stands", "wait for your word and stand") + " first"
	}
	return text
}

// factWords is what else is known of an entry, in a line.
func factWords(e journal.Entry, zone *time.Location) string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+" "+value)
		}
	}
	add("customer", e.CustomerKey)
	add("kept until", words.Time(e.ValidUntil, zone))
	add("caller", e.Caller)
	if e.Attempts > 1 {
		parts = append(parts, words.Counted(e.Attempts, "attempt", "attempts"))
	}
	add("by", e.ConnectionName)
	return strings.Join(parts, " · ")
}

// answerWords is the body of the answer; where there is none to show, why.
func answerWords(s *sendState) string {
	e := s.Entry
	if answer := answerText(e); answer != "" {
		return answer
	}
	said := s.said()
	lines := []string{said.What, said.Do}
	switch {
	case e.Status != 0:
		lines = slices.Insert(lines, 0, "The answer has no body: "+statusWords(e.Status)+".")
	case said.What == "":
		lines[0] = "No answer."
	}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
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
	parts := []string{words.Time(e.CreatedAt, zone)}
	if relative := words.RelativeTime(e.CreatedAt, now); relative != "" {
		parts = append(parts, relative)
	}
	return strings.Join(append(parts, instanceWords(e)), " · ")
}

// instanceWords names where an entry went and what kind of instance that is.
func instanceWords(e journal.Entry) string {
	name := e.InstanceName
	if name == "" {
		name = "instance " + people.ShortID(e.InstanceID)
	}
	if e.InstanceType == "" {
		return name
	}
	return name + " (" + strings.ToLower(e.InstanceType) + ")"
}
