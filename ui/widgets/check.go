// This file is Check: a box with words beside it that is on or off.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Check is changed by the mouse, Space or Enter.
type Check struct {
	widget.BaseWidget
	pressable

	// OnChanged is called when a person changed it, not by Set.
	OnChanged func(on bool)

	label, note *Text
	on          bool
}

var (
	_ fyne.Widget       = (*Check)(nil)
	_ fyne.Tappable     = (*Check)(nil)
	_ fyne.Focusable    = (*Check)(nil)
	_ desktop.Hoverable = (*Check)(nil)
)

// NewCheck makes a check that is off. Note stands behind the words, muted; it
// may be empty.
func NewCheck(label, note string, changed func(on bool)) *Check {
	c := &Check{OnChanged: changed, label: NewText(label, RoleBody), note: NewEllipsisText(note, RoleCaption)}
	c.ExtendBaseWidget(c)
	c.pressable.owner, c.pressable.act = c, c.toggle
	return c
}

// Set turns it on or off.
func (c *Check) Set(on bool) {
	if c.on != on {
		c.on = on
		c.Refresh()
	}
}

// On says which of the two it is.
func (c *Check) On() bool { return c.on }

// Label gives the words.
func (c *Check) Label() string { return c.label.Text() }

func (c *Check) toggle() {
	c.Set(!c.on)
	if c.OnChanged != nil {
		c.OnChanged(c.on)
	}
}

// CreateRenderer makes the renderer.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{
		check: c, shade: canvas.NewRectangle(color.Transparent), box: canvas.NewRectangle(color.Transparent),
		tick: canvas.NewImageFromResource(nil), frame: newFrame(),
	}
	r.tick.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type checkRenderer struct {
	check             *Check
	shade, box, frame *canvas.Rectangle
	tick              *canvas.Image
}

const (
	checkBox  = 16
	checkSide = 6
	checkGap  = 8
)

func (r *checkRenderer) Destroy() {}

func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.box, r.tick, r.check.label, r.check.note, r.frame}
}

func (r *checkRenderer) MinSize() fyne.Size {
	label := r.check.label.MinSize()
	width := 2*checkSide + checkBox + checkGap + label.Width
	if r.check.note.Text() != "" {
		width += checkGap + r.check.note.MinSize().Width
	}
	return fyne.NewSize(width, label.Height+8)
}

func (r *checkRenderer) Layout(size fyne.Size) {
	r.shade.Resize(size)
	r.frame.Resize(size)
	top := (size.Height - checkBox) / 2
	r.box.Resize(fyne.NewSquareSize(checkBox))
	r.box.Move(fyne.NewPos(checkSide, top))
	r.tick.Resize(fyne.NewSquareSize(checkBox - 2))
	r.tick.Move(fyne.NewPos(checkSide+1, top+1))
	left := float32(checkSide + checkBox + checkGap)
	label := r.check.label.MinSize().Width
	r.check.label.Resize(fyne.NewSize(label, size.Height))
	r.check.label.Move(fyne.NewPos(left, 0))
	left += label + checkGap
	r.check.note.Resize(fyne.NewSize(max(0, size.Width-left-checkSide), size.Height))
	r.check.note.Move(fyne.NewPos(left, 0))
}

func (r *checkRenderer) Refresh() {
	r.paint()
	r.Layout(r.check.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.check)
}

func (r *checkRenderer) paint() {
	c := r.check
	r.shade.FillColor, r.shade.CornerRadius = colorOf(c, c.overlay()), 4
	r.box.CornerRadius, r.box.StrokeWidth = 3, 1.5
	r.box.FillColor, r.box.StrokeColor = colorOf(c, theme.ColorNameInputBackground), colorOf(c, theme.ColorNameInputBorder)
	r.tick.Hide()
	if c.on {
		r.box.FillColor, r.box.StrokeColor = colorOf(c, theme.ColorNamePrimary), colorOf(c, theme.ColorNamePrimary)
		paintIcon(r.tick, theme.ConfirmIcon(), theme.ColorNameForegroundOnPrimary)
	}
	ink := fyne.ThemeColorName("")
	if c.Disabled() {
		ink = ColorMuted
	}
	c.label.SetColor(ink)
	c.paintFrame(r.frame, c, 4)
}
