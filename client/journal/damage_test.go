package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
)

// killed makes the files of a journal whose desk was killed: what it wrote is
// in the log only.
func killed(t *testing.T) string {
	t.Helper()
	path := newPath(t)
	j := open(t, path, journal.Options{})
	for _, id := range []string{"a", "b", "c"} {
		update(t, j, add(t, j, purchase(id)).ID, journal.Accepted)
	}
	dead := newPath(t)
	for _, end := range []string{"", "-wal", "-shm"} {
		write(t, dead+end, read(t, path+end))
	}
	return dead
}

// damages are ways in which bytes come to harm.
func damages() map[string]func([]byte) []byte {
	list := map[string]func([]byte) []byte{
		"empty":   func([]byte) []byte { return nil },
		"garbage": func(b []byte) []byte { return bytes.Repeat([]byte{0xa5}, len(b)) },
	}
	for _, part := range []int{1, 20, 50, 80, 99} { // per cent
		list[fmt.Sprintf("cut at %d %%", part)] = func(b []byte) []byte { return b[:len(b)*part/100] }
		list[fmt.Sprintf("a bit flipped at %d %%", part)] = func(b []byte) []byte {
			b = bytes.Clone(b)
			b[len(b)*part/100] ^= 0x10
			return b
		}
	}
	for _, at := range []int{0, 16, 18, 28, 56, 60, 68, 96, 100} { // of the header
		list[fmt.Sprintf("a bit flipped in byte %d", at)] = func(b []byte) []byte {
			b = bytes.Clone(b)
			b[at%len(b)] ^= 0x01
			return b
		}
	}
	return list
}

func TestADamagedFileIsReadOrRefusedAndNeverMadeWorse(t *testing.T) {
	for _, end := range []string{"", "-wal", "-shm"} {
		for name, damage := range damages() {
			t.Run("journal.db"+end+" "+name, func(t *testing.T) {
				path := killed(t)
				damaged := damage(read(t, path+end))
				write(t, path+end, damaged)
				before := map[string][]byte{"": read(t, path), "-wal": read(t, path+"-wal")}

				j, err := journal.Open(t.Context(), path, journal.Options{Now: at(noon)})
				if err == nil {
					entries, listErr := j.List(t.Context(), journal.Filter{})
					if err := errors.Join(listErr, j.Close()); err != nil {
						t.Errorf("opened, but %v", err)
					}
					if end == "-shm" && len(entries) != 3 {
						t.Errorf("the index can be made again, but there are %d entries", len(entries))
					}
					return
				}
				if !errors.Is(err, journal.ErrDamaged) && !errors.Is(err, journal.ErrNewer) {
					t.Fatalf("error is %v", err)
				}
				for part, was := range before {
					if !bytes.Equal(was, read(t, path+part)) {
						t.Errorf("journal.db%s was changed by a desk that refused it", part)
					}
				}
				kept, err := journal.SetAside(t.Context(), path, noon)
				if err != nil {
					t.Fatal(err)
				}
				for part, was := range before {
					if !bytes.Equal(was, read(t, kept+part)) {
						t.Errorf("journal.db%s is not kept as it was", part)
					}
				}
				add(t, open(t, path, journal.Options{}), purchase("fresh"))
			})
		}
	}
}

func TestTheLogThatGoesAwayIsBegunAnewAndLosesNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be deleted here")
	}
	for name, ends := range map[string][]string{
		"the log": {"-wal"}, "its index": {"-shm"}, "both": {"-wal", "-shm"},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			one, two := open(t, path, journal.Options{}), open(t, path, journal.Options{})
			first := add(t, one, purchase("first"))
			for _, end := range ends {
				if err := os.Remove(path + end); err != nil {
					t.Fatal(err)
				}
			}
			add(t, one, purchase("second"))
			add(t, two, purchase("third"))
			update(t, one, first.ID, journal.Accepted)
			for _, j := range []*journal.Journal{one, two, open(t, path, journal.Options{})} {
				if all, err := j.List(t.Context(), journal.Filter{}); err != nil || len(all) != 3 {
					t.Errorf("%d entries, %v", len(all), err)
				}
			}
		})
	}
}

func TestAMarkThatCannotBeAskedCountsAsLiving(t *testing.T) {
	path := newPath(t)
	desk := startDesk(t, path)
	desk.kill(t)
	marks, err := filepath.Glob(path + "-owner-*")
	if err != nil || len(marks) != 1 {
		t.Fatal(marks, err)
	}
	if err := os.Remove(marks[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(marks[0], 0o700); err != nil {
		t.Fatal(err)
	}
	j := open(t, path, journal.Options{})
	if r := j.Recovered(); len(r.Uncertain)+len(r.NeverSent) != 0 {
		t.Errorf("recovered %+v", r)
	}
	if err := os.Remove(marks[0]); err != nil {
		t.Fatal(err)
	}
	r, err := j.Recover(t.Context())
	if err != nil || len(r.Uncertain) != 2 || len(r.NeverSent) != 1 {
		t.Errorf("recovered %+v, %v", r, err)
	}
}

func TestADeskWhoseMarkIsDeletedGoesOnAndTellsTheTruth(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be deleted here")
	}
	path := newPath(t)
	one := open(t, path, journal.Options{})
	sending := add(t, one, purchase("a"))
	marks, err := filepath.Glob(path + "-owner-*")
	if err != nil || len(marks) != 1 {
		t.Fatal(marks, err)
	}
	if err := os.Remove(marks[0]); err != nil {
		t.Fatal(err)
	}
	two := open(t, path, journal.Options{})
	if r := two.Recovered(); len(r.Uncertain) != 1 {
		t.Errorf("recovered %+v", r)
	}
	// The answer comes after all; from "sending" it cannot be written, and whoever
	// asks is told why.
	_, err = one.Update(t.Context(), sending.ID, []journal.State{journal.Sending}, func(e *journal.Entry) { e.State = journal.Accepted })
	var changed *journal.StateError
	if !errors.As(err, &changed) || changed.Current.State != journal.Uncertain || changed.Held {
		t.Errorf("error is %v", err)
	}
	if got := get(t, two, sending.ID); got.State != journal.Uncertain {
		t.Errorf("it is %s", got.State)
	}
}

func TestOnAFullDiskNothingIsHalfWrittenAndAllGoesOnAfterwards(t *testing.T) {
	if here, _ := withstand.Apart(t); !here {
		return
	}
	path := newPath(t)
	j := open(t, path, journal.Options{})
	kept := add(t, j, purchase("kept"))
	log, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	// Full at once, and full in the middle of what is written.
	for _, more := range []int64{0, 5000} {
		room := withstand.FullAt(t, uint64(log.Size()+more)) //nolint:gosec // never less than 0
		large := purchase("large")
		large.Body = bytes.Repeat([]byte("x"), 1<<16)
		_, err := j.Add(t.Context(), large)
		room()
		if !errors.Is(err, journal.ErrDisk) && !errors.Is(err, journal.ErrFull) {
			t.Errorf("error is %v", err)
		}
		if all, err := j.List(t.Context(), journal.Filter{}); err != nil || len(all) != 1 || all[0].ID != kept.ID {
			t.Errorf("%d entries, %v", len(all), err)
		}
	}
	update(t, j, kept.ID, journal.Accepted)
	add(t, j, purchase("after"))
}

func TestOnAFullDiskNoJournalIsBegunAndTheNextTryIsAsTheFirst(t *testing.T) {
	if here, _ := withstand.Apart(t); !here {
		return
	}
	path := newPath(t)
	room := withstand.FullAt(t, 1)
	_, err := journal.Open(t.Context(), path, journal.Options{})
	room()
	if !errors.Is(err, journal.ErrDisk) && !errors.Is(err, journal.ErrFull) {
		t.Errorf("error is %v", err)
	}
	add(t, open(t, path, journal.Options{}), purchase("a"))
}

func TestWhileAnotherHoldsTheFileEveryWriteSaysSo(t *testing.T) {
	path := written(t)
	j := open(t, path, journal.Options{BusyTimeout: time.Millisecond})
	e := add(t, j, purchase("d"))
	conn, err := raw(t, path).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(t.Context(), `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	for what, err := range writes(t, j, e) {
		if !errors.Is(err, journal.ErrLocked) {
			t.Errorf("%s: error is %v", what, err)
		}
	}
	if _, err := conn.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if got := get(t, j, e.ID); got.State != journal.Sending || len(got.Body) == 0 {
		t.Errorf("it became %+v", got)
	}
}

func TestAClosedJournalRefusesEverythingAndPanicsAtNothing(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	e := add(t, j, purchase("a"))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	came := writes(t, j, e)
	ctx := t.Context()
	_, came["get"] = j.Get(ctx, e.ID)
	_, came["list"] = j.List(ctx, journal.Filter{})
	_, _, came["latest"] = j.Latest(ctx, "inst", "e", "d")
	_, came["counts"] = j.Counts(ctx, noon)
	_, came["drafts"] = j.Drafts(ctx)
	_, came["viewed"] = j.ListViewed(ctx, "c", "i")
	_, came["traces"] = j.Traces(ctx, journal.Person{InstanceID: "inst", CustomerID: "c"})
	_, came["recover"] = j.Recover(ctx)
	for what, err := range came {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if after := open(t, path, journal.Options{}); len(after.Recovered().Uncertain) != 1 {
		t.Error("something was written after the end")
	}
}

func TestAPathWithOddLettersIsOneFile(t *testing.T) {
	name := "odd #%20 ü '; ä&=+"
	if runtime.GOOS != "windows" {
		name += `?"<|>:*\`
	}
	folder := filepath.Join(t.TempDir(), name)
	path := filepath.Join(folder, "journal.db")
	j := open(t, path, journal.Options{})
	add(t, j, purchase("a"))
	if j.Path() != path {
		t.Errorf("its path is %q", j.Path())
	}
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range found {
		if !strings.HasPrefix(file.Name(), "journal.db") {
			t.Errorf("there is %q", file.Name())
		}
	}
	if len(found) == 0 {
		t.Error("it is elsewhere")
	}
}

func TestWhoseAnEntryIs(t *testing.T) {
	p := journal.Person{InstanceID: "INST", CustomerID: "id", Keys: []journal.PersonKey{{Entity: "e", Key: "k"}}}
	for name, c := range map[string]struct {
		entry journal.Entry
		want  bool
	}{
		"by the customer's id": {journal.Entry{InstanceID: "inst", CustomerID: "id"}, true},
		"as their profile":     {journal.Entry{InstanceID: "inst", EntityID: "id"}, true},
		"by a source's key":    {journal.Entry{InstanceID: "inst", Entity: "e", CustomerKey: "k"}, true},
		"by another source's":  {journal.Entry{InstanceID: "inst", Entity: "f", CustomerKey: "k"}, false},
		"elsewhere":            {journal.Entry{InstanceID: "other", CustomerID: "id"}, false},
		"nobody's":             {journal.Entry{InstanceID: "inst", Entity: "e"}, false},
	} {
		if got := p.About(c.entry); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if (journal.Person{InstanceID: "inst"}).About(journal.Entry{InstanceID: "inst"}) {
		t.Error("everything is about nobody")
	}
}
