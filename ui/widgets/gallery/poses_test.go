package gallery_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

// poses bring pages into the states that are worth a picture.
var poses = map[string]func(*testing.T, fyne.Canvas, fyne.CanvasObject){
	"desk": func(t *testing.T, _ fyne.Canvas, o fyne.CanvasObject) {
		find[*widgets.FormView](t, o).FocusField("TotalPrice")
	},
	"form": func(t *testing.T, c fyne.Canvas, o fyne.CanvasObject) {
		find[*widgets.FormView](t, o).FocusField("Subject")
		c.Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	},
	"editors": func(t *testing.T, _ fyne.Canvas, o fyne.CanvasObject) {
		find[*widgets.FormView](t, o).FocusField("Value")
	},
	"editors-long": func(t *testing.T, _ fyne.Canvas, o fyne.CanvasObject) {
		find[*widgets.FormView](t, o).FocusField("SeveralLines")
	},
	"suggestions": func(t *testing.T, _ fyne.Canvas, o fyne.CanvasObject) {
		view := find[*widgets.FormView](t, o)
		view.FocusField("LeftOut")
		view.OpenSuggestions()
	},
	"calendar": func(t *testing.T, c fyne.Canvas, o fyne.CanvasObject) {
		view := find[*widgets.FormView](t, o)
		view.FocusField("Date")
		view.OpenCalendar()
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	},
	"field-menu": func(t *testing.T, _ fyne.Canvas, o fyne.CanvasObject) {
		view := find[*widgets.FormView](t, o)
		view.FocusField("SeveralLines")
		view.OpenMenu()
	},
	"table": func(t *testing.T, c fyne.Canvas, o fyne.CanvasObject) {
		table := find[*widgets.DataTable](t, o)
		c.Focus(table)
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	},
	"json": func(t *testing.T, c fyne.Canvas, o fyne.CanvasObject) {
		view := find[*widgets.JSONView](t, o)
		c.Focus(view)
		view.TypedShortcut(&fyne.ShortcutSelectAll{})
		view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	},
	"timeline": func(t *testing.T, c fyne.Canvas, o fyne.CanvasObject) {
		list := find[*widgets.Timeline](t, o)
		c.Focus(list)
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	},
	"list": func(t *testing.T, c fyne.Canvas, o fyne.CanvasObject) {
		list := find[*widgets.NavList](t, o)
		c.Focus(list)
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	},
	"finder": func(t *testing.T, c fyne.Canvas, o fyne.CanvasObject) {
		widgets.FocusSplitter(c, o)
		f := widgets.ShowFinder(c, widgets.FinderSpec{PlaceHolder: "Go to…", Foot: "Up and Down move · Enter opens · Esc closes"})
		f.SetText("purch")
		rows := gallery.FinderRows()
		f.SetRows(len(rows), func(i int) widgets.FinderRow { return rows[i] }, 1)
		f.SetStatus("Send: only a page with a form sends", true)
	},
	"menu": func(t *testing.T, _ fyne.Canvas, o fyne.CanvasObject) {
		find[*widgets.Picker](t, o).Tapped(nil)
	},
	"dialog": func(_ *testing.T, c fyne.Canvas, _ fyne.CanvasObject) {
		name := widgets.NewEntry()
		name.SetPlaceHolder("Contoso production")
		widgets.ShowDialog(c, widgets.DialogSpec{
			Title: "Unlock Contoso production?",
			Body: widgets.Column(10,
				widgets.NewWrappedText("This is a production instance. Activities that are sent can neither be changed nor deleted; "+
					"they can show on the customer's card and start automations at once.", widgets.RoleBody),
				widgets.NewWrappedText("Type the name of the instance to allow sending for 30 minutes:", widgets.RoleBody), name),
			Confirm: "Unlock for 30 minutes", Danger: true,
		})
	},
}
