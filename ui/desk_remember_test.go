package ui

import "testing"

func TestWhatWasChosenHoldsBeforeItIsInTheFile(t *testing.T) {
	w := newWorking(t)
	w.written()
	release := hold(t, w.store.Path()+".lock") // another desk is at the settings
	w.deskRun.choose(instanceTrial)
	w.untilLoaded(instanceTrial)
	w.pick(entityReviews)
	w.session.Reopen(sandboxID)
	w.untilLoaded(instanceTrial)
	if got := w.compose.current.key.Entity; got != entityReviews {
		t.Errorf("after the connection was opened again, %s is shown", got)
	}
	release()
}
