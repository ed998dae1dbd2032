// This file is Tally: round marks with a number and a name each, of which any
// can be chosen.

package widgets

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// TallyItem is one kind of thing and how many there are.
type TallyItem struct {
	Name  string
	Count int
	On    bool
}

// Tally is one stop of Tab; Left and Right go from item to item, Space and Enter
// choose. Items that have no room are behind a last one, "+3", which opens a menu.
type Tally struct {
	widget.BaseWidget
	pressable

	// OnToggled is called when a person chose an item.
	OnToggled func(name string)

	items  []TallyItem
	fits   int // of items, in the width there is
	cursor int
	over   int // below the mouse; -1: none
}

var (
	_ fyne.Widget       = (*Tally)(nil)
	_ fyne.Tappable     = (*Tally)(nil)
	_ fyne.Focusable    = (*Tally)(nil)
	_ desktop.Hoverable = (*Tally)(nil)
)

const (
	tallyMark   = 30
	tallyHeight = 40
	tallyGap    = 8
	tallyPad    = 4
	tallyName   = 130 // widest name shown whole
	tallyMore   = 52  // of the last one
)

// NewTally makes a tally of nothing.
func NewTally() *Tally {
	t := &Tally{over: -1}
	t.ExtendBaseWidget(t)
	t.pressable.owner, t.pressable.act = t, func() { t.choose(t.cursor) }
	t.onKey = t.typedKey
	return t
}

// SetItems shows items, in their order.
func (t *Tally) SetItems(items []TallyItem) {
	if slices.Equal(items, t.items) {
		return
	}
	t.items = items
	t.cursor = max(0, min(t.cursor, len(items)-1))
	t.Refresh()
}

// Items gives what is shown.
func (t *Tally) Items() []TallyItem { return t.items }

func (t *Tally) choose(index int) {
	switch {
	case index < 0 || len(t.items) == 0:
	case index >= t.fits && t.fits < len(t.items):
		t.openRest()
	case index < len(t.items) && t.OnToggled != nil:
		t.OnToggled(t.items[index].Name)
	}
}

// openRest offers the items that have no room.
func (t *Tally) openRest() {
	var items []MenuItem
	for _, item := range t.items[t.fits:] {
		items = append(items, MenuItem{
			Label: item.Name, Note: strconv.Itoa(item.Count), Checked: item.On,
			OnChosen: func() {
				if t.OnToggled != nil {
					t.OnToggled(item.Name)
				}
			},
		})
	}
	ShowMenu(t, fyne.NewPos(t.left(t.fits), tallyHeight+2), items)
}

func (t *Tally) typedKey(key *fyne.KeyEvent) bool {
	last := min(t.fits, len(t.items)-1)
	switch key.Name {
	case fyne.KeyLeft:
		t.cursor = max(0, min(t.cursor, last)-1)
	case fyne.KeyRight:
		t.cursor = max(0, min(t.cursor+1, last))
	default:
		return false
	}
	t.Refresh()
	return true
}

// Tapped chooses the item below the mouse.
func (t *Tally) Tapped(e *fyne.PointEvent) {
	if at := t.at(e.Position.X); at >= 0 {
		hideTip(t)
		t.cursor = at
		t.choose(at)
	}
}

// MouseIn shades the item below the mouse.
func (t *Tally) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved follows it.
func (t *Tally) MouseMoved(e *desktop.MouseEvent) {
	at := t.at(e.Position.X)
	if at == t.over {
		return
	}
	t.over = at
	hideTip(t)
	if at >= 0 && at < t.fits {
		what := "Show only " + t.items[at].Name
		if t.items[at].On {
			what = "Show all again"
		}
		showTip(t, e.AbsolutePosition, what)
	}
	t.Refresh()
}

// MouseOut takes the shade away.
func (t *Tally) MouseOut() {
	t.over = -1
	hideTip(t)
	t.Refresh()
}

func (t *Tally) shown() int {
	if t.fits < len(t.items) {
		return t.fits + 1
	}
	return t.fits
}

// at is the item at a distance from the left; -1: none.
func (t *Tally) at(x float32) int {
	for i := range t.shown() {
		if left := t.left(i); x >= left && x < left+t.width(i) {
			return i
		}
	}
	return -1
}

func (t *Tally) left(index int) float32 {
	left := float32(0)
	for i := range index {
		left += t.width(i) + tallyGap
	}
	return left
}

// width is that of an item as it is drawn.
func (t *Tally) width(index int) float32 {
	if index == t.fits && t.fits < len(t.items) {
		return tallyMore
	}
	return t.itemWidth(t.items[index])
}

func (t *Tally) itemWidth(item TallyItem) float32 {
	number, _ := NewText("", RoleStrong).metrics()
	name, _ := NewText("", RoleCaption).metrics()
	words := max(
		measureWith(number, fyne.TextStyle{Bold: true})(strconv.Itoa(item.Count)),
		min(measureWith(name, fyne.TextStyle{})(item.Name), tallyName))
	return tallyPad + tallyMark + 8 + words + 6
}

// fit counts the items that a width has room for: all, or as many as leave room
// for the last one that stands for the others.
func (t *Tally) fit(width float32) {
	all := float32(0)
	t.fits = 0
	for i, item := range t.items {
		all += t.itemWidth(item)
		if all+tallyGap+tallyMore <= width+0.5 {
			t.fits = i + 1
		}
		all += tallyGap
	}
	if all-tallyGap <= width+0.5 {
		t.fits = len(t.items)
	}
}

// CreateRenderer makes the renderer.
func (t *Tally) CreateRenderer() fyne.WidgetRenderer {
	r := &tallyRenderer{tally: t}
	r.Refresh()
	return r
}

type tallyRenderer struct {
	tally *Tally
	cells []*tallyCell
}

func (r *tallyRenderer) Destroy() {}

func (r *tallyRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, cell := range r.cells[:r.tally.shown()] {
		objects = append(objects, cell)
	}
	return objects
}

func (r *tallyRenderer) MinSize() fyne.Size { return fyne.NewSize(tallyMore, tallyHeight) }

func (r *tallyRenderer) Layout(size fyne.Size) {
	t := r.tally
	t.fit(size.Width)
	for len(r.cells) < t.shown() {
		r.cells = append(r.cells, newTallyCell())
	}
	left := float32(0)
	for i := range t.shown() {
		cell := r.cells[i]
		state := tallyState{over: i == t.over, cursor: t.focused && i == min(t.cursor, t.shown()-1)}
		if i == t.fits {
			cell.showMore(len(t.items)-t.fits, state)
		} else {
			cell.show(t.items[i], state)
		}
		width := t.width(i)
		cell.Resize(fyne.NewSize(width, tallyHeight))
		cell.Move(fyne.NewPos(left, (size.Height-tallyHeight)/2))
		left += width + tallyGap
	}
}

func (r *tallyRenderer) Refresh() {
	r.Layout(r.tally.Size())
	canvas.Refresh(r.tally)
}
