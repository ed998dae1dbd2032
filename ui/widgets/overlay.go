// This file is overlay: a card above the window, as lists and dialogs use it.
// It holds the focus inside, gets keys first, and shows its own tips.

package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// overlay fills the canvas; a tap beside the card dismisses it, unless it is
// modal.
type overlay struct {
	widget.BaseWidget

	canvas  fyne.Canvas
	content fyne.CanvasObject
	place   func(window, need fyne.Size) (fyne.Position, fyne.Size)
	modal   bool
	onKey   func(*fyne.KeyEvent) bool
	onClose func() // dismissed, by whatever way
	tips    *tipLayer
	open    bool
}

var (
	_ fyne.Widget   = (*overlay)(nil)
	_ fyne.Tappable = (*overlay)(nil)
	_ keyTaker      = (*overlay)(nil)
	_ tipHost       = (*overlay)(nil)
)

func newOverlay(c fyne.Canvas, content fyne.CanvasObject) *overlay {
	o := &overlay{canvas: c, content: content, tips: newTipLayer()}
	o.ExtendBaseWidget(o)
	return o
}

func (o *overlay) tipLayer() *tipLayer { return o.tips }

func (o *overlay) show() {
	if o.open {
		return
	}
	o.open = true
	o.canvas.Overlays().Add(o)
}

func (o *overlay) close() {
	if !o.open {
		return
	}
	o.open = false
	o.remove()
	if o.onClose != nil {
		o.onClose()
	}
}

// remove takes the overlay alone away. Fyne takes what lies above it as well: a
// question that the answer to this one has opened stays, with its cursor.
func (o *overlay) remove() {
	stack, focused := o.canvas.Overlays(), o.canvas.Focused()
	all := slices.Clone(stack.List())
	above := all[slices.Index(all, fyne.CanvasObject(o))+1:]
	stack.Remove(o)
	for _, other := range above {
		stack.Add(other)
	}
	if len(above) > 0 && focused != nil {
		o.canvas.Focus(focused)
	}
}

// takeKey gets the keys that nothing on the card used; Escape closes it.
func (o *overlay) takeKey(key *fyne.KeyEvent) bool {
	if o.onKey != nil && o.onKey(key) {
		return true
	}
	if key.Name == fyne.KeyEscape {
		o.close()
	}
	return true
}

// Tapped is a tap beside the card.
func (o *overlay) Tapped(*fyne.PointEvent) {
	if !o.modal {
		o.close()
	}
}

// TappedSecondary is the same with the other button.
func (o *overlay) TappedSecondary(*fyne.PointEvent) { o.Tapped(nil) }

// CreateRenderer makes the renderer.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	r := &overlayRenderer{overlay: o, scrim: canvas.NewRectangle(color.Transparent), card: newOverlayCard(o.content)}
	r.paint()
	return r
}

type overlayRenderer struct {
	overlay *overlay
	scrim   *canvas.Rectangle
	card    *overlayCard
}

func (r *overlayRenderer) Destroy() {}

func (r *overlayRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.scrim, r.card, r.overlay.tips}
}

// MinSize is nothing, so that an overlay never makes the window grow.
func (r *overlayRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *overlayRenderer) Layout(size fyne.Size) {
	r.scrim.Resize(size)
	r.overlay.tips.Resize(size)
	pos, need := r.overlay.place(size, r.card.MinSize())
	r.card.Resize(need)
	r.card.Move(pos)
}

func (r *overlayRenderer) Refresh() {
	r.paint()
	r.Layout(r.overlay.Size())
	r.scrim.Refresh()
	r.card.Refresh()
}

func (r *overlayRenderer) paint() {
	if r.overlay.modal {
		r.scrim.FillColor = colorOf(r.overlay, ColorScrim)
	}
}

// overlayCard is the raised card. It takes taps, so that they do not reach
// the overlay below and close it.
type overlayCard struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

var _ fyne.Tappable = (*overlayCard)(nil)

func newOverlayCard(content fyne.CanvasObject) *overlayCard {
	c := &overlayCard{content: content}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped ends here.
func (c *overlayCard) Tapped(*fyne.PointEvent) {}

// TappedSecondary ends here.
func (c *overlayCard) TappedSecondary(*fyne.PointEvent) {}

// CreateRenderer makes the renderer.
func (c *overlayCard) CreateRenderer() fyne.WidgetRenderer {
	r := &overlayCardRenderer{card: c, box: canvas.NewRectangle(color.Transparent)}
	r.box.CornerRadius = 6
	r.box.StrokeWidth = 1
	r.box.Shadow = canvas.Shadow{BlurRadius: 14, Offset: fyne.NewPos(0, 4)}
	r.WidgetRenderer = widget.NewSimpleRenderer(stack(r.box, c.content))
	r.paint()
	return r
}

type overlayCardRenderer struct {
	fyne.WidgetRenderer
	card *overlayCard
	box  *canvas.Rectangle
}

func (r *overlayCardRenderer) paint() {
	r.box.FillColor = colorOf(r.card, theme.ColorNameOverlayBackground)
	r.box.StrokeColor = colorOf(r.card, ColorBorder)
	r.box.Shadow.Color = colorOf(r.card, ColorLift)
}

// Refresh follows the theme.
func (r *overlayCardRenderer) Refresh() {
	r.paint()
	r.box.Refresh()
	r.WidgetRenderer.Refresh()
}
