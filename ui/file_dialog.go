// Fyne's file dialog as the desk shows it: most of the window, closed by Esc.

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// showFileDialog shows a dialog of Fyne's, which closes on Esc neither by
// itself nor has a size before it is shown.
func showFileDialog(window fyne.Window, d *dialog.FileDialog) {
	keys := window.Canvas()
	before := keys.OnTypedKey()
	keys.SetOnTypedKey(func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.SetOnClosed(func() { keys.SetOnTypedKey(before) })
	d.Show()
	const share = 0.75 // of the window
	size := keys.Size()
	d.Resize(fyne.NewSize(size.Width*share, size.Height*share))
}
