// When a read is tried again, and how long it waits before.

package client

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

// RetryPolicy says how reads are tried again. Writes never are. The zero
// value stands for the defaults.
type RetryPolicy struct {
	Attempts      int           // in all; 0: 3
	Base          time.Duration // first back-off, doubled each time; 0: 500 ms
	Max           time.Duration // longest back-off; 0: 8 s
	MaxRetryAfter time.Duration // a Retry-After beyond it ends the read with the error; 0: 60 s
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	if p.Attempts < 1 {
		p.Attempts = 3
	}
	if p.Base <= 0 {
		p.Base = 500 * time.Millisecond
	}
	if p.Max <= 0 {
		p.Max = 8 * time.Second
	}
	if p.MaxRetryAfter <= 0 {
		p.MaxRetryAfter = time.Minute
	}
	return p
}

// next says whether a read that failed with err, after so many attempts, is
// tried again, and after how long.
func (p RetryPolicy) next(err error, attempts int) (time.Duration, bool) {
	var e *Error
	if attempts >= p.Attempts || !errors.As(err, &e) || !e.passing() || e.RetryAfter > p.MaxRetryAfter {
		return 0, false
	}
	if e.RetryAfter > 0 {
		return e.RetryAfter, true
	}
	return p.backOff(attempts), true
}

// backOff is between half of Base·2^(attempts-1) and all of it, so that many
// desks do not come back at the same moment.
func (p RetryPolicy) backOff(attempts int) time.Duration {
	delay := p.Base
	for range attempts - 1 {
		delay = min(2*delay, p.Max)
	}
	delay = min(delay, p.Max)
	return delay/2 + rand.N(delay/2+1)
}

// passing says whether the same read may well succeed a little later.
func (e *Error) passing() bool {
	switch e.Kind {
	case KindNoConnection, KindBroken, KindTimeout, KindRateLimited:
		return true
	case KindServer:
		switch e.Status {
		case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		}
	}
	return false
}
