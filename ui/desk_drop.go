// Files that are dropped on the window.

package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
)

// dropped gives a file to the page that is shown, where it takes files. Several
// at once are none that anybody meant for this page.
func (d *Desk) dropped(_ fyne.Position, files []fyne.URI) {
	dropper, ok := d.shown.(Dropper)
	if !ok || len(files) != 1 || files[0].Scheme() != "file" || !d.free() || !d.usable() {
		return
	}
	dropper.Drop(filepath.FromSlash(files[0].Path()))
}
