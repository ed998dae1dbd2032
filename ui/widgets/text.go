// This file is Text: words that are shown and do not react. They stand in
// labels, rows and buttons; Value is the kind that can be selected.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Role says what a text is for; size, weight and colour follow from it.
type Role int

// The roles of text.
const (
	RoleBody      Role = iota
	RoleStrong         // names and the word that matters in a line
	RoleMuted          // body size, secondary
	RoleCaption        // below a field or a title
	RoleSmall          // type names, counts, reasons in a list
	RoleGroup          // heading of a group in a list
	RoleTitle          // of a page or a dialog
	RoleHeading        // of a section
	RoleProblem        // what is wrong, in caption size
	RoleWarning        // what to look at, in caption size
	RoleSuccess        // what went well, in caption size
	RoleLink           // leads somewhere
	RoleCode           // JSON, ids, addresses
	RoleLargeCode      // what is read off the screen and typed elsewhere
)

type textLook struct {
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	style fyne.TextStyle
}

func (r Role) look() textLook {
	bold := fyne.TextStyle{Bold: true}
	switch r {
	case RoleStrong:
		return textLook{theme.SizeNameText, theme.ColorNameForeground, bold}
	case RoleMuted:
		return textLook{theme.SizeNameText, ColorMuted, fyne.TextStyle{}}
	case RoleCaption:
		return textLook{theme.SizeNameCaptionText, ColorMuted, fyne.TextStyle{}}
	case RoleSmall:
		return textLook{SizeSmall, ColorMuted, fyne.TextStyle{}}
	case RoleGroup:
		return textLook{SizeSmall, ColorMuted, bold}
	case RoleTitle:
		return textLook{theme.SizeNameHeadingText, theme.ColorNameForeground, bold}
	case RoleHeading:
		return textLook{theme.SizeNameText, theme.ColorNameForeground, bold}
	case RoleProblem:
		return textLook{theme.SizeNameCaptionText, theme.ColorNameError, fyne.TextStyle{}}
	case RoleWarning:
		return textLook{theme.SizeNameCaptionText, ColorWarningText, fyne.TextStyle{}}
	case RoleSuccess:
		return textLook{theme.SizeNameCaptionText, ColorSuccessText, fyne.TextStyle{}}
	case RoleLink:
		return textLook{theme.SizeNameText, theme.ColorNameHyperlink, fyne.TextStyle{}}
	case RoleLargeCode:
		return textLook{SizeLarge, theme.ColorNameForeground, fyne.TextStyle{Monospace: true, Bold: true}}
	case RoleCode:
		return textLook{theme.SizeNameCaptionText, theme.ColorNameForeground, fyne.TextStyle{Monospace: true}}
	}
	return textLook{theme.SizeNameText, theme.ColorNameForeground, fyne.TextStyle{}}
}

// overflow is what happens to text that is wider than its place.
type overflow int

const (
	overflowNever    overflow = iota // the widget asks for the whole width
	overflowEllipsis                 // shortened at its end
	overflowWrap                     // on further lines
)

// Text shows words in one role.
type Text struct {
	widget.BaseWidget

	text     string
	role     Role
	color    fyne.ThemeColorName // empty: the role's
	align    fyne.TextAlign
	overflow overflow
	marked   []string // words that were looked for

	lines []lineOf // as last laid out
	whole bool     // nothing was left out
}

var _ fyne.Widget = (*Text)(nil)

// NewText makes a line of text that asks for its whole width.
func NewText(text string, role Role) *Text {
	t := &Text{text: text, role: role, whole: true}
	t.ExtendBaseWidget(t)
	return t
}

// NewEllipsisText makes a line of text that is shortened with an ellipsis at
// its end where it has too little room.
func NewEllipsisText(text string, role Role) *Text {
	t := NewText(text, role)
	t.overflow = overflowEllipsis
	return t
}

// NewWrappedText makes text that goes on in further lines.
func NewWrappedText(text string, role Role) *Text {
	t := NewText(text, role)
	t.overflow = overflowWrap
	return t
}

// Text gives the whole text, also where less of it is shown.
func (t *Text) Text() string { return t.text }

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text = text
	t.Refresh()
}

// SetRole changes what the text is for.
func (t *Text) SetRole(role Role) {
	if t.role == role {
		return
	}
	t.role = role
	t.Refresh()
}

// SetColor gives the text another colour than its role's; empty undoes it.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.color == name {
		return
	}
	t.color = name
	t.Refresh()
}

// SetAlignment places shorter text within its width.
func (t *Text) SetAlignment(align fyne.TextAlign) {
	if t.align == align {
		return
	}
	t.align = align
	t.Refresh()
}

// Whole says whether all of the text is shown, without an ellipsis.
func (t *Text) Whole() bool { return t.whole }

// Shown gives the lines as they were laid out last.
func (t *Text) Shown() []string {
	shown := make([]string, len(t.lines))
	for i, line := range t.lines {
		shown[i] = line.text
	}
	return shown
}

// MinSize is the size of the text, of its longest word, or of a few letters,
// by how the text deals with too little room.
func (t *Text) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	return t.BaseWidget.MinSize()
}

// CreateRenderer makes the renderer.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{text: t}
	r.Layout(t.Size())
	return r
}

func (t *Text) metrics() (size float32, style fyne.TextStyle) {
	look := t.role.look()
	return sizeOf(t, look.size), look.style
}

func (t *Text) lineHeight() float32 {
	size, style := t.metrics()
	return sizeIn("M", size, style).Height
}

type textRenderer struct {
	text    *Text
	objects []fyne.CanvasObject
	marks   []fyne.CanvasObject // behind the words that were looked for
	width   float32             // for which the lines were broken
}

func (r *textRenderer) Destroy() {}

func (r *textRenderer) Objects() []fyne.CanvasObject {
	if len(r.marks) == 0 {
		return r.objects
	}
	return append(r.marks[:len(r.marks):len(r.marks)], r.objects...)
}

func (r *textRenderer) MinSize() fyne.Size {
	size, style := r.text.metrics()
	m := measureWith(size, style)
	height := r.text.lineHeight()
	switch r.text.overflow {
	case overflowEllipsis:
		return fyne.NewSize(widthUpTo(r.text.text, m("MMM"+ellipsis), m), height)
	case overflowWrap:
		lines := r.text.lines
		if len(lines) == 0 {
			lines = wrap(r.text.text, r.text.Size().Width, m)
		}
		return fyne.NewSize(widthUpTo(r.text.text, m("MMMMMMMM"), m), height*float32(len(lines)))
	}
	return fyne.NewSize(m(r.text.text), height)
}

func (r *textRenderer) Layout(size fyne.Size) {
	before := len(r.text.lines)
	r.breakLines(size.Width)
	r.place(size)
	if r.text.overflow == overflowWrap && before != len(r.text.lines) && before != 0 {
		canvas.Refresh(r.text) // our height changed: the canvas asks MinSize again
	}
}

func (r *textRenderer) Refresh() {
	r.breakLines(r.text.Size().Width)
	r.place(r.text.Size())
	canvas.Refresh(r.text)
}

func (r *textRenderer) breakLines(width float32) {
	size, style := r.text.metrics()
	m := measureWith(size, style)
	t := r.text
	t.whole = true
	switch {
	case t.overflow == overflowEllipsis && width > 0:
		shown, whole := fit(t.text, width+0.5, m)
		t.lines, t.whole = []lineOf{{shown, 0}}, whole
	case t.overflow == overflowWrap:
		t.lines = wrap(t.text, width, m)
	default:
		t.lines = []lineOf{{t.text, 0}}
	}
	r.width = width
}

func (r *textRenderer) place(size fyne.Size) {
	textSize, style := r.text.metrics()
	height := r.text.lineHeight()
	name := r.text.color
	if name == "" {
		name = r.text.role.look().color
	}
	ink := colorOf(r.text, name)
	for len(r.objects) < len(r.text.lines) {
		r.objects = append(r.objects, canvas.NewText("", ink))
	}
	r.objects = r.objects[:len(r.text.lines)]
	r.marks = nil
	top := float32(0)
	if len(r.objects) == 1 {
		top = max(0, (size.Height-height)/2)
	}
	for i, line := range r.text.lines {
		if len(r.text.marked) > 0 {
			at := fyne.NewPos(0, top+float32(i)*height)
			r.placeMarks(line.text, at, fyne.NewSize(size.Width, height), measureWith(textSize, style))
		}
		object := r.objects[i].(*canvas.Text)
		object.Color, object.TextSize, object.TextStyle = ink, textSize, style
		setText(object, line.text)
		object.Alignment = r.text.align
		object.Resize(fyne.NewSize(size.Width, height))
		object.Move(fyne.NewPos(0, top+float32(i)*height))
		object.Refresh()
	}
}
