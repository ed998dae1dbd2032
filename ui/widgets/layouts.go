// This file holds the few layouts that Fyne's lack: rows and columns with a
// gap of our choice, margins, and areas of a fixed or limited width.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

func stack(objects ...fyne.CanvasObject) *fyne.Container { return container.NewStack(objects...) }

// Views lays objects over each other, of which one is shown at a time. What is
// hidden is not laid out, which is what a view costs until it is looked at;
// whoever shows another one lays the container out.
func Views(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(viewsLayout{}, objects...)
}

type viewsLayout struct{}

// MinSize is that of what is shown.
func (viewsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return layout.NewStackLayout().MinSize(objects)
}

// Layout gives all of the room to what is shown.
func (viewsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			o.Resize(size)
			o.Move(fyne.NewPos(0, 0))
		}
	}
}

// Row lays objects side by side at their smallest widths, centred in height,
// gap apart. A Spacer takes the width that is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&lineLayout{gap: gap}, objects...)
}

// Column lays objects below each other over the whole width, gap apart. A
// Spacer takes the height that is left.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&lineLayout{gap: gap, vertical: true}, objects...)
}

// Dock lays areas around a centre without gaps; any of them may be nil. Tab
// goes through them as one reads: top, left, centre, right, bottom.
func Dock(top, right, bottom, left, centre fyne.CanvasObject) *fyne.Container {
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{top, left, centre, right, bottom} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(&dockLayout{top, right, bottom, left, centre}, objects...)
}

// Spacer takes what is left in a Row or a Column.
func Spacer() fyne.CanvasObject { return layout.NewSpacer() }

// Grow makes an object of a Row or a Column take what is left.
func Grow(object fyne.CanvasObject) fyne.CanvasObject {
	return container.New(growLayout{}, object)
}

// growLayout marks an object that takes what is left.
type growLayout struct{ sizedLayout }

// Pad puts a margin around an object, in the order of CSS.
func Pad(top, right, bottom, left float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), object)
}

// Gap is empty room of a size.
func Gap(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

// Sized gives an object a smallest width and height; 0 leaves one as it is.
func Sized(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(sizedLayout{fyne.NewSize(width, height)}, object)
}

// lineLayout is Row and Column.
type lineLayout struct {
	gap      float32
	vertical bool
}

var _ fyne.Layout = (*lineLayout)(nil)

func (l *lineLayout) along(s fyne.Size) float32 {
	if l.vertical {
		return s.Height
	}
	return s.Width
}

func (l *lineLayout) grows(o fyne.CanvasObject) bool {
	if spacer, ok := o.(layout.SpacerObject); ok {
		return l.vertical && spacer.ExpandVertical() || !l.vertical && spacer.ExpandHorizontal()
	}
	if c, ok := o.(*fyne.Container); ok {
		_, grow := c.Layout.(growLayout)
		return grow
	}
	return false
}

// Layout places the objects.
func (l *lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fixed, growing, shown := float32(0), 0, 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		if l.vertical {
			// Wrapped text knows its height only once it knows its width.
			o.Resize(fyne.NewSize(size.Width, o.Size().Height))
		}
		if l.grows(o) {
			growing++
		}
		fixed += l.along(o.MinSize())
	}
	if shown == 0 {
		return
	}
	rest := l.along(size) - fixed - l.gap*float32(shown-1)
	at := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		length := l.along(o.MinSize())
		if l.grows(o) && rest > 0 {
			length += rest / float32(growing)
		}
		l.put(o, at, length, size)
		at += length + l.gap
	}
}

func (l *lineLayout) put(o fyne.CanvasObject, at, length float32, size fyne.Size) {
	if l.vertical {
		o.Resize(fyne.NewSize(size.Width, length))
		o.Move(fyne.NewPos(0, at))
		return
	}
	height := o.MinSize().Height
	if l.grows(o) {
		height = size.Height
	}
	o.Resize(fyne.NewSize(length, height))
	o.Move(fyne.NewPos(at, (size.Height-height)/2))
}

// MinSize adds the objects up.
func (l *lineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	length, across, shown := float32(0), float32(0), 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		m := o.MinSize()
		length += l.along(m)
		if l.vertical {
			across = max(across, m.Width)
		} else {
			across = max(across, m.Height)
		}
	}
	if shown > 1 {
		length += l.gap * float32(shown-1)
	}
	if l.vertical {
		return fyne.NewSize(across, length)
	}
	return fyne.NewSize(length, across)
}

type sizedLayout struct{ size fyne.Size }

// Layout gives the objects all the room.
func (s sizedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}

// MinSize is at least the size that was asked for.
func (s sizedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := s.size
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m
}

// Area is an object on a background of the theme, for example ColorPanel.
type Area struct {
	widget.BaseWidget

	content fyne.CanvasObject
	fill    fyne.ThemeColorName
	border  fyne.ThemeColorName // empty: none
	radius  float32
}

var _ fyne.Widget = (*Area)(nil)

// NewArea puts content on a background.
func NewArea(fill fyne.ThemeColorName, content fyne.CanvasObject) *Area {
	a := &Area{content: content, fill: fill}
	a.ExtendBaseWidget(a)
	return a
}

// NewCard puts content on a panel with a border and round corners.
func NewCard(content fyne.CanvasObject) *Area {
	a := NewArea(ColorPanel, content)
	a.border, a.radius = ColorBorder, 6
	return a
}

// NewCodeCard puts content on the background of JSON.
func NewCodeCard(content fyne.CanvasObject) *Area {
	a := NewArea(ColorCode, content)
	a.border, a.radius = ColorBorder, 4
	return a
}

// NewRule is a line between areas, as thin as the theme's separators.
func NewRule() fyne.CanvasObject {
	return Sized(1, 1, NewArea(ColorBorder, Gap(0, 0)))
}

// SetFill changes the background.
func (a *Area) SetFill(fill fyne.ThemeColorName) {
	if a.fill == fill {
		return
	}
	a.fill = fill
	a.Refresh()
}

// CreateRenderer makes the renderer.
func (a *Area) CreateRenderer() fyne.WidgetRenderer {
	box := canvas.NewRectangle(color.Transparent)
	box.CornerRadius = a.radius
	r := &areaRenderer{WidgetRenderer: widget.NewSimpleRenderer(stack(box, a.content)), area: a, box: box}
	r.paint()
	return r
}

type areaRenderer struct {
	fyne.WidgetRenderer
	area *Area
	box  *canvas.Rectangle
}

func (r *areaRenderer) paint() {
	r.box.FillColor = colorOf(r.area, r.area.fill)
	if r.area.border != "" {
		r.box.StrokeColor, r.box.StrokeWidth = colorOf(r.area, r.area.border), 1
	}
}

// Refresh follows the theme.
func (r *areaRenderer) Refresh() {
	r.paint()
	r.box.Refresh()
	r.WidgetRenderer.Refresh()
}
