// This file is the list inside of a menu: virtual rows with a check mark, a
// label, a badge and a note, moved through by keys.

package widgets

import (
	"image/color"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	menuRowHeight = 28
	menuMaxRows   = 12
	menuMark      = 22 // room of the check mark
	menuColour    = 16 // room of the colour
)

type menuList struct {
	widget.BaseWidget

	items    []MenuItem
	cursor   int
	view     *viewport
	onChosen func(MenuItem)
	need     float32 // width of the widest row ever shown, so nothing jumps
}

var (
	_ fyne.Widget    = (*menuList)(nil)
	_ fyne.Focusable = (*menuList)(nil)
)

func newMenuList() *menuList {
	l := &menuList{cursor: -1}
	l.view = newViewport(menuRowHeight, func() fyne.CanvasObject { return newMenuRow() }, l.bindRow)
	l.view.onTap = func(index int, _ *fyne.PointEvent) { l.choose(index) }
	l.view.onHover = func(index int, _ *desktop.MouseEvent) {
		if index >= 0 {
			l.moveTo(index)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *menuList) setItems(items []MenuItem) {
	l.items, l.cursor = items, -1
	size, style := NewText("", RoleBody).metrics()
	small, _ := NewText("", RoleSmall).metrics()
	body, note := measureWith(size, style), measureWith(small, fyne.TextStyle{Bold: true})
	for i, item := range items {
		width := menuMark + body(item.Label) + 24
		if item.Mark != "" {
			width += menuColour
		}
		if item.Note != "" {
			width += note(item.Note) + 16
		}
		if item.Badge != "" {
			width += note(item.Badge) + 24
		}
		l.need = max(l.need, width)
		if item.Checked && !item.Disabled {
			l.cursor = i
		}
	}
	l.view.setCount(len(items))
	if l.cursor < 0 {
		l.step(-1, 1)
	} else {
		l.view.show(l.cursor)
	}
}

func (l *menuList) bindRow(index int, object fyne.CanvasObject) {
	object.(*menuRow).show(l.items[index], index == l.cursor)
}

// at gives the item in a row, or one without a label.
func (l *menuList) at(index int) MenuItem {
	if index < 0 || index >= len(l.items) {
		return MenuItem{}
	}
	return l.items[index]
}

func (l *menuList) choose(index int) {
	if index >= 0 && index < len(l.items) && !l.items[index].Disabled {
		l.onChosen(l.items[index])
	}
}

func (l *menuList) moveTo(index int) {
	if index == l.cursor {
		return
	}
	before := l.cursor
	l.cursor = index
	l.view.show(index)
	l.view.rebind(before)
	l.view.rebind(index)
}

func (l *menuList) step(from, by int) {
	for at := from + by; at >= 0 && at < len(l.items); at += by {
		if !l.items[at].Disabled {
			l.moveTo(at)
			return
		}
	}
}

// takeKey moves and chooses; it also serves the filter above the list.
func (l *menuList) takeKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown:
		l.step(l.cursor, 1)
	case fyne.KeyUp:
		l.step(l.cursor, -1)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.choose(l.cursor)
	default:
		return false
	}
	return true
}

// FocusGained does nothing: the cursor row is marked always.
func (l *menuList) FocusGained() {}

// FocusLost does nothing.
func (l *menuList) FocusLost() {}

// TypedRune chooses the item whose key it is, else goes to the next item that
// begins with it.
func (l *menuList) TypedRune(r rune) {
	for at, item := range l.items {
		if item.Key != 0 && unicode.ToLower(r) == unicode.ToLower(item.Key) && !item.Disabled {
			l.choose(at)
			return
		}
	}
	for i := 1; i <= len(l.items); i++ {
		at := (l.cursor + i + len(l.items)) % len(l.items)
		if beginsWith(l.items[at].Label, r) && !l.items[at].Disabled {
			l.moveTo(at)
			return
		}
	}
}

// TypedKey moves and chooses.
func (l *menuList) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace:
		l.choose(l.cursor)
	case fyne.KeyHome: // of the text, where a filter stands above the list
		l.step(-1, 1)
	case fyne.KeyEnd:
		l.step(len(l.items), -1)
	default:
		if !l.takeKey(key) {
			passKey(l, key)
		}
	}
}

// CreateRenderer makes the renderer.
func (l *menuList) CreateRenderer() fyne.WidgetRenderer { return &menuListRenderer{l} }

type menuListRenderer struct{ list *menuList }

func (r *menuListRenderer) Destroy() {}

func (r *menuListRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.list.view.scroll}
}

func (r *menuListRenderer) MinSize() fyne.Size {
	rows := min(max(len(r.list.items), 1), menuMaxRows)
	return fyne.NewSize(max(r.list.need, 120), float32(rows)*menuRowHeight)
}

func (r *menuListRenderer) Layout(size fyne.Size) { r.list.view.resize(size) }
func (r *menuListRenderer) Refresh()              { r.list.view.Refresh() }

// menuRow draws one item.
type menuRow struct {
	widget.BaseWidget

	item   MenuItem
	cursor bool
	label  *Text
	note   *Text
	badge  *Badge
	colour *Mark
}

func newMenuRow() *menuRow {
	r := &menuRow{label: NewEllipsisText("", RoleBody), note: NewText("", RoleSmall), badge: NewBadge("", ToneNeutral), colour: NewMark("")}
	r.ExtendBaseWidget(r)
	return r
}

func (r *menuRow) show(item MenuItem, cursor bool) {
	r.item, r.cursor = item, cursor
	r.label.SetText(item.Label)
	r.note.SetText(item.Note)
	r.badge.Set(item.Badge, item.Tone)
	r.badge.Hidden = item.Badge == ""
	r.colour.Set(item.Mark)
	ink := fyne.ThemeColorName("")
	if item.Disabled {
		ink = ColorMuted
	}
	r.label.SetColor(ink)
	r.Refresh()
}

// CreateRenderer makes the renderer.
func (r *menuRow) CreateRenderer() fyne.WidgetRenderer {
	render := &menuRowRenderer{
		row: r, box: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent),
		mark: canvas.NewImageFromResource(nil),
	}
	render.box.CornerRadius = 4
	render.mark.FillMode = canvas.ImageFillContain
	render.paint()
	return render
}

type menuRowRenderer struct {
	row       *menuRow
	box, line *canvas.Rectangle
	mark      *canvas.Image
}

func (r *menuRowRenderer) Destroy() {}

func (r *menuRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.line, r.mark, r.row.colour, r.row.label, r.row.badge, r.row.note}
}

func (r *menuRowRenderer) MinSize() fyne.Size { return fyne.NewSize(80, menuRowHeight) }

func (r *menuRowRenderer) Layout(size fyne.Size) {
	row := r.row
	r.box.Resize(size)
	r.line.Resize(fyne.NewSize(size.Width, 1))
	r.mark.Resize(fyne.NewSquareSize(14))
	r.mark.Move(fyne.NewPos(4, (size.Height-14)/2))
	note := row.note.MinSize().Width
	row.note.Resize(fyne.NewSize(note, size.Height))
	row.note.Move(fyne.NewPos(size.Width-note-8, 0))
	left := float32(menuMark)
	if row.item.Mark != "" {
		row.colour.Resize(fyne.NewSize(markSize, size.Height))
		row.colour.Move(fyne.NewPos(left, 0))
		left += menuColour
	}
	room := size.Width - left - 8
	if row.item.Note != "" {
		room -= note + 12
	}
	badge := float32(0)
	if row.item.Badge != "" {
		badge = row.badge.MinSize().Width
		room -= badge + 8
	}
	textSize, style := row.label.metrics()
	label := min(measureWith(textSize, style)(row.item.Label)+1, room)
	row.label.Resize(fyne.NewSize(label, size.Height))
	row.label.Move(fyne.NewPos(left, 0))
	row.badge.Resize(fyne.NewSize(badge, size.Height))
	row.badge.Move(fyne.NewPos(left+label+8, 0))
}

func (r *menuRowRenderer) Refresh() {
	r.paint()
	r.Layout(r.row.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.row)
}

func (r *menuRowRenderer) paint() {
	row := r.row
	fill := colorNone
	if row.cursor && !row.item.Disabled {
		fill = ColorSelected
	}
	r.box.FillColor = colorOf(row, fill)
	r.line.FillColor = colorOf(row, ColorRule)
	r.line.Hidden = !row.item.Separate
	if row.item.Checked {
		paintIcon(r.mark, theme.ConfirmIcon(), theme.ColorNamePrimary)
	} else {
		r.mark.Hide()
	}
}
