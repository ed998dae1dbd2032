// This file is NavPanel: a NavList with the entry that filters it.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// NavPanel is a filter above a list. Down goes from the filter to the list,
// Enter in the filter chooses the first match, typing in the list filters.
type NavPanel struct {
	widget.BaseWidget

	Filter *Entry
	List   *NavList
	hint   *Text

	hintLine, emptyLine *fyne.Container
}

var _ fyne.Widget = (*NavPanel)(nil)

// NewNavPanel makes an empty panel; placeholder stands in the empty filter.
func NewNavPanel(placeholder string) *NavPanel {
	p := &NavPanel{
		Filter: NewEntry(), List: NewNavList(),
		hint: NewWrappedText("", RoleCaption),
	}
	p.hintLine = Pad(0, 4, 0, 4, p.hint)
	p.emptyLine = Pad(0, 4, 0, 4, NewWrappedText("Nothing matches the filter.", RoleCaption))
	p.hintLine.Hide()
	p.emptyLine.Hide()
	p.Filter.SetPlaceHolder(placeholder)
	p.Filter.OnChanged = p.filterChanged
	p.Filter.OnSubmitted = func(string) { p.chooseFirst() }
	p.Filter.OnKey = p.filterKey
	p.List.OnRune = p.typedInList
	p.ExtendBaseWidget(p)
	return p
}

// SetGroups replaces the entries of the list.
func (p *NavPanel) SetGroups(groups []NavGroup) {
	p.List.SetGroups(groups)
	p.showEmpty()
}

// SetHint shows a line between filter and list; empty takes it away.
func (p *NavPanel) SetHint(text string) {
	if p.hint.Text() == text {
		return
	}
	p.hint.SetText(text)
	p.hintLine.Hidden = text == ""
	p.Refresh()
}

// FocusFilter puts the cursor into the filter.
func (p *NavPanel) FocusFilter() { focus(p.Filter) }

func (p *NavPanel) filterChanged(text string) {
	p.List.SetFilter(text)
	p.showEmpty()
}

func (p *NavPanel) showEmpty() {
	empty := p.List.Matches() == 0 && p.Filter.Text != ""
	if p.emptyLine.Visible() == empty {
		return
	}
	p.emptyLine.Hidden = !empty
	p.Refresh()
}

func (p *NavPanel) filterKey(key *fyne.KeyEvent) bool {
	switch {
	case key.Name == fyne.KeyDown && p.List.Matches() > 0:
		focus(p.List)
	case key.Name == fyne.KeyEscape && p.Filter.Text != "":
		p.Filter.SetText("")
	default:
		return false
	}
	return true
}

func (p *NavPanel) chooseFirst() {
	if item, ok := p.List.First(); ok {
		p.List.Choose(item)
	}
}

func (p *NavPanel) typedInList(r rune) {
	focus(p.Filter)
	p.Filter.TypedRune(r)
}

// CreateRenderer makes the renderer.
func (p *NavPanel) CreateRenderer() fyne.WidgetRenderer {
	top := Column(6, p.Filter, p.hintLine, p.emptyLine)
	return widget.NewSimpleRenderer(Dock(top, nil, nil, nil, Pad(4, 0, 0, 0, p.List)))
}

// focus puts the focus on a widget. The driver knows the canvas of what was
// painted before; what was made a moment ago is looked for in every window.
func focus(o fyne.Focusable) {
	if c := canvasOf(o.(fyne.CanvasObject)); c != nil {
		c.Focus(o)
		return
	}
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		w.Canvas().Focus(o)
	}
}
