// When a read is asked again, and what that costs the others.

package client

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/openapitest"
)

func TestAReadIsAskedAgainWhileThatMayHelp(t *testing.T) {
	good := answerJSON(200, "[]")
	breakOff := func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }
	cutOff := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "[")
	}
	cases := []struct {
		name     string
		handlers []http.HandlerFunc
		ok       bool
	}{
		{"500 once", []http.HandlerFunc{answerJSON(500, `{"errorCode":"x"}`), good}, true},
		{"502 and 504", []http.HandlerFunc{answerJSON(502, ""), answerJSON(504, ""), good}, true},
		{"503 three times", []http.HandlerFunc{answerJSON(503, ""), answerJSON(503, ""), answerJSON(503, "")}, false},
		{"connection broken", []http.HandlerFunc{breakOff, good}, true},
		{"cut off", []http.HandlerFunc{cutOff, good}, true},
		{"429", []http.HandlerFunc{answerJSON(429, `{"statusCode":429,"message":"Rate limit is exceeded. Try again in 7 seconds."}`), good}, true},
		{"400", []http.HandlerFunc{answerJSON(400, `{"errorCode":"x"}`)}, false},
		{"401", []http.HandlerFunc{answerJSON(401, "")}, false},
		{"501", []http.HandlerFunc{answerJSON(501, "")}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h, count := inTurn(t, c.handlers...)
			s := serve(t, h, openapitest.RequestsOnly())
			_, err := s.Instances(t.Context())
			if (err == nil) != c.ok || count() != len(c.handlers) {
				t.Errorf("%v after %d requests, want %d", err, count(), len(c.handlers))
			}
			if used, _ := s.Pacer().Usage(); used != len(c.handlers) {
				t.Errorf("%d calls were counted, want each attempt", used)
			}
		})
	}
}

func TestRetryAfterIsWaitedOut(t *testing.T) {
	cases := []struct {
		name, header string
		status       int
		want         time.Duration
		again        bool
	}{
		{"429 in seconds", "23", 429, 23 * time.Second, true},
		{"503 in seconds", "4", 503, 4 * time.Second, true},
		{"429 too long", "3600", 429, 0, false},
		{"503 too long", "3600", 503, 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			refuse := func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", c.header)
				answerJSON(c.status, "")(w, nil)
			}
			handlers := []http.HandlerFunc{refuse}
			if c.again {
				handlers = append(handlers, answerJSON(200, "[]"))
			}
			h, count := inTurn(t, handlers...)
			s := serve(t, h)
			_, err := s.Instances(t.Context())
			if (err == nil) != c.again || count() != len(handlers) || s.clock.total() != c.want {
				t.Errorf("%v after %d requests and %v, want %v", err, count(), s.clock.total(), c.want)
			}
			if !c.again {
				kind := KindServer
				if c.status == 429 {
					kind = KindRateLimited
				}
				if e := asError(t, err, kind); e.RetryAfter != time.Hour {
					t.Errorf("retry after = %v", e.RetryAfter)
				}
			}
		})
	}
}

func TestA429HoldsBackEveryoneOfTheConnection(t *testing.T) {
	h, _ := inTurn(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		answerJSON(429, `{"statusCode":429,"message":"m"}`)(w, nil)
	})
	s := serve(t, h)
	s.retry.Attempts = 1
	_, err := s.Instances(t.Context())
	wantKind(t, err, KindRateLimited)
	if until := s.Pacer().PausedUntil(); !until.Equal(s.clock.now().Add(30 * time.Second)) {
		t.Errorf("paused until %v, want 30 s from %v", until, s.clock.now())
	}
	h, _ = inTurn(t, answerJSON(429, ""))
	s = serve(t, h)
	s.retry.Attempts = 1
	_, err = s.Instances(t.Context())
	if wantKind(t, err, KindRateLimited); s.Pacer().PausedUntil().IsZero() {
		t.Error("a 429 without Retry-After does not pause")
	}
}

func TestBackOffGrowsWithinBounds(t *testing.T) {
	p := RetryPolicy{}.withDefaults()
	for attempts := 1; attempts < 70; attempts++ {
		full := min(p.Base<<min(attempts-1, 10), p.Max)
		if got := p.backOff(attempts); got < full/2 || got > full {
			t.Errorf("back-off %d = %v, want %v to %v", attempts, got, full/2, full)
		}
	}
}
