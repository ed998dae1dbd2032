// This file gives the mouse wheel over an entry to what scrolls around it.
// Fyne's entry takes the wheel for its own text, also where that text fits and
// there is nothing to scroll, so that a form stands still under the mouse.

package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// entryWheel lies over an entry and takes nothing but the wheel: Fyne looks
// for what takes an event among all objects under the mouse, topmost first.
type entryWheel struct {
	widget.BaseWidget

	entry *Entry
	inner *container.Scroll // of the text; nil: it does not scroll
}

var _ fyne.Scrollable = (*entryWheel)(nil)

func newEntryWheel(e *Entry, inner []fyne.CanvasObject) *entryWheel {
	w := &entryWheel{entry: e}
	for _, o := range inner {
		if scroll, ok := o.(*container.Scroll); ok {
			w.inner = scroll
		}
	}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled moves the text of the entry as far as it goes, else what is around
// the entry.
func (w *entryWheel) Scrolled(e *fyne.ScrollEvent) {
	if w.inner != nil && (w.entry.WheelTo == nil || w.moves(e.Scrolled)) {
		w.inner.Scrolled(e)
		return
	}
	if w.entry.WheelTo != nil {
		w.entry.WheelTo.Scrolled(e)
	}
}

// moves says whether the text can go on in the wheel's direction. Sideways the
// wheel is the entry's own.
func (w *entryWheel) moves(by fyne.Delta) bool {
	if math.Abs(float64(by.DX)) > math.Abs(float64(by.DY)) {
		return true
	}
	if !w.entry.MultiLine || w.inner.Content == nil {
		return false
	}
	const least = 1 // rounding of text heights is no way to go
	end := w.inner.Content.MinSize().Height - w.inner.Size().Height
	if by.DY > 0 {
		return w.inner.Offset.Y > least
	}
	return w.inner.Offset.Y < end-least
}

// CreateRenderer draws nothing.
func (w *entryWheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
