// The marks of connections, alone, in a picker and in a table.

package gallery

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func marksPage() fyne.CanvasObject {
	colours := widgets.MarkColours()
	row := widgets.Row(16)
	for _, c := range colours {
		row.Add(widgets.Row(6, widgets.NewMark(c.Name), widgets.NewText(c.Word, widgets.RoleBody)))
	}
	picker := widgets.NewPicker("Connection", nil)
	picker.Set("Contoso (EU)", "", widgets.ToneNeutral)
	picker.SetMark(colours[0].Name)
	table := widgets.NewDataTable(widgets.TableModel{
		Columns: []widgets.TableColumn{{ID: "name", Title: "Name", Width: 180}, {ID: "state", Width: 80}},
		Rows:    func() int { return 3 },
		Cell: func(row, column int) widgets.TableCell {
			switch {
			case column == 1 && row == 0:
				return widgets.TableCell{Text: "in use", Tone: widgets.ToneInfo, Badge: true}
			case column == 1:
				return widgets.TableCell{}
			case row == 2:
				return widgets.TableCell{Text: "without a mark"}
			}
			return widgets.TableCell{Text: "Contoso (EU) " + colours[row].Word, Mark: colours[row].Name}
		},
	})
	return widgets.Pad(16, 16, 16, 16, widgets.Column(14, row, widgets.Row(0, picker), widgets.Sized(0, 130, table)))
}
