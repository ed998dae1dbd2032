package outbox_test

import (
	"context"
	"errors"
	"net/http"
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
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // or it would wait for ever
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
