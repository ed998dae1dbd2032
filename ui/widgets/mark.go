// This file is Mark: the small square that tells one connection from another. Its
// colours are none of the tones, so that it is not taken for a state.

package widgets

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// MarkColour is a colour to mark something with: its name, as it is kept, and the
// word for people.
type MarkColour struct{ Name, Word string }

// MarkColours lists the colours that can be chosen.
func MarkColours() []MarkColour {
	return []MarkColour{
		{"violet", "Violet"},
		{"magenta", "Magenta"},
		{"teal", "Teal"},
		{"olive", "Olive"},
		{"brown", "Brown"},
		{"slate", "Slate"},
	}
}

// MarkWord is the word of a colour: one that can be chosen, "#rrggbb" as it is,
// or "" for what is none.
func MarkWord(name string) string {
	for _, c := range MarkColours() {
		if c.Name == name {
			return c.Word
		}
	}
	if _, ok := hexColor(name); ok {
		return name
	}
	return ""
}

// markShades are the colours in the light and in the dark theme.
var markShades = map[string]shades{
	"violet":  {0x7a4fd0ff, 0xb39af5ff},
	"magenta": {0xc23a8eff, 0xf08cc6ff},
	"teal":    {0x0f8a94ff, 0x55cdd6ff},
	"olive":   {0x7b7d1fff, 0xcbd063ff},
	"brown":   {0x8a5a3bff, 0xd3a583ff},
	"slate":   {0x566579ff, 0xaab8c8ff},
}

// markColor gives the colour of a name or of "#rrggbb"; false for what is none.
func markColor(w themedWidget, name string) (color.Color, bool) {
	if s, ok := markShades[name]; ok {
		variant := fyne.CurrentApp().Settings().ThemeVariant()
		if ours, ok := w.Theme().(*Theme); ok {
			variant = ours.variant(variant)
		}
		return s.in(variant), true
	}
	return hexColor(name)
}

func hexColor(name string) (color.Color, bool) {
	if len(name) != 7 || name[0] != '#' {
		return nil, false
	}
	value, err := strconv.ParseUint(name[1:], 16, 24)
	if err != nil {
		return nil, false
	}
	return color.NRGBA{R: uint8(value >> 16), G: uint8(value >> 8 & 0xff), B: uint8(value & 0xff), A: 0xff}, true
}

// Mark is a small square in a colour; it is not there without one.
type Mark struct {
	widget.BaseWidget

	colour string
}

var _ fyne.Widget = (*Mark)(nil)

const markSize = 10

// NewMark makes a mark.
func NewMark(colour string) *Mark {
	m := &Mark{}
	m.ExtendBaseWidget(m)
	m.Set(colour)
	return m
}

// Set changes the colour.
func (m *Mark) Set(colour string) {
	m.Hidden = MarkWord(colour) == ""
	if m.colour == colour {
		return
	}
	m.colour = colour
	m.Refresh()
}

// Colour gives the colour's name.
func (m *Mark) Colour() string { return m.colour }

// CreateRenderer makes the renderer.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	r := &markRenderer{mark: m, square: canvas.NewRectangle(color.Transparent)}
	r.square.CornerRadius = 3
	r.paint()
	return r
}

type markRenderer struct {
	mark   *Mark
	square *canvas.Rectangle
}

func (r *markRenderer) Destroy()                     {}
func (r *markRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.square} }
func (r *markRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(markSize) }

func (r *markRenderer) Layout(size fyne.Size) {
	r.square.Resize(fyne.NewSquareSize(markSize))
	r.square.Move(fyne.NewPos((size.Width-markSize)/2, (size.Height-markSize)/2))
}

func (r *markRenderer) Refresh() {
	r.paint()
	r.square.Refresh()
}

func (r *markRenderer) paint() {
	if c, ok := markColor(r.mark, r.mark.colour); ok {
		r.square.FillColor = c
	}
}
