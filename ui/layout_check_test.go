package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// box is a piece of the window that people read or press, where it lies.
type box struct {
	what       string
	pos        fyne.Position
	size, need fyne.Size
	shown      area // what of it is seen
	scrolls    bool // the rest of it can be scrolled to
}

func (b box) String() string {
	return fmt.Sprintf("%s at %.0f,%.0f of %.0f×%.0f", b.what, b.pos.X, b.pos.Y, b.size.Width, b.size.Height)
}

// area is a rectangle of the window.
type area struct{ left, top, right, bottom float32 }

func areaOf(at fyne.Position, size fyne.Size) area {
	return area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

// within is what of a lies in b too.
func (a area) within(b area) area {
	return area{max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom)}
}

// empty says that nothing is left but what rounding makes.
func (a area) empty() bool { return a.right-a.left <= slack || a.bottom-a.top <= slack }

// slack is what rounding may make of a length.
const slack = 1

// checkLayout fails where something that is shown is cut off, squeezed, or
// lies over something else: what is on top of the window, and the window below
// it where nothing is.
func checkLayout(t *testing.T, c fyne.Canvas) {
	t.Helper()
	for _, fault := range layoutFaults(c) {
		t.Error(fault)
	}
}

func layoutFaults(c fyne.Canvas) []string {
	top := c.Content()
	if overlay := c.Overlays().Top(); overlay != nil {
		top = overlay
	}
	layOut(top)
	window := areaOf(fyne.Position{}, c.Size())
	boxes := boxesOf(top, window)
	if len(boxes) == 0 {
		return []string{"nothing is shown"}
	}
	var faults []string
	say := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for i, b := range boxes {
		if b.shown.empty() {
			if !b.scrolls {
				say("out of sight: %v", b)
			}
			continue
		}
		if whole := areaOf(b.pos, b.size); whole.within(window) != whole && !b.scrolls {
			say("cut off by the window: %v", b)
		}
		if b.size.Width < b.need.Width-slack || b.size.Height < b.need.Height-slack {
			say("squeezed: %v, needs %.0f×%.0f", b, b.need.Width, b.need.Height)
		}
		for _, other := range boxes[i+1:] {
			if !b.shown.within(other.shown).empty() {
				say("one over the other: %v and %v", b, other)
			}
		}
	}
	return faults
}

// layOut lays everything out anew from the top, as a real window does where
// something needs another size than it did. The test window does not.
func layOut(o fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
		for _, child := range o.Objects {
			layOut(child)
		}
	case fyne.Widget:
		renderer := test.WidgetRenderer(o)
		renderer.Layout(o.Size())
		for _, child := range renderer.Objects() {
			layOut(child)
		}
	}
}

// boxesOf lists what people read and press below an object.
func boxesOf(top fyne.CanvasObject, window area) []box {
	var boxes []box
	var walk func(o fyne.CanvasObject, at fyne.Position, clip area, scrolls bool)
	walk = func(o fyne.CanvasObject, at fyne.Position, clip area, scrolls bool) {
		if !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		if what := named(o); what != "" {
			b := box{what: what, pos: at, size: o.Size(), need: o.MinSize(), scrolls: scrolls}
			if text, ok := o.(*widgets.Text); ok {
				b.pos, b.size, b.need = drawn(text, at)
			}
			if button, ok := o.(*widgets.Button); ok && button.Narrows() {
				b.need.Width = min(b.need.Width, b.size.Width) // it shortens its words
			}
			b.shown = areaOf(b.pos, b.size).within(clip)
			if b.pos.X > -window.right { // further left is what a layout put away
				boxes = append(boxes, b)
			}
			return
		}
		switch o := o.(type) {
		case *container.Scroll:
			walk(o.Content, at, areaOf(at, o.Size()).within(clip), true)
		case *container.Clip:
			walk(o.Content, at, areaOf(at, o.Size()).within(clip), true)
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at, clip, scrolls)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, at, clip, scrolls)
			}
		}
	}
	walk(top, fyne.Position{}, window, false)
	return boxes
}

// drawn is where the letters of a text are: a text in lines is given more width
// than its words take. It needs no less than its longest line.
func drawn(text *widgets.Text, at fyne.Position) (pos fyne.Position, size, need fyne.Size) {
	var letters area
	for i, o := range test.WidgetRenderer(text).Objects() {
		line, ok := o.(*canvas.Text)
		if !ok {
			continue
		}
		width := line.MinSize().Width
		left := at.X + line.Position().X
		switch line.Alignment {
		case fyne.TextAlignCenter:
			left += (line.Size().Width - width) / 2
		case fyne.TextAlignTrailing:
			left += line.Size().Width - width
		}
		one := areaOf(fyne.NewPos(left, at.Y+line.Position().Y), fyne.NewSize(width, line.MinSize().Height))
		if i == 0 {
			letters = one
		}
		letters = area{min(letters.left, one.left), min(letters.top, one.top), max(letters.right, one.right), max(letters.bottom, one.bottom)}
	}
	size = fyne.NewSize(letters.right-letters.left, letters.bottom-letters.top)
	need = size
	if size.Width > text.Size().Width {
		size.Width = text.Size().Width
	}
	return fyne.NewPos(letters.left, letters.top), size, need
}

// named says what a piece is; empty for what only holds others.
func named(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *widgets.Text:
		if strings.TrimSpace(o.Text()) == "" {
			return ""
		}
		return fmt.Sprintf("the text %q", o.Text())
	case *widgets.Button:
		return fmt.Sprintf("the button %q", o.Text())
	case *widgets.Picker:
		return fmt.Sprintf("the picker %q", o.Value())
	case *widgets.Badge:
		return "a badge"
	}
	return ""
}

// wordsHave says whether what is shown below an object has the words.
func wordsHave(o fyne.CanvasObject, words string) bool { return strings.Contains(wordsOn(o), words) }

func TestTheLayoutCheckSeesWhatIsWrong(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	button := func(x, y, width float32) fyne.CanvasObject {
		b := widgets.NewButton("Send", nil)
		b.Resize(fyne.NewSize(width, b.MinSize().Height))
		b.Move(fyne.NewPos(x, y))
		return b
	}
	words := func(x, y, width float32) fyne.CanvasObject {
		text := widgets.NewText("Some words of a label", widgets.RoleBody)
		text.Resize(fyne.NewSize(width, text.MinSize().Height))
		text.Move(fyne.NewPos(x, y))
		return text
	}
	shortening := func(x, y, width float32) fyne.CanvasObject {
		b := button(x, y, width)
		b.(*widgets.Button).LetNarrow()
		return b
	}
	scrolled := container.NewVScroll(container.NewWithoutLayout(button(0, 500, 80)))
	scrolled.Resize(fyne.NewSize(100, 100))
	cases := map[string]struct {
		objects []fyne.CanvasObject
		want    string // how the fault begins; empty: there is none
	}{
		"side by side":                        {[]fyne.CanvasObject{button(0, 0, 80), words(100, 0, 200)}, ""},
		"one over the other":                  {[]fyne.CanvasObject{button(0, 0, 80), words(60, 0, 200)}, "one over the other"},
		"too narrow for its words":            {[]fyne.CanvasObject{words(0, 0, 30)}, "squeezed"},
		"a button too narrow":                 {[]fyne.CanvasObject{button(0, 0, 20)}, "squeezed"},
		"a button that shortens its words":    {[]fyne.CanvasObject{shortening(0, 0, 20)}, ""},
		"over the edge":                       {[]fyne.CanvasObject{button(350, 0, 80)}, "cut off by the window"},
		"outside":                             {[]fyne.CanvasObject{button(0, 500, 80)}, "out of sight"},
		"nothing":                             {nil, "nothing is shown"},
		"what can be scrolled to is no fault": {[]fyne.CanvasObject{scrolled, button(200, 0, 80)}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := test.NewTempWindow(t, container.NewWithoutLayout(c.objects...))
			w.SetPadded(false)
			w.Resize(fyne.NewSize(400, 300))
			got := layoutFaults(w.Canvas())
			if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], c.want)) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
