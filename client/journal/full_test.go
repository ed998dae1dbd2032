package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"
)

func TestWhereTheDatabaseHasNoRoomNothingIsHalfWritten(t *testing.T) {
	j, err := Open(t.Context(), filepath.Join(t.TempDir(), "journal.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	kept, err := j.Add(t.Context(), Entry{State: Sending, Body: []byte(`{}`)})
	if err != nil {
		t.Fatal(err)
	}
	db := j.using.Load().db
	db.SetMaxOpenConns(1) // the limit is each connection's own
	limit := func(pages int) {
		if _, err := db.ExecContext(t.Context(), fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // it becomes what there is
	large := bytes.Repeat([]byte("x"), 1<<16)
	_, came := j.Add(t.Context(), Entry{State: Sending, Body: large})
	for what, err := range map[string]error{
		"add":            came,
		"save draft":     j.SaveDraft(t.Context(), Draft{Body: large}),
		"exchange draft": j.ExchangeDraft(t.Context(), Draft{Body: large}, Draft{Body: large}),
		"save viewed":    j.SaveViewed(t.Context(), Viewed{Name: string(large)}),
	} {
		if !errors.Is(err, ErrFull) {
			t.Errorf("%s: error is %v, want ErrFull", what, err)
		}
	}
	all, err := j.List(t.Context(), Filter{})
	if err != nil || len(all) != 1 {
		t.Errorf("%d entries, %v", len(all), err)
	}
	// What makes nothing longer is written all the same: an answer, a purge.
	if _, err := j.Update(t.Context(), kept.ID, nil, func(e *Entry) { e.State = Accepted }); err != nil {
		t.Error(err)
	}
	limit(1 << 20)
	if err := j.SaveDraft(t.Context(), Draft{Body: large}); err != nil {
		t.Error(err)
	}
}

func TestWhatTheSystemSaysHasAKindAndKeepsTheOneItHas(t *testing.T) {
	path := func(err error) error { return &fs.PathError{Op: "open", Path: "x", Err: err} }
	odd := errors.New("odd")
	for _, c := range []struct{ err, want error }{
		{path(fs.ErrPermission), ErrReadOnly},
		{path(odd), ErrDisk},
		{path(fs.ErrNotExist), fs.ErrNotExist},
		{fmt.Errorf("%w: %w", ErrAway, path(fs.ErrPermission)), ErrAway},
		{odd, odd},
	} {
		got := classify(fmt.Errorf("work: %w", c.err))
		if !errors.Is(got, c.want) {
			t.Errorf("%v became %v", c.err, got)
		}
		for _, other := range []error{ErrReadOnly, ErrDisk, ErrFull} {
			if c.want != other && errors.Is(got, other) {
				t.Errorf("%v is %v too", c.err, other)
			}
		}
	}
	if classify(nil) != nil {
		t.Error("no error became one")
	}
}
