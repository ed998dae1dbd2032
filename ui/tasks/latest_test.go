package tasks

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/activitydesk/activitydesk/ui/tasks/taskstest"
)

func TestLatestDropsTheAnswerToAnOlderRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := taskstest.NewQueue()
		tasks := New(t.Context(), nil)
		l := NewLatest[string](tasks, q.Post)
		var got []string
		record := func(s string, _ error) { got = append(got, s) }

		l.Run(func(context.Context) (string, error) { return "first", nil }, record)
		synctest.Wait() // the first answer is posted, not yet taken
		l.Run(func(context.Context) (string, error) { return "second", nil }, record)
		synctest.Wait()
		q.Run()

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
		q := taskstest.NewQueue()
		tasks := New(t.Context(), nil)
		l := NewLatest[int](tasks, q.Post)
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
		q.Run()
		if !cancelled {
			t.Error("the request went on")
		}
		tasks.Close(time.Second)
	})
}

func TestLatestGivesTheErrorToItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := taskstest.NewQueue()
		tasks := New(t.Context(), nil)
		l := NewLatest[int](tasks, q.Post)
		want := errors.New("no way")
		var got error
		l.Run(func(context.Context) (int, error) { return 0, want }, func(_ int, err error) { got = err })
		synctest.Wait()
		q.Run()
		if !errors.Is(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		tasks.Close(time.Second)
	})
}

func TestLatestStartsOnceWhenAskedManyTimesWithinItsDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := taskstest.NewQueue()
		tasks := New(t.Context(), nil)
		l := NewLatest[int](tasks, q.Post)
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
		q.Run()
		if started != 1 || answered != 1 {
			t.Fatalf("started %d and answered %d times, want once", started, answered)
		}
		tasks.Close(time.Second)
	})
}
