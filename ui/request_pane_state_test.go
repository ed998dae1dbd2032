package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// linesText writes lines as a person reads them.
func linesText(lines []widgets.Step) string {
	out := make([]string, 0, len(lines))
	for _, line := range lines {
		out = append(out, strings.TrimSpace(line.Strong+" "+line.Detail))
	}
	return strings.Join(out, "\n")
}

// causesInWords is the line that lists what can be the cause.
const causesInWords = "Causes can be: unknown customer; time missing, or out of what is shown; entity not set up for activities; " +
	"type hidden from the timeline; expired; over the page limit; another instance; a role that does not see it; profile merged under a new id; " +
	"search index not refreshed yet. “Why is it not here?” goes through them."

func TestSendLinesSayHowFarASendHasCome(t *testing.T) {
	sent := time.Date(2026, 11, 23, 13, 2, 11, 0, time.UTC)
	answered := sent.Add(83 * time.Millisecond)
	accepted := journal.Entry{
		State: journal.Accepted, Status: 201, SentAt: sent, AnsweredAt: answered, Took: 83 * time.Millisecond,
	}
	visible := accepted
	visible.State, visible.VisibleAt, visible.MatchedBy = journal.Visible, sent.Add(2400*time.Millisecond), journal.MatchSourceID
	probably := visible
	probably.MatchedBy = journal.MatchTypeAndTime
	short := accepted
	short.ValidUntil = sent.Add(24 * time.Hour)
	late := visible
	late.VisibleAt = sent.Add(time.Hour)
	old := accepted
	old.AnsweredAt = sent.Add(-outbox.ActivityKept - time.Hour)
	update := accepted
	update.Operation = journal.OperationPatch
	afterDoubt := visible
	afterDoubt.Status, afterDoubt.Took = 0, 0

	cases := map[string]linesCase{
		"sending":          {journal.Entry{State: journal.Sending}, sendWords{For: 900 * time.Millisecond}, "Sending…"},
		"sending for long": {journal.Entry{State: journal.Sending}, sendWords{For: 2900 * time.Millisecond}, "Sending… 2 s"},
		"accepted at the second attempt": {
			journal.Entry{State: journal.Accepted, Status: 201, Took: 83 * time.Millisecond, Attempts: 2},
			sendWords{},
			"Accepted 201 Created · 83 ms · 2 attempts",
		},
		"looked for more than once": {
			journal.Entry{State: journal.Accepted, Status: 201},
			sendWords{Look: lookBusy, Seen: outbox.Arrival{Asked: 4, After: 3500 * time.Millisecond}},
			"Accepted 201 Created\nLooking for it on the timeline… asked 4 times in 3 s",
		},
		"looked for in vain": {
			journal.Entry{State: journal.Accepted, Status: 201},
			sendWords{Look: lookBusy, Seen: outbox.Arrival{Asked: 1, Err: &client.Error{Kind: client.KindServer, Status: 503}}},
			"Accepted 201 Created\nLooking for it on the timeline… The last time: The service failed on its side (503).",
		},
		"never to be looked for": {
			journal.Entry{State: journal.Accepted, Status: 201},
			sendWords{Look: lookMissed, Seen: outbox.Arrival{Asked: 3, Failed: 3, Err: &client.Error{Kind: client.KindServer, Status: 503}}},
			"Accepted 201 Created\nCould not look The service failed on its side (503). It was tried for 2 min.",
		},
		"stopped": {
			journal.Entry{State: journal.Accepted, Status: 201},
			sendWords{Look: lookStopped},
			"Accepted 201 Created\nStopped looking It may appear all the same.",
		},
		"accepted": {
			accepted,
			sendWords{},
			"Accepted 201 Created · 83 ms\nExpires 2026-12-23 13:02:11 · 30 d left, unless a refresh brings it",
		},
		"accepted and looked for": {
			accepted,
			sendWords{Look: lookBusy},
			"Accepted 201 Created · 83 ms\nLooking for it on the timeline…\nExpires 2026-12-23 13:02:11 · 30 d left, unless a refresh brings it",
		},
		"kept for a day": {short, sendWords{}, "Accepted 201 Created · 83 ms\nExpires 2026-11-24 13:02:11 · 1 d left, unless a refresh brings it"},
		"visible": {
			visible,
			sendWords{Look: lookSeen},
			"Accepted 201 Created · 83 ms\nVisible on the timeline after 2.4 s\nExpires 2026-12-23 13:02:11 · 30 d left, unless a refresh brings it",
		},
		"probably visible": {
			probably,
			sendWords{},
			"Accepted 201 Created · 83 ms\nVisible on the timeline after 2.4 s · probably: matched by type and time\nExpires 2026-12-23 13:02:11 · 30 d left, unless a refresh brings it",
		},
		"visible, and looked for to compare it": {
			visible,
			sendWords{Look: lookBusy},
			"Accepted 201 Created · 83 ms\nVisible on the timeline after 2.4 s\nLooking for it on the timeline…\nExpires 2026-12-23 13:02:11 · 30 d left, unless a refresh brings it",
		},
		"visible, and not seen when it was to be compared": {
			journal.Entry{State: journal.Visible, Status: 201},
			sendWords{Look: lookMissed, Seen: outbox.Arrival{Asked: 3, Failed: 1, Err: &client.Error{Kind: client.KindServer, Status: 503}}},
			"Accepted 201 Created\nVisible on the timeline\nNot seen for 2 min It was on the timeline before. The last time: The service failed on its side (503).\n" + causesInWords,
		},
		"visible when somebody looked again": {
			late,
			sendWords{},
			"Accepted 201 Created · 83 ms\nVisible on the timeline first seen 2026-11-23 14:02:11\nExpires 2026-12-23 13:02:11 · 30 d left, unless a refresh brings it",
		},
		"expired": {
			old,
			sendWords{},
			"Accepted 201 Created · 83 ms\nExpired 2026-11-23 12:02:11, unless a refresh has brought it",
		},
		"an update of a profile": {
			update,
			sendWords{},
			"Accepted 201 Created · 83 ms\nHolds until 2026-11-23 17:02:11 · 4 h left, then the profile shows what its sources say",
		},
		"arrived after doubt": {
			afterDoubt,
			sendWords{},
			"Arrived\nVisible on the timeline after 2.4 s\nExpires 2026-12-23 13:02:11 · 30 d left, unless a refresh brings it",
		},
	}
	checkLines(t, cases)
}

func TestSendLinesSayWhatKeepsASendFromArriving(t *testing.T) {
	sent := time.Date(2026, 11, 23, 13, 2, 11, 0, time.UTC)
	checkLines(t, map[string]linesCase{
		"refused": {
			journal.Entry{State: journal.Refused, Status: 400, Code: "mandatoryFieldsMissing", Took: 12 * time.Millisecond},
			sendWords{Said: words.Message{What: "A required field is missing.", Do: "Fill it."}},
			"Refused 400 Bad Request · 12 ms · mandatoryFieldsMissing\nA required field is missing. Fill it.",
		},
		"already there": {
			journal.Entry{State: journal.AlreadyThere, Status: 409, Code: "storeDuplicateItem", AnsweredAt: sent},
			sendWords{},
			"Already there 409 Conflict · storeDuplicateItem",
		},
		"uncertain": {
			journal.Entry{State: journal.Uncertain},
			sendWords{Said: words.Message{What: "The connection broke."}, Look: lookMissed},
			"Uncertain\nThe connection broke. It may have been stored: look for it before you send it again.\nNot seen for 2 min It may appear later.\n" + causesInWords,
		},
		"never sent": {journal.Entry{State: journal.Queued}, sendWords{}, "Never sent the desk ended before it could be sent"},
		"waiting": {
			journal.Entry{State: journal.Queued, NextTry: sent},
			sendWords{},
			"Waiting for its turn, not before 13:02:11",
		},
	})
}

// linesCase is an entry, and what is said of it.
type linesCase struct {
	entry journal.Entry
	words sendWords
	want  string
}

func checkLines(t *testing.T, cases map[string]linesCase) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.words.Zone, c.words.Now = time.UTC, time.Date(2026, 11, 23, 13, 2, 11, 0, time.UTC)
			if got := linesText(c.words.Lines(c.entry)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestOnlyDoubtAndWhatNeverLeftMayBeSentAgain(t *testing.T) {
	cases := map[string]struct {
		entry journal.Entry
		want  bool
	}{
		"uncertain":     {journal.Entry{State: journal.Uncertain}, true},
		"never sent":    {journal.Entry{State: journal.Queued}, true},
		"waiting":       {journal.Entry{State: journal.Queued, NextTry: time.Unix(1, 0)}, false},
		"accepted":      {journal.Entry{State: journal.Accepted}, false},
		"already there": {journal.Entry{State: journal.AlreadyThere}, false},
		"refused":       {journal.Entry{State: journal.Refused}, false},
		"sending":       {journal.Entry{State: journal.Sending}, false},
	}
	for name, c := range cases {
		if got := maySendAgain(c.entry); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAnEntryIsExplainedAsItsAnswerWas(t *testing.T) {
	cases := map[string]struct {
		entry journal.Entry
		want  string
	}{
		"accepted":     {journal.Entry{State: journal.Accepted, Status: 201}, ""},
		"by code":      {journal.Entry{State: journal.Refused, Status: 400, Code: "mandatoryFieldsMissing"}, "A required field is missing."},
		"401":          {journal.Entry{State: journal.Refused, Status: 401}, "The service did not accept who you are (401)."},
		"403":          {journal.Entry{State: journal.Refused, Status: 403}, "Your role does not allow this (403)."},
		"404":          {journal.Entry{State: journal.Refused, Status: 404}, "The service does not know where this was sent to (404)."},
		"409":          {journal.Entry{State: journal.AlreadyThere, Status: 409}, "An activity with this key is already there (409)."},
		"418":          {journal.Entry{State: journal.Refused, Status: 418}, "The service refused the request (418)."},
		"429":          {journal.Entry{State: journal.Queued, Status: 429}, "The service asks to slow down (429)."},
		"503":          {journal.Entry{State: journal.Uncertain, Status: 503}, "The service failed on its side (503)."},
		"307":          {journal.Entry{State: journal.Refused, Status: 307}, "The address answers with a pointer to another one."},
		"no answer":    {journal.Entry{State: journal.Uncertain, Message: "post: EOF"}, "No answer came."},
		"nothing said": {journal.Entry{State: journal.Queued}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := explainEntry(c.entry).What; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
