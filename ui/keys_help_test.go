package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/fit"
)

// manyKeys are as many actions as the desk may have one day.
func manyKeys(n int) []command {
	list := commands(&deaf{})
	for i := range n {
		list = append(list, command{
			group: fmt.Sprintf("Group %d", i/9), title: fmt.Sprintf("An action with a name of some length, %d", i),
			chords: []chord{{fyne.KeyF12, fyne.KeyModifierControl | fyne.KeyModifierShift}},
		})
	}
	return append(list, command{group: groupWindow, title: "Without a key"})
}

func TestTheListOfKeysFitsSmallWindowsHoweverLongItGrows(t *testing.T) {
	d := startedDesk(t)
	for _, size := range []fyne.Size{{Width: 1024, Height: 700}, {Width: 1280, Height: 800}, {Width: 700, Height: 500}} {
		for _, n := range []int{0, 20, 90} {
			d.window.Resize(size)
			list := inGroups(manyKeys(n))
			closeCard := d.show(keysCard(list, false, size.Width))
			top := d.window.Canvas().Overlays().Top()
			fit.Inside(t, top, size)
			shown := textsOf(top)
			for _, c := range list {
				if listed := strings.Contains(shown, c.title); listed != (len(c.chords) > 0) {
					t.Errorf("%v: %q is listed: %v", size, c.title, listed)
				}
			}
			eachObject(top, func(o fyne.CanvasObject) {
				if text, ok := o.(*widgets.Text); ok && !text.Whole() && size.Width >= 1024 {
					t.Errorf("%v: %q is shortened", size, text.Text())
				}
			})
			d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
			closeCard()
		}
	}
}

func TestTheListOfKeysFindsAnActionOrAKey(t *testing.T) {
	d := startedDesk(t)
	d.showKeys()
	filter := d.window.Canvas().Focused().(*widgets.Entry)
	for _, c := range []struct{ text, has, lacks string }{
		{"ctrl+n", "New activity", "Quit"},
		{"quit", "Ctrl+Q", "Compose"},
		{"no such thing", "No action with a key has these words.", "Quit"},
		{"", "Quit", "No action"},
	} {
		filter.SetText(c.text)
		shown := textsOf(d.window.Canvas().Overlays().Top())
		if !strings.Contains(shown, c.has) || strings.Contains(shown, c.lacks) {
			t.Errorf("%q shows %q", c.text, shown)
		}
	}
}

func TestF1OpensTheListOfKeysFromAField(t *testing.T) {
	d := startedDesk(t)
	page := d.notes[PageCompose]
	d.window.Canvas().Focus(page.entry)
	page.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if d.free() {
		t.Fatal("F1 opened nothing")
	}
	page.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: ctrl})
	if n := len(d.window.Canvas().Overlays().List()); n != 1 {
		t.Errorf("Ctrl+K opened the palette behind it: %d lie over the window", n)
	}
}
