package outbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

var errDisk = errors.New("disk full")

// failing is a journal whose writes fail as the test says.
type failing struct {
	*journal.Journal
	add    func() error
	update func(n int) error // n counts the updates from 1
	n      int
}

func (f *failing) AddIfNew(ctx context.Context, e journal.Entry) (journal.Entry, bool, error) {
	if f.add != nil {
		return journal.Entry{}, false, f.add()
	}
	return f.Journal.AddIfNew(ctx, e)
}

func (f *failing) Update(ctx context.Context, id string, from []journal.State, change func(*journal.Entry)) (journal.Entry, error) {
	f.n++
	if f.update != nil {
		if err := f.update(f.n); err != nil {
			return journal.Entry{}, err
		}
	}
	return f.Journal.Update(ctx, id, from, change)
}

// onlyFirst lets the update through that marks an entry as sending.
func onlyFirst(err error) func(n int) error {
	return func(n int) error {
		if n == 1 {
			return nil
		}
		return err
	}
}

func TestWithoutAnIntentInTheJournalNothingIsSent(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	for _, cause := range []error{errDisk, journal.ErrLocked} {
		o := r.over(&failing{Journal: r.journal, add: func() error { return cause }})
		e, err := o.Send(t.Context(), r.request(coffee, "OPID_1"))
		var notSent *outbox.NotSentError
		if !errors.As(err, &notSent) || !errors.Is(err, outbox.ErrNotSent) || !errors.Is(err, cause) || e.ID != "" {
			t.Errorf("entry %q, error %v, want a NotSentError for %v", e.ID, err, cause)
		}
	}
	if posts, _ := s.stored(); posts != 0 {
		t.Errorf("%d requests", posts)
	}
}

func TestNothingLeavesThatCannotBeMarkedAsSending(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	for name, update := range map[string]func(int) error{
		"once": func(n int) error {
			if n == 1 {
				return errDisk
			}
			return nil
		},
		"for ever": func(int) error { return errDisk },
	} {
		e, err := r.over(&failing{Journal: r.journal, update: update}).Send(t.Context(), r.request(coffee, name))
		if !errors.Is(err, outbox.ErrNotSent) || !errors.Is(err, errDisk) || !e.NeverSent() || e.Attempts != 0 {
			t.Errorf("%s: entry %+v, error %v", name, e, err)
		}
	}
	if posts, _ := s.stored(); posts != 0 {
		t.Errorf("%d requests", posts)
	}
	path := r.journal.Path()
	if err := r.journal.Close(); err != nil {
		t.Fatal(err)
	}
	r.openJournal(path)
	for _, e := range r.entries() {
		if !e.NeverSent() {
			t.Errorf("after a new start: %+v", e)
		}
	}
}

func TestAnAnswerThatCannotBeWrittenIsHandedOverAndTheEntryIsUncertainLater(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	o := r.over(&failing{Journal: r.journal, update: onlyFirst(errDisk)})
	e, err := o.Send(t.Context(), r.request(coffee, "OPID_1"))
	var unwritten *outbox.UnwrittenError
	if !errors.As(err, &unwritten) || !errors.Is(err, errDisk) {
		t.Fatalf("error is %v, want an UnwrittenError", err)
	}
	if unwritten.Entry.State != journal.Accepted || unwritten.Entry.Status != 201 || e.State != journal.Accepted || len(e.Answer) == 0 {
		t.Errorf("handed over: %+v", unwritten.Entry)
	}
	if kept := r.kept(e.ID); kept.State != journal.Sending {
		t.Errorf("the journal has it as %s", kept.State)
	}
	path := r.journal.Path()
	if err := r.journal.Close(); err != nil {
		t.Fatal(err)
	}
	r.openJournal(path)
	if kept := r.kept(e.ID); kept.State != journal.Uncertain {
		t.Errorf("after a new start it is %s", kept.State)
	}
}

func TestALockedJournalIsWaitedForBeforeTheAnswerIsGivenUp(t *testing.T) {
	r := newRig(t, &service{})
	o := r.over(&failing{Journal: r.journal, update: func(n int) error {
		if n == 2 || n == 3 { // after the one that marks it as sending
			return journal.ErrLocked
		}
		return nil
	}})
	e, err := o.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.Accepted)
	forever := &failing{Journal: r.journal, update: onlyFirst(journal.ErrLocked)}
	if _, err := r.over(forever).Send(t.Context(), r.request(coffee, "OPID_2")); !errors.Is(err, journal.ErrLocked) || forever.n != 1+3 {
		t.Errorf("error %v after %d tries", err, forever.n)
	}
}

func TestNothingIsSentAgainWhenTheWaitCannotBeWrittenDown(t *testing.T) {
	for n := 2; n <= 3; n++ { // on going to wait, and on going on
		posts := 0
		r := newRig(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			posts++
			answer(w, 429, map[string]any{"statusCode": 429})
		}))
		o := r.over(&failing{Journal: r.journal, update: func(i int) error {
			if i == n {
				return errDisk
			}
			return nil
		}})
		if _, err := o.Send(t.Context(), r.request(coffee, "OPID_1")); !errors.Is(err, errDisk) {
			t.Errorf("update %d failing: error %v", n, err)
		}
		if posts != 1 {
			t.Errorf("update %d failing: %d requests", n, posts)
		}
	}
}

func TestClosingTheWindowLosesNoAnswer(t *testing.T) {
	ctx, closeWindow := context.WithCancel(t.Context())
	s := &service{}
	r := newRig(t, s)
	o := r.over(&failing{Journal: r.journal, update: func(n int) error {
		if n == 2 { // the answer's
			closeWindow()
		}
		return nil
	}})
	e, err := o.Send(ctx, r.request(coffee, "OPID_1"))
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.Accepted)
}

func TestClosingTheWindowInMidRequestIsUncertain(t *testing.T) {
	ctx, closeWindow := context.WithCancel(t.Context())
	s := &service{before: func(_ http.ResponseWriter, req *http.Request) bool {
		_, _ = io.Copy(io.Discard, req.Body) // only then the server watches the connection
		closeWindow()
		<-req.Context().Done() // the connection went
		return true
	}}
	r := newRig(t, s)
	e, err := r.outbox.Send(ctx, r.request(coffee, "OPID_1"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	r.mustBe(e, journal.Uncertain)
	if !e.Doubt || e.AnsweredAt.IsZero() || e.Status != 0 {
		t.Errorf("entry %+v", e)
	}
}
