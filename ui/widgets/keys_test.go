package widgets_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestEveryWidgetThatCanBeFocusedPassesOnWhatItDoesNotUse(t *testing.T) {
	list := widgets.NewNavList()
	list.SetGroups([]widgets.NavGroup{{Items: []widgets.NavItem{{ID: "a", Label: "A"}}}})
	for name, w := range map[string]fyne.Focusable{
		"entry": widgets.NewEntry(), "button": widgets.NewButton("Go", nil), "picker": widgets.NewPicker("Instance", nil),
		"choice": widgets.NewChoice("true", "false"), "list": list, "json": widgets.NewJSONView(2),
		"table": widgets.NewDataTable(widgets.TableModel{Rows: func() int { return 0 }}),
		"value": widgets.NewValue("ce759201", widgets.RoleBody),
	} {
		t.Run(name, func(t *testing.T) {
			c, done := bound(t, w.(fyne.CanvasObject))
			c.Focus(w)
			if c.Focused() != w {
				t.Fatal("cannot be focused")
			}
			press(c, fyne.KeyF5)
			shortcut(t, c, control(fyne.KeyF))
			if name != "entry" {
				w.TypedRune('?')
			} else {
				*done = append(*done, "?")
			}
			if want := []string{"F5", "ctrl F", "?"}; !slices.Equal(*done, want) {
				t.Errorf("did %q, want %q", *done, want)
			}
		})
	}
}

func TestAButtonActsOnTapSpaceAndEnter(t *testing.T) {
	taps := 0
	b := widgets.NewPrimaryButton("Send", func() { taps++ })
	c, _ := show(t, fyne.NewSize(200, 100), b)
	c.Focus(b)
	test.Tap(b)
	press(c, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter)
	b.Disable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if taps != 4 {
		t.Errorf("acted %d times, want 4", taps)
	}
}

func TestTabPassesDisabledButtonsAndValuesBy(t *testing.T) {
	first, waits, last := widgets.NewButton("A", nil), widgets.NewButton("B", nil), widgets.NewButton("C", nil)
	waits.Disable()
	c, _ := show(t, fyne.NewSize(400, 200), widgets.Column(4, first, waits, widgets.NewValue("ce759201", widgets.RoleBody), last))
	c.FocusNext()
	c.FocusNext()
	if c.Focused() != fyne.Focusable(last) {
		t.Errorf("Tab went to %T", c.Focused())
	}
}

func TestTabGoesOnFromAValueThatWasClicked(t *testing.T) {
	first, last := widgets.NewButton("A", nil), widgets.NewButton("B", nil)
	value := widgets.NewValue("ce759201", widgets.RoleBody)
	c, _ := show(t, fyne.NewSize(400, 200), widgets.Column(4, first, value, last))
	c.Focus(value)
	if !value.AcceptsTab() {
		t.Fatal("Fyne goes on by itself")
	}
	press(c, fyne.KeyTab)
	if c.Focused() != fyne.Focusable(last) || !value.Disabled() {
		t.Errorf("Tab went to %T", c.Focused())
	}
}

func TestAChoiceIsMadeByItsFirstLetterAndTakenAway(t *testing.T) {
	choice := widgets.NewChoice("true", "false")
	var chosen []string
	choice.OnChanged = func(option string) { chosen = append(chosen, option) }
	c, _ := show(t, fyne.NewSize(200, 100), choice)
	c.Focus(choice)
	choice.TypedRune('f')
	choice.TypedRune('T')
	press(c, fyne.KeyDelete)
	if want := []string{"false", "true", ""}; !slices.Equal(chosen, want) {
		t.Errorf("chose %q, want %q", chosen, want)
	}
}

func TestATabIsChosenByMouseAndArrows(t *testing.T) {
	bar := widgets.NewTabBar("Form", "JSON", "Fields")
	var chosen []int
	bar.OnSelected = func(i int) { chosen = append(chosen, i) }
	c, _ := show(t, fyne.NewSize(400, 100), bar)
	bar.Select(1)
	c.FocusNext()
	press(c, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	if want := []int{1, 2, 1}; !slices.Equal(chosen, want) || bar.Selected() != 1 {
		t.Errorf("chose %v, want %v; now %d", chosen, want, bar.Selected())
	}
}

func TestThePagesOfARailAreReachedByKey(t *testing.T) {
	rail := widgets.NewRail([]widgets.RailItem{{ID: "compose", Label: "Compose"}, {ID: "history", Label: "History"}})
	var chosen []string
	rail.OnSelected = func(id string) { chosen = append(chosen, id) }
	c, _ := show(t, fyne.NewSize(100, 300), rail)
	rail.Select("compose")
	c.FocusNext()
	press(c, fyne.KeyDown, fyne.KeyReturn)
	if want := []string{"history"}; !slices.Equal(chosen, want) || rail.Selected() != "history" {
		t.Errorf("chose %q; now %q", chosen, rail.Selected())
	}
}

func TestALongNameOnAButtonPushesNothingAway(t *testing.T) {
	long := "Send activity to an instance whose name is longer than anybody would ever think of when naming one"
	b := widgets.NewPrimaryButton(long, nil)
	c, root := show(t, fyne.NewSize(600, 100), widgets.Row(8, b, widgets.NewText("Ctrl+Enter", widgets.RoleMuted)))
	if need := b.MinSize().Width; need > 400 {
		t.Errorf("asks for %v", need)
	}
	test.MoveMouse(c, fyne.NewPos(60, 50))
	if root.Tip() != long {
		t.Errorf("the tip is %q", root.Tip())
	}
}

func TestATapTakesTheTipAway(t *testing.T) {
	button := widgets.NewButton("Copy", func() {})
	button.SetTip("Copies the request")
	_, root := show(t, fyne.NewSize(300, 200), button)
	test.MoveMouse(fyne.CurrentApp().Driver().CanvasForObject(button), fyne.NewPos(20, 15))
	if root.Tip() == "" {
		t.Fatal("no tip shows: nothing is proved")
	}
	test.Tap(button)
	if tip := root.Tip(); tip != "" {
		t.Errorf("the tip %q stays", tip)
	}
}

func TestArrowsPassATabByThatIsNotOffered(t *testing.T) {
	bar := widgets.NewSmallTabBar("Laid out", "As it came", "Headers")
	c, _ := show(t, fyne.NewSize(400, 100), bar)
	wide := bar.MinSize().Width
	bar.SetShown(1, false)
	if bar.Shown(1) || bar.MinSize().Width >= wide {
		t.Errorf("it takes %g of %g", bar.MinSize().Width, wide)
	}
	c.FocusNext()
	press(c, fyne.KeyRight)
	if bar.Selected() != 2 {
		t.Errorf("tab %d is chosen", bar.Selected())
	}
	press(c, fyne.KeyLeft)
	if bar.Selected() != 0 {
		t.Errorf("back, tab %d is chosen", bar.Selected())
	}
}

func TestAShortTextStandsForItsWhole(t *testing.T) {
	v := widgets.NewLineValue("POST …/x", widgets.RoleCaption)
	if v.Whole() != "POST …/x" {
		t.Errorf("by itself it stands for %q", v.Whole())
	}
	v.SetWhole("POST http://127.0.0.1/v1/x")
	c, root := show(t, fyne.NewSize(400, 100), v)
	test.MoveMouse(c, fyne.NewPos(5, 5))
	if root.Tip() != "POST http://127.0.0.1/v1/x" || v.Text() != "POST …/x" {
		t.Errorf("the tip is %q", root.Tip())
	}
}
