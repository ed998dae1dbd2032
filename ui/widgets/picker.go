// This file is Picker: the button of the bar that shows what is chosen, as in
// "Instance  Contoso Coffee  sandbox ▾", and opens the list to choose from.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Picker shows a caption, a value and a badge, and opens a menu below itself
// by mouse, Space, Enter or Down.
type Picker struct {
	widget.BaseWidget
	pressable

	// Items gives what the menu offers, at the moment it opens.
	Items func() []MenuItem

	caption, value *Text
	badge          *Badge
	mark           *Mark
	tip            string
	menu           *Menu // the newest; nil before
}

var (
	_ fyne.Widget       = (*Picker)(nil)
	_ fyne.Tappable     = (*Picker)(nil)
	_ fyne.Focusable    = (*Picker)(nil)
	_ fyne.Disableable  = (*Picker)(nil)
	_ desktop.Hoverable = (*Picker)(nil)
)

// NewPicker makes a picker without a value.
func NewPicker(caption string, items func() []MenuItem) *Picker {
	p := &Picker{
		Items: items, caption: NewText(caption, RoleBody),
		value: NewEllipsisText("", RoleStrong), badge: NewBadge("", ToneNeutral), mark: NewMark(""),
	}
	p.ExtendBaseWidget(p)
	p.pressable.owner, p.pressable.act = p, p.open
	p.onKey = p.typedKey
	return p
}

// Set shows what is chosen; an empty badge is not shown.
func (p *Picker) Set(value, badge string, tone Tone) {
	if p.value.Text() == value && p.badge.Text() == badge && p.badge.Tone() == tone {
		return
	}
	p.value.SetText(value)
	p.badge.Set(badge, tone)
	p.Refresh()
}

// SetMark puts a small square in a colour before the value; empty takes it away.
func (p *Picker) SetMark(colour string) {
	if p.mark.Colour() == colour {
		return
	}
	p.mark.Set(colour)
	p.Refresh()
}

// SetTip says more of what is chosen when the mouse is over the picker.
func (p *Picker) SetTip(tip string) { p.tip = tip }

// Value gives the words that are shown.
func (p *Picker) Value() string { return p.value.Text() }

func (p *Picker) open() {
	if p.Items != nil {
		p.menu = ShowMenuBelow(p, p.Items())
	}
}

// Update has a menu that is open offer what there is by now; items is asked only
// then.
func (p *Picker) Update(items func() []MenuItem) {
	if p.menu != nil && p.menu.Open() {
		p.menu.SetItems(items())
	}
}

func (p *Picker) typedKey(key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeyDown || p.Disabled() {
		return false
	}
	p.open()
	return true
}

// MouseIn shows the whole value where it is shortened, and the tip.
func (p *Picker) MouseIn(e *desktop.MouseEvent) {
	p.pressable.MouseIn(e)
	text := p.tip
	if !p.value.Whole() {
		text = strings.TrimSpace(p.value.Text() + "\n" + p.tip)
	}
	showTip(p, e.AbsolutePosition, text)
}

// MouseOut hides the tip.
func (p *Picker) MouseOut() {
	p.pressable.MouseOut()
	hideTip(p)
}

// CreateRenderer makes the renderer.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	r := &pickerRenderer{
		picker: p, box: canvas.NewRectangle(nil), shade: canvas.NewRectangle(nil),
		chevron: canvas.NewImageFromResource(nil), frame: newFrame(),
	}
	r.chevron.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type pickerRenderer struct {
	picker            *Picker
	box, shade, frame *canvas.Rectangle
	chevron           *canvas.Image
}

const (
	pickerGap   = 8
	pickerValue = 320 // widest value shown whole

	pickerMarkGap = 6
)

func (r *pickerRenderer) Destroy() {}

func (r *pickerRenderer) Objects() []fyne.CanvasObject {
	p := r.picker
	return []fyne.CanvasObject{r.box, r.shade, p.caption, p.mark, p.value, p.badge, r.chevron, r.frame}
}

func (r *pickerRenderer) valueWidth() float32 {
	size, style := r.picker.value.metrics()
	return min(measureWith(size, style)(r.picker.value.Text())+1, pickerValue)
}

// fixed is the width of all but the value.
func (r *pickerRenderer) fixed() float32 {
	p := r.picker
	width := float32(2*buttonSide) + chevronSize + 4
	if p.caption.Text() != "" {
		width += p.caption.MinSize().Width + pickerGap
	}
	if p.mark.Visible() {
		width += markSize + pickerMarkGap
	}
	if p.badge.Text() != "" {
		width += p.badge.MinSize().Width + pickerGap
	}
	return width
}

func (r *pickerRenderer) MinSize() fyne.Size {
	height := r.picker.value.MinSize().Height + 2*sizeOf(r.picker, theme.SizeNameInnerPadding)
	return fyne.NewSize(r.fixed()+r.valueWidth(), height)
}

func (r *pickerRenderer) Layout(size fyne.Size) {
	p := r.picker
	for _, box := range []*canvas.Rectangle{r.box, r.shade, r.frame} {
		box.Resize(size)
	}
	x := float32(buttonSide)
	place := func(o fyne.CanvasObject, width, gap float32) {
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(x, 0))
		x += width + gap
	}
	if p.caption.Text() != "" {
		place(p.caption, p.caption.MinSize().Width, pickerGap)
	}
	if p.mark.Visible() {
		place(p.mark, markSize, pickerMarkGap)
	}
	value := min(r.valueWidth(), max(0, size.Width-r.fixed()))
	if p.badge.Text() != "" {
		place(p.value, value, pickerGap)
		place(p.badge, p.badge.MinSize().Width, 0)
	} else {
		place(p.value, value, 0)
	}
	r.chevron.Resize(fyne.NewSquareSize(chevronSize))
	r.chevron.Move(fyne.NewPos(size.Width-buttonSide-chevronSize+2, (size.Height-chevronSize)/2))
}

func (r *pickerRenderer) Refresh() {
	r.paint()
	r.Layout(r.picker.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.picker)
}

func (r *pickerRenderer) paint() {
	p := r.picker
	radius := sizeOf(p, theme.SizeNameInputRadius)
	r.box.FillColor, r.box.CornerRadius = colorOf(p, theme.ColorNameButton), radius
	r.box.StrokeColor, r.box.StrokeWidth = colorOf(p, theme.ColorNameInputBorder), 1
	r.shade.FillColor, r.shade.CornerRadius = colorOf(p, p.overlay()), radius
	ink := fyne.ThemeColorName("")
	if p.Disabled() {
		ink = ColorMuted
	}
	p.caption.SetColor(ink)
	p.value.SetColor(ink)
	p.badge.Hidden = p.badge.Text() == ""
	paintIcon(r.chevron, theme.MenuDropDownIcon(), theme.ColorNameForeground)
	p.paintFrame(r.frame, p, radius)
}
