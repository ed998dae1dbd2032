package ui

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// runningDay is what comes over the journal of a desk that runs.
type runningDay struct {
	day  string
	make func(t *testing.T, path string)
	end  func(t *testing.T, path string)
	why  string // what the window says of it, wherever it does
}

const saysNotSent = "Nothing was sent, because it could not be recorded first. "

// runningDays are the bad days of the journal while the desk runs: one desk
// lives through each of them while it sends, types and purges.
func runningDays() []fileDay {
	var release func()
	var days []fileDay
	for _, r := range []runningDay{
		{"the journal locked by a second desk for longer than is waited", func(t *testing.T, path string) {
			t.Helper()
			release = writing(t, path)
		}, func(*testing.T, string) { release() }, saysLocked},
		{"the journal replaced by a newer version's", instead(filledNewer), back, "The journal was written by a newer version of Activity Desk."},
		{"the journal replaced by garbage", instead(filled(strings.Repeat("garbage ", 2000))), back, "The journal cannot be read."},
		{"a folder put in the place of the journal", instead(aFolder), back, "The journal cannot be read."},
		{"a link to nowhere put in the place of the journal", instead(aLinkToNowhere), back, "The journal, or its folder, is a link to what is not there."},
		{"the right to the folder of data taken away", func(t *testing.T, path string) {
			t.Helper()
			nobodys(t, filepath.Dir(filepath.Dir(path)))
			mode(0)(t, filepath.Dir(path))
		}, inFolderOf(mode(0o700)), "The journal cannot be written."},
	} {
		lived := map[string]string{}
		for _, while := range []string{"sending", "typing", "purging"} {
			says := saysNotSent + r.why
			state := "nothing was sent; afterwards it is sent once"
			switch while {
			case "typing":
				says = "What you type cannot be kept for the next start at the moment. It is tried again and again; this line goes when it worked. " + r.why
				state = "what is typed stays in the form, and is kept when it can be"
			case "purging":
				says, state = r.why, "nothing is deleted; afterwards it is"
			}
			days = append(days, fileDay{day: r.day, while: while, state: state, says: says, live: func(t *testing.T) string {
				t.Helper()
				if len(lived) == 0 {
					r.live(t, lived)
				}
				return lived[while]
			}})
		}
	}
	return append(days, goneDays()...)
}

func filledNewer(t *testing.T, path string) {
	t.Helper()
	_, other := myJournal(t)
	data, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, string(newer(data)))
}

// writing holds the journal's file as a desk does that writes, until it is let go.
func writing(t *testing.T, path string) (release func()) {
	t.Helper()
	other, err := journal.Open(t.Context(), path, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := other.Add(t.Context(), journal.Entry{State: journal.Sending, Entity: "other", Body: []byte(`{"other":1}`)})
	if err != nil {
		t.Fatal(err)
	}
	held, free, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		_, err := other.Update(t.Context(), e.ID, nil, func(e *journal.Entry) {
			close(held)
			<-free
			e.State = journal.Accepted
		})
		done <- err
	}()
	<-held
	over := false
	release = func() {
		if over {
			return
		}
		over = true
		close(free)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(release)
	return release
}

// live has a desk send, type and purge while the day lasts, and do all of it when
// the day is over.
func (r runningDay) live(t *testing.T, lived map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be moved here")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "data", "journal.db")
	w := startWorking(t, folder, waitingOn(r.day))
	w.works("OPID_95201")
	w.queue.until(t, "the draft to be settled", func() bool { return len(w.compose.keeper.jobs) == 0 })
	stored := len(w.posted(instanceCoffee, entityPurchases))
	r.make(t, path)

	w.purchase("OPID_95202")
	lived["typing"] = w.untilSaid("What you type cannot be kept for the next start")
	w.compose.Send()
	lived["sending"] = w.untilNotSent()
	w.purge()
	confirm(t, w, "Delete")
	w.queue.until(t, "that it was not purged", func() bool { return hasNotice(w, "purge") })
	for _, n := range w.frame.notices.list {
		if n.Key == "purge" {
			lived["purging"] = n.Text
		}
	}
	if n := len(w.posted(instanceCoffee, entityPurchases)); n != stored {
		t.Errorf("%d were sent unrecorded", n-stored)
	}
	if w.compose.current.form.Text("PurchaseId") != "OPID_95202" {
		t.Error("what was typed is gone")
	}

	r.end(t, path)
	w.compose.keeper.retry()
	w.queue.until(t, "the draft to be kept", func() bool { return !w.compose.keeper.said })
	w.untilKept("OPID_95202")
	w.compose.Send()
	w.untilStored(stored + 1)
	w.env.Dismiss("purge")
	w.purge()
	confirm(t, w, "Delete")
	w.untilSaid("There are no older entries in the journal.")
}

func hasNotice(w *working, key string) bool {
	for _, n := range w.frame.notices.list {
		if n.Key == key {
			return true
		}
	}
	return false
}

// untilNotSent waits until it is said that nothing was sent, and gives the words.
func (w *working) untilNotSent() (said string) {
	w.t.Helper()
	w.queue.until(w.t, "that nothing was sent", func() bool {
		for _, n := range w.frame.notices.list {
			if n.Key == "send" {
				said = n.Text
			}
		}
		return strings.Contains(said, "Nothing was sent")
	})
	return said
}

// goneDays are those on which the file of the journal is gone for good.
func goneDays() []fileDay {
	const says = "The file of the journal was deleted or replaced while the desk ran. The desk goes on with what is in its place now, or with a new one."
	var days []fileDay
	for _, c := range []struct {
		day  string
		make func(t *testing.T, path string)
	}{
		{"the journal deleted", func(t *testing.T, path string) {
			t.Helper()
			for _, end := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(path + end); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
			}
		}},
		{"the log of the journal deleted", func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path + "-wal"); err != nil {
				t.Fatal(err)
			}
		}},
		{"the folder of data deleted", func(t *testing.T, path string) {
			t.Helper()
			if err := os.RemoveAll(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}},
		{"the journal replaced by an older copy", instead(func(t *testing.T, path string) {
			t.Helper()
			_, other := myJournal(t)
			data, err := os.ReadFile(other)
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, path, string(data))
		})},
	} {
		days = append(days, fileDay{
			day: c.day, while: "typing and sending", says: says,
			state: "it is sent and recorded in what is in its place; what is typed goes along, to the next start too",
			live: func(t *testing.T) string {
				t.Helper()
				if runtime.GOOS == "windows" {
					t.Skip("a file that is open cannot be deleted here")
				}
				folder := t.TempDir()
				w := startWorking(t, folder)
				w.untilLoaded(instanceCoffee)
				w.pick(entityReviews)
				w.fill(map[string]string{"ReviewId": "REV_95203"})
				w.untilKept("REV_95203")
				c.make(t, filepath.Join(folder, "data", "journal.db"))
				w.works("OPID_95203")
				said := w.untilSaid(says)
				w.finish()
				next := startWorking(t, folder)
				next.untilLoaded(instanceCoffee)
				next.untilKept("REV_95203")
				next.goTo(PageHistory)
				next.history.Refresh()
				next.queue.until(t, "what was sent", func() bool {
					return slices.ContainsFunc(next.history.entries, func(e journal.Entry) bool { return keyWords(e) == "OPID_95203" })
				})
				return said
			},
		})
	}
	return append(days, fileDay{
		day: "the journal locked by a second desk, or on a slow disk", while: "sending", state: "it is sent once the file is free", says: saysStarted,
		live: func(t *testing.T) string {
			t.Helper()
			folder := t.TempDir()
			w := startWorking(t, folder)
			w.untilLoaded(instanceCoffee)
			release := writing(t, filepath.Join(folder, "data", "journal.db"))
			w.purchase("OPID_95204")
			w.compose.Send()
			free := time.AfterFunc(100*time.Millisecond, func() { w.queue.post(release) })
			defer free.Stop()
			w.untilShown("Accepted")
			return w.said()
		},
	})
}
