package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestWhatIsTypedDoesNotGoIntoAFormThatTookThePlaceOfAnother(t *testing.T) {
	c, view := showForm(t, purchase())
	view.FocusField("Subject")
	test.Type(c.Focused(), "of the first")
	other := purchase()
	view.SetForm(other)
	if c.Focused() != nil {
		test.Type(c.Focused(), "x")
	}
	if got := other.State("Subject"); got != forms.LeftOut {
		t.Errorf("the other form has %q", other.Text("Subject"))
	}
}

func TestACursorThatComesBackFromADialogDoesNotTypeIntoAnotherForm(t *testing.T) {
	c, view := showForm(t, purchase())
	view.FocusField("Subject")
	test.Type(c.Focused(), "of the first")
	dialog := widgets.ShowDialog(c, widgets.DialogSpec{Title: "A question"})
	other := purchase()
	view.SetForm(other)
	dialog.Close()
	if c.Focused() != nil {
		test.Type(c.Focused(), "x")
	}
	if got := other.State("Subject"); got != forms.LeftOut {
		t.Errorf("the other form has %q", other.Text("Subject"))
	}
}
