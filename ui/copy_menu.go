// The shells that a request can be copied for.

package ui

import "github.com/activitydesk/activitydesk/ui/widgets"

// shell is what reads a copied command.
type shell int

const (
	shellBash shell = iota
	shellPowerShell
	shellCmd
)

// For composes the command for a shell.
func (r copiedRequest) For(target shell) (string, error) {
	switch target {
	case shellPowerShell:
		return r.PowerShell(), nil
	case shellCmd:
		return r.Cmd()
	default:
		return r.Bash(), nil
	}
}

// copyItems is the menu of the shells, with the address alone below them.
func copyItems(do requestActions) []widgets.MenuItem {
	return []widgets.MenuItem{
		{Label: "For bash", Note: "curl, also zsh", OnChosen: func() { do.CopyCommand(shellBash) }},
		{Label: "For PowerShell", Note: "Invoke-RestMethod", OnChosen: func() { do.CopyCommand(shellPowerShell) }},
		{Label: "For the Windows prompt", Note: "curl.exe", OnChosen: func() { do.CopyCommand(shellCmd) }},
		{Label: "The address alone", Note: "with its query", Separate: true, OnChosen: do.CopyAddress},
	}
}
