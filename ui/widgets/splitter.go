// This file is Splitter: the line between two columns, which can be moved by
// mouse or keyboard.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Splitter is a line that a person moves: it reports by how much, and its owner
// moves it. A drag, Left and Right (with Shift in large steps) move it; a double
// click, Home or Backspace puts it back; Enter and Escape leave it. It takes
// Tab only while the keyboard is on it: a person who fills a form passes it by,
// and FocusSplitter leads to it.
type Splitter struct {
	widget.BaseWidget

	// OnMoved is called with the distance, positive to the right.
	OnMoved func(by float32)
	// OnEnded is called when a drag or a key has moved it.
	OnEnded func()
	// OnReset is called when it is to go back to where it was at first.
	OnReset func()

	quiet                     bool // there is no line while nobody touches it
	focused, hovered, reached bool
}

// The part that a mouse can take hold of is wider than the line, and lies
// mostly at its right: what ends at the line, for example a scroll bar, stays
// within reach.
const (
	SplitterWidth float32 = 9
	SplitterLine  float32 = 2 // from the left edge of that part to the line
)

const (
	splitterStep      float32 = 16
	splitterLargeStep float32 = 80
)

var (
	_ fyne.Widget         = (*Splitter)(nil)
	_ fyne.Draggable      = (*Splitter)(nil)
	_ fyne.DoubleTappable = (*Splitter)(nil)
	_ fyne.Focusable      = (*Splitter)(nil)
	_ fyne.Shortcutable   = (*Splitter)(nil)
	_ fyne.Disableable    = (*Splitter)(nil)
	_ desktop.Hoverable   = (*Splitter)(nil)
	_ desktop.Cursorable  = (*Splitter)(nil)
)

// NewSplitter makes a line.
func NewSplitter() *Splitter {
	s := &Splitter{}
	s.ExtendBaseWidget(s)
	return s
}

// NewQuietSplitter makes one that is seen only while the mouse or the keyboard
// is on it, for a gap between cards.
func NewQuietSplitter() *Splitter {
	s := NewSplitter()
	s.quiet = true
	return s
}

// FocusSplitter puts the keyboard on the first line of an object, or on the
// next one where it is on one already; from the last it leaves. It answers
// whether there was one.
func FocusSplitter(c fyne.Canvas, in fyne.CanvasObject) bool {
	lines := splittersOf(in)
	next := 0
	for i, line := range lines {
		if line.focused {
			next = i + 1
		}
	}
	switch {
	case len(lines) == 0:
		return false
	case next == len(lines):
		c.Unfocus()
	default:
		lines[next].reached = true
		c.Focus(lines[next])
	}
	return true
}

// splittersOf finds the lines of containers, from left to right: they stand in
// the order in which they were added.
func splittersOf(o fyne.CanvasObject) []*Splitter {
	switch o := o.(type) {
	case *Splitter:
		if o.Visible() {
			return []*Splitter{o}
		}
	case *StatePanel:
		return splittersOf(o.content)
	case *fyne.Container:
		var found []*Splitter
		for _, child := range o.Objects {
			found = append(found, splittersOf(child)...)
		}
		return found
	}
	return nil
}

// Dragged moves the line.
func (s *Splitter) Dragged(e *fyne.DragEvent) { s.move(e.Dragged.DX) }

// DragEnd tells that it is where it shall be.
func (s *Splitter) DragEnd() { s.ended() }

// DoubleTapped puts it back.
func (s *Splitter) DoubleTapped(*fyne.PointEvent) { s.reset() }

func (s *Splitter) move(by float32) {
	if s.OnMoved != nil && by != 0 {
		s.OnMoved(by)
	}
}

func (s *Splitter) ended() {
	if s.OnEnded != nil {
		s.OnEnded()
	}
}

func (s *Splitter) reset() {
	if s.OnReset != nil {
		s.OnReset()
	}
}

// TypedKey moves the line, puts it back, or leaves it.
func (s *Splitter) TypedKey(key *fyne.KeyEvent) {
	step := splitterStep
	if shiftHeld() {
		step = splitterLargeStep
	}
	switch key.Name {
	case fyne.KeyLeft:
		s.move(-step)
		s.ended()
	case fyne.KeyRight:
		s.move(step)
		s.ended()
	case fyne.KeyHome, fyne.KeyBackspace, fyne.KeyDelete:
		s.reset()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape:
		if c := canvasOf(s); c != nil {
			c.Unfocus()
		}
	default:
		passKey(s, key)
	}
}

// TypedRune passes characters on.
func (s *Splitter) TypedRune(r rune) { passRune(s, r) }

// TypedShortcut passes shortcuts on.
func (s *Splitter) TypedShortcut(shortcut fyne.Shortcut) { passShortcut(s, shortcut) }

// FocusGained shows where the keyboard is.
func (s *Splitter) FocusGained() {
	s.focused, s.reached = true, true
	s.Refresh()
}

// FocusLost hides it.
func (s *Splitter) FocusLost() {
	s.focused, s.reached = false, false
	s.Refresh()
}

// Enable does nothing: see Disabled.
func (s *Splitter) Enable() {}

// Disable does nothing: see Disabled.
func (s *Splitter) Disable() {}

// Disabled keeps Tab from stopping here.
func (s *Splitter) Disabled() bool { return !s.reached }

// MouseIn shows that it can be moved.
func (s *Splitter) MouseIn(*desktop.MouseEvent) {
	s.hovered = true
	s.Refresh()
}

// MouseMoved does nothing.
func (s *Splitter) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes it.
func (s *Splitter) MouseOut() {
	s.hovered = false
	s.Refresh()
}

// Cursor says that it moves sideways.
func (s *Splitter) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer makes the renderer.
func (s *Splitter) CreateRenderer() fyne.WidgetRenderer {
	r := &splitterRenderer{splitter: s, line: canvas.NewRectangle(color.Transparent)}
	r.paint()
	return r
}

type splitterRenderer struct {
	splitter *Splitter
	line     *canvas.Rectangle
}

func (r *splitterRenderer) Destroy()                     {}
func (r *splitterRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *splitterRenderer) MinSize() fyne.Size           { return fyne.NewSize(SplitterWidth, 1) }

func (r *splitterRenderer) Layout(size fyne.Size) {
	at, width := SplitterLine, float32(1)
	if r.splitter.focused || r.splitter.hovered {
		at, width = at-1, 3
	}
	r.line.Resize(fyne.NewSize(width, size.Height))
	r.line.Move(fyne.NewPos(at, 0))
}

func (r *splitterRenderer) Refresh() {
	r.paint()
	r.Layout(r.splitter.Size())
	r.line.Refresh()
	canvas.Refresh(r.splitter)
}

func (r *splitterRenderer) paint() {
	ink := ColorBorder
	switch {
	case r.splitter.focused || r.splitter.hovered:
		ink = theme.ColorNamePrimary
	case r.splitter.quiet:
		ink = colorNone
	}
	r.line.FillColor = colorOf(r.splitter, ink)
}
