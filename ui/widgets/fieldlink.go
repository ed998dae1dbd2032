// This file is fieldLink: words in a field that act, such as New ID, or open a
// list, such as the zone. It is for the mouse alone; by key the field's menu has
// the same, so that Tab goes from field to field.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type fieldLink struct {
	widget.BaseWidget

	label   *Text
	tip     string
	menu    bool // opens a list: a chevron stands at its end
	hovered bool
	tapped  func()
}

var (
	_ fyne.Tappable      = (*fieldLink)(nil)
	_ desktop.Hoverable  = (*fieldLink)(nil)
	_ desktop.Cursorable = (*fieldLink)(nil)
)

// newFieldLink makes a link that acts.
func newFieldLink(text string, tapped func()) *fieldLink {
	l := &fieldLink{label: NewText(text, RoleBody), tapped: tapped}
	l.label.SetColor(theme.ColorNameHyperlink)
	l.ExtendBaseWidget(l)
	return l
}

// newFieldMenu makes one that opens a list.
func newFieldMenu(text string, tapped func()) *fieldLink {
	l := newFieldLink(text, tapped)
	l.menu = true
	l.label.SetColor(theme.ColorNameForeground)
	return l
}

// Text gives the words.
func (l *fieldLink) Text() string { return l.label.Text() }

// SetText changes them.
func (l *fieldLink) SetText(text string) {
	if l.label.Text() == text {
		return
	}
	l.label.SetText(text)
	l.Refresh()
}

// Tapped acts. The cursor stays where it was.
func (l *fieldLink) Tapped(*fyne.PointEvent) {
	hideTip(l)
	l.tapped()
}

// MouseIn shades the link and shows its tip.
func (l *fieldLink) MouseIn(e *desktop.MouseEvent) {
	l.hovered = true
	l.Refresh()
	if l.tip != "" {
		showTip(l, e.AbsolutePosition, l.tip)
	}
}

// MouseMoved does nothing.
func (l *fieldLink) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes it.
func (l *fieldLink) MouseOut() {
	l.hovered = false
	l.Refresh()
	hideTip(l)
}

// Cursor is a hand.
func (l *fieldLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer makes the renderer.
func (l *fieldLink) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldLinkRenderer{link: l, shade: canvas.NewRectangle(nil), chevron: canvas.NewImageFromResource(nil)}
	r.chevron.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type fieldLinkRenderer struct {
	link    *fieldLink
	shade   *canvas.Rectangle
	chevron *canvas.Image
}

func (r *fieldLinkRenderer) Destroy() {}

func (r *fieldLinkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.link.label, r.chevron}
}

// side is the room left and right of the words.
func (r *fieldLinkRenderer) side() float32 {
	if r.link.menu {
		return 6
	}
	return 4
}

func (r *fieldLinkRenderer) MinSize() fyne.Size {
	size := r.link.label.MinSize()
	size.Width += 2 * r.side()
	size.Height += 4
	if r.link.menu {
		size.Width += chevronSize + 3
	}
	return size
}

func (r *fieldLinkRenderer) Layout(size fyne.Size) {
	r.shade.Resize(size)
	text := r.link.label.MinSize()
	r.link.label.Resize(text)
	r.link.label.Move(fyne.NewPos(r.side(), (size.Height-text.Height)/2))
	r.chevron.Resize(fyne.NewSquareSize(chevronSize))
	r.chevron.Move(fyne.NewPos(r.side()+text.Width+3, (size.Height-chevronSize)/2))
}

func (r *fieldLinkRenderer) Refresh() {
	r.paint()
	r.Layout(r.link.Size())
	r.shade.Refresh()
	r.chevron.Refresh()
	canvas.Refresh(r.link)
}

func (r *fieldLinkRenderer) paint() {
	l := r.link
	fill := colorNone
	if l.hovered {
		fill = theme.ColorNameHover
	}
	r.shade.FillColor = colorOf(l, fill)
	r.shade.CornerRadius = sizeOf(l, theme.SizeNameInputRadius)
	r.chevron.Hidden = !l.menu
	if l.menu {
		paintIcon(r.chevron, theme.MenuDropDownIcon(), theme.ColorNameForeground)
	}
}
