// This file shows the JSON editor in its states: well, with marks, too long to
// be typed into, and empty.

package gallery

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func jsonEditorPage() fyne.CanvasObject {
	form := Form()
	form.SetText("TotalPrice", "12,5O")
	marks := []widgets.LineMark{
		{Line: 4, Column: 18, Tone: widgets.ToneDanger, Text: "TotalPrice: Not a number: “12,5O” has the letter O. Write 12.50"},
		{Line: 5, Column: 14, Tone: widgets.ToneInfo, Text: "Subject: 12.50 is sent as \"12.50\""},
		{Line: 7, Column: 1, Tone: widgets.ToneWarning, Text: "ContactId: Required: it leads to the customer. Fill it in"},
	}
	marked := "{\n  \"PurchaseId\": \"OPID_20931\",\n  \"PurchasedOn\": \"2026-11-23T13:05:00Z\",\n  \"TotalPrice\": \"12,5O\",\n" +
		"  \"Subject\": 12.50,\n  \"ProductId\": \"a value that is longer than the editor is wide and scrolls sideways\"\n}"
	fault := []widgets.LineMark{{Line: 3, Column: 3, Tone: widgets.ToneDanger, Text: "a comma is missing before this"}}
	long := "{\n" + strings.Repeat("  \"Member\": \"some value that is there often\",\n", 400) + "  \"Last\": 1\n}"
	return widgets.Pad(12, 12, 12, 12, container.NewGridWithColumns(2,
		jsonEditing(form.EditText(), nil), jsonEditing(marked, marks),
		jsonEditing("{\n  \"PurchaseId\": \"OPID_20931\"\n  \"ContactId\": \"CNTID_1002\"\n}", fault), jsonEditing(long, nil),
		jsonEditing(forms.FromEntity(form.Entity(), forms.Options{}).EditText(), nil),
	))
}

// jsonEditing is an editor with its list of marks.
func jsonEditing(text string, marks []widgets.LineMark) fyne.CanvasObject {
	editor, list := widgets.NewJSONEditor(), widgets.NewMarkList()
	editor.SetText(text)
	editor.SetMarks(marks)
	list.SetMarks(marks)
	return widgets.Column(4, widgets.Grow(editor), list)
}
