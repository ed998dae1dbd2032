// The Fields tab: what the metadata says of an entity's fields.

package ui

import (
	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// fieldsTab shows an entity's fields in the metadata's words.
type fieldsTab struct {
	table  *widgets.DataTable
	fields []*forms.Field
}

func newFieldsTab() *fieldsTab {
	t := &fieldsTab{}
	t.table = widgets.NewDataTable(t.model())
	return t
}

// Content is the tab's part of the page.
func (t *fieldsTab) Content() fyne.CanvasObject { return t.table }

// Show replaces the fields.
func (t *fieldsTab) Show(form *forms.Form) {
	t.fields = form.Fields()
	t.table.SetModel(t.model())
}

func (t *fieldsTab) model() widgets.TableModel {
	return widgets.TableModel{
		Columns: []widgets.TableColumn{
			{ID: "name", Title: "Name"},
			{ID: "type", Title: "Data type"},
			{ID: "semantic", Title: "Semantic type"},
			{ID: "key", Title: "Key"},
			{ID: "required", Title: "Required"},
			{ID: "readonly", Title: "Read-only"},
		},
		Rows: func() int { return len(t.fields) },
		Cell: t.cell,
	}
}

func (t *fieldsTab) cell(row, column int) widgets.TableCell {
	field := t.fields[row]
	switch column {
	case 0:
		return widgets.TableCell{Text: field.Name}
	case 1:
		return widgets.TableCell{Text: dataTypeWords(field)}
	case 2:
		return widgets.TableCell{Text: field.Semantic}
	case 3:
		return mark(field.Key)
	case 4:
		return widgets.TableCell{Text: requiredWords(field)}
	default:
		return mark(field.ReadOnly)
	}
}

// dataTypeWords is the type as the service writes it, else in the desk's words.
func dataTypeWords(field *forms.Field) string {
	if field.Type.Name == "" {
		return field.TypeLabel
	}
	return field.Type.Name
}

// requiredWords says why a field has to be filled; empty where it has not.
func requiredWords(field *forms.Field) string {
	switch {
	case !field.Required:
		return ""
	case field.Mandatory:
		return "yes"
	case field.Key:
		return "as the key"
	case field.Time:
		return "as the time"
	case field.CustomerRef:
		return "leads to the customer"
	default:
		return "yes"
	}
}

func mark(set bool) widgets.TableCell {
	if !set {
		return widgets.TableCell{}
	}
	return widgets.TableCell{Text: "yes"}
}
