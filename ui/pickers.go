// What the pickers of the bar offer, and what they show.

package ui

import (
	"errors"
	"runtime"
	"strconv"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/access"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/tasks"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
	"github.com/activitydesk/activitydesk/ui/zones"
)

// connectionManagement is what the list of connections leads to besides.
type connectionManagement struct{ add, manage func() }

// connectionItems lists the connections with the colours that mark them, and the
// ways to one more and to their page.
func connectionItems(list []settings.Connection, chosen string, choose func(id string), to connectionManagement) []widgets.MenuItem {
	items := make([]widgets.MenuItem, 0, len(list)+2)
	for _, c := range list {
		note := c.Note
		if note == "" {
			note = access.HostOf(c.Root)
		}
		items = append(items, widgets.MenuItem{
			Label: c.Name, Note: shorten(note, 50), Mark: c.Colour, Checked: c.ID == chosen,
			OnChosen: func() { choose(c.ID) },
		})
	}
	return append(
		items,
		widgets.MenuItem{Label: "Add a connection…", Separate: true, OnChosen: to.add},
		widgets.MenuItem{Label: "Manage connections…", Note: chord{pageNumber(PageConnections), ctrl}.label(runtime.GOOS == "darwin"), OnChosen: to.manage},
	)
}

// noInstanceID is said of an instance that no request can name.
const noInstanceID = "The service gives it no id: nothing can be asked of it"

// instanceItems lists the instances with the word and the colour that mark
// them, and below them what can be done about a list that is not right.
func instanceItems(s *Session, now time.Time) []widgets.MenuItem {
	list, loading, err := s.Instances()
	chosen := s.Place().Instance.ID
	items := make([]widgets.MenuItem, 0, len(list)+1)
	for _, in := range list {
		environment := in.Environment()
		if !in.Addressable() {
			items = append(items, widgets.MenuItem{Label: in.Label(), Note: noInstanceID, Disabled: true})
			continue
		}
		items = append(items, widgets.MenuItem{
			Label: in.Label(), Note: guardedNote(s.GuardOf(in), instanceNote(in, now), now),
			Badge: words.Environment(environment), Tone: environmentTone(environment),
			Checked:  in.ID == chosen,
			OnChosen: func() { s.ChooseInstance(in.ID) },
		})
	}
	switch {
	case loading:
		items = append(
			items, widgets.MenuItem{Label: "Loading…", Disabled: true, Separate: len(list) > 0},
			widgets.MenuItem{Label: "Stop loading", Note: "Esc", OnChosen: s.Stop},
		)
	case errors.Is(err, tasks.ErrStopped):
		items = append(items, widgets.MenuItem{Label: "Loading was stopped: load the list", Note: "F5", Separate: len(list) > 0, OnChosen: s.Reload})
	case err != nil:
		items = append(items, widgets.MenuItem{Label: "Not loaded: try again", Separate: len(list) > 0, OnChosen: s.Reload})
	case len(list) == 0:
		items = append(items, widgets.MenuItem{Label: "No instance is visible to you", Disabled: true})
	default:
		items = append(items, widgets.MenuItem{Label: "Load the list again", Note: "F5", Separate: true, OnChosen: s.Reload})
	}
	return items
}

// guardedNote puts how an instance is guarded before what else matters.
func guardedNote(g GuardState, note string, now time.Time) string {
	if note == "" {
		return guardWord(g, now)
	}
	return guardWord(g, now) + " · " + note
}

// instanceNote says what else matters in choosing: the end of a trial.
func instanceNote(in metadata.Instance, now time.Time) string {
	if in.ExpiresAt.IsZero() {
		return in.Region
	}
	switch left := in.ExpiresAt.Sub(now); {
	case left <= 0:
		return "expired " + in.ExpiresAt.Format(time.DateOnly)
	case left < 24*time.Hour:
		return "expires within a day"
	case left < 31*24*time.Hour:
		return "expires in " + countDays(int(left.Hours()/24))
	default:
		return "until " + in.ExpiresAt.Format(time.DateOnly)
	}
}

func countDays(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}

// zoneItems lists the zones of the window; empty is this computer's.
func zoneItems(chosen string, now time.Time, choose func(name string)) []widgets.MenuItem {
	items := []widgets.MenuItem{{
		Label: zones.Label("", now), Note: "this computer", Checked: chosen == "",
		OnChosen: func() { choose("") },
	}}
	for i, name := range zones.Names(chosen) {
		zone, err := zones.Of(name)
		if err != nil {
			continue // no data for it on this computer
		}
		items = append(items, widgets.MenuItem{
			Label: name, Note: now.In(zone).Format("-07:00"), Checked: name == chosen, Separate: i == 0,
			OnChosen: func() { choose(name) },
		})
	}
	return items
}
