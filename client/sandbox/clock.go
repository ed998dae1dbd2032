// The service's clock, which can be moved.

package sandbox

import (
	"sync/atomic"
	"time"
)

type clock struct {
	base  func() time.Time
	moved atomic.Int64 // nanoseconds
}

func newClock(base func() time.Time) *clock {
	if base == nil {
		base = time.Now
	}
	return &clock{base: base}
}

func (c *clock) now() time.Time { return c.base().Add(time.Duration(c.moved.Load())) }

func (c *clock) advance(by time.Duration) { c.moved.Add(int64(by)) }
