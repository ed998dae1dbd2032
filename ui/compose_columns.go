// The columns of a page: a list at the left, the work in the middle, a pane at
// the right, with a line between them.

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// columnWidths says how wide the outer columns are: a share of the whole
// between two limits.
type columnWidths struct {
	LeftShare, LeftMin, LeftMax    float32
	RightShare, RightMin, RightMax float32
}

// newColumns makes a page of columns; left or right may be nil.
func newColumns(left, middle, right fyne.CanvasObject, widths columnWidths) *fyne.Container {
	if left == nil {
		left, widths.LeftShare, widths.LeftMin, widths.LeftMax = widgets.Gap(0, 0), 0, -columnLine, -columnLine
	}
	objects := []fyne.CanvasObject{left, middle, widgets.NewRule()}
	if right != nil {
		objects = append(objects, right, widgets.NewRule())
	}
	return container.New(columnsLayout{widths}, objects...)
}

type columnsLayout struct{ columnWidths }

const columnLine = 1

func (l columnsLayout) left(width float32) float32 {
	return min(max(width*l.LeftShare, l.LeftMin), l.LeftMax)
}

func (l columnsLayout) right(width float32) float32 {
	return min(max(width*l.RightShare, l.RightMin), l.RightMax)
}

// MinSize adds the columns' smallest widths up.
func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	middle := objects[1].MinSize()
	size := fyne.NewSize(l.LeftMin+columnLine+middle.Width, max(objects[0].MinSize().Height, middle.Height))
	if len(objects) > 3 {
		size.Width += columnLine + l.RightMin
		size.Height = max(size.Height, objects[3].MinSize().Height)
	}
	return size
}

// Layout gives the outer columns their widths and the middle the rest.
func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	put := func(o fyne.CanvasObject, x, width float32) {
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(x, 0))
	}
	rest := size.Width
	if len(objects) > 3 {
		right := l.right(size.Width)
		put(objects[3], size.Width-right, right)
		put(objects[4], size.Width-right-columnLine, columnLine)
		rest -= right + columnLine
	}
	left := l.left(size.Width)
	put(objects[0], 0, left)
	put(objects[2], left, columnLine)
	put(objects[1], left+columnLine, rest-left-columnLine)
}
