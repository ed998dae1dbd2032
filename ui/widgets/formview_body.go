// This file lays out the rows of a FormView: those that exist stand at their
// place, the others have room kept for them.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/activitydesk/activitydesk/forms"
)

type formBody struct {
	widget.BaseWidget
	view *FormView
}

// measure finds where each row stands.
func (b *formBody) measure() {
	v := b.view
	width := v.scroll.Size().Width
	v.tops = v.tops[:0]
	top := float32(formGap + 3)
	for _, i := range v.shown {
		v.tops = append(v.tops, top)
		if row := v.rows[i]; row != nil {
			top += row.heightFor(width) + formGap
		} else {
			top += v.guess(v.fields[i])
		}
	}
	v.tops = append(v.tops, top)
}

// guess is the height of a row that is not there yet.
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

// CreateRenderer makes the renderer.
func (b *formBody) CreateRenderer() fyne.WidgetRenderer { return &formBodyRenderer{b} }

type formBodyRenderer struct{ body *formBody }

func (r *formBodyRenderer) Destroy() {}

// Objects are the rows from top to bottom, which is the order of Tab.
func (r *formBodyRenderer) Objects() []fyne.CanvasObject {
	v := r.body.view
	objects := make([]fyne.CanvasObject, 0, len(v.shown))
	for _, i := range v.shown {
		if row := v.rows[i]; row != nil {
			objects = append(objects, row)
		}
	}
	return objects
}

func (r *formBodyRenderer) MinSize() fyne.Size {
	v := r.body.view
	if len(v.tops) == 0 {
		return fyne.NewSize(1, 1)
	}
	return fyne.NewSize(1, v.tops[len(v.tops)-1]+formGap)
}

// Layout measures anew, since wrapped lines depend on the width.
func (r *formBodyRenderer) Layout(size fyne.Size) {
	r.body.measure()
	r.place(size)
	r.body.view.buildVisible()
}

func (r *formBodyRenderer) place(size fyne.Size) {
	v := r.body.view
	for at, i := range v.shown {
		row := v.rows[i]
		if row == nil || at+1 >= len(v.tops) {
			continue
		}
		row.Resize(fyne.NewSize(size.Width, v.tops[at+1]-v.tops[at]-formGap))
		row.Move(fyne.NewPos(0, v.tops[at]))
	}
}

// Refresh places the rows; it does not redraw them.
func (r *formBodyRenderer) Refresh() {
	r.place(r.body.Size())
	canvas.Refresh(r.body)
}
