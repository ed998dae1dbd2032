// This file is GoBox: what looks like a field in the bar and opens the finder,
// with its key at the right.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// GoBox is a button in the form of a field. Where there is too little room it
// leaves out its words, then its key.
type GoBox struct {
	widget.BaseWidget
	pressable

	words, key string
	label      *Text
	hint       *Text
}

var (
	_ fyne.Widget       = (*GoBox)(nil)
	_ fyne.Tappable     = (*GoBox)(nil)
	_ fyne.Focusable    = (*GoBox)(nil)
	_ desktop.Hoverable = (*GoBox)(nil)
)

// NewGoBox makes a box with words, and a key that does the same.
func NewGoBox(words, key string, act func()) *GoBox {
	b := &GoBox{words: words, key: key, label: NewText(words, RoleMuted), hint: NewText(key, RoleSmall)}
	b.ExtendBaseWidget(b)
	b.pressable.owner, b.pressable.act = b, act
	return b
}

// WholeWidth is how wide the box is with all of its words.
func (b *GoBox) WholeWidth() float32 {
	return b.label.MinSize().Width + b.keyWidth() + goBoxAir
}

// keyWidth is how wide it is with its key alone.
func (b *GoBox) keyWidth() float32 { return goBoxLeast + b.hint.MinSize().Width + pickerGap }

// MouseIn shows what was left out.
func (b *GoBox) MouseIn(e *desktop.MouseEvent) {
	b.pressable.MouseIn(e)
	if b.label.Hidden {
		showTip(b, e.AbsolutePosition, b.words+"  "+b.key)
	}
}

// MouseOut hides the tip.
func (b *GoBox) MouseOut() {
	b.pressable.MouseOut()
	hideTip(b)
}

const (
	goBoxIcon  = 16
	goBoxLeast = 2*buttonSide + goBoxIcon
	goBoxAir   = 36 // between the words and the key
)

// CreateRenderer makes the renderer.
func (b *GoBox) CreateRenderer() fyne.WidgetRenderer {
	r := &goBoxRenderer{
		owner: b, box: canvas.NewRectangle(nil), shade: canvas.NewRectangle(nil),
		icon: canvas.NewImageFromResource(nil), frame: newFrame(),
	}
	r.icon.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type goBoxRenderer struct {
	owner             *GoBox
	box, shade, frame *canvas.Rectangle
	icon              *canvas.Image
}

func (r *goBoxRenderer) Destroy() {}

func (r *goBoxRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.shade, r.icon, r.owner.label, r.owner.hint, r.frame}
}

func (r *goBoxRenderer) MinSize() fyne.Size {
	height := r.owner.label.MinSize().Height + 2*sizeOf(r.owner, theme.SizeNameInnerPadding)
	return fyne.NewSize(goBoxLeast, height)
}

func (r *goBoxRenderer) Layout(size fyne.Size) {
	b := r.owner
	for _, box := range []*canvas.Rectangle{r.box, r.shade, r.frame} {
		box.Resize(size)
	}
	b.hint.Hidden = size.Width < b.keyWidth()
	b.label.Hidden = size.Width < b.WholeWidth()-goBoxAir/2
	r.icon.Resize(fyne.NewSquareSize(goBoxIcon))
	r.icon.Move(fyne.NewPos(buttonSide, (size.Height-goBoxIcon)/2))
	b.label.Resize(fyne.NewSize(b.label.MinSize().Width, size.Height))
	b.label.Move(fyne.NewPos(buttonSide+goBoxIcon+pickerGap, 0))
	width := b.hint.MinSize().Width
	b.hint.Resize(fyne.NewSize(width, size.Height))
	b.hint.Move(fyne.NewPos(size.Width-buttonSide-width, 0))
}

func (r *goBoxRenderer) Refresh() {
	r.paint()
	r.Layout(r.owner.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.owner)
}

func (r *goBoxRenderer) paint() {
	b := r.owner
	radius := sizeOf(b, theme.SizeNameInputRadius)
	r.box.FillColor, r.box.CornerRadius = colorOf(b, theme.ColorNameInputBackground), radius
	r.box.StrokeColor, r.box.StrokeWidth = colorOf(b, theme.ColorNameInputBorder), 1
	r.shade.FillColor, r.shade.CornerRadius = colorOf(b, b.overlay()), radius
	paintIcon(r.icon, theme.SearchIcon(), ColorMuted)
	b.paintFrame(r.frame, b, radius)
}
