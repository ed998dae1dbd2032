// The window's size: what is remembered of it, and the screen that it has to
// fit.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/settings"
)

// windowSize is the size of last time, or one that shows all of the sketches.
func windowSize(w settings.Window) fyne.Size {
	if !(w.Width >= 400 && w.Height >= 300) { // also what is no number
		return fyne.NewSize(1280, 800)
	}
	return fyne.NewSize(w.Width, w.Height)
}

// windowFrame is about what a system draws around a window, mostly its title.
const windowFrame = 40

// fitScreen makes a window smaller that was remembered from a larger screen, so
// that its edges can be reached.
func (d *Desk) fitScreen() {
	if d.options.Screen == nil {
		return
	}
	width, height := d.options.Screen()
	canvas := d.window.Canvas()
	scale := canvas.Scale()
	if width <= 0 || height <= windowFrame || scale <= 0 {
		return
	}
	most := fyne.NewSize(float32(width)/scale, float32(height-windowFrame)/scale)
	if size := canvas.Size(); size.Width > most.Width || size.Height > most.Height {
		d.window.Resize(size.Min(most))
	}
}
