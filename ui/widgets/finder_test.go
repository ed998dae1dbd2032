package widgets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// openFinder opens a finder with rows over a window with one field.
func openFinder(t *testing.T, size fyne.Size, rows int) (f *widgets.Finder, c fyne.Canvas, chosen *[]int) {
	t.Helper()
	field := widgets.NewEntry()
	c, _ = show(t, size, field)
	c.Focus(field)
	chosen = &[]int{}
	f = widgets.ShowFinder(c, widgets.FinderSpec{
		PlaceHolder: "Go to…", Foot: "Enter opens", OnChosen: func(i int) { *chosen = append(*chosen, i) },
	})
	f.SetRows(rows, func(i int) widgets.FinderRow {
		return widgets.FinderRow{Kind: "Entity", Label: fmt.Sprintf("row %d", i), Note: "note", Key: "F5"}
	}, 0)
	return f, c, chosen
}

func TestOneMovesInTheFindersListWhileTheCursorStaysInItsField(t *testing.T) {
	f, c, chosen := openFinder(t, fyne.NewSize(1024, 700), 100)
	typed := c.Focused()
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 1},
		{fyne.KeyTab, 2},
		{fyne.KeyUp, 1},
		{fyne.KeyUp, 0},
		{fyne.KeyUp, 99}, // round
		{fyne.KeyDown, 0},
		{fyne.KeyPageDown, 12},
		{fyne.KeyPageUp, 0},
		{fyne.KeyEnd, 99},
		{fyne.KeyPageDown, 99},
		{fyne.KeyHome, 0},
	} {
		press(c, step.key)
		if f.Cursor() != step.want {
			t.Fatalf("%s led to row %d, want %d", step.key, f.Cursor(), step.want)
		}
	}
	press(c, fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(*chosen, []int{1}) || c.Focused() != typed {
		t.Errorf("chose %v", *chosen)
	}
	press(c, fyne.KeyEscape)
	if f.Open() {
		t.Error("Escape did not close it")
	}
	if _, ok := c.Focused().(*widgets.Entry); !ok || c.Focused() == typed {
		t.Error("the cursor did not go back")
	}
}

func TestAFinderWithoutRowsTakesAllKeys(t *testing.T) {
	f, c, chosen := openFinder(t, fyne.NewSize(1024, 700), 0)
	press(c, fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd, fyne.KeyReturn)
	if f.Cursor() != -1 || len(*chosen) != 0 {
		t.Errorf("cursor %d, chose %v", f.Cursor(), *chosen)
	}
}

func TestAClickInAFinderChoosesAndOneBesideItCloses(t *testing.T) {
	f, c, chosen := openFinder(t, fyne.NewSize(1024, 700), 100)
	test.TapCanvas(c, fyne.NewPos(500, 52+50+2*30+15))
	if !slices.Equal(*chosen, []int{2}) {
		t.Errorf("chose %v", *chosen)
	}
	test.TapCanvas(c, fyne.NewPos(10, 690))
	if f.Open() {
		t.Error("it is still open")
	}
}

func TestAFinderShowsTwelveRowsAndFitsASmallWindow(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 700}, {Width: 480, Height: 300}} {
		_, c, _ := openFinder(t, size, 1000)
		top := c.Overlays().Top()
		count := 0
		for _, text := range words(top) {
			if strings.HasPrefix(text, "note") {
				count++
			}
		}
		if most := 13; count > most || size.Width > 1000 && count < 12 {
			t.Errorf("at %v there are %d rows", size, count)
		}
		for _, text := range all[*widgets.Text](top) {
			if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(text); at.X < 0 || at.X+text.Size().Width > size.Width {
				t.Errorf("at %v %q lies outside: %v", size, text.Text(), at)
			}
		}
	}
}

func TestMarksAreDrawnInPiecesThatMakeUpTheLabel(t *testing.T) {
	f, c, _ := openFinder(t, fyne.NewSize(1024, 700), 0)
	f.SetRows(1, func(int) widgets.FinderRow {
		return widgets.FinderRow{Label: "Zürich_Straße", Marks: []int{0, 1, 7, 12}}
	}, 0)
	var whole strings.Builder
	var marked []string
	walk(c.Overlays().Top(), func(o fyne.CanvasObject) {
		if text, ok := o.(*canvas.Text); ok && strings.Contains("Zürich_Straße", text.Text) && text.Text != "" {
			whole.WriteString(text.Text)
			if text.TextStyle.Bold {
				marked = append(marked, text.Text)
			}
		}
	})
	if whole.String() != "Zürich_Straße" || !slices.Equal(marked, []string{"Zü", "S", "e"}) {
		t.Errorf("%q, marked %q", whole.String(), marked)
	}
}
