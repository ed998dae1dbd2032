// Package taskstest stands in for the UI goroutine in tests: what work posts back
// runs when the test says.
package taskstest

import (
	"sync"
	"testing"
	"time"
)

// Queue stands for the UI goroutine: what is posted runs when the test says.
type Queue struct {
	mu    sync.Mutex
	posts []func()
	ready chan struct{}
}

// NewQueue makes an empty queue.
func NewQueue() *Queue { return &Queue{ready: make(chan struct{}, 1)} }

// Post keeps a function for Run. It may be called from any goroutine.
func (q *Queue) Post(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.posts = append(q.posts, f)
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// Run runs what was posted so far, and what that posts.
func (q *Queue) Run() {
	for {
		q.mu.Lock()
		posts := q.posts
		q.posts = nil
		q.mu.Unlock()
		if len(posts) == 0 {
			return
		}
		for _, f := range posts {
			f()
		}
	}
}

// patience is how long is waited for what should come at once: nothing is lost by
// it where all is well, and a busy computer is no fault.
const patience = 90 * time.Second

// glance is how often a condition is looked at where nothing is posted.
const glance = 20 * time.Millisecond

// Until runs posts until the condition holds, which may be about what nobody
// posts.
func (q *Queue) Until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	look := time.NewTicker(glance)
	defer look.Stop()
	for began := time.Now(); ; {
		q.Run()
		if holds() {
			return
		}
		if time.Since(began) > patience {
			t.Fatalf("waited too long: %s", what)
		}
		select {
		case <-q.ready:
		case <-look.C:
		}
	}
}
