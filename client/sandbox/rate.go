// The limit of calls: a true sliding window, not a bucket that is emptied.

package sandbox

import (
	"sync"
	"time"
)

// window remembers when the last calls were taken.
type window struct {
	limit int // 0: none
	width time.Duration

	mu    sync.Mutex
	taken []time.Time // a ring, oldest at next
	next  int
}

func newWindow(limit int, width time.Duration) *window {
	return &window{limit: limit, width: width}
}

// take counts a call. Where the window is full the call is not counted, and
// the wait until it would be is returned.
func (w *window) take(now time.Time) (wait time.Duration, ok bool) {
	if w.limit <= 0 {
		return 0, true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.taken) < w.limit {
		w.taken = append(w.taken, now)
		return 0, true
	}
	if free := w.taken[w.next].Add(w.width); now.Before(free) {
		return free.Sub(now), false
	}
	w.taken[w.next] = now
	w.next = (w.next + 1) % w.limit
	return 0, true
}
