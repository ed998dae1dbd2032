// How the status line shares its width.

package ui

import "fyne.io/fyne/v2"

// statusLine lays out the dot, what is said of the connection, the budget, what
// was sent today, and at the right end where the credentials are. Where there is
// too little room the connection's words are shortened: they are errors at times,
// and must not make the window wider.
type statusLine struct{}

const (
	statusGap   float32 = 18
	statusLeast float32 = 120 // of the connection's words
)

// gapBefore is the room before the part with this index.
func (statusLine) gapBefore(i int) float32 {
	switch i {
	case 0:
		return 0
	case 1:
		return 2 // the dot is the words' own
	default:
		return statusGap
	}
}

// MinSize is that of all parts, with the words as short as they get.
func (l statusLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		need := o.MinSize()
		if i == 1 {
			need.Width = min(need.Width, statusLeast)
		}
		size.Width += l.gapBefore(i) + need.Width
		size.Height = max(size.Height, need.Height)
	}
	return size
}

// Layout gives the words what the others leave; the last part stands at the end.
func (l statusLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	words := objects[1].MinSize().Width
	words = max(min(words, statusLeast), min(words, size.Width-l.MinSize(objects).Width+min(words, statusLeast)))
	x := float32(0)
	for i, o := range objects {
		need := o.MinSize()
		if i == 1 {
			need.Width = words
		}
		x += l.gapBefore(i)
		if i == len(objects)-1 {
			x = max(x, size.Width-need.Width)
		}
		put(o, x, (size.Height-need.Height)/2, need.Width, need.Height)
		x += need.Width
	}
}
