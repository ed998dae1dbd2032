// This file draws one item of a Tally.

package widgets

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type tallyState struct{ over, cursor bool }

// tallyCell draws one item.
type tallyCell struct {
	widget.BaseWidget

	mark         *RoundMark
	number, name *Text
	on, more     bool
	state        tallyState
}

func newTallyCell() *tallyCell {
	c := &tallyCell{mark: NewRoundMark(tallyMark), number: NewText("", RoleStrong), name: NewEllipsisText("", RoleCaption)}
	c.ExtendBaseWidget(c)
	return c
}

func (c *tallyCell) show(item TallyItem, state tallyState) {
	c.on, c.more, c.state = item.On, false, state
	c.mark.SetType(item.Name)
	c.number.SetText(strconv.Itoa(item.Count))
	c.name.SetText(item.Name)
	c.Refresh()
}

func (c *tallyCell) showMore(n int, state tallyState) {
	c.on, c.more, c.state = false, true, state
	c.number.SetText("+" + strconv.Itoa(n))
	c.name.SetText("more")
	c.Refresh()
}

// CreateRenderer makes the renderer.
func (c *tallyCell) CreateRenderer() fyne.WidgetRenderer {
	r := &tallyCellRenderer{cell: c, box: canvas.NewRectangle(color.Transparent), frame: newFrame()}
	r.paint()
	return r
}

type tallyCellRenderer struct {
	cell       *tallyCell
	box, frame *canvas.Rectangle
}

func (r *tallyCellRenderer) Destroy()           {}
func (r *tallyCellRenderer) MinSize() fyne.Size { return fyne.NewSize(tallyMore, tallyHeight) }

func (r *tallyCellRenderer) Objects() []fyne.CanvasObject {
	c := r.cell
	if c.more {
		return []fyne.CanvasObject{r.box, c.number, c.name, r.frame}
	}
	return []fyne.CanvasObject{r.box, c.mark, c.number, c.name, r.frame}
}

func (r *tallyCellRenderer) Layout(size fyne.Size) {
	c := r.cell
	r.box.Resize(size)
	r.frame.Resize(size)
	left := float32(tallyPad)
	if !c.more {
		c.mark.Resize(fyne.NewSquareSize(tallyMark))
		c.mark.Move(fyne.NewPos(left, (size.Height-tallyMark)/2))
		left += tallyMark + 8
	}
	number, name := c.number.MinSize().Height, c.name.MinSize().Height
	top := (size.Height - number - name) / 2
	c.number.Resize(fyne.NewSize(size.Width-left, number))
	c.number.Move(fyne.NewPos(left, top))
	c.name.Resize(fyne.NewSize(size.Width-left-2, name))
	c.name.Move(fyne.NewPos(left, top+number))
}

func (r *tallyCellRenderer) Refresh() {
	r.paint()
	r.Layout(r.cell.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.cell)
}

func (r *tallyCellRenderer) paint() {
	c := r.cell
	fill := colorNone
	switch {
	case c.on:
		fill = ColorSelected
	case c.state.over:
		fill = theme.ColorNameHover
	}
	r.box.FillColor, r.box.CornerRadius = colorOf(c, fill), 6
	r.box.StrokeWidth, r.box.StrokeColor = 0, color.Transparent
	if c.on {
		r.box.StrokeWidth, r.box.StrokeColor = 1, colorOf(c, theme.ColorNamePrimary)
	}
	paintFrame(r.frame, c, 6, c.state.cursor)
}
