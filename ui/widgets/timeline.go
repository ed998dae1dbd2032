// This file is Timeline: what happened, newest first, below headings. Only the
// lines in view exist, so 100,000 of them are as quick as 10.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// TimelineKind is what a line of a Timeline is.
type TimelineKind int

// The kinds of lines.
const (
	TimelineEntryLine TimelineKind = iota
	TimelineHeading
	TimelineTail // words below the last entry, which can be acted on
)

// TimelineEntry is an activity as it is drawn.
type TimelineEntry struct {
	Type   string // of the round mark
	Title  string
	When   string // behind the title
	Detail string // below it
	Badges []TimelineBadge
}

// TimelineBadge is one of an entry's badges, at the right.
type TimelineBadge struct {
	Text string
	Tone Tone
}

// TimelineModel is where a Timeline pulls its lines from.
type TimelineModel struct {
	Lines func() int
	Kind  func(line int) TimelineKind
	// Words are those of a heading or of the tail.
	Words func(line int) string
	// Entry gives an entry; it is asked only for those in view.
	Entry func(line int) TimelineEntry
	// ID tells an entry from all others, also when lines come and go.
	ID func(line int) string
}

// Timeline is one stop of Tab. Up, Down, Page Up, Page Down, Home and End go
// from entry to entry; Enter and Space open one, Alt+Down and the menu key ask
// for what can be done with it, Control+C copies it.
type Timeline struct {
	widget.BaseWidget

	// OnMoved is called when a person went to another entry.
	OnMoved func(line int)
	// OnOpened is called when a person opened an entry, also the one that is
	// open already.
	OnOpened func(line int)
	// OnTail is called when a person acted on the tail.
	OnTail func()
	// OnMenu asks for the actions of an entry, at a place within the Timeline.
	OnMenu func(line int, at fyne.Position)
	// OnCopy is called for Control+C on an entry.
	OnCopy func(line int)
	// OnScrolled tells the lines in view, the last one excluded.
	OnScrolled func(first, end int)
	// OnRune gets what is typed, for example to find something; true: used up.
	OnRune func(rune) bool

	model   TimelineModel
	view    *viewport
	cursor  int // line that the keyboard is on; -1: none
	hover   int
	open    string // id of the entry that is open; empty: none
	focused bool
	sliding *fyne.Animation
}

var (
	_ fyne.Widget       = (*Timeline)(nil)
	_ fyne.Focusable    = (*Timeline)(nil)
	_ fyne.Shortcutable = (*Timeline)(nil)
)

// Heights of the lines.
const (
	timelineHeading = 30
	timelineEntry   = 47
	timelineTail    = 44
)

// NewTimeline makes a timeline of a model, which Reload or Change look at.
func NewTimeline(model TimelineModel) *Timeline {
	t := &Timeline{model: model, cursor: -1, hover: -1}
	t.view = newViewport(timelineEntry, func() fyne.CanvasObject { return newTimelineRow() }, t.bindRow)
	t.view.tops = []float32{0}
	t.view.onTap = t.tapped
	t.view.onSecond = t.secondTapped
	t.view.onHover = t.hovered
	t.view.onScroll = func(fyne.Position) { t.scrolled() }
	t.ExtendBaseWidget(t)
	return t
}

// Reload looks at all lines again and shows the first ones.
func (t *Timeline) Reload() {
	t.cursor, t.hover = -1, -1
	t.stopSliding()
	t.view.scroll.Offset = fyne.Position{}
	t.measure()
	t.scrolled()
}

// Change runs what changes the lines. What is in view stays where it is, also
// where lines come in above it; the cursor stays on its entry. Only who is at
// the very top sees the new ones come in there.
func (t *Timeline) Change(change func()) {
	top := t.view.at(t.view.scroll.Offset.Y)
	for top < t.count() && t.model.Kind(top) != TimelineEntryLine {
		top++
	}
	id, at, cursor := t.id(top), t.view.top(top), t.id(t.cursor)
	atTop, onTail := t.AtTop(), t.cursor >= 0 && cursor == ""
	change()
	t.hover = -1
	if !onTail {
		t.cursor = t.lineOf(cursor)
	}
	shift := t.remeasure(id, at)
	if onTail { // on what came in at the tail's place
		t.cursor = min(t.cursor, t.count()-1)
		if t.cursor >= 0 && t.model.Kind(t.cursor) == TimelineHeading {
			t.cursor++
		}
		t.view.rebind(t.cursor)
	}
	if atTop {
		t.slide(shift)
	}
	t.scrolled()
}

// remeasure measures the lines and moves the view so that an entry stays where
// it was; it answers by how much lines that came in before it have moved it.
func (t *Timeline) remeasure(id string, was float32) float32 {
	tops, shift := t.tops(), float32(0)
	if line := t.lineOf(id); line >= 0 {
		shift = tops[line] - was
	}
	if offset := t.view.scroll.Offset; offset.Y > 0 && shift != 0 {
		offset.Y = max(0, offset.Y+shift)
		t.view.scroll.Offset = offset
	}
	t.view.setTops(tops)
	t.view.update(true)
	return shift
}

func (t *Timeline) measure() { t.view.setTops(t.tops()) }

func (t *Timeline) tops() []float32 {
	n := t.model.Lines()
	tops := make([]float32, n+1)
	for line := range n {
		height := float32(timelineEntry)
		switch t.model.Kind(line) {
		case TimelineHeading:
			height = timelineHeading
		case TimelineTail:
			height = timelineTail
		}
		tops[line+1] = tops[line] + height
	}
	return tops
}

// Rebind draws the lines in view again, for example because time has passed.
func (t *Timeline) Rebind() { t.view.update(true) }

// SetOpen marks an entry as open; empty: none is.
func (t *Timeline) SetOpen(id string) {
	if t.open != id {
		t.open = id
		t.view.update(true)
	}
}

// AtTop says whether nothing is above what is in view.
func (t *Timeline) AtTop() bool { return t.view.scroll.Offset.Y <= 0 }

// ShowTop scrolls to the newest.
func (t *Timeline) ShowTop() {
	t.stopSliding()
	t.view.scroll.ScrollToOffset(fyne.Position{})
	t.view.scrolled(t.view.scroll.Offset)
}

// Reveal brings a line into view.
func (t *Timeline) Reveal(line int) { t.view.show(line) }

// InView gives the lines in view, the last one excluded.
func (t *Timeline) InView() (first, end int) { return t.view.visible() }

// Cursor is the line that the keyboard is on; -1: none.
func (t *Timeline) Cursor() int { return t.cursor }

// slide lets what came in above come down from there.
func (t *Timeline) slide(by float32) {
	t.stopSliding()
	if by <= 0 || !fyne.CurrentApp().Settings().ShowAnimations() {
		return
	}
	const long = 250_000_000 // ns
	t.sliding = fyne.NewAnimation(long, func(done float32) {
		t.view.scroll.Offset.Y = by * (1 - done)
		t.view.scroll.Refresh()
		t.view.update(false)
	})
	t.sliding.Curve = fyne.AnimationEaseOut
	t.sliding.Start()
}

func (t *Timeline) stopSliding() {
	if t.sliding != nil {
		t.sliding.Stop()
		t.sliding = nil
	}
}

func (t *Timeline) count() int { return len(t.view.tops) - 1 }

// id gives a line's id; empty for what is no entry.
func (t *Timeline) id(line int) string {
	if line < 0 || line >= t.count() || line >= t.model.Lines() || t.model.Kind(line) != TimelineEntryLine {
		return ""
	}
	return t.model.ID(line)
}

// lineOf finds an entry; -1: it is not there.
func (t *Timeline) lineOf(id string) int {
	if id == "" {
		return -1
	}
	for line := range t.model.Lines() {
		if t.model.Kind(line) == TimelineEntryLine && t.model.ID(line) == id {
			return line
		}
	}
	return -1
}

func (t *Timeline) scrolled() {
	if t.OnScrolled != nil {
		t.OnScrolled(t.view.visible())
	}
}

func (t *Timeline) bindRow(line int, object fyne.CanvasObject) {
	row := object.(*timelineRow)
	state := timelineState{hovered: line == t.hover, cursor: t.focused && line == t.cursor}
	if kind := t.model.Kind(line); kind != TimelineEntryLine {
		row.showWords(kind, t.model.Words(line), state)
		return
	}
	state.open = t.open != "" && t.model.ID(line) == t.open
	row.showEntry(t.model.Entry(line), state)
}

func (t *Timeline) tapped(line int, _ *fyne.PointEvent) {
	kind := t.model.Kind(line)
	if kind != TimelineHeading {
		t.setCursor(line) // before the focus, which would find a place for it
	}
	focus(t)
	switch kind { // opening tells enough: OnMoved would open it a first time
	case TimelineEntryLine:
		t.opened(line)
	case TimelineTail:
		t.tail()
	}
}

func (t *Timeline) opened(line int) {
	if t.OnOpened != nil {
		t.OnOpened(line)
	}
}

func (t *Timeline) tail() {
	if t.OnTail != nil {
		t.OnTail()
	}
}

func (t *Timeline) secondTapped(line int, e *fyne.PointEvent) {
	if t.model.Kind(line) != TimelineEntryLine {
		return
	}
	focus(t)
	t.moveTo(line)
	t.menu(line, e.Position.Subtract(t.view.scroll.Offset))
}

func (t *Timeline) menu(line int, at fyne.Position) {
	if t.OnMenu != nil {
		t.OnMenu(line, at)
	}
}

func (t *Timeline) hovered(line int, e *desktop.MouseEvent) {
	before := t.hover
	t.hover = line
	if before == line {
		return
	}
	t.view.rebind(before)
	t.view.rebind(line)
	hideTip(t)
	if row, ok := t.view.shown[line].(*timelineRow); ok {
		showTip(t, e.AbsolutePosition, row.tip())
	}
}

// CreateRenderer makes the renderer.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer {
	r := &timelineRenderer{timeline: t, frame: newFrame()}
	r.paint()
	return r
}

type timelineRenderer struct {
	timeline *Timeline
	frame    *canvas.Rectangle
}

func (r *timelineRenderer) Destroy() {}

func (r *timelineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.timeline.view.scroll, r.frame}
}

func (r *timelineRenderer) MinSize() fyne.Size { return fyne.NewSize(280, timelineEntry) }

func (r *timelineRenderer) Layout(size fyne.Size) {
	r.frame.Resize(size)
	r.timeline.view.resize(size)
	r.timeline.scrolled()
}

func (r *timelineRenderer) Refresh() {
	r.paint()
	r.timeline.view.Refresh()
	r.frame.Refresh()
}

func (r *timelineRenderer) paint() { paintFrame(r.frame, r.timeline, 4, r.timeline.focused) }
