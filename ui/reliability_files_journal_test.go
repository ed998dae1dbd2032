package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// myJournal makes a closed journal with one send, in a folder of a desk's own.
func myJournal(t *testing.T) (folder, path string) {
	t.Helper()
	folder = t.TempDir()
	path = filepath.Join(folder, "data", "journal.db")
	j, err := journal.Open(t.Context(), path, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Add(t.Context(), journal.Entry{State: journal.Queued, Entity: "mine", Body: []byte(`{}`)}); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return folder, path
}

// leftOpen makes a journal whose desk was killed: what it wrote is in the log.
func leftOpen(t *testing.T) (folder, path string) {
	t.Helper()
	from := filepath.Join(t.TempDir(), "journal.db")
	j, err := journal.Open(t.Context(), from, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Add(t.Context(), journal.Entry{State: journal.Sending, Entity: "mine", Body: []byte(`{}`)}); err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	path = filepath.Join(folder, "data", "journal.db")
	for _, end := range []string{"", "-wal", "-shm"} {
		data, err := os.ReadFile(from + end)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, path+end, string(data))
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return folder, path
}

// newer makes a journal one of a newer version, as its header says it.
func newer(b []byte) []byte { b[63] = 99; return b }

const (
	stateRefused  = "nothing can be sent; every file stays as it is; after “Try again” the desk works on"
	stateSetAside = "nothing can be sent until the file is set aside, with every byte; then the desk works on"
	saysDamaged   = "The journal cannot be read. It can be set aside under another name, and a new one begun. Nothing but the history is lost by that."
	saysReadOnly  = "The journal cannot be written. Check that its file and folder belong to you and can be written."
	saysAway      = "The journal, or its folder, is a link to what is not there. Connect the disk that it leads to and try again."
	saysDisk      = "The disk does not read or write the journal. It may be full or away, or something else may be in the place of the folder."
	saysLocked    = "Another Activity Desk is using the journal. Wait a moment and try again, or close the other window."
)

// journalDays are the bad days of the journal at the start.
func journalDays() []fileDay {
	var days []fileDay
	for _, c := range []struct {
		day, state, says string
		make             func(t *testing.T, path string)
	}{
		{"the journal missing", "starts with a new one", saysStarted, func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}},
		{"the journal empty", "starts with a new one", saysStarted, filled("")},
		{"the index of the journal's log damaged", "starts; it is made again", saysStarted, func(t *testing.T, path string) { t.Helper(); filled("garbage")(t, path+"-shm") }},
		{"a log of garbage beside the journal", "starts; what is no log of it is not read", saysStarted, func(t *testing.T, path string) { t.Helper(); filled("garbage")(t, path+"-wal") }},
		{"the mark of a desk that is gone", "starts, and removes it", saysStarted, func(t *testing.T, path string) {
			t.Helper()
			filled("")(t, path+"-owner-00000000-0000-4000-8000-000000000001")
		}},
		{"a folder in the place of a desk's mark", "starts; that desk counts as living", saysStarted, func(t *testing.T, path string) {
			t.Helper()
			aFolder(t, path+"-owner-00000000-0000-4000-8000-000000000001")
		}},
	} {
		days = append(days, fileDay{day: c.day, while: "starting", state: c.state, says: c.says, live: func(t *testing.T) string {
			t.Helper()
			folder, path := myJournal(t)
			c.make(t, path)
			w := startWorking(t, folder)
			w.works("OPID_95101")
			return w.said()
		}})
	}
	days = append(days, fileDay{
		day: "a desk was killed", while: "starting", state: "starts; all that it had recorded is there", says: "1 send is uncertain: it may have been stored",
		live: func(t *testing.T) string {
			t.Helper()
			folder, _ := leftOpen(t)
			w := startWorking(t, folder)
			said := w.untilSaid("1 send is uncertain")
			w.works("OPID_95102")
			return said
		},
	}, fileDay{
		day: "a folder of data with odd letters in its name", while: "starting", state: "starts, and keeps everything there", says: saysStarted,
		live: func(t *testing.T) string {
			t.Helper()
			folder := filepath.Join(t.TempDir(), "odd #%20 ü ' ä&=+ ; 漢")
			w := startWorking(t, folder)
			w.works("OPID_95104")
			if _, err := os.Stat(filepath.Join(folder, "data", "journal.db")); err != nil {
				t.Error(err)
			}
			return w.said()
		},
	})
	days = append(days, lostLogDays()...)
	for _, c := range []struct {
		day  string
		make func(t *testing.T, path string)
	}{
		{"the journal cut at 5 %", harm(cutAt(5))},
		{"the journal cut at 50 %", harm(cutAt(50))},
		{"the journal cut at 90 %", harm(cutAt(90))},
		{"a bit of the journal flipped in its header", harm(flipped(3))},
		{"a bit of the journal flipped in its schema", harm(flipped(100))},
		{"a journal of garbage", filled(strings.Repeat("garbage ", 2000))},
		{"a journal of 100 MB of garbage", instead(huge)},
		{"a folder in the place of the journal", instead(aFolder)},
	} {
		days = append(days, fileDay{day: c.day, while: "starting", state: stateSetAside, says: saysDamaged, live: func(t *testing.T) string {
			t.Helper()
			return setAside(t, c.make)
		}})
	}
	return append(days, refusedDays()...)
}

// lostLogDays are those on which the log of a desk that was killed is not whole.
func lostLogDays() []fileDay {
	const says = "Part of the newest history could not be read: the journal's log was damaged. What was sent last may be missing here, or " +
		"stand as it was before; look at the profile before you send it again."
	var days []fileDay
	for _, c := range []struct {
		day, kept string
		make      func(t *testing.T, path string)
	}{
		{"the end of the journal's log is cut off", " The damaged log is kept as", harm(cutAt(60))},
		{"a bit of the journal's log flipped", " The damaged log is kept as", harm(flipped(100))},
		{"the journal's log deleted", "", func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		state := "starts with what can be proved to be whole"
		if c.kept != "" {
			state += "; the log is kept aside with every byte"
		}
		days = append(days, fileDay{day: "a desk was killed, and " + c.day, while: "starting", state: state, says: says + c.kept, live: func(t *testing.T) string {
			t.Helper()
			folder, path := leftOpen(t)
			c.make(t, path+"-wal")
			log, _ := os.ReadFile(path + "-wal") // none where it was deleted
			w := startWorking(t, folder)
			said := w.untilSaid(says)
			w.works("OPID_95103")
			if kept, err := filepath.Glob(path + ".damaged-*"); err != nil || (len(kept) == 1) != (c.kept != "") {
				t.Errorf("kept are %v, %v", kept, err)
			}
			if c.kept != "" {
				nothingLost(t, folder, map[string]string{"the log": string(log)})
			}
			return said
		}})
	}
	return days
}

// cannotStart waits until the panel says why the desk does not start, and holds
// that nothing can be sent meanwhile and nothing was touched.
func cannotStart(t *testing.T, folder, says string, before map[string]string, change ...func(*Options)) (w *working, said string) {
	t.Helper()
	w = startWorking(t, folder, change...)
	w.queue.until(t, "that it cannot start", func() bool { return w.frame.panel.State() == widgets.StateFailed })
	said = w.said()
	if !strings.Contains(said, says) {
		t.Errorf("it says %q", said)
	}
	if w.services != nil || w.env.Outbox != nil {
		t.Error("something could be sent")
	}
	nothingLost(t, folder, before)
	return w, strings.ReplaceAll(said, "\n", " ")
}

func setAside(t *testing.T, harm func(t *testing.T, path string)) string {
	t.Helper()
	folder, path := myJournal(t)
	harm(t, path)
	before := bytesOf(t, folder)
	w, said := cannotStart(t, folder, "The journal cannot be read.", before)
	confirmIn(t, w, w.frame.panel, "Set the file aside and begin a new one")
	w.untilSaid("The damaged journal is kept as " + path + ".damaged-")
	w.works("OPID_95110")
	nothingLost(t, folder, before)
	return said
}

// refusedDays are those on which the desk waits until the day is over.
func refusedDays() []fileDay {
	var release func()
	var days []fileDay
	for _, c := range []struct {
		day, says string
		make, end func(t *testing.T, path string)
	}{
		{"a journal from a newer version", "The journal was written by a newer version of Activity Desk. Use that version. This one leaves the file as it is.", instead(func(t *testing.T, path string) {
			t.Helper()
			filledNewer(t, path)
		}), back},
		{"a journal that is a link to nowhere", saysAway, instead(aLinkToNowhere), back},
		{"a folder of data that is a link to nowhere", saysAway, inFolderOf(instead(aLinkToNowhere)), inFolderOf(back)},
		{"a file in the place of the folder of data", saysDisk, inFolderOf(instead(filled("a file"))), inFolderOf(back)},
		{"a journal protected from writing", saysReadOnly, mode(0o400), mode(0o600)},
		{"a folder of data that may not be written", saysReadOnly, func(t *testing.T, path string) {
			t.Helper()
			nobodys(t, filepath.Dir(filepath.Dir(path)))
			mode(0o500)(t, filepath.Dir(path))
		}, inFolderOf(mode(0o700))},
		{"a journal that another desk is opening for longer than is waited", saysLocked, func(t *testing.T, path string) {
			t.Helper()
			release = hold(t, path+"-open")
		}, func(*testing.T, string) { release() }},
	} {
		days = append(days, fileDay{day: c.day, while: "starting", state: stateRefused, says: c.says, live: func(t *testing.T) string {
			t.Helper()
			folder, path := myJournal(t)
			c.make(t, path)
			var before map[string]string
			if !strings.Contains(c.day, "may not") {
				before = bytesOf(t, folder)
			}
			w, said := cannotStart(t, folder, strings.TrimSpace(strings.SplitAfter(c.says, ". ")[0]), before, waitingOn(c.day))
			c.end(t, path)
			confirmIn(t, w, w.frame.panel, "Try again")
			w.works("OPID_95111")
			return said
		}})
	}
	return append(days, fileDay{
		day: "a journal that another desk is opening, or on a slow disk", while: "starting",
		state: "the window says what it waits for, and starts when it can", says: "Opening the journal and the sandbox…",
		live: func(t *testing.T) string {
			t.Helper()
			folder, path := myJournal(t)
			release := hold(t, path+"-open")
			w := startWorking(t, folder)
			said := w.untilSaid("Opening the journal")
			release()
			w.works("OPID_95112")
			return said
		},
	})
}

// inFolderOf does something with the folder of a file.
func inFolderOf(do func(t *testing.T, path string)) func(t *testing.T, path string) {
	return func(t *testing.T, path string) { t.Helper(); do(t, filepath.Dir(path)) }
}
