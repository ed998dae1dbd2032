// What the pages show in place of data that is not there.

package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// newStatePanel makes a panel whose clock is the window's: what it does later
// is posted to the UI goroutine as everything else is.
func newStatePanel(env *Env, content fyne.CanvasObject) *widgets.StatePanel {
	panel := widgets.NewStatePanel(content)
	panel.After = func(delay time.Duration, act func()) func() {
		later := NewLatest[struct{}](env)
		later.RunAfter(delay,
			func(context.Context) (struct{}, error) { return struct{}{}, nil },
			func(struct{}, error) { act() })
		return later.Cancel
	}
	return panel
}

// showFailed says why there is no data, with a button to try again.
func showFailed(panel *widgets.StatePanel, err error, again func()) {
	m := Explain(err)
	panel.ShowFailed(m.What, m.Do, m.Details, "Try again", again)
}
