// The budget: a true sliding window, fair, cancellable, paused for all.

package client

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestNoWindowHoldsMoreCallsThanTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const limit, window, calls = 5, 10 * time.Second, 40
		p := NewPacer(limit, window)
		var mu sync.Mutex
		var at []time.Time
		var wg sync.WaitGroup
		for i := range calls {
			wg.Go(func() {
				time.Sleep(time.Duration(i) * 300 * time.Millisecond)
				if err := p.Wait(t.Context()); err != nil {
					t.Errorf("wait: %v", err)
				}
				mu.Lock()
				at = append(at, time.Now())
				mu.Unlock()
			})
		}
		wg.Wait()
		for i := limit; i < len(at); i++ {
			if gap := at[i].Sub(at[i-limit]); gap < window {
				t.Errorf("calls %d to %d came within %v", i-limit, i, gap)
			}
		}
		if took := at[calls-1].Sub(at[0]); took > (calls/limit)*window {
			t.Errorf("took %v, longer than the window demands", took)
		}
	})
}

func TestCallersAreServedInTheOrderInWhichTheyCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(1, time.Second)
		var mu sync.Mutex
		var order []int
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				if err := p.Wait(t.Context()); err != nil {
					t.Errorf("wait: %v", err)
				}
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
			})
			synctest.Wait()
		}
		wg.Wait()
		for i, got := range order {
			if got != i {
				t.Fatalf("order = %v", order)
			}
		}
	})
}

func TestAWaitThatIsCancelledLeavesItsPlaceToTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(1, time.Minute)
		if err := p.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		why := errors.New("page left")
		first, giveUp := context.WithCancelCause(t.Context())
		second, giveUpToo := context.WithCancelCause(t.Context())
		var wg sync.WaitGroup
		for _, ctx := range []context.Context{first, second} {
			wg.Go(func() {
				if err := p.Wait(ctx); !errors.Is(err, why) {
					t.Errorf("cancelled wait gave %v", err)
				}
			})
			synctest.Wait()
		}
		wg.Go(func() {
			if err := p.Wait(t.Context()); err != nil || time.Since(start) != time.Minute {
				t.Errorf("the one behind: %v after %v, want nil after a minute", err, time.Since(start))
			}
		})
		synctest.Wait()
		giveUpToo(why)
		giveUp(why)
		wg.Wait()
		if used, limit := p.Usage(); used != 1 || limit != 1 {
			t.Errorf("usage = %d of %d: a cancelled wait was counted", used, limit)
		}
	})
}

func TestAPauseHoldsEverybodyAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(100, time.Minute)
		start := time.Now()
		p.PauseUntil(start.Add(20 * time.Second))
		p.PauseUntil(start.Add(5 * time.Second)) // does not shorten
		if got := p.PausedUntil(); !got.Equal(start.Add(20 * time.Second)) {
			t.Errorf("paused until %v", got)
		}
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if err := p.Wait(t.Context()); err != nil || time.Since(start) != 30*time.Second {
					t.Errorf("%v after %v, want nil after 30 s", err, time.Since(start))
				}
			})
		}
		synctest.Wait()
		time.Sleep(10 * time.Second)
		p.PauseUntil(start.Add(30 * time.Second)) // while they wait
		wg.Wait()
		if !p.PausedUntil().IsZero() {
			t.Error("still paused")
		}
		p.PauseUntil(time.Now().Add(24 * time.Hour))
		if pause := time.Until(p.PausedUntil()); pause != maxPause {
			t.Errorf("a service could pause for %v", pause)
		}
	})
}

func TestARaisedLimitIsSeenByThoseWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(1, time.Minute)
		start := time.Now()
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if err := p.Wait(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		if used, _ := p.Usage(); used != 1 {
			t.Fatalf("used = %d before the limit was raised", used)
		}
		p.SetLimit(3)
		wg.Wait()
		if since := time.Since(start); since != 0 {
			t.Errorf("they still waited %v", since)
		}
		p.SetLimit(2) // three calls are in the window: all but one must leave it
		if err := p.Wait(t.Context()); err != nil || time.Since(start) != time.Minute {
			t.Errorf("%v after %v, want nil after a minute", err, time.Since(start))
		}
		time.Sleep(time.Minute)
		if used, limit := p.Usage(); used != 0 || limit != 2 {
			t.Errorf("usage = %d of %d after the window", used, limit)
		}
	})
}

func TestValuesBelowOneStandForTheDefaults(t *testing.T) {
	p := NewPacer(0, 0)
	if _, limit := p.Usage(); limit != DefaultLimit || p.window != DefaultWindow {
		t.Errorf("limit %d in %v", limit, p.window)
	}
	p.SetLimit(-1)
	if _, limit := p.Usage(); limit != DefaultLimit {
		t.Errorf("limit %d", limit)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that was over before it began gave %v", err)
	}
	if used, _ := p.Usage(); used != 0 {
		t.Error("it was counted")
	}
}
