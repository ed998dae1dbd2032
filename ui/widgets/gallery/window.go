// This file opens the gallery in a window of its own.

package gallery

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// Open shows all pages in a window, with a choice of the look, and ends the app
// when it is closed. The caller runs the app.
func Open(app fyne.App) {
	app.Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	look := widgets.NewSegments("Light", "Dark")
	look.OnSelected = func(index int) {
		looks := []widgets.Appearance{widgets.AppearanceLight, widgets.AppearanceDark}
		app.Settings().SetTheme(widgets.NewTheme(looks[index]))
	}
	bar := widgets.Pad(6, 12, 0, 12, widgets.Row(0, look))
	w := app.NewWindow("Activity Desk: gallery")
	widgets.NewRoot(widgets.NewArea("background", widgets.Dock(bar, nil, nil, nil, Content()))).Attach(w)
	w.Resize(fyne.NewSize(1280, 860))
	w.SetMaster()
	w.Show()
}
