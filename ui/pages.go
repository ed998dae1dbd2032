// The pages of the window, in the order of the rail.

package ui

// newPages builds the pages. The services of the Env are open by now.
func newPages(d *Desk) []Page {
	return []Page{
		NewComposePage(d.env),
		NewBatchPage(d.env),
		NewProfilesPage(d.env),
		NewHistoryPage(d.env),
		NewSettingsPage(d.env, d),
		NewConnectionsPage(d.env, d),
	}
}
