package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// columnWidthsOf are the widths of the compose page's columns.
func columnWidthsOf(w *working) (left, middle, right float32) {
	list, work, pane := w.compose.content.(*fyne.Container).Objects[0], w.compose.work.Content(), w.compose.pane.Content()
	return list.Size().Width, work.Size().Width, pane.Size().Width
}

func lineOf(w *working, key fyne.KeyName, times int) {
	w.t.Helper()
	w.moveLines()
	line, ok := w.window.Canvas().Focused().(*widgets.Splitter)
	if !ok {
		w.t.Fatal("F6 led to no line")
	}
	for range times {
		line.TypedKey(&fyne.KeyEvent{Name: key})
	}
	w.window.Canvas().Unfocus()
}

func TestColumnsKeepTheirSmallestWidthsHoweverALineIsMoved(t *testing.T) {
	w := newWorking(t)
	w.window.Resize(fyne.NewSize(1280, 800))
	before, _, _ := columnWidthsOf(w)
	lineOf(w, fyne.KeyRight, 2)
	if left, _, _ := columnWidthsOf(w); left != before+32 {
		t.Errorf("two steps made %v of %v", left, before)
	}
	least := w.compose.work.Content().MinSize().Width
	lineOf(w, fyne.KeyRight, 200)
	if _, middle, _ := columnWidthsOf(w); middle < least {
		t.Errorf("the middle has %v and needs %v", middle, least)
	}
	lineOf(w, fyne.KeyLeft, 200)
	if left, _, _ := columnWidthsOf(w); left != composeWidths.LeftMin {
		t.Errorf("the list has %v, want its least", left)
	}
	lineOf(w, fyne.KeyHome, 1)
	if left, _, _ := columnWidthsOf(w); left != before {
		t.Errorf("put back it has %v, want %v", left, before)
	}
}

func TestLinesStandAtTheNextStartWhereTheyWereLeftAlsoOnASmallerScreen(t *testing.T) {
	folder := t.TempDir()
	var chosen float32
	t.Run("first", func(t *testing.T) {
		w := startWorking(t, folder)
		w.untilLoaded(instanceCoffee)
		w.window.Resize(fyne.NewSize(2400, 1200))
		w.moveLines()
		w.moveLines() // on to the second line
		line := w.window.Canvas().Focused().(*widgets.Splitter)
		for range 30 {
			line.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		}
		_, _, chosen = columnWidthsOf(w)
		if chosen <= composeWidths.RightMax {
			t.Fatalf("the pane has %v", chosen)
		}
	})
	t.Run("second", func(t *testing.T) {
		w := startWorking(t, folder)
		w.untilLoaded(instanceCoffee)
		w.window.Resize(fyne.NewSize(2400, 1200))
		if _, _, right := columnWidthsOf(w); right < chosen-1 || right > chosen+1 {
			t.Errorf("the pane has %v, want %v", right, chosen)
		}
		w.window.Resize(fyne.NewSize(1024, 700))
		left, middle, right := columnWidthsOf(w)
		if left < composeWidths.LeftMin || right < composeWidths.RightMin || middle < w.compose.work.Content().MinSize().Width {
			t.Errorf("on a small screen: %v, %v, %v", left, middle, right)
		}
	})
}

func TestASpoiltShareOfAColumnIsLeftAlone(t *testing.T) {
	w := newWorking(t)
	for _, share := range []float32{-1, 0, 1, 7} {
		if err := w.store.Update(func(to *settings.Settings) { to.Splits["compose.left"] = share }); err != nil {
			t.Fatal(err)
		}
		page := NewComposePage(w.env)
		box := page.Content()
		test.NewTempWindow(t, box).Resize(fyne.NewSize(1200, 700))
		if left := box.(*fyne.Container).Objects[0].Size().Width; left < composeWidths.LeftMin || left > composeWidths.LeftMax {
			t.Errorf("a share of %v makes the list %v wide", share, left)
		}
	}
}
