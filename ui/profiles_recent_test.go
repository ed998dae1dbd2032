package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/people"
	"github.com/activitydesk/activitydesk/ui/tasks"
)

// viewed are the profiles that are listed as viewed, by key.
func (w *working) viewed() string {
	var notes []string
	for _, v := range w.profiles.side.recent.list {
		notes = append(notes, v.Note)
	}
	return strings.Join(notes, " ")
}

// untilViewed waits until the journal has these profiles.
func (w *working) untilViewed(want string) {
	w.t.Helper()
	place := w.session.Place()
	w.queue.until(w.t, "the journal to keep "+want, func() bool {
		list, err := w.env.Journal.ListViewed(w.t.Context(), place.Connection.ID, place.Instance.ID)
		var notes []string
		for _, v := range list {
			notes = append(notes, v.Note)
		}
		return err == nil && strings.Join(notes, " ") == want
	})
}

func TestProfilesThatWereViewedAreListedAfterARestartAndOfferedByName(t *testing.T) {
	folder := t.TempDir()
	w := startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	for _, key := range []string{"CNTID_1000", "CNTID_1001", "CNTID_1000"} {
		w.search(key)
	}
	w.untilViewed("CNTID_1000 CNTID_1001")
	if w.viewed() != "CNTID_1000 CNTID_1001" {
		t.Errorf("listed %q", w.viewed())
	}
	w.finish()

	w = startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	// The page was not shown yet.
	w.queue.until(t, "the list", func() bool { return w.viewed() == "CNTID_1000 CNTID_1001" })
	var offered offer
	for _, o := range w.offers() {
		if o.kind == kindCustomer && strings.HasPrefix(o.note, "CNTID_1001") {
			offered = o
		}
	}
	if offered.act == nil || offered.id != "" {
		t.Fatalf("offered %+v", offered)
	}
	offered.act()
	w.queue.until(t, "the profile", func() bool { return w.profiles.shown.Customer.Name == offered.label })
	if w.shown.ID() != PageProfiles || w.viewed() != "CNTID_1001 CNTID_1000" {
		t.Errorf("%s, listed %q", w.shown.ID(), w.viewed())
	}
}

func TestViewedProfilesAreTakenOffByKeyByMenuAndAllAtOnce(t *testing.T) {
	w := newWorking(t)
	for _, key := range []string{"CNTID_1000", "CNTID_1001", "CNTID_1002", "CNTID_1003"} {
		w.search(key)
	}
	list := w.profiles.side.list
	w.window.Canvas().Focus(list)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	w.untilViewed("CNTID_1003 CNTID_1002 CNTID_1001")
	items := w.profiles.side.recent.items()
	if items[2].Note != "CNTID_1002" {
		t.Fatalf("the menu offers %+v", items)
	}
	items[2].OnChosen()
	w.untilViewed("CNTID_1003 CNTID_1001")
	items[0].OnChosen()
	w.untilViewed("")
	if w.viewed() != "" || w.profiles.side.recent.button.Visible() {
		t.Errorf("listed %q", w.viewed())
	}
}

func TestAnotherInstanceHasItsOwnViewedProfiles(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	w.queue.until(t, "the list", func() bool { return w.viewed() == "" })
	w.deskRun.choose(instanceCoffee)
	w.untilLoaded(instanceCoffee)
	w.queue.until(t, "the list", func() bool { return w.viewed() == "CNTID_1000" })
}

func TestAReadWaitsForWhatWasWrittenBeforeIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		group := tasks.New(t.Context(), nil)
		var w recentWrites
		written := 0
		for range 2 {
			w.put(group, func(context.Context) { time.Sleep(time.Second); written++ })
		}
		if err := w.wait(t.Context()); err != nil || written != 2 {
			t.Errorf("after %d of 2 writes: %v", written, err)
		}
		if err := w.wait(t.Context()); err != nil {
			t.Errorf("where nothing is written: %v", err)
		}
		w.put(group, func(context.Context) { time.Sleep(time.Second) })
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if err := w.wait(stopped); !errors.Is(err, context.Canceled) {
			t.Errorf("who has stopped waits on: %v", err)
		}
		group.Close(time.Minute)
	})
}

func TestAListThatCannotBeWrittenSaysSo(t *testing.T) {
	w := newWorking(t)
	w.search("CNTID_1000")
	w.untilViewed("CNTID_1000")
	if err := w.env.Journal.Close(); err != nil {
		t.Fatal(err)
	}
	w.profiles.side.recent.Add(people.Customer{ID: "x", Name: "X"}, "")
	said := ""
	w.env.Notify = func(n Notice) { said = n.Text }
	w.queue.until(t, "the notice", func() bool { return said != "" })
}

var _ recentStore = (*journal.Journal)(nil)
