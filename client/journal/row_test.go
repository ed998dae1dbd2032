package journal

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestARowThatDoesNotDecodeIsShownWithANote(t *testing.T) {
	j, err := Open(t.Context(), filepath.Join(t.TempDir(), "journal.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	e, err := j.Add(t.Context(), Entry{State: Sending, Body: []byte(`{}`), Note: "of its own."})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.using.Load().db.ExecContext(t.Context(),
		`UPDATE entries SET state = 'wishful', key_fields = '{', answer_header = '[1]', doubt = 7, took = -1`); err != nil {
		t.Fatal(err)
	}
	got, err := j.Get(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.State != Uncertain || !got.Doubt || got.KeyFields != nil || got.AnswerHeader != nil {
		t.Errorf("read as %+v", got)
	}
	if want := "of its own. " + noteUnreadable; got.Note != want {
		t.Errorf("note is %q, want %q", got.Note, want)
	}
	if c, err := j.Counts(t.Context(), got.CreatedAt); err != nil || c.Uncertain != 1 {
		t.Errorf("counts %+v, error %v", c, err)
	}
}

func FuzzRowDecoding(f *testing.F) {
	f.Add("sending", `[{"name":"PurchaseId","value":"1"}]`, `{"A":["b"]}`, int64(0), true, []byte(`{}`))
	f.Add("wishful", `{`, `[`, int64(-1<<63), false, []byte{})
	f.Add("", `null`, `null`, int64(1<<63-1), true, []byte(nil))
	f.Fuzz(func(t *testing.T, state, keys, header string, number int64, valid bool, body []byte) {
		r := row{keyFields: keys, took: number, doubt: number}
		r.e.State, r.e.Body = State(state), body
		r.header = sql.NullString{String: header, Valid: valid}
		r.created = sql.NullInt64{Int64: number, Valid: valid}
		e := r.entry()
		if !slices.Contains(States(), e.State) {
			t.Errorf("read state %q", e.State)
		}
		if len(e.AnswerHeader) == 0 {
			e.AnswerHeader = nil // an empty one is written as none
		}
		again, err := rowOf(e, "")
		if err != nil {
			t.Fatalf("cannot be written again: %v", err)
		}
		if twice := again.entry(); !reflect.DeepEqual(twice, e) {
			t.Errorf("read %+v, written and read again %+v", e, twice)
		}
	})
}

func TestMigrationsAreNumberedAndWholeOrNotAtAll(t *testing.T) {
	db, err := connect(filepath.Join(t.TempDir(), "journal.db"), DefaultBusyTimeout)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	version := func() (n int) {
		if err := db.QueryRowContext(t.Context(), `PRAGMA user_version`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := []string{`CREATE TABLE a (x)`}
	broken := append(slices.Clone(first), `CREATE TABLE b (x); CREATE TABLE b (x)`)
	mended := append(slices.Clone(first), `CREATE TABLE b (x)`, `ALTER TABLE b ADD COLUMN y`)
	if err := migrate(t.Context(), db, first); err != nil || version() != 1 {
		t.Fatalf("version %d, error %v", version(), err)
	}
	if err := migrate(t.Context(), db, broken); err == nil || !strings.Contains(err.Error(), "version 2") || version() != 1 {
		t.Fatalf("a broken step: version %d, error %v", version(), err)
	}
	if err := migrate(t.Context(), db, mended); err != nil || version() != 3 {
		t.Fatalf("version %d, error %v", version(), err)
	}
	if _, err := db.ExecContext(t.Context(), `INSERT INTO b (x, y) VALUES (1, 2)`); err != nil {
		t.Error(err)
	}
	if err := migrate(t.Context(), db, first); !errors.Is(err, ErrNewer) {
		t.Errorf("going back: error is %v, want ErrNewer", err)
	}
}

func TestEveryConnectionSyncsFullyAndOverwritesWhatIsDeleted(t *testing.T) {
	j, err := Open(t.Context(), filepath.Join(t.TempDir(), "journal.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	for range 4 { // as many as the pool has
		conn, err := j.using.Load().db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		for pragma, want := range map[string]string{
			"synchronous": "2", "fullfsync": "1", "secure_delete": "1", "busy_timeout": "5000", "journal_mode": "wal",
		} {
			var got string
			if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s, error %v, want %s", pragma, got, err, want)
			}
		}
	}
}

func TestAnOwnerThatIsNoNameOfOursIsGone(t *testing.T) {
	for _, id := range []string{"", "..", "../../etc/passwd", "nobody"} {
		if gone, err := ownerGone(filepath.Join(t.TempDir(), "journal.db"), id); !gone || err != nil {
			t.Errorf("%q: gone %v, error %v", id, gone, err)
		}
	}
}

func TestTheListOfColumnsFitsARow(t *testing.T) {
	r, err := rowOf(Entry{}, "")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(r.fields()), len(columns); got != want {
		t.Errorf("%d fields for %d columns", got, want)
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.ExecContext(context.Background(), migrations[0]); err != nil {
		t.Fatal(err)
	}
	for _, s := range []scope{withBodies, withoutBodies} {
		if _, err := list(t.Context(), db, s, ""); err != nil {
			t.Error(err)
		}
	}
}
