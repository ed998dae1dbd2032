// This file is Entry: the one text input of the desk. It is Fyne's entry that
// passes on the shortcuts and keys which it does not use itself.

package widgets

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is the one text input of the desk.
type Entry struct {
	widget.Entry

	// OnChanged is called with the text after each change by a person or by
	// SetText. (It stands in for the field of widget.Entry.)
	OnChanged func(string)
	// OnFocusGained and OnFocusLost tell where the cursor is, for example to
	// scroll the field into view.
	OnFocusGained, OnFocusLost func()
	// OnKey sees keys before the entry does; true means used up.
	OnKey func(*fyne.KeyEvent) bool
	// OnShortcut sees shortcuts before the entry does; true means used up.
	OnShortcut func(fyne.Shortcut) bool
	// UndoByWindow leaves undo and redo to the window, which keeps one history
	// of several fields. Else the entry has its own.
	UndoByWindow bool
	// OnTab gets Tab, and Shift+Tab as back, where neither leaves the field.
	OnTab func(back bool)
	// WheelTo gets the mouse wheel where the entry's own text has nothing to
	// scroll, for example the form around it; nil: nothing does.
	WheelTo fyne.Scrollable

	reveal      func() // of the dialog around it: brings the entry into view
	rows        int    // visible, of several lines; 0: as Fyne has it
	readOnly    bool
	problem     bool
	focused     bool
	placeholder string // shown in italics
	ring        *canvas.Rectangle
	wheel       *entryWheel
}

var (
	_ fyne.Widget       = (*Entry)(nil)
	_ fyne.Focusable    = (*Entry)(nil)
	_ fyne.Shortcutable = (*Entry)(nil)
	_ fyne.Tabbable     = (*Entry)(nil)
)

// NewEntry makes an empty entry of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.setUp()
	return e
}

// NewPasswordEntry makes an entry that hides what is typed, with a button to
// see it.
func NewPasswordEntry() *Entry {
	e := &Entry{}
	e.Password = true
	e.setUp()
	return e
}

// NewMultiLineEntry makes an entry of several lines, rows of them visible.
// Tab leaves it, as it leaves every field.
func NewMultiLineEntry(rows int) *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.setUp()
	e.SetMinRowsVisible(rows)
	return e
}

func (e *Entry) setUp() {
	// The zero Wrapping lets a long text scroll sideways within its field.
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	e.Entry.OnChanged = e.changed
}

// SetText replaces the text; the same text again changes nothing, so that
// the cursor and what can be undone stay.
func (e *Entry) SetText(text string) {
	if e.Text == text {
		return
	}
	e.Entry.SetText(text)
}

// SetPlaceHolder shows text in italics while the entry is empty.
func (e *Entry) SetPlaceHolder(text string) {
	if e.placeholder == text {
		return
	}
	e.placeholder = text
	e.slant()
	e.Entry.SetPlaceHolder(text)
}

// SetReadOnly lets the text be selected and copied, but not changed.
func (e *Entry) SetReadOnly(readOnly bool) {
	if e.readOnly == readOnly {
		return
	}
	e.readOnly = readOnly
	e.Refresh()
}

// ReadOnly says whether the text cannot be changed.
func (e *Entry) ReadOnly() bool { return e.readOnly }

// SetProblem marks the entry with a red border.
func (e *Entry) SetProblem(problem bool) {
	if e.problem == problem {
		return
	}
	e.problem = problem
	e.Refresh()
}

// Problem says whether the entry is marked.
func (e *Entry) Problem() bool { return e.problem }

// Focused says whether the cursor is in the entry.
func (e *Entry) Focused() bool { return e.focused }

// SelectAll selects the whole text.
func (e *Entry) SelectAll() { e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// AcceptsTab is false, so that Tab goes on to the next field, unless OnTab
// takes it.
func (e *Entry) AcceptsTab() bool { return e.OnTab != nil }

func (e *Entry) changed(text string) {
	e.slant()
	if e.OnChanged != nil {
		e.OnChanged(text)
	}
}

// slant keeps the placeholder in italics and the text upright: Fyne draws
// both in the one style of the entry. Code has no italics.
func (e *Entry) slant() {
	style := fyne.TextStyle{}
	if e.Text == "" && e.placeholder != "" {
		style = placeholderStyle
	}
	if !e.TextStyle.Monospace && e.TextStyle != style {
		e.TextStyle = style
		e.Refresh()
	}
}

// FocusGained shows the cursor, behind the text when it comes for the first
// time. A click then puts it where the mouse is.
func (e *Entry) FocusGained() {
	e.focused = true
	if !e.MultiLine && e.CursorColumn == 0 {
		e.CursorColumn = len([]rune(e.Text))
	}
	e.Entry.FocusGained()
	if e.reveal != nil {
		e.reveal()
	}
	if e.OnFocusGained != nil {
		e.OnFocusGained()
	}
}

// FocusLost hides it.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.OnFocusLost != nil {
		e.OnFocusLost()
	}
}

// TypedRune types a character, unless the entry is read-only.
func (e *Entry) TypedRune(r rune) {
	if spaceSpent(e, r) {
		return
	}
	if e.readOnly {
		passRune(e, r)
		return
	}
	e.Entry.TypedRune(r)
}

// TypedKey moves and edits; keys that have no meaning here go on to the
// window.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	spendSpace(e, false) // a key of its own
	if e.OnKey != nil && e.OnKey(key) {
		return
	}
	switch {
	case key.Name == fyne.KeyTab && e.OnTab != nil:
		e.OnTab(shiftHeld())
	case e.uses(key.Name):
		e.Entry.TypedKey(key)
	default:
		passKey(e, key)
	}
}

func (e *Entry) uses(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		return true
	case fyne.KeyBackspace, fyne.KeyDelete:
		return !e.readOnly
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		return e.MultiLine
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.MultiLine {
			return !e.readOnly
		}
		return e.OnSubmitted != nil
	}
	return false
}

// TypedShortcut does what Fyne's entry does with it, else passes it on.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	if e.UndoByWindow && undoes(s) {
		passShortcut(e, s)
		return
	}
	switch entryUse(s) {
	case useNone:
		passShortcut(e, s)
	case useEdit:
		if !e.readOnly {
			e.Entry.TypedShortcut(s)
		}
	case useRead:
		e.Entry.TypedShortcut(s)
	}
}

type use int

const (
	useNone use = iota // not a shortcut of an entry
	useRead            // moves, selects or copies
	useEdit            // changes the text
)

func entryUse(s fyne.Shortcut) use {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutSelectAll:
		return useRead
	case *fyne.ShortcutCut, *fyne.ShortcutPaste, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		return useEdit
	}
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return useNone
	}
	word := fyne.KeyModifierShortcutDefault
	if runtime.GOOS == "darwin" {
		word = fyne.KeyModifierAlt
	}
	switch custom.KeyName {
	case fyne.KeyLeft, fyne.KeyRight:
		byWord := custom.Modifier&^fyne.KeyModifierShift == word
		byLine := runtime.GOOS == "darwin" && custom.Modifier == fyne.KeyModifierSuper
		if byWord || byLine {
			return useRead
		}
	case fyne.KeyBackspace, fyne.KeyDelete:
		if custom.Modifier == word {
			return useEdit
		}
	}
	return useNone
}

// CreateRenderer makes Fyne's renderer with a frame of ours around it.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ring = canvas.NewRectangle(nil)
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), entry: e}
	e.wheel = newEntryWheel(e, r.WidgetRenderer.Objects())
	r.paint()
	return r
}

// entryRenderer adds a frame for focus and problems to Fyne's renderer.
type entryRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
}

// Objects are Fyne's, with our frame in place of its border, which knows no
// problem while the cursor is in the field.
func (r *entryRenderer) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	objects := make([]fyne.CanvasObject, 0, len(inner)+2)
	for _, o := range inner {
		if box, ok := o.(*canvas.Rectangle); ok && box.StrokeWidth > 0 {
			continue
		}
		objects = append(objects, o)
	}
	return append(objects, r.entry.ring, r.entry.wheel)
}

// Layout places both.
func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.entry.ring.Resize(size)
	r.entry.wheel.Resize(size)
}

// Refresh redraws both.
func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
	r.entry.ring.Refresh()
}

func (r *entryRenderer) paint() {
	ring, e := r.entry.ring, r.entry
	if box, ok := r.WidgetRenderer.Objects()[0].(*canvas.Rectangle); ok && e.readOnly {
		box.FillColor = colorOf(e, colorNone) // what cannot be typed into does not look like it
	}
	ring.CornerRadius = e.Theme().Size(theme.SizeNameInputRadius)
	ring.FillColor = colorOf(e, colorNone)
	ring.StrokeColor = colorOf(e, theme.ColorNameInputBorder)
	ring.StrokeWidth = 1
	switch {
	case e.problem:
		ring.StrokeColor = colorOf(e, theme.ColorNameError)
		if e.focused {
			ring.StrokeWidth = 2
		}
	case e.focused:
		ring.StrokeColor = colorOf(e, theme.ColorNamePrimary)
		ring.StrokeWidth = 2
	}
}
