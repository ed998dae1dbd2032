package journal_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
)

// raw opens the file as any program could, past the journal.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func mustExec(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

// written makes a closed journal with some entries.
func written(t *testing.T) string {
	t.Helper()
	path := newPath(t)
	j := open(t, path, journal.Options{})
	for _, id := range []string{"a", "b", "c"} {
		update(t, j, add(t, j, purchase(id)).ID, journal.Accepted)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAJournalFromANewerVersionIsRefusedAndLeftAsItIs(t *testing.T) {
	path := written(t)
	db := raw(t, path)
	mustExec(t, db, `PRAGMA user_version = 99`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	_, err := journal.Open(t.Context(), path, journal.Options{Now: at(noon.Add(1000 * 24 * time.Hour))})
	if !errors.Is(err, journal.ErrNewer) || !strings.Contains(err.Error(), "99") {
		t.Errorf("error is %v, want ErrNewer", err)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the file was changed")
	}
}

func TestANewerVersionIsSeenWhereItStillStandsInTheLog(t *testing.T) {
	path := written(t)
	newer := raw(t, path) // a newer desk that is still open, its change in the log only
	mustExec(t, newer, `PRAGMA user_version = 99`)
	before := read(t, path)
	if _, err := journal.Open(t.Context(), path, journal.Options{}); !errors.Is(err, journal.ErrNewer) {
		t.Errorf("error is %v, want ErrNewer", err)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the file was changed")
	}
}

func TestADamagedJournalIsSaidToBeSoAndCanBeSetAside(t *testing.T) {
	whole := read(t, written(t))
	cases := map[string]func() []byte{
		"text":         func() []byte { return []byte(strings.Repeat("not a database ", 400)) },
		"cut off":      func() []byte { return whole[:len(whole)-4096] },
		"overwritten":  func() []byte { b := bytes.Clone(whole); copy(b[4096:], bytes.Repeat([]byte{0xA5}, 8192)); return b },
		"bad header":   func() []byte { b := bytes.Clone(whole); copy(b, "SQLite"+strings.Repeat("?", 90)); return b },
		"one page off": func() []byte { b := bytes.Clone(whole); copy(b[4096:], b[8192:12288]); return b },
	}
	for name, damage := range cases {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			data := damage()
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := journal.Open(t.Context(), path, journal.Options{})
			if !errors.Is(err, journal.ErrDamaged) {
				t.Fatalf("error is %v, want ErrDamaged", err)
			}
			kept, err := journal.SetAside(t.Context(), path, noon)
			if err != nil {
				t.Fatal(err)
			}
			if want := "journal.db.damaged-20261123-120000"; filepath.Base(kept) != want {
				t.Errorf("kept as %s, want %s", filepath.Base(kept), want)
			}
			if !bytes.Equal(data, read(t, kept)) {
				t.Error("what was set aside is not what was there")
			}
			add(t, open(t, path, journal.Options{}), purchase("fresh"))
		})
	}
}

func TestADatabaseOfAnotherProgramIsNotTakenForAJournal(t *testing.T) {
	for name, statement := range map[string]string{
		"tables":      `CREATE TABLE t (x)`,
		"version":     `PRAGMA user_version = 1`,
		"application": `PRAGMA application_id = 7`,
	} {
		path := newPath(t)
		db := raw(t, path)
		mustExec(t, db, statement)
		mustExec(t, db, `CREATE TABLE IF NOT EXISTS other (x)`)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		before := read(t, path)
		if _, err := journal.Open(t.Context(), path, journal.Options{}); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: error is %v, want ErrDamaged", name, err)
		}
		if !bytes.Equal(before, read(t, path)) {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

func TestSettingAsideNeverOverwritesAndLeavesAnOpenJournalAlone(t *testing.T) {
	path := written(t)
	var names []string
	for range 3 {
		if err := os.WriteFile(path, []byte("damaged"), 0o600); err != nil {
			t.Fatal(err)
		}
		kept, err := journal.SetAside(t.Context(), path, noon)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, filepath.Base(kept))
	}
	if want := "journal.db.damaged-20261123-120000"; names[0] != want || names[1] != want+"-2" || names[2] != want+"-3" {
		t.Errorf("kept as %v", names)
	}
	open(t, path, journal.Options{})
	if _, err := journal.SetAside(t.Context(), path, noon); !errors.Is(err, journal.ErrInUse) {
		t.Errorf("an open journal: error is %v, want ErrInUse", err)
	}
	if _, err := journal.SetAside(t.Context(), newPath(t), noon); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no journal: error is %v", err)
	}
}

func TestAJournalThatAnotherHoldsLocked(t *testing.T) {
	path := written(t)
	j := open(t, path, journal.Options{BusyTimeout: time.Millisecond})
	conn, err := raw(t, path).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(t.Context(), `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Add(t.Context(), purchase("d")); !errors.Is(err, journal.ErrLocked) {
		t.Errorf("add: error is %v, want ErrLocked", err)
	}
	if all, err := j.List(t.Context(), journal.Filter{}); err != nil || len(all) != 3 {
		t.Errorf("reading goes on: %d entries, error %v", len(all), err)
	}
	if _, err := journal.Open(t.Context(), path, journal.Options{BusyTimeout: time.Millisecond}); !errors.Is(err, journal.ErrLocked) {
		t.Errorf("open: error is %v, want ErrLocked", err)
	}
	if _, err := conn.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	add(t, j, purchase("d"))
}

func TestOpeningStopsWhenTheCallerGivesUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := journal.Open(ctx, newPath(t), journal.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestAFolderThatCannotBeMadeIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Open(t.Context(), filepath.Join(file, "sub", "journal.db"), journal.Options{}); err == nil {
		t.Error("opened below a file")
	}
	if _, err := journal.Open(t.Context(), t.TempDir(), journal.Options{}); err == nil {
		t.Error("opened a folder")
	}
}
