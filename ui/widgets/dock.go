// This file is the layout of Dock: like Fyne's border layout, without the
// theme's paddings between its areas.

package widgets

import "fyne.io/fyne/v2"

type dockLayout struct{ top, right, bottom, left, centre fyne.CanvasObject }

var _ fyne.Layout = (*dockLayout)(nil)

func needOf(o fyne.CanvasObject) fyne.Size {
	if o == nil || !o.Visible() {
		return fyne.Size{}
	}
	return o.MinSize()
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	if o != nil {
		o.Resize(fyne.NewSize(max(0, width), max(0, height)))
		o.Move(fyne.NewPos(x, y))
	}
}

// Layout gives top and bottom the whole width, left and right the height
// between them, and the centre what is left.
func (l *dockLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	for _, o := range []fyne.CanvasObject{l.top, l.bottom} {
		if o != nil { // wrapped text knows its height only once it knows its width
			o.Resize(fyne.NewSize(size.Width, o.Size().Height))
		}
	}
	top, bottom := needOf(l.top).Height, needOf(l.bottom).Height
	left, right := needOf(l.left).Width, needOf(l.right).Width
	height := size.Height - top - bottom
	put(l.top, 0, 0, size.Width, top)
	put(l.bottom, 0, size.Height-bottom, size.Width, bottom)
	put(l.left, 0, top, left, height)
	put(l.right, size.Width-right, top, right, height)
	put(l.centre, left, top, size.Width-left-right, height)
}

// MinSize adds the areas up.
func (l *dockLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	top, bottom, left, right := needOf(l.top), needOf(l.bottom), needOf(l.left), needOf(l.right)
	centre := needOf(l.centre)
	width := max(top.Width, bottom.Width, left.Width+centre.Width+right.Width)
	return fyne.NewSize(width, top.Height+bottom.Height+max(left.Height, centre.Height, right.Height))
}
