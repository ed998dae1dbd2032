// The timeline's filters as a person sets them: by type, by date, by words.

package ui

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// setFilter shows what another filter lets through, from the top.
func (t *timelinePane) setFilter(f timeline.Filter) {
	t.reaching.Cancel()
	t.filter, t.idle, t.olderErr = f, 0, nil
	t.view.showFilter(f, t.env.Zone())
	t.again()
}

// ToggleType shows a type beside those that are shown, or not any more.
func (t *timelinePane) toggleType(words string) {
	f := t.filter
	if words == typeWords("") {
		words = ""
	}
	f.ToggleType(words)
	t.setFilter(f)
}

func (t *timelinePane) setDates(d timeline.DateFilter) {
	f := t.filter
	f.Dates = d
	t.setFilter(f)
}

// findText is told each change of the box that finds.
func (t *timelinePane) findText(text string) {
	f := t.filter
	f.Text = strings.TrimSpace(text)
	if f.Text != t.filter.Text {
		t.setFilter(f)
	}
}

func (t *timelinePane) clearFilters() {
	t.view.find.SetText("")
	t.setFilter(timeline.Filter{})
}

// typeItems offers the types that are loaded, with their counts.
func (t *timelinePane) typeItems() []widgets.MenuItem {
	items := []widgets.MenuItem{{
		Label: "All types", Checked: len(t.filter.Types) == 0,
		OnChosen: func() {
			f := t.filter
			f.Types = nil
			t.setFilter(f)
		},
	}}
	for i, count := range t.lines.Types {
		name := typeWords(count.Type)
		items = append(items, widgets.MenuItem{
			Label: name, Note: strconv.Itoa(count.Count) + " loaded", Checked: t.filter.HasType(count.Type),
			Separate: i == 0, OnChosen: func() { t.toggleType(name) },
		})
	}
	return items
}

// dateItems offers stretches of time.
func (t *timelinePane) dateItems() []widgets.MenuItem {
	now := t.filter.Dates
	last := func(label string, days int) widgets.MenuItem {
		return widgets.MenuItem{
			Label: label, Checked: now.Kind == timeline.DatesLast && now.Days == days,
			OnChosen: func() { t.setDates(timeline.DateFilter{Kind: timeline.DatesLast, Days: days}) },
		}
	}
	ask := func(label string, kind timeline.DateKind, checked bool) widgets.MenuItem {
		return widgets.MenuItem{Label: label, Checked: checked, OnChosen: func() { t.askDates(kind) }}
	}
	items := []widgets.MenuItem{
		{Label: "All dates", Checked: now.Kind == timeline.DatesAll, OnChosen: func() { t.setDates(timeline.DateFilter{}) }},
		last("Today", 1), last("Last 7 days", 7), last("Last 30 days", 30),
		ask("Last n days…", timeline.DatesLast, now.Kind == timeline.DatesLast && now.Days != 1 && now.Days != 7 && now.Days != 30),
		ask("After a date…", timeline.DatesAfter, now.Kind == timeline.DatesAfter),
		ask("Before a date…", timeline.DatesBefore, now.Kind == timeline.DatesBefore),
		ask("Between two dates…", timeline.DatesBetween, now.Kind == timeline.DatesBetween),
	}
	items[1].Separate, items[5].Separate = true, true
	return items
}

// mostDays bounds what "last n days" takes: a hundred years.
const mostDays = 36_500

// datesCard asks for the ends of a stretch of time.
type datesCard struct {
	kind        timeline.DateKind
	now         time.Time
	zone        *time.Location
	from, until *dateAsk
	days        *widgets.Entry
	problem     *widgets.Text
}

// dateAsk is one date that is asked for, with what it means below.
type dateAsk struct {
	box   *widgets.DateBox
	means *widgets.Text
}

// askDates opens the card of a kind; it begins with what is set.
func (t *timelinePane) askDates(kind timeline.DateKind) {
	c := &datesCard{
		kind: kind, now: t.env.Now(), zone: t.env.Zone(),
		problem: widgets.NewWrappedText("", widgets.RoleProblem),
	}
	body, title := c.body(t.filter.Dates)
	focus := fyne.Focusable(c.days)
	switch {
	case c.from != nil:
		focus = c.from.box.Entry
	case c.until != nil:
		focus = c.until.box.Entry
	}
	t.env.Show(Card{
		Title: title, Body: body, Confirm: "Show these", Focus: focus,
		OnConfirm: func() bool {
			d, problem := c.read()
			if problem != "" {
				c.problem.SetText(problem)
				return false
			}
			t.setDates(d)
			return true
		},
	})
}

func (c *datesCard) body(set timeline.DateFilter) (fyne.CanvasObject, string) {
	note := widgets.NewWrappedText("Dates are written as in every date field: 2026-11-23, 23 Nov, yesterday, now-2d; with a time of day if need be. Times are in "+c.zone.String()+".", widgets.RoleCaption)
	if c.kind == timeline.DatesLast {
		c.days = widgets.NewEntry()
		c.days.SetPlaceHolder("such as 14")
		if set.Days > 0 {
			c.days.SetText(strconv.Itoa(set.Days))
		}
		return widgets.Column(8, widgets.NewText("How many days, today among them", widgets.RoleBody), c.days, c.problem), "The last days"
	}
	column := widgets.Column(8)
	add := func(label string, i forms.Instant) *dateAsk {
		ask := c.ask(i)
		column.Add(widgets.NewText(label, widgets.RoleBody))
		column.Add(ask.box)
		column.Add(ask.means)
		return ask
	}
	title := "Between two dates"
	switch c.kind {
	case timeline.DatesAfter:
		title, c.from = "After a date", add("From this day or moment on", set.From)
	case timeline.DatesBefore:
		title, c.until = "Before a date", add("Before this day or moment", set.Until)
	default:
		c.from = add("From", set.From)
		c.until = add("To, this day included", set.Until)
	}
	column.Add(note)
	column.Add(c.problem)
	return column, title
}

func (c *datesCard) ask(set forms.Instant) *dateAsk {
	ask := &dateAsk{box: widgets.NewDateBox("2026-11-23, yesterday…"), means: widgets.NewWrappedText("", widgets.RoleCaption)}
	ask.box.Entry.SetPlaceHolder(c.now.In(c.zone).Format(time.DateOnly) + ", yesterday, now-2d…")
	ask.box.Entry.OnChanged = func(string) { c.explain(ask) }
	ask.box.Day = func() (day, today time.Time) {
		today = midnight(c.now.In(c.zone))
		if i, p := forms.ReadInstant(ask.box.Entry.Text, c.zone, c.now); p == nil {
			day = midnight(i.At)
		}
		return day, today
	}
	ask.box.OnDay = func(day time.Time) { ask.box.Entry.SetText(day.Format(time.DateOnly)) }
	if !set.At.IsZero() {
		ask.box.Entry.SetText(timeline.InstantWords(set, c.zone))
	}
	c.explain(ask)
	return ask
}

// midnight is a day as calendars take it: midnight UTC.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// explain says what a date means while it is typed.
func (c *datesCard) explain(ask *dateAsk) {
	text := strings.TrimSpace(ask.box.Entry.Text)
	i, p := forms.ReadInstant(text, c.zone, c.now)
	switch {
	case text == "":
		ask.means.SetText("")
	case p != nil:
		ask.means.SetText(p.Text + ".")
	case i.Day:
		ask.means.SetText(i.At.Format("Monday 2 January 2006"))
	default:
		ask.means.SetText(i.At.Format("Monday 2 January 2006, 15:04:05"))
	}
	ask.box.Entry.SetProblem(text != "" && p != nil)
}

// read gives the filter, or what is missing.
func (c *datesCard) read() (timeline.DateFilter, string) {
	d := timeline.DateFilter{Kind: c.kind}
	if c.kind == timeline.DatesLast {
		days, err := strconv.Atoi(strings.TrimSpace(c.days.Text))
		if err != nil || days < 1 || days > mostDays {
			return d, "Write a whole number of days, from 1 to " + strconv.Itoa(mostDays) + "."
		}
		d.Days = days
		return d, ""
	}
	for _, ask := range []struct {
		of *dateAsk
		to *forms.Instant
	}{{c.from, &d.From}, {c.until, &d.Until}} {
		if ask.of == nil {
			continue
		}
		i, p := forms.ReadInstant(ask.of.box.Entry.Text, c.zone, c.now)
		if p != nil {
			return d, p.Text + "."
		}
		*ask.to = i
	}
	if c.kind == timeline.DatesBetween && !d.From.At.Before(d.Until.Next()) {
		return d, "The first date is after the second. Swap them."
	}
	return d, ""
}
