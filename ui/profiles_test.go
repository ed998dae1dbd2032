package ui

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func (w *working) search(text string) {
	w.t.Helper()
	w.goTo(PageProfiles)
	w.profiles.side.box.SetText(text)
	w.profiles.side.Look()
	w.queue.until(w.t, "the answer to "+text, func() bool {
		return !w.profiles.side.finding.Running() && !w.profiles.reading.Running() && !w.profiles.timeline.reading.Running()
	})
}

func TestWhoIsInAHurryIsNotToldThatThereIsNobody(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageProfiles)
	w.deskRun.choose(instanceTrial)
	if place := w.session.Place(); !place.Loading || !place.LoadedAt.IsZero() {
		t.Fatalf("the entities are there already: loading %t, loaded %v", place.Loading, place.LoadedAt)
	}
	w.profiles.side.box.SetText("CNTID_1000")
	w.profiles.side.Look() // the entities, and with them the keys, are not known yet
	if !w.profiles.side.Running() {
		t.Error("nothing is being looked for")
	}
	w.queue.until(t, "the profile behind the key", func() bool { return w.profiles.shown.Customer.ID != "" })

	w.deskRun.choose(instanceProduction)
	w.profiles.side.SetText("CNTID_1000")
	w.profiles.side.Stop()
	w.untilLoaded(instanceProduction)
	if w.profiles.side.Running() || w.profiles.opened != "" {
		t.Error("what was stopped is looked for once the entities are there")
	}
}

func TestAProfileIsFoundByWhateverOneHas(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	id, name := w.profiles.shown.Customer.ID, w.profiles.shown.Customer.Name
	if id == "" || name == "" {
		t.Fatalf("by a source's key: id %q, name %q", id, name)
	}
	if got := w.profiles.side.hint.Text(); got != "1 found, by eCommerce_eCommerceContacts key" {
		t.Errorf("the hint says %q", got)
	}
	w.search(id)
	if got := w.profiles.shown.Customer.ID; got != id {
		t.Errorf("by the customer's id: %q", got)
	}
	w.search(strings.Fields(name)[1])
	if !hasResult(w.profiles.side.list, id) {
		t.Errorf("by name: %q", w.profiles.side.hint.Text())
	}
	w.search("O'Nobody 100%")
	if got := w.profiles.side.hint.Text(); !strings.HasPrefix(got, "Nobody found. Tried words, customer ID, ") {
		t.Errorf("the hint says %q", got)
	}
}

func hasResult(list *widgets.NavList, id string) bool {
	list.Select(id)
	_, some := list.First()
	return some && list.Selected() == id
}

func TestAProfileShowsItsTimelineAndCanBeReadAgain(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	before := len(w.profiles.timeline.store.Rows)
	if before == 0 || len(w.profiles.timeline.lines.Items) <= before {
		t.Fatalf("%d activities in %d lines", before, len(w.profiles.timeline.lines.Items))
	}
	for i := 1; i < before; i++ {
		if w.profiles.timeline.store.Rows[i].At.After(w.profiles.timeline.store.Rows[i-1].At) {
			t.Fatalf("row %d is newer than the one before", i)
		}
	}
	for _, row := range w.profiles.timeline.store.Rows {
		if row.Sent.EntryID != "" {
			t.Errorf("%s was not sent from here", row.SourceID)
		}
	}
	w.goTo(PageCompose)
	w.purchase("OPID_92001")
	w.compose.Send()
	w.untilShown("Visible on the timeline")
	w.goTo(PageProfiles)
	w.profiles.Refresh()
	w.queue.until(t, "the new activity", func() bool { return len(w.profiles.timeline.store.Rows) == before+1 })
	sent := 0
	for _, row := range w.profiles.timeline.store.Rows {
		if row.Sent.EntryID != "" {
			sent++
		}
	}
	if sent != 1 {
		t.Errorf("%d activities are marked as sent from here", sent)
	}
}

func TestWhatWasReadStaysWhenReadingAgainFails(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	w.faults("query:403")
	w.profiles.Refresh()
	w.queue.until(t, "the failure", func() bool { return strings.HasPrefix(w.profiles.timeline.view.foot.Text(), "Old, loaded ") })
	if len(w.profiles.timeline.store.Rows) == 0 || w.profiles.state.State() != widgets.StateContent {
		t.Error("what was read is gone")
	}
	if also := w.profiles.head.also.Text(); !strings.HasPrefix(also, "Fields of ") || !strings.Contains(also, "@example.com") {
		t.Errorf("the fields are gone, or not marked as old: %q", also)
	}
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	if w.profiles.shown.Customer.ID != "" || w.profiles.state.State() != widgets.StateEmpty {
		t.Error("another instance shows the customer of the one before")
	}
	w.faults("")
	w.env.Open(PageProfiles, CustomerArg{ID: "nobody"})
	w.queue.until(t, "the failure", func() bool { return w.profiles.state.State() == widgets.StateFailed })
}

func TestInitialsOfANameAreTwoLettersAtMost(t *testing.T) {
	cases := map[string]string{
		"Ana Kovač": "AK", "ana": "A", "Anna Maria van Dijk": "AD", "Élodie Çelik": "ÉÇ", "": "?",
	}
	for name, want := range cases {
		if got := initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestTheCursorIsInTheSearchBoxWhereNoProfileIsShown(t *testing.T) {
	w := newWorking(t)
	w.goTo(PageProfiles)
	if w.window.Canvas().Focused() != w.profiles.side.box {
		t.Errorf("the cursor is in %T", w.window.Canvas().Focused())
	}
	w.search("CNTID_1000")
	w.window.Canvas().Unfocus()
	w.goTo(PageHistory)
	w.goTo(PageProfiles)
	if focused := w.window.Canvas().Focused(); focused != nil {
		t.Errorf("with a profile shown the cursor is in %T", focused)
	}
}
