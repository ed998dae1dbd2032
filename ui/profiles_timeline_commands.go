// What can be done with a timeline by name, and by key.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

const groupTimeline = "Timeline"

// Commands lists what can be done with the timeline; the page has them among its
// own.
func (t *timelinePane) Commands() []command {
	with := func(title string, run func(), chords ...chord) command {
		return command{group: groupTimeline, title: title, run: t.upFront(run), chords: chords, why: t.cannotShow}
	}
	ofRow := func(title string, run func(*timeline.Row)) command {
		return command{group: groupTimeline, title: title, why: t.noRow, run: t.upFront(func() { run(t.chosen()) })}
	}
	menu := func(title string, at **widgets.Button, items func() []widgets.MenuItem) command {
		return with(title, func() { widgets.ShowMenuBelow(*at, items()) })
	}
	v := t.view
	list := []command{
		with("Find in the timeline", t.Find, chord{fyne.KeyT, ctrl | fyne.KeyModifierShift}),
		with("Go to the activities", func() { t.env.Window.Canvas().Focus(v.list) }),
		menu("Filter the timeline by type", &v.types, t.typeItems),
		menu("Filter the timeline by date", &v.dates, t.dateItems),
		with("Activities after a date…", func() { t.askDates(timeline.DatesAfter) }),
		with("Activities before a date…", func() { t.askDates(timeline.DatesBefore) }),
		with("Activities between two dates…", func() { t.askDates(timeline.DatesBetween) }),
		with("Activities of the last n days…", func() { t.askDates(timeline.DatesLast) }),
		with("Clear all filters", t.clearFilters),
		with("Load older activities", t.reachMore),
		menu("How often the profile is watched", &v.watch, t.watchItems),
		with("Watch the profile, or stop watching", t.toggleWatch),
		with("Look for new activities now", t.lookNow),
		{group: groupTimeline, title: "Show what came in", run: t.upFront(t.showArrived), why: t.nothingNew},
		{group: groupTimeline, title: "Mark what came in as seen", run: t.seeArrived, why: t.nothingNew},
		ofRow("Open or close the activity", t.toggleRow),
		ofRow("Copy the activity for a table", t.copyRow),
		ofRow("Copy the activity as JSON", t.copyJSON),
		menu("Copy from the timeline", &v.copy, t.copyItems),
		with("Copy all shown activities as CSV", t.copyShown),
		with("Copy a summary for a ticket…", t.CopySummary),
	}
	if t.acts.OpenAsNew != nil {
		asNew := ofRow("Open the activity as new", t.openAsNew)
		asNew.why = t.noNew
		list = append(list, asNew)
	}
	if t.acts.Compare != nil {
		compare := ofRow("Compare the activity with what was sent", t.compare)
		compare.why = t.notSent
		list = append(list, compare)
	}
	return list
}

// upFront is an action that shows the timeline first.
func (t *timelinePane) upFront(run func()) func() {
	return func() {
		if t.acts.Front != nil {
			t.acts.Front()
		}
		run()
	}
}

func (t *timelinePane) toggleRow(row *timeline.Row) {
	switch {
	case row == nil:
	case row.Key == t.opened:
		t.close()
	default:
		t.showOpen(row)
	}
}

func (t *timelinePane) cannotShow() string {
	if t.customer.ID == "" || !t.all.Begun {
		return "No timeline is shown"
	}
	return ""
}

func (t *timelinePane) noRow() string {
	if t.chosen() == nil {
		return "No activity is chosen"
	}
	return ""
}

func (t *timelinePane) notSent() string {
	if row := t.chosen(); row != nil && row.Sent.EntryID == "" {
		return "It was not sent from here"
	}
	return t.noRow()
}

func (t *timelinePane) noNew() string {
	row := t.chosen()
	if row == nil {
		return "No activity is chosen"
	}
	if _, can := t.source(row); !can {
		return "Its entity receives no activities"
	}
	return ""
}

func (t *timelinePane) nothingNew() string {
	if _, count, _ := t.arrivals(); count == 0 {
		return "Nothing came in"
	}
	return ""
}
