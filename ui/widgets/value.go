// This file is Value: text that carries data, so that it can be selected with
// the mouse and copied. Tab passes it by.

package widgets

import (
	"image/color"
	"strings"
	"sync/atomic"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Value shows text that can be selected: dragging selects, a double click
// takes a word, Control+A all, Control+C copies, the other button opens a menu.
type Value struct {
	widget.BaseWidget

	text         *Text
	whole        string // what the text stands for; empty: itself
	anchor, head int    // the selection, in runes of the whole text
	focused      bool
	leaving      bool // Tab goes on from here
}

var (
	_ fyne.Widget            = (*Value)(nil)
	_ fyne.Tabbable          = (*Value)(nil)
	_ fyne.Focusable         = (*Value)(nil)
	_ fyne.Shortcutable      = (*Value)(nil)
	_ fyne.Draggable         = (*Value)(nil)
	_ fyne.DoubleTappable    = (*Value)(nil)
	_ fyne.SecondaryTappable = (*Value)(nil)
	_ fyne.Disableable       = (*Value)(nil)
	_ desktop.Mouseable      = (*Value)(nil)
	_ desktop.Hoverable      = (*Value)(nil)
	_ desktop.Cursorable     = (*Value)(nil)
)

// NewValue makes selectable text that goes on in further lines.
func NewValue(text string, role Role) *Value { return newValue(NewWrappedText(text, role)) }

// NewLineValue makes selectable text of one line, shortened with an ellipsis
// where it has too little room; the mouse over it then shows all.
func NewLineValue(text string, role Role) *Value { return newValue(NewEllipsisText(text, role)) }

// NewFixedValue makes selectable text of one line that asks for its width.
func NewFixedValue(text string, role Role) *Value { return newValue(NewText(text, role)) }

func newValue(text *Text) *Value {
	v := &Value{text: text}
	v.ExtendBaseWidget(v)
	return v
}

// Text gives the whole text.
func (v *Value) Text() string { return v.text.Text() }

// LineWidth is the width of the text in one line, not shortened.
func (v *Value) LineWidth() float32 { return naturalWidth(v) }

// SetText changes the text; what was selected no longer is.
func (v *Value) SetText(text string) {
	if v.text.Text() == text {
		return
	}
	v.anchor, v.head = 0, 0
	v.text.SetText(text)
	v.Refresh()
}

// SetWhole gives what the text stands for in short, such as a whole address:
// the mouse over it shows that, and "Copy all" copies it. Empty: itself.
func (v *Value) SetWhole(text string) { v.whole = text }

// Whole gives what the text stands for.
func (v *Value) Whole() string {
	if v.whole != "" {
		return v.whole
	}
	return v.text.Text()
}

// SetRole changes what the text is for.
func (v *Value) SetRole(role Role) { v.text.SetRole(role) }

// SetColor gives the text another colour than its role's; empty undoes it.
func (v *Value) SetColor(name fyne.ThemeColorName) { v.text.SetColor(name) }

// SelectedText gives what is selected, or "".
func (v *Value) SelectedText() string {
	runes := []rune(v.text.Text())
	from, to := v.selection()
	return string(runes[min(from, len(runes)):min(to, len(runes))])
}

func (v *Value) selection() (from, to int) { return min(v.anchor, v.head), max(v.anchor, v.head) }

// Disabled is true: Fyne then leaves a selectable text out of the Tab order,
// but focuses it when it is clicked.
func (v *Value) Disabled() bool { return !v.leaving }

// AcceptsTab lets Tab come here as a key: from a widget that is disabled Fyne
// would go on with the first one of the window.
func (v *Value) AcceptsTab() bool { return true }

func (v *Value) leave() {
	c := canvasOf(v)
	if c == nil {
		return
	}
	v.leaving = true
	if shiftHeld() {
		c.FocusPrevious()
	} else {
		c.FocusNext()
	}
	v.leaving = false
}

// Enable does nothing: a Value is never a field.
func (v *Value) Enable() {}

// Disable does nothing.
func (v *Value) Disable() {}

func (v *Value) selectRunes(anchor, head int) {
	if v.anchor == anchor && v.head == head {
		return
	}
	v.anchor, v.head = anchor, head
	v.Refresh()
}

// runeAt finds the place between two runes that is nearest to a point.
func (v *Value) runeAt(pos fyne.Position) int {
	lines := v.text.lines
	if len(lines) == 0 {
		return 0
	}
	height := v.text.lineHeight()
	line := lines[min(max(int(pos.Y/height), 0), len(lines)-1)]
	size, style := v.text.metrics()
	m := measureWith(size, style)
	runes := []rune(line.text)
	before := float32(0)
	for i := range runes {
		width := m(string(runes[:i+1]))
		if pos.X < (before+width)/2 {
			return line.start + i
		}
		before = width
	}
	return line.start + len(runes)
}

// MouseDown starts a selection.
func (v *Value) MouseDown(e *desktop.MouseEvent) {
	focus(v)
	if e.Button == desktop.MouseButtonPrimary {
		at := v.runeAt(e.Position)
		v.selectRunes(at, at)
	}
}

// MouseUp does nothing.
func (v *Value) MouseUp(*desktop.MouseEvent) {}

// Dragged selects up to the mouse.
func (v *Value) Dragged(e *fyne.DragEvent) { v.selectRunes(v.anchor, v.runeAt(e.Position)) }

// DragEnd does nothing.
func (v *Value) DragEnd() {}

// DoubleTapped selects the word below the mouse.
func (v *Value) DoubleTapped(e *fyne.PointEvent) {
	from, to := wordAround([]rune(v.text.Text()), v.runeAt(e.Position))
	v.selectRunes(from, to)
}

// wordAround finds the letters, digits, hyphens and underscores around a
// place, so that an id is taken whole.
func wordAround(runes []rune, at int) (from, to int) {
	inWord := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-", r)
	}
	from, to = min(at, len(runes)), min(at, len(runes))
	for from > 0 && inWord(runes[from-1]) {
		from--
	}
	for to < len(runes) && inWord(runes[to]) {
		to++
	}
	return from, to
}

// TappedSecondary offers to copy.
func (v *Value) TappedSecondary(e *fyne.PointEvent) {
	ShowMenu(v, e.Position, []MenuItem{
		{Label: "Copy", Disabled: v.SelectedText() == "", OnChosen: v.copySelection},
		{Label: "Copy all", OnChosen: func() { copyText(v.Whole()) }},
	})
}

func (v *Value) copySelection() {
	if text := v.SelectedText(); text != "" {
		copyText(text)
	}
}

// masked is what copies of shown texts go through; see MaskCopies.
var masked atomic.Pointer[func(string) string]

// MaskCopies has mask take secrets out of what is copied from texts that cannot
// be edited: they show what services and errors say. There is one for the whole
// process, as there is one clipboard. What a person typed is copied as it is.
func MaskCopies(mask func(string) string) { masked.Store(&mask) }

func copyText(text string) {
	if mask := masked.Load(); mask != nil {
		text = (*mask)(text)
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
}

// MouseIn shows the whole text where it is shortened.
func (v *Value) MouseIn(e *desktop.MouseEvent) {
	if !v.text.Whole() || v.whole != "" {
		showTip(v, e.AbsolutePosition, v.Whole())
	}
}

// MouseMoved does nothing.
func (v *Value) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides the tip.
func (v *Value) MouseOut() { hideTip(v) }

// Cursor is the one of text.
func (v *Value) Cursor() desktop.Cursor { return desktop.TextCursor }

// FocusGained shows the selection.
func (v *Value) FocusGained() {
	v.focused = true
	v.Refresh()
}

// FocusLost hides it.
func (v *Value) FocusLost() {
	v.focused = false
	v.Refresh()
}

// TypedRune passes characters on.
func (v *Value) TypedRune(r rune) { passRune(v, r) }

// TypedKey passes keys on. Fyne gives a shortcut over selectable text as a
// plain key, so the shortcut is made again from the modifiers held.
func (v *Value) TypedKey(key *fyne.KeyEvent) {
	modifier := held()
	switch {
	case key.Name == fyne.KeyTab:
		v.leave()
	case modifier == 0:
		passKey(v, key)
	case modifier == fyne.KeyModifierShortcutDefault && key.Name == fyne.KeyA:
		v.TypedShortcut(&fyne.ShortcutSelectAll{})
	default:
		v.TypedShortcut(&desktop.CustomShortcut{KeyName: key.Name, Modifier: modifier})
	}
}

// TypedShortcut copies and selects all; other shortcuts are passed on.
func (v *Value) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		v.copySelection()
	case *fyne.ShortcutSelectAll:
		v.selectRunes(0, len([]rune(v.text.Text())))
	default:
		passShortcut(v, s)
	}
}

// MinSize is the text's.
func (v *Value) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return v.BaseWidget.MinSize()
}

// CreateRenderer makes the renderer.
func (v *Value) CreateRenderer() fyne.WidgetRenderer { return &valueRenderer{value: v} }

type valueRenderer struct {
	value *Value
	marks []fyne.CanvasObject
}

func (r *valueRenderer) Destroy()           {}
func (r *valueRenderer) MinSize() fyne.Size { return r.value.text.MinSize() }

func (r *valueRenderer) Objects() []fyne.CanvasObject {
	return append(r.marks[:len(r.marks):len(r.marks)], r.value.text)
}

func (r *valueRenderer) Layout(size fyne.Size) {
	r.value.text.Resize(size)
	r.mark()
}

func (r *valueRenderer) Refresh() {
	r.mark()
	r.value.text.Refresh()
	canvas.Refresh(r.value)
}

// mark puts a rectangle behind what is selected of each line.
func (r *valueRenderer) mark() {
	v := r.value
	r.marks = r.marks[:0]
	from, to := v.selection()
	if from == to || !v.focused {
		return
	}
	size, style := v.text.metrics()
	m, height := measureWith(size, style), v.text.lineHeight()
	top := float32(0)
	if len(v.text.lines) == 1 {
		top = max(0, (v.text.Size().Height-height)/2)
	}
	for i, line := range v.text.lines {
		runes := []rune(line.text)
		a := min(max(from-line.start, 0), len(runes))
		b := min(max(to-line.start, 0), len(runes))
		if a == b {
			continue
		}
		left := m(string(runes[:a]))
		mark := canvas.NewRectangle(color.Transparent)
		mark.FillColor = colorOf(v, theme.ColorNameSelection)
		mark.Resize(fyne.NewSize(m(string(runes[:b]))-left, height))
		mark.Move(fyne.NewPos(left, top+float32(i)*height))
		r.marks = append(r.marks, mark)
	}
}
