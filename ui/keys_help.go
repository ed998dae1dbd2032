// The list of keys (F1, or ? outside of text).

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// keysCard lists the commands with their keys, group by group.
func keysCard(list []command, mac bool) Card {
	body := widgets.Column(4)
	group := ""
	for _, c := range list {
		if c.group != group {
			if group != "" {
				body.Add(widgets.Gap(0, 6))
			}
			group = c.group
			body.Add(widgets.NewText(group, widgets.RoleGroup))
		}
		body.Add(keyLine(c.title, c.labels(mac)))
	}
	body.Add(widgets.Gap(0, 6))
	body.Add(widgets.NewWrappedText(
		"Tab and Shift+Tab go from field to field, Space or Enter press what is marked, the arrow keys move in lists.",
		widgets.RoleCaption,
	))
	return Card{Title: "Keys", Body: body}
}

func keyLine(title, keys string) fyne.CanvasObject {
	return container.NewGridWithColumns(2, widgets.NewText(title, widgets.RoleBody), widgets.NewText(keys, widgets.RoleStrong))
}
