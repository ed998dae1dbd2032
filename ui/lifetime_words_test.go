package ui

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

func TestTheEndIsShownInTheChosenZoneOverAChangeOfTheClocks(t *testing.T) {
	zone := zurich(t)
	sent := time.Date(2026, 10, 20, 12, 0, 0, 0, zone) // five days before the clocks go back
	e := journal.Entry{State: journal.Accepted, AnsweredAt: sent}
	end := sent.Add(outbox.ActivityKept)
	for name, c := range map[string]struct {
		now  time.Time
		want string
	}{
		"at once":              {sent, "Expires 2026-11-19 11:00:00 · 30 d left, unless a refresh brings it"},
		"a second before":      {end.Add(-time.Second), "Expires 2026-11-19 11:00:00 · 1 min left, unless a refresh brings it"},
		"at the end":           {end, "Expired 2026-11-19 11:00:00, unless a refresh has brought it"},
		"a second after":       {end.Add(time.Second), "Expired 2026-11-19 11:00:00, unless a refresh has brought it"},
		"an hour before":       {end.Add(-time.Hour), "Expires 2026-11-19 11:00:00 · 1 h left, unless a refresh brings it"},
		"the day before":       {end.Add(-25 * time.Hour), "Expires 2026-11-19 11:00:00 · 1 d left, unless a refresh brings it"},
		"as the clocks change": {time.Date(2026, 10, 25, 2, 30, 0, 0, zone), "Expires 2026-11-19 11:00:00 · 25 d left, unless a refresh brings it"},
	} {
		line, ok := lifetimeLine(e, c.now, zone)
		if got := strings.TrimSpace(line.Strong + " " + line.Detail); !ok || got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	e.Operation = journal.OperationPatch
	for _, c := range []struct {
		after time.Duration
		want  string
	}{
		{4*time.Hour - time.Second, "Holds until 2026-10-20 16:00:00 · 1 min left, then the profile shows what its sources say"},
		{4*time.Hour + time.Second, "Ended 2026-10-20 16:00:00: the profile shows what its sources say again"},
	} {
		line, _ := lifetimeLine(e, sent.Add(c.after), zone)
		if got := strings.TrimSpace(line.Strong + " " + line.Detail); got != c.want {
			t.Errorf("after %v: %q, want %q", c.after, got, c.want)
		}
	}
	if line, ok := lifetimeLine(journal.Entry{State: journal.Uncertain, AnsweredAt: sent}, sent, zone); ok {
		t.Errorf("of what is uncertain it says %q", line.Detail)
	}
}

func TestTheCountdownGoesOnWhileOneLooks(t *testing.T) {
	var moved atomic.Int64
	start := time.Now()
	w := newWorking(t, func(o *Options) {
		o.Now = func() time.Time { return start.Add(time.Duration(moved.Load())) }
	})
	w.purchase("OPID_97201")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	if got := w.steps(); !strings.Contains(got, " d left, unless a refresh brings it") {
		t.Fatalf("the pane says\n%s", got)
	}
	moved.Store(int64(outbox.ActivityKept - 10*time.Minute))
	w.compose.tick()
	if got := w.steps(); !strings.Contains(got, " min left, unless a refresh brings it") {
		t.Errorf("ten minutes before the end the pane says\n%s", got)
	}
	w.goTo(PageHistory)
	w.untilListed(1)
	moved.Store(int64(outbox.ActivityKept + time.Minute))
	w.history.tick()
	if got := linesText(w.history.detail.steps.Steps()); !strings.Contains(got, "Expired ") {
		t.Errorf("after the end the history says\n%s", got)
	}
	w.compose.tick() // hidden: it says so when it is shown
	w.goTo(PageCompose)
	w.compose.tick()
	if got := w.steps(); !strings.Contains(got, "Expired ") {
		t.Errorf("after the end the pane says\n%s", got)
	}
}

func zurich(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
