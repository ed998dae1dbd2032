package tasks

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestClosingCancelsReadsAtOnceAndWaitsForWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := New(t.Context(), nil)
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
		tasks := New(t.Context(), nil)
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
		tasks := New(app, nil)
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
		tasks := New(t.Context(), nil)
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
