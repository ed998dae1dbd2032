package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// twoDesks are two desks on the same files, as two windows of one person.
func twoDesks(t *testing.T) (one, two *working) {
	t.Helper()
	folder := t.TempDir()
	one = startWorking(t, folder)
	one.untilLoaded(instanceCoffee)
	two = startWorking(t, folder)
	two.untilLoaded(instanceCoffee)
	return one, two
}

// written waits until the changes of a desk's settings are in the file.
func (w *working) written() {
	w.t.Helper()
	w.queue.until(w.t, "the settings to be written", func() bool { return !w.memory.Busy() })
}

func tokenConnection(id, name string) settings.Connection {
	return settings.Connection{ID: id, Name: name, Root: "https://ci.example.com/v1", Auth: settings.AuthToken, RatePerMinute: 50}
}

// add keeps a connection without choosing it.
func (w *working) add(c settings.Connection) {
	w.remember(func(to *settings.Settings) { to.Connections = append(to.Connections, c) })
	w.session.SetConnections(w.connections())
	w.written()
}

func labelsOf(items []widgets.MenuItem) []string {
	var labels []string
	for _, item := range items {
		labels = append(labels, item.Label)
	}
	return labels
}

func TestWhatOneDeskSetsIsNotUndoneByTheOther(t *testing.T) {
	one, two := twoDesks(t)
	two.chooseAppearance(widgets.AppearanceDark)
	two.chooseZone("Asia/Tokyo")
	two.setCaller("second")
	two.add(tokenConnection("b", "Second"))
	two.written()

	one.setRetention(30)
	one.pick(entityReviews)
	one.add(tokenConnection("a", "First"))
	one.lastLook() // as at the end: it writes its size
	one.ending = false
	one.written()

	file, err := settings.Open(one.store.Path())
	if err != nil {
		t.Fatal(err)
	}
	got := file.Get()
	if got.Theme != "dark" || got.Zone != "Asia/Tokyo" || got.Caller != "second" || got.RetentionDays != 30 {
		t.Errorf("theme %q, zone %q, caller %q, %d days", got.Theme, got.Zone, got.Caller, got.RetentionDays)
	}
	for _, id := range []string{"a", "b"} {
		if _, ok := got.Connection(id); !ok {
			t.Errorf("the connection %s is gone", id)
		}
	}
	if one.frame.zone.Value() == "Asia/Tokyo" {
		t.Error("the zone of the other desk's times came over in the middle of work")
	}
}

func TestADeskNoticesTheConnectionsOfAnotherWhenItsListOpens(t *testing.T) {
	one, two := twoDesks(t)
	two.add(tokenConnection("b", "Second"))
	items := one.connectionMenu() // as the picker asks for them
	if slices.Contains(labelsOf(items), "Second") {
		t.Fatal("it knew before it looked")
	}
	one.queue.until(t, "the other's connection", func() bool { return slices.Contains(labelsOf(one.connectionChoices()), "Second") })
	if place := one.session.Place(); place.Connection.ID != sandboxID || !place.Chosen() {
		t.Error("the desk lost its place")
	}
}

func TestAConnectionInUseStaysWhenAnotherDeskRemovesIt(t *testing.T) {
	one, two := twoDesks(t)
	one.add(tokenConnection("a", "First"))
	one.session.ChooseConnection("a")
	two.readShared()
	two.queue.until(t, "the connection", func() bool { _, ok := two.kept.Connection("a"); return ok })
	two.removeConnection("a")
	two.written()

	one.readShared()
	one.queue.until(t, "that it was read", func() bool { return len(one.kept.Connections) == 0 })
	if one.session.Place().Connection.ID != "a" {
		t.Errorf("the desk was thrown to %q", one.session.Place().Connection.ID)
	}
	one.session.ChooseConnection(sandboxID)
	one.readShared()
	one.queue.until(t, "that it is gone", func() bool { return !slices.Contains(labelsOf(one.connectionChoices()), "First") })
}

func TestWhatIsNotWrittenYetIsNotLostByReadingAgain(t *testing.T) {
	one, _ := twoDesks(t)
	one.readShared() // under way while the person adds a connection
	one.remember(func(to *settings.Settings) { to.Connections = append(to.Connections, tokenConnection("a", "First")) })
	one.written()
	one.queue.run()
	if _, ok := one.kept.Connection("a"); !ok {
		t.Error("an older file took the new connection away")
	}
}

func TestTwoDesksShareTheJournal(t *testing.T) {
	one, two := twoDesks(t)
	one.purchase("OPID_96001")
	one.compose.Send()
	one.untilShown("Accepted")
	two.purchase("OPID_96002")
	two.compose.Send()
	two.untilShown("Accepted")
	for _, w := range []*working{one, two} {
		w.goTo(PageHistory)
		w.history.Refresh()
		w.queue.until(t, "both entries", func() bool { return len(w.history.entries) == 2 })
		keys := []string{keyWords(w.history.entries[0]), keyWords(w.history.entries[1])}
		slices.Sort(keys)
		if !slices.Equal(keys, []string{"OPID_96001", "OPID_96002"}) {
			t.Errorf("it lists %v", keys)
		}
		for _, e := range w.history.entries {
			if e.State != journal.Accepted && e.State != journal.Visible {
				t.Errorf("%s is %s", keyWords(e), e.State)
			}
		}
	}
	if text := one.noticeTexts() + two.noticeTexts(); strings.Contains(text, "interrupted") {
		t.Errorf("one took the other's send for an interrupted one: %q", text)
	}
}
