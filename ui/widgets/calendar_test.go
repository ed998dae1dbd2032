package widgets_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func showCalendar(t *testing.T, chosen time.Time) (fyne.Canvas, *widgets.Calendar) {
	t.Helper()
	calendar := widgets.NewCalendar(chosen, day(2026, time.November, 23))
	calendar.SetWeekStart(time.Monday)
	c, _ := show(t, fyne.NewSize(400, 400), widgets.Row(0, calendar))
	c.Focus(calendar)
	return c, calendar
}

func TestACalendarIsUsedByKey(t *testing.T) {
	for _, step := range []struct {
		name string
		from time.Time
		keys []fyne.KeyName
		want time.Time
	}{
		{"today where nothing is chosen", time.Time{}, nil, day(2026, 11, 23)},
		{"arrows", day(2026, 11, 23), []fyne.KeyName{fyne.KeyRight, fyne.KeyDown, fyne.KeyLeft, fyne.KeyUp, fyne.KeyUp}, day(2026, 11, 16)},
		{"over the month's end", day(2026, 11, 30), []fyne.KeyName{fyne.KeyRight}, day(2026, 12, 1)},
		{"a longer month gives way", day(2026, 1, 31), []fyne.KeyName{fyne.KeyPageDown}, day(2026, 2, 28)},
		{"months back over the year", day(2026, 1, 15), []fyne.KeyName{fyne.KeyPageUp}, day(2025, 12, 15)},
		{"the ends of the week", day(2026, 11, 25), []fyne.KeyName{fyne.KeyHome}, day(2026, 11, 23)},
		{"the ends of the week", day(2026, 11, 25), []fyne.KeyName{fyne.KeyEnd}, day(2026, 11, 29)},
		{"the first day that can be", day(1, 1, 2), []fyne.KeyName{fyne.KeyLeft, fyne.KeyLeft, fyne.KeyPageUp}, day(1, 1, 1)},
		{"the last day that can be", day(9999, 12, 31), []fyne.KeyName{fyne.KeyRight, fyne.KeyPageDown}, day(9999, 12, 31)},
	} {
		c, calendar := showCalendar(t, step.from)
		press(c, step.keys...)
		if !calendar.Day().Equal(step.want) {
			t.Errorf("%s: %v", step.name, calendar.Day())
		}
		var got time.Time
		calendar.OnChosen = func(day time.Time) { got = day }
		press(c, fyne.KeyReturn)
		if !got.Equal(step.want) {
			t.Errorf("%s: chose %v", step.name, got)
		}
	}
}

func TestACalendarGoesToTodayOnT(t *testing.T) {
	c, calendar := showCalendar(t, day(2020, 1, 1))
	c.Focused().TypedRune('t')
	if !calendar.Day().Equal(day(2026, 11, 23)) || calendar.Title() != "November 2026" {
		t.Errorf("at %v, shows %s", calendar.Day(), calendar.Title())
	}
}

func TestADayIsChosenByATap(t *testing.T) {
	_, calendar := showCalendar(t, day(2026, 11, 23))
	var got time.Time
	calendar.OnChosen = func(day time.Time) { got = day }
	// The first row of the days begins with Monday, 26 October; the second
	// column of the second row is 3 November.
	calendar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(34+10, 52+27+10)})
	if !got.Equal(day(2026, 11, 3)) {
		t.Errorf("chose %v", got)
	}
	calendar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(15, 15)})
	if calendar.Title() != "October 2026" {
		t.Errorf("shows %s", calendar.Title())
	}
	calendar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(225, 15)})
	calendar.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -5)})
	if calendar.Title() != "December 2026" {
		t.Errorf("shows %s", calendar.Title())
	}
}

func TestF4OpensTheCalendarOfADateAndKeepsItsTime(t *testing.T) {
	c, view, form := showKinds(t)
	form.SetText("At", "2026-11-23 14:05")
	view.Sync()
	view.FocusField("At")
	press(c, fyne.KeyF4)
	if _, ok := c.Focused().(*widgets.Calendar); !ok {
		t.Fatalf("the cursor is in %T", c.Focused())
	}
	press(c, fyne.KeyDown, fyne.KeyReturn)
	if form.Text("At") != "2026-11-30 14:05" || view.FocusedField() != "At" || c.Overlays().Top() != nil {
		t.Errorf("the form has %q, the cursor in %q", form.Text("At"), view.FocusedField())
	}
	press(c, fyne.KeyF4)
	press(c, fyne.KeyDown, fyne.KeyEscape)
	if form.Text("At") != "2026-11-30 14:05" || view.FocusedField() != "At" || c.Overlays().Top() != nil {
		t.Errorf("after Escape the form has %q", form.Text("At"))
	}
	view.FocusField("Text")
	press(c, fyne.KeyF4)
	if c.Overlays().Top() != nil {
		t.Error("a text opened a calendar")
	}
}

func TestTheCalendarsIconOpensItWithTheMouse(t *testing.T) {
	c, view, form := showKinds(t)
	d := fyne.CurrentApp().Driver()
	for _, b := range all[wordedTool](view) {
		if b.Text() == "Today" {
			test.TapCanvas(c, d.AbsolutePositionForObject(b).AddXY(-10, 12)) // the icon stands before it
		}
	}
	calendar, ok := c.Focused().(*widgets.Calendar)
	if !ok {
		t.Fatalf("the cursor is in %T", c.Focused())
	}
	test.LaidOutObjects(c.Overlays().Top())
	test.TapCanvas(c, d.AbsolutePositionForObject(calendar).AddXY(34*3+10, 52+27*2+10))
	if form.Text("Date") == "" || form.Problem("Date") != nil || c.Overlays().Top() != nil || view.FocusedField() != "Date" {
		t.Errorf("the form has %q, the cursor in %q", form.Text("Date"), view.FocusedField())
	}
}
