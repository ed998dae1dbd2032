// This file is DateBox: an entry for a date as people write it, with a calendar.

package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// DateBox is an entry whose F4, and the button at its end, open a calendar. What
// is typed is read by its owner.
type DateBox struct {
	widget.BaseWidget

	// Entry is where the date is typed.
	Entry *Entry
	// Day gives the day that is typed and today, both midnight UTC, for the
	// calendar to begin at; day is zero where none is.
	Day func() (day, today time.Time)
	// OnDay is called with the day that was chosen, midnight UTC.
	OnDay func(day time.Time)

	button  *Button
	content fyne.CanvasObject
}

var _ fyne.Widget = (*DateBox)(nil)

// NewDateBox makes an empty box.
func NewDateBox(placeholder string) *DateBox {
	b := &DateBox{Entry: NewEntry()}
	b.Entry.SetPlaceHolder(placeholder)
	b.Entry.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name != fyne.KeyF4 {
			return false
		}
		b.openCalendar()
		return true
	}
	b.button = NewIconButton(theme.CalendarIcon(), "Choose a day (F4)", b.openCalendar)
	b.content = Row(4, Grow(b.Entry), b.button)
	b.ExtendBaseWidget(b)
	return b
}

func (b *DateBox) openCalendar() {
	day, today := time.Time{}, time.Time{}
	if b.Day != nil {
		day, today = b.Day()
	}
	calendar := NewCalendar(day, today)
	calendar.OnChosen = func(day time.Time) {
		focus(b.Entry)
		if b.OnDay != nil {
			b.OnDay(day)
		}
	}
	showCalendarBelow(b.Entry, calendar)
}

// CreateRenderer makes the renderer.
func (b *DateBox) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }
