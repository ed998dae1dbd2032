package outbox_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/client/outbox"
)

func TestOnlyASandboxOrATrialIsFree(t *testing.T) {
	g := outbox.NewGuard(nil, nil)
	for kind, free := range map[string]bool{
		"sandbox": true, "Sandbox": true, "TRIAL": true,
		"production": false, "": false, "sandbox2": false, "sandbox ": false, "unknown": false, "null": false,
	} {
		state := g.State("c", metadata.Instance{ID: "i", Name: "I", Type: kind})
		if state.MaySend() != free || (state.Rule == outbox.RuleFree) != free {
			t.Errorf("type %q: %+v, want free %v", kind, state, free)
		}
	}
}

func TestAnInstanceIsUnlockedByItsExactNameForHalfAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := outbox.NewGuard(nil, nil)
		for _, typed := range []string{"", "contoso production", "Contoso production ", "Contoso"} {
			var name *outbox.NameError
			if err := g.Unlock("c1", production, typed); !errors.As(err, &name) || g.State("c1", production).MaySend() {
				t.Errorf("typed %q: error %v", typed, err)
			}
		}
		if err := g.Unlock("c1", metadata.Instance{}, ""); err == nil {
			t.Error("an instance without a name was unlocked by typing nothing")
		}
		unlock := func() {
			if err := g.Unlock("c1", production, "Contoso production"); err != nil {
				t.Fatal(err)
			}
		}
		unlock()
		if s := g.State("c1", production); !s.Unlocked() || !s.Asks() || !s.Until.Equal(time.Now().Add(30*time.Minute)) {
			t.Errorf("state %+v", s)
		}
		other := production
		other.ID = "another"
		if g.State("c1", other).MaySend() {
			t.Error("another instance is unlocked as well")
		}
		time.Sleep(30*time.Minute - time.Nanosecond)
		if !g.State("c1", production).MaySend() {
			t.Error("locked too early")
		}
		time.Sleep(time.Nanosecond)
		if g.State("c1", production).MaySend() {
			t.Error("still unlocked")
		}
		unlock()
		time.Sleep(20 * time.Minute)
		unlock() // typed again: from now on
		time.Sleep(20 * time.Minute)
		shouting := production
		shouting.ID = strings.ToUpper(production.ID)
		if !g.State("c1", shouting).MaySend() {
			t.Error("locked although its name was typed again")
		}
		g.Lock(production.ID)
		if g.State("c1", production).MaySend() {
			t.Error("unlocked after Lock")
		}
		g.Lock("never unlocked")
	})
}

func TestNothingIsSentToALockedInstance(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	request := r.request(production, "OPID_1")
	var locked *outbox.GuardError
	for name, err := range map[string]error{
		"check": r.outbox.Check(request),
		"send":  func() error { _, err := r.outbox.Send(t.Context(), request); return err }(),
	} {
		if !errors.As(err, &locked) || locked.Environment != metadata.EnvironmentProduction {
			t.Errorf("%s: error is %v", name, err)
		} else if !strings.Contains(locked.Error(), "Contoso production (production) is read-only") {
			t.Errorf("%s: it says %q", name, locked)
		}
	}
	if posts, _ := s.stored(); posts != 0 || len(r.entries()) != 0 {
		t.Errorf("%d requests, %d entries", posts, len(r.entries()))
	}
	r.unlock()
	request.Confirmed = outbox.Confirm(request)
	e, err := r.outbox.Send(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.Accepted)
}

func (r *rig) unlock() {
	r.t.Helper()
	if err := r.guard.Unlock("c1", production, "Contoso production"); err != nil {
		r.t.Fatal(err)
	}
}

func TestALockWhileWaitingStopsTheNextAttempt(t *testing.T) {
	ends := map[string]func(r *rig){
		"locked by hand":            func(r *rig) { r.guard.Lock(production.ID) },
		"expired":                   func(r *rig) { r.clock.advance(30 * time.Minute) },
		"locked and unlocked again": func(r *rig) { r.guard.Lock(production.ID); r.unlock() },
		"expired, then unlocked":    func(r *rig) { r.clock.advance(30 * time.Minute); r.unlock() },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			posts := 0
			r := newRig(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				posts++
				answer(w, 429, map[string]any{"statusCode": 429})
			}))
			r.unlock()
			r.clock.onSleep = func(context.Context, time.Duration) error { end(r); return nil }
			e, err := r.outbox.Send(t.Context(), r.confirmed(production, "OPID_1"))
			var locked *outbox.GuardError
			if !errors.As(err, &locked) {
				t.Errorf("error is %v, want a GuardError", err)
			}
			r.mustBe(e, journal.Queued)
			if posts != 1 || !e.NeverSent() {
				t.Errorf("%d requests; entry %+v", posts, e)
			}
		})
	}
}

// held is a service whose write waits, as the client's does for the budget, and
// leaves nothing when its context ends.
type held struct {
	outbox.Poster
	waiting chan struct{}
}

func (h held) PostActivity(ctx context.Context, _ string, _ []byte, _ client.WriteOptions) (client.Answer, error) {
	close(h.waiting)
	<-ctx.Done()
	return client.Answer{}, &client.Error{Kind: client.KindCancelled, Err: context.Cause(ctx)}
}

func TestALockStopsWhatStillWaitsForTheBudget(t *testing.T) {
	r := newRig(t, &service{})
	r.unlock()
	request := r.confirmed(production, "OPID_1")
	h := held{Poster: request.Target.Service, waiting: make(chan struct{})}
	request.Target.Service = h
	go func() {
		<-h.waiting
		r.guard.Lock(production.ID)
	}()
	e, err := r.outbox.Send(t.Context(), request)
	var locked *outbox.GuardError
	if !errors.As(err, &locked) {
		t.Errorf("error is %v, want a GuardError", err)
	}
	r.mustBe(e, journal.Queued)
	if !e.NeverSent() {
		t.Errorf("entry %+v", e)
	}
}

func TestALockWhileItIsMarkedAsSendingStopsIt(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	r.unlock()
	o := r.over(&failing{Journal: r.journal, update: func(n int) error {
		if n == 1 {
			r.guard.Lock(production.ID)
		}
		return nil
	}})
	e, err := o.Send(t.Context(), r.confirmed(production, "OPID_1"))
	var locked *outbox.GuardError
	if !errors.As(err, &locked) {
		t.Errorf("error is %v, want a GuardError", err)
	}
	r.mustBe(e, journal.Queued)
	if posts, _ := s.stored(); posts != 0 || !e.NeverSent() {
		t.Errorf("%d requests, entry %+v", posts, e)
	}
}

// turning is a service that points elsewhere after its first request.
type turning struct {
	outbox.Poster
	turned *bool
}

func (s turning) Base() string {
	if *s.turned {
		return "https://elsewhere.example/v1"
	}
	return s.Poster.Base()
}

func TestWhatWasCapturedAtTheClickIsComparedBeforeEachAttempt(t *testing.T) {
	turned := false
	posts := 0
	r := newRig(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		posts++
		turned = true
		answer(w, 429, map[string]any{"statusCode": 429})
	}))
	request := r.request(coffee, "OPID_1")
	request.Target.Service = turning{request.Target.Service, &turned}
	e, err := r.outbox.Send(t.Context(), request)
	if !errors.Is(err, outbox.ErrTarget) {
		t.Errorf("error is %v, want ErrTarget", err)
	}
	r.mustBe(e, journal.Queued)
	if posts != 1 {
		t.Errorf("%d requests", posts)
	}
}

func TestALockDoesNotCutOffWhatIsOnItsWay(t *testing.T) {
	var r *rig
	s := &service{before: func(http.ResponseWriter, *http.Request) bool {
		r.guard.Lock(production.ID)
		return false
	}}
	r = newRig(t, s)
	r.unlock()
	e, err := r.outbox.Send(t.Context(), r.confirmed(production, "OPID_1"))
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.Accepted)
}
