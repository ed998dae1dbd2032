// This file shows hover tips: the full text of what is shortened, or what a
// button is for. Fyne has none, so a layer of Root holds the one that is up.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// tipHost is what can show a tip: a Root, or an overlay that lies over it.
type tipHost interface{ tipLayer() *tipLayer }

// Tip gives the text of the hover tip that is up, or "".
func (r *Root) Tip() string { return r.tips.shown() }

func (r *Root) tipLayer() *tipLayer { return r.tips }

// tipLayer lies over a window's content and holds at most one tip. It takes
// no mouse: what is below works on.
type tipLayer struct {
	widget.BaseWidget

	card *Area
	text *Text
}

func newTipLayer() *tipLayer {
	l := &tipLayer{text: NewWrappedText("", RoleCaption)}
	l.text.SetColor("foreground")
	l.card = NewCard(Pad(4, 8, 4, 8, l.text))
	l.card.fill = "overlayBackground"
	l.card.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer makes the renderer.
func (l *tipLayer) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{Objects: []fyne.CanvasObject{l.card}})
}

// showTip shows text beside an object, within the window. Without a Root on
// the canvas nothing is shown.
func showTip(over fyne.CanvasObject, at fyne.Position, text string) {
	if layer := tipLayerOf(over); layer != nil && text != "" {
		layer.show(text, at)
	}
}

func hideTip(over fyne.CanvasObject) {
	if layer := tipLayerOf(over); layer != nil {
		layer.card.Hide()
	}
}

func tipLayerOf(o fyne.CanvasObject) *tipLayer {
	c := canvasOf(o)
	if c == nil {
		return nil
	}
	var top any = c.Content()
	if overlay := c.Overlays().Top(); overlay != nil {
		top = overlay
	}
	if host, ok := top.(tipHost); ok {
		return host.tipLayer()
	}
	return nil
}

const tipWidth = 420

// show puts the tip below a point of the canvas, or above it where it would
// leave the window.
func (l *tipLayer) show(text string, at fyne.Position) {
	l.text.SetText(text)
	size, style := l.text.metrics()
	width := min(measureWith(size, style)(text)+1, tipWidth)
	l.text.Resize(fyne.NewSize(width, 0))
	need := fyne.NewSize(width+16, l.text.MinSize().Height+8)
	own := l.Size()
	x := max(0, min(at.X, own.Width-need.Width))
	y := at.Y + 18
	if y+need.Height > own.Height {
		y = at.Y - need.Height - 6
	}
	l.card.Resize(need)
	l.card.Move(fyne.NewPos(x, max(0, y)))
	l.card.Show()
	l.card.Refresh()
}

// shown gives the text of the tip that is up, or "".
func (l *tipLayer) shown() string {
	if !l.card.Visible() {
		return ""
	}
	return l.text.Text()
}
