package ui

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// slowly makes the service answer later than any test waits.
const slowly = ":slow=10m"

func TestLoadingTheInstancesCanBeStoppedAndBegunAgain(t *testing.T) {
	w := newWorking(t)
	w.faults("instances" + slowly)
	w.session.ChooseConnection(sandboxID)
	w.queue.until(t, "that it is said", func() bool { return w.frame.panel.State() == widgets.StateLoading })
	w.escape()
	if w.session.Loading() || w.frame.panel.State() != widgets.StateEmpty {
		t.Fatalf("it still loads: %v, %v", w.session.Loading(), w.frame.panel.State())
	}
	if text := textsOf(w.frame.panel); !strings.Contains(text, "You stopped the loading.") {
		t.Errorf("it says %q", text)
	}
	if items := w.instanceMenu(); len(items) != 1 || !strings.Contains(items[0].Label, "stopped") {
		t.Errorf("the picker offers %v", items)
	}
	w.faults("")
	confirmIn(t, w, w.frame.panel, "Load again")
	w.untilLoaded(instanceCoffee)
}

func TestLoadingTheEntitiesCanBeStoppedAndWhatWasLoadedStays(t *testing.T) {
	w := newWorking(t)
	w.faults("entities" + slowly)
	before := len(w.session.Place().Entities)
	w.refresh()
	w.queue.until(t, "that it is said", func() bool { return strings.Contains(textsOf(w.compose.content), "Loading the list again…") })
	w.escape()
	place := w.session.Place()
	if place.Loading || len(place.Entities) != before {
		t.Errorf("loading: %v, %d entities of %d", place.Loading, len(place.Entities), before)
	}
	if text := textsOf(w.compose.content); !strings.Contains(text, "Old list, of ") || !strings.Contains(text, "F5") {
		t.Errorf("the list does not say that it is old: %q", text)
	}

	w.deskRun.choose(instanceTrial)
	w.queue.until(t, "that it is said", func() bool { return w.compose.work.whole.State() == widgets.StateLoading })
	confirmIn(t, w, w.compose.content, "Cancel")
	if text := textsOf(w.compose.content); w.session.Place().Loading || !strings.Contains(text, "You stopped the loading.") {
		t.Errorf("it says %q", text)
	}
	w.faults("")
	confirmIn(t, w, w.compose.content, "Load again")
	w.untilLoaded(instanceTrial)
}

func TestReadingSampleRowsCanBeStoppedAndOldRowsStayMarkedAsOld(t *testing.T) {
	w := newWorking(t)
	w.faults("query" + slowly)
	w.pick(entityReviews)
	w.compose.work.choseTab(tabSamples)
	tab := w.compose.work.samples
	w.queue.until(t, "that it is said", func() bool { return tab.state.State() == widgets.StateLoading })
	w.escape()
	if w.compose.sampling.Running() || tab.state.State() != widgets.StateEmpty {
		t.Fatalf("it still reads: %v, %v", w.compose.sampling.Running(), tab.state.State())
	}
	w.faults("")
	confirmIn(t, w, w.compose.content, "Load again")
	w.queue.until(t, "the rows", func() bool { return tab.state.State() == widgets.StateContent })
	rows := len(tab.shown.Rows)

	w.faults("query:403")
	w.compose.readSamples()
	if tab.state.State() != widgets.StateContent || !strings.Contains(tab.foot.Text(), "reading again…") {
		t.Errorf("while reading again the rows are gone, or it is not said: %q", tab.foot.Text())
	}
	w.queue.until(t, "the failure", func() bool { return strings.HasPrefix(tab.foot.Text(), "Old, read ") })
	if len(tab.shown.Rows) != rows || !strings.Contains(tab.foot.Text(), "F5") {
		t.Errorf("%d rows of %d, %q", len(tab.shown.Rows), rows, tab.foot.Text())
	}
}

func TestFindingAProfileAndReadingItCanBeStopped(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	id, name := w.profiles.shown.Customer.ID, w.profiles.shown.Customer.Name
	w.faults("query" + slowly)
	w.profiles.Refresh()
	w.escape()
	if w.profiles.reading.Running() || w.profiles.shown.Customer.Name != name || !strings.HasPrefix(w.profiles.timeline.view.foot.Text(), "Old, loaded ") {
		t.Errorf("reading: %v, %q", w.profiles.reading.Running(), w.profiles.timeline.view.foot.Text())
	}
	w.open(PageProfiles, CustomerArg{ID: "somebody-else"})
	w.queue.until(t, "that it is said", func() bool { return w.profiles.state.State() == widgets.StateLoading })
	confirmIn(t, w, w.profiles.state, "Cancel")
	if w.profiles.state.State() != widgets.StateEmpty || w.profiles.reading.Running() {
		t.Errorf("reading: %v, state %v", w.profiles.reading.Running(), w.profiles.state.State())
	}
	w.profiles.side.box.SetText("CNTID_1001")
	w.profiles.side.Look()
	w.queue.until(t, "that it is said", func() bool { return w.profiles.side.finds.State() == widgets.StateLoading })
	w.escape()
	says := w.profiles.side.hint.Text()
	if w.profiles.side.Running() || w.profiles.side.finds.State() != widgets.StateContent || !strings.HasPrefix(says, "Stopped. Old: these were found for “CNTID_1000” at ") {
		t.Errorf("finding: %v, state %v, %q", w.profiles.side.Running(), w.profiles.side.finds.State(), says)
	}
	if !hasResult(w.profiles.side.list, id) {
		t.Error("what was found before is gone")
	}
}

func TestAFirstSearchThatIsStoppedOrFailsCanBeBegunAgain(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageProfiles)
	w.faults("query" + slowly)
	w.profiles.side.box.SetText("CNTID_1001")
	w.profiles.side.Look()
	w.queue.until(t, "that it is said", func() bool { return w.profiles.side.finds.State() == widgets.StateLoading })
	w.escape()
	if w.profiles.side.Running() || w.profiles.side.finds.State() != widgets.StateEmpty {
		t.Errorf("finding: %v, state %v", w.profiles.side.Running(), w.profiles.side.finds.State())
	}
	w.faults("query:500")
	confirmIn(t, w, w.profiles.side.finds, "Load again")
	w.queue.until(t, "the failure", func() bool { return w.profiles.side.finds.State() == widgets.StateFailed })
}

func TestAHistoryThatCannotBeReadAgainStaysMarkedAsOld(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_97001")
	w.compose.Send()
	w.untilShown("Accepted")
	w.goTo(PageHistory)
	w.untilListed(1)
	w.history.listFailed(journal.ErrLocked)
	if w.history.state.State() != widgets.StateContent || len(w.history.entries) != 1 {
		t.Error("what was listed is gone")
	}
	if text := w.history.foot.Text(); !strings.HasPrefix(text, "Old, read ") || !strings.Contains(text, "F5") {
		t.Errorf("it says %q", text)
	}
	w.history.Refresh()
	w.queue.until(t, "the new list", func() bool { return !strings.HasPrefix(w.history.foot.Text(), "Old") })
}

func TestTheHistorySaysThatNoEntryIsChosenAndStopsReading(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageHistory)
	w.queue.until(t, "the empty list", func() bool { return w.history.state.State() == widgets.StateEmpty })
	if text := textsOf(w.history.detail.content); !strings.Contains(text, "No entry is chosen") {
		t.Errorf("it says %q", text)
	}
	w.history.stop()
	if text := textsOf(w.history.content); !strings.Contains(text, "You stopped the loading.") {
		t.Errorf("it says %q", text)
	}
	confirmIn(t, w, w.history.content, "Load again")
	w.queue.until(t, "the empty list", func() bool { return strings.Contains(textsOf(w.history.content), "Nothing was sent yet") })
}
