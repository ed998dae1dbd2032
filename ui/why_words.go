// "Why is it not here?" in words: what is asked about, how each cause stands,
// and what comes out of it all. Values only.

package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// whyAbout names the activity that is missing, and where.
func whyAbout(q outbox.Question, now time.Time, zone *time.Location) string {
	e := q.Entry
	var parts []string
	if e.ID != "" {
		parts = append(parts, keyWords(e), e.Entity, "sent "+words.ShortTime(sentTime(e), now, zone)+" to "+instanceWords(e), string(e.State))
	} else {
		if len(e.KeyFields) > 0 && e.KeyFields[0].Value != "" {
			parts = append(parts, keyWords(e))
		}
		for _, text := range []string{e.Entity, e.TimeValue} {
			if text != "" {
				parts = append(parts, text)
			}
		}
		parts = append(parts, "not sent from here")
	}
	if q.Customer != "" {
		parts = append(parts, "on the timeline of "+people.ShortID(q.Customer))
	}
	return strings.Join(parts, " · ")
}

func sentTime(e journal.Entry) time.Time {
	if e.SentAt.IsZero() {
		return e.CreatedAt
	}
	return e.SentAt
}

// whyTone colours an answer: only a cause that was found stands out.
func whyTone(a outbox.Answer) widgets.Tone {
	switch a {
	case outbox.AnswerYes:
		return widgets.ToneWarning
	case outbox.AnswerNo:
		return widgets.ToneSuccess
	default:
		return widgets.ToneInfo
	}
}

// whyEvidence says what was looked at, and for what cannot be checked also what
// is in the way and what would help.
func whyEvidence(f outbox.Finding) string {
	text := f.Evidence
	if f.Err != nil {
		text += " " + inShort(f.Err)
	}
	if f.Answer == outbox.AnswerCannot && f.Do != "" {
		text += " " + f.Do
	}
	return text
}

// inShort says what an error is without the service's own words for it.
func inShort(err error) string {
	var answer *client.Error
	if errors.As(err, &answer) {
		short := *answer
		short.Code, short.Message, short.Details = "", "", nil
		if words.RefusesKey(answer) {
			short.Code = "apiSubscriptionNotFound" // the front has no code, and says it in its message
		}
		err = &short
	}
	return words.Explain(err).What
}

// whyProgress says how far it is, and that it waits where no call is left.
func whyProgress(found []outbox.Finding, waits bool) widgets.Step {
	line := widgets.Step{
		Tone: widgets.ToneInfo, Strong: "Asking",
		Detail: fmt.Sprintf("%d of %d causes looked at…", len(found), len(outbox.Causes())),
	}
	if waits {
		line.Tone, line.Strong = widgets.ToneWarning, "Waiting"
		line.Detail += " The calls of this minute are used up: it goes on as they come free."
	}
	return line
}

// whyFailed says why it ended before all causes were looked at.
func whyFailed(found []outbox.Finding, err error) widgets.Step {
	strong, detail := "Not all was looked at", words.Explain(err).What
	if errors.Is(err, tasks.ErrStopped) {
		strong, detail = "Stopped", ""
	}
	return widgets.Step{
		Tone: widgets.ToneWarning, Strong: strong,
		Detail: strings.TrimSpace(fmt.Sprintf("%s %d of %d causes were looked at.", detail, len(found), len(outbox.Causes()))),
	}
}

// whyVerdict says what came out of it: where the activity is, or the causes that
// were found, or that none was; and first what the answer to the send itself was.
func whyVerdict(q outbox.Question, r outbox.Report) []widgets.Step {
	var lines []widgets.Step
	state, ok := whyState(q.Entry)
	unstored := ok && q.Entry.State != journal.Uncertain
	if ok && (!r.Seen || unstored) {
		lines = append(lines, state)
	}
	if r.Seen {
		line := widgets.Step{Tone: widgets.ToneSuccess, Strong: "It is on the timeline", Detail: "of " + people.ShortID(r.Row.Text(people.FieldCustomerID))}
		if r.MatchedBy == journal.MatchTypeAndTime {
			line.Tone, line.Strong = widgets.ToneInfo, "It is probably on the timeline"
			line.Detail += ": one of the same type and time is"
		}
		if unstored {
			line.Tone, line.Strong = widgets.ToneInfo, "Another one like it is on the timeline"
		}
		lines = append(lines, line)
	}
	yes := r.Yes()
	names := make([]string, 0, len(yes))
	for _, f := range yes {
		names = append(names, f.Cause.String())
	}
	switch {
	case len(yes) == 1:
		lines = append(lines, widgets.Step{Tone: widgets.ToneWarning, Strong: names[0] + ".", Detail: yes[0].Evidence + " " + yes[0].Do})
	case len(yes) > 1:
		lines = append(lines, widgets.Step{Tone: widgets.ToneWarning, Strong: "Found:", Detail: strings.Join(names, ", ")})
	case !r.Seen && unanswered(r) != nil:
		lines = append(lines, widgets.Step{
			Tone: widgets.ToneWarning, Strong: "Not all could be checked.",
			Detail: inShort(unanswered(r)) + " No cause was found in the rest. “Ask again” goes through them anew.",
		})
	case !r.Seen && len(lines) == 0:
		lines = append(lines, widgets.Step{
			Tone: widgets.ToneInfo, Strong: "No cause was found.",
			Detail: "What cannot be checked here, below, is what is left.",
		})
	}
	return lines
}

// unanswered is what kept the first of the causes from being checked; nil: the
// service told all that it was asked.
func unanswered(r outbox.Report) error {
	for _, f := range r.Findings {
		if f.Answer == outbox.AnswerCannot && f.Err != nil {
			return f.Err
		}
	}
	return nil
}

// whyState says of what never came to the service, or of which it is not known,
// that this comes first.
func whyState(e journal.Entry) (widgets.Step, bool) {
	switch e.State {
	case journal.Refused:
		return widgets.Step{
			Tone: widgets.ToneDanger, Strong: "Refused.",
			Detail: strings.TrimSpace("Nothing was stored. " + explainEntry(e).What),
		}, true
	case journal.Queued:
		return widgets.Step{Tone: widgets.ToneWarning, Strong: "Never sent.", Detail: "It is still to be sent, or waits for your word in the history."}, true
	case journal.Uncertain:
		return widgets.Step{Tone: widgets.ToneWarning, Strong: "Uncertain.", Detail: "It may never have been stored."}, true
	case journal.AlreadyThere:
		return widgets.Step{Tone: widgets.ToneWarning, Strong: "Already there.", Detail: "This one was not stored: the service has another with its key."}, true
	default:
		return widgets.Step{}, false
	}
}

// zoneForOthers names a zone for who reads elsewhere.
func zoneForOthers(now time.Time, zone *time.Location) string {
	if zone == time.Local {
		return now.In(zone).Format("UTC-07:00")
	}
	return zone.String()
}

// whyText writes all of it down.
func whyText(q outbox.Question, found []outbox.Finding, r outbox.Report, over bool, now time.Time, zone *time.Location) string {
	var b strings.Builder
	b.WriteString(whyTitle + "\n" + whyAbout(q, now, zone) + "\nasked " + words.Time(now, zone) + " in " + q.Target.Instance.Label() + "; times are in " + zoneForOthers(now, zone) + "\n")
	if over {
		for _, line := range whyVerdict(q, r) {
			b.WriteString(strings.TrimSpace(line.Strong+" "+line.Detail) + "\n")
		}
	}
	for _, cause := range outbox.Causes() {
		for _, f := range found {
			if f.Cause != cause {
				continue
			}
			b.WriteString("\n" + cause.String() + ": " + f.Answer.String() + "\n  " + whyEvidence(f) + "\n")
			if f.Answer == outbox.AnswerYes && f.Do != "" {
				b.WriteString("  " + f.Do + "\n")
			}
		}
	}
	return b.String()
}
