// This file is popLayer: where a list hangs below a field without taking the
// cursor from it, as a list of suggestions does. An overlay of Fyne's would
// take the cursor, and Tab with it.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// popLayer lies over a window's content and holds at most one card.
type popLayer struct {
	widget.BaseWidget

	card   fyne.CanvasObject // nil: none
	anchor fyne.CanvasObject // what the card hangs at
}

func newPopLayer() *popLayer {
	l := &popLayer{}
	l.ExtendBaseWidget(l)
	return l
}

// popLayerOf finds the layer of an object's window; nil while something lies
// over the window, or where there is none.
func popLayerOf(o fyne.CanvasObject) *popLayer {
	c := canvasOf(o)
	if c == nil || c.Overlays().Top() != nil {
		return nil
	}
	if root := keyHost(c); root != nil {
		return root.pops
	}
	return nil
}

// show hangs a card at an object, in place of the one before.
func (l *popLayer) show(card, anchor fyne.CanvasObject) {
	l.card, l.anchor = card, anchor
	l.place()
	l.Refresh()
}

// hide takes a card away, if it is the one that hangs.
func (l *popLayer) hide(card fyne.CanvasObject) {
	if l.card != card {
		return
	}
	l.card, l.anchor = nil, nil
	l.Refresh()
}

// place puts the card below its anchor, or above it where there is more room.
func (l *popLayer) place() {
	if l.card == nil {
		return
	}
	const gap, margin = 2, 8
	d := fyne.CurrentApp().Driver()
	at := d.AbsolutePositionForObject(l.anchor).Subtract(d.AbsolutePositionForObject(l))
	own, need := l.Size(), l.card.MinSize()
	need.Width = min(max(need.Width, l.anchor.Size().Width), own.Width-2*margin)
	below := own.Height - margin - at.Y - l.anchor.Size().Height - gap
	above := at.Y - gap - margin
	y := at.Y + l.anchor.Size().Height + gap
	if need.Height > below && above > below {
		need.Height = min(need.Height, above)
		y = at.Y - gap - need.Height
	} else {
		need.Height = min(need.Height, below)
	}
	l.card.Resize(need)
	l.card.Move(fyne.NewPos(max(margin, min(at.X, own.Width-need.Width-margin)), y))
}

// CreateRenderer makes the renderer.
func (l *popLayer) CreateRenderer() fyne.WidgetRenderer { return &popLayerRenderer{l} }

type popLayerRenderer struct{ layer *popLayer }

func (r *popLayerRenderer) Destroy()           {}
func (r *popLayerRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r *popLayerRenderer) Layout(fyne.Size)   { r.layer.place() }

func (r *popLayerRenderer) Objects() []fyne.CanvasObject {
	if r.layer.card == nil {
		return nil
	}
	return []fyne.CanvasObject{r.layer.card}
}

func (r *popLayerRenderer) Refresh() {
	r.layer.place()
	if r.layer.card != nil {
		r.layer.card.Refresh()
	}
	canvas.Refresh(r.layer)
}
