package ui

import (
	"testing"

	"github.com/activitydesk/activitydesk/ui/tasks/taskstest"
)

// queue stands for the UI goroutine of a desk under test.
type queue struct{ *taskstest.Queue }

func newQueue() *queue { return &queue{taskstest.NewQueue()} }

func (q *queue) post(f func()) { q.Post(f) }

// run runs what was posted so far, and what that posts.
func (q *queue) run() { q.Run() }

// until runs posts until the condition holds.
func (q *queue) until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	q.Until(t, what, holds)
}
