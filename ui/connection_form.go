// The layout of the connection dialog.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func (d *connectionDialog) body() fyne.CanvasObject {
	return widgets.Column(
		10,
		fieldRow("Name", d.name, ""),
		fieldRow("Service", d.preset, ""),
		fieldRow("Address", d.root, ""),
		fieldRow("Access token", d.token, "A bearer token of Microsoft Entra ID. It is good for about an hour."),
		fieldRow("Subscription key", d.key, "Of the instance: Settings > Permissions > APIs. The address of 2020 needs none."),
		fieldRow("Secrets", d.keepIn, ""),
		fieldRow("Calls a minute", d.rate, ""),
		d.problem,
		d.steps,
		widgets.Row(0, d.anyway),
	)
}

// fieldRow is settingRow with the narrower label of dialogs.
func fieldRow(label string, control fyne.CanvasObject, note string) fyne.CanvasObject {
	return labelled(130, label, control, note)
}
