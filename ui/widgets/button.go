// This file is Button in the looks of the desk: filled, outlined, link, quiet.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ButtonKind is a button's look.
type ButtonKind int

// The looks of buttons.
const (
	ButtonOutlined ButtonKind = iota // what one can do here
	ButtonPrimary                    // what one came to do
	ButtonDanger                     // what cannot be taken back
	ButtonLink                       // small actions within a line or a field
	ButtonQuiet                      // icons and menus without a border
)

// Button is tapped with the mouse, Space or Enter. A tap leaves the cursor in
// the field where it was.
type Button struct {
	widget.BaseWidget
	pressable

	// OnTapped is what the button does.
	OnTapped func()

	kind    ButtonKind
	label   *Text
	icon    fyne.Resource
	tip     string
	dot     *Dot // before the words; nil: none
	menu    bool // opens a list: a chevron stands at its end
	compact bool
	narrows bool // may be narrower than its words
}

var (
	_ fyne.Widget       = (*Button)(nil)
	_ fyne.Tappable     = (*Button)(nil)
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Disableable  = (*Button)(nil)
	_ fyne.Shortcutable = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
)

// NewButton makes an outlined button.
func NewButton(text string, tapped func()) *Button {
	return newButton(ButtonOutlined, text, nil, tapped)
}

// NewPrimaryButton makes the filled button of a page or dialog.
func NewPrimaryButton(text string, tapped func()) *Button {
	return newButton(ButtonPrimary, text, nil, tapped)
}

// NewDangerButton makes the filled red button for what cannot be undone.
func NewDangerButton(text string, tapped func()) *Button {
	return newButton(ButtonDanger, text, nil, tapped)
}

// NewLinkButton makes a text that acts, as within a field.
func NewLinkButton(text string, tapped func()) *Button {
	return newButton(ButtonLink, text, nil, tapped)
}

// NewMenuButton makes an outlined button that opens a list below itself.
func NewMenuButton(text string, tapped func()) *Button {
	b := newButton(ButtonOutlined, text, nil, tapped)
	b.menu = true
	b.label.SetRole(RoleBody)
	return b
}

// NewCaptionButton makes a line of small text that can be pressed, as in a status
// line. Disabled, it is a caption.
func NewCaptionButton(text string, tapped func()) *Button {
	b := newButton(ButtonQuiet, text, nil, tapped)
	b.compact = true
	b.label.SetRole(RoleCaption)
	return b
}

// NewIconButton makes a small button of an icon alone; tip says what it does
// when the mouse is over it.
func NewIconButton(icon fyne.Resource, tip string, tapped func()) *Button {
	b := newButton(ButtonQuiet, "", icon, tapped)
	b.tip = tip
	return b
}

func newButton(kind ButtonKind, text string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{kind: kind, icon: icon, OnTapped: tapped}
	role := RoleStrong
	if kind == ButtonLink || kind == ButtonQuiet {
		role = RoleBody
	}
	b.label = NewEllipsisText(text, role)
	b.ExtendBaseWidget(b)
	b.pressable.owner, b.pressable.act = b, b.tapped
	return b
}

// Text gives the words on the button.
func (b *Button) Text() string { return b.label.Text() }

// SetText changes the words.
func (b *Button) SetText(text string) {
	if b.label.Text() == text {
		return
	}
	b.label.SetText(text)
	b.Refresh()
}

// SetIcon puts an icon before the words; nil takes it away.
func (b *Button) SetIcon(icon fyne.Resource) {
	if b.icon == icon {
		return
	}
	b.icon = icon
	b.Refresh()
}

// SetDot puts a dot in a tone before the words, which say the same.
func (b *Button) SetDot(tone Tone) {
	if b.dot == nil {
		b.dot = NewDot(tone)
		b.Refresh()
		return
	}
	b.dot.SetTone(tone)
}

// SetTip says what the button does when the mouse is over it.
func (b *Button) SetTip(tip string) { b.tip = tip }

// LetNarrow lets what lays the button out give it less room than its words take:
// their end goes then, and the mouse shows the whole of them.
func (b *Button) LetNarrow() { b.narrows = true }

// Narrows says whether it may be narrower than its words.
func (b *Button) Narrows() bool { return b.narrows }

// SetKind changes the look.
func (b *Button) SetKind(kind ButtonKind) {
	if b.kind == kind {
		return
	}
	b.kind = kind
	b.Refresh()
}

// SetMenu says whether the button opens a list: a chevron at its end shows that.
func (b *Button) SetMenu(menu bool) {
	if b.menu == menu {
		return
	}
	b.menu = menu
	b.Refresh()
}

// SetCompact makes the button less high, for use inside of fields and rows.
func (b *Button) SetCompact(compact bool) {
	if b.compact == compact {
		return
	}
	b.compact = compact
	b.Refresh()
}

func (b *Button) tapped() {
	if b.OnTapped != nil {
		b.OnTapped()
	}
}

// MouseIn shows the tip.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.pressable.MouseIn(e)
	switch {
	case !b.label.Whole():
		showTip(b, e.AbsolutePosition, b.label.Text())
	case b.tip != "":
		showTip(b, e.AbsolutePosition, b.tip)
	}
}

// MouseOut hides it.
func (b *Button) MouseOut() {
	b.pressable.MouseOut()
	hideTip(b)
}

// CreateRenderer makes the renderer.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		button: b, box: canvas.NewRectangle(nil), shade: canvas.NewRectangle(nil),
		icon: canvas.NewImageFromResource(nil), chevron: canvas.NewImageFromResource(nil), frame: newFrame(),
	}
	r.icon.FillMode, r.chevron.FillMode = canvas.ImageFillContain, canvas.ImageFillContain
	r.paint()
	return r
}

type buttonRenderer struct {
	button        *Button
	box, shade    *canvas.Rectangle
	icon, chevron *canvas.Image
	frame         *canvas.Rectangle
}

const (
	buttonSide  = 11 // left and right of the words
	buttonIcon  = 16
	chevronSize = 14
	buttonMost  = 360 // widest words shown whole, so that a long name pushes nothing away
)

func (r *buttonRenderer) labelSize() fyne.Size {
	label := r.button.label
	size, style := label.metrics()
	return fyne.NewSize(widthUpTo(label.Text(), buttonMost, measureWith(size, style)), label.lineHeight())
}

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.box, r.shade, r.icon, r.button.label, r.chevron, r.frame}
	if r.button.dot != nil {
		objects = append(objects, r.button.dot)
	}
	return objects
}

func (r *buttonRenderer) side() float32 {
	switch {
	case r.button.kind == ButtonLink:
		return 4
	case r.button.label.Text() == "", r.button.compact:
		return 6
	}
	return buttonSide
}

func (r *buttonRenderer) MinSize() fyne.Size {
	b := r.button
	text := r.labelSize()
	pad := sizeOf(b, theme.SizeNameInnerPadding)
	if b.compact || b.kind == ButtonLink {
		pad = 2
	}
	size := fyne.NewSize(text.Width+2*r.side(), text.Height+2*pad)
	if b.icon != nil {
		size.Width += buttonIcon
		if b.label.Text() != "" {
			size.Width += 6
		}
	}
	if b.dot != nil {
		size.Width += dotSize + 6
	}
	if b.menu {
		size.Width += chevronSize + 3
	}
	return size
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	for _, box := range []*canvas.Rectangle{r.box, r.shade, r.frame} {
		box.Resize(size)
	}
	need, label := r.MinSize(), r.labelSize()
	if short := need.Width - size.Width; short > 0 {
		need.Width, label.Width = size.Width, max(0, label.Width-short)
	}
	x := (size.Width-need.Width)/2 + r.side()
	middle := func(o fyne.CanvasObject, s fyne.Size) {
		o.Resize(s)
		o.Move(fyne.NewPos(x, (size.Height-s.Height)/2))
		x += s.Width
	}
	if r.button.dot != nil {
		middle(r.button.dot, fyne.NewSquareSize(dotSize))
		x += 6
	}
	if r.button.icon != nil {
		middle(r.icon, fyne.NewSquareSize(buttonIcon))
		if r.button.label.Text() != "" {
			x += 6
		}
	}
	middle(r.button.label, label)
	if r.button.menu {
		x += 3
		middle(r.chevron, fyne.NewSquareSize(chevronSize))
	}
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.button.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.button)
}

func (r *buttonRenderer) paint() {
	b := r.button
	fill, ink, border := b.colors()
	radius := sizeOf(b, theme.SizeNameInputRadius)
	r.box.FillColor, r.box.CornerRadius = colorOf(b, fill), radius
	r.box.StrokeColor, r.box.StrokeWidth = colorOf(b, border), 1
	r.shade.CornerRadius = radius
	r.shade.FillColor = colorOf(b, b.overlay())
	b.label.SetColor(ink)
	paintIcon(r.icon, b.icon, ink)
	if b.menu {
		paintIcon(r.chevron, theme.MenuDropDownIcon(), ink)
		r.chevron.Show()
	} else {
		r.chevron.Hide()
	}
	b.paintFrame(r.frame, b, radius)
}

func (b *Button) colors() (fill, ink, border fyne.ThemeColorName) {
	switch {
	case b.Disabled() && (b.kind == ButtonPrimary || b.kind == ButtonDanger):
		return ColorDisabled, ColorMuted, ColorDisabled
	case b.Disabled() && b.kind == ButtonOutlined:
		return colorNone, ColorMuted, ColorBorder
	case b.Disabled():
		return colorNone, ColorMuted, colorNone
	}
	switch b.kind {
	case ButtonPrimary:
		return theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary
	case ButtonDanger:
		return theme.ColorNameError, theme.ColorNameForegroundOnPrimary, theme.ColorNameError
	case ButtonLink:
		return colorNone, theme.ColorNameHyperlink, colorNone
	case ButtonQuiet:
		return colorNone, theme.ColorNameForeground, colorNone
	}
	return theme.ColorNameButton, theme.ColorNameForeground, theme.ColorNameInputBorder
}
