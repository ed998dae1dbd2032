// The columns of a page: a list at the left, the work in the middle, a pane at
// the right, with lines between them that a person can move.

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// columnWidths says how wide the outer columns are: a share of the whole
// between two limits. A person who moves a line goes beyond the upper limit as
// far as the middle keeps its smallest width.
type columnWidths struct {
	LeftShare, LeftMin, LeftMax    float32
	RightShare, RightMin, RightMax float32
	MiddleMin                      float32 // 0: what the middle asks for
	Gap                            float32 // between columns; 0: a line
}

const columnLine = 1

// columns lays out a page and remembers where a person has moved its lines.
type columns struct {
	columnWidths
	env         *Env
	name        PageID
	box         *fyne.Container
	left, right split
}

// split is one line with the column that it sets the width of.
type split struct {
	column fyne.CanvasObject // nil: there is none
	line   *widgets.Splitter
	key    string  // in the settings
	share  float32 // of the whole width, as a person chose; 0: as designed
	toward float32 // 1: moving to the right makes it wider
}

// newColumns makes a page of columns; left or right may be nil.
func newColumns(env *Env, page PageID, left, middle, right fyne.CanvasObject, widths columnWidths) *fyne.Container {
	c := &columns{columnWidths: widths, env: env, name: page}
	c.box = container.New(c, middle)
	c.left = c.split(left, "left", 1)
	c.right = c.split(right, "right", -1)
	objects := []fyne.CanvasObject{middle}
	if left != nil {
		objects = []fyne.CanvasObject{left, middle, c.left.line}
	}
	if right != nil {
		objects = append(objects, right, c.right.line)
	}
	c.box.Objects = objects
	return c.box
}

// newCards makes a page of two cards with a gap between them.
func newCards(env *Env, page PageID, left, middle fyne.CanvasObject, widths columnWidths) *fyne.Container {
	return newColumns(env, page, left, middle, nil, widths)
}

// split makes the line of a column.
func (c *columns) split(column fyne.CanvasObject, side string, toward float32) split {
	if column == nil {
		return split{}
	}
	s := split{column: column, key: string(c.name) + "." + side, toward: toward, line: widgets.NewSplitter()}
	if c.Gap > 0 {
		s.line = widgets.NewQuietSplitter()
	}
	if share := c.env.Settings().Splits[s.key]; share > 0 && share < 1 {
		s.share = share
	}
	s.line.OnMoved = func(by float32) { c.moved(s.column, by) }
	s.line.OnEnded = func() { c.ended(s.column) }
	s.line.OnReset = func() { c.reset(s.column) }
	return s
}

func (c *columns) of(column fyne.CanvasObject) *split {
	if c.left.column == column {
		return &c.left
	}
	return &c.right
}

// moved makes a column wider or narrower.
func (c *columns) moved(column fyne.CanvasObject, by float32) {
	size := c.box.Size()
	if size.Width <= 0 {
		return
	}
	s := c.of(column)
	least := c.LeftMin
	if s == &c.right {
		least = c.RightMin
	}
	width := min(max(column.Size().Width+by*s.toward, least), size.Width-c.others(s))
	s.share = max(width, least) / size.Width
	c.again()
}

// others is what the rest of the page needs beside a column.
func (c *columns) others(s *split) float32 {
	need := c.middleMin() + c.between()
	other := &c.left
	if s == other {
		other = &c.right
	}
	if other.column != nil {
		need += other.column.Size().Width + c.between()
	}
	return need
}

func (c *columns) ended(column fyne.CanvasObject) {
	s := c.of(column)
	key, share := s.key, s.share
	if share > 0 {
		c.env.Remember(func(to *settings.Settings) { to.Splits[key] = share })
	}
}

func (c *columns) reset(column fyne.CanvasObject) {
	s := c.of(column)
	s.share = 0
	key := s.key
	c.env.Remember(func(to *settings.Settings) { delete(to.Splits, key) })
	c.again()
}

func (c *columns) again() {
	c.Layout(nil, c.box.Size())
	canvas.Refresh(c.box)
}

func (c *columns) between() float32 { return max(columnLine, c.Gap) }

func (c *columns) middle() fyne.CanvasObject {
	if c.left.column == nil {
		return c.box.Objects[0]
	}
	return c.box.Objects[1]
}

func (c *columns) middleMin() float32 {
	if c.MiddleMin > 0 {
		return c.MiddleMin
	}
	return c.middle().MinSize().Width
}

// MinSize adds the columns' smallest widths up.
func (c *columns) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(c.middleMin(), c.middle().MinSize().Height)
	for _, column := range []struct {
		object fyne.CanvasObject
		least  float32
	}{{c.left.column, c.LeftMin}, {c.right.column, c.RightMin}} {
		if column.object != nil {
			size.Width += column.least + c.between()
			size.Height = max(size.Height, column.object.MinSize().Height)
		}
	}
	return size
}

// widths gives the outer columns their widths. What a person chose on a larger
// screen gives way to the middle, down to the smallest width.
func (c *columns) widths(whole float32) (left, right float32) {
	width := func(s split, share, least, most float32) float32 {
		switch {
		case s.column == nil:
			return 0
		case s.share > 0:
			return max(whole*s.share, least)
		}
		return min(max(whole*share, least), most)
	}
	left = width(c.left, c.LeftShare, c.LeftMin, c.LeftMax)
	right = width(c.right, c.RightShare, c.RightMin, c.RightMax)
	room := whole - c.middleMin()
	for _, s := range []split{c.left, c.right} {
		if s.column != nil {
			room -= c.between()
		}
	}
	if over := left + right - room; over > 0 && right > 0 {
		cut := min(over, right-c.RightMin)
		right -= max(0, cut)
	}
	if over := left + right - room; over > 0 && left > 0 {
		cut := min(over, left-c.LeftMin)
		left -= max(0, cut)
	}
	return left, right
}

// Layout gives the outer columns their widths and the middle the rest.
func (c *columns) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	left, right := c.widths(size.Width)
	from, to := float32(0), size.Width
	if c.left.column != nil {
		put(c.left.column, 0, 0, left, size.Height)
		c.putLine(c.left.line, left, size.Height)
		from = left + c.between()
	}
	if c.right.column != nil {
		put(c.right.column, to-right, 0, right, size.Height)
		to -= right + c.between()
		c.putLine(c.right.line, to, size.Height)
	}
	put(c.middle(), from, 0, max(0, to-from), size.Height)
}

// putLine puts a line into the middle of what lies between two columns.
func (c *columns) putLine(line *widgets.Splitter, from, height float32) {
	at := from + (c.between()-columnLine)/2
	put(line, at-widgets.SplitterLine, 0, widgets.SplitterWidth, height)
}
