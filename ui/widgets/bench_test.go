package widgets_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/ui/widgets"
	"github.com/activitydesk/activitydesk/ui/widgets/gallery"
)

func BenchmarkFormOf1000Fields(b *testing.B) {
	form := gallery.WideForm(1000)
	view := widgets.NewFormView()
	show(b, formSize, view)
	for b.Loop() {
		view.SetForm(form)
	}
}

func BenchmarkKeystrokeInAFormOf1000Fields(b *testing.B) {
	form := gallery.WideForm(1000)
	c, view := showForm(b, form)
	view.FocusFirst()
	entry := c.Focused().(*widgets.Entry)
	n := 0
	for b.Loop() {
		n++
		entry.SetText(fmt.Sprint("typed ", strings.Repeat("x", n%20)))
	}
}
