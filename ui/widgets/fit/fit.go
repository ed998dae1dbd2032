// Package fit is for tests: it finds what a window cuts off.
package fit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// slack is for rounding, in Fyne's units.
const slack float32 = 1

// rect is a part of the window.
type rect struct{ left, top, right, bottom float32 }

func (r rect) within(at fyne.Position, size fyne.Size) bool {
	return at.X >= r.left-slack && at.Y >= r.top-slack &&
		at.X+size.Width <= r.right+slack && at.Y+size.Height <= r.bottom+slack
}

// wide is far beyond what any window shows: in a scroll one gets there.
const wide = 1e7

// Inside checks that the content of a window asks for no more than the window
// has, that each control that is shown has a size that its words need, and that
// it lies within the window, or within what scrolls there.
func Inside(t testing.TB, content fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	if need := content.MinSize(); need.Width > size.Width+slack || need.Height > size.Height+slack {
		t.Errorf("the content needs %v and has %v", need, size)
	}
	look(content, fyne.Position{}, rect{0, 0, size.Width, size.Height}, func(o fyne.CanvasObject, at fyne.Position, seen rect) {
		if !control(o) {
			return
		}
		need, has := o.MinSize(), o.Size()
		if has.Width <= 0 || need.Height > has.Height+slack || !narrows(o) && need.Width > has.Width+slack {
			t.Errorf("%s needs %v and has %v", name(o), need, has)
		}
		if !seen.within(at, has) {
			t.Errorf("%s at %v, %v, is cut off: %v are seen", name(o), at, has, seen)
		}
	})
}

// control says whether a person must see the whole of an object.
func control(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *widgets.Button, *widgets.Entry, *widgets.Badge, *widgets.Picker, *widgets.TabBar, *widgets.Choice, *widgets.GoBox:
		return true
	}
	return false
}

// narrows says whether an object may be narrower than its words.
func narrows(o fyne.CanvasObject) bool {
	switch o := o.(type) {
	case *widgets.Picker, *widgets.Entry:
		return true
	case *widgets.Button:
		return o.Narrows()
	}
	return false
}

func name(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *widgets.Button:
		return fmt.Sprintf("the button %q", o.Text())
	case *widgets.Badge:
		return fmt.Sprintf("the badge %q", o.Text())
	case *widgets.Entry:
		return fmt.Sprintf("the field %q (%q)", o.Text, o.PlaceHolder)
	case *widgets.Picker:
		return fmt.Sprintf("the picker %q", o.Value())
	}
	return fmt.Sprintf("a %T", o)
}

// look visits what is shown, with where it is in the window and the part of the
// window that it can be seen in.
func look(o fyne.CanvasObject, at fyne.Position, seen rect, visit func(fyne.CanvasObject, fyne.Position, rect)) {
	if !o.Visible() {
		return
	}
	visit(o, at, seen)
	if scroll, ok := o.(*container.Scroll); ok {
		inner := rect{at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height}
		if scroll.Direction == container.ScrollBoth || scroll.Direction == container.ScrollVerticalOnly {
			inner.top, inner.bottom = -wide, wide
		}
		if scroll.Direction == container.ScrollBoth || scroll.Direction == container.ScrollHorizontalOnly {
			inner.left, inner.right = -wide, wide
		}
		look(scroll.Content, at.Add(scroll.Content.Position()), inner, visit)
		return
	}
	for _, child := range children(o) {
		look(child, at.Add(child.Position()), seen, visit)
	}
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}
