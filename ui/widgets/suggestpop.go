// This file is suggestPop: a list of texts below a field while one types into
// it. The field keeps the cursor and hands over the keys that move in the list.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// suggestPop is open between show and close.
type suggestPop struct {
	list     *menuList
	card     *suggestCard
	layer    *popLayer // nil: closed
	onChosen func(MenuItem)
}

func newSuggestPop(onChosen func(MenuItem)) *suggestPop {
	p := &suggestPop{list: newMenuList(), onChosen: onChosen}
	p.list.onChosen = p.choose
	p.card = newSuggestCard(p.list)
	return p
}

// show opens the list at a field; false: there is no room for one here.
func (p *suggestPop) show(anchor fyne.CanvasObject, items []MenuItem) bool {
	layer := popLayerOf(anchor)
	if layer == nil || len(items) == 0 {
		return false
	}
	p.list.setItems(items)
	p.layer = layer
	layer.show(p.card, anchor)
	return true
}

// set changes what the open list offers.
func (p *suggestPop) set(items []MenuItem) {
	if p.layer != nil {
		p.list.setItems(items)
		p.layer.Refresh()
	}
}

// follow keeps the list at its field, which may have moved.
func (p *suggestPop) follow() {
	if p.layer != nil {
		p.layer.Refresh()
	}
}

func (p *suggestPop) open() bool { return p.layer != nil }

func (p *suggestPop) close() {
	if p.layer == nil {
		return
	}
	p.layer.hide(p.card)
	p.layer = nil
}

func (p *suggestPop) choose(item MenuItem) {
	p.close()
	p.onChosen(item)
}

// takeKey moves in the open list, chooses from it and closes it.
func (p *suggestPop) takeKey(key *fyne.KeyEvent) bool {
	if p.layer == nil {
		return false
	}
	switch key.Name {
	case fyne.KeyEscape:
		p.close()
		return true
	case fyne.KeyPageDown, fyne.KeyPageUp:
		by := p.list.view.pageRows()
		if key.Name == fyne.KeyPageUp {
			by = -by
		}
		for range max(by, -by) {
			p.list.takeKey(&fyne.KeyEvent{Name: arrow(by)})
		}
		return true
	}
	return p.list.takeKey(key)
}

func arrow(by int) fyne.KeyName {
	if by < 0 {
		return fyne.KeyUp
	}
	return fyne.KeyDown
}

// suggestCard is the card with the list. A click on anything that cannot have
// the cursor takes it from the field before the click arrives, and with it the
// list; so the card says that it can, and is passed over by Tab as disabled.
type suggestCard struct {
	widget.BaseWidget
	list *menuList
}

var (
	_ fyne.Focusable   = (*suggestCard)(nil)
	_ fyne.Disableable = (*suggestCard)(nil)
	_ fyne.Tappable    = (*suggestCard)(nil)
)

func newSuggestCard(list *menuList) *suggestCard {
	c := &suggestCard{list: list}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped ends here.
func (c *suggestCard) Tapped(*fyne.PointEvent) {}

// FocusGained does nothing.
func (c *suggestCard) FocusGained() {}

// FocusLost does nothing.
func (c *suggestCard) FocusLost() {}

// TypedRune does nothing.
func (c *suggestCard) TypedRune(rune) {}

// TypedKey does nothing.
func (c *suggestCard) TypedKey(*fyne.KeyEvent) {}

// Enable does nothing.
func (c *suggestCard) Enable() {}

// Disable does nothing.
func (c *suggestCard) Disable() {}

// Disabled is true, so that Tab passes over the card.
func (c *suggestCard) Disabled() bool { return true }

// CreateRenderer puts the list's rows on a raised card.
func (c *suggestCard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(newOverlayCard(Pad(4, 4, 4, 4, newSuggestRows(c.list))))
}

// suggestRows shows the rows of a list without the list, which would take the
// cursor.
type suggestRows struct {
	widget.BaseWidget
	list *menuList
}

func newSuggestRows(list *menuList) *suggestRows {
	s := &suggestRows{list: list}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is the list's.
func (s *suggestRows) CreateRenderer() fyne.WidgetRenderer { return &menuListRenderer{s.list} }
