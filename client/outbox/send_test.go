package outbox_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

func TestTheIntentIsInTheJournalBeforeTheServiceHearsAnything(t *testing.T) {
	var r *rig
	var seen []journal.Entry
	s := &service{before: func(_ http.ResponseWriter, req *http.Request) bool {
		seen = r.entries()
		if got := req.URL.Query().Get("caller"); got != "desk/test" {
			t.Errorf("caller is %q", got)
		}
		return false
	}}
	r = newRig(t, s)
	e, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != 1 || seen[0].State != journal.Sending || seen[0].ID != e.ID {
		t.Errorf("when the request came the journal had %+v", seen)
	}
	r.mustBe(e, journal.Accepted)
	kept := r.kept(e.ID)
	if kept.Status != 201 || kept.Attempts != 1 || string(kept.Body) != string(bodyOf("OPID_1")) || kept.Location == "" ||
		len(kept.Answer) == 0 || !kept.SentAt.Equal(noon) || kept.AnsweredAt.IsZero() || kept.InstanceName != "Contoso Coffee" {
		t.Errorf("kept %+v", kept)
	}
}

func TestTheSameBodyAgainAsksFirst(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	first, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err != nil {
		t.Fatal(err)
	}
	again := r.request(coffee, "OPID_1")
	var duplicate *outbox.DuplicateError
	if _, err := r.outbox.Send(t.Context(), again); !errors.As(err, &duplicate) || duplicate.Previous.ID != first.ID {
		t.Fatalf("error is %v, want a DuplicateError", err)
	}
	if !strings.Contains(duplicate.Error(), "accepted") {
		t.Errorf("it says %q", duplicate)
	}
	if posts, _ := s.stored(); posts != 1 {
		t.Errorf("%d requests", posts)
	}
	again.SameBodyAgain = true
	second, err := r.outbox.Send(t.Context(), again)
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(second, journal.AlreadyThere)
	if second.ID == first.ID || second.Code != "storeDuplicateItem" || second.Status != 409 {
		t.Errorf("second %+v", second)
	}
}

func TestADoubleSendIsOneActivity(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	s := &service{before: func(http.ResponseWriter, *http.Request) bool {
		entered <- struct{}{}
		<-leave
		return false
	}}
	r := newRig(t, s)
	request := r.request(coffee, "OPID_1")
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := r.outbox.Send(t.Context(), request); err != nil {
			t.Error(err)
		}
	})
	<-entered
	if n := r.outbox.InFlight(); n != 1 {
		t.Errorf("%d in flight", n)
	}
	request.SameBodyAgain = true // even so: it is on its way right now
	if _, err := r.outbox.Send(t.Context(), request); !errors.Is(err, outbox.ErrInFlight) {
		t.Errorf("error is %v, want ErrInFlight", err)
	}
	close(leave)
	wg.Wait()
	if posts, _ := s.stored(); posts != 1 || r.outbox.InFlight() != 0 {
		t.Errorf("%d requests, %d in flight", posts, r.outbox.InFlight())
	}
}

func TestARefusalCarriesTheServicesWordsAndMayBeMendedAndSentAgain(t *testing.T) {
	refuse := true
	s := &service{before: func(w http.ResponseWriter, _ *http.Request) bool {
		if refuse {
			answer(w, 400, map[string]any{"errorCode": "customerForActivityNotFound", "message": "no such customer"})
		}
		return refuse
	}}
	r := newRig(t, s)
	e, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	var failure *client.Error
	if !errors.As(err, &failure) || failure.Kind != client.KindBadRequest {
		t.Fatalf("error is %v", err)
	}
	r.mustBe(e, journal.Refused)
	if e.Code != "customerForActivityNotFound" || e.Message != "no such customer" || e.Status != 400 {
		t.Errorf("entry %+v", e)
	}
	refuse = false
	e, err = r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err != nil {
		t.Fatalf("the same body after a refusal: %v", err)
	}
	r.mustBe(e, journal.Accepted)
}

func TestAProfileIsChangedByPatch(t *testing.T) {
	var method, path string
	r := newRig(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		method, path = req.Method, req.URL.Path
		w.WriteHeader(http.StatusNoContent)
	}))
	request := r.request(coffee, "OPID_1")
	request.ProfileID = "customer-1"
	e, err := r.outbox.Send(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.Accepted)
	if method != http.MethodPatch || !strings.HasSuffix(path, "/data/eCommerce_eCommercePurchases/customer-1") || e.Operation != journal.OperationPatch {
		t.Errorf("%s %s, operation %s", method, path, e.Operation)
	}
}

func TestWhatCannotBeSentIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	change := func(f func(*outbox.Request)) outbox.Request {
		request := r.request(coffee, "OPID_1")
		f(&request)
		return request
	}
	slip := change(func(q *outbox.Request) { q.Target.Service = r.target(production).Service })
	wolf := change(func(q *outbox.Request) {
		disguised := production
		disguised.ID, disguised.Type = productionID, "sandbox"
		q.Target.Instance = disguised
		q.Target.Service = r.target(production).Service
	})
	cases := map[string]struct {
		request outbox.Request
		want    error
	}{
		"no body":        {change(func(q *outbox.Request) { q.Body = nil }), outbox.ErrBody},
		"null":           {change(func(q *outbox.Request) { q.Body = []byte("null") }), outbox.ErrBody},
		"a list":         {change(func(q *outbox.Request) { q.Body = []byte("[]") }), outbox.ErrBody},
		"two objects":    {change(func(q *outbox.Request) { q.Body = []byte("{} {}") }), outbox.ErrBody},
		"no service":     {change(func(q *outbox.Request) { q.Target.Service = nil }), outbox.ErrTarget},
		"no entity":      {change(func(q *outbox.Request) { q.Target.Entity.QualifiedName, q.Target.Entity.Name = "", "" }), outbox.ErrTarget},
		"other service":  {slip, outbox.ErrTarget},
		"wrong type":     {wolf, outbox.ErrTarget},
		"other instance": {change(func(q *outbox.Request) { q.Target.Instance = production }), outbox.ErrTarget},
	}
	for name, c := range cases {
		if e, err := r.outbox.Send(t.Context(), c.request); !errors.Is(err, c.want) || e.ID != "" {
			t.Errorf("%s: entry %q, error %v, want %v", name, e.ID, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.outbox.Send(ctx, r.request(coffee, "OPID_1")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	if posts, _ := s.stored(); posts != 0 || len(r.entries()) != 0 {
		t.Errorf("%d requests, %d entries", posts, len(r.entries()))
	}
}

func TestA429IsWaitedOutAndSentAgain(t *testing.T) {
	asked := 0
	s := &service{before: func(w http.ResponseWriter, _ *http.Request) bool {
		if asked++; asked <= 2 {
			w.Header().Set("Retry-After", "23")
			answer(w, 429, map[string]any{"statusCode": 429, "message": "Rate limit is exceeded."})
		}
		return asked <= 2
	}}
	r := newRig(t, s)
	var waiting []journal.Entry
	r.clock.onSleep = func(context.Context, time.Duration) error {
		waiting = append(waiting, r.entries()[0])
		return nil
	}
	e, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err != nil {
		t.Fatal(err)
	}
	r.mustBe(e, journal.Accepted)
	if e.Attempts != 3 || !e.SentAt.Equal(noon.Add(46*time.Second)) || e.Message != "" {
		t.Errorf("%d attempts, the last at %s, message %q", e.Attempts, e.SentAt, e.Message)
	}
	if len(waiting) != 2 || waiting[0].State != journal.Queued || !waiting[0].NextTry.Equal(noon.Add(23*time.Second)) || waiting[0].Status != 429 {
		t.Errorf("while waiting: %+v", waiting)
	}
}

func TestWaitingEndsAtItsLimits(t *testing.T) {
	cases := map[string]struct {
		header string
		slept  int
	}{
		"too often":  {"1", 4},
		"too long":   {"301", 0},
		"not a word": {"", 4},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if c.header != "" {
					w.Header().Set("Retry-After", c.header)
				}
				answer(w, 429, map[string]any{"statusCode": 429, "message": "slow down"})
			}))
			e, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
			var failure *client.Error
			if !errors.As(err, &failure) || failure.Kind != client.KindRateLimited {
				t.Errorf("error is %v", err)
			}
			r.mustBe(e, journal.Queued)
			if !e.NeverSent() || len(r.clock.slept) != c.slept || e.Attempts != c.slept+1 {
				t.Errorf("slept %v in %d attempts; entry %+v", r.clock.slept, e.Attempts, e)
			}
		})
	}
}

func TestCancellingTheWaitLeavesTheEntryNeverSent(t *testing.T) {
	s := &service{before: func(w http.ResponseWriter, _ *http.Request) bool {
		answer(w, 429, map[string]any{"statusCode": 429})
		return true
	}}
	r := newRig(t, s)
	ctx, cancel := context.WithCancelCause(t.Context())
	closed := errors.New("the window was closed")
	r.clock.onSleep = func(context.Context, time.Duration) error { cancel(closed); return nil }
	e, err := r.outbox.Send(ctx, r.request(coffee, "OPID_1"))
	if !errors.Is(err, closed) {
		t.Errorf("error is %v", err)
	}
	r.mustBe(e, journal.Queued)
	if !e.NeverSent() {
		t.Errorf("entry %+v", e)
	}
	// Sending it now takes the same entry up.
	s.before, r.clock.onSleep = nil, nil
	r.clock.advance(time.Minute)
	again, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1"))
	if err != nil || again.ID != e.ID {
		t.Errorf("entry %s, error %v; want %s taken up", again.ID, err, e.ID)
	}
}

func TestNoConnectionIsTriedAgainAndThenNeverSent(t *testing.T) {
	r := newRig(t, &service{})
	request := r.request(coffee, "OPID_1")
	r.root = "http://127.0.0.1:1/v1" // nobody listens
	request.Target.Service = r.target(coffee).Service
	e, err := r.outbox.Send(t.Context(), request)
	var failure *client.Error
	if !errors.As(err, &failure) || failure.Kind != client.KindNoConnection {
		t.Fatalf("error is %v", err)
	}
	r.mustBe(e, journal.Queued)
	if !e.NeverSent() || e.Attempts != 3 || len(r.clock.slept) != 2 {
		t.Errorf("%d attempts, slept %v", e.Attempts, r.clock.slept)
	}
}

type noToken struct{}

func (noToken) AccessToken(context.Context) (string, error) {
	return "", errors.New("the token expired")
}

func TestWithoutCredentialsNothingIsSentAndItMayBeSentLater(t *testing.T) {
	s := &service{}
	r := newRig(t, s)
	c, err := client.New(client.Config{Root: r.root, Tokens: noToken{}})
	if err != nil {
		t.Fatal(err)
	}
	request := r.request(coffee, "OPID_1")
	good := request.Target.Service
	request.Target.Service = c.For(coffee)
	e, err := r.outbox.Send(t.Context(), request)
	var failure *client.Error
	if !errors.As(err, &failure) || failure.Kind != client.KindCredentials {
		t.Fatalf("error is %v", err)
	}
	r.mustBe(e, journal.Queued)
	if !e.NeverSent() || !strings.Contains(e.Message, "the token expired") {
		t.Errorf("entry %+v", e)
	}
	request.Target.Service = good
	again, err := r.outbox.Send(t.Context(), request)
	if err != nil || again.ID != e.ID {
		t.Errorf("entry %s, error %v", again.ID, err)
	}
	r.mustBe(again, journal.Accepted)
}
