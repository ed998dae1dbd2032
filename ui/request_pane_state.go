// A send in words: the lines under "Last send" and in the history, made from
// the journal's entry and what is known of its arrival. Values only.

package ui

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// lookStage says where the watch for a send's arrival stands.
type lookStage int

// The stages of looking.
const (
	lookNone lookStage = iota // nobody looks
	lookBusy
	lookSeen
	lookMissed // looked for as long as it is looked, and not seen
	lookFailed // could not look
	lookStopped
)

// sendWords makes the lines.
type sendWords struct {
	Now  time.Time
	Zone *time.Location
	For  time.Duration // how long it is being sent
	Look lookStage
	Why  string         // lookFailed: what was in the way
	Seen outbox.Arrival // what the watch saw, or why it saw nothing
	Said words.Message  // the answer in words: refused, uncertain
}

// Lines says how far an entry has come.
func (w sendWords) Lines(e journal.Entry) []widgets.Step {
	lines := []widgets.Step{w.outcome(e)}
	if said := w.said(e.State); said != "" {
		lines = append(lines, widgets.Step{Detail: said})
	}
	if e.State == journal.Visible {
		lines = append(lines, seenLine(e, w.Zone))
		if line, ok := comparedLine(w.Seen.Comparison); ok {
			lines = append(lines, line)
		} else if line, ok := w.lookLine(e); ok {
			lines = append(lines, line) // looked for once more, to compare it
		}
	} else if line, ok := w.lookLine(e); ok {
		lines = append(lines, line)
	}
	if line, ok := w.causesLine(); ok {
		lines = append(lines, line)
	}
	if e.Note != "" {
		lines = append(lines, widgets.Step{Detail: e.Note})
	}
	if line, ok := lifetimeLine(e, w.Now, w.Zone); ok {
		lines = append(lines, line)
	}
	return lines
}

// said is the answer in words. For doubt there is only one thing to do,
// whatever the reason.
func (w sendWords) said(state journal.State) string {
	switch {
	case answeredWell(state):
		return ""
	case state == journal.Uncertain:
		return strings.TrimSpace(w.Said.What + " It may have been stored: look for it before you send it again.")
	default:
		return strings.TrimSpace(w.Said.What + " " + w.Said.Do)
	}
}

// outcome is the first line: the state, and the answer in short.
func (w sendWords) outcome(e journal.Entry) widgets.Step {
	switch e.State {
	case journal.Queued:
		if e.NextTry.IsZero() {
			return widgets.Step{Tone: widgets.ToneWarning, Strong: "Never sent", Detail: neverWhy(e)}
		}
		return widgets.Step{Tone: widgets.ToneInfo, Strong: "Waiting", Detail: "for its turn, not before " + e.NextTry.In(w.Zone).Format(words.ClockLayout)}
	case journal.Sending:
		return widgets.Step{Tone: widgets.ToneInfo, Strong: "Sending…", Detail: lastingWords(w.For)}
	case journal.Accepted, journal.Visible:
		return widgets.Step{Tone: widgets.ToneSuccess, Strong: acceptedWord(e), Detail: answerInShort(e)}
	case journal.AlreadyThere:
		return widgets.Step{Tone: widgets.ToneWarning, Strong: "Already there", Detail: answerInShort(e)}
	case journal.Refused:
		return widgets.Step{Tone: widgets.ToneDanger, Strong: "Refused", Detail: answerInShort(e)}
	case journal.Uncertain:
		return widgets.Step{Tone: widgets.ToneWarning, Strong: "Uncertain", Detail: answerInShort(e)}
	default:
		return widgets.Step{Tone: widgets.ToneNeutral, Strong: string(e.State), Detail: answerInShort(e)}
	}
}

// neverWhy says in short why nothing was sent.
func neverWhy(e journal.Entry) string {
	if e.Message != "" || e.Status != 0 {
		return "nothing of it left this computer, or the service did not take it"
	}
	return "the desk ended before it could be sent"
}

// acceptedWord: an activity whose answer was lost, was 409 or was none of the
// contract's can be visible without ever having been accepted in words.
func acceptedWord(e journal.Entry) string {
	switch {
	case e.Status == http.StatusCreated, e.Status == http.StatusAccepted, e.Status == http.StatusNoContent:
		return "Accepted"
	case e.Status == http.StatusConflict:
		return "Already there"
	default:
		return "Arrived"
	}
}

// answerInShort is "201 Created · 83 ms", then the service's code where there
// is one.
func answerInShort(e journal.Entry) string {
	var parts []string
	if e.Status > 0 {
		parts = append(parts, strings.TrimSpace(strconv.Itoa(e.Status)+" "+http.StatusText(e.Status)))
	}
	if e.Took > 0 {
		parts = append(parts, words.Took(e.Took))
	}
	if e.Attempts > 1 {
		parts = append(parts, strconv.Itoa(e.Attempts)+" attempts")
	}
	if e.Code != "" {
		parts = append(parts, words.Clipped(e.Code, 80))
	}
	return strings.Join(parts, " · ")
}

// arrivalWords say how long after the send an activity was seen, or, where nobody
// looked all the time, when it was seen first; empty where that is not known.
func arrivalWords(sent, seen time.Time, zone *time.Location) string {
	const slack = 15 * time.Second // of the last look
	switch after := seen.Sub(sent); {
	case seen.IsZero() || sent.IsZero() || after < 0:
		return ""
	case after <= outbox.WatchFor+slack:
		return "after " + words.Took(after)
	default:
		return "first seen " + words.Time(seen, zone)
	}
}

func seenLine(e journal.Entry, zone *time.Location) widgets.Step {
	line := widgets.Step{
		Tone: widgets.ToneSuccess, Strong: "Visible on the timeline", Detail: arrivalWords(e.SentAt, e.VisibleAt, zone),
	}
	if e.MatchedBy == journal.MatchTypeAndTime {
		line.Detail = strings.TrimSpace(line.Detail + " · probably: matched by type and time")
	}
	return line
}

// comparedLine says how what was sent compares with what the timeline gives.
func comparedLine(c outbox.Comparison) (widgets.Step, bool) {
	if len(c.Fields) == 0 {
		return widgets.Step{}, false
	}
	var parts []string
	add := func(n int, word string) {
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+word)
		}
	}
	add(c.Same, "same")
	add(c.Different, "different")
	add(c.NotReturned, "not returned")
	line := widgets.Step{Tone: widgets.ToneSuccess, Strong: "Stored as sent", Detail: strings.Join(parts, ", ")}
	switch {
	case c.Different > 0:
		line.Tone, line.Strong = widgets.ToneWarning, "Not stored as sent"
	case c.Same == 0:
		line.Tone, line.Strong = widgets.ToneNeutral, "Not comparable"
	}
	return line, true
}

// lookLine says how looking for the activity goes.
func (w sendWords) lookLine(e journal.Entry) (widgets.Step, bool) {
	switch w.Look {
	case lookSeen:
		return w.seenOtherwise(e)
	case lookBusy:
		return widgets.Step{Tone: widgets.ToneInfo, Strong: "Looking", Detail: "for it on the timeline…" + w.asked()}, true
	case lookMissed:
		return w.missedLine(e), true
	case lookFailed:
		return widgets.Step{Tone: widgets.ToneWarning, Strong: "Could not look", Detail: w.Why}, true
	case lookStopped:
		return widgets.Step{Tone: widgets.ToneNeutral, Strong: "Stopped looking", Detail: "It may appear all the same."}, true
	default:
		return widgets.Step{}, false
	}
}

// missedLine is for what was looked for to the end and not seen: that says
// something of the timeline only where it could be read.
func (w sendWords) missedLine(e journal.Entry) widgets.Step {
	why := ""
	if w.Seen.Err != nil {
		why = words.Explain(w.Seen.Err).What
	}
	line := widgets.Step{Tone: widgets.ToneWarning, Strong: "Not seen for 2 min", Detail: "It may appear later."}
	switch {
	case w.neverLooked():
		line.Strong, line.Detail = "Could not look", strings.TrimSpace(why+" It was tried for 2 min.")
		return line
	case e.State == journal.Visible:
		line.Detail = "It was on the timeline before."
	}
	if why != "" {
		line.Detail += " The last time: " + why
	}
	return line
}

// neverLooked says that no look saw anything of the timeline.
func (w sendWords) neverLooked() bool { return w.Seen.Failed > 0 && w.Seen.Failed == w.Seen.Asked }

// causesLine lists what may be the cause where an activity was looked for in vain.
func (w sendWords) causesLine() (widgets.Step, bool) {
	if w.Look != lookMissed || w.neverLooked() {
		return widgets.Step{}, false
	}
	names := make([]string, 0, len(outbox.Causes()))
	for _, cause := range outbox.Causes() {
		first, rest := cause.String()[:1], cause.String()[1:]
		names = append(names, strings.ToLower(first)+rest)
	}
	return widgets.Step{Detail: "Causes can be: " + strings.Join(names, "; ") + ". “" + whyTitle + "” goes through them."}, true
}

// asked says how a look goes that takes longer than one asking.
func (w sendWords) asked() string {
	said := ""
	if w.Seen.Asked > 1 {
		said = " asked " + strconv.Itoa(w.Seen.Asked) + " times"
		if lasting := lastingWords(w.Seen.After); lasting != "" {
			said += " in " + lasting
		}
	}
	if w.Seen.Err != nil {
		said += " The last time: " + words.Explain(w.Seen.Err).What
	}
	return said
}

// lastingWords is a time of whole seconds; empty for less than one.
func lastingWords(d time.Duration) string {
	if d < time.Second {
		return ""
	}
	return strconv.Itoa(int(d/time.Second)) + " s"
}

// seenOtherwise is for what is on the timeline although this send is not known
// to have put it there: one with the same key was there before, or one of the
// same type and time is.
func (w sendWords) seenOtherwise(e journal.Entry) (widgets.Step, bool) {
	switch {
	case e.State == journal.AlreadyThere && w.Seen.Comparison.Different > 0:
		return widgets.Step{
			Tone: widgets.ToneWarning, Strong: "Another activity",
			Detail: "has this key: " + words.Counted(w.Seen.Comparison.Different, "field differs", "fields differ") + " from what was sent.",
		}, true
	case e.State == journal.AlreadyThere:
		return widgets.Step{
			Tone: widgets.ToneSuccess, Strong: "On the timeline",
			Detail: "with this key, as sent where it can be compared.",
		}, true
	default:
		return widgets.Step{}, false // the entry's note says it
	}
}

func stored(state journal.State) bool {
	return state == journal.Accepted || state == journal.Visible
}

// answeredWell says that there is nothing to explain.
func answeredWell(state journal.State) bool {
	return stored(state) || state == journal.Sending
}

// maySendAgain says whether the person may have an entry sent again.
func maySendAgain(e journal.Entry) bool {
	return e.State == journal.Uncertain || e.NeverSent()
}

// keyWords are the entry's key values, as a person would name it; the entity
// where the key is not known.
func keyWords(e journal.Entry) string {
	values := make([]string, 0, len(e.KeyFields))
	for _, key := range e.KeyFields {
		values = append(values, key.Value)
	}
	if len(values) == 0 {
		return e.Entity
	}
	return strings.Join(values, ", ")
}

// explainEntry says in words why an entry ended as it did, from what the
// journal keeps of the answer; nothing for one that went well.
func explainEntry(e journal.Entry) words.Message {
	switch e.State {
	case journal.Refused, journal.Uncertain, journal.AlreadyThere, journal.Queued:
	default:
		return words.Message{}
	}
	if e.Status == 0 && e.Message == "" {
		return words.Message{}
	}
	if e.Status == 0 {
		return words.Message{What: "No answer came.", Details: e.Message}
	}
	return words.Explain(answerError(e))
}

// answerError is the error that an entry's answer was, from what the journal
// keeps of it.
func answerError(e journal.Entry) *client.Error {
	answer := &client.Error{
		Op: string(cmp.Or(e.Operation, journal.OperationPost)) + " " + e.Entity, Kind: kindOfAnswer(e.Status), Status: e.Status,
		Code: e.Code, Message: e.Message, RequestID: e.RequestID, Location: e.Location,
		Header: e.AnswerHeader, Body: e.Answer, Truncated: e.AnswerTruncated,
	}
	if strings.HasPrefix(e.Message, answer.Op+": ") {
		answer.Message = "" // the client's own words: the service said nothing
	}
	answer.ReadBody()
	return answer
}

// kindOfAnswer sorts a kept answer as the client sorted it when it came.
func kindOfAnswer(status int) client.Kind {
	switch {
	case status == http.StatusUnauthorized:
		return client.KindUnauthorized
	case status == http.StatusForbidden:
		return client.KindForbidden
	case status == http.StatusNotFound:
		return client.KindNotFound
	case status == http.StatusConflict:
		return client.KindConflict
	case status == http.StatusTooManyRequests:
		return client.KindRateLimited
	case status >= 500:
		return client.KindServer
	case status >= 400:
		return client.KindBadRequest
	case status >= 300:
		return client.KindRedirect
	default:
		return client.KindUnexpected
	}
}
