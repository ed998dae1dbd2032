package vault

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// stuck gives a vault whose next call blocks until release is called.
func stuck() (v *Vault, f *fake, release func()) {
	gate := make(chan struct{})
	f = &fake{memory: memory{}, before: func(_, _ string) error {
		<-gate
		return nil
	}}
	return open(f, "", Options{Limit: 10 * time.Second}), f, func() { close(gate) }
}

func TestAKeyringThatBlocksForEverTimesOutAndIsNotAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, _, release := stuck()
		start := time.Now()
		_, err := v.Get(t.Context(), token)
		if !errors.Is(err, ErrTimeout) || time.Since(start) != 10*time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		for range 3 {
			start = time.Now()
			if err := v.Set(t.Context(), token, "x"); !errors.Is(err, ErrTimeout) || time.Since(start) != 0 {
				t.Errorf("the next one, after %v: %v", time.Since(start), err)
			}
		}
		release()
		synctest.Wait()
		if _, err := v.Get(t.Context(), token); !errors.Is(err, ErrNotFound) {
			t.Errorf("after it answered: %v", err)
		}
	})
}

func TestAWriteThatTimedOutIsNotFinishedLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, f, release := stuck()
		if err := v.Set(t.Context(), token, long("secret", 9000)); !errors.Is(err, ErrTimeout) {
			t.Errorf("got %v", err)
		}
		release()
		synctest.Wait()
		if len(f.memory) != 0 {
			t.Errorf("written after all: %v", f.memory)
		}
	})
}

func TestTheCallersContextEndsTheWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, _, release := stuck()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if _, err := v.Get(ctx, token); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrTimeout) || time.Since(start) != time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		if err := v.Probe(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a context that has ended: %v", err)
		}
		// The call still runs; who comes next waits for it up to the limit.
		start = time.Now()
		if err := v.Delete(t.Context(), token); !errors.Is(err, ErrTimeout) || time.Since(start) != 10*time.Second {
			t.Errorf("the next one, after %v: %v", time.Since(start), err)
		}
		start = time.Now()
		if err := v.Probe(t.Context()); !errors.Is(err, ErrTimeout) || time.Since(start) != 0 {
			t.Errorf("the one after that, after %v: %v", time.Since(start), err)
		}
		release()
		synctest.Wait()
		if err := v.Probe(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestOperationsRunOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		running := 0
		f := &fake{memory: memory{}, before: func(_, _ string) error {
			if running++; running > 1 {
				t.Error("two calls at once")
			}
			time.Sleep(time.Millisecond)
			running--
			return nil
		}}
		v := open(f, "", Options{})
		results := make(chan error, 20)
		for range cap(results) {
			go func() { results <- v.Set(t.Context(), token, "value") }()
		}
		for range cap(results) {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestALibraryThatPanicsIsAKeyringThatCannotBeUsed(t *testing.T) {
	f := &fake{memory: memory{}, before: func(_, _ string) error {
		var wrong any = "text"
		_ = wrong.(int)
		return nil
	}}
	if err := open(f, "", Options{}).Probe(ctx); !errors.Is(err, ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}

func TestALimitNoticedByTheOperationIsATimeOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(time.Second)
		_, err := do(t.Context(), l, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		})
		if kind, _ := kindOf(err); kind != ErrTimeout {
			t.Errorf("got %v", err)
		}
		synctest.Wait()
		if _, err := do(t.Context(), l, func(context.Context) (int, error) { return 1, nil }); err != nil {
			t.Errorf("the line is not free: %v", err)
		}
	})
}
