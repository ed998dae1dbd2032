// This file draws what stands between the rows of a FormView: the heading of a
// group, which folds it, and the words that say what a filter hides.

package widgets

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// formHeading is tapped to fold its group. It is a stop of Tab, as folded
// fields could not be reached otherwise: Left folds, Right opens, Space and
// Enter do either, Up and Down go to the headings around it.
type formHeading struct {
	widget.BaseWidget
	pressable

	view   *FormView
	group  int
	title  *Text
	counts *Text
	mend   *Badge
	folded bool
}

var (
	_ fyne.Widget       = (*formHeading)(nil)
	_ fyne.Tappable     = (*formHeading)(nil)
	_ fyne.Focusable    = (*formHeading)(nil)
	_ desktop.Hoverable = (*formHeading)(nil)
)

const headingHeight = 26

// heading gives the heading of a group, made where it was not there yet.
func (v *FormView) heading(g int) *formHeading {
	if v.headings[g] == nil {
		h := &formHeading{
			view: v, group: g, title: NewEllipsisText(v.groups[g].Title, RoleStrong),
			counts: NewText("", RoleSmall), mend: NewBadge("", ToneWarning),
		}
		h.ExtendBaseWidget(h)
		h.pressable.owner, h.pressable.act, h.onKey = h, h.toggle, h.typedKey
		h.onFocus = func() { v.focusedAt(formLine{g, -1}) }
		v.headings[g] = h
		h.show()
	}
	return v.headings[g]
}

func (v *FormView) showHeadings() {
	for g := range v.headings {
		v.showHeading(g)
	}
}

func (v *FormView) showHeading(g int) {
	if v.headings[g] != nil {
		v.headings[g].show()
	}
}

// show takes over what the view has counted.
func (h *formHeading) show() {
	v := h.view
	c := v.counts[h.group]
	words := fmt.Sprintf("%d fields", c.All)
	if c.All == 1 {
		words = "1 field"
	}
	if passed := v.passed(h.group); passed < c.All {
		words = fmt.Sprintf("%d of %s", passed, words)
	}
	if c.Filled > 0 {
		words += fmt.Sprintf(" · %d filled", c.Filled)
	}
	mend, tone := "", ToneDanger
	switch wrong := c.Problems - c.Missing; {
	case wrong > 0:
		mend = fmt.Sprintf("%d to mend", wrong)
	case c.Missing > 0 && v.missing: // what is only not filled in yet is no mistake before
		mend, tone = fmt.Sprintf("%d to fill", c.Missing), ToneWarning
	}
	folded := v.isFolded(h.group)
	if h.counts.Text() == words && h.mend.Text() == mend && h.mend.Tone() == tone && h.folded == folded {
		return
	}
	h.counts.SetText(words)
	h.mend.Set(mend, tone)
	h.folded = folded
	h.Refresh()
}

// passed is how many fields of a group the filter lets through.
func (v *FormView) passed(g int) (n int) {
	if !v.Filtered() {
		return len(v.groups[g].Fields)
	}
	first := v.index[v.groups[g].Fields[0].Name]
	for i := first; i < first+len(v.groups[g].Fields); i++ {
		n += one(v.slots[i].passes)
	}
	return n
}

func (h *formHeading) toggle() { h.view.fold(h.group, !h.folded) }

func (h *formHeading) typedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyLeft:
		h.view.fold(h.group, true)
	case fyne.KeyRight:
		h.view.fold(h.group, false)
	case fyne.KeyUp:
		h.next(-1)
	case fyne.KeyDown:
		h.next(1)
	default:
		return false
	}
	return true
}

// next goes to the next heading that is shown.
func (h *formHeading) next(by int) {
	for g := h.group + by; g >= 0 && g < len(h.view.headAt); g += by {
		if at := h.view.headAt[g]; at >= 0 {
			h.view.focusLine(at)
			return
		}
	}
}

// MouseIn shades the heading, and shows its whole title where it is shortened.
func (h *formHeading) MouseIn(e *desktop.MouseEvent) {
	h.pressable.MouseIn(e)
	if !h.title.Whole() {
		showTip(h, e.AbsolutePosition, h.title.Text())
	}
}

// MouseOut undoes it.
func (h *formHeading) MouseOut() {
	h.pressable.MouseOut()
	hideTip(h)
}

// CreateRenderer makes the renderer.
func (h *formHeading) CreateRenderer() fyne.WidgetRenderer {
	r := &formHeadingRenderer{
		heading: h, shade: canvas.NewRectangle(color.Transparent), rule: canvas.NewRectangle(color.Transparent),
		chevron: canvas.NewImageFromResource(nil), frame: newFrame(),
	}
	r.chevron.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type formHeadingRenderer struct {
	heading            *formHeading
	shade, rule, frame *canvas.Rectangle
	chevron            *canvas.Image
}

func (r *formHeadingRenderer) Destroy()           {}
func (r *formHeadingRenderer) MinSize() fyne.Size { return fyne.NewSize(120, headingHeight) }

func (r *formHeadingRenderer) Objects() []fyne.CanvasObject {
	h := r.heading
	return []fyne.CanvasObject{r.shade, r.rule, r.chevron, h.title, h.counts, h.mend, r.frame}
}

// Layout puts the counts behind the title, and what is to be mended at the end.
func (r *formHeadingRenderer) Layout(size fyne.Size) {
	h := r.heading
	left, right := float32(formSide-4), size.Width-formSide
	inner := fyne.NewSize(right-left+4, size.Height)
	for _, box := range []*canvas.Rectangle{r.shade, r.frame} {
		box.Resize(inner)
		box.Move(fyne.NewPos(left-4, 0))
	}
	r.rule.Resize(fyne.NewSize(inner.Width, 1))
	r.rule.Move(fyne.NewPos(left-4, size.Height))
	r.chevron.Resize(fyne.NewSquareSize(chevronSize))
	r.chevron.Move(fyne.NewPos(left, (size.Height-chevronSize)/2))
	left += chevronSize + 5
	if h.mend.Visible() {
		need := h.mend.MinSize()
		right -= need.Width + 4
		h.mend.Resize(fyne.NewSize(need.Width, size.Height))
		h.mend.Move(fyne.NewPos(right, 0))
		right -= 8
	}
	counts := h.counts.MinSize().Width
	textSize, style := h.title.metrics()
	title := min(measureWith(textSize, style)(h.title.Text())+1, max(0, right-left-counts-10))
	h.title.Resize(fyne.NewSize(title, size.Height))
	h.title.Move(fyne.NewPos(left, 0))
	h.counts.Resize(fyne.NewSize(counts, size.Height))
	h.counts.Move(fyne.NewPos(left+title+10, 1))
}

func (r *formHeadingRenderer) Refresh() {
	r.paint()
	r.Layout(r.heading.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.heading)
}

func (r *formHeadingRenderer) paint() {
	h := r.heading
	icon := theme.MenuDropDownIcon()
	if h.folded {
		icon = theme.MenuExpandIcon()
	}
	paintIcon(r.chevron, icon, theme.ColorNameForeground)
	r.shade.FillColor, r.shade.CornerRadius = colorOf(h, h.overlay()), 4
	r.rule.FillColor = colorOf(h, ColorBorder)
	h.mend.Hidden = h.mend.Text() == ""
	h.paintFrame(r.frame, h, 4)
}

// formRest stands below the last field and says that others are not shown.
type formRest struct {
	widget.BaseWidget

	words *Text
	all   *Button
}

func newFormRest(showAll func()) *formRest {
	r := &formRest{words: NewText("", RoleCaption), all: NewLinkButton("Show all", showAll)}
	r.ExtendBaseWidget(r)
	r.Hide()
	return r
}

// show says how many fields the filter hides beside those that it shows.
func (r *formRest) show(hidden, shown int) {
	r.Hidden = hidden == 0 || shown == 0
	words := fmt.Sprintf("%d other fields are not shown.", hidden)
	if hidden == 1 {
		words = "1 other field is not shown."
	}
	r.words.SetText(words)
}

// CreateRenderer makes the renderer.
func (r *formRest) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Pad(2, formSide, 8, formSide, Row(4, r.words, r.all)))
}

// formEmpty stands in place of the fields where the filter shows none.
type formEmpty struct {
	content fyne.CanvasObject
	words   *Text
	all     *Button
	button  fyne.CanvasObject
}

func newFormEmpty(showAll func()) *formEmpty {
	e := &formEmpty{words: NewWrappedText("", RoleMuted), all: NewButton("Show all fields", showAll)}
	e.button = Row(0, e.all)
	e.content = Pad(16, 16, 16, 16, Column(10, e.words, e.button, Spacer()))
	e.show("", 0)
	return e
}

// show says why there is no field; no words: there are some.
func (e *formEmpty) show(words string, all int) {
	e.words.Hidden, e.button.(*fyne.Container).Hidden = words == "", words == ""
	e.words.SetText(words)
	e.all.SetText(fmt.Sprintf("Show all %d fields", all))
	e.content.Refresh()
}
