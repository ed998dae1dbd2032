// The shells that a request can be copied for.

package ui

import (
	"github.com/activitydesk/activitydesk/ui/shell"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// copyItems is the menu of the shells, with the address alone below them.
func copyItems(do requestActions) []widgets.MenuItem {
	return []widgets.MenuItem{
		{Label: "For bash", Note: "curl, also zsh", OnChosen: func() { do.CopyCommand(shell.Bash) }},
		{Label: "For PowerShell", Note: "Invoke-RestMethod", OnChosen: func() { do.CopyCommand(shell.PowerShell) }},
		{Label: "For the Windows prompt", Note: "curl.exe", OnChosen: func() { do.CopyCommand(shell.Cmd) }},
		{Label: "The address alone", Note: "with its query", Separate: true, OnChosen: do.CopyAddress},
	}
}
