// A journal's file of which anything may have become on a disk.

package journal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

// FuzzDamagedJournal: of a file that was written over or cut off anywhere, either
// a journal is opened, whose readings are given or called damaged and that takes
// a new entry or says why not; or it is refused as damaged or newer, is left as it
// is, and can be set aside for a new one.
func FuzzDamagedJournal(f *testing.F) {
	sound := soundJournal(f)
	f.Add(uint32(0), []byte("SQLite format 4"), uint32(0))
	f.Add(uint32(16), []byte{0, 1}, uint32(0))                     // the size of a page
	f.Add(uint32(18), []byte{'0'}, uint32(0))                      // who may write it
	f.Add(uint32(19), []byte{0, 1}, uint32(0))                     // damaged, and without its log
	f.Add(uint32(47), []byte("0"), uint32(0))                      // the form of the schema
	f.Add(uint32(60), []byte{0, 0, 0, 99}, uint32(0))              // user_version
	f.Add(uint32(68), []byte("xxxx"), uint32(0))                   // application_id
	f.Add(uint32(100), []byte{0xff, 0xff, 0xff, 0xff}, uint32(0))  // the schema's page
	f.Add(uint32(4096), []byte{2, 0xff, 0xff, 0, 0xff}, uint32(0)) // the head of another page
	f.Add(uint32(0), []byte{}, uint32(5000))
	f.Add(uint32(0), []byte("not a journal\n"), uint32(14))
	if at := bytes.Index(sound, []byte("accepted")); at > 0 {
		f.Add(uint32(at), []byte("\xff\x00wishfu"), uint32(0))
	}
	if at := bytes.Index(sound, []byte("CREATE TABLE drafts")); at > 0 {
		f.Add(uint32(at), []byte("CREATE TABLE \"rafts"), uint32(0))
		f.Add(uint32(at+13), []byte("d"), uint32(0))
	}
	if at := bytes.Index(sound, []byte("matched_by")); at > 0 {
		f.Add(uint32(at), []byte("M0"), uint32(0)) // one of the columns has another name
	}
	f.Fuzz(func(t *testing.T, at uint32, over []byte, length uint32) {
		data := bytes.Clone(sound)
		copy(data[int(at)%len(data):], over)
		if length > 0 {
			data = data[:min(len(data), int(length))]
		}
		path := filepath.Join(t.TempDir(), "journal.db")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := journal.Open(t.Context(), path, journal.Options{Now: clockAt, Retention: -1})
		if err != nil {
			checkLeft(t, path, data, err)
			return
		}
		readAll(t, j)
		if err := j.Close(); err != nil && !errors.Is(err, journal.ErrDamaged) {
			t.Fatalf("it cannot be closed: %v", err)
		}
	})
}

var clockAt = at(noon)

// soundJournal is the file of a journal with some of everything in it.
func soundJournal(f *testing.F) []byte {
	f.Helper()
	path := filepath.Join(f.TempDir(), "journal.db")
	j, err := journal.Open(f.Context(), path, journal.Options{Now: at(noon)})
	if err != nil {
		f.Fatal(err)
	}
	for _, id := range []string{"1", "2", "3"} {
		e, err := j.Add(f.Context(), purchase(id))
		if err == nil {
			_, err = j.Update(f.Context(), e.ID, nil, func(e *journal.Entry) { e.State, e.Status, e.CustomerID = journal.Accepted, 201, "c" })
		}
		if err == nil {
			err = j.SaveDraft(f.Context(), journal.Draft{ConnectionID: "c", InstanceID: "inst", Entity: "E" + id, ChangedAt: noon, Body: []byte(`{"version":1}`)})
		}
		if err == nil {
			err = j.SaveViewed(f.Context(), journal.Viewed{ConnectionID: "c", InstanceID: "inst", CustomerID: id, Name: "Ana", At: noon})
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	return data
}

// readAll asks a journal everything that the window asks.
func readAll(t *testing.T, j *journal.Journal) {
	t.Helper()
	told := func(what string, err error) {
		t.Helper()
		if err != nil && !errors.Is(err, journal.ErrDamaged) && !errors.Is(err, journal.ErrNotFound) {
			t.Fatalf("%s: %v", what, err)
		}
	}
	list, err := j.List(t.Context(), journal.Filter{})
	told("list", err)
	for _, e := range list {
		_, err := j.Get(t.Context(), e.ID)
		told("get", err)
	}
	_, err = j.Counts(t.Context(), noon.AddDate(-1, 0, 0))
	told("count", err)
	_, err = j.Drafts(t.Context())
	told("drafts", err)
	_, err = j.ListViewed(t.Context(), "c", "inst")
	told("viewed", err)
	e, err := j.Add(t.Context(), purchase("4"))
	told("add", err)
	if err != nil {
		return
	}
	if got, err := j.Get(t.Context(), e.ID); err != nil || string(got.Body) != string(e.Body) || got.State != journal.Sending {
		t.Fatalf("added %+v, read %+v, %v", e, got, err)
	}
}

// checkLeft: a journal that was refused is told as what it is, is as it was, and
// can be set aside.
func checkLeft(t *testing.T, path string, data []byte, refused error) {
	t.Helper()
	// Byte 18 says which SQLite may write the file: by one to come it is read-only.
	readOnly := len(data) > 18 && data[18] > 2 && errors.Is(refused, journal.ErrReadOnly)
	if !errors.Is(refused, journal.ErrDamaged) && !errors.Is(refused, journal.ErrNewer) && !readOnly {
		t.Fatalf("an error that nobody can tell: %v", refused)
	}
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, data) {
		t.Fatalf("the refused file was changed (%v)", err)
	}
	if _, err := journal.SetAside(t.Context(), path, noon); err != nil {
		t.Fatalf("it cannot be set aside: %v", err)
	}
	open(t, path, journal.Options{})
}
