// The columns of a page: a list at the left, the work in the middle, a pane at
// the right, with a line between them.

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// columnWidths says how wide the outer columns are. The right one is a share
// of the whole between its limits.
type columnWidths struct {
	Left               float32
	RightShare         float32
	RightMin, RightMax float32
}

// newColumns makes a page of columns; left or right may be nil.
func newColumns(left, middle, right fyne.CanvasObject, widths columnWidths) *fyne.Container {
	if left == nil {
		left, widths.Left = widgets.Gap(0, 0), -columnLine
	}
	objects := []fyne.CanvasObject{left, middle, widgets.NewRule()}
	if right != nil {
		objects = append(objects, right, widgets.NewRule())
	}
	return container.New(columnsLayout{widths}, objects...)
}

type columnsLayout struct{ columnWidths }

const columnLine = 1

// right is how wide the right column is in a page of the given width.
func (l columnsLayout) right(width float32) float32 {
	return min(max(width*l.RightShare, l.RightMin), l.RightMax)
}

// MinSize adds the columns' smallest widths up.
func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	middle := objects[1].MinSize()
	size := fyne.NewSize(l.Left+columnLine+middle.Width, max(objects[0].MinSize().Height, middle.Height))
	if len(objects) > 3 {
		right := objects[3].MinSize()
		size.Width += columnLine + max(l.RightMin, right.Width)
		size.Height = max(size.Height, right.Height)
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
	put(objects[0], 0, l.Left)
	put(objects[2], l.Left, columnLine)
	put(objects[1], l.Left+columnLine, rest-l.Left-columnLine)
}
