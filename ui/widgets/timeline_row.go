// This file draws one line of a Timeline: an entry with its round mark, words
// and badges, a heading, or the tail.

package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

type timelineState struct{ open, hovered, cursor bool }

// timelineRow takes no mouse itself; the viewport does.
type timelineRow struct {
	widget.BaseWidget

	kind   TimelineKind
	state  timelineState
	mark   *RoundMark
	title  *Text
	when   *Text
	detail *Text
	words  *Text // of a heading or the tail
	badges []*Badge
	shown  int // badges
}

const (
	timelineEdge  = 3 // of what marks a row
	timelineSide  = 8
	timelineMark  = 30
	timelineWords = timelineSide + timelineMark + 12 // where the words begin
	timelineGap   = 6
)

func newTimelineRow() *timelineRow {
	r := &timelineRow{
		mark:   NewRoundMark(timelineMark),
		title:  NewEllipsisText("", RoleStrong),
		when:   NewEllipsisText("", RoleMuted),
		detail: NewEllipsisText("", RoleCaption),
		words:  NewEllipsisText("", RoleGroup),
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *timelineRow) showWords(kind TimelineKind, words string, state timelineState) {
	role, ink := RoleGroup, ColorOnSelected
	if kind == TimelineTail {
		role, ink = RoleCaption, fyne.ThemeColorName("")
	}
	r.kind, r.state = kind, state
	r.words.SetRole(role)
	r.words.SetColor(ink)
	r.words.SetText(words)
	r.Refresh()
}

func (r *timelineRow) showEntry(e TimelineEntry, state timelineState) {
	r.kind, r.state = TimelineEntryLine, state
	r.mark.SetType(e.Type)
	r.title.SetText(e.Title)
	r.when.SetText("· " + e.When)
	r.detail.SetText(e.Detail)
	for len(r.badges) < len(e.Badges) {
		r.badges = append(r.badges, NewBadge("", ToneNeutral))
	}
	r.shown = len(e.Badges)
	for i, badge := range e.Badges {
		r.badges[i].Set(badge.Text, badge.Tone)
	}
	r.Refresh()
}

// tip is what of the row is shortened, whole.
func (r *timelineRow) tip() string {
	var lines []string
	if r.kind == TimelineEntryLine {
		for _, text := range []*Text{r.title, r.when, r.detail} {
			if !text.Whole() {
				lines = append(lines, strings.TrimPrefix(text.Text(), "· "))
			}
		}
	} else if !r.words.Whole() {
		lines = append(lines, r.words.Text())
	}
	return strings.Join(lines, "\n")
}

// CreateRenderer makes the renderer.
func (r *timelineRow) CreateRenderer() fyne.WidgetRenderer {
	render := &timelineRowRenderer{
		row: r, box: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent), frame: newFrame(),
	}
	render.box.CornerRadius, render.bar.CornerRadius = 4, 2
	render.paint()
	return render
}

type timelineRowRenderer struct {
	row             *timelineRow
	box, bar, frame *canvas.Rectangle // bar: at the left of what is open
}

func (r *timelineRowRenderer) Destroy()           {}
func (r *timelineRowRenderer) MinSize() fyne.Size { return fyne.NewSize(120, timelineHeading) }

// Objects are those of the line's kind.
func (r *timelineRowRenderer) Objects() []fyne.CanvasObject {
	row := r.row
	if row.kind != TimelineEntryLine {
		return []fyne.CanvasObject{r.box, row.words, r.frame}
	}
	objects := []fyne.CanvasObject{r.box, r.bar, row.mark, row.title, row.when, row.detail}
	for _, badge := range row.badges[:row.shown] {
		objects = append(objects, badge)
	}
	return append(objects, r.frame)
}

func (r *timelineRowRenderer) Layout(size fyne.Size) {
	inner := fyne.NewSize(size.Width, size.Height-3)
	for _, box := range []*canvas.Rectangle{r.box, r.frame} {
		box.Resize(fyne.NewSize(size.Width-2*timelineEdge, inner.Height))
		box.Move(fyne.NewPos(timelineEdge, 1))
	}
	r.bar.Resize(fyne.NewSize(timelineEdge, inner.Height))
	r.bar.Move(fyne.NewPos(timelineEdge, 1))
	if r.row.kind != TimelineEntryLine {
		height := r.row.words.MinSize().Height
		top := (inner.Height - height) / 2
		if r.row.kind == TimelineHeading {
			top = size.Height - height - 4
		}
		r.row.words.Resize(fyne.NewSize(size.Width-2*timelineSide, height))
		r.row.words.Move(fyne.NewPos(timelineSide, top))
		return
	}
	r.layOutEntry(inner)
}

// layOutEntry puts the badges at the right of the first line. The time keeps
// its width as long as the title has some; the title gets what is left.
func (r *timelineRowRenderer) layOutEntry(size fyne.Size) {
	row := r.row
	row.mark.Resize(fyne.NewSquareSize(timelineMark))
	row.mark.Move(fyne.NewPos(timelineSide, 1+(size.Height-timelineMark)/2))

	height, below := row.title.MinSize().Height, row.detail.MinSize().Height
	used := height
	if row.detail.Text() != "" {
		used += below + 1
	}
	top := 1 + max(0, (size.Height-used)/2)
	right := size.Width - timelineSide
	for i := row.shown - 1; i >= 0; i-- {
		need := row.badges[i].MinSize()
		right -= need.Width
		row.badges[i].Resize(fyne.NewSize(need.Width, need.Height))
		row.badges[i].Move(fyne.NewPos(right, top+(height-need.Height)/2))
		right -= timelineGap
	}
	room := max(0, right-timelineWords)
	when, title := natural(row.when), natural(row.title)
	const least = 60 // of the title, before the time is shortened
	when = min(when, max(0, room-timelineGap-min(title, least)))
	title = min(title, max(0, room-timelineGap-when))
	row.title.Resize(fyne.NewSize(title, height))
	row.title.Move(fyne.NewPos(timelineWords, top))
	row.when.Resize(fyne.NewSize(when, height))
	row.when.Move(fyne.NewPos(timelineWords+title+timelineGap, top))
	row.detail.Resize(fyne.NewSize(max(0, size.Width-timelineSide-timelineWords), below))
	row.detail.Move(fyne.NewPos(timelineWords, top+height+1))
}

// natural is the width at which a text is shown whole.
func natural(t *Text) float32 {
	size, style := t.metrics()
	return measureWith(size, style)(t.Text()) + 1
}

func (r *timelineRowRenderer) Refresh() {
	r.paint()
	r.Layout(r.row.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.row)
}

func (r *timelineRowRenderer) paint() {
	fill, bar := colorNone, colorNone
	if r.row.state.open || r.row.state.hovered && r.row.kind != TimelineHeading {
		fill = theme.ColorNameHover
	}
	if r.row.state.open {
		bar = theme.ColorNamePrimary
	}
	r.box.FillColor, r.bar.FillColor = colorOf(r.row, fill), colorOf(r.row, bar)
	paintFrame(r.frame, r.row, 4, r.row.state.cursor)
}
