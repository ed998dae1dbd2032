package ui

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// queue stands for the UI goroutine: what is posted runs when the test says.
type queue struct {
	mu    sync.Mutex
	posts []func()
	ready chan struct{}
}

func newQueue() *queue { return &queue{ready: make(chan struct{}, 1)} }

func (q *queue) post(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.posts = append(q.posts, f)
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// run runs what was posted so far, and what that posts.
func (q *queue) run() {
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

// until runs posts until the condition holds.
func (q *queue) until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	patience := time.NewTimer(20 * time.Second)
	defer patience.Stop()
	for {
		q.run()
		if holds() {
			return
		}
		select {
		case <-q.ready:
		case <-patience.C:
			t.Fatalf("waited too long: %s", what)
		}
	}
}

func TestLatestDropsTheAnswerToAnOlderRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		tasks := NewTasks(t.Context())
		l := NewLatest[string](&Env{Post: q.post, Tasks: tasks})
		var got []string
		record := func(s string, _ error) { got = append(got, s) }

		l.Run(func(context.Context) (string, error) { return "first", nil }, record)
		synctest.Wait() // the first answer is posted, not yet taken
		l.Run(func(context.Context) (string, error) { return "second", nil }, record)
		synctest.Wait()
		q.run()

		if len(got) != 1 || got[0] != "second" {
			t.Fatalf("got %q, want only the second answer", got)
		}
		if l.Running() {
			t.Error("it still says that a request is running")
		}
		tasks.Close(time.Second)
	})
}

func TestLatestCancelsTheOlderRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		tasks := NewTasks(t.Context())
		l := NewLatest[int](&Env{Post: q.post, Tasks: tasks})
		cancelled := false
		l.Run(func(ctx context.Context) (int, error) {
			<-ctx.Done()
			cancelled = true
			return 0, ctx.Err()
		}, func(int, error) { t.Error("the cancelled request was answered") })
		synctest.Wait()
		if !l.Running() {
			t.Error("it does not say that a request is running")
		}
		l.Cancel()
		synctest.Wait()
		q.run()
		if !cancelled {
			t.Error("the request went on")
		}
		tasks.Close(time.Second)
	})
}

func TestLatestGivesTheErrorToItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		tasks := NewTasks(t.Context())
		l := NewLatest[int](&Env{Post: q.post, Tasks: tasks})
		want := errors.New("no way")
		var got error
		l.Run(func(context.Context) (int, error) { return 0, want }, func(_ int, err error) { got = err })
		synctest.Wait()
		q.run()
		if !errors.Is(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		tasks.Close(time.Second)
	})
}

func TestLatestStartsOnceWhenAskedManyTimesWithinItsDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		tasks := NewTasks(t.Context())
		l := NewLatest[int](&Env{Post: q.post, Tasks: tasks})
		started, answered := 0, 0
		for range 5 {
			l.RunAfter(100*time.Millisecond, func(context.Context) (int, error) {
				started++
				return started, nil
			}, func(int, error) { answered++ })
			time.Sleep(20 * time.Millisecond)
			synctest.Wait()
		}
		time.Sleep(time.Second)
		synctest.Wait()
		q.run()
		if started != 1 || answered != 1 {
			t.Fatalf("started %d and answered %d times, want once", started, answered)
		}
		tasks.Close(time.Second)
	})
}

func TestClosingCancelsReadsAtOnceAndWaitsForWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := NewTasks(t.Context())
		readEnded, recorded := false, false
		tasks.Go(func(ctx context.Context) {
			<-ctx.Done()
			readEnded = true
		})
		tasks.GoWrite(func(ctx context.Context) {
			select {
			case <-ctx.Done():
			case <-time.After(2 * time.Second):
				recorded = true
			}
		})
		if !tasks.Close(10 * time.Second) {
			t.Error("it says that work was cut off")
		}
		if !readEnded || !recorded {
			t.Errorf("read ended: %v, write recorded: %v; want both", readEnded, recorded)
		}
		tasks.Go(func(context.Context) { t.Error("work was started after closing") })
	})
}

func TestClosingCutsOffAWriteThatTakesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := NewTasks(t.Context())
		var cause error
		tasks.GoWrite(func(ctx context.Context) {
			<-ctx.Done()
			cause = ctx.Err()
		})
		if tasks.Close(3 * time.Second) {
			t.Error("it says that all work ended by itself")
		}
		synctest.Wait()
		if !errors.Is(cause, context.Canceled) {
			t.Errorf("the write's context says %v", cause)
		}
	})
}

func TestAWriteOutlivesTheContextOfTheApp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app, stop := context.WithCancel(t.Context())
		tasks := NewTasks(app)
		var during error
		tasks.GoWrite(func(ctx context.Context) {
			time.Sleep(time.Second)
			during = ctx.Err()
		})
		stop()
		tasks.Close(5 * time.Second)
		if during != nil {
			t.Errorf("the write was cancelled with the app: %v", during)
		}
	})
}

func TestEveryTicksUntilClosing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := NewTasks(t.Context())
		ticks := 0
		tasks.Every(time.Second, func() { ticks++ })
		time.Sleep(3500 * time.Millisecond)
		synctest.Wait()
		tasks.Close(time.Second)
		if ticks != 3 {
			t.Errorf("ticked %d times in 3.5 s, want 3", ticks)
		}
	})
}
