// This file shows a list to choose from over the window: what a picker, a
// menu button or a field's state offers. It is used by mouse or keyboard.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
)

// MenuItem is one choice of a menu.
type MenuItem struct {
	Label    string
	Note     string // small, at the right: a key, a detail, or why it is disabled
	Badge    string // behind the label; empty: none
	Tone     Tone   // of the badge
	Mark     string // colour of a small square before the label; empty: none
	Checked  bool   // the present choice
	Disabled bool
	// Separate draws a line above the item.
	Separate bool
	// Key is a letter that chooses the item at once; 0: none.
	Key      rune
	OnChosen func()
}

// Menu is an open list. It closes when something is chosen, on Escape, and
// on a tap beside it.
type Menu struct {
	overlay *overlay
	list    *menuList
	filter  *Entry // nil for short menus
	items   []MenuItem
	shown   []MenuItem // those that the filter lets through
}

// menuFilterFrom is the number of items from which a menu has a filter.
const menuFilterFrom = 10

// ShowMenu opens a menu at a position relative to an object.
func ShowMenu(at fyne.CanvasObject, offset fyne.Position, items []MenuItem) *Menu {
	c := canvasOf(at)
	if c == nil || len(items) == 0 {
		return nil
	}
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(at).Add(offset)
	return openMenu(c, pos, 0, items)
}

// ShowMenuBelow opens a menu below a widget, at least as wide as it.
func ShowMenuBelow(anchor fyne.CanvasObject, items []MenuItem) *Menu {
	c := canvasOf(anchor)
	if c == nil || len(items) == 0 {
		return nil
	}
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(anchor)
	return openMenu(c, pos.AddXY(0, anchor.Size().Height+2), anchor.Size().Width, items)
}

func openMenu(c fyne.Canvas, pos fyne.Position, width float32, items []MenuItem) *Menu {
	m := &Menu{items: items, shown: items, list: newMenuList()}
	m.list.onChosen = m.choose
	m.list.setItems(items)
	content := fyne.CanvasObject(Pad(4, 4, 4, 4, m.list))
	if len(items) >= menuFilterFrom {
		m.filter = NewEntry()
		m.filter.SetPlaceHolder("Type to filter")
		m.filter.OnChanged = m.filterChanged
		m.filter.OnKey = m.list.takeKey
		content = Column(0, Pad(6, 6, 2, 6, m.filter), Grow(content))
	}
	m.overlay = newOverlay(c, content)
	m.overlay.place = func(window, need fyne.Size) (fyne.Position, fyne.Size) {
		return placeMenu(window, need.Max(fyne.NewSize(width, 0)), pos)
	}
	m.overlay.onKey = m.list.takeKey
	m.overlay.show()
	if m.filter != nil {
		c.Focus(m.filter)
	} else {
		c.Focus(m.list)
	}
	return m
}

// placeMenu moves a menu into the window where it would leave it.
func placeMenu(window, need fyne.Size, pos fyne.Position) (fyne.Position, fyne.Size) {
	const margin = 8
	need.Width = min(need.Width, window.Width-2*margin)
	need.Height = min(need.Height, window.Height-2*margin)
	pos.X = max(margin, min(pos.X, window.Width-need.Width-margin))
	pos.Y = max(margin, min(pos.Y, window.Height-need.Height-margin))
	return pos, need
}

// Close closes the menu without choosing.
func (m *Menu) Close() { m.overlay.close() }

// Open says whether the menu still shows.
func (m *Menu) Open() bool { return m.overlay.open }

// Items gives the items that the filter lets through.
func (m *Menu) Items() []MenuItem { return m.shown }

// SetItems replaces the items of an open menu. The cursor stays on its item,
// where that is still there.
func (m *Menu) SetItems(items []MenuItem) {
	before, chosen := m.list.at(m.list.cursor), false
	m.items = items
	text := ""
	if m.filter != nil {
		text = m.filter.Text
	}
	m.filterChanged(text)
	for i, item := range m.shown {
		if !chosen && item.Label == before.Label && !item.Disabled {
			m.list.moveTo(i)
			chosen = true
		}
	}
	m.overlay.Refresh()
}

func (m *Menu) filterChanged(text string) {
	words := strings.Fields(strings.ToLower(text))
	m.shown = nil
	for _, item := range m.items {
		if matches(words, strings.ToLower(item.Label+" "+item.Note)) {
			m.shown = append(m.shown, item)
		}
	}
	if len(m.shown) == 0 {
		m.list.setItems([]MenuItem{{Label: "Nothing matches", Disabled: true}})
		return
	}
	m.list.setItems(m.shown)
}

func (m *Menu) choose(item MenuItem) {
	m.overlay.close()
	if item.OnChosen != nil {
		item.OnChosen()
	}
}
