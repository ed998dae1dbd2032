// The timeline as a list of which only the visible rows exist: months, and
// activities with their round icon, words and badge.

package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// Heights of the timeline's lines.
const (
	timelineHeadingHeight float32 = 30
	timelineRowHeight     float32 = 46
)

// timelineView shows a profile's activities.
type timelineView struct {
	widget.List
	items []timelineItem
	now   time.Time
	zone  *time.Location
}

var _ fyne.Focusable = (*timelineView)(nil)

func newTimelineView() *timelineView {
	v := &timelineView{zone: time.UTC}
	v.Length = func() int { return len(v.items) }
	v.CreateItem = func() fyne.CanvasObject { return newTimelineLine() }
	v.UpdateItem = v.bind
	v.HideSeparators = true
	v.ExtendBaseWidget(v)
	return v
}

// ShowRows replaces the activities. Now is what relative times count from.
func (v *timelineView) ShowRows(rows []timelineRow, now time.Time, zone *time.Location) {
	v.items, v.now, v.zone = groupByMonth(rows, zone), now, zone
	v.UnselectAll()
	for i, item := range v.items {
		height := timelineRowHeight
		if item.Row == nil {
			height = timelineHeadingHeight
		}
		v.SetItemHeight(i, height)
	}
	v.Refresh()
}

func (v *timelineView) bind(id widget.ListItemID, object fyne.CanvasObject) {
	if id < len(v.items) {
		object.(*timelineLine).bind(v.items[id], v.now, v.zone)
	}
}

// TypedKey moves; what the list does not use goes to the window, as from every
// widget of the desk.
func (v *timelineView) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeySpace:
		v.List.TypedKey(key)
	default:
		if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
			if typed := c.OnTypedKey(); typed != nil {
				typed(key)
			}
		}
	}
}

// timelineLine draws a heading or an activity.
type timelineLine struct {
	widget.BaseWidget
	heading  *widgets.Text
	icon     *typeIcon
	headline *widgets.Text
	when     *widgets.Text
	subline  *widgets.Text
	badge    *widgets.Badge
	row      *fyne.Container
}

func newTimelineLine() *timelineLine {
	l := &timelineLine{
		heading:  widgets.NewText("", widgets.RoleGroup),
		icon:     newTypeIcon(30),
		headline: widgets.NewEllipsisText("", widgets.RoleStrong),
		when:     widgets.NewText("", widgets.RoleMuted),
		subline:  widgets.NewEllipsisText("", widgets.RoleCaption),
		badge:    widgets.NewBadge("", widgets.ToneNeutral),
	}
	l.heading.SetColor(widgets.ColorOnSelected)
	words := container.New(timelineWords{}, l.headline, l.when, l.subline)
	l.row = container.NewBorder(nil, nil, container.NewCenter(l.icon), container.NewCenter(l.badge), widgets.Pad(0, 12, 0, 12, words))
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer stacks the two forms of a line; one of them is shown.
func (l *timelineLine) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(
		widgets.Pad(8, 0, 0, 0, l.heading),
		widgets.Pad(0, 8, 0, 0, l.row),
	))
}

func (l *timelineLine) bind(item timelineItem, now time.Time, zone *time.Location) {
	if item.Row == nil {
		l.heading.SetText(item.Heading)
		l.heading.Show()
		l.row.Hide()
		return
	}
	l.heading.Hide()
	l.icon.SetType(item.Row.Type)
	l.headline.SetText(item.Row.headline())
	l.when.SetText("· " + item.Row.when(now, zone))
	l.subline.SetText(item.Row.subline())
	if item.Row.SentFromHere {
		l.badge.Set("sent from here", widgets.ToneInfo)
	} else {
		l.badge.Set("not sent from here", widgets.ToneNeutral)
	}
	l.row.Show()
	l.row.Refresh()
}

// timelineWords lays the headline and the time beside each other and the rest
// below. The time keeps its width; the headline gets what is left.
type timelineWords struct{}

const timelineWordGap = 5

// MinSize is one word of the headline, the whole time, and two lines.
func (timelineWords) MinSize(objects []fyne.CanvasObject) fyne.Size {
	headline, when, subline := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	return fyne.NewSize(headline.Width+timelineWordGap+when.Width, headline.Height+subline.Height+2)
}

// Layout places the three texts.
func (timelineWords) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	headline, when, subline := objects[0], objects[1], objects[2]
	height, below := headline.MinSize().Height, subline.MinSize().Height
	used := height
	if text, ok := subline.(*widgets.Text); !ok || text.Text() != "" {
		used += below + 2
	}
	top := max(0, (size.Height-used)/2)
	room := max(0, size.Width-when.MinSize().Width-timelineWordGap)
	width := min(room, textWidth(headline))
	headline.Resize(fyne.NewSize(width, height))
	headline.Move(fyne.NewPos(0, top))
	when.Resize(fyne.NewSize(when.MinSize().Width, height))
	when.Move(fyne.NewPos(width+timelineWordGap, top))
	subline.Resize(fyne.NewSize(size.Width, below))
	subline.Move(fyne.NewPos(0, top+height+2))
}

// textWidth is what a headline needs to be shown whole.
func textWidth(o fyne.CanvasObject) float32 {
	text, ok := o.(*widgets.Text)
	if !ok {
		return o.MinSize().Width
	}
	return fyne.MeasureText(text.Text(), text.Theme().Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width + 1
}

// typeIcon is the round icon of an activity type: its first letter on a
// colour that is always the same for the type. It is a person's initials too.
type typeIcon struct {
	widget.BaseWidget
	side   float32
	circle *canvas.Circle
	letter *canvas.Text
}

func newTypeIcon(side float32) *typeIcon {
	i := &typeIcon{side: side, circle: canvas.NewCircle(color.Transparent), letter: canvas.NewText("", color.White)}
	i.letter.Alignment = fyne.TextAlignCenter
	i.letter.TextStyle = fyne.TextStyle{Bold: true}
	i.letter.TextSize = side * 0.4
	i.ExtendBaseWidget(i)
	return i
}

// SetType shows a type.
func (i *typeIcon) SetType(kind string) {
	i.set(typeLetter(kind), typeShades[typeShade(kind, len(typeShades))])
}

// SetInitials shows a person.
func (i *typeIcon) SetInitials(initials string) { i.set(initials, personShade) }

func (i *typeIcon) set(text string, fill color.Color) {
	i.letter.Text, i.circle.FillColor = text, fill
	i.Refresh()
}

// typeShades are dark enough for white letters in both looks.
var typeShades = [...]color.Color{
	color.NRGBA{R: 0x7a, G: 0x3f, B: 0xa0, A: 0xff},
	color.NRGBA{R: 0xb8, G: 0x41, B: 0x6f, A: 0xff},
	color.NRGBA{R: 0x2a, G: 0x63, B: 0xc7, A: 0xff},
	color.NRGBA{R: 0x1d, G: 0x7a, B: 0x5c, A: 0xff},
	color.NRGBA{R: 0x9a, G: 0x5b, B: 0x13, A: 0xff},
	color.NRGBA{R: 0x38, G: 0x6f, B: 0x8c, A: 0xff},
}

var personShade = color.NRGBA{R: 0x4d, G: 0x5f, B: 0x73, A: 0xff}

// CreateRenderer draws the letter on the circle.
func (i *typeIcon) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(i.circle, i.letter))
}

// MinSize is the circle's.
func (i *typeIcon) MinSize() fyne.Size { return fyne.NewSquareSize(i.side) }
