package widgets_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func entities() []widgets.NavGroup {
	return []widgets.NavGroup{
		{Title: "Activities", Items: []widgets.NavItem{
			{ID: "purchases", Label: "eCommerce_eCommercePurchases"},
			{ID: "stays", Label: "Hotel_stays", Note: "not set up", Disabled: true},
		}},
		{Title: "Profiles", Items: []widgets.NavItem{{ID: "customer", Label: "Customer"}}},
	}
}

func TestAListIsMovedThroughByKeysOverHeadings(t *testing.T) {
	list := widgets.NewNavList()
	list.SetGroups(entities())
	var chosen, refused []string
	list.OnSelected = func(i widgets.NavItem) { chosen = append(chosen, i.ID) }
	list.OnDisabled = func(i widgets.NavItem) { refused = append(refused, i.ID) }
	c, _ := show(t, fyne.NewSize(240, 300), list)
	c.Focus(list)
	press(c, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn, fyne.KeyHome, fyne.KeyReturn)
	if want := []string{"purchases", "customer", "customer", "purchases"}; !slices.Equal(chosen, want) {
		t.Errorf("chose %q, want %q", chosen, want)
	}
	if want := []string{"stays"}; !slices.Equal(refused, want) {
		t.Errorf("refused %q, want %q", refused, want)
	}
	if list.Selected() != "purchases" {
		t.Errorf("selected %q", list.Selected())
	}
}

func TestAListIsChosenFromByTaps(t *testing.T) {
	list := widgets.NewNavList()
	list.SetGroups(entities())
	var chosen []string
	list.OnSelected = func(i widgets.NavItem) { chosen = append(chosen, i.ID) }
	c, _ := show(t, fyne.NewSize(240, 300), list)
	test.TapCanvas(c, fyne.NewPos(40, 15)) // a heading
	test.TapCanvas(c, fyne.NewPos(40, 45))
	if want := []string{"purchases"}; !slices.Equal(chosen, want) {
		t.Errorf("chose %q, want %q", chosen, want)
	}
}

func TestDeleteSpeaksOfTheEntryThatTheKeyboardIsOn(t *testing.T) {
	list := widgets.NewNavList()
	list.SetGroups(entities())
	c, root := show(t, fyne.NewSize(240, 300), list)
	passed := 0
	root.BindKey(fyne.KeyDelete, func() { passed++ })
	c.Focus(list)
	press(c, fyne.KeyDelete)
	if passed != 1 {
		t.Error("a list that deletes nothing keeps the key")
	}
	var deleted []string
	list.OnDelete = func(i widgets.NavItem) { deleted = append(deleted, i.ID) }
	press(c, fyne.KeyDelete, fyne.KeyEnd, fyne.KeyDelete)
	if want := []string{"purchases", "customer"}; !slices.Equal(deleted, want) || passed != 1 {
		t.Errorf("deleted %q, want %q; passed on %d times", deleted, want, passed)
	}
}

func TestAFilterHidesGroupsWithoutMatches(t *testing.T) {
	list := widgets.NewNavList()
	list.SetGroups(entities())
	show(t, fyne.NewSize(300, 300), list)
	list.SetFilter("  not SET ")
	if got := words(list); list.Matches() != 1 || slices.Contains(got, "Profiles") || !slices.Contains(got, "Hotel_stays") {
		t.Errorf("%d matches, shows %q", list.Matches(), got)
	}
	if _, ok := list.First(); ok {
		t.Error("a disabled entry is offered")
	}
	list.SetFilter("")
	if list.Matches() != 3 {
		t.Errorf("%d matches without a filter", list.Matches())
	}
}

func TestALongListMakesOnlyTheRowsInView(t *testing.T) {
	list := widgets.NewNavList()
	group := widgets.NavGroup{Title: "All"}
	for i := range 100_000 {
		group.Items = append(group.Items, widgets.NavItem{ID: fmt.Sprint(i), Label: fmt.Sprintf("Entity %06d", i)})
	}
	list.SetGroups([]widgets.NavGroup{group})
	c, _ := show(t, fyne.NewSize(240, 300), list)
	if got := len(words(list)); got > 30 {
		t.Errorf("%d texts for 10 rows in view", got)
	}
	c.Focus(list)
	press(c, fyne.KeyEnd)
	if !slices.Contains(words(list), "Entity 099999") {
		t.Errorf("the end is not in view: %q", words(list))
	}
	list.Select("50000")
	if !slices.Contains(words(list), "Entity 050000") {
		t.Errorf("what was selected is not in view: %q", words(list))
	}
}

func TestWhatIsSelectedBeforeTheListIsShownComesIntoView(t *testing.T) {
	list := widgets.NewNavList()
	list.SetGroups(entities())
	list.Select("purchases")
	show(t, fyne.NewSize(240, 300), list)
	if !slices.Contains(words(list), "Activities") {
		t.Errorf("the top scrolled away: %q", words(list))
	}
}

func TestALongNameEndsInAnEllipsisAndIsShownWholeByTheMouse(t *testing.T) {
	list := widgets.NewNavList()
	list.SetGroups(entities())
	c, root := show(t, fyne.NewSize(150, 300), list)
	test.MoveMouse(c, fyne.NewPos(40, 45))
	if root.Tip() != "eCommerce_eCommercePurchases" {
		t.Errorf("the tip is %q", root.Tip())
	}
	test.MoveMouse(c, fyne.NewPos(40, 130)) // Customer, which has room
	if root.Tip() != "" {
		t.Errorf("the tip is %q for a name that is whole", root.Tip())
	}
}

func TestAPanelFiltersAndGoesToItsList(t *testing.T) {
	panel := widgets.NewNavPanel("Filter entities…")
	panel.SetGroups(entities())
	var chosen []string
	panel.List.OnSelected = func(i widgets.NavItem) { chosen = append(chosen, i.ID) }
	c, _ := show(t, fyne.NewSize(240, 300), panel)
	panel.FocusFilter()
	test.Type(panel.Filter, "cust")
	press(c, fyne.KeyReturn)
	press(c, fyne.KeyEscape, fyne.KeyDown)
	if panel.Filter.Text != "" || c.Focused() != fyne.Focusable(panel.List) {
		t.Errorf("filter %q, focus on %T", panel.Filter.Text, c.Focused())
	}
	panel.List.TypedRune('z')
	if panel.Filter.Text != "z" || !slices.Contains(words(panel), "Nothing matches the filter.") {
		t.Errorf("filter %q, shows %q", panel.Filter.Text, words(panel))
	}
	if want := []string{"customer"}; !slices.Equal(chosen, want) {
		t.Errorf("chose %q, want %q", chosen, want)
	}
}

func TestAPickerOpensByKeyAndChooses(t *testing.T) {
	var chosen []string
	picker := widgets.NewPicker("Instance", func() []widgets.MenuItem {
		items := []widgets.MenuItem{{Label: "Unnamed", Disabled: true}}
		for i := range 20 {
			label := fmt.Sprintf("Contoso %02d", i)
			items = append(items, widgets.MenuItem{Label: label, OnChosen: func() { chosen = append(chosen, label) }})
		}
		return items
	})
	c, _ := show(t, fyne.NewSize(500, 500), widgets.Row(0, picker))
	c.Focus(picker)
	press(c, fyne.KeyDown)
	if _, ok := c.Focused().(*widgets.Entry); !ok {
		t.Fatalf("a long menu has no filter: %T is focused", c.Focused())
	}
	press(c, fyne.KeyDown, fyne.KeyReturn)
	press(c, fyne.KeyReturn)
	test.Type(c.Focused(), "so 17")
	press(c, fyne.KeyReturn)
	press(c, fyne.KeySpace)
	press(c, fyne.KeyEscape)
	if want := []string{"Contoso 01", "Contoso 17"}; !slices.Equal(chosen, want) {
		t.Errorf("chose %q, want %q", chosen, want)
	}
	if c.Overlays().Top() != nil || c.Focused() != fyne.Focusable(picker) {
		t.Error("the menu is still open")
	}
}

func TestATapBesideAMenuClosesIt(t *testing.T) {
	button := widgets.NewMenuButton("Presets", nil)
	c, _ := show(t, fyne.NewSize(500, 400), widgets.Row(0, button))
	menu := widgets.ShowMenuBelow(button, []widgets.MenuItem{{Label: "One"}, {Label: "Two"}})
	test.TapCanvas(c, fyne.NewPos(480, 380))
	if menu.Open() {
		t.Error("the menu is still open")
	}
}

func TestHomeAndEndGoToTheFirstAndTheLastLineOfAMenu(t *testing.T) {
	button := widgets.NewMenuButton("Presets", nil)
	c, _ := show(t, fyne.NewSize(500, 400), widgets.Row(0, button))
	for key, want := range map[fyne.KeyName]string{fyne.KeyHome: "One", fyne.KeyEnd: "Three"} {
		chosen := ""
		item := func(label string, disabled bool) widgets.MenuItem {
			return widgets.MenuItem{Label: label, Disabled: disabled, OnChosen: func() { chosen = label }}
		}
		widgets.ShowMenuBelow(button, []widgets.MenuItem{
			item("None", true), item("One", false), item("Two", false), item("Three", false), item("Four", true),
		})
		for _, press := range []fyne.KeyName{fyne.KeyDown, key, fyne.KeyReturn} {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: press})
		}
		if chosen != want {
			t.Errorf("%s chooses %q", key, chosen)
		}
	}
}

func TestAMenuStaysInsideTheWindow(t *testing.T) {
	button := widgets.NewMenuButton("Presets", nil)
	c, _ := show(t, fyne.NewSize(300, 200), widgets.Row(0, widgets.Spacer(), button))
	var items []widgets.MenuItem
	for i := range 40 {
		items = append(items, widgets.MenuItem{Label: fmt.Sprintf("A preset with a long name %d", i)})
	}
	widgets.ShowMenuBelow(button, items)
	for _, o := range test.LaidOutObjects(c.Overlays().Top()) {
		if entry, ok := o.(*widgets.Entry); ok {
			pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(entry)
			if pos.X < 0 || pos.X+entry.Size().Width > 300 || pos.Y < 0 {
				t.Errorf("the filter is at %v, %v wide", pos, entry.Size().Width)
			}
		}
	}
}

func TestTheWordsOfAValueAreSelectedAndCopied(t *testing.T) {
	value := widgets.NewValue("customer ce759201-f786 has 12 activities", widgets.RoleBody)
	c, _ := show(t, fyne.NewSize(600, 60), value)
	value.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(0, 5)}})
	value.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(2000, 5)}})
	if got := value.SelectedText(); got != value.Text() {
		t.Errorf("dragging selected %q", got)
	}
	value.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(100, 5)})
	shortcut(t, c, &fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "ce759201-f786" {
		t.Errorf("copied %q", got)
	}
	shortcut(t, c, &fyne.ShortcutSelectAll{})
	if got := value.SelectedText(); got != value.Text() {
		t.Errorf("selected %q", got)
	}
}
