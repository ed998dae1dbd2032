// How the bar at the top shares its width.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// frameBar lays out connection, instance, guard, the box that goes to anything,
// and the zone. What there is too little room for goes in this order: the words
// of the box, then the ends of the names, the longest first.
type frameBar struct{}

const (
	barSpace     float32 = 10
	barAnywhere  float32 = 230 // widest box
	barNameLeast float32 = 150 // of connection and instance
	barZoneLeast float32 = 120
)

// barPart is one object of the bar with the widths that it can have.
type barPart struct {
	object       fyne.CanvasObject
	least, width float32
	anywhere     bool
}

// barParts gives each visible object the width that it would like.
func barParts(objects []fyne.CanvasObject) []barPart {
	parts := make([]barPart, 0, len(objects))
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize().Width
		part := barPart{object: o, least: need, width: need}
		switch i {
		case 0, 1:
			part.least = min(need, barNameLeast)
		case 3:
			part.anywhere, part.width = true, barAnywhere
			if box, ok := o.(*widgets.GoBox); ok {
				part.width = max(barAnywhere, box.WholeWidth())
			}
		case 4:
			part.least = min(need, barZoneLeast)
		}
		parts = append(parts, part)
	}
	return parts
}

// MinSize is that of all parts at their least.
func (frameBar) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(-barSpace, 0)
	for _, part := range barParts(objects) {
		size.Width += part.least + barSpace
		size.Height = max(size.Height, part.object.MinSize().Height)
	}
	return size
}

// Layout gives each part its width; what is left stands before the box.
func (frameBar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	parts := barParts(objects)
	left := shrinkBar(parts, size.Width-barSpace*float32(len(parts)-1))
	x := float32(0)
	for _, part := range parts {
		if part.anywhere {
			x += left
		}
		height := part.object.MinSize().Height
		put(part.object, x, (size.Height-height)/2, part.width, height)
		x += part.width + barSpace
	}
}

// shrinkBar takes width from the parts until they have room, and answers how
// much room is left.
func shrinkBar(parts []barPart, room float32) (left float32) {
	over := -room
	for _, part := range parts {
		over += part.width
	}
	for i := range parts {
		if part := &parts[i]; part.anywhere && over > 0 {
			cut := min(over, part.width-part.least)
			part.width -= cut
			over -= cut
		}
	}
	const step = 4
	for over > 0 {
		widest := -1
		for i, part := range parts {
			if part.width > part.least && (widest < 0 || part.width > parts[widest].width) {
				widest = i
			}
		}
		if widest < 0 {
			return 0
		}
		cut := min(step, over, parts[widest].width-parts[widest].least)
		parts[widest].width -= cut
		over -= cut
	}
	return -over
}
