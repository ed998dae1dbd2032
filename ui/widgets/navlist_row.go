// This file draws one row of a NavList: a heading or an entry with its note.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type navRowState struct{ selected, hovered, cursor bool }

// navRowWidget takes no mouse itself; the viewport does.
type navRowWidget struct {
	widget.BaseWidget

	label, note *Text
	heading     bool
	state       navRowState
}

func newNavRow() *navRowWidget {
	r := &navRowWidget{label: NewEllipsisText("", RoleBody), note: NewEllipsisText("", RoleSmall)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *navRowWidget) showHeading(title string) {
	r.heading, r.state = true, navRowState{}
	r.label.SetColor("")
	r.label.SetRole(RoleGroup)
	r.label.SetText(title)
	r.note.SetText("")
	r.Refresh()
}

func (r *navRowWidget) showItem(item NavItem, state navRowState) {
	r.heading, r.state = false, state
	role, ink := RoleBody, fyne.ThemeColorName("")
	switch {
	case item.Disabled:
		ink = ColorMuted
	case state.selected:
		role = RoleStrong
	}
	r.label.SetRole(role)
	r.label.SetColor(ink)
	r.label.SetText(item.Label)
	r.note.SetText(item.Note)
	r.Refresh()
}

// CreateRenderer makes the renderer.
func (r *navRowWidget) CreateRenderer() fyne.WidgetRenderer {
	render := &navRowRenderer{row: r, box: canvas.NewRectangle(color.Transparent), frame: newFrame()}
	render.paint()
	return render
}

type navRowRenderer struct {
	row        *navRowWidget
	box, frame *canvas.Rectangle
}

func (r *navRowRenderer) Destroy() {}

func (r *navRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.row.label, r.row.note, r.frame}
}

func (r *navRowRenderer) MinSize() fyne.Size { return fyne.NewSize(60, navRowHeight) }

const (
	navSide    = 8
	navNoteGap = 8
)

// Layout gives the note its width, but never more than two fifths: the name
// matters more.
func (r *navRowRenderer) Layout(size fyne.Size) {
	row := r.row
	inner := fyne.NewSize(size.Width, size.Height-3) // a gap between the boxes
	for _, box := range []*canvas.Rectangle{r.box, r.frame} {
		box.Resize(inner)
		box.Move(fyne.NewPos(0, 1.5))
	}
	if row.heading {
		height := row.label.MinSize().Height
		row.label.Resize(fyne.NewSize(size.Width-8, height))
		row.label.Move(fyne.NewPos(4, size.Height-height-5))
		row.note.Resize(fyne.Size{})
		return
	}
	width := size.Width - 2*navSide
	noteSize, noteStyle := row.note.metrics()
	note := min(measureWith(noteSize, noteStyle)(row.note.text), width*2/5)
	label := width
	if note > 0 {
		label -= note + navNoteGap
	}
	row.label.Resize(fyne.NewSize(label, size.Height))
	row.label.Move(fyne.NewPos(navSide, 0))
	row.note.Resize(fyne.NewSize(note, size.Height))
	row.note.Move(fyne.NewPos(size.Width-navSide-note, 0))
}

func (r *navRowRenderer) Refresh() {
	r.paint()
	r.Layout(r.row.Size())
	r.row.label.Refresh()
	r.row.note.Refresh()
	r.box.Refresh()
	r.frame.Refresh()
	canvas.Refresh(r.row)
}

func (r *navRowRenderer) paint() {
	fill := colorNone
	switch {
	case r.row.state.selected:
		fill = ColorSelected
	case r.row.state.hovered && !r.row.heading:
		fill = theme.ColorNameHover
	}
	r.box.FillColor = colorOf(r.row, fill)
	r.box.CornerRadius = 4
	paintFrame(r.frame, r.row, 4, r.row.state.cursor)
}
