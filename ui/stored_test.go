package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestComposeComparesFieldByField(t *testing.T) {
	w := newWorking(t)
	if got := w.compose.cannotCompare(); got == "" {
		t.Error("what was never sent can be compared")
	}
	w.purchase("OPID_97101")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	if !w.compose.pane.stored.Visible() {
		t.Fatal("the pane does not offer it")
	}
	test.Tap(w.compose.pane.stored)
	confirm(t, w, "Copy the comparison")
	got := fyne.CurrentApp().Clipboard().Content()
	for _, want := range []string{
		"2 same, 0 different, 2 not returned.", "PurchaseId: same (as SourceActivityId)", "PurchasedOn: same (as ActivityTime)",
		"TotalPrice: not returned by the service",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestTheHistoryComparesWhatWasSeenBefore(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_97102")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.goTo(PageHistory)
	w.untilListed(1)
	if got := linesText(w.history.detail.steps.Steps()); strings.Contains(got, "Stored as sent") {
		t.Fatalf("the history knows a comparison that is kept nowhere:\n%s", got)
	}
	test.Tap(w.history.detail.stored)
	w.queue.until(t, "the comparison", func() bool {
		return strings.Contains(linesText(w.history.detail.steps.Steps()), "Stored as sent 2 same, 2 not returned")
	})
	if got := w.history.entries[0].State; got != journal.Visible {
		t.Errorf("looking again made it %s", got)
	}
	test.Tap(w.history.detail.stored)
	if w.dialog() == nil || !wordsHave(w.dialog(), storedTitle) {
		t.Error("the comparison is not shown")
	}
}

func TestARowOfTheTimelineIsComparedWithWhatWasSent(t *testing.T) {
	for _, style := range []sandbox.Style{sandbox.StyleCurrent, sandbox.StyleAwkward} {
		t.Run(style.String(), func(t *testing.T) {
			w := newWorking(t, func(o *Options) { o.Sandbox.Style = style })
			w.purchase("OPID_97103")
			w.compose.Send()
			w.untilShown("Visible on the timeline")
			w.goTo(PageProfiles)
			w.search("CNTID_1000")
			var mine *timeline.Row
			for _, row := range w.profiles.timeline.store.Known {
				if row.SourceID == "OPID_97103" {
					mine = row
				}
			}
			if mine == nil || mine.Sent.EntryID == "" {
				t.Fatalf("the row is not known as sent from here: %+v", mine)
			}
			if got := arrivedWords(mine.Sent, w.env.Zone()); !strings.HasPrefix(got, "visible after ") {
				t.Errorf("it arrived %q", got)
			}
			w.profiles.timeline.compare(mine)
			w.queue.until(t, "the comparison", func() bool { return w.dialog() != nil && wordsHave(w.dialog(), storedTitle) })
			if !wordsHave(w.dialog(), "2 same, 0 different, 2 not returned.") {
				t.Errorf("it says\n%s", textsOf(w.dialog()))
			}
		})
	}
}

func TestAComparisonSaysWhatItCannotSay(t *testing.T) {
	c := outbox.Comparison{Same: 1, Different: 1, NotReturned: 1, Fields: []outbox.FieldComparison{
		{Field: "A", Member: "A", Verdict: outbox.Same, Sent: `"x"`, Stored: `"x"`},
		{Field: "B", Member: "B", Verdict: outbox.Different, Sent: "1", Stored: "2"},
		{Field: "C", Verdict: outbox.NotReturned, Sent: "{\n \"a\": 1\n}"},
	}}
	if got := storedWords(c, true); !strings.HasPrefix(got, "Probably it: matched by type and time alone.") || !strings.Contains(got, "only what an administrator has mapped") {
		t.Errorf("it says %q", got)
	}
	if got := storedText(journal.Entry{Entity: "E"}, c, false); !strings.Contains(got, "B: different, sent 1, on the timeline 2\n") || !strings.Contains(got, "A: same\n") {
		t.Errorf("written down:\n%s", got)
	}
	for column, want := range map[int][3]widgets.TableCell{
		storedSent:    {{Text: `"x"`, Whole: `"x"`, Mono: true}, {Text: "1", Whole: "1", Mono: true}, {Text: `{ "a": 1 }`, Whole: "{\n \"a\": 1\n}", Mono: true}},
		storedGiven:   {{Text: `"x"`, Whole: `"x"`, Mono: true}, {Text: "2", Whole: "2", Mono: true}, {Text: "not returned", Muted: true}},
		storedVerdict: {{Text: "same", Tone: widgets.ToneSuccess, Badge: true}, {Text: "different", Tone: widgets.ToneWarning, Badge: true}, {Text: "not returned", Badge: true}},
	} {
		for row, f := range c.Fields {
			if got := storedCell(f, column); got != want[row] {
				t.Errorf("row %d, column %d: %+v, want %+v", row, column, got, want[row])
			}
		}
	}
}
