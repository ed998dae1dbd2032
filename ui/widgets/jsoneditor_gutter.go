// This file is the gutter of a JSONEditor: the numbers of the lines in view,
// and a dot at those that have something to be said of.

package widgets

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type lineGutter struct {
	widget.BaseWidget

	editor *JSONEditor
	scroll *container.Scroll // of the entry; nil until it is drawn
}

var (
	_ fyne.Widget       = (*lineGutter)(nil)
	_ fyne.Tappable     = (*lineGutter)(nil)
	_ fyne.Scrollable   = (*lineGutter)(nil)
	_ desktop.Hoverable = (*lineGutter)(nil)
)

const (
	gutterDot  = 8
	gutterSide = 5
)

func newLineGutter(editor *JSONEditor) *lineGutter {
	g := &lineGutter{editor: editor}
	g.ExtendBaseWidget(g)
	return g
}

// follow scrolls with the entry, once that has something to scroll.
func (g *lineGutter) follow() {
	if wheel := g.editor.entry.wheel; g.scroll == nil && wheel != nil && wheel.inner != nil {
		g.scroll = wheel.inner
		g.scroll.OnScrolled = func(fyne.Position) { g.Refresh() }
	}
	g.Refresh()
}

// lines gives the height of a line, the top of the first, and how many there
// are.
func (g *lineGutter) lines() (height, top float32, count int) {
	e := g.editor
	if e.reading {
		return jsonHeight, jsonTop - e.view.view.scroll.Offset.Y, max(1, len(e.view.lines))
	}
	top = sizeOf(e.entry, theme.SizeNameInnerPadding)
	if g.scroll != nil {
		top -= g.scroll.Offset.Y
	}
	return e.textLine(), top, strings.Count(e.entry.Text, "\n") + 1
}

// lineAt is the line at a height, from 1; 0: none.
func (g *lineGutter) lineAt(y float32) int {
	height, top, count := g.lines()
	if line := int((y-top)/height) + 1; y >= top && line <= count {
		return line
	}
	return 0
}

// Tapped puts the cursor at the line, where its mark is.
func (g *lineGutter) Tapped(e *fyne.PointEvent) {
	line := g.lineAt(e.Position.Y)
	if line == 0 {
		return
	}
	column := 1
	for _, m := range g.editor.marks {
		if m.Line == line {
			column = m.Column
			break
		}
	}
	g.editor.GoTo(line, column)
}

// Scrolled moves the text.
func (g *lineGutter) Scrolled(e *fyne.ScrollEvent) {
	if g.editor.reading {
		g.editor.view.view.scroll.Scrolled(e)
	} else if g.scroll != nil {
		g.scroll.Scrolled(e)
	}
}

// MouseIn shows what is to be said of the line.
func (g *lineGutter) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved does so too.
func (g *lineGutter) MouseMoved(e *desktop.MouseEvent) {
	line := g.lineAt(e.Position.Y)
	var said []string
	for _, m := range g.editor.marks {
		if line > 0 && m.Line == line {
			said = append(said, m.Text)
		}
	}
	if len(said) == 0 {
		hideTip(g)
		return
	}
	showTip(g, e.AbsolutePosition, strings.Join(said, ". "))
}

// MouseOut hides it.
func (g *lineGutter) MouseOut() { hideTip(g) }

// CreateRenderer makes the renderer.
func (g *lineGutter) CreateRenderer() fyne.WidgetRenderer {
	r := &gutterRenderer{gutter: g, box: canvas.NewRectangle(color.Transparent), rows: container.NewWithoutLayout()}
	r.clip = container.NewClip(r.rows)
	r.draw()
	return r
}

type gutterRenderer struct {
	gutter *lineGutter
	box    *canvas.Rectangle
	clip   *container.Clip
	rows   *fyne.Container
}

func (r *gutterRenderer) Destroy() {}

func (r *gutterRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box, r.clip} }

// MinSize is the dot and room for at least three digits, so that a text that
// grows does not move.
func (r *gutterRenderer) MinSize() fyne.Size {
	_, _, count := r.gutter.lines()
	digits := max(3, len(strconv.Itoa(count)))
	return fyne.NewSize(2*gutterSide+gutterDot+4+float32(digits)*r.gutter.editor.view.cell(), 1)
}

func (r *gutterRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	r.clip.Resize(size)
	r.draw()
}

func (r *gutterRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.gutter)
}

// draw shows the lines in view.
func (r *gutterRenderer) draw() {
	g := r.gutter
	r.box.FillColor, r.box.CornerRadius = colorOf(g, ColorCode), 4
	height, top, count := g.lines()
	size := g.Size()
	r.rows.Objects = nil
	tones := map[int]Tone{}
	for _, m := range g.editor.marks {
		tones[m.Line] = max(tones[m.Line], m.Tone)
	}
	textSize := g.editor.view.textSize()
	for line := max(1, int(-top/height)); line <= count; line++ {
		y := top + float32(line-1)*height
		if y > size.Height {
			break
		}
		number := canvas.NewText("", colorOf(g, ColorMuted))
		number.TextSize, number.TextStyle.Monospace, number.Alignment = textSize, true, fyne.TextAlignTrailing
		setText(number, strconv.Itoa(line))
		number.Resize(fyne.NewSize(size.Width-gutterSide, height))
		number.Move(fyne.NewPos(0, y))
		r.rows.Objects = append(r.rows.Objects, number)
		if tone, marked := tones[line]; marked {
			number.Color = colorOf(g, theme.ColorNameForeground)
			dot := canvas.NewCircle(colorOf(g, tone.strong()))
			dot.Resize(fyne.NewSquareSize(gutterDot))
			dot.Move(fyne.NewPos(gutterSide, y+(height-gutterDot)/2))
			r.rows.Objects = append(r.rows.Objects, dot)
		}
	}
	r.rows.Refresh()
}
