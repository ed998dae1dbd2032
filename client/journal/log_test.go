package journal_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
)

// logOf is where a frame of a log of pages of 4 KB begins; 0 is the first.
func logOf(frame int) int { return 32 + frame*(24+4096) }

// commits are the numbers of the frames that end a transaction, from 0.
func commits(log []byte) (ends []int) {
	for n := 0; logOf(n+1) <= len(log); n++ {
		if binary.BigEndian.Uint32(log[logOf(n)+4:]) != 0 {
			ends = append(ends, n)
		}
	}
	return ends
}

// lost opens a journal, and holds that it says what of its log was lost, where a
// copy is, and that it says so once.
func lost(t *testing.T, path string, damaged []byte, want bool) *journal.Journal {
	t.Helper()
	j := open(t, path, journal.Options{})
	r := j.Recovered()
	if r.LogLost != want {
		t.Errorf("lost: %v, want %v", r.LogLost, want)
	}
	kept, err := filepath.Glob(path + ".damaged-*")
	switch {
	case err != nil:
		t.Fatal(err)
	case !want || len(damaged) == 0:
		if r.LogKept != "" || len(kept) != 0 {
			t.Errorf("kept are %v, told is %q", kept, r.LogKept)
		}
	case len(kept) != 1 || kept[0] != r.LogKept:
		t.Errorf("kept are %v, told is %q", kept, r.LogKept)
	case !bytes.Equal(read(t, r.LogKept), damaged):
		t.Error("the copy is not what was there")
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path, journal.Options{})
	if again.Recovered().LogLost {
		t.Error("it is told twice")
	}
	return again
}

func TestADamagedLogIsSaidAndKeptWhereAnythingIsMissing(t *testing.T) {
	whole := states(t, open(t, killed(t), journal.Options{}))
	for name, damage := range damages() {
		t.Run(name, func(t *testing.T) {
			path := killed(t)
			damaged := damage(read(t, path+"-wal"))
			write(t, path+"-wal", damaged)
			bare := newPath(t)
			write(t, bare, read(t, path))
			write(t, bare+"-wal", damaged)
			j := open(t, bare, journal.Options{})
			missing := !reflect.DeepEqual(whole, states(t, j))
			if j.Recovered().LogLost && !missing {
				t.Error("without the index: nothing is missing, and something is said to be")
			}
			lost(t, path, damaged, missing)
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func TestALogThatIsGoneIsSaid(t *testing.T) {
	path := killed(t)
	remove(t, path+"-wal")
	lost(t, path, nil, true)
}

func TestWithoutAnIndexALogTellsByWhatStandsBehindTheDamage(t *testing.T) {
	ends := commits(read(t, killed(t)+"-wal"))
	if len(ends) < 4 {
		t.Fatalf("only %d transactions in the log", len(ends))
	}
	last := len(ends) - 1
	for name, c := range map[string]struct {
		at   int // of the byte that is damaged
		want bool
	}{
		"the first page":                    {logOf(0) + 100, true},
		"the number of a page":              {logOf(1) + 3, true},
		"the mark of a frame":               {logOf(1) + 9, true},
		"a checksum":                        {logOf(ends[1]) + 17, true},
		"the last transaction but one":      {logOf(ends[last-1]) + 24, true},
		"the last one, as a power cut does": {logOf(ends[last]) + 24, false},
	} {
		t.Run(name, func(t *testing.T) {
			path := killed(t)
			damaged := read(t, path+"-wal")
			damaged[c.at] ^= 0x20
			write(t, path+"-wal", damaged)
			remove(t, path+"-shm")
			lost(t, path, damaged, c.want)
		})
	}
}

// However a process ends in the middle of writing, nothing is lost, and so nothing
// is said: the log ends in each byte of its last transaction, the index being that
// of the transaction before, or gone.
func TestALogThatEndsInTheMiddleOfATransactionIsWhole(t *testing.T) {
	from := newPath(t)
	j := open(t, from, journal.Options{})
	e := add(t, j, purchase("a"))
	update(t, j, e.ID, journal.Accepted)
	index := read(t, from+"-shm")
	before := len(read(t, from+"-wal"))
	add(t, j, purchase("b"))
	file, log := read(t, from), read(t, from+"-wal")
	for size := before; size <= len(log); size += 1021 {
		for _, with := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d of %d bytes, index %v", size, len(log), with), func(t *testing.T) {
				path := newPath(t)
				write(t, path, file)
				write(t, path+"-wal", log[:size])
				if with {
					write(t, path+"-shm", index)
				}
				j := lost(t, path, nil, false)
				if got := states(t, j); got["a"] != journal.Accepted {
					t.Errorf("there is %v", got)
				}
			})
		}
	}
}

// What is in the database already is not lost with the log, and an earlier round of
// the log, which stands behind the end of this one, is none of it.
func TestAnEarlierRoundOfTheLogIsNotMissed(t *testing.T) {
	from := newPath(t)
	j := open(t, from, journal.Options{})
	for i := range 20 {
		add(t, j, purchase(fmt.Sprint("early ", i)))
	}
	db := raw(t, from)
	pragma := func(name string) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	pragma(`PRAGMA wal_checkpoint(RESTART)`)
	moved := map[string][]byte{"": read(t, from), "-shm": read(t, from+"-shm")}
	add(t, j, purchase("late"))
	late := map[string][]byte{"": read(t, from), "-wal": read(t, from+"-wal"), "-shm": read(t, from+"-shm")}
	if len(commits(late["-wal"])) < 20 {
		t.Fatal("the log does not hold two rounds")
	}
	for name, files := range map[string]map[string][]byte{"the log is gone, all is in the database": moved, "two rounds": late} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			for end, data := range files {
				write(t, path+end, data)
			}
			j := lost(t, path, nil, false)
			got := states(t, j)
			early := 0
			for key := range got {
				if strings.HasPrefix(key, "early") {
					early++
				}
			}
			if _, there := got["late"]; early != 20 || there != (name == "two rounds") {
				t.Errorf("there is %v", got)
			}
		})
	}
}

func TestTheLogOfADeskThatRunsIsLeftAlone(t *testing.T) {
	path := newPath(t)
	one := open(t, path, journal.Options{})
	add(t, one, purchase("a"))
	file, err := os.OpenFile(path+"-wal", os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Write(bytes.Repeat(read(t, path+"-wal")[32:], 2)) // as if it wrote at this moment
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	two := open(t, path, journal.Options{})
	if two.Recovered().LogLost {
		t.Error("it was looked at")
	}
	add(t, one, purchase("b"))
	if got := states(t, two); len(got) != 2 {
		t.Errorf("there is %v", got)
	}
}
