package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

func TestTheWheelOverAFieldScrollsTheForm(t *testing.T) {
	c, view := showForm(t, gallery.WideForm(60))
	entry := all[*widgets.Entry](view)[0]
	driver := fyne.CurrentApp().Driver()
	before := driver.AbsolutePositionForObject(entry)
	test.Scroll(c, before.AddXY(20, 8), 0, -60)
	if after := driver.AbsolutePositionForObject(entry); after.Y >= before.Y {
		t.Errorf("the field stands at %v, as before", after)
	}
}

func TestTheWheelOverALongTextScrollsTheTextFirst(t *testing.T) {
	entry := widgets.NewMultiLineEntry(3)
	around := &wheelCount{}
	entry.WheelTo = around
	entry.SetText(strings.Repeat("line\n", 40))
	c, _ := show(t, fyne.NewSize(300, 90), entry)
	at := fyne.NewPos(40, 30)
	test.Scroll(c, at, 0, -20)
	if around.n != 0 {
		t.Error("the wheel went past a text that could be scrolled")
	}
	test.Scroll(c, at, 0, -10_000)
	test.Scroll(c, at, 0, -20)
	if around.n == 0 {
		t.Error("the wheel ended at the end of the text")
	}
}

// wheelCount counts what it gets of the wheel.
type wheelCount struct{ n int }

func (w *wheelCount) Scrolled(*fyne.ScrollEvent) { w.n++ }
