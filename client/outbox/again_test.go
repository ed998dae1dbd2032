package outbox_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// uncertain sends an activity whose fate stays unknown: the service breaks
// after it stored it, or before.
func uncertain(t *testing.T, r *rig, s *service, stored bool) journal.Entry {
	t.Helper()
	s.before = func(w http.ResponseWriter, req *http.Request) bool {
		if stored && req.Method == http.MethodPost {
			s.mu.Lock()
			s.store(discard{}, req)
			s.mu.Unlock()
		}
		answer(w, 503, map[string]any{"errorCode": "internalServerError"})
		return true
	}
	e, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err == nil {
		t.Fatal("no error with 503")
	}
	r.mustBe(e, journal.Uncertain)
	s.before = nil
	return e
}

// discard is an answer that nobody gets.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}

func TestAnUncertainEntryIsSentAgainByAPersonsWord(t *testing.T) {
	for stored, want := range map[bool]journal.State{false: journal.Accepted, true: journal.AlreadyThere} {
		s := &service{}
		r := newRig(t, s)
		e := uncertain(t, r, s, stored)
		again, err := r.outbox.SendAgain(t.Context(), e.ID, r.target(coffee), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.mustBe(again, want)
		if again.ID != e.ID || again.Attempts != 2 || again.Doubt {
			t.Errorf("entry %+v", again)
		}
		if _, n := s.stored(); n != 1 {
			t.Errorf("%d activities stored", n)
		}
	}
}

func TestARefusalAfterDoubtLeavesTheDoubt(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := uncertain(t, r, s, true)
	for _, status := range []int{401, 400, 429} {
		s.before = func(w http.ResponseWriter, _ *http.Request) bool {
			answer(w, status, map[string]any{"statusCode": status, "message": "no"})
			return true
		}
		again, err := r.outbox.SendAgain(t.Context(), e.ID, r.target(coffee), nil)
		if err == nil {
			t.Fatalf("no error with %d", status)
		}
		r.mustBe(again, journal.Uncertain)
		if again.Note == "" || again.Status != status || !again.Doubt {
			t.Errorf("%d: entry %+v", status, again)
		}
	}
}

func TestCancellingTheWaitOfASecondSendKeepsTheDoubt(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := uncertain(t, r, s, true)
	s.before = func(w http.ResponseWriter, _ *http.Request) bool {
		answer(w, 429, map[string]any{"statusCode": 429})
		return true
	}
	ctx, cancel := context.WithCancel(t.Context())
	r.clock.onSleep = func(context.Context, time.Duration) error {
		if waiting := r.kept(e.ID); waiting.State != journal.Queued || !waiting.Doubt {
			t.Errorf("while waiting: %+v", waiting)
		}
		cancel()
		return nil
	}
	again, err := r.outbox.SendAgain(ctx, e.ID, r.target(coffee), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	r.mustBe(again, journal.Uncertain)
}

func TestOnlyWhatIsUncertainOrNeverSentIsSentAgain(t *testing.T) {
	r := newRig(t, &service{})
	for _, state := range []journal.State{journal.Accepted, journal.AlreadyThere, journal.Refused, journal.Visible} {
		e, err := r.journal.Add(t.Context(), journal.Entry{
			Operation: journal.OperationPost, State: journal.Sending, InstanceID: sandboxID,
			Entity: "eCommerce_eCommercePurchases", Body: []byte(`{"PurchaseId":"` + string(state) + `"}`),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.journal.Update(t.Context(), e.ID, nil, func(e *journal.Entry) { e.State = state }); err != nil {
			t.Fatal(err)
		}
		if _, err := r.outbox.SendAgain(t.Context(), e.ID, r.target(coffee), nil); !errors.Is(err, journal.ErrStateChanged) {
			t.Errorf("%s: error is %v", state, err)
		}
	}
}

func TestAnEntryIsSentAgainToItsOwnTargetOnly(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := uncertain(t, r, s, false)
	r.unlock()
	elsewhere := r.target(coffee)
	elsewhere.Entity = contacts
	for name, target := range map[string]outbox.Target{"instance": r.target(production), "entity": elsewhere, "nothing": {}} {
		if _, err := r.outbox.SendAgain(t.Context(), e.ID, target, nil); !errors.Is(err, outbox.ErrTarget) {
			t.Errorf("other %s: error is %v", name, err)
		}
	}
	r.rules.set("c1", coffee, outbox.RuleReadOnly)
	var locked *outbox.GuardError
	if _, err := r.outbox.SendAgain(t.Context(), e.ID, r.target(coffee), nil); !errors.As(err, &locked) {
		t.Errorf("locked: error is %v", err)
	}
	r.rules.set("c1", coffee, outbox.RuleFree)
	if _, err := r.outbox.SendAgain(t.Context(), "nobody", r.target(coffee), nil); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("no entry: error is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.outbox.SendAgain(ctx, e.ID, r.target(coffee), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error is %v", err)
	}
	r.mustBe(r.kept(e.ID), journal.Uncertain)
}

func TestOfTwoDesksThatSendAgainOneSends(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	e := uncertain(t, r, s, false)
	before, _ := s.stored()
	second, err := journal.Open(t.Context(), r.journal.Path(), journal.Options{Now: r.clock.Now, BusyTimeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = second.Close() })
	desks := []*outbox.Outbox{r.outbox, r.over(second)}
	target := r.target(coffee)
	var wg sync.WaitGroup
	errs := make([]error, len(desks))
	for i, o := range desks {
		wg.Go(func() { _, errs[i] = o.SendAgain(t.Context(), e.ID, target, nil) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("errors are %v", errs)
	}
	for _, err := range errs {
		if err != nil && !errors.Is(err, journal.ErrStateChanged) {
			t.Errorf("error is %v, want that it has changed", err)
		}
	}
	if posts, _ := s.stored(); posts != before+1 {
		t.Errorf("sent %d times", posts-before)
	}
}

func TestABodyThatWasNotKeptCannotBeSentAgain(t *testing.T) {
	r := newRig(t, &service{})
	if err := r.journal.SetKeepBodies(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	e, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.outbox.SendAgain(t.Context(), e.ID, r.target(coffee), nil); !errors.Is(err, outbox.ErrNoBody) {
		t.Errorf("error is %v, want ErrNoBody", err)
	}
}
