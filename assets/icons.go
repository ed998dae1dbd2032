// Package assets holds the desk's pictures: its own icon, and the icons of
// pages and actions by what they mean.
package assets

import (
	_ "embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

var (
	//go:embed icon.svg
	iconApp []byte
	//go:embed lock.svg
	iconLock []byte
	//go:embed unlock.svg
	iconUnlock []byte
	//go:embed clock.svg
	iconClock []byte
	//go:embed connections.svg
	iconConnections []byte
)

// IconApp is the desk's own icon, an SVG of 512 by 512: a timeline with a new
// activity arriving on it. icon.png beside it is the same for packagers.
func IconApp() fyne.Resource {
	return fyne.NewStaticResource("activitydesk.svg", iconApp)
}

// The icons below follow the theme's foreground colour. They name what an
// icon stands for; which drawing that is, is decided here alone.

// IconCompose stands for writing an activity.
func IconCompose() fyne.Resource { return theme.DocumentCreateIcon() }

// IconBatch stands for many activities from a file.
func IconBatch() fyne.Resource { return theme.ListIcon() }

// IconProfiles stands for unified customer profiles.
func IconProfiles() fyne.Resource { return theme.AccountIcon() }

// IconHistory stands for what was sent from here.
func IconHistory() fyne.Resource { return theme.HistoryIcon() }

// IconSettings stands for the desk's settings.
func IconSettings() fyne.Resource { return theme.SettingsIcon() }

// IconConnections stands for the services that the desk can work with.
func IconConnections() fyne.Resource { return themed("connections.svg", iconConnections) }

// IconSend stands for sending an activity.
func IconSend() fyne.Resource { return theme.MailSendIcon() }

// IconCopy stands for copying to the clipboard.
func IconCopy() fyne.Resource { return theme.ContentCopyIcon() }

// IconSearch stands for finding.
func IconSearch() fyne.Resource { return theme.SearchIcon() }

// IconRefresh stands for reading again.
func IconRefresh() fyne.Resource { return theme.ViewRefreshIcon() }

// IconUndo stands for taking a change back.
func IconUndo() fyne.Resource { return theme.ContentUndoIcon() }

// IconRedo stands for doing again what was taken back.
func IconRedo() fyne.Resource { return theme.ContentRedoIcon() }

// IconLock stands for an instance that is read-only.
func IconLock() fyne.Resource { return themed("lock.svg", iconLock) }

// IconUnlock stands for an instance that was unlocked for writing.
func IconUnlock() fyne.Resource { return themed("unlock.svg", iconUnlock) }

// IconAsk stands for an instance that asks before each send.
func IconAsk() fyne.Resource { return theme.QuestionIcon() }

// IconWarning stands for something to look at before going on.
func IconWarning() fyne.Resource { return theme.WarningIcon() }

// IconInfo stands for something worth knowing.
func IconInfo() fyne.Resource { return theme.InfoIcon() }

// IconClock stands for a time, or for what ends at one.
func IconClock() fyne.Resource { return themed("clock.svg", iconClock) }

// IconAdd stands for adding one more.
func IconAdd() fyne.Resource { return theme.ContentAddIcon() }

// IconDelete stands for removing.
func IconDelete() fyne.Resource { return theme.DeleteIcon() }

// IconClose stands for closing or dismissing.
func IconClose() fyne.Resource { return theme.CancelIcon() }

// IconChevronDown stands for a list that opens below.
func IconChevronDown() fyne.Resource { return theme.MenuDropDownIcon() }

// IconCheck stands for done.
func IconCheck() fyne.Resource { return theme.ConfirmIcon() }

func themed(name string, svg []byte) fyne.Resource {
	return theme.NewThemedResource(fyne.NewStaticResource(name, svg))
}
