package ui

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
)

func TestHistoryPutsWhatWaitsForAWordFirst(t *testing.T) {
	arranged := arrangeHistory([]journal.Entry{
		{ID: "accepted", State: journal.Accepted},
		{ID: "uncertain", State: journal.Uncertain},
		{ID: "refused", State: journal.Refused},
		{ID: "never sent", State: journal.Queued},
	})
	var got []string
	for _, entry := range arranged {
		got = append(got, entry.ID)
	}
	want := []string{"uncertain", "never sent", "accepted", "refused"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHistoryNamesTimeAndPlace(t *testing.T) {
	at := time.Date(2026, 11, 23, 13, 2, 11, 0, time.UTC)
	entry := journal.Entry{CreatedAt: at, InstanceName: "Contoso Coffee", InstanceType: "Sandbox"}
	if got, want := historyWhen(entry, at.Add(3*time.Minute), time.UTC), "2026-11-23 13:02:11 · 3 min ago · Contoso Coffee (sandbox)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	unnamed := journal.Entry{CreatedAt: at, InstanceID: "ce759201-f786-d590-bf21-34bff576c369"}
	if got, want := historyWhen(unnamed, at, time.UTC), "2026-11-23 13:02:11 · now · instance ce759201…c369"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHistorySaysInWordsThatThereIsNoAnswerToShow(t *testing.T) {
	const raw = `post eCommerce: Post "https://host/v1": dial tcp 10.0.0.1:443: connect: connection refused`
	for name, c := range map[string]struct {
		entry journal.Entry
		want  string
	}{
		"nothing came":         {journal.Entry{State: journal.Uncertain, Message: raw}, "No answer came."},
		"nothing left":         {journal.Entry{State: journal.Queued, Message: raw}, "No answer came."},
		"it is on its way":     {journal.Entry{State: journal.Sending}, "No answer."},
		"seen without one":     {journal.Entry{State: journal.Visible, Message: raw}, "No answer."},
		"an answer of nothing": {journal.Entry{State: journal.Accepted, Status: 202}, "The answer has no body: 202 Accepted."},
		"a refusal of nothing": {
			journal.Entry{State: journal.Refused, Status: 403, Message: "post : the service answered 403"},
			"The answer has no body: 403 Forbidden.\nYour role does not allow this (403).",
		},
		"an answer": {
			journal.Entry{State: journal.Refused, Status: 400, Message: "m", Answer: []byte(`x`), AnswerHeader: http.Header{}}, "x",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := answerWords(&sendState{Entry: c.entry})
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			if err := withstand.Plain(got); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestHistoryGivesWhatIsBehindItsWordsAsACopy(t *testing.T) {
	w := newWorking(t)
	w.faults("query:403,post:drop-after-store:1")
	w.purchase("OPID_93011")
	w.compose.Send()
	w.untilShown("Could not look")
	w.goTo(PageHistory)
	w.untilListed(1)
	if got := w.history.detail.answer.Text(); withstand.Plain(got) != nil || !strings.Contains(got, "No answer came.") {
		t.Errorf("in place of the answer stands %q", got)
	}
	if !w.history.detail.details.Visible() {
		t.Fatal("the details cannot be copied")
	}
	test.Tap(w.history.detail.details)
	if got := fyne.CurrentApp().Clipboard().Content(); got != w.history.entries[0].Message || withstand.Plain(got) == nil {
		t.Errorf("the details are %q", got)
	}
}
