// Package gallery shows every widget of the desk in its states, for people to
// look at and for tests to take pictures of.
package gallery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// Page is one picture's worth of widgets.
type Page struct {
	Name string // also the name of its picture
	Size fyne.Size
	Make func() fyne.CanvasObject // builds the page anew
}

// Pages gives all pages.
func Pages() []Page {
	return []Page{
		{Name: "desk", Size: fyne.NewSize(1280, 800), Make: desk},
		{Name: "controls", Size: fyne.NewSize(980, 640), Make: controls},
		{Name: "texts", Size: fyne.NewSize(760, 620), Make: texts},
		{Name: "form", Size: fyne.NewSize(760, 760), Make: formPage},
		{Name: "editors", Size: fyne.NewSize(760, 780), Make: editorsPage},
		{Name: "editors-long", Size: fyne.NewSize(760, 700), Make: longEditorsPage},
		{Name: "suggestions", Size: fyne.NewSize(760, 480), Make: editorsPage},
		{Name: "calendar", Size: fyne.NewSize(760, 780), Make: editorsPage},
		{Name: "field-menu", Size: fyne.NewSize(760, 480), Make: longEditorsPage},
		{Name: "table", Size: fyne.NewSize(980, 260), Make: tablePage},
		{Name: "json", Size: fyne.NewSize(760, 220), Make: jsonPage},
		{Name: "jsoneditor", Size: fyne.NewSize(980, 760), Make: jsonEditorPage},
		{Name: "large", Size: fyne.NewSize(1120, 560), Make: largePage},
		{Name: "timeline", Size: fyne.NewSize(760, 420), Make: timelinePage},
		{Name: "states", Size: fyne.NewSize(980, 560), Make: states},
		{Name: "dialog", Size: fyne.NewSize(980, 640), Make: controls},
		{Name: "menu", Size: fyne.NewSize(760, 460), Make: menuPage},
		{Name: "marks", Size: fyne.NewSize(560, 260), Make: marksPage},
		{Name: "finder", Size: fyne.NewSize(980, 560), Make: finderPage},
		{Name: "list", Size: fyne.NewSize(320, 560), Make: listPage},
	}
}

// Content is all pages behind tabs, for a window.
func Content() fyne.CanvasObject {
	pages := Pages()
	names := make([]string, len(pages))
	for i, page := range pages {
		names[i] = page.Name
	}
	place := container.NewStack(pages[0].Make())
	tabs := widgets.NewTabBar(names...)
	tabs.OnSelected = func(index int) {
		place.Objects = []fyne.CanvasObject{pages[index].Make()}
		place.Refresh()
	}
	return container.NewBorder(widgets.Pad(4, 12, 4, 12, tabs), nil, nil, nil, place)
}

// section is a heading with what belongs below it.
func section(title string, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Column(8, append([]fyne.CanvasObject{widgets.NewText(title, widgets.RoleHeading)}, objects...)...)
}
