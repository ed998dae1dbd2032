// This file is Badge: a word or two on a soft, round background.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tone says how something stands. Colour is never alone: a word goes with it.
type Tone int

// The tones.
const (
	ToneNeutral Tone = iota
	ToneInfo
	ToneSuccess
	ToneWarning
	ToneDanger
)

// soft gives the tone's background and the text colour on it.
func (t Tone) soft() (fill, ink fyne.ThemeColorName) {
	switch t {
	case ToneInfo:
		return ColorInfoSoft, ColorInfoText
	case ToneSuccess:
		return ColorSuccessSoft, ColorSuccessText
	case ToneWarning:
		return ColorWarningSoft, ColorWarningText
	case ToneDanger:
		return ColorDangerSoft, ColorDangerText
	}
	return ColorNeutralSoft, ColorNeutralText
}

// strong gives the tone's full colour, for dots, stripes and meters.
func (t Tone) strong() fyne.ThemeColorName {
	switch t {
	case ToneInfo:
		return theme.ColorNamePrimary
	case ToneSuccess:
		return theme.ColorNameSuccess
	case ToneWarning:
		return theme.ColorNameWarning
	case ToneDanger:
		return theme.ColorNameError
	}
	return ColorIdle
}

// Badge is a word in a tone.
type Badge struct {
	widget.BaseWidget

	text string
	tone Tone
}

var _ fyne.Widget = (*Badge)(nil)

// NewBadge makes a badge.
func NewBadge(text string, tone Tone) *Badge {
	b := &Badge{text: text, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// Text gives the badge's words.
func (b *Badge) Text() string { return b.text }

// Tone gives the badge's tone.
func (b *Badge) Tone() Tone { return b.tone }

// Set changes words and tone.
func (b *Badge) Set(text string, tone Tone) {
	if b.text == text && b.tone == tone {
		return
	}
	b.text, b.tone = text, tone
	b.Refresh()
}

// CreateRenderer makes the renderer.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: b, pill: canvas.NewRectangle(color.Transparent), label: canvas.NewText("", color.Transparent)}
	r.label.TextStyle.Bold = true
	r.label.Alignment = fyne.TextAlignCenter
	r.paint()
	return r
}

type badgeRenderer struct {
	badge *Badge
	pill  *canvas.Rectangle
	label *canvas.Text
}

func (r *badgeRenderer) Destroy() {}

func (r *badgeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.pill, r.label} }

func (r *badgeRenderer) MinSize() fyne.Size {
	return r.label.MinSize().AddWidthHeight(14, 2)
}

// Layout keeps the pill's own height also in higher rows.
func (r *badgeRenderer) Layout(size fyne.Size) {
	height := r.MinSize().Height
	top := max(0, (size.Height-height)/2)
	r.pill.Resize(fyne.NewSize(size.Width, height))
	r.pill.CornerRadius = height / 2
	r.pill.Move(fyne.NewPos(0, top))
	r.label.Resize(fyne.NewSize(size.Width, height))
	r.label.Move(fyne.NewPos(0, top))
}

func (r *badgeRenderer) Refresh() {
	r.paint()
	r.Layout(r.badge.Size())
	r.pill.Refresh()
	r.label.Refresh()
	canvas.Refresh(r.badge)
}

func (r *badgeRenderer) paint() {
	fill, ink := r.badge.tone.soft()
	r.pill.FillColor = colorOf(r.badge, fill)
	r.label.Color, r.label.TextSize = colorOf(r.badge, ink), sizeOf(r.badge, SizeSmall)
	setText(r.label, r.badge.text)
}

// Dot is a small round mark in a tone.
type Dot struct {
	widget.BaseWidget

	tone Tone
}

var _ fyne.Widget = (*Dot)(nil)

// NewDot makes a dot.
func NewDot(tone Tone) *Dot {
	d := &Dot{tone: tone}
	d.ExtendBaseWidget(d)
	return d
}

// SetTone changes the dot's colour.
func (d *Dot) SetTone(tone Tone) {
	if d.tone == tone {
		return
	}
	d.tone = tone
	d.Refresh()
}

// Tone gives the dot's tone.
func (d *Dot) Tone() Tone { return d.tone }

// CreateRenderer makes the renderer.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	r := &dotRenderer{dot: d, circle: canvas.NewCircle(color.Transparent)}
	r.circle.FillColor = colorOf(d, d.tone.strong())
	return r
}

type dotRenderer struct {
	dot    *Dot
	circle *canvas.Circle
}

const dotSize = 9

func (r *dotRenderer) Destroy()                     {}
func (r *dotRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.circle} }
func (r *dotRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(dotSize) }

func (r *dotRenderer) Layout(size fyne.Size) {
	r.circle.Resize(fyne.NewSquareSize(dotSize))
	r.circle.Move(fyne.NewPos((size.Width-dotSize)/2, (size.Height-dotSize)/2))
}

func (r *dotRenderer) Refresh() {
	r.circle.FillColor = colorOf(r.dot, r.dot.tone.strong())
	r.circle.Refresh()
}
