// This file is Choice: a field that holds one of a few values, chosen from a
// list or by typing its first letter.

package widgets

import (
	"image/color"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Choice looks like an entry. Space, Enter and Down open its list; the first
// letter of an option chooses it; Delete takes the value away.
type Choice struct {
	widget.BaseWidget
	pressable

	// OnChanged is called when a person chose an option, or "" for none.
	OnChanged func(option string)
	// OnShortcut sees shortcuts first; true means used up.
	OnShortcut func(fyne.Shortcut) bool

	// Letters choose an option beside its own first letter.
	Letters map[rune]string

	options     []string
	value       string
	placeholder string
	problem     bool
	label       *Text
}

var (
	_ fyne.Widget       = (*Choice)(nil)
	_ fyne.Focusable    = (*Choice)(nil)
	_ fyne.Shortcutable = (*Choice)(nil)
	_ desktop.Hoverable = (*Choice)(nil)
)

// NewChoice makes a choice without a value.
func NewChoice(options ...string) *Choice {
	c := &Choice{options: options, label: NewEllipsisText("", RoleBody)}
	c.ExtendBaseWidget(c)
	c.pressable.owner, c.pressable.act = c, c.open
	c.onKey = c.typedKey
	return c
}

// Set shows a value, which need not be one of the options; empty shows the
// placeholder in italics.
func (c *Choice) Set(value, placeholder string) {
	if c.value == value && c.placeholder == placeholder {
		return
	}
	c.value, c.placeholder = value, placeholder
	c.Refresh()
}

// Value gives the value, or "".
func (c *Choice) Value() string { return c.value }

// SetProblem marks the field with a red border.
func (c *Choice) SetProblem(problem bool) {
	if c.problem == problem {
		return
	}
	c.problem = problem
	c.Refresh()
}

func (c *Choice) open() {
	items := make([]MenuItem, len(c.options))
	for i, option := range c.options {
		items[i] = MenuItem{Label: option, Checked: option == c.value, OnChosen: func() { c.choose(option) }}
	}
	ShowMenuBelow(c, items)
}

func (c *Choice) choose(option string) {
	if c.Disabled() || option == c.value {
		return
	}
	c.Set(option, c.placeholder)
	if c.OnChanged != nil {
		c.OnChanged(option)
	}
}

func (c *Choice) typedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown:
		c.open()
	case fyne.KeyDelete, fyne.KeyBackspace:
		c.choose("")
	default:
		return false
	}
	return true
}

// TypedRune chooses the option that begins with the letter.
func (c *Choice) TypedRune(r rune) {
	if option, ok := c.Letters[unicode.ToLower(r)]; ok {
		c.choose(option)
		return
	}
	for _, option := range c.options {
		if beginsWith(option, r) {
			c.choose(option)
			return
		}
	}
	c.pressable.TypedRune(r)
}

// beginsWith compares a text's first letter without case.
func beginsWith(text string, r rune) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && unicode.ToLower(first) == unicode.ToLower(r)
}

// TypedShortcut goes to OnShortcut, else to the window.
func (c *Choice) TypedShortcut(s fyne.Shortcut) {
	if c.OnShortcut == nil || !c.OnShortcut(s) {
		c.pressable.TypedShortcut(s)
	}
}

// CreateRenderer makes the renderer.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{
		choice: c, box: canvas.NewRectangle(color.Transparent),
		chevron: canvas.NewImageFromResource(nil), text: canvas.NewText("", color.Transparent),
	}
	r.chevron.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type choiceRenderer struct {
	choice  *Choice
	box     *canvas.Rectangle
	chevron *canvas.Image
	text    *canvas.Text
}

func (r *choiceRenderer) Destroy() {}

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.text, r.chevron}
}

func (r *choiceRenderer) MinSize() fyne.Size {
	pad := sizeOf(r.choice, theme.SizeNameInnerPadding)
	return fyne.NewSize(80, fyne.MeasureText("M", r.text.TextSize, fyne.TextStyle{}).Height+2*pad)
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	pad := sizeOf(r.choice, theme.SizeNameInnerPadding)
	r.box.Resize(size)
	height := r.text.MinSize().Height
	r.text.Resize(fyne.NewSize(size.Width-2*pad-chevronSize, height))
	r.text.Move(fyne.NewPos(pad, (size.Height-height)/2))
	r.chevron.Resize(fyne.NewSquareSize(chevronSize))
	r.chevron.Move(fyne.NewPos(size.Width-pad-chevronSize, (size.Height-chevronSize)/2))
}

func (r *choiceRenderer) Refresh() {
	r.paint()
	r.Layout(r.choice.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.choice)
}

func (r *choiceRenderer) paint() {
	c := r.choice
	text, ink := c.value, theme.ColorNameForeground
	if text == "" {
		text, ink = c.placeholder, theme.ColorNamePlaceHolder
	}
	if c.Disabled() {
		ink = ColorMuted
	}
	r.text.TextSize, r.text.Color = sizeOf(c, theme.SizeNameText), colorOf(c, ink)
	r.text.TextStyle.Italic = c.value == ""
	setText(r.text, text)
	border, width := theme.ColorNameInputBorder, float32(1)
	switch {
	case c.problem:
		border = theme.ColorNameError
	case c.Focused():
		border = theme.ColorNamePrimary
	}
	if c.Focused() {
		width = 2
	}
	r.box.FillColor, r.box.CornerRadius = colorOf(c, theme.ColorNameInputBackground), sizeOf(c, theme.SizeNameInputRadius)
	r.box.StrokeColor, r.box.StrokeWidth = colorOf(c, border), width
	paintIcon(r.chevron, theme.MenuDropDownIcon(), theme.ColorNameForeground)
}
