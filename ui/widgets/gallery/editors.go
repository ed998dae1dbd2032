// This file shows the editors of a form in every state that they have.

package gallery

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// editorsPage shows one field for each state and kind; the names say which.
func editorsPage() fyne.CanvasObject { return editorView(stateFields()) }

// longEditorsPage shows the editors of several lines.
func longEditorsPage() fyne.CanvasObject { return editorView(longFields()) }

func editorView(fields []sampleField) fyne.CanvasObject {
	view := widgets.NewFormView()
	view.Zones = []string{"Europe/Zurich", "America/New_York", "Asia/Kolkata"}
	view.OnLoadFile = func(*forms.Field) {}
	view.Sent = func(string) []string { return []string{"Purchased online", "Returned in store"} }
	view.SetForm(editorForm(fields))
	return view
}

// sampleField is a field with what is in it; fill nil: left out.
type sampleField struct {
	name     string
	of       metadata.DataType
	semantic string
	readOnly bool
	fill     func(f *forms.Form, name string)
}

func text(value string) func(*forms.Form, string) {
	return func(f *forms.Form, name string) { f.SetText(name, value) }
}

func kind(k metadata.Kind) metadata.DataType { return metadata.DataType{Kind: k, Bits: 64} }

func stateFields() []sampleField {
	return []sampleField{
		{name: "LeftOut", of: kind(metadata.KindText)},
		{name: "Null", of: kind(metadata.KindText), fill: (*forms.Form).SetNull},
		{name: "EmptyText", of: kind(metadata.KindText), fill: (*forms.Form).SetEmpty},
		{name: "Value", of: kind(metadata.KindText), fill: text("OnlinePurchase")},
		{name: "Problem", of: kind(metadata.KindInteger), fill: text("1.234")},
		{name: "TwoReadings", of: kind(metadata.KindDateTime), fill: text("03/04/2026 14:05")},
		{name: "Hint", of: kind(metadata.KindText), semantic: "ReferenceURL", fill: text("www.example.com/a")},
		{name: "ReadOnly", of: kind(metadata.KindDateTime), readOnly: true, fill: text("2026-11-23T13:05:00Z")},
		{name: "YesOrNo", of: kind(metadata.KindBoolean), fill: text("true")},
		{name: "Decimal", of: kind(metadata.KindDecimal), fill: text("12.50")},
		{name: "Date", of: kind(metadata.KindDate), fill: text("23 Nov 2026")},
		{name: "TimeOfDay", of: kind(metadata.KindTimeOfDay), fill: text("14h05")},
		{name: "DateTime", of: kind(metadata.KindDateTime), fill: text("2026-11-23 14:05")},
		{name: "Guid", of: kind(metadata.KindGUID)},
		{name: "Binary", of: kind(metadata.KindBinary), fill: text("SGVsbG8=")},
	}
}

func longFields() []sampleField {
	list := kind(metadata.KindText)
	list.Collection = true
	return []sampleField{
		{name: "SeveralLines", of: kind(metadata.KindText), fill: text("Bought in the shop at the station.\nWants the invoice by mail, to the address of the office, not to the one at home.\nCall back on Monday.")},
		{name: "JSON", of: kind(metadata.KindJSON), fill: text("{\n  \"size\": \"M\",\n  \"colours\": [\"red\"}\n}")},
		{name: "List", of: list, fill: text(`["red", "blue"]`)},
		{name: "Unknown", of: metadata.DataType{Name: "custom.money"}},
		{name: "TooLong", of: kind(metadata.KindText), fill: text(strings.Repeat("A long report from the service desk. ", 700))},
		{name: "Hexadecimal", of: kind(metadata.KindBinary), fill: text("48 65 6c 6c 6f")},
	}
}

func editorForm(fields []sampleField) *forms.Form {
	entity := metadata.Entity{Name: "editors", DataSource: "Gallery", Type: metadata.EntityActivity, TimestampAttribute: "none"}
	row := map[string]any{}
	for _, f := range fields {
		entity.Attributes = append(entity.Attributes, metadata.Attribute{
			Name: f.name, Type: f.of, SemanticType: f.semantic, ReadOnly: f.readOnly,
		})
		if f.of.Kind == metadata.KindText && !f.of.Collection {
			row[f.name] = "Purchased a product online"
		}
	}
	form := forms.FromEntity(entity, forms.Options{
		Zone: zurich(), SampleRows: []map[string]any{row, row, {"LeftOut": "Loyalty points"}},
		Now: func() time.Time { return time.Date(2026, 11, 23, 14, 5, 41, 0, time.UTC) },
	})
	for _, f := range fields {
		if f.fill != nil {
			f.fill(form, f.name)
		}
	}
	return form
}
