package journal_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/redact"
)

func TestEveryFieldOfAnEntryComesBackAsItWasWritten(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	e := add(t, j, purchase("OPID_1"))
	want, err := j.Update(t.Context(), e.ID, []journal.State{journal.Sending}, func(e *journal.Entry) {
		fillZero(t, reflect.ValueOf(e).Elem())
		e.State = journal.Accepted
		e.NextTry = time.Time{} // belongs to queued alone
		e.AnswerHeader = http.Header{"Content-Type": {"application/json"}, "X-Many": {"a", "b"}}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	got := get(t, open(t, path, journal.Options{}), e.ID)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read back\n%+v\nwritten\n%+v", got, want)
	}
	if string(got.Body) != `{"PurchaseId":"OPID_1"}` || got.BodyDigest != journal.Digest(got.Body) {
		t.Errorf("the body was changed to %s", got.Body)
	}
}

// fillZero gives every field that is zero a value, so that a column that is
// forgotten anywhere shows.
func fillZero(t *testing.T, v reflect.Value) {
	t.Helper()
	for i := range v.NumField() {
		f := v.Field(i)
		if !f.IsZero() {
			continue
		}
		name := v.Type().Field(i).Name
		switch p := f.Addr().Interface().(type) {
		case *string:
			*p = "some " + name
		case *time.Time:
			*p = noon.Add(time.Duration(i) * time.Hour)
		case *time.Duration:
			*p = time.Duration(i) * time.Millisecond
		case *int:
			*p = i
		case *bool:
			*p = true
		case *[]byte:
			*p = []byte{0, 1, byte(i)}
		case *http.Header: // filled by the caller
		default:
			t.Fatalf("no value for field %s", name)
		}
	}
}

func TestTheFolderAndTheFilesAreTheUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("mode bits say nothing on Windows")
	}
	folder := filepath.Join(t.TempDir(), "a b?c#d%41")
	path := filepath.Join(folder, "journal.db")
	j := open(t, path, journal.Options{})
	add(t, j, purchase("OPID_1"))
	mustBe := func(name string, want os.FileMode) {
		t.Helper()
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", filepath.Base(name), got, want)
		}
	}
	mustBe(folder, 0o700)
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, e := range entries {
		mustBe(filepath.Join(folder, e.Name()), 0o600)
		names += e.Name() + " "
	}
	for _, want := range []string{"journal.db ", "journal.db-wal ", "journal.db-shm "} {
		if !strings.Contains(names, want) {
			t.Errorf("no %sin %s", want, names)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil { //nolint:gosec // the case: rights that are too wide
		t.Fatal(err)
	}
	open(t, path, journal.Options{})
	mustBe(path, 0o600)
}

func TestAnswersHoldNoSecretAndNoMoreThanTheLimit(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{Redact: redact.New("s3cr3t-value")})
	e := add(t, j, purchase("OPID_1"))
	got, err := j.Update(t.Context(), e.ID, nil, func(e *journal.Entry) {
		e.State = journal.Refused
		e.Message, e.Note, e.Location = "key s3cr3t-value", "s3cr3t-value!", "https://x/?k=s3cr3t-value"
		e.Answer = []byte("s3cr3t-value" + strings.Repeat("x", journal.MaxAnswer))
		e.AnswerHeader = http.Header{"X-Echo": {"s3cr3t-value"}, "Authorization": {"Bearer abc"}}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Answer) != journal.MaxAnswer || !got.AnswerTruncated {
		t.Errorf("the answer has %d bytes, truncated %v", len(got.Answer), got.AnswerTruncated)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"s3cr3t-value", "Bearer abc"} {
		if strings.Contains(string(data), secret) {
			t.Errorf("%q is in the file", secret)
		}
	}
}

func TestBodiesOfEndedEntriesAreDroppedWhenNotKept(t *testing.T) {
	j := open(t, newPath(t), journal.Options{DropBodies: true})
	open := add(t, j, purchase("open"))
	update(t, j, open.ID, journal.Uncertain)
	ended := add(t, j, purchase("ended"))
	if after := update(t, j, ended.ID, journal.Accepted); len(after.Body) == 0 {
		t.Error("the caller lost the body")
	}
	if got := get(t, j, open.ID); len(got.Body) == 0 {
		t.Error("an uncertain entry lost its body and cannot be sent again")
	}
	if got := get(t, j, ended.ID); len(got.Body) != 0 || got.BodyDigest != journal.Digest([]byte(`{"PurchaseId":"ended"}`)) {
		t.Errorf("the ended entry keeps %q with digest %s", got.Body, got.BodyDigest)
	}
}

func TestSwitchingBodiesOffDeletesThoseThatWereKept(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	e := add(t, j, purchase("OPID_forget"))
	update(t, j, e.ID, journal.Accepted)
	if err := j.SetKeepBodies(t.Context(), true); err != nil || len(get(t, j, e.ID).Body) == 0 {
		t.Fatalf("kept %s, error %v", get(t, j, e.ID).Body, err)
	}
	if err := j.SetKeepBodies(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if got := get(t, j, e.ID); got.Body != nil || got.State != journal.Accepted {
		t.Errorf("still %s in state %s", got.Body, got.State)
	}
	for _, name := range []string{path, path + "-wal"} {
		if data, err := os.ReadFile(name); err != nil || strings.Contains(string(data), `{"PurchaseId":"OPID_forget"}`) {
			t.Errorf("%s: error %v, or the body is still in it", filepath.Base(name), err)
		}
	}
}

func TestEntriesGoAfterTheRetention(t *testing.T) {
	path := newPath(t)
	j := open(t, path, journal.Options{})
	old := add(t, j, purchase("old"))
	update(t, j, old.ID, journal.Accepted)
	busy := add(t, j, purchase("still sending"))
	later := noon.Add(journal.DefaultRetention + time.Second)
	second := open(t, path, journal.Options{Now: at(later)})
	if _, err := second.Get(t.Context(), old.ID); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("the old entry: %v", err)
	}
	get(t, second, busy.ID) // another desk is at it
	recent := add(t, second, purchase("recent"))
	update(t, second, recent.ID, journal.Refused)
	if n, err := second.Purge(t.Context(), later.Add(time.Second)); err != nil || n != 1 {
		t.Errorf("purged %d, error %v", n, err)
	}
	for _, o := range []journal.Options{{Retention: -1}, {Retention: 1000 * 24 * time.Hour}} {
		o.Now = at(later.Add(365 * 24 * time.Hour))
		get(t, open(t, path, o), busy.ID)
	}
}

func TestWhatWaitsForAPersonsWordDoesNotGoWithTheRetention(t *testing.T) {
	path := newPath(t)
	startDesk(t, path).kill(t)
	muchLater := journal.Options{Now: at(noon.Add(10 * journal.DefaultRetention))}
	for range 2 { // found at this opening, and known before
		if got := states(t, open(t, path, muchLater)); !reflect.DeepEqual(got, afterAnEnd) {
			t.Errorf("left are %v, want %v", got, afterAnEnd)
		}
	}
	if n, err := open(t, path, muchLater).Purge(t.Context(), muchLater.Now()); err != nil || n != len(afterAnEnd) {
		t.Errorf("by a person's word %d went, error %v", n, err)
	}
}

func TestSubscribersHearOfEveryWriteUntilTheyCancel(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	var heard []journal.State
	cancel := j.Subscribe(func(e journal.Entry) {
		heard = append(heard, e.State)
		e.KeyFields[0].Value = "changed by a subscriber"
	})
	e := add(t, j, purchase("OPID_1"))
	got := update(t, j, e.ID, journal.Accepted)
	cancel()
	update(t, j, e.ID, journal.Visible)
	if want := []journal.State{journal.Sending, journal.Accepted}; !reflect.DeepEqual(heard, want) {
		t.Errorf("heard %v, want %v", heard, want)
	}
	if got.KeyFields[0].Value != "OPID_1" {
		t.Error("a subscriber changed the writer's entry")
	}
}

func TestAWriteThatIsCancelledLeavesNothing(t *testing.T) {
	j := open(t, newPath(t), journal.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Add(ctx, purchase("OPID_1")); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	if all, err := j.List(t.Context(), journal.Filter{}); err != nil || len(all) != 0 {
		t.Errorf("%d entries, error %v", len(all), err)
	}
}
