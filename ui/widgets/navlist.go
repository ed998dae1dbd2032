// This file is NavList: a long list to choose one entry from, in groups, with
// a filter. Only the rows in view exist, so 100,000 entries are as quick as 10.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// NavItem is one entry of a NavList.
type NavItem struct {
	ID    string // unique in the list
	Label string
	// Note stands small at the right: a count, a key, or why the entry is
	// disabled.
	Note string
	// Tip is shown when the mouse is over the entry, after its whole label
	// where that is shortened.
	Tip string
	// Disabled greys the entry out; choosing it calls OnDisabled.
	Disabled bool
}

// NavGroup is a heading with the entries below it. A group without entries
// that match the filter is not shown.
type NavGroup struct {
	Title string // empty: no heading
	Items []NavItem
}

// NavList is a list to choose from by mouse or keyboard: Up, Down, Page Up,
// Page Down, Home and End move, Enter and Space choose.
type NavList struct {
	widget.BaseWidget

	// OnSelected is called when a person chose an entry, not by Select.
	OnSelected func(NavItem)
	// OnDisabled is called when a person chose a disabled entry.
	OnDisabled func(NavItem)
	// OnDelete is called when a person pressed Delete on an entry. Unset, the key
	// goes to the window.
	OnDelete func(NavItem)
	// OnRune gets what is typed while the list is focused, for example to
	// filter. Unset, it goes to the window.
	OnRune func(rune)

	groups   []NavGroup
	small    [][]string // what the filter looks at: of each entry, in small letters
	filter   string
	rows     []navRow
	matches  int
	selected string
	cursor   int // row that the keyboard is on; -1: none
	hover    int
	focused  bool
	view     *viewport
}

// navRow is a heading (item < 0) or an entry.
type navRow struct{ group, item int }

var (
	_ fyne.Widget       = (*NavList)(nil)
	_ fyne.Focusable    = (*NavList)(nil)
	_ fyne.Shortcutable = (*NavList)(nil)
)

const navRowHeight = 30

// NewNavList makes an empty list.
func NewNavList() *NavList {
	l := &NavList{cursor: -1, hover: -1}
	l.view = newViewport(navRowHeight, l.newRow, l.bindRow)
	l.view.onTap = l.tapped
	l.view.onHover = l.hovered
	l.ExtendBaseWidget(l)
	return l
}

// SetGroups replaces all entries. Filter and selection stay.
func (l *NavList) SetGroups(groups []NavGroup) {
	l.groups = groups
	l.small = make([][]string, len(groups))
	for g, group := range groups {
		l.small[g] = make([]string, len(group.Items))
		for i, item := range group.Items {
			l.small[g][i] = strings.ToLower(item.Label + " " + item.Note)
		}
	}
	l.rebuild()
}

// SetFilter shows only the entries whose label or note contains all words of
// text, in any case; empty shows all.
func (l *NavList) SetFilter(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	if l.filter == text {
		return
	}
	l.filter = text
	l.rebuild()
}

// Matches is how many entries the filter lets through.
func (l *NavList) Matches() int { return l.matches }

// Select marks an entry as chosen and brings it into view; an unknown id
// marks none.
func (l *NavList) Select(id string) {
	if l.selected == id {
		return
	}
	l.selected = id
	for row := range l.rows {
		if item, ok := l.itemAt(row); ok && item.ID == id {
			l.cursor = row
			l.view.show(row)
		}
	}
	l.view.update(true)
}

// Selected gives the id of the chosen entry, or "".
func (l *NavList) Selected() string { return l.selected }

// Shown gives the entries that the filter lets through.
func (l *NavList) Shown() []NavItem {
	var items []NavItem
	for row := range l.rows {
		if item, ok := l.itemAt(row); ok {
			items = append(items, item)
		}
	}
	return items
}

// First gives the first entry that is shown and not disabled.
func (l *NavList) First() (NavItem, bool) {
	for row := range l.rows {
		if item, ok := l.itemAt(row); ok && !item.Disabled {
			return item, true
		}
	}
	return NavItem{}, false
}

// Choose acts as if a person chose the entry.
func (l *NavList) Choose(item NavItem) {
	if item.Disabled {
		if l.OnDisabled != nil {
			l.OnDisabled(item)
		}
		return
	}
	l.Select(item.ID)
	if l.OnSelected != nil {
		l.OnSelected(item)
	}
}

func (l *NavList) rebuild() {
	words := strings.Fields(l.filter)
	l.rows, l.matches, l.cursor, l.hover = l.rows[:0], 0, -1, -1
	for g, group := range l.groups {
		heading := group.Title != ""
		for i, item := range group.Items {
			if !matches(words, l.small[g][i]) {
				continue
			}
			if heading {
				l.rows = append(l.rows, navRow{g, -1})
				heading = false
			}
			if item.ID == l.selected && l.selected != "" {
				l.cursor = len(l.rows)
			}
			l.rows = append(l.rows, navRow{g, i})
			l.matches++
		}
	}
	l.view.setCount(len(l.rows))
}

func matches(words []string, text string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (l *NavList) itemAt(row int) (NavItem, bool) {
	if row < 0 || row >= len(l.rows) || l.rows[row].item < 0 {
		return NavItem{}, false
	}
	at := l.rows[row]
	return l.groups[at.group].Items[at.item], true
}

func (l *NavList) newRow() fyne.CanvasObject { return newNavRow() }

func (l *NavList) bindRow(index int, object fyne.CanvasObject) {
	row := object.(*navRowWidget)
	item, ok := l.itemAt(index)
	if !ok {
		row.showHeading(l.groups[l.rows[index].group].Title)
		return
	}
	row.showItem(item, navRowState{
		selected: item.ID == l.selected, hovered: index == l.hover,
		cursor: l.focused && index == l.cursor,
	})
}

func (l *NavList) tapped(row int, _ *fyne.PointEvent) {
	item, ok := l.itemAt(row)
	if !ok {
		return
	}
	l.moveTo(row)
	l.Choose(item)
}

func (l *NavList) hovered(row int, e *desktop.MouseEvent) {
	before := l.hover
	l.hover = row
	if before == row {
		return
	}
	l.view.rebind(before)
	l.view.rebind(row)
	hideTip(l)
	item, ok := l.itemAt(row)
	if !ok {
		return
	}
	tip := item.Tip
	if shown, ok := l.view.shown[row].(*navRowWidget); ok && !shown.label.Whole() {
		tip = strings.TrimSpace(item.Label + "\n" + tip)
	}
	showTip(l, e.AbsolutePosition, tip)
}

func (l *NavList) moveTo(row int) {
	before := l.cursor
	l.cursor = row
	l.view.show(row)
	l.view.rebind(before)
	l.view.rebind(row)
}

// step moves over headings in a direction until an entry is reached; past an
// end it stays at the last entry found.
func (l *NavList) step(from, by int) {
	direction := 1
	if by < 0 {
		direction = -1
	}
	row := min(max(from+by, 0), len(l.rows)-1)
	for _, d := range []int{direction, -direction} {
		for at := row; at >= 0 && at < len(l.rows); at += d {
			if l.rows[at].item >= 0 {
				l.moveTo(at)
				return
			}
		}
	}
}

// FocusGained shows where the keyboard is.
func (l *NavList) FocusGained() {
	l.focused = true
	if l.cursor < 0 {
		l.step(-1, 1)
	}
	l.Refresh()
}

// FocusLost hides it.
func (l *NavList) FocusLost() {
	l.focused = false
	l.Refresh()
}

// TypedKey moves and chooses.
func (l *NavList) TypedKey(key *fyne.KeyEvent) {
	if from, by, moves := l.view.keyStep(key.Name, l.cursor, len(l.rows)); moves {
		l.step(from, by)
		return
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if item, ok := l.itemAt(l.cursor); ok {
			l.Choose(item)
		}
	case fyne.KeyDelete:
		if item, ok := l.itemAt(l.cursor); ok && l.OnDelete != nil {
			l.OnDelete(item)
			return
		}
		passKey(l, key)
	default:
		passKey(l, key)
	}
}

// TypedRune goes to OnRune, else to the window.
func (l *NavList) TypedRune(r rune) {
	switch {
	case r == ' ':
	case l.OnRune != nil:
		l.OnRune(r)
	default:
		passRune(l, r)
	}
}

// TypedShortcut passes shortcuts on.
func (l *NavList) TypedShortcut(s fyne.Shortcut) { passShortcut(l, s) }

// CreateRenderer makes the renderer.
func (l *NavList) CreateRenderer() fyne.WidgetRenderer {
	r := &navListRenderer{list: l, frame: newFrame()}
	r.paint()
	return r
}

type navListRenderer struct {
	list  *NavList
	frame *canvas.Rectangle
}

func (r *navListRenderer) Destroy() {}

func (r *navListRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.list.view.scroll, r.frame}
}

func (r *navListRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 3*navRowHeight) }

func (r *navListRenderer) Layout(size fyne.Size) {
	r.list.view.resize(size)
	r.frame.Resize(size)
}

func (r *navListRenderer) Refresh() {
	r.paint()
	r.list.view.Refresh()
	r.frame.Refresh()
}

// The cursor row has the frame; only an empty list needs one of its own.
func (r *navListRenderer) paint() {
	paintFrame(r.frame, r.list, 4, r.list.focused && r.list.matches == 0)
}
