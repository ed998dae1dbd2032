package widgets_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// moves writes down what a splitter reports.
type moves struct {
	by    []float32
	ended int
	reset int
}

func (m *moves) of() *widgets.Splitter {
	s := widgets.NewSplitter()
	s.OnMoved = func(by float32) { m.by = append(m.by, by) }
	s.OnEnded = func() { m.ended++ }
	s.OnReset = func() { m.reset++ }
	return s
}

func TestALineIsMovedByMouseAndByKey(t *testing.T) {
	m := &moves{}
	s := m.of()
	box := container.NewHBox(s)
	c, _ := show(t, fyne.NewSize(400, 300), box)
	test.Drag(c, fyne.NewPos(4, 100), 24, 3)
	if !slices.Equal(m.by, []float32{24}) || m.ended != 1 {
		t.Errorf("a drag moved it by %v, ended %d times", m.by, m.ended)
	}
	if !widgets.FocusSplitter(c, box) || c.Focused() != s {
		t.Fatal("the keyboard is not on it")
	}
	press(c, fyne.KeyLeft, fyne.KeyRight)
	if !slices.Equal(m.by, []float32{24, -16, 16}) || m.ended != 3 {
		t.Errorf("keys moved it by %v, ended %d times", m.by, m.ended)
	}
	press(c, fyne.KeyHome)
	test.DoubleTap(s)
	if m.reset != 2 {
		t.Errorf("it was put back %d times", m.reset)
	}
	press(c, fyne.KeyEscape)
	if c.Focused() != nil {
		t.Error("Escape did not leave it")
	}
}

func TestTabPassesLinesByAndOneKeyLeadsFromLineToLine(t *testing.T) {
	a, b := (&moves{}).of(), (&moves{}).of()
	first, second := widgets.NewEntry(), widgets.NewEntry()
	box := container.NewVBox(first, a, b, second)
	c, _ := show(t, fyne.NewSize(400, 300), box)
	c.Focus(first)
	c.FocusNext()
	if c.Focused() != second {
		t.Errorf("Tab led to %T", c.Focused())
	}
	for _, want := range []fyne.Focusable{a, b, nil} {
		widgets.FocusSplitter(c, box)
		if c.Focused() != want {
			t.Errorf("it led to %v, want %v", c.Focused(), want)
		}
	}
	if widgets.FocusSplitter(c, container.NewVBox(first)) {
		t.Error("a page without lines has one")
	}
}
