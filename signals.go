// SIGINT and SIGTERM end the desk in order.

package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
)

// signals turns SIGINT and SIGTERM into the end of a context.
type signals struct{ arrived chan os.Signal }

// endOnSignal makes a context that ends with the first signal. Stop gives the
// signals back.
func endOnSignal(parent context.Context) (ctx context.Context, s *signals, stop func()) {
	s = &signals{arrived: make(chan os.Signal, 2)}
	ctx, cancel := context.WithCancel(parent)
	s.take()
	go func() { // ends with the context
		select {
		case <-s.arrived:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, s, func() {
		signal.Stop(s.arrived)
		cancel()
	}
}

// take makes the signals ours alone.
func (s *signals) take() {
	signal.Reset(os.Interrupt, syscall.SIGTERM)
	signal.Notify(s.arrived, os.Interrupt, syscall.SIGTERM)
}

// keep takes the signals back from Fyne, which asks for them as well once its
// loop starts and would end the loop at once, under sends that still have to
// be recorded. It asks from a goroutine of its own, at a time that cannot be
// known: so they are taken at the first turn of the loop, and again soon after.
func (s *signals) keep(app fyne.App) {
	app.Lifecycle().SetOnStarted(func() {
		fyne.Do(s.take)
		time.AfterFunc(time.Second, s.take)
	})
}
