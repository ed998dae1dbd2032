package widgets_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestADialogIsAnsweredByEnterAndLeftByEscape(t *testing.T) {
	c, _ := show(t, fyne.NewSize(800, 600), widgets.NewButton("Behind", nil))
	name := widgets.NewEntry()
	agreed, closed := 0, 0
	open := func() *widgets.Dialog {
		return widgets.ShowDialog(c, widgets.DialogSpec{
			Title: "Unlock?", Body: name, Confirm: "Unlock",
			OnConfirm: func() bool { agreed++; return name.Text == "Contoso" },
			OnClose:   func() { closed++ },
		})
	}
	d := open()
	if c.Focused() != fyne.Focusable(name) {
		t.Fatalf("the focus is on %T, want the first field", c.Focused())
	}
	press(c, fyne.KeyReturn)
	if !d.Open() || agreed != 1 {
		t.Errorf("open %v after a wrong answer, asked %d times", d.Open(), agreed)
	}
	test.Type(name, "Contoso")
	press(c, fyne.KeyReturn)
	if d.Open() || closed != 1 {
		t.Errorf("open %v after the right answer, closed %d times", d.Open(), closed)
	}
	d = open()
	press(c, fyne.KeyEscape)
	d.Close()
	if d.Open() || closed != 2 || agreed != 2 {
		t.Errorf("open %v, closed %d times, asked %d times", d.Open(), closed, agreed)
	}
}

func TestTheFocusStaysInsideADialog(t *testing.T) {
	behind := widgets.NewButton("Behind", nil)
	c, _ := show(t, fyne.NewSize(800, 600), behind)
	d := widgets.ShowDialog(c, widgets.DialogSpec{Title: "Delete?", Confirm: "Delete", Danger: true})
	seen := map[string]bool{}
	for range 6 {
		seen[c.Focused().(*widgets.Button).Text()] = true
		c.FocusNext()
	}
	if !seen["Cancel"] || !seen["Delete"] || seen["Behind"] {
		t.Errorf("Tab reached %v", seen)
	}
	test.TapCanvas(c, fyne.NewPos(5, 5))
	if !d.Open() {
		t.Error("a tap beside the dialog closed it")
	}
}

func TestAQuestionWithoutFieldsHasItsSafeAnswerFocused(t *testing.T) {
	c, _ := show(t, fyne.NewSize(800, 600), widgets.NewText("", widgets.RoleBody))
	for _, want := range []struct {
		spec  widgets.DialogSpec
		label string
	}{
		{widgets.DialogSpec{Title: "Send again?", Confirm: "Send again"}, "Send again"},
		{widgets.DialogSpec{Title: "Delete?", Confirm: "Delete", Danger: true}, "Cancel"},
		{widgets.DialogSpec{Title: "Keys"}, "Close"},
	} {
		d := widgets.ShowDialog(c, want.spec)
		if got := c.Focused().(*widgets.Button).Text(); got != want.label {
			t.Errorf("%s: %q is focused, want %q", want.spec.Title, got, want.label)
		}
		d.Close()
	}
}

func TestADialogFitsTheWindowAndCanBeBusy(t *testing.T) {
	c, _ := show(t, fyne.NewSize(700, 400), widgets.NewText("", widgets.RoleBody))
	asked := 0
	d := widgets.ShowDialog(c, widgets.DialogSpec{
		Title: "Terms", Confirm: "Agree", Body: widgets.NewValue(strings.Repeat("A long text. ", 2000), widgets.RoleBody),
		OnConfirm: func() bool { asked++; return false },
	})
	for _, b := range all[*widgets.Button](c.Overlays().Top()) {
		pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		if pos.Y+b.Size().Height > 400 || pos.X+b.Size().Width > 700 {
			t.Errorf("%q is at %v", b.Text(), pos)
		}
	}
	d.SetBusy("Testing…")
	d.Confirm()
	if asked != 0 {
		t.Error("a busy dialog was confirmed")
	}
	d.SetBusy("")
	d.Confirm()
	if asked != 1 {
		t.Error("a dialog that is no longer busy was not confirmed")
	}
}

// clock holds back what a panel wants to do later.
type clock struct {
	waits   time.Duration
	run     func()
	stopped bool
}

func (c *clock) after(d time.Duration, f func()) func() {
	*c = clock{waits: d, run: f}
	return func() { c.stopped = true }
}

func TestLoadingIsSaidOnlyAfterAMoment(t *testing.T) {
	content := widgets.NewText("the list", widgets.RoleBody)
	panel := widgets.NewStatePanel(content)
	later := &clock{}
	panel.After = later.after
	show(t, fyne.NewSize(500, 400), panel)
	panel.ShowLoading("Reading entities…", func() {})
	if !slices.Contains(words(panel), "the list") || later.waits != 300*time.Millisecond {
		t.Errorf("at once shows %q, waits %v", words(panel), later.waits)
	}
	later.run()
	if got := words(panel); panel.State() != widgets.StateLoading || !slices.Contains(got, "Reading entities…") || !slices.Contains(got, "Cancel") {
		t.Errorf("after a moment shows %q", got)
	}
	panel.ShowContent()
	if !slices.Contains(words(panel), "the list") {
		t.Errorf("then shows %q", words(panel))
	}
}

func TestLoadingThatEndsSoonIsNeverSaid(t *testing.T) {
	panel := widgets.NewStatePanel(widgets.NewText("the list", widgets.RoleBody))
	later := &clock{}
	panel.After = later.after
	show(t, fyne.NewSize(500, 400), panel)
	panel.ShowLoading("Reading…", nil)
	panel.ShowContent()
	if !later.stopped {
		t.Error("the wait goes on")
	}
	later.run() // a timer that fired as it was stopped
	if panel.State() != widgets.StateContent || slices.Contains(words(panel), "Reading…") {
		t.Errorf("shows %q", words(panel))
	}
}

func TestEmptyAndFailedSayWhatToDo(t *testing.T) {
	panel := widgets.NewStatePanel(widgets.NewText("the list", widgets.RoleBody))
	show(t, fyne.NewSize(500, 400), panel)
	acted := ""
	panel.ShowEmpty("Nothing sent yet", "What you send is listed here.", "Compose", func() { acted = "compose" })
	tapButton(t, panel, "Compose")
	panel.ShowFailed("Could not be read", "Try again.", "context deadline exceeded", "Try again", func() { acted += " again" })
	tapButton(t, panel, "Try again")
	if got := words(panel); acted != "compose again" || slices.Contains(got, "the list") || !slices.Contains(got, "context deadline exceeded") {
		t.Errorf("did %q, shows %q", acted, got)
	}
}

func TestABannerStaysUntilItIsDismissedAndShowsDetailsOnDemand(t *testing.T) {
	dismissed, acted := false, false
	banner := widgets.NewBanner(widgets.BannerSpec{
		Tone: widgets.ToneDanger, Text: "The key was refused.", Details: "401 Access denied", Action: "Change it",
		OnAction: func() { acted = true }, OnDismiss: func() { dismissed = true },
	})
	show(t, fyne.NewSize(700, 200), banner)
	if slices.Contains(words(banner), "401 Access denied") {
		t.Error("details are shown at once")
	}
	tapButton(t, banner, "Details")
	if !slices.Contains(words(banner), "401 Access denied") {
		t.Errorf("shows %q", words(banner))
	}
	tapButton(t, banner, "Copy")
	tapButton(t, banner, "Change it")
	tapButton(t, banner, "")
	if !dismissed || !acted || !strings.Contains(fyne.CurrentApp().Clipboard().Content(), "401 Access denied") {
		t.Errorf("dismissed %v, acted %v, copied %q", dismissed, acted, fyne.CurrentApp().Clipboard().Content())
	}
}

func TestStepsKeepTheLinesThatStay(t *testing.T) {
	steps := widgets.NewSteps(widgets.Step{Tone: widgets.ToneInfo, Strong: "Sending"})
	show(t, fyne.NewSize(400, 200), steps)
	first := all[*widgets.Dot](steps)[0]
	steps.Set(widgets.Step{Tone: widgets.ToneSuccess, Strong: "Accepted", Detail: "201 Created"}, widgets.Step{Detail: "Expires"})
	if got := all[*widgets.Dot](steps); len(got) != 2 || got[0] != first || first.Tone() != widgets.ToneSuccess {
		t.Errorf("%d dots, the first is %v", len(got), first.Tone())
	}
	if got := words(steps); !slices.Contains(got, "201 Created") || !slices.Contains(got, "Expires") {
		t.Errorf("shows %q", got)
	}
	steps.Set()
	if len(steps.Steps()) != 0 || len(words(steps)) != 0 {
		t.Errorf("shows %q", words(steps))
	}
}

func TestTheBudgetWarnsBeforeItIsUsedUp(t *testing.T) {
	meter := widgets.NewBudgetMeter("Calls this minute")
	show(t, fyne.NewSize(400, 50), meter)
	for _, want := range []struct {
		used, limit int
		text        string
	}{{7, 100, "7 of 100"}, {100, 100, "100 of 100"}, {3, 0, "3"}} {
		meter.Set(want.used, want.limit)
		if meter.Text() != want.text {
			t.Errorf("says %q, want %q", meter.Text(), want.text)
		}
	}
	bar := widgets.NewMeter(100, 6)
	bar.Set(1.7, widgets.ToneInfo)
	if bar.Share() != 1 {
		t.Errorf("filled by %v", bar.Share())
	}
}

func TestABodyTallerThanTheWindowScrollsByKeyBelowAHeadThatStays(t *testing.T) {
	c, _ := show(t, fyne.NewSize(1024, 700), widgets.NewButton("Behind", nil))
	filter := widgets.NewEntry()
	lines := widgets.Column(4)
	for range 100 {
		lines.Add(widgets.NewText("A line", widgets.RoleBody))
	}
	last := widgets.NewText("The last line", widgets.RoleBody)
	lines.Add(last)
	widgets.ShowDialog(c, widgets.DialogSpec{Title: "Keys", Head: filter, Body: lines, Focus: filter})
	where := func(o fyne.CanvasObject) float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y }
	head := where(filter)
	if where(last) < 700 {
		t.Fatal("the body is not taller than the window")
	}
	for range 10 {
		press(c, fyne.KeyPageDown)
	}
	if y := where(last); y < 100 || y > 680 || where(filter) != head {
		t.Errorf("Page Down shows the last line at %v, the head at %v of %v", y, where(filter), head)
	}
	for range 10 {
		press(c, fyne.KeyPageUp, fyne.KeyUp)
	}
	if where(last) < 700 {
		t.Error("Page Up did not go back")
	}
}

func TestAnOpenMenuFollowsWhatThereIsAndSaysWhatIsMissing(t *testing.T) {
	var items []widgets.MenuItem
	name := func(names ...string) {
		items = nil
		for _, n := range names {
			items = append(items, widgets.MenuItem{Label: n})
		}
	}
	picker := widgets.NewPicker("Instance", func() []widgets.MenuItem { return items })
	c, _ := show(t, fyne.NewSize(800, 600), widgets.Row(0, picker))
	asked := 0
	ask := func() []widgets.MenuItem { asked++; return items }
	picker.Update(ask)
	if asked != 0 {
		t.Error("a closed menu asked for items")
	}
	name("Loading…", "Contoso 9")
	picker.Tapped(nil)
	press(c, fyne.KeyDown)
	name("Contoso 1", "Contoso 2", "Contoso 3", "Contoso 4", "Contoso 5", "Contoso 6", "Contoso 7", "Contoso 8", "Contoso 9", "Contoso 10")
	picker.Update(ask)
	shown := words(c.Overlays().Top())
	if !slices.Contains(shown, "Contoso 1") || slices.Contains(shown, "Loading…") {
		t.Errorf("it shows %q", shown)
	}
	chosen := ""
	for i := range items {
		items[i].OnChosen = func() { chosen = items[i].Label }
	}
	picker.Update(ask)
	press(c, fyne.KeyReturn)
	if chosen != "Contoso 9" {
		t.Errorf("the cursor went to %q", chosen)
	}
	picker.Tapped(nil)
	test.Type(c.Focused(), "nobody")
	if shown := words(c.Overlays().Top()); !slices.Contains(shown, "Nothing matches") {
		t.Errorf("it shows %q", shown)
	}
}

func TestTheBarThatScrollsADialogIsBesideItsFields(t *testing.T) {
	c, _ := show(t, fyne.NewSize(700, 400), widgets.NewText("", widgets.RoleBody))
	body := widgets.Column(8)
	for range 30 {
		body.Add(widgets.NewEntry())
	}
	widgets.ShowDialog(c, widgets.DialogSpec{Title: "Many", Confirm: "Agree", Body: body})
	scroll := all[*container.Scroll](c.Overlays().Top())[0]
	entry := body.Objects[0]
	driver := fyne.CurrentApp().Driver()
	left := driver.AbsolutePositionForObject(scroll).X + scroll.Size().Width - theme.Size(theme.SizeNameScrollBarSmall)
	if right := driver.AbsolutePositionForObject(entry).X + entry.Size().Width; right > left {
		t.Errorf("the fields end at %g, the bar begins at %g", right, left)
	}
}
