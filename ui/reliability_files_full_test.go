package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// TestBadDayOfTheFilesOnAFullDisk lives through the days of a full disk, in the
// process of its own that TestBadDayOfTheFilesIsWithstood starts.
func TestBadDayOfTheFilesOnAFullDisk(t *testing.T) {
	if !withstand.IsApart(t) {
		return
	}
	for _, d := range fullDays() {
		t.Run(d.day+" while "+d.while, func(t *testing.T) {
			said := d.live(t)
			if !strings.Contains(said, d.says) {
				t.Errorf("it says\n%s\nand not\n%s", said, d.says)
			}
			if err := withstand.Plain(said); err != nil {
				t.Error(err)
			}
		})
		cell, err := json.Marshal(d.cell())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("\n%s%s\n", cellMark, cell)
	}
}

func fullDays() []fileDay {
	return []fileDay{
		{
			day: "the disk full", while: "starting", state: "nothing can be sent; after “Try again” the desk works on", says: saysDisk,
			live: func(t *testing.T) string {
				t.Helper()
				folder := t.TempDir()
				room := withstand.FullAt(t, 10)
				w, said := cannotStart(t, folder, "The disk does not read or write the journal.", nil)
				room()
				confirmIn(t, w, w.frame.panel, "Try again")
				w.works("OPID_95501")
				return said
			},
		},
		{
			day: "the disk full", while: "sending", state: "nothing was sent; afterwards it is sent once", says: saysNotSent + "The disk does not read or write the journal.",
			live: func(t *testing.T) string {
				t.Helper()
				w := newWorking(t)
				w.works("OPID_95502")
				w.purchase("OPID_95503")
				w.untilKept("OPID_95503")
				room := withstand.FullAt(t, 10)
				w.compose.Send()
				said := w.untilNotSent()
				room()
				if n := len(w.posted(instanceCoffee, entityPurchases)); n != 1 {
					t.Errorf("%d were sent", n)
				}
				w.works("OPID_95503")
				return said
			},
		},
		{
			day: "the disk full", while: "typing", state: "what is typed stays in the form, and is kept when there is room", says: "What you type cannot be kept for the next start at the moment.",
			live: func(t *testing.T) string {
				t.Helper()
				w := newWorking(t)
				w.works("OPID_95504")
				room := withstand.FullAt(t, 10)
				w.purchase("OPID_95505")
				said := w.untilSaid("What you type cannot be kept")
				room()
				w.compose.keeper.retry()
				w.untilKept("OPID_95505")
				return said
			},
		},
		{
			day: "the disk full between the request and its answer", while: "sending", says: "It was sent and is accepted, but that could not be written to the journal.",
			state: "sent once; the window shows it, and at the next start it is uncertain", live: fullBeforeTheAnswer,
		},
		{
			day: "the disk full", while: "setting the zone", state: "the old file holds; the change is kept with the next one", says: saysUnkept,
			live: func(t *testing.T) string {
				t.Helper()
				folder := t.TempDir()
				path := filepath.Join(folder, "settings.json")
				mySettings(t, path)
				w := startWorking(t, folder)
				w.untilLoaded(instanceCoffee)
				w.written()
				before := bytesOf(t, folder)[path]
				room := withstand.FullAt(t, 10)
				w.chooseZone("Europe/Vienna")
				said := w.untilSaid(saysUnkept)
				room()
				if bytesOf(t, folder)[path] != before {
					t.Error("the file was changed")
				}
				w.works("OPID_95506")
				w.written()
				if onFile(t, path).Zone != "Europe/Vienna" {
					t.Error("the change is not kept")
				}
				return said
			},
		},
		{
			day: "the disk full", while: "saving a preset", state: "nothing is written; the name stays typed, and saving it again works afterwards", says: "The file could not be written.",
			live: func(t *testing.T) string {
				t.Helper()
				w := newWorking(t)
				w.purchase("OPID_95507")
				w.saveAs("Tea")
				w.untilKept("OPID_95507")
				before := bytesOf(t, w.env.Presets.Dir())
				newSavePreset(w.compose, w.compose.current, settings.Shelf{}).show()
				typeInto(t, w, "Coffee")
				room := withstand.FullAt(t, 10)
				confirm(t, w, "Save preset")
				w.untilDialog("The file could not be written.")
				said := textsOf(w.dialog())
				room()
				nothingLost(t, w.env.Presets.Dir(), before)
				confirm(t, w, "Save preset")
				w.untilNoDialog()
				return said
			},
		},
		{
			day: "the disk full", while: "exporting presets, connections and JSON", state: "what the files held before stays whole", says: "The file could not be written.",
			live: func(t *testing.T) string {
				t.Helper()
				path := filepath.Join(t.TempDir(), "file.json")
				writeFile(t, path, "before")
				var said []string
				for _, save := range savers {
					room := withstand.FullAt(t, 1)
					err := save.write(path)
					room()
					if err == nil {
						t.Errorf("%s: it was written", save.while)
						continue
					}
					said = append(said, save.words(t, err))
				}
				if data, err := os.ReadFile(path); err != nil || string(data) != "before" {
					t.Errorf("it holds %q, %v", data, err)
				}
				return strings.Join(said, "\n")
			},
		},
	}
}

func fullBeforeTheAnswer(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	w := startWorking(t, folder)
	w.untilLoaded(instanceCoffee)
	w.purchase("OPID_95508")
	w.untilKept("OPID_95508")
	w.faults("post" + slowly)
	w.compose.Send()
	w.queue.until(t, "the intent", func() bool {
		list, err := w.env.Journal.List(t.Context(), journal.Filter{States: []journal.State{journal.Sending}})
		return err == nil && len(list) == 1
	})
	room := withstand.FullAt(t, 10)
	w.faults("") // the answer comes
	var said string
	w.queue.until(t, "the answer", func() bool {
		said = strings.ReplaceAll(w.steps()+" "+textsOf(w.compose.Content())+" "+w.noticeTexts(), "\n", " ")
		return strings.Contains(said, "could not be written to the journal")
	})
	room()
	if n := len(w.posted(instanceCoffee, entityPurchases)); n != 1 {
		t.Errorf("%d were stored", n)
	}
	w.finish()
	next := startWorking(t, folder)
	next.untilSaid("1 send is uncertain")
	if next.frame.panel.State() == widgets.StateFailed {
		t.Error("it does not start")
	}
	return said
}
