// What the timeline pane looks like: counts by type, filters, the list, the open
// row, and what is said around them.

package ui

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/assets"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/words"
)

// typeIcon is the round icon of a type or a person.
type typeIcon = widgets.RoundMark

func newTypeIcon(side float32) *typeIcon { return widgets.NewRoundMark(side) }

// timelineView holds the pane's widgets. It decides nothing.
type timelineView struct {
	pane *timelinePane

	tally   *widgets.Tally
	watch   *widgets.Button
	find    *widgets.Entry
	types   *widgets.Button
	dates   *widgets.Button
	copy    *widgets.Button
	chips   *fyne.Container
	note    *widgets.Text // what the service does not do, or why the watch rests
	list    *widgets.Timeline
	state   *widgets.StatePanel
	detail  *timelineDetail
	arrival *timelineArrival
	foot    *widgets.Value
	content fyne.CanvasObject

	drawn string // the words in view that depend on the clock, as drawn last
}

func newTimelineView(t *timelinePane) *timelineView {
	v := &timelineView{
		pane:  t,
		tally: widgets.NewTally(),
		find:  widgets.NewEntry(),
		chips: widgets.Row(6),
		note:  widgets.NewWrappedText("", widgets.RoleCaption),
		foot:  widgets.NewLineValue("", widgets.RoleMuted),
	}
	v.tally.OnToggled = t.toggleType
	v.watch = widgets.NewMenuButton("", func() { widgets.ShowMenuBelow(v.watch, t.watchItems()) })
	v.types = widgets.NewMenuButton("Type: all", func() { widgets.ShowMenuBelow(v.types, t.typeItems()) })
	v.dates = widgets.NewMenuButton("All dates", func() { widgets.ShowMenuBelow(v.dates, t.dateItems()) })
	v.copy = widgets.NewMenuButton("Copy", func() { widgets.ShowMenuBelow(v.copy, t.copyItems()) })
	v.find.SetPlaceHolder("Find in the timeline…")
	v.find.OnChanged = t.findText
	v.find.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name != fyne.KeyDown && key.Name != fyne.KeyReturn && key.Name != fyne.KeyEnter {
			return false
		}
		t.env.Window.Canvas().Focus(v.list)
		return true
	}
	v.list = widgets.NewTimeline(v.model())
	v.detail = newTimelineDetail(t)
	v.arrival = newTimelineArrival(t)
	v.bindList()
	v.content = v.layOut(t.env)
	return v
}

// layOut puts counts and the watch above the filters, and the open row below
// the list.
func (v *timelineView) layOut(env *Env) fyne.CanvasObject {
	v.state = newStatePanel(env, widgets.Pad(2, 8, 0, 8, v.list))
	counts := widgets.Row(12, widgets.Grow(v.tally), v.watch)
	filters := widgets.Row(8, widgets.Grow(v.find), v.types, v.dates, v.copy)
	v.chips.Hide()
	v.note.Hide()
	bar := widgets.NewArea(widgets.ColorPanel, widgets.Column(0,
		widgets.Pad(8, 16, 10, 12, widgets.Column(8, counts, widgets.Pad(0, 0, 0, 4, widgets.Column(8, filters, v.chips, v.note)))), widgets.NewRule()))
	return container.New(timelineLayout{}, bar, v.state, v.detail.content, v.arrival.content)
}

// timelineLayout gives the open row, if there is one, half of what is
// left below the bar, and the list the rest. What is announced stands at the end.
type timelineLayout struct{}

const (
	openShare = 0.5
	openLeast = 180
	openMost  = 380
	listLeast = 104 // of the list beside an open row: two rows
)

// MinSize is that of the bar, a few rows and what is announced.
func (timelineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var need fyne.Size
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			need = fyne.NewSize(max(need.Width, m.Width), need.Height+m.Height)
		}
	}
	return need
}

// Layout places the four.
func (timelineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bar, list, open, announced := objects[0], objects[1], objects[2], objects[3]
	bar.Resize(fyne.NewSize(size.Width, bar.Size().Height)) // wrapped words know their height by their width
	top, end := bar.MinSize().Height, size.Height
	place := func(o fyne.CanvasObject, height float32) {
		end -= height
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, end))
	}
	if announced.Visible() {
		place(announced, announced.MinSize().Height)
	}
	if open.Visible() {
		rest := end - top
		place(open, min(max(rest*openShare, openLeast), openMost, max(rest-listLeast, rest*openShare)))
	}
	place(list, max(0, end-top))
	place(bar, top)
}

func (v *timelineView) model() widgets.TimelineModel {
	t := v.pane
	return widgets.TimelineModel{
		Lines: func() int {
			if len(t.lines.Items) == 0 {
				return 0
			}
			return len(t.lines.Items) + 1 // the tail
		},
		Kind: func(line int) widgets.TimelineKind {
			switch {
			case line >= len(t.lines.Items):
				return widgets.TimelineTail
			case t.lines.Items[line].Row == nil:
				return widgets.TimelineHeading
			default:
				return widgets.TimelineEntryLine
			}
		},
		Words: func(line int) string {
			if line >= len(t.lines.Items) {
				words, _ := t.tailWords()
				return words
			}
			return t.lines.Items[line].Heading
		},
		Entry: func(line int) widgets.TimelineEntry {
			return entryOf(t.lines.Items[line].Row, t.env.Now(), t.env.Zone())
		},
		ID: func(line int) string { return t.lines.Items[line].Row.Key },
	}
}

// entryOf is a row as it is drawn.
func entryOf(row *timeline.Row, now time.Time, zone *time.Location) widgets.TimelineEntry {
	e := widgets.TimelineEntry{Type: row.Type, Title: row.Headline(), When: row.When(now, zone), Detail: row.Subline()}
	if row.Sent.EntryID == "" {
		e.Badges = append(e.Badges, widgets.TimelineBadge{Text: timeline.OriginWords(row.Sent)})
	} else {
		e.Badges = append(e.Badges, widgets.TimelineBadge{Text: timeline.OriginWords(row.Sent), Tone: widgets.ToneInfo})
		if life, tone := lifeBadge(row.Sent.Life, now, zone); life != "" {
			e.Badges = append(e.Badges, widgets.TimelineBadge{Text: life, Tone: tone})
		}
	}
	if row.New {
		e.Badges = append(e.Badges, widgets.TimelineBadge{Text: "new", Tone: widgets.ToneSuccess})
	}
	return e
}

func (v *timelineView) bindList() {
	t, l := v.pane, v.list
	l.OnMoved = t.moved
	l.OnOpened = t.openLine
	l.OnTail = func() {
		if _, act := t.tailWords(); act {
			t.reachMore()
		}
	}
	l.OnMenu = func(line int, at fyne.Position) { widgets.ShowMenu(l, at, t.rowItems(t.row(line))) }
	l.OnCopy = func(line int) { t.copyRow(t.row(line)) }
	l.OnScrolled = func(int, int) { t.reachOn() }
	l.OnRune = func(r rune) bool {
		if r == '?' {
			return false
		}
		t.env.Window.Canvas().Focus(v.find)
		v.find.TypedRune(r)
		return true
	}
}

// showLines follows the pane's lines; the list itself is reloaded by its owner.
func (v *timelineView) showLines() {
	t := v.pane
	items := make([]widgets.TallyItem, len(t.lines.Types))
	for i, count := range t.lines.Types {
		items[i] = widgets.TallyItem{Name: typeWords(count.Type), Count: count.Count, On: t.filter.HasType(count.Type)}
	}
	v.tally.SetItems(items)
	v.showState()
	if t.opened != "" && t.store.Known[t.opened] == nil {
		t.close()
	}
}

// showState says why there is nothing to see, where there is nothing.
func (v *timelineView) showState() {
	t := v.pane
	switch {
	case !t.all.Begun:
	case t.lines.Shown > 0 || t.reaching.Running() && t.filter.On():
		v.state.ShowContent()
	case t.filter.On() && t.canReach():
		v.state.ShowEmpty("Nothing matches among the "+words.Counted(t.lines.Of, "activity", "activities")+" loaded",
			"Older ones were not loaded yet.", "Load older activities", t.reachMore)
	case t.filter.On():
		v.state.ShowEmpty("Nothing matches the filters", "", "Clear all filters", t.clearFilters)
	default:
		v.state.ShowEmpty("No activities yet",
			"What the profile receives is listed here as soon as the service shows it. A type that is hidden from the timeline is not given by the service either.", "", nil)
	}
}

func (v *timelineView) showTail() {
	v.showState()
	v.list.Rebind()
}

// showFilter shows the filters as chips, each with a way to take it away.
func (v *timelineView) showFilter(f timeline.Filter, zone *time.Location) {
	v.chips.Objects = nil
	chip := func(words string, drop func()) {
		b := widgets.NewButton(words, drop)
		b.SetIcon(assets.IconClose())
		b.SetCompact(true)
		b.SetTip("Take this filter away")
		v.chips.Add(b)
	}
	for _, kind := range f.Types {
		chip(typeWords(kind), func() { v.pane.toggleType(typeWords(kind)) })
	}
	if words := f.Dates.Words(zone); words != "" {
		chip(words, func() { v.pane.setDates(timeline.DateFilter{}) })
	}
	if len(v.chips.Objects) > 0 {
		v.chips.Add(widgets.NewLinkButton("Clear all filters", v.pane.clearFilters))
	}
	v.chips.Hidden = len(v.chips.Objects) == 0
	v.types.SetText("Type: " + typesWords(f.Types))
	v.dates.SetText(datesWords(f.Dates, zone))
	v.content.Refresh()
}

func typesWords(kinds []string) string {
	switch len(kinds) {
	case 0:
		return "all"
	case 1:
		return typeWords(kinds[0])
	default:
		return strconv.Itoa(len(kinds))
	}
}

func datesWords(d timeline.DateFilter, zone *time.Location) string {
	words := d.Words(zone)
	if words == "" {
		return "All dates"
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// typeWords name a type; there are rows that have none.
func typeWords(kind string) string {
	if kind == "" {
		return "no type"
	}
	return kind
}

// setNote says something above the list; empty: nothing.
func (v *timelineView) setNote(words string) {
	if v.note.Text() == words {
		return
	}
	v.note.SetText(words)
	v.note.Hidden = words == ""
	v.content.Refresh()
}

// passTime draws the rows in view again where words that count from now have
// changed.
func (v *timelineView) passTime() {
	now, zone := v.pane.env.Now(), v.pane.env.Zone()
	if drawn := v.clockWords(now, zone); drawn != v.drawn {
		v.drawn = drawn
		v.list.Rebind()
		v.arrival.show(v.pane.arrivalWords())
		if row := v.pane.openRow(); row != nil {
			v.detail.about.SetText(v.pane.aboutRow(row))
		}
	}
}

func (v *timelineView) clockWords(now time.Time, zone *time.Location) string {
	var b strings.Builder
	first, end := v.list.InView()
	for line := first; line < end; line++ {
		if row := v.pane.row(line); row != nil {
			life, _ := lifeBadge(row.Sent.Life, now, zone)
			b.WriteString(words.RelativeTime(row.At, now) + "\n" + life + "\n")
		}
	}
	return b.String()
}
