package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestDbg(t *testing.T) {
	w := newWorking(t)
	w.pick("Survey_wideResponses")
	w.compose.Find()
	test.Type(w.compose.work.finder.box, "ion 12")
	f := w.compose.work.finder
	t.Log(f.count.Text(), f.count.Size(), f.count.Position(), f.box.ActionItem.Size(), f.box.ActionItem.Position(), f.box.Size(), f.count.Shown(), f.count.Visible())
}
