// A window of Fyne's with nothing of the desk's in it: what Fyne itself takes. The
// start of the desk is measured beside it, see docs/performance.md. It is empty;
// under the name "text" it shows a text in each style of the desk's first page.
package main

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("app.activitydesk.plain").NewWindow("Plain")
	w.Resize(fyne.NewSize(1280, 800)) // as the desk's window at its first start
	if filepath.Base(os.Args[0]) == "text" {
		styles := container.NewVBox()
		for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Monospace: true}} {
			styles.Add(widget.NewLabelWithStyle("A text", fyne.TextAlignLeading, style))
		}
		w.SetContent(styles)
	}
	w.ShowAndRun()
}
