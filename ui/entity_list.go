// The list of entities at the left of the compose page.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// entityList shows an instance's entities in groups. What cannot receive
// activities is muted and says why; it can be chosen all the same, to look at
// its fields and rows.
type entityList struct {
	panel *widgets.NavPanel
	rows  map[string]entityRow // by name
	// onChoose is called when a person chose an entity.
	onChoose func(entityRow)
}

func newEntityList(onChoose func(entityRow)) *entityList {
	l := &entityList{panel: widgets.NewNavPanel("Filter entities…"), rows: map[string]entityRow{}, onChoose: onChoose}
	l.panel.List.OnSelected = l.chosen
	l.panel.List.OnDisabled = l.chosen
	return l
}

// Content is the list's part of the page.
func (l *entityList) Content() fyne.CanvasObject { return l.panel }

// Say shows a line above the entities; empty takes it away.
func (l *entityList) Say(text string) { l.panel.SetHint(text) }

// SetGroups replaces the entities.
func (l *entityList) SetGroups(groups []entityGroup) {
	clear(l.rows)
	shown := make([]widgets.NavGroup, 0, len(groups))
	for _, group := range groups {
		items := make([]widgets.NavItem, 0, len(group.Rows))
		for _, row := range group.Rows {
			l.rows[row.Name] = row
			items = append(items, widgets.NavItem{
				ID: row.Name, Label: metadata.Plain(row.Name), Note: row.Note, Tip: row.Reason, Disabled: row.Muted,
			})
		}
		shown = append(shown, widgets.NavGroup{Title: group.Title, Items: items})
	}
	l.panel.SetGroups(shown)
}

// Row answers the entity with this name for data requests.
func (l *entityList) Row(name string) (entityRow, bool) {
	row, ok := l.rows[name]
	return row, ok
}

// Select marks an entity as the chosen one.
func (l *entityList) Select(name string) { l.panel.List.Select(name) }

// First answers the first entity that can be sent to.
func (l *entityList) First() (entityRow, bool) {
	item, ok := l.panel.List.First()
	if !ok {
		return entityRow{}, false
	}
	return l.Row(item.ID)
}

func (l *entityList) chosen(item widgets.NavItem) {
	if row, ok := l.Row(item.ID); ok {
		l.Select(row.Name)
		l.onChoose(row)
	}
}
