package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestTypingAfterAChangeOfInstanceFindsAProfileAndFiltersNothing(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(3, visitClock)...)
	w.onActivities()
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	test.Type(w.window.Canvas().Focused(), "M2")
	if line.filter.Text != "" || w.profiles.side.box.Text != "M2" {
		t.Errorf("it filters by %q, the box holds %q", line.filter.Text, w.profiles.side.box.Text)
	}
}

func TestWhatWasSaidOfAProfileIsTakenBackOnceItIsReadAgain(t *testing.T) {
	w, line := visited(t, newTestClock(visitClock), hours(3, visitClock)...)
	w.faults("query:503")
	w.profiles.Refresh()
	w.queue.until(t, "the notice", func() bool { return len(w.frame.notices.list) > 0 })
	w.faults("")
	w.profiles.Refresh()
	w.queue.until(t, "the profile", func() bool { return !w.profiles.reading.Running() })
	w.untilQuiet()
	if left := w.frame.notices.list; len(left) != 0 || line.old != nil {
		t.Errorf("all is well, and it still says %q, %v", left[0].Text, line.old)
	}
}
