// The caller's word right before a write leaves.

package client

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"
)

// logged is a source of credentials that tells when it was asked.
type logged struct{ to *[]string }

func (l logged) AccessToken(context.Context) (string, error) {
	*l.to = append(*l.to, "token")
	return secretToken, nil
}

func TestAWriteSaysThatItStartsOnceNothingElseIsWaitedFor(t *testing.T) {
	for method, send := range map[string]func(*Instance, WriteOptions) error{
		"POST": func(i *Instance, o WriteOptions) error {
			_, err := i.PostActivity(t.Context(), "E", []byte(`{}`), o)
			return err
		},
		"PATCH": func(i *Instance, o WriteOptions) error {
			_, err := i.PatchProfile(t.Context(), "E", "id", []byte(`{}`), o)
			return err
		},
	} {
		var events []string
		s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			events = append(events, "arrived")
			w.WriteHeader(map[string]int{"POST": 201, "PATCH": 204}[method])
		}))
		s.tokens = logged{&events}
		begin := s.clock.now()
		s.Pacer().PauseUntil(begin.Add(time.Minute))
		err := send(s.instance(), WriteOptions{Started: func(context.Context) error {
			events = append(events, "started after "+s.clock.now().Sub(begin).String())
			return nil
		}})
		if want := []string{"token", "token", "started after 1m0s", "arrived"}; err != nil || !slices.Equal(events, want) {
			t.Errorf("%s: %v, error %v; want %v", method, events, err, want)
		}
	}
}

func TestAWriteThatMayNotStartLeavesNothing(t *testing.T) {
	s := serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("something was sent") }))
	cause := errors.New("the journal cannot be written")
	_, err := s.instance().PostActivity(t.Context(), "E", []byte(`{}`), WriteOptions{Started: func(context.Context) error { return cause }})
	if e := asError(t, err, KindCancelled); e.Uncertain() || !errors.Is(err, cause) || e.Progress != (Progress{}) {
		t.Errorf("error = %+v", e)
	}
}

func TestAWriteThatNeverGetsItsTurnNeverStarts(t *testing.T) {
	s := serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("something was sent") }))
	started := WriteOptions{Started: func(context.Context) error {
		t.Error("it started")
		return nil
	}}
	s.tokens = failing{errors.New("locked")}
	_, err := s.instance().PostActivity(t.Context(), "E", []byte(`{}`), started)
	wantKind(t, err, KindCredentials)
	s.tokens = StaticToken(secretToken)
	ctx, cancel := context.WithCancel(t.Context())
	s.pacer = NewPacer(1, time.Minute, PacerClock(s.clock.now, func(ctx context.Context, _ time.Duration) error {
		cancel()
		<-ctx.Done()
		return context.Cause(ctx)
	}))
	s.pacer.PauseUntil(s.clock.now().Add(time.Minute))
	_, err = s.instance().PostActivity(ctx, "E", []byte(`{}`), started)
	wantKind(t, err, KindCancelled)
}
