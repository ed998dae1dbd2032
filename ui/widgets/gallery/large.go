// This file shows a form of many fields: groups, one of them folded, what is
// counted, and the filters above.

package gallery

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// LargeForm makes a form whose fields stand in groups, some filled, one wrong.
func LargeForm() *forms.Form {
	entity := metadata.Entity{
		Name: "visits", DataSource: "Hotel", Type: metadata.EntityActivity,
		Keys: [][]string{{"VisitId"}}, TimestampAttribute: "ArrivedOn",
		Attributes: []metadata.Attribute{
			attribute("VisitId", metadata.KindText, "Edm.String"), attribute("ArrivedOn", metadata.KindDateTime, "Edm.DateTimeOffset"),
		},
	}
	for _, part := range []string{"Street", "City", "Zip", "Country"} {
		entity.Attributes = append(entity.Attributes, attribute("Address_"+part, metadata.KindText, "Edm.String"))
	}
	for i := range 70 {
		entity.Attributes = append(entity.Attributes, attribute(fmt.Sprintf("Question%02d", i+1), metadata.KindInteger, "Edm.Int32"))
	}
	form := forms.FromEntity(entity, forms.Options{Zone: zurich(), Now: func() time.Time {
		return time.Date(2026, 11, 23, 14, 5, 41, 0, time.UTC)
	}})
	for name, text := range map[string]string{
		"VisitId": "VISIT_1", "Address_City": "Zürich", "Question03": "4", "Question52": "five",
	} {
		form.SetText(name, text)
	}
	return form
}

// largePage stands beside a second form that a filter has narrowed.
func largePage() fyne.CanvasObject {
	whole, narrowed := widgets.NewFormView(), widgets.NewFormView()
	whole.SetForm(LargeForm())
	whole.ShowMissing(true)
	whole.SetFolded([]string{"Address"})
	narrowed.SetForm(LargeForm())
	narrowed.SetFilter("5", widgets.FilledFields)
	return widgets.Dock(nil, widgets.Sized(560, 0, finder(narrowed, 1)), nil, nil, finder(whole, 0))
}

// finder puts the filters above a form.
func finder(view *widgets.FormView, chosen int) fyne.CanvasObject {
	which := widgets.NewSegments("All", "Filled", "Required", "Problems")
	counts := view.Counts()
	for i, n := range []int{counts.All, counts.Filled, counts.Required, counts.Problems} {
		which.SetCount(i, n)
	}
	which.Select(chosen)
	return widgets.Dock(widgets.Pad(6, 16, 2, 14, widgets.Row(0, which)), nil, nil, nil, view)
}
