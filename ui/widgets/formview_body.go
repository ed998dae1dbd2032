// This file lays out the lines of a FormView. In the tree stand only those
// that are in view, those around the cursor, and both ends, since Tab goes to
// what is in the tree: so neither a keystroke nor a frame costs more in a form
// of 1,000 fields, whatever part of it was seen. For the rest room is kept.

package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/forms"
)

// How many lines stand in the tree beside those in view.
const (
	liveAhead  = 4 // above and below the view
	liveAround = 3 // on both sides of the cursor
	liveEnds   = 2 // first and last, for Tab that comes from outside
)

// place gives a line's place; -1: it is not shown.
func (v *FormView) place(line formLine) int {
	switch {
	case line.slot >= 0:
		return v.slots[line.slot].line
	case line.group >= 0 && line.group < len(v.headAt):
		return v.headAt[line.group]
	}
	return -1
}

// measure finds where each line stands.
func (v *FormView) measure() {
	v.tops = v.tops[:0]
	top := float32(formGap + 3)
	for _, line := range v.lines {
		v.tops = append(v.tops, top)
		switch {
		case line.slot < 0:
			top += headingHeight + formGap
		case v.slots[line.slot].height > 0:
			top += v.slots[line.slot].height
		default:
			top += v.guess(v.slots[line.slot].field)
		}
	}
	v.tops = append(v.tops, top)
}

// guess is the height of a row that was not measured yet.
func (v *FormView) guess(field *forms.Field) float32 {
	height := float32(formRowGuess)
	if v.form.SentAs(field.Name) != "" {
		height += formLineGuess
	}
	if tall(field) {
		height += 2 * formLineGuess
	}
	return height
}

// at finds the line at a height.
func (v *FormView) at(y float32) int {
	at, exact := slices.BinarySearch(v.tops, y)
	if !exact {
		at--
	}
	return min(max(at, 0), len(v.lines)-1)
}

// anchored is a line with its distance from the top of the view.
type anchored struct {
	line formLine
	away float32
	set  bool
}

// anchor notes what stands at the top of the view, so that it stays there
// when lines above it come, go or grow.
func (v *FormView) anchor() anchored {
	if len(v.lines) == 0 || v.scroll.Offset.Y <= 0 || len(v.tops) != len(v.lines)+1 {
		return anchored{}
	}
	at := v.at(v.scroll.Offset.Y)
	return anchored{v.lines[at], v.tops[at] - v.scroll.Offset.Y, true}
}

func (v *FormView) restore(a anchored) {
	if !a.set {
		return
	}
	if at := v.place(a.line); at >= 0 {
		v.scroll.Offset.Y = max(0, v.tops[at]-a.away)
	}
}

// relayout measures the rows in the tree again.
func (v *FormView) relayout() { v.arrange(true) }

// arrange makes the tree follow the view and the cursor. With all, the heights
// of the rows that are in the tree may have changed.
func (v *FormView) arrange(all bool) {
	if v.arranging { // the scroll tells of what is done here
		return
	}
	v.arranging = true
	defer func() { v.arranging = false }()
	const enough = 5 // rounds: rows that turn out lower bring others into view
	for range enough {
		before := v.live
		v.live = v.wanted()
		at := v.anchor()
		grown := v.admit(all)
		if grown {
			v.measure()
			v.restore(at)
			v.scroll.Refresh()
		}
		if all = false; !grown && slices.Equal(before, v.live) {
			break
		}
	}
	v.dismiss()
	v.body.placeAll()
	canvas.Refresh(v.body)
}

// wanted lists the lines that are to stand in the tree.
func (v *FormView) wanted() []int {
	n := len(v.lines)
	if n == 0 {
		return nil
	}
	var list []int
	add := func(from, to int) {
		for at := max(from, 0); at < min(to, n); at++ {
			list = append(list, at)
		}
	}
	add(0, liveEnds)
	if at := v.place(v.cursor); at >= 0 {
		add(at-liveAround, at+liveAround+1)
	}
	if height := v.scroll.Size().Height; height > 0 {
		top := v.scroll.Offset.Y
		add(v.at(top)-liveAhead, v.at(top+height)+1+liveAhead)
	}
	add(n-liveEnds, n)
	slices.Sort(list)
	return slices.Compact(list)
}

// admit makes the lines of the tree that are not there yet, brings up to date
// those that changed, and says whether a height did.
func (v *FormView) admit(all bool) (grown bool) {
	v.round++
	width := v.scroll.Size().Width
	for _, at := range v.live {
		line := v.lines[at]
		if line.slot < 0 {
			v.heading(line.group)
			continue
		}
		s := &v.slots[line.slot]
		s.round = v.round
		switch {
		case s.row == nil:
			s.row = newFormRow(v, s.field)
			v.standing = append(v.standing, line.slot)
		case s.stale:
			s.row.sync()
		case !all && s.height > 0:
			continue
		}
		s.stale = false
		if height := s.row.heightFor(width) + formGap; height != s.height {
			grown = grown || height != v.tops[at+1]-v.tops[at]
			s.height = height
		}
	}
	return grown
}

// dismiss drops what left the tree: all that is worth keeping is in the form,
// and Fyne forgets after a minute how to draw what it does not see.
func (v *FormView) dismiss() {
	v.standing = slices.DeleteFunc(v.standing, func(i int) bool {
		s := &v.slots[i]
		away := s.round != v.round
		if away {
			s.row = nil
		}
		return away
	})
	for g, at := range v.headAt {
		if _, stays := slices.BinarySearch(v.live, at); !stays {
			v.headings[g] = nil
		}
	}
}

type formBody struct {
	widget.BaseWidget
	view *FormView
	mark *canvas.Rectangle // behind the field that stepping has reached
}

// CreateRenderer makes the renderer.
func (b *formBody) CreateRenderer() fyne.WidgetRenderer {
	b.mark = canvas.NewRectangle(color.Transparent)
	b.mark.Hide()
	return &formBodyRenderer{body: b}
}

type formBodyRenderer struct {
	body  *formBody
	width float32
}

func (r *formBodyRenderer) Destroy() {}

// Objects are the lines from top to bottom, which is the order of Tab.
func (r *formBodyRenderer) Objects() []fyne.CanvasObject {
	v := r.body.view
	objects := make([]fyne.CanvasObject, 0, len(v.live)+2)
	objects = append(objects, r.body.mark)
	for _, at := range v.live {
		if o := v.object(at); o != nil {
			objects = append(objects, o)
		}
	}
	return append(objects, v.rest)
}

// object is what a line is drawn by, nil where it was not made.
func (v *FormView) object(at int) fyne.CanvasObject {
	if at >= len(v.lines) {
		return nil
	}
	line := v.lines[at]
	if line.slot < 0 {
		if h := v.headings[line.group]; h != nil {
			return h
		}
		return nil
	}
	if row := v.slots[line.slot].row; row != nil {
		return row
	}
	return nil
}

func (r *formBodyRenderer) MinSize() fyne.Size {
	v := r.body.view
	if len(v.tops) == 0 {
		return fyne.NewSize(1, 1)
	}
	height := v.tops[len(v.tops)-1] + formGap
	if v.rest.Visible() {
		height += v.rest.MinSize().Height + formGap
	}
	return fyne.NewSize(1, height)
}

// Layout measures anew where the width changed, since lines wrap by it.
func (r *formBodyRenderer) Layout(size fyne.Size) {
	v := r.body.view
	wider := size.Width != r.width
	r.width = size.Width
	if wider {
		for i := range v.slots {
			v.slots[i].height = 0
		}
		if !v.arranging {
			v.measure()
		}
	}
	r.body.placeAll()
	v.arrange(wider)
}

// placeAll puts the lines of the tree where they stand.
func (b *formBody) placeAll() {
	v, width := b.view, b.Size().Width
	if len(v.tops) != len(v.lines)+1 {
		return
	}
	for _, at := range v.live {
		if o := v.object(at); o != nil {
			o.Resize(fyne.NewSize(width, v.tops[at+1]-v.tops[at]-formGap))
			o.Move(fyne.NewPos(0, v.tops[at]))
		}
	}
	v.rest.Resize(fyne.NewSize(width, v.rest.MinSize().Height))
	v.rest.Move(fyne.NewPos(0, v.tops[len(v.lines)]+formGap))
	b.placeMark()
}

func (b *formBody) placeMark() {
	v := b.view
	if b.mark == nil {
		return
	}
	at := -1
	if v.hit >= 0 {
		at = v.slots[v.hit].line
	}
	if b.mark.Hidden = at < 0; at < 0 {
		return
	}
	b.mark.FillColor, b.mark.CornerRadius = colorOf(b, ColorSelected), 4
	b.mark.Move(fyne.NewPos(formSide/2, v.tops[at]-3))
	b.mark.Resize(fyne.NewSize(b.Size().Width-formSide, v.tops[at+1]-v.tops[at]-formGap+6))
}

// Refresh places the lines; it does not redraw them.
func (r *formBodyRenderer) Refresh() {
	r.body.placeAll()
	canvas.Refresh(r.body)
}
