package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func TestAMarkIsThereOnlyWithAColour(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	for colour, word := range map[string]string{
		"violet": "Violet", "#A0b1c2": "#A0b1c2", "": "", "danger": "", "#12345": "", "#gggggg": "", "#1234567": "",
	} {
		mark := widgets.NewMark(colour)
		if got := widgets.MarkWord(colour); got != word || mark.Visible() != (word != "") {
			t.Errorf("%q: %q, visible %v", colour, got, mark.Visible())
		}
	}
	mark := widgets.NewMark("teal")
	mark.Set("")
	if mark.Visible() {
		t.Error("it stays without a colour")
	}
}

func TestAMarkTakesRoomInAPickerOnlyWhereThereIsOne(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	picker := widgets.NewPicker("Connection", nil)
	picker.Set("Contoso", "", widgets.ToneNeutral)
	plain := picker.MinSize().Width
	picker.SetMark("brown")
	if marked := picker.MinSize().Width; marked <= plain {
		t.Errorf("it is %v wide with a mark, %v without", marked, plain)
	}
	picker.SetMark("")
	if again := picker.MinSize().Width; again != plain {
		t.Errorf("afterwards it is %v wide", again)
	}
}

func TestADialogThatScrollsFollowsTheCursor(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widgets.NewTheme(widgets.AppearanceLight))
	w := test.NewTempWindow(t, widgets.NewRoot(container.NewStack()))
	w.Resize(fyne.NewSize(500, 260))
	column := widgets.Column(40)
	var entries []*widgets.Entry
	for range 8 {
		entries = append(entries, widgets.NewEntry())
		column.Add(entries[len(entries)-1])
	}
	widgets.ShowDialog(w.Canvas(), widgets.DialogSpec{Title: "Long", Body: column, Confirm: "Keep"})
	for _, order := range []int{0, 7, 3, 0} {
		w.Canvas().Focus(entries[order])
		top := app.Driver().AbsolutePositionForObject(entries[order]).Y
		if top < 0 || top+entries[order].Size().Height > 260 {
			t.Errorf("entry %d lies at %v", order, top)
		}
	}
}
