// What the pages show in place of data that is not there.

package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// newStatePanel makes a panel whose clock is the window's: what it does later
// is posted to the UI goroutine as everything else is.
func newStatePanel(env *Env, content fyne.CanvasObject) *widgets.StatePanel {
	panel := widgets.NewStatePanel(content)
	panel.After = func(delay time.Duration, act func()) func() {
		later := newLatest[struct{}](env)
		later.RunAfter(delay,
			func(context.Context) (struct{}, error) { return struct{}{}, nil },
			func(struct{}, error) { act() })
		return later.Cancel
	}
	return panel
}

// showFailed says why there is no data, with a button to try again.
func showFailed(panel *widgets.StatePanel, err error, again func()) {
	showMessage(panel, words.Explain(err), err, again)
}

// showFailedOnCard does the same on a card over the window.
func showFailedOnCard(panel *widgets.StatePanel, err error, again func()) {
	showMessage(panel, words.Explain(err).OnCard(), err, again)
}

func showMessage(panel *widgets.StatePanel, m words.Message, err error, again func()) {
	if errors.Is(err, tasks.ErrStopped) {
		panel.ShowEmpty(m.What, m.Do, "Load again", again)
		return
	}
	panel.ShowFailed(m.What, m.Do, m.Details, "Try again", again)
}

// sayListing says how the list stands. That it is loaded again is said only
// where it takes a while: the entities stay where they are until then.
func (p *ComposePage) sayListing() {
	p.listing.Cancel()
	p.entities.Say(listingWords(p.place, p.env.Now(), p.env.Zone()))
	if !p.place.Loading || len(p.place.Entities) == 0 {
		return
	}
	p.listing.RunAfter(sayLoadingAfter, func(context.Context) (struct{}, error) { return struct{}{}, nil },
		func(struct{}, error) { p.entities.Say("Loading the list again… Esc stops it.") })
}

// sayLoadingAfter is how long loading may take before it is said.
const sayLoadingAfter = 300 * time.Millisecond
