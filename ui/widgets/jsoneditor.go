// This file is JSONEditor: JSON that a person edits, with the numbers of its
// lines and marks beside them. Long texts are shown in a view instead, which
// stays quick at any length.

package widgets

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// LineMark is something to say of a line.
type LineMark struct {
	Line, Column int // from 1; the column in characters
	Tone         Tone
	Text         string
}

// The lengths, in bytes, up to which a text is edited. Fyne's entry lays its
// whole text out at every key: 10 KB is where one begins to feel it. A text
// that grows by typing is not taken away at once.
const (
	JSONEditLimit = 10 << 10
	jsonGrowLimit = 16 << 10
)

// JSONEditor edits a text of some kilobytes and shows a longer one read-only.
type JSONEditor struct {
	widget.BaseWidget

	// OnChanged is called with the text after a person changed it.
	OnChanged func(text string)
	// OnFocusLost is called when the cursor leaves the text.
	OnFocusLost func()

	entry   *Entry
	view    *JSONView
	gutter  *lineGutter
	marks   []LineMark
	long    string // the text while it is shown in the view
	reading bool   // the view is shown
	setting bool   // the text is being set by the program
}

var _ fyne.Widget = (*JSONEditor)(nil)

// NewJSONEditor makes an empty editor.
func NewJSONEditor() *JSONEditor {
	e := &JSONEditor{entry: NewMultiLineEntry(4), view: NewJSONView(4)}
	e.gutter = newLineGutter(e)
	e.entry.TextStyle.Monospace = true
	e.entry.OnChanged = e.typed
	e.entry.OnShortcut = e.shortcut
	e.entry.OnFocusLost = func() {
		if e.OnFocusLost != nil {
			e.OnFocusLost()
		}
	}
	e.entry.OnCursorChanged = func() { e.gutter.Refresh() }
	e.view.Hide()
	e.view.view.onScroll = func(fyne.Position) { e.gutter.Refresh() }
	e.ExtendBaseWidget(e)
	return e
}

// Text gives the whole text.
func (e *JSONEditor) Text() string {
	if e.reading {
		return e.long
	}
	return e.entry.Text
}

// SetText shows another text; what could be undone no longer can be. The
// cursor stays in its line where there is one.
func (e *JSONEditor) SetText(text string) {
	if text == e.Text() {
		return
	}
	e.setting = true
	defer func() { e.setting = false }()
	if e.put(text) {
		return
	}
	row, column := e.entry.CursorRow, e.entry.CursorColumn
	e.entry.SetText(text)
	e.setCursor(row, column)
	e.gutter.Refresh()
}

// Forget ends what can be undone: the next text is of something else, also
// where it reads the same.
func (e *JSONEditor) Forget() {
	if e.unseen(e.Size()) {
		return // nobody has typed anything
	}
	e.setting = true
	defer func() { e.setting = false }()
	row, column := e.entry.CursorRow, e.entry.CursorColumn
	e.entry.Entry.SetText(e.entry.Text)
	e.setCursor(row, column)
}

// Replace puts a text in place of the whole, as a person does by pasting:
// undo brings the former text back.
func (e *JSONEditor) Replace(text string) {
	if text == e.Text() {
		return
	}
	if e.put(text) {
		e.tell()
		return
	}
	row, column := e.entry.CursorRow, e.entry.CursorColumn
	e.entry.SelectAll()
	e.entry.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fixedClipboard(text)})
	e.setCursor(row, column)
}

// put shows a text where the entry is not the place for it, or was not, and
// says whether it did.
func (e *JSONEditor) put(text string) bool {
	long := len(text) > JSONEditLimit
	if !long && !e.reading {
		return false
	}
	e.setting = true
	defer func() { e.setting = false }()
	focused := e.Focused()
	e.reading = long
	if long {
		e.long = text
		e.entry.SetText("")
		e.view.SetText(text)
	} else {
		e.long = ""
		e.view.SetText("")
		e.entry.SetText(text)
		e.setCursor(0, 0)
	}
	e.entry.Hidden, e.view.Hidden = long, !long
	e.Refresh()
	if focused {
		e.Focus()
	}
	return true
}

// Editable says whether the text can be typed into; a long one can only be
// read, copied and replaced.
func (e *JSONEditor) Editable() bool { return !e.reading }

// Focused says whether the cursor is in the text.
func (e *JSONEditor) Focused() bool { return e.entry.Focused() || e.view.focused }

// Target is what takes the focus: for a caller that knows the window, since an
// object that was never drawn does not.
func (e *JSONEditor) Target() fyne.Focusable {
	if e.reading {
		return e.view
	}
	return e.entry
}

// Focus puts the cursor into the text.
func (e *JSONEditor) Focus() { focus(e.Target()) }

// SetMarks marks lines; the marks are in the order of their lines.
func (e *JSONEditor) SetMarks(marks []LineMark) {
	e.marks = marks
	e.gutter.Refresh()
}

// Line is the cursor's line, from 1.
func (e *JSONEditor) Line() int {
	if e.reading {
		from, _ := e.view.selection()
		return from.line + 1
	}
	return e.entry.CursorRow + 1
}

// GoTo puts the cursor at a line and a column, each from 1, and brings it into
// view.
func (e *JSONEditor) GoTo(line, column int) {
	e.Focus()
	if e.reading {
		line = min(max(line, 1), max(len(e.view.lines), 1))
		at := place{line - 1, max(column-1, 0)}
		e.view.selectTo(at, at)
		e.view.view.show(line - 1)
		e.gutter.Refresh()
		return
	}
	if e.entry.SelectedText() != "" {
		e.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) // ends the selection
	}
	e.setCursor(line-1, column-1)
}

// setCursor puts the cursor where it can be.
func (e *JSONEditor) setCursor(row, column int) {
	lines := strings.Split(e.entry.Text, "\n")
	row = min(max(row, 0), len(lines)-1)
	e.entry.CursorRow = row
	e.entry.CursorColumn = min(max(column, 0), utf8.RuneCountInString(lines[row]))
	e.entry.Refresh()
}

// typed follows the entry.
func (e *JSONEditor) typed(text string) {
	e.gutter.Refresh()
	if e.setting {
		return
	}
	if plain := PlainLines(text); plain != text || len(text) > jsonGrowLimit {
		e.SetText(plain) // pasted by the mouse
	}
	e.tell()
}

func (e *JSONEditor) tell() {
	if e.OnChanged != nil {
		e.OnChanged(e.Text())
	}
}

// shortcut takes what the entry does not do well itself.
func (e *JSONEditor) shortcut(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		// For Fyne, replacing all is deleting and pasting: one step for people.
		if e.entry.Entry.TypedShortcut(s); e.entry.Text == "" {
			e.entry.Entry.TypedShortcut(s)
		}
		return true
	case *fyne.ShortcutPaste:
		return s.Clipboard != nil && e.paste(s)
	}
	return false
}

// paste pastes lines as other systems end them, and texts that are too long
// for the entry; others it leaves to the entry.
func (e *JSONEditor) paste(paste *fyne.ShortcutPaste) bool {
	content := paste.Clipboard.Content()
	text := PlainLines(content)
	if len(e.entry.Text)+len(text) > jsonGrowLimit {
		before, after := e.aroundCursor()
		e.Replace(before + text + after)
		return true
	}
	if text == content {
		return false
	}
	e.entry.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fixedClipboard(text)})
	return true
}

// aroundCursor is the text before and behind the cursor or the selection.
func (e *JSONEditor) aroundCursor() (before, after string) {
	runes, selected := []rune(e.entry.Text), []rune(e.entry.SelectedText())
	at := min(e.entry.CursorTextOffset(), len(runes))
	from := at - len(selected)
	if from < 0 || string(runes[from:at]) != string(selected) {
		from = at // the cursor is at the beginning of what is selected
	}
	return string(runes[:from]), string(runes[min(from+len(selected), len(runes)):])
}

// PlainLines is a text with lines ended as here, whatever system it comes
// from, and without a byte order mark.
func PlainLines(text string) string {
	text = strings.TrimPrefix(text, "\uFEFF")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// fixedClipboard is a text to be pasted.
type fixedClipboard string

// Content is the text.
func (c fixedClipboard) Content() string { return string(c) }

// SetContent does nothing.
func (c fixedClipboard) SetContent(string) {}

// textLine is the height of one line of the entry.
func (e *JSONEditor) textLine() float32 {
	return sizeIn("M", sizeOf(e.entry, theme.SizeNameText), e.entry.TextStyle).Height
}

// CreateRenderer makes the renderer.
func (e *JSONEditor) CreateRenderer() fyne.WidgetRenderer { return &jsonEditorRenderer{e} }

type jsonEditorRenderer struct{ editor *JSONEditor }

func (r *jsonEditorRenderer) Destroy() {}

func (r *jsonEditorRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.editor.gutter, r.editor.entry, r.editor.view}
}

func (r *jsonEditorRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, 4*jsonHeight+2*jsonTop)
}

// unseen says whether the editor was never given room, on a tab that was never
// shown: measuring it would have its font read for nothing.
func (e *JSONEditor) unseen(size fyne.Size) bool { return size.Width <= 0 || size.Height <= 0 }

func (r *jsonEditorRenderer) Layout(size fyne.Size) {
	if r.editor.unseen(size) {
		return
	}
	e := r.editor
	left := e.gutter.MinSize().Width
	e.gutter.Resize(fyne.NewSize(left, size.Height))
	for _, o := range []fyne.CanvasObject{e.entry, e.view} {
		o.Move(fyne.NewPos(left, 0))
		o.Resize(fyne.NewSize(size.Width-left, size.Height))
	}
	e.gutter.follow()
}

// Refresh draws it anew.
func (r *jsonEditorRenderer) Refresh() {
	if r.editor.unseen(r.editor.Size()) {
		return
	}
	r.Layout(r.editor.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
