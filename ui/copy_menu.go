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

// shellItems is the menu of the shells.
func shellItems(choose func(shell)) []widgets.MenuItem {
	return []widgets.MenuItem{
		{Label: "For bash", Note: "curl, also zsh", OnChosen: func() { choose(shellBash) }},
		{Label: "For PowerShell", Note: "Invoke-RestMethod", OnChosen: func() { choose(shellPowerShell) }},
		{Label: "For the Windows prompt", Note: "curl.exe", OnChosen: func() { choose(shellCmd) }},
	}
}
