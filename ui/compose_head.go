// How the head of the compose page's middle is laid out: the entity's name, a
// line about it, and the tools.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// headLayout puts the tools beside the title. Where the title would be shortened
// by them they stand beside the line below it, which says nothing that the
// fields do not say as well.
type headLayout struct{ width float32 }

const toolsGap float32 = 8

// under says whether the tools stand below the title, at the width of last time.
func (l *headLayout) under(objects []fyne.CanvasObject) bool {
	title := objects[0].(*widgets.Value)
	return l.width > 0 && title.LineWidth()+toolsGap+visibleWidth(objects[2]) > l.width
}

// MinSize is two lines: title and tools, or tools and the line below.
func (l *headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	title, about, tools := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	height := max(title.Height, tools.Height) + about.Height
	if l.under(objects) {
		height = title.Height + max(about.Height, tools.Height)
	}
	return fyne.NewSize(tools.Width, height)
}

// Layout places the three.
func (l *headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	title, about, tools := objects[0], objects[1], objects[2]
	put := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Resize(fyne.NewSize(max(0, width), height))
		o.Move(fyne.NewPos(x, y))
	}
	need := tools.MinSize()
	left := size.Width - need.Width
	first, second := title.MinSize().Height, about.MinSize().Height
	if l.under(objects) {
		put(title, 0, 0, size.Width, first)
		row := max(second, need.Height)
		put(about, 0, first+(row-second)/2, left-toolsGap, second)
		put(tools, left, first+(row-need.Height)/2, need.Width, need.Height)
		return
	}
	row := max(first, need.Height)
	put(title, 0, (row-first)/2, left-toolsGap, first)
	put(tools, left, (row-need.Height)/2, need.Width, need.Height)
	put(about, 0, row, size.Width, second) // it has the whole width
}
