// What can be done by name on the pages beside Compose: their buttons, for those
// who use no mouse. None of it has a key of its own.

package ui

var (
	_ Commander = (*HistoryPage)(nil)
	_ Commander = (*BatchPage)(nil)
	_ Commander = (*SettingsPage)(nil)
)

const groupEntry = "Entry of the history"

// Commands lists what can be done with the chosen entry.
func (p *HistoryPage) Commands() []command {
	return []command{
		{group: groupEntry, title: "Look for the entry again", run: p.look, why: func() string { return p.cannot((*sendState).mayLook) }},
		{group: groupEntry, title: "Send the entry again…", run: p.sendAgain, why: func() string {
			return p.cannot(func(s *sendState) bool { return maySendAgain(s.Entry) })
		}},
		{group: groupEntry, title: "Show the entry on the profile", run: p.showOnProfile, why: func() string {
			return p.cannot(func(s *sendState) bool { return mayBeShown(s.Entry) })
		}},
		{group: groupEntry, title: "Compare the entry with the timeline, field by field", run: p.showStored, why: p.cannotCompare},
		{group: groupEntry, title: "Why is the entry not on the timeline?", run: p.why, why: p.cannotAskWhy},
		{group: groupEntry, title: "Open the entry in the form", run: p.useAgain, why: p.noneChosen},
		{group: groupEntry, title: "Copy the JSON of the entry", run: p.copyBody, why: p.noneChosen},
		{group: groupEntry, title: "Copy the details of the entry", run: p.copyDetails, why: p.noDetails},
	}
}

// noDetails says why there is nothing behind the words of the chosen entry.
func (p *HistoryPage) noDetails() string {
	if reason := p.noneChosen(); reason != "" {
		return reason
	}
	if !hasDetails(p.follows[p.chosen]) {
		return "Its answer says it all"
	}
	return ""
}

// noneChosen says that no entry is shown.
func (p *HistoryPage) noneChosen() string {
	if p.follows[p.chosen] == nil {
		return "No entry is chosen"
	}
	return ""
}

// cannot says why something that asks the service cannot be done with the entry
// that is shown.
func (p *HistoryPage) cannot(may func(*sendState) bool) string {
	if reason := p.noneChosen(); reason != "" {
		return reason
	}
	s := p.follows[p.chosen]
	switch reach := p.reach(s.Entry); {
	case reach != "":
		return reach
	case s.Busy:
		return "It is being sent"
	case !may(s):
		return "Not in its state"
	}
	return ""
}

const groupFile = "File of rows"

// Commands lists what can be done with a file and its rows.
func (p *BatchPage) Commands() []command {
	return []command{
		{group: groupFile, title: "Open a file of rows…", run: p.chooseFile, why: always},
		{group: groupFile, title: "Open the row in the form", run: p.openRow, why: func() string {
			if p.rows.Chosen() == 0 {
				return "No row is chosen"
			}
			return ""
		}},
		{group: groupFile, title: "Stop checking the rows, or check them again", run: p.stopOrCheck, why: func() string {
			if p.plan == nil {
				return "No file is open"
			}
			return ""
		}},
	}
}

// Commands lists what the settings can do beside keeping what is chosen there.
func (p *SettingsPage) Commands() []command {
	return []command{
		{group: groupWindow, title: "Delete older entries of the journal…", run: p.host.purge, why: always},
		{group: groupWindow, title: "Look for the keyring again", run: p.host.probeKeyring, why: always},
	}
}
