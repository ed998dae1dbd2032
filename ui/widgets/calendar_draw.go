// This file draws a Calendar, and says with which day weeks begin.

package widgets

import (
	"image/color"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const (
	calendarCell   = 34 // width of a day
	calendarRow    = 27 // its height
	calendarHead   = 30 // the month
	calendarDays   = 22 // names of the weekdays
	calendarFoot   = 20 // the keys
	calendarArrow  = 40 // where a tap turns the month
	calendarWidth  = 7 * calendarCell
	calendarWeeks  = 6
	calendarHeight = calendarHead + calendarDays + calendarWeeks*calendarRow + calendarFoot
)

// cellAt is the day's place under a point; -1: none.
func cellAt(at fyne.Position) int {
	column, row := int(at.X/calendarCell), int((at.Y-calendarHead-calendarDays)/calendarRow)
	if at.X < 0 || column > 6 || at.Y < calendarHead+calendarDays || row >= calendarWeeks {
		return -1
	}
	return row*7 + column
}

// CreateRenderer makes the renderer.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{calendar: c}
	text := func() *canvas.Text {
		t := canvas.NewText("", color.Transparent)
		t.Alignment = fyne.TextAlignCenter
		r.objects = append(r.objects, t)
		return t
	}
	for _, box := range []**canvas.Rectangle{&r.hover, &r.chosen, &r.today, &r.cursor} {
		*box = canvas.NewRectangle(color.Transparent)
		(*box).CornerRadius = 5
		r.objects = append(r.objects, *box)
	}
	r.back, r.forth = canvas.NewImageFromResource(nil), canvas.NewImageFromResource(nil)
	r.objects = append(r.objects, r.back, r.forth)
	r.title, r.foot = text(), text()
	for i := range r.names {
		r.names[i] = text()
	}
	for i := range r.days {
		r.days[i] = text()
	}
	r.paint()
	return r
}

type calendarRenderer struct {
	calendar                     *Calendar
	hover, chosen, today, cursor *canvas.Rectangle
	back, forth                  *canvas.Image
	title, foot                  *canvas.Text
	names                        [7]*canvas.Text
	days                         [7 * calendarWeeks]*canvas.Text
	objects                      []fyne.CanvasObject
}

func (r *calendarRenderer) Destroy()                     {}
func (r *calendarRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *calendarRenderer) MinSize() fyne.Size           { return fyne.NewSize(calendarWidth, calendarHeight) }

func (r *calendarRenderer) Layout(fyne.Size) {
	put := func(t *canvas.Text, x, y, width, height float32) {
		need := t.MinSize().Height
		t.Resize(fyne.NewSize(width, need))
		t.Move(fyne.NewPos(x, y+(height-need)/2))
	}
	put(r.title, 0, 0, calendarWidth, calendarHead)
	for i, arrow := range []*canvas.Image{r.back, r.forth} {
		const side = 18
		arrow.Resize(fyne.NewSquareSize(side))
		arrow.Move(fyne.NewPos(8+float32(i)*(calendarWidth-side-16), (calendarHead-side)/2))
	}
	for i, name := range r.names {
		put(name, float32(i)*calendarCell, calendarHead, calendarCell, calendarDays)
	}
	for i, day := range r.days {
		at := cellPosition(i)
		put(day, at.X, at.Y, calendarCell, calendarRow)
	}
	put(r.foot, 0, calendarHeight-calendarFoot, calendarWidth, calendarFoot)
}

func cellPosition(cell int) fyne.Position {
	return fyne.NewPos(float32(cell%7)*calendarCell, calendarHead+calendarDays+float32(cell/7)*calendarRow)
}

// mark puts a box around a day, or hides it where the day is not shown.
func (r *calendarRenderer) mark(box *canvas.Rectangle, cell int) {
	if cell < 0 || cell >= len(r.days) {
		box.Hide()
		return
	}
	box.Resize(fyne.NewSize(calendarCell-4, calendarRow-3))
	box.Move(cellPosition(cell).AddXY(2, 1.5))
	box.Show()
}

func (r *calendarRenderer) Refresh() {
	r.paint()
	r.Layout(fyne.Size{})
	for _, o := range r.objects {
		o.Refresh()
	}
	canvas.Refresh(r.calendar)
}

func (r *calendarRenderer) paint() {
	c := r.calendar
	top := c.top()
	cellOf := func(day time.Time) int {
		if day.IsZero() {
			return -1
		}
		return int(day.Sub(top).Hours() / 24)
	}
	r.mark(r.hover, c.hover)
	r.mark(r.today, cellOf(c.today))
	r.mark(r.chosen, cellOf(c.chosen))
	r.mark(r.cursor, cellOf(c.day))
	r.hover.FillColor = colorOf(c, theme.ColorNameHover)
	r.chosen.FillColor = colorOf(c, ColorSelected)
	r.today.StrokeColor, r.today.StrokeWidth = colorOf(c, ColorBorder), 1
	r.cursor.StrokeColor, r.cursor.StrokeWidth = colorOf(c, theme.ColorNamePrimary), 2
	paintIcon(r.back, theme.NavigateBackIcon(), theme.ColorNameForeground)
	paintIcon(r.forth, theme.NavigateNextIcon(), theme.ColorNameForeground)
	r.write(top)
}

// write fills in the words and numbers.
func (r *calendarRenderer) write(top time.Time) {
	c := r.calendar
	size, small := sizeOf(c, theme.SizeNameText), sizeOf(c, SizeSmall)
	set := func(t *canvas.Text, text string, size float32, ink fyne.ThemeColorName) {
		t.TextSize, t.Color = size, colorOf(c, ink)
		setText(t, text)
	}
	r.title.TextStyle.Bold = true
	set(r.title, c.Title(), size, theme.ColorNameForeground)
	set(r.foot, "Page keys: month · T: today · Enter", small, ColorMuted)
	for i, name := range r.names {
		set(name, top.AddDate(0, 0, i).Weekday().String()[:2], small, ColorMuted)
	}
	for i, text := range r.days {
		day, ink := top.AddDate(0, 0, i), theme.ColorNameForeground
		if day.Month() != c.day.Month() {
			ink = ColorMuted
		}
		text.TextStyle.Bold = day.Equal(c.today)
		set(text, strconv.Itoa(day.Day()), size, ink)
	}
}

// The regions where weeks do not begin on Monday, as the Common Locale Data
// Repository has them.
const (
	sundayRegions = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE " +
		"PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
	saturdayRegions = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"
)

// weekStart is the first day of the week in a locale such as en-US or
// zh-Hans-CN; Monday, as in ISO 8601, where it names no region.
func weekStart(locale string) time.Weekday {
	parts := strings.FieldsFunc(locale, func(r rune) bool { return r == '-' || r == '_' })
	for i, part := range parts {
		switch {
		case i == 0 || len(part) != 2: // the language, a script
		case strings.Contains(sundayRegions, strings.ToUpper(part)):
			return time.Sunday
		case strings.Contains(saturdayRegions, strings.ToUpper(part)):
			return time.Saturday
		}
	}
	return time.Monday
}
