// This file is Rail: the narrow bar of pages at the left of the window.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// RailItem is one page of a Rail.
type RailItem struct {
	ID    string
	Label string
	Icon  fyne.Resource
	Tip   string // for example the key of the page
}

// RailWidth is the width of a Rail.
const RailWidth = 64

// Rail shows pages below each other; one is chosen. Up and Down move.
type Rail struct {
	widget.BaseWidget

	// OnSelected is called when a person chose a page, not by Select.
	OnSelected func(id string)

	buttons []*railButton
}

var _ fyne.Widget = (*Rail)(nil)

// NewRail makes a rail of pages; none is chosen.
func NewRail(items []RailItem) *Rail {
	r := &Rail{}
	for i, item := range items {
		b := newRailButton(item, func() { r.choose(item.ID) })
		b.onKey = func(key *fyne.KeyEvent) bool { return r.move(i, key.Name) }
		r.buttons = append(r.buttons, b)
	}
	r.ExtendBaseWidget(r)
	return r
}

// Select marks a page as chosen.
func (r *Rail) Select(id string) {
	for _, b := range r.buttons {
		b.setSelected(b.item.ID == id)
	}
}

// Selected gives the chosen page's id, or "".
func (r *Rail) Selected() string {
	for _, b := range r.buttons {
		if b.selected {
			return b.item.ID
		}
	}
	return ""
}

func (r *Rail) choose(id string) {
	r.Select(id)
	if r.OnSelected != nil {
		r.OnSelected(id)
	}
}

func (r *Rail) move(from int, key fyne.KeyName) bool {
	to := from
	switch key {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	default:
		return false
	}
	if to >= 0 && to < len(r.buttons) {
		focus(r.buttons[to])
	}
	return true
}

// CreateRenderer makes the renderer.
func (r *Rail) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, len(r.buttons))
	for i, b := range r.buttons {
		objects[i] = b
	}
	return widget.NewSimpleRenderer(Sized(RailWidth, 0, NewArea(ColorPanel, Pad(8, 4, 8, 4, Column(4, objects...)))))
}

type railButton struct {
	widget.BaseWidget
	pressable

	item     RailItem
	label    *Text
	selected bool
}

var _ fyne.Focusable = (*railButton)(nil)

func newRailButton(item RailItem, chosen func()) *railButton {
	b := &railButton{item: item, label: NewText(item.Label, RoleSmall)}
	b.label.SetAlignment(fyne.TextAlignCenter)
	b.ExtendBaseWidget(b)
	b.pressable.owner, b.pressable.act = b, chosen
	return b
}

func (b *railButton) setSelected(selected bool) {
	if b.selected == selected {
		return
	}
	b.selected = selected
	b.Refresh()
}

// MouseIn shows the tip.
func (b *railButton) MouseIn(e *desktop.MouseEvent) {
	b.pressable.MouseIn(e)
	showTip(b, e.AbsolutePosition, b.item.Tip)
}

// MouseOut hides it.
func (b *railButton) MouseOut() {
	b.pressable.MouseOut()
	hideTip(b)
}

// CreateRenderer makes the renderer.
func (b *railButton) CreateRenderer() fyne.WidgetRenderer {
	r := &railButtonRenderer{
		button: b, box: canvas.NewRectangle(color.Transparent),
		icon: canvas.NewImageFromResource(nil), frame: newFrame(),
	}
	r.icon.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type railButtonRenderer struct {
	button *railButton
	box    *canvas.Rectangle
	icon   *canvas.Image
	frame  *canvas.Rectangle
}

const (
	railButtonHeight = 50
	railIcon         = 20
)

func (r *railButtonRenderer) Destroy() {}

func (r *railButtonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.icon, r.button.label, r.frame}
}

// MinSize leaves room for the label in bold, so that choosing moves nothing.
func (r *railButtonRenderer) MinSize() fyne.Size {
	bold := measureWith(sizeOf(r.button, SizeSmall), fyne.TextStyle{Bold: true})
	return fyne.NewSize(max(RailWidth-8, bold(r.button.item.Label)+6), railButtonHeight)
}

func (r *railButtonRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	r.frame.Resize(size)
	r.icon.Resize(fyne.NewSquareSize(railIcon))
	r.icon.Move(fyne.NewPos((size.Width-railIcon)/2, 7))
	r.button.label.Resize(fyne.NewSize(size.Width, 16))
	r.button.label.Move(fyne.NewPos(0, 29))
}

func (r *railButtonRenderer) Refresh() {
	r.paint()
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.button)
}

func (r *railButtonRenderer) paint() {
	b := r.button
	fill, ink := b.overlay(), ColorMuted
	role := RoleSmall
	if b.selected {
		fill, ink, role = ColorSelected, ColorOnSelected, RoleGroup
	}
	r.box.FillColor, r.box.CornerRadius = colorOf(b, fill), 6
	paintIcon(r.icon, b.item.Icon, ink)
	b.label.SetRole(role)
	b.label.SetColor(ink)
	b.paintFrame(r.frame, b, 6)
}
