// This file is Segments: a few words beside each other of which one is chosen,
// each with a count.

package widgets

import (
	"image/color"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Segments is one stop of Tab; Left and Right choose. The first segment is the
// usual one: any other is drawn so that it is not overlooked.
type Segments struct {
	widget.BaseWidget
	pressable

	// OnSelected is called when a person chose a segment, also the one that
	// was chosen already, not by Select.
	OnSelected func(index int)

	labels   []string
	counts   []int // negative: none
	selected int
	over     int // the segment below the mouse; -1: none
}

var (
	_ fyne.Widget       = (*Segments)(nil)
	_ fyne.Tappable     = (*Segments)(nil)
	_ fyne.Focusable    = (*Segments)(nil)
	_ desktop.Hoverable = (*Segments)(nil)
)

const (
	segmentSide   = 8
	segmentGap    = 4 // between a word and its count
	segmentHeight = 24
)

// NewSegments makes segments of which the first is chosen, without counts.
func NewSegments(labels ...string) *Segments {
	s := &Segments{labels: labels, counts: slices.Repeat([]int{-1}, len(labels)), over: -1}
	s.ExtendBaseWidget(s)
	s.pressable.owner, s.pressable.act = s, func() { s.choose(s.selected) }
	s.onKey = s.typedKey
	return s
}

// Select marks a segment as chosen.
func (s *Segments) Select(index int) {
	if s.selected == index {
		return
	}
	s.selected = index
	s.Refresh()
}

// Selected gives the index of the chosen segment.
func (s *Segments) Selected() int { return s.selected }

// SetCount shows a number behind a segment's word.
func (s *Segments) SetCount(index, count int) {
	if s.counts[index] == count {
		return
	}
	s.counts[index] = count
	s.Refresh()
}

// Count gives the number behind a segment's word; negative: it has none.
func (s *Segments) Count(index int) int { return s.counts[index] }

func (s *Segments) choose(index int) {
	if index < 0 || index >= len(s.labels) {
		return
	}
	s.Select(index)
	if s.OnSelected != nil {
		s.OnSelected(index)
	}
}

func (s *Segments) typedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyLeft:
		s.choose(s.selected - 1)
	case fyne.KeyRight:
		s.choose(s.selected + 1)
	default:
		return false
	}
	return true
}

// Tapped chooses the segment below the mouse.
func (s *Segments) Tapped(e *fyne.PointEvent) { s.choose(s.at(e.Position.X)) }

// MouseIn shades the segment below the mouse.
func (s *Segments) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved follows it.
func (s *Segments) MouseMoved(e *desktop.MouseEvent) { s.setOver(s.at(e.Position.X)) }

// MouseOut takes the shade away.
func (s *Segments) MouseOut() { s.setOver(-1) }

func (s *Segments) setOver(index int) {
	if s.over == index {
		return
	}
	s.over = index
	s.Refresh()
}

func (s *Segments) at(x float32) int {
	left := float32(0)
	for i := range s.labels {
		if left += s.width(i); x < left {
			return i
		}
	}
	return -1
}

// width leaves room for the word and its count.
func (s *Segments) width(i int) float32 {
	m := measureWith(sizeOf(s, theme.SizeNameCaptionText), fyne.TextStyle{})
	width := m(s.labels[i]) + 2*segmentSide
	if count := s.countWord(i); count != "" {
		width += segmentGap + m(count)
	}
	return width
}

func (s *Segments) countWord(i int) string {
	if s.counts[i] < 0 {
		return ""
	}
	return strconv.Itoa(s.counts[i])
}

// CreateRenderer makes the renderer.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentsRenderer{segments: s, box: canvas.NewRectangle(color.Transparent), frame: newFrame()}
	for range s.labels {
		r.parts = append(r.parts, segmentPart{
			fill: canvas.NewRectangle(color.Transparent), word: canvas.NewText("", color.Transparent), count: canvas.NewText("", color.Transparent),
		})
	}
	r.paint()
	return r
}

type segmentPart struct {
	fill        *canvas.Rectangle
	word, count *canvas.Text
}

type segmentsRenderer struct {
	segments   *Segments
	box, frame *canvas.Rectangle
	parts      []segmentPart
}

func (r *segmentsRenderer) Destroy() {}

func (r *segmentsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.box}
	for _, p := range r.parts {
		objects = append(objects, p.fill, p.word, p.count)
	}
	return append(objects, r.frame)
}

func (r *segmentsRenderer) MinSize() fyne.Size {
	width := float32(0)
	for i := range r.parts {
		width += r.segments.width(i)
	}
	return fyne.NewSize(width, segmentHeight)
}

func (r *segmentsRenderer) Layout(size fyne.Size) {
	whole := fyne.NewSize(r.MinSize().Width, size.Height)
	r.box.Resize(whole)
	r.frame.Resize(whole)
	left := float32(0)
	for i, p := range r.parts {
		width := r.segments.width(i)
		p.fill.Move(fyne.NewPos(left+2, 2))
		p.fill.Resize(fyne.NewSize(width-4, size.Height-4))
		word := p.word.MinSize()
		p.word.Move(fyne.NewPos(left+segmentSide, (size.Height-word.Height)/2))
		p.word.Resize(word)
		p.count.Move(fyne.NewPos(left+segmentSide+word.Width+segmentGap, (size.Height-word.Height)/2))
		p.count.Resize(p.count.MinSize())
		left += width
	}
}

func (r *segmentsRenderer) Refresh() {
	r.paint()
	r.Layout(r.segments.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.segments)
}

func (r *segmentsRenderer) paint() {
	s := r.segments
	r.box.FillColor, r.box.CornerRadius = colorOf(s, ColorNeutralSoft), 5
	for i, p := range r.parts {
		fill, ink, faint := colorNone, theme.ColorNameForeground, ColorMuted
		switch {
		case i == s.selected && i == 0:
			fill = ColorPanel
		case i == s.selected:
			fill, ink, faint = theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnPrimary
		case i == s.over:
			fill = theme.ColorNameHover
		}
		p.fill.FillColor, p.fill.CornerRadius = colorOf(s, fill), 4
		size := sizeOf(s, theme.SizeNameCaptionText)
		p.word.Text, p.word.Color, p.word.TextSize = s.labels[i], colorOf(s, ink), size
		p.count.Text, p.count.Color, p.count.TextSize = s.countWord(i), colorOf(s, faint), size
	}
	s.paintFrame(r.frame, s, 5)
}
