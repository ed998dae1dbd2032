package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
)

func TestTheEndWaitsForASendToBeRecorded(t *testing.T) {
	d := deskIn(t, t.TempDir())
	d.untilLoaded("Contoso Coffee")
	answered := make(chan struct{})
	recorded := false
	d.tasks.GoWrite(func(ctx context.Context) {
		select {
		case <-answered:
			recorded = true
		case <-ctx.Done():
		}
	})
	d.end()
	d.queue.run()
	if d.gate.closed.Load() {
		t.Error("the window did not wait")
	}
	close(answered)
	d.queue.until(t, "the end", d.gate.closed.Load)
	<-d.ended
	if !recorded {
		t.Error("the send was cut off")
	}
}

func TestASignalEndsTheDeskInOrderToo(t *testing.T) {
	d := deskIn(t, t.TempDir())
	d.untilLoaded("Contoso Coffee")
	d.window.Resize(fyne.NewSize(1001, 701))
	answered := make(chan struct{})
	recorded := false
	d.tasks.GoWrite(func(ctx context.Context) {
		select {
		case <-answered:
			recorded = true
		case <-ctx.Done():
		}
	})
	d.endNow()
	d.gate.post(func() { t.Error("something was posted to a window that is gone") })
	close(answered)
	d.away = true
	if err := d.putAway(); err != nil {
		t.Error(err)
	}
	d.queue.run()
	if !recorded {
		t.Error("the send was cut off")
	}
	if d.notes[PageCompose].left != 1 {
		t.Errorf("the page was left %d times", d.notes[PageCompose].left)
	}
	if w := d.reread().Window; w.Width != 1001 || w.Height != 701 {
		t.Errorf("the size that was kept is %v", w)
	}
}

func TestADeskThatEndsWhileItStartsLeavesNothingOpen(t *testing.T) {
	d := deskIn(t, t.TempDir())
	d.endNow()
	d.away = true
	if err := d.putAway(); err != nil {
		t.Error(err)
	}
}
