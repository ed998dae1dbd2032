// This file is Calendar: a month to choose a day from, wholly by key or by
// mouse. Fyne's own is made of buttons and knows no keys.

package widgets

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// Calendar shows a month. Arrows go by days and weeks, Page Up and Page Down by
// months (with Shift by years), Home and End to the ends of the week, T to
// today; Enter and Space choose. Days are midnight UTC.
type Calendar struct {
	widget.BaseWidget

	// OnChosen is told the day that a person chose.
	OnChosen func(day time.Time)

	chosen time.Time // zero: none
	today  time.Time
	day    time.Time // where the keys are
	first  time.Weekday
	hover  int // a cell; -1: none
}

var (
	_ fyne.Widget        = (*Calendar)(nil)
	_ fyne.Focusable     = (*Calendar)(nil)
	_ fyne.Tappable      = (*Calendar)(nil)
	_ fyne.Scrollable    = (*Calendar)(nil)
	_ desktop.Hoverable  = (*Calendar)(nil)
	_ desktop.Cursorable = (*Calendar)(nil)
)

// NewCalendar makes a calendar that begins at the chosen day, or at today where
// chosen is zero. Weeks begin as the person's region has it.
func NewCalendar(chosen, today time.Time) *Calendar {
	c := &Calendar{chosen: chosen, today: today, day: chosen, first: regionWeekStart(), hover: -1}
	if chosen.IsZero() {
		c.day = today
	}
	c.ExtendBaseWidget(c)
	return c
}

// regionWeekStart is the first day of the week for this person. Fyne complains
// in the log at each question after a locale that it cannot read.
var regionWeekStart = sync.OnceValue(func() time.Weekday { return weekStart(lang.SystemLocale().String()) })

// SetWeekStart changes the day that weeks begin with.
func (c *Calendar) SetWeekStart(first time.Weekday) {
	c.first = first
	c.Refresh()
}

// Day is the day that the keys are at.
func (c *Calendar) Day() time.Time { return c.day }

// Title names the month that is shown.
func (c *Calendar) Title() string { return c.day.Format("January 2006") }

// goTo moves to a day within the years that a date can have.
func (c *Calendar) goTo(day time.Time) {
	if year := day.Year(); year < 1 || year > 9999 {
		return
	}
	c.day = day
	c.Refresh()
}

// turn goes on by months; the last days of a longer month give way.
func (c *Calendar) turn(months int) {
	first := time.Date(c.day.Year(), c.day.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	c.goTo(first.AddDate(0, 0, min(c.day.Day(), last)-1))
}

func (c *Calendar) choose() {
	c.chosen = c.day
	if c.OnChosen != nil {
		c.OnChosen(c.day)
	}
}

// top is the first day that is shown: the week's start before the month's.
func (c *Calendar) top() time.Time {
	first := time.Date(c.day.Year(), c.day.Month(), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, -c.column(first))
}

// column is a day's place in its week.
func (c *Calendar) column(day time.Time) int { return int(day.Weekday()-c.first+7) % 7 }

// FocusGained does nothing: the day of the keys is marked always.
func (c *Calendar) FocusGained() {}

// FocusLost does nothing.
func (c *Calendar) FocusLost() {}

// TypedRune goes to today on T.
func (c *Calendar) TypedRune(r rune) {
	if r == 't' || r == 'T' {
		c.goTo(c.today)
	}
}

// TypedKey moves and chooses.
func (c *Calendar) TypedKey(key *fyne.KeyEvent) {
	months := 1
	if shiftHeld() {
		months = 12
	}
	switch key.Name {
	case fyne.KeyLeft:
		c.goTo(c.day.AddDate(0, 0, -1))
	case fyne.KeyRight:
		c.goTo(c.day.AddDate(0, 0, 1))
	case fyne.KeyUp:
		c.goTo(c.day.AddDate(0, 0, -7))
	case fyne.KeyDown:
		c.goTo(c.day.AddDate(0, 0, 7))
	case fyne.KeyHome:
		c.goTo(c.day.AddDate(0, 0, -c.column(c.day)))
	case fyne.KeyEnd:
		c.goTo(c.day.AddDate(0, 0, 6-c.column(c.day)))
	case fyne.KeyPageUp:
		c.turn(-months)
	case fyne.KeyPageDown:
		c.turn(months)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.choose()
	default:
		passKey(c, key)
	}
}

// Scrolled turns the month.
func (c *Calendar) Scrolled(e *fyne.ScrollEvent) {
	switch {
	case e.Scrolled.DY > 0:
		c.turn(-1)
	case e.Scrolled.DY < 0:
		c.turn(1)
	}
}

// Tapped chooses a day or turns the month.
func (c *Calendar) Tapped(e *fyne.PointEvent) {
	switch cell := cellAt(e.Position); {
	case cell >= 0:
		c.goTo(c.top().AddDate(0, 0, cell))
		c.choose()
	case e.Position.Y >= calendarHead:
	case e.Position.X < calendarArrow:
		c.turn(-1)
	case e.Position.X > calendarWidth-calendarArrow:
		c.turn(1)
	}
}

// MouseIn marks the day under the mouse.
func (c *Calendar) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved does so too.
func (c *Calendar) MouseMoved(e *desktop.MouseEvent) { c.setHover(cellAt(e.Position)) }

// MouseOut marks none.
func (c *Calendar) MouseOut() { c.setHover(-1) }

// Cursor is a hand.
func (c *Calendar) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (c *Calendar) setHover(cell int) {
	if c.hover != cell {
		c.hover = cell
		c.Refresh()
	}
}

// showCalendarBelow opens a calendar at a field. Esc and a tap beside it close
// it.
func showCalendarBelow(anchor fyne.CanvasObject, calendar *Calendar) {
	over := canvasOf(anchor)
	if over == nil {
		return
	}
	card := newOverlay(over, Pad(8, 10, 8, 10, calendar))
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(anchor)
	card.place = func(window, need fyne.Size) (fyne.Position, fyne.Size) {
		at := pos.AddXY(0, anchor.Size().Height+2)
		if at.Y+need.Height > window.Height && pos.Y-2 > need.Height {
			at.Y = pos.Y - 2 - need.Height
		}
		return placeMenu(window, need, at)
	}
	chosen := calendar.OnChosen
	calendar.OnChosen = func(day time.Time) {
		card.close()
		chosen(day)
	}
	card.show()
	over.Focus(calendar)
}
