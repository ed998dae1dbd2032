package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestAQuestionThatAnAnswerOpensStaysWhenTheAnsweredOneCloses(t *testing.T) {
	c, _ := show(t, fyne.NewSize(800, 600), widgets.NewButton("Behind", nil))
	name := widgets.NewEntry()
	var second *widgets.Dialog
	first := widgets.ShowDialog(c, widgets.DialogSpec{Title: "Send it again?", Confirm: "Send again", OnConfirm: func() bool {
		second = widgets.ShowDialog(c, widgets.DialogSpec{Title: "Unlock?", Body: name, Confirm: "Unlock"})
		return true
	}})
	press(c, fyne.KeyReturn)
	if first.Open() || !second.Open() || len(c.Overlays().List()) != 1 {
		t.Fatalf("the first is open: %v, the second: %v, %d cards lie over the window", first.Open(), second.Open(), len(c.Overlays().List()))
	}
	if c.Focused() != fyne.Focusable(name) {
		t.Errorf("the cursor is in %T, want the field of the second", c.Focused())
	}
	press(c, fyne.KeyEscape)
	if second.Open() || c.Overlays().Top() != nil {
		t.Error("Escape does not close the second")
	}
}

// A window gives the key first and its character after it.
func TestTheSpaceThatClosesADialogIsNotTypedIntoTheFieldBehindIt(t *testing.T) {
	behind := widgets.NewEntry()
	c, _ := show(t, fyne.NewSize(800, 600), behind)
	c.Focus(behind)
	space := func() {
		press(c, fyne.KeySpace)
		c.Focused().TypedRune(' ')
	}
	widgets.ShowDialog(c, widgets.DialogSpec{Title: "Delete?", Confirm: "Delete"})
	space()
	if c.Overlays().Top() != nil || behind.Text != "" {
		t.Fatalf("the field behind has %q", behind.Text)
	}
	space()
	test.Type(behind, "a b")
	if behind.Text != " a b" {
		t.Errorf("the next spaces give %q", behind.Text)
	}
}
