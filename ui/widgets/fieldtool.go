// This file is fieldTool: a small icon in a field that opens what helps to fill
// it. It is for the mouse alone; by key the field itself opens the same, so that
// Tab goes from field to field.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type fieldTool struct {
	widget.BaseWidget

	icon    fyne.Resource
	tip     string
	shy     bool // drawn only while its row is looked at
	lit     bool // its row is looked at
	hovered bool
	tapped  func()
}

var (
	_ fyne.Tappable      = (*fieldTool)(nil)
	_ desktop.Hoverable  = (*fieldTool)(nil)
	_ desktop.Cursorable = (*fieldTool)(nil)
)

const fieldToolSize = 18

func newFieldTool(icon fyne.Resource, tip string, tapped func()) *fieldTool {
	t := &fieldTool{icon: icon, tip: tip, tapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// light draws a shy icon.
func (t *fieldTool) light(lit bool) {
	if t.lit == lit {
		return
	}
	t.lit = lit
	t.Refresh()
}

// Tapped opens.
func (t *fieldTool) Tapped(*fyne.PointEvent) {
	hideTip(t)
	t.tapped()
}

// MouseIn shades the icon and says what it opens.
func (t *fieldTool) MouseIn(e *desktop.MouseEvent) {
	t.hovered = true
	t.Refresh()
	showTip(t, e.AbsolutePosition, t.tip)
}

// MouseMoved does nothing.
func (t *fieldTool) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes it.
func (t *fieldTool) MouseOut() {
	t.hovered = false
	t.Refresh()
	hideTip(t)
}

// Cursor is a hand.
func (t *fieldTool) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer makes the renderer.
func (t *fieldTool) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldToolRenderer{tool: t, shade: canvas.NewRectangle(nil), image: canvas.NewImageFromResource(nil)}
	r.shade.CornerRadius = 4
	r.image.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type fieldToolRenderer struct {
	tool  *fieldTool
	shade *canvas.Rectangle
	image *canvas.Image
}

func (r *fieldToolRenderer) Destroy()           {}
func (r *fieldToolRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(fieldToolSize) }

func (r *fieldToolRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.image}
}

func (r *fieldToolRenderer) Layout(size fyne.Size) {
	side := min(size.Width, size.Height, fieldToolSize)
	at := fyne.NewPos((size.Width-side)/2, (size.Height-side)/2)
	r.shade.Resize(fyne.NewSquareSize(side))
	r.shade.Move(at)
	r.image.Resize(fyne.NewSquareSize(side - 3))
	r.image.Move(at.AddXY(1.5, 1.5))
}

func (r *fieldToolRenderer) Refresh() {
	r.paint()
	r.shade.Refresh()
	r.image.Refresh()
	canvas.Refresh(r.tool)
}

func (r *fieldToolRenderer) paint() {
	t := r.tool
	fill := colorNone
	if t.hovered {
		fill = theme.ColorNameHover
	}
	r.shade.FillColor = colorOf(t, fill)
	if t.shy && !t.lit && !t.hovered {
		paintIcon(r.image, nil, "")
		return
	}
	paintIcon(r.image, t.icon, ColorMuted)
}
