// What the timeline pane says of itself: how much is loaded and how old it is,
// what came in, and what the service does not do.

package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// say brings foot and note up to date.
func (t *timelinePane) say() {
	t.view.setNote(t.noteWords())
	if t.view.arrival.show(t.arrivalWords()) {
		t.view.content.Refresh()
	}
	switch {
	case !t.all.Begun:
		t.view.foot.SetText("")
	case t.old != nil:
		t.view.foot.SetRole(widgets.RoleWarning)
		t.view.foot.SetText("Old, loaded " + t.loadedWords() + ", F5 reads it again. " + words.Explain(t.old).What)
	case t.reading.Running():
		t.SayReading()
	case t.copying.Running():
		t.view.foot.SetRole(widgets.RoleMuted)
		t.view.foot.SetText("Copying " + words.Counted(t.lines.Shown, "activity", "activities") + "… Esc stops it")
	default:
		t.view.foot.SetRole(widgets.RoleMuted)
		t.view.foot.SetText(t.countWords() + " · loaded " + t.loadedWords() + " · real-time activities do not change segments, measures or exports")
	}
}

func (t *timelinePane) loadedWords() string {
	return words.ShortTime(t.loadedAt, t.env.Now(), t.env.Zone())
}

// countWords say how many are shown of those that are loaded. Where older ones
// may follow, no number is called the whole.
func (t *timelinePane) countWords() string {
	words := words.Counted(t.lines.Of, "activity", "activities")
	if t.filter.On() {
		words = strconv.Itoa(t.lines.Shown) + " of " + words
	}
	if t.canReach() || t.segment().Limited {
		return words + " loaded, there may be older ones"
	}
	return words
}

// noteWords say what is slower or does not go on, and why.
func (t *timelinePane) noteWords() string {
	var words []string
	if t.all.Begun {
		if t.canReach() || t.segment().Limited {
			words = append(words, t.dialect().Words())
		}
		words = append(words, t.watchTrouble())
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// arrivals counts the rows that came in and were not looked at, and how many of
// them the filters hide.
func (t *timelinePane) arrivals() (newest *timeline.Row, count, hidden int) {
	m := t.filter.Matcher(t.env.Now(), t.env.Zone())
	for _, key := range t.watch.arrived {
		row := t.store.Known[key]
		if row == nil || !row.New {
			continue
		}
		count++
		if newest == nil || row.At.After(newest.At) {
			newest = row
		}
		if !m.Within.Has(row.At) || m.Types != nil && !m.Types[row.Type] || !m.Finds(row) {
			hidden++
		}
	}
	return newest, count, hidden
}

// arrivalWords announce what came in; empty: nothing that was not looked at.
func (t *timelinePane) arrivalWords() string {
	newest, count, hidden := t.arrivals()
	if count == 0 {
		return ""
	}
	words := words.Counted(count, "new activity", "new activities")
	if hidden > 0 { // first: what is last is cut where there is little room
		words += " (the filters hide " + strconv.Itoa(hidden) + ")"
	}
	if count > 1 {
		words += ", the newest"
	}
	return words + ": " + newest.Headline() + ", " + newest.When(t.env.Now(), t.env.Zone())
}

// showArrived goes to what came in, over filters that hide it.
func (t *timelinePane) showArrived() {
	newest, _, hidden := t.arrivals()
	if newest == nil {
		return
	}
	if hidden > 0 {
		t.clearFilters()
	}
	for line, item := range t.lines.Items {
		if item.Row == newest {
			t.view.list.ShowTop()
			t.view.list.Reveal(line)
		}
	}
}

// seeArrived takes all marks of what came in away.
func (t *timelinePane) seeArrived() {
	for _, key := range t.watch.arrived {
		if row := t.store.Known[key]; row != nil {
			row.New = false
		}
	}
	t.watch.arrived = nil
	t.view.list.Rebind()
	t.say()
}

// saw takes the mark of one row away: somebody looks at it.
func (t *timelinePane) saw(row *timeline.Row) {
	if row == nil || !row.New {
		return
	}
	row.New = false
	t.view.list.Rebind()
	t.say()
}

// timelineArrival is the line below the list that announces what came in. It
// takes its room from the end of the list, so that nothing moves that is read.
type timelineArrival struct {
	words   *widgets.Text
	content *fyne.Container
}

func newTimelineArrival(t *timelinePane) *timelineArrival {
	a := &timelineArrival{words: widgets.NewEllipsisText("", widgets.RoleBody)}
	line := widgets.Row(10, widgets.NewBadge("new", widgets.ToneSuccess), widgets.Grow(a.words),
		widgets.NewLinkButton("Show what came in", t.showArrived), widgets.NewLinkButton("Seen", t.seeArrived))
	a.content = widgets.Column(0, widgets.NewRule(), widgets.NewArea(widgets.ColorPanel, widgets.Pad(5, 16, 5, 16, line)))
	a.content.Hide()
	return a
}

// show announces something, or nothing; it answers whether its height changed.
func (a *timelineArrival) show(words string) bool {
	hidden := words == ""
	changed := a.content.Hidden != hidden
	a.words.SetText(words)
	a.content.Hidden = hidden
	return changed
}
