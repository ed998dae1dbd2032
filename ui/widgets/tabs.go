// This file is TabBar: the underlined words above a page's views.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// TabBar shows words of which one is underlined; Left and Right move.
type TabBar struct {
	widget.BaseWidget

	// OnSelected is called when a person chose a tab, not by Select.
	OnSelected func(index int)

	tabs []*tab
	row  *fyne.Container
}

var _ fyne.Widget = (*TabBar)(nil)

// NewTabBar makes a bar of which the first tab is chosen.
func NewTabBar(labels ...string) *TabBar { return newTabBar(6, RoleBody, labels) }

// NewSmallTabBar makes a bar for a part of a page: less high, in caption size.
func NewSmallTabBar(labels ...string) *TabBar { return newTabBar(2, RoleCaption, labels) }

func newTabBar(gap float32, role Role, labels []string) *TabBar {
	b := &TabBar{row: Row(gap)}
	for i, label := range labels {
		t := newTab(label, role, func() { b.choose(i) })
		t.onKey = func(key *fyne.KeyEvent) bool { return b.move(i, key.Name) }
		t.selected = i == 0
		b.tabs = append(b.tabs, t)
		b.row.Add(t)
	}
	b.ExtendBaseWidget(b)
	return b
}

// Select marks a tab as chosen.
func (b *TabBar) Select(index int) {
	for i, t := range b.tabs {
		t.setSelected(i == index)
	}
}

// Selected gives the index of the chosen tab.
func (b *TabBar) Selected() int {
	for i, t := range b.tabs {
		if t.selected {
			return i
		}
	}
	return -1
}

// SetLabel changes the words of a tab, for example to show a count.
func (b *TabBar) SetLabel(index int, label string) {
	if t := b.tabs[index]; t.label.Text() != label {
		t.label.SetText(label)
		t.Refresh()
	}
}

// SetMark puts a red dot beside a tab's words: something there has to be
// mended. It takes no room, so that marking moves nothing.
func (b *TabBar) SetMark(index int, marked bool) {
	if t := b.tabs[index]; t.marked != marked {
		t.marked = marked
		t.Refresh()
	}
}

// Marked says whether a tab has the dot.
func (b *TabBar) Marked(index int) bool { return b.tabs[index].marked }

// SetShown says whether a tab is offered. One that is chosen and hidden stays
// chosen: Select another one.
func (b *TabBar) SetShown(index int, shown bool) {
	if t := b.tabs[index]; t.Hidden == shown {
		t.Hidden = !shown
		b.row.Refresh()
	}
}

// Shown says whether a tab is offered.
func (b *TabBar) Shown(index int) bool { return !b.tabs[index].Hidden }

func (b *TabBar) choose(index int) {
	b.Select(index)
	if b.OnSelected != nil {
		b.OnSelected(index)
	}
}

func (b *TabBar) move(from int, key fyne.KeyName) bool {
	step := 1
	switch key {
	case fyne.KeyLeft:
		step = -1
	case fyne.KeyRight:
	default:
		return false
	}
	to := from + step
	for to >= 0 && to < len(b.tabs) && b.tabs[to].Hidden {
		to += step
	}
	if to >= 0 && to < len(b.tabs) {
		focus(b.tabs[to])
		b.choose(to)
	}
	return true
}

// CreateRenderer makes the renderer.
func (b *TabBar) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(b.row)
}

type tab struct {
	widget.BaseWidget
	pressable

	label    *Text
	small    bool
	selected bool
	marked   bool
}

var _ fyne.Focusable = (*tab)(nil)

func newTab(label string, role Role, chosen func()) *tab {
	t := &tab{label: NewText(label, role), small: role == RoleCaption}
	t.label.SetAlignment(fyne.TextAlignCenter)
	t.ExtendBaseWidget(t)
	t.pressable.owner, t.pressable.act = t, chosen
	return t
}

func (t *tab) setSelected(selected bool) {
	if t.selected == selected {
		return
	}
	t.selected = selected
	t.Refresh()
}

// CreateRenderer makes the renderer.
func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{
		tab: t, shade: canvas.NewRectangle(color.Transparent),
		line: canvas.NewRectangle(color.Transparent), frame: newFrame(), dot: canvas.NewCircle(color.Transparent),
	}
	r.paint()
	return r
}

type tabRenderer struct {
	tab                *tab
	shade, line, frame *canvas.Rectangle
	dot                *canvas.Circle
}

const (
	tabSide   = 6
	tabDot    = 6
	tabHeight = 32
	tabSmall  = 25
)

func (r *tabRenderer) Destroy() {}

func (r *tabRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.tab.label, r.line, r.frame, r.dot}
}

// MinSize leaves room for the label in bold, so that choosing moves nothing.
func (r *tabRenderer) MinSize() fyne.Size {
	if r.tab.small {
		plain := measureWith(sizeOf(r.tab, theme.SizeNameCaptionText), fyne.TextStyle{})
		return fyne.NewSize(plain(r.tab.label.Text())+2*tabSide, tabSmall)
	}
	bold := measureWith(sizeOf(r.tab, theme.SizeNameText), fyne.TextStyle{Bold: true})
	return fyne.NewSize(bold(r.tab.label.Text())+2*tabSide, tabHeight)
}

func (r *tabRenderer) Layout(size fyne.Size) {
	inner := fyne.NewSize(size.Width, size.Height-4)
	r.shade.Resize(inner)
	r.frame.Resize(inner)
	r.tab.label.Resize(inner)
	r.line.Resize(fyne.NewSize(size.Width-2*tabSide, 2))
	r.line.Move(fyne.NewPos(tabSide, size.Height-2))
	r.dot.Resize(fyne.NewSquareSize(tabDot))
	r.dot.Move(fyne.NewPos(size.Width-tabDot, 5))
}

func (r *tabRenderer) Refresh() {
	r.paint()
	r.Layout(r.tab.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.tab)
}

func (r *tabRenderer) paint() {
	t := r.tab
	line, ink, role := colorNone, theme.ColorNameForeground, RoleBody
	if t.selected {
		line, ink, role = theme.ColorNamePrimary, ColorOnSelected, RoleStrong
	}
	if t.small {
		role = RoleCaption
	}
	r.line.FillColor = colorOf(t, line)
	r.shade.FillColor, r.shade.CornerRadius = colorOf(t, t.overlay()), 4
	r.dot.FillColor, r.dot.Hidden = colorOf(t, theme.ColorNameError), !t.marked
	t.label.SetRole(role)
	t.label.SetColor(ink)
	t.paintFrame(r.frame, t, 4)
}
