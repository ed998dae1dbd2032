package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// show puts an object into a window of the desk, in the light look.
func show(t testing.TB, size fyne.Size, content fyne.CanvasObject) (fyne.Canvas, *widgets.Root) {
	t.Helper()
	app := test.NewApp()
	t.Cleanup(app.Quit)
	app.Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	root := widgets.NewRoot(content)
	w := app.NewWindow("")
	t.Cleanup(w.Close)
	root.Attach(w)
	w.Resize(size)
	return w.Canvas(), root
}

func press(c fyne.Canvas, keys ...fyne.KeyName) {
	for _, key := range keys {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func control(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func shortcut(t testing.TB, c fyne.Canvas, s fyne.Shortcut) {
	t.Helper()
	focused, ok := c.Focused().(fyne.Shortcutable)
	if !ok {
		t.Fatalf("%T takes no shortcuts", c.Focused())
	}
	focused.TypedShortcut(s)
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

// all finds the visible objects of a type, in the order of Tab.
func all[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var found []T
	walk(o, func(o fyne.CanvasObject) {
		if w, ok := o.(T); ok {
			found = append(found, w)
		}
	})
	return found
}

// words gives the texts that are visible.
func words(o fyne.CanvasObject) []string {
	var texts []string
	for _, text := range all[*widgets.Text](o) {
		texts = append(texts, text.Text())
	}
	return texts
}
