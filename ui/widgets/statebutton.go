// This file is the text behind a field's editor: its type, and the state that
// it is in, which a tap changes. By key it is Alt+Down in the editor, so that
// Tab goes from field to field.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type stateButton struct {
	widget.BaseWidget

	kind    string // the type alone
	about   string // the type with its part in the entity
	state   string
	text    *Text
	open    bool // the editor has the cursor
	hovered bool
	tapped  func()
}

var (
	_ fyne.Tappable      = (*stateButton)(nil)
	_ desktop.Hoverable  = (*stateButton)(nil)
	_ desktop.Cursorable = (*stateButton)(nil)
)

func newStateButton(tapped func()) *stateButton {
	b := &stateButton{text: NewEllipsisText("", RoleSmall), tapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

func (b *stateButton) set(kind, about, state string) {
	if b.kind == kind && b.about == about && b.state == state {
		return
	}
	b.kind, b.about, b.state = kind, about, state
	b.Refresh()
}

// setOpen shows that there is a menu while the editor has the cursor.
func (b *stateButton) setOpen(open bool) {
	if b.open == open {
		return
	}
	b.open = open
	b.Refresh()
}

// Tapped opens the menu.
func (b *stateButton) Tapped(*fyne.PointEvent) { b.tapped() }

// MouseIn shows the chevron, and the whole text where it is shortened.
func (b *stateButton) MouseIn(e *desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
	if !b.text.Whole() {
		showTip(b, e.AbsolutePosition, b.full())
	}
}

// MouseMoved does nothing.
func (b *stateButton) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides both.
func (b *stateButton) MouseOut() {
	b.hovered = false
	b.Refresh()
	hideTip(b)
}

// Cursor is a hand.
func (b *stateButton) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (b *stateButton) full() string {
	if b.state == "" {
		return b.about
	}
	return b.about + " · " + b.state
}

// fitting is the longest wording that has room. The editor's placeholder says
// the state too, and the page's head names key, time and customer.
func (b *stateButton) fitting(room float32, m measure) string {
	for _, words := range []string{b.full(), b.about} {
		if m(words) <= room {
			return words
		}
	}
	return b.kind
}

// CreateRenderer makes the renderer.
func (b *stateButton) CreateRenderer() fyne.WidgetRenderer {
	r := &stateButtonRenderer{button: b, chevron: canvas.NewImageFromResource(nil)}
	r.chevron.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type stateButtonRenderer struct {
	button  *stateButton
	chevron *canvas.Image
}

func (r *stateButtonRenderer) Destroy()           {}
func (r *stateButtonRenderer) MinSize() fyne.Size { return fyne.NewSize(40, 16) }

func (r *stateButtonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.button.text, r.chevron}
}

// Layout drops the state's word where there is no room: the editor's
// placeholder says it too.
func (r *stateButtonRenderer) Layout(size fyne.Size) {
	b := r.button
	textSize, style := b.text.metrics()
	m := measureWith(textSize, style)
	room := size.Width
	if r.chevron.Visible() {
		room -= chevronSize + 2
	}
	room = max(0, room)
	text := b.fitting(room, m)
	b.text.SetText(text)
	width := min(m(text)+1, room)
	b.text.Resize(fyne.NewSize(width, size.Height))
	r.chevron.Resize(fyne.NewSquareSize(chevronSize))
	r.chevron.Move(fyne.NewPos(width+1, (size.Height-chevronSize)/2))
}

func (r *stateButtonRenderer) Refresh() {
	b := r.button
	ink := ColorMuted
	if b.hovered {
		ink = theme.ColorNameHyperlink
	}
	b.text.SetColor(ink)
	paintIcon(r.chevron, theme.MenuDropDownIcon(), ink)
	if !b.hovered && !b.open && b.state == "" {
		r.chevron.Hide()
	}
	r.Layout(b.Size())
	b.text.Refresh()
	r.chevron.Refresh()
	canvas.Refresh(b)
}
