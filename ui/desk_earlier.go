// What an earlier run of the desk left behind, said once at the start: sends
// that were interrupted, history that is missing, and reports of crashes.

package ui

import (
	"strings"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/words"
)

// sayEarlier tells of the runs before this one, as far as there is anything to
// decide. The newest notice stands on top, so the sends come last.
func (d *Desk) sayEarlier() {
	if err := d.options.LogErr; err != nil {
		d.env.Notify(Notice{
			Key: "log", Tone: ToneInfo, Details: err.Error(),
			Text: "Nothing is logged: the file of the log cannot be written. Everything else works; whoever helps you may miss it.",
		})
	}
	if reports := d.options.Crashes; len(reports) > 0 {
		d.env.Notify(Notice{
			Key: "crashes", Tone: ToneInfo,
			Text:    "Activity Desk ended unexpectedly last time. What happened was written to a file, without secrets; nothing was sent anywhere.",
			Details: strings.Join(reports, "\n"),
		})
	}
	earlier := d.services.journal.Recovered()
	if text := lostWords(earlier); text != "" {
		d.env.Notify(Notice{Key: "log-lost", Tone: ToneWarning, Text: text})
	}
	if text := interruptedWords(earlier); text != "" {
		d.env.Notify(Notice{
			Key: "interrupted", Tone: ToneWarning, Text: text,
			Action: "Show the history", OnAction: func() { d.goTo(PageHistory) },
		})
	}
}

// lostWords says that something is missing from the history; empty: nothing is.
func lostWords(r journal.Recovered) string {
	if !r.LogLost {
		return ""
	}
	text := "Part of the newest history could not be read: the journal's log was damaged. What was sent last may be missing here, or " +
		"stand as it was before; look at the profile before you send it again."
	if r.LogKept != "" {
		text += " The damaged log is kept as " + r.LogKept
	}
	return text
}

// interruptedWords says how many sends wait for a person's word since a desk
// ended in the middle of them; empty where there are none.
func interruptedWords(r journal.Recovered) string {
	var parts []string
	if n := len(r.Uncertain); n > 0 {
		parts = append(parts, words.Counted(n, "send is uncertain: it may have been stored", "sends are uncertain: they may have been stored"))
	}
	if n := len(r.NeverSent); n > 0 {
		parts = append(parts, words.Counted(n, "was never sent", "were never sent"))
	}
	if len(parts) == 0 {
		return ""
	}
	return "The desk ended while it was sending. " + strings.Join(parts, "; ") + ". Nothing is sent again without your word."
}
