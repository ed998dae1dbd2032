// This file is RoundMark: a letter or two on a coloured circle, for a type of
// activity or a person.

package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// RoundMark is the round icon of a type: its first letter on a colour that is
// always the same for it. The name stands beside it wherever it is shown, for
// two types can look alike.
type RoundMark struct {
	widget.BaseWidget

	side float32
	text string
	fill color.Color
}

var _ fyne.Widget = (*RoundMark)(nil)

// NewRoundMark makes a mark without a letter, side wide and high.
func NewRoundMark(side float32) *RoundMark {
	m := &RoundMark{side: side, fill: personShade}
	m.ExtendBaseWidget(m)
	return m
}

// SetType shows a type.
func (m *RoundMark) SetType(kind string) {
	m.set(firstLetter(kind), roundShades[roundShade(kind, len(roundShades))])
}

// SetInitials shows a person.
func (m *RoundMark) SetInitials(initials string) { m.set(initials, personShade) }

// Text gives the letters.
func (m *RoundMark) Text() string { return m.text }

func (m *RoundMark) set(text string, fill color.Color) {
	if m.text == text && m.fill == fill {
		return
	}
	m.text, m.fill = text, fill
	m.Refresh()
}

func firstLetter(kind string) string {
	for _, r := range kind {
		return strings.ToUpper(string(r))
	}
	return "?"
}

// roundShade picks one of n shades for a type, always the same one.
func roundShade(kind string, n int) int {
	var sum uint32 = 2166136261 // FNV-1a: any stable spread would do
	for _, b := range []byte(kind) {
		sum = (sum ^ uint32(b)) * 16777619
	}
	return int(sum % uint32(n))
}

// roundShades are dark enough for white letters in both looks.
var roundShades = [...]color.Color{
	color.NRGBA{R: 0x7a, G: 0x3f, B: 0xa0, A: 0xff},
	color.NRGBA{R: 0xb8, G: 0x41, B: 0x6f, A: 0xff},
	color.NRGBA{R: 0x2a, G: 0x63, B: 0xc7, A: 0xff},
	color.NRGBA{R: 0x1d, G: 0x7a, B: 0x5c, A: 0xff},
	color.NRGBA{R: 0x9a, G: 0x5b, B: 0x13, A: 0xff},
	color.NRGBA{R: 0x38, G: 0x6f, B: 0x8c, A: 0xff},
}

var personShade color.Color = color.NRGBA{R: 0x4d, G: 0x5f, B: 0x73, A: 0xff}

// CreateRenderer draws the letters on the circle.
func (m *RoundMark) CreateRenderer() fyne.WidgetRenderer {
	r := &roundMarkRenderer{mark: m, circle: canvas.NewCircle(color.Transparent), letter: canvas.NewText("", color.White)}
	r.letter.Alignment = fyne.TextAlignCenter
	r.letter.TextStyle.Bold = true
	r.letter.TextSize = m.side * 0.4
	r.paint()
	return r
}

type roundMarkRenderer struct {
	mark   *RoundMark
	circle *canvas.Circle
	letter *canvas.Text
}

func (r *roundMarkRenderer) Destroy()           {}
func (r *roundMarkRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.mark.side) }

func (r *roundMarkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.circle, r.letter}
}

func (r *roundMarkRenderer) Layout(size fyne.Size) {
	side := r.mark.side
	at := fyne.NewPos((size.Width-side)/2, (size.Height-side)/2)
	for _, o := range r.Objects() {
		o.Resize(fyne.NewSquareSize(side))
		o.Move(at)
	}
}

func (r *roundMarkRenderer) Refresh() {
	r.paint()
	r.circle.Refresh()
	r.letter.Refresh()
}

func (r *roundMarkRenderer) paint() {
	r.circle.FillColor = r.mark.fill
	setText(r.letter, r.mark.text)
}
