package outbox_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
)

func TestASendThatIsTakenBackWhileItWaitsIsNeverSent(t *testing.T) {
	asked := 0
	r := newRig(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		answer(w, 429, map[string]any{"statusCode": 429})
	}))
	back := make(chan struct{})
	r.clock.onSleep = func(context.Context, time.Duration) error { close(back); return nil }
	e, err := r.outbox.Send(outbox.Withdrawable(t.Context(), back), r.request(coffee, "OPID_1"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	if r.mustBe(e, journal.Queued); !e.NeverSent() || asked != 1 {
		t.Errorf("asked %d times, entry %+v", asked, e)
	}
}

// What the service said of the attempt before stays with the entry, whichever
// comes first: the end of the wait or the person's word.
func TestATakenBackSendKeepsWhatTheServiceSaid(t *testing.T) {
	ways := map[string]func(ctx context.Context, back chan struct{}) error{
		"the wait is over as it is taken back": func(_ context.Context, back chan struct{}) error { close(back); return nil },
		"it is taken back in the wait": func(ctx context.Context, back chan struct{}) error {
			close(back)
			<-ctx.Done()
			return context.Cause(ctx)
		},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			s := &service{before: func(w http.ResponseWriter, _ *http.Request) bool {
				answer(w, 429, map[string]any{"statusCode": 429, "message": "as the test has it"})
				return true
			}}
			r := newRig(t, s)
			back := make(chan struct{})
			r.clock.onSleep = func(ctx context.Context, _ time.Duration) error { return way(ctx, back) }
			e, err := r.outbox.Send(outbox.Withdrawable(t.Context(), back), r.request(coffee, "OPID_1"))
			if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "canceled") {
				t.Errorf("error is %v", err)
			}
			r.mustBe(e, journal.Queued)
			e = r.kept(e.ID)
			if e.Status != 429 || e.Message != "as the test has it" || e.Note != "It was taken back while it waited." {
				t.Errorf("entry has %d %q, note %q", e.Status, e.Message, e.Note)
			}
			s.before, r.clock.onSleep = nil, nil
			r.clock.advance(time.Minute)
			if again, err := r.outbox.Send(t.Context(), r.request(coffee, "OPID_1")); err != nil || again.Note != "" {
				t.Errorf("sent then: %v, note %q", err, again.Note)
			}
		})
	}
}

func TestASendThatIsTakenBackBeforeItsTurnInTheBudgetIsNeverSent(t *testing.T) {
	r := newRig(t, &service{})
	request := r.request(coffee, "OPID_1")
	h := held{Poster: request.Target.Service, waiting: make(chan struct{})}
	request.Target.Service = h
	back := make(chan struct{})
	go func() {
		<-h.waiting
		close(back)
	}()
	ctx, cancel := context.WithTimeout(t.Context(), patience) // or it would wait for ever
	defer cancel()
	e, err := r.outbox.Send(outbox.Withdrawable(ctx, back), request)
	if !errors.Is(err, context.Canceled) || !e.NeverSent() {
		t.Errorf("error is %v, entry %+v", err, e)
	}
}

func TestTakingASendBackDoesNotTearWhatIsUnderWay(t *testing.T) {
	back := make(chan struct{})
	s := &service{before: func(http.ResponseWriter, *http.Request) bool {
		close(back)
		time.Sleep(50 * time.Millisecond) // in which a cancelled request would break off
		return false
	}}
	r := newRig(t, s)
	e, err := r.outbox.Send(outbox.Withdrawable(t.Context(), back), r.request(coffee, "OPID_1"))
	if err != nil {
		t.Errorf("error is %v", err)
	}
	r.mustBe(e, journal.Accepted)
}
