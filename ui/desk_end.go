// Ending the desk in order: nothing that was sent goes unrecorded.

package ui

import (
	"time"

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

// end closes the window in order. It may be called again.
func (d *Desk) end() {
	if d.ending {
		return
	}
	d.ending = true
	size := d.window.Canvas().Size()
	d.remember(func(to *settings.Settings) { to.Window.Width, to.Window.Height = size.Width, size.Height })
	if d.shown != nil {
		d.shown.Leave()
	}
	if d.session != nil {
		d.session.leave()
	}
	d.sayIfSlow()
	go func() { // putAway waits for it
		defer close(d.ended)
		d.tasks.Close(sendPatience)
		d.gate.post(d.quitApp)
	}()
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
	d.app.Quit()
}

// putAway closes what the window used, after Fyne's loop has ended. Fyne can
// end its loop without asking, for example when the desktop session ends: then
// the steps of end are made here.
func (d *Desk) putAway() error {
	d.gate.close()
	if !d.ending {
		d.ending = true
		if d.shown != nil {
			d.shown.Leave()
		}
		d.tasks.Close(sendPatience)
		close(d.ended)
	}
	<-d.ended
	if d.session != nil {
		d.session.Close()
	}
	if d.services == nil {
		return nil
	}
	if err := d.services.close(); err != nil {
		d.options.Logger.Error("close", "error", err)
		return err
	}
	return nil
}
