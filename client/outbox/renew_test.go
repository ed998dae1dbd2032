package outbox_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

// tokens gives the next token once the first was refused, as a sign-in does.
type tokens struct {
	mu    sync.Mutex
	given []string
	// renewing runs while another token is awaited.
	renewing func(ctx context.Context) error
}

func (s *tokens) AccessToken(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.given[0] != "" {
		return s.given[0], nil
	}
	if s.renewing != nil {
		if err := s.renewing(ctx); err != nil {
			return "", err
		}
	}
	s.given = s.given[1:]
	return s.given[0], nil
}

// Invalidate marks the token: the next one is renewed when it is asked for.
func (s *tokens) Invalidate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.given) > 1 && s.given[0] != "" {
		s.given[0] = ""
	}
}

// onlyFor stores what comes with a token and refuses everything else.
func onlyFor(token string) *service {
	return &service{before: func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Authorization") == "Bearer "+token {
			return false
		}
		answer(w, http.StatusUnauthorized, map[string]any{"statusCode": 401, "message": "the token has expired"})
		return true
	}}
}

// with is a request whose target signs in by source.
func (r *rig) with(source client.TokenSource, id string) outbox.Request {
	r.t.Helper()
	transport := &http.Transport{}
	r.t.Cleanup(transport.CloseIdleConnections)
	c, err := client.New(client.Config{
		Root: r.root, Tokens: source, Now: r.clock.Now, Sleep: r.clock.Sleep, Transport: transport,
		Pacer: client.NewPacer(1000, time.Minute, client.PacerClock(r.clock.Now, r.clock.Sleep)),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	request := r.request(coffee, id)
	request.Target.Service = c.For(coffee)
	return request
}

func TestASendIsMadeOnceMoreWithARenewedToken(t *testing.T) {
	s := onlyFor("token-2")
	r := newRig(t, s)
	e, err := r.outbox.Send(t.Context(), r.with(&tokens{given: []string{"token-1", "token-2"}}, "p1"))
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.Accepted)
	if posts, stored := s.stored(); posts != 1 || stored != 1 || e.Attempts != 2 || e.Status != 201 {
		t.Errorf("%d posts, %d stored, %d attempts, status %d", posts, stored, e.Attempts, e.Status)
	}
}

func TestASecond401IsTheOutcomeOfASend(t *testing.T) {
	r := newRig(t, onlyFor("token-9"))
	e, err := r.outbox.Send(t.Context(), r.with(&tokens{given: []string{"token-1", "token-2", "token-3"}}, "p1"))
	if err == nil || e.Attempts != 2 {
		t.Errorf("%d attempts, %v", e.Attempts, err)
	}
	r.mustBe(e, journal.Refused)
}

func TestATokenThatStaysTheSameIsNotSentTwice(t *testing.T) {
	r := newRig(t, onlyFor("token-9"))
	e, err := r.outbox.Send(t.Context(), r.with(client.StaticToken("pasted"), "p1"))
	if err == nil || e.Attempts != 1 || len(r.clock.slept) != 0 {
		t.Errorf("%d attempts, slept %v, %v", e.Attempts, r.clock.slept, err)
	}
	r.mustBe(e, journal.Refused)
}

func TestWithoutAnotherTokenASendIsRefusedAndSaysWhy(t *testing.T) {
	why := errors.New("somebody has to sign in")
	r := newRig(t, onlyFor("token-9"))
	source := &tokens{given: []string{"token-1", "token-2"}, renewing: func(context.Context) error { return why }}
	e, err := r.outbox.Send(t.Context(), r.with(source, "p1"))
	if !errors.Is(err, why) || e.Attempts != 1 {
		t.Errorf("%d attempts, %v", e.Attempts, err)
	}
	r.mustBe(e, journal.Refused)
}

// The person locks the instance, or gives up, while the token is renewed: the
// request was refused, and none follows.
func TestNothingFollowsA401WhenTheInstanceWasLockedMeanwhile(t *testing.T) {
	s := onlyFor("token-2")
	r := newRig(t, s)
	r.unlock()
	source := &tokens{given: []string{"token-1", "token-2"}, renewing: func(context.Context) error {
		r.guard.Lock(production.ID)
		return nil
	}}
	request := r.with(source, "p1")
	request.Target = r.target(production)
	request.Target.Service = mustFor(r, source)
	request.Confirmed = outbox.Confirm(request)
	e, err := r.outbox.Send(t.Context(), request)
	var locked *outbox.GuardError
	if !errors.As(err, &locked) {
		t.Errorf("got %v", err)
	}
	r.mustBe(e, journal.Queued)
	if posts, _ := s.stored(); posts != 0 || e.Attempts != 1 {
		t.Errorf("%d posts, %d attempts", posts, e.Attempts)
	}
}

func mustFor(r *rig, source client.TokenSource) *client.Instance {
	r.t.Helper()
	transport := &http.Transport{}
	r.t.Cleanup(transport.CloseIdleConnections)
	c, err := client.New(client.Config{Root: r.root, Tokens: source, Now: r.clock.Now, Sleep: r.clock.Sleep, Transport: transport})
	if err != nil {
		r.t.Fatal(err)
	}
	return c.For(production)
}

func TestGivingUpWhileATokenIsRenewedLeavesTheRefusal(t *testing.T) {
	s := onlyFor("token-2")
	r := newRig(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	source := &tokens{given: []string{"token-1", "token-2"}, renewing: func(ctx context.Context) error {
		cancel()
		return ctx.Err()
	}}
	e, err := r.outbox.Send(ctx, r.with(source, "p1"))
	if err == nil || e.Attempts != 1 {
		t.Errorf("%d attempts, %v", e.Attempts, err)
	}
	r.mustBe(e, journal.Refused)
}

// A 401 tells nothing of the attempt before it.
func TestAnEarlierDoubtOutlastsA401(t *testing.T) {
	first := true
	s := onlyFor("token-9")
	refuse := s.before
	s.before = func(w http.ResponseWriter, r *http.Request) bool {
		if first {
			first = false
			answer(w, http.StatusInternalServerError, map[string]any{})
			return true
		}
		return refuse(w, r)
	}
	r := newRig(t, s)
	request := r.with(&tokens{given: []string{"token-1", "token-2"}}, "p1")
	e, err := r.outbox.Send(t.Context(), request)
	if err == nil {
		t.Fatal("no error")
	}
	r.mustBe(e, journal.Uncertain)
	e, err = r.outbox.SendAgain(t.Context(), e.ID, request.Target, nil)
	if err == nil || e.Attempts != 3 {
		t.Errorf("%d attempts, %v", e.Attempts, err)
	}
	r.mustBe(e, journal.Uncertain)
}
