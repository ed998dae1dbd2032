package widgets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// aTimeline is a timeline of ids, a heading before every tenth, and a tail.
type aTimeline struct {
	*widgets.Timeline
	ids    []string
	canvas fyne.Canvas
}

func newATimeline(t *testing.T, n int) *aTimeline {
	t.Helper()
	a := &aTimeline{}
	for i := range n {
		a.ids = append(a.ids, fmt.Sprintf("e%d", i))
	}
	a.Timeline = widgets.NewTimeline(widgets.TimelineModel{
		Lines: func() int { return len(a.ids) + 2 },
		Kind: func(line int) widgets.TimelineKind {
			switch line {
			case 0:
				return widgets.TimelineHeading
			case len(a.ids) + 1:
				return widgets.TimelineTail
			}
			return widgets.TimelineEntryLine
		},
		Words: func(line int) string { return fmt.Sprint("words ", line) },
		Entry: func(line int) widgets.TimelineEntry { return widgets.TimelineEntry{Title: a.ids[line-1], When: "now"} },
		ID:    func(line int) string { return a.ids[line-1] },
	})
	window := test.NewTempWindow(t, nil)
	widgets.NewRoot(a.Timeline).Attach(window)
	window.Resize(fyne.NewSize(600, 400))
	a.canvas = window.Canvas()
	a.Reload()
	return a
}

// firstID is the first entry of which something is in view.
func (a *aTimeline) firstID() string {
	first, _ := a.InView()
	return a.ids[max(first-1, 0)]
}

func TestATimelineIsGoneThroughByKeyAndSkipsHeadings(t *testing.T) {
	a := newATimeline(t, 50)
	var moved, opened []int
	var menus, copies, tails int
	a.OnMoved = func(line int) { moved = append(moved, line) }
	a.OnOpened = func(line int) { opened = append(opened, line) }
	a.OnMenu = func(int, fyne.Position) { menus++ }
	a.OnCopy = func(int) { copies++ }
	a.OnTail = func() { tails++ }
	a.canvas.Focus(a.Timeline)
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn, fyne.KeyUp, fyne.KeyUp, fyne.KeySpace, desktop.KeyMenu} {
		a.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if !slices.Equal(moved, []int{1, 2, 1}) || !slices.Equal(opened, []int{2, 1}) || menus != 1 {
		t.Errorf("moved %v, opened %v, %d menus", moved, opened, menus)
	}
	a.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	a.TypedShortcut(&fyne.ShortcutCopy{})
	if menus != 2 || copies != 1 {
		t.Errorf("%d menus, %d copies", menus, copies)
	}
	a.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	a.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if _, end := a.InView(); end != 52 || a.Cursor() != 51 || tails != 1 || len(opened) != 2 {
		t.Errorf("End: lines up to %d, cursor at %d, tail acted on %d times", end, a.Cursor(), tails)
	}
	a.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if first, _ := a.InView(); first != 0 || a.Cursor() != 1 {
		t.Errorf("Home: from line %d, cursor at %d", first, a.Cursor())
	}
}

func TestWhatIsInViewStaysWhenEntriesComeInAboveIt(t *testing.T) {
	a := newATimeline(t, 100)
	a.Reveal(50)
	a.canvas.Focus(a.Timeline)
	before, cursor := a.firstID(), a.ids[a.Cursor()-1]
	a.Change(func() { a.ids = append([]string{"new1", "new2"}, a.ids...) })
	if a.firstID() != before || a.ids[a.Cursor()-1] != cursor {
		t.Errorf("in view is %s, was %s; the cursor is on %s, was on %s", a.firstID(), before, a.ids[a.Cursor()-1], cursor)
	}
	a.Change(func() { a.ids = append(a.ids, "older1") })
	a.Change(func() { a.ids = slices.DeleteFunc(a.ids, func(id string) bool { return id == "e3" }) })
	if a.firstID() != before {
		t.Errorf("in view is %s, was %s", a.firstID(), before)
	}
}

func TestAtTheTopNewEntriesComeIntoView(t *testing.T) {
	a := newATimeline(t, 100)
	a.Change(func() { a.ids = append([]string{"new1"}, a.ids...) })
	if a.firstID() != "new1" || !a.AtTop() {
		t.Errorf("in view is %s", a.firstID())
	}
}

func TestTheCursorOnTheTailGoesToWhatComesInItsPlace(t *testing.T) {
	a := newATimeline(t, 20)
	a.canvas.Focus(a.Timeline)
	a.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	a.Change(func() { a.ids = append(a.ids, "older1", "older2") })
	if got := a.ids[a.Cursor()-1]; got != "older1" {
		t.Errorf("the cursor is on %s", got)
	}
}

func TestATapOpensAnEntryAndNoHeading(t *testing.T) {
	a := newATimeline(t, 20)
	opened := -1
	a.OnOpened = func(line int) { opened = line }
	test.TapCanvas(a.canvas, fyne.NewPos(100, 10)) // the heading
	if opened != -1 {
		t.Error("a heading was opened")
	}
	test.TapCanvas(a.canvas, fyne.NewPos(100, 30+47+10))
	if opened != 2 {
		t.Errorf("line %d was opened", opened)
	}
}

func TestCountsThatHaveNoRoomAreBehindTheLastOne(t *testing.T) {
	tally := widgets.NewTally()
	var items []widgets.TallyItem
	for i := range 9 {
		items = append(items, widgets.TallyItem{Name: fmt.Sprintf("Type number %d", i), Count: i})
	}
	window := test.NewTempWindow(t, nil)
	widgets.NewRoot(tally).Attach(window)
	window.Resize(fyne.NewSize(420, 100))
	tally.SetItems(items)
	var chosen []string
	tally.OnToggled = func(name string) { chosen = append(chosen, name) }
	window.Canvas().Focus(tally)
	tally.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	tally.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !slices.Equal(chosen, []string{"Type number 1"}) {
		t.Errorf("chosen are %q", chosen)
	}
	for range 9 {
		tally.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	tally.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	menu := window.Canvas().Overlays().Top()
	if menu == nil {
		t.Fatal("what has no room cannot be reached")
	}
	window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(chosen) != 2 || !strings.HasPrefix(chosen[1], "Type number ") {
		t.Errorf("chosen are %q", chosen)
	}
	window.Resize(fyne.NewSize(2000, 100))
	tally.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if test.TapCanvas(window.Canvas(), fyne.NewPos(1990, 20)); len(chosen) != 2 {
		t.Error("a tap beside all counts chose one")
	}
}

func TestACheckIsTurnedByKeyAndTap(t *testing.T) {
	var told []bool
	check := widgets.NewCheck("Name", "", func(on bool) { told = append(told, on) })
	test.NewTempWindow(t, check)
	test.Tap(check)
	check.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	check.Set(true)
	if !slices.Equal(told, []bool{true, false}) || !check.On() {
		t.Errorf("told %v, on: %v", told, check.On())
	}
}
