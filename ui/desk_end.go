// Ending the desk in order: nothing that was sent goes unrecorded.

package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	// sendPatience is how long the end waits for the answers to what is being
	// sent. What has none by then is recorded as uncertain.
	sendPatience = 15 * time.Second
	// quietEnd is how long the end may take before it says what it waits for.
	quietEnd = 300 * time.Millisecond
)

// end closes the window in order, as a person wants it who closes it: it stays
// until the outcome of what is being sent is recorded. It may be called again.
func (d *Desk) end() {
	if d.ending {
		return
	}
	d.lastLook()
	d.sayIfSlow()
	go func() { // putAway waits for it
		defer close(d.ended)
		d.tasks.Close(sendPatience)
		d.gate.post(d.quitApp)
	}()
}

// lastLook remembers what is to be there at the next start, and ends what the
// pages have under way.
func (d *Desk) lastLook() {
	d.ending = true
	size := d.window.Canvas().Size()
	d.remember(func(to *settings.Settings) { to.Window.Width, to.Window.Height = size.Width, size.Height })
	if d.shown != nil {
		d.shown.Leave()
	}
	for _, page := range d.pages {
		if ender, ok := page.(Ender); ok {
			ender.End()
		}
	}
	if d.session != nil {
		d.session.leave()
		d.removalsEnd()
	}
}

// endNow ends Fyne's loop when the process is told to end, from any goroutine;
// putAway does the rest in order. Fyne takes SIGINT and SIGTERM as well, and
// ends its loop at once. Both do the same, so it does not matter who is first;
// what matters is that nothing is posted any more.
func (d *Desk) endNow() {
	d.gate.close()
	defer func() {
		// The queue panics when the loop ends at this very moment: then there
		// is nothing left to do here.
		_ = recover()
	}()
	d.gate.do(d.app.Driver().Quit)
}

// sayIfSlow tells what the end waits for, where it does not come at once.
func (d *Desk) sayIfSlow() {
	time.AfterFunc(quietEnd, func() {
		d.gate.post(func() {
			d.show(Card{
				Title: "Waiting for an answer",
				Body: widgets.NewWrappedText("Something is still being sent. The window closes as soon as its "+
					"outcome is recorded, in 15 seconds at most.", widgets.RoleBody),
				Cancel: "Hide",
			})
		})
	})
}

// quitApp ends Fyne's loop. Nothing is posted to it any more.
func (d *Desk) quitApp() {
	d.gate.close()
	d.app.Driver().Quit()
}

// dropStoppedHook takes away what Fyne does when its loop has ended: it saves
// preferences, which the desk does not use. Fyne posts that hook to the queue
// that it is closing at the same time, which can panic or wait for ever.
func dropStoppedHook(app fyne.App) {
	type hooked interface{ SetOnStoppedHookExecuted(func()) }
	if lifecycle, ok := app.Lifecycle().(hooked); ok {
		lifecycle.SetOnStoppedHookExecuted(nil)
	}
}

// putAway closes what the window used, after Fyne's loop has ended. Where that
// came by endNow or by Fyne itself, the steps of end are made here.
func (d *Desk) putAway() error {
	d.gate.close()
	if !d.ending {
		d.lastLook()
		d.tasks.Close(sendPatience)
		close(d.ended)
	}
	<-d.ended
	if d.session != nil {
		d.session.Close()
	}
	opened := d.opened.Load()
	if opened == nil {
		return nil
	}
	if err := opened.close(); err != nil {
		d.options.Logger.Error("close", "error", err)
		return err
	}
	return nil
}
