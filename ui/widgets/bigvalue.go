// This file is bigValue: what stands in a field in place of an editor where the
// value is too long to be edited. A text field of such a length would stand
// still for seconds at every key.

package widgets

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// maxEditable is the longest text, in bytes, that is edited in a field.
const maxEditable = 10 << 10

// bigValue says how long the value is and how it begins. It can be copied,
// replaced and cleared; Enter opens the menu of these.
type bigValue struct {
	widget.BaseWidget
	pressable

	onShortcut func(fyne.Shortcut) bool
	text       string
	problem    bool
	size       *Text
	begin      *Text
	// links belong over the last line; the row places them, since Tab would
	// come to them before the value if they were part of it.
	links *fyne.Container
}

var (
	_ fieldEditor       = (*bigValue)(nil)
	_ fyne.Shortcutable = (*bigValue)(nil)
)

func newBigValue(actions []FieldAction, reached, open func()) *bigValue {
	b := &bigValue{size: NewEllipsisText("", RoleBody), begin: NewEllipsisText("", RoleCaption), links: Row(0)}
	for _, action := range actions {
		link := NewLinkButton(action.Label, action.Run)
		link.SetCompact(true)
		link.onFocus = reached
		b.links.Add(link)
	}
	b.ExtendBaseWidget(b)
	b.pressable.owner, b.pressable.act = b, open
	return b
}

// SetProblem marks the field with a red border.
func (b *bigValue) SetProblem(problem bool) {
	if b.problem != problem {
		b.problem = problem
		b.Refresh()
	}
}

// show takes the value.
func (b *bigValue) show(text, _ string) {
	if b.text == text {
		return
	}
	b.text = text
	b.size.SetText(sizeWords(len(text)) + ", too long to edit here")
	const shown = 200
	b.begin.SetText(strings.Join(strings.Fields(strings.ToValidUTF8(text[:min(shown, len(text))], "")), " "))
	b.Refresh()
}

// sizeWords is a length in bytes for people: 24.3 KB.
func sizeWords(bytes int) string {
	const kilo = 1000
	if bytes < kilo*kilo {
		return fmt.Sprintf("%.1f KB", float64(bytes)/kilo)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/kilo/kilo)
}

// TypedShortcut copies the value; the row has the first word.
func (b *bigValue) TypedShortcut(s fyne.Shortcut) {
	if b.onShortcut != nil && b.onShortcut(s) {
		return
	}
	if s, ok := s.(*fyne.ShortcutCopy); ok {
		s.Clipboard.SetContent(b.text)
		return
	}
	b.pressable.TypedShortcut(s)
}

// CreateRenderer makes the renderer.
func (b *bigValue) CreateRenderer() fyne.WidgetRenderer {
	r := &bigValueRenderer{big: b, box: canvas.NewRectangle(nil)}
	r.WidgetRenderer = widget.NewSimpleRenderer(stack(r.box, Pad(7, 8, 4, 8, Column(1, b.size, b.begin, Gap(0, linksHeight)))))
	r.paint()
	return r
}

type bigValueRenderer struct {
	fyne.WidgetRenderer
	big *bigValue
	box *canvas.Rectangle
}

// Refresh follows focus, problem and theme.
func (r *bigValueRenderer) Refresh() {
	r.paint()
	r.box.Refresh()
	r.WidgetRenderer.Refresh()
}

func (r *bigValueRenderer) paint() {
	b := r.big
	border := theme.ColorNameInputBorder
	switch {
	case b.problem:
		border = theme.ColorNameError
	case b.Focused():
		border = theme.ColorNamePrimary
	}
	r.box.StrokeWidth = 1
	if b.Focused() {
		r.box.StrokeWidth = 2
	}
	r.box.FillColor, r.box.StrokeColor = colorOf(b, ColorPanel), colorOf(b, border)
	r.box.CornerRadius = sizeOf(b, theme.SizeNameInputRadius)
}
