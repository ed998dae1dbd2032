// This file shows the large widgets: form, table, JSON, list, states.

package gallery

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func formPage() fyne.CanvasObject {
	view := widgets.NewFormView()
	view.ActionsFor = customerAction
	view.Zones = []string{"Europe/Zurich", "America/New_York", "Asia/Kolkata"}
	form := Form()
	form.SetNull("ProductId")
	form.SetText("Gift", "true")
	form.SetText("Details", `{"size": "M"`)
	view.SetForm(form)
	view.SetNote("ContactId", "Anthony Koteles · customer ce759201…c369 · 12 activities", widgets.RoleCaption)
	view.ShowMissing(true)
	return view
}

func tablePage() fyne.CanvasObject {
	states := []widgets.TableCell{
		{Text: "accepted 201", Badge: true, Tone: widgets.ToneSuccess},
		{Text: "already there 409", Badge: true},
		{Text: "refused: no such customer", Badge: true, Tone: widgets.ToneDanger},
		{Text: "uncertain: looking", Badge: true, Tone: widgets.ToneWarning},
		{Text: "sending", Badge: true, Tone: widgets.ToneInfo},
	}
	return widgets.Pad(12, 12, 12, 12, widgets.NewCard(widgets.Pad(1, 1, 1, 1, widgets.NewDataTable(widgets.TableModel{
		Columns: []widgets.TableColumn{
			{ID: "row", Title: "Row", Align: fyne.TextAlignTrailing},
			{ID: "id", Title: "PurchaseId"},
			{ID: "contact", Title: "ContactId"},
			{ID: "on", Title: "PurchasedOn"},
			{ID: "price", Title: "TotalPrice", Align: fyne.TextAlignTrailing},
			{ID: "note", Title: "Subject"},
			{ID: "result", Title: "Result"},
		},
		Rows: func() int { return 12369 },
		Cell: func(row, column int) widgets.TableCell {
			switch column {
			case 0:
				return widgets.TableCell{Text: fmt.Sprint(row + 1)}
			case 1:
				return widgets.TableCell{Text: fmt.Sprintf("OPID_%d", 1000+row), Mono: true}
			case 2:
				return widgets.TableCell{Text: "98e79d76-a45a-4c1e-9f3b-2f0c7d1e8a55"}
			case 3:
				return widgets.TableCell{Text: "2019-01-20"}
			case 4:
				return widgets.TableCell{Text: fmt.Sprint(2516 - row)}
			case 5:
				if row%3 == 0 {
					return widgets.TableCell{Text: "null", Muted: true}
				}
				return widgets.TableCell{Text: "A subject that is a good deal longer than its column can ever be made by fitting\nand more"}
			}
			return states[row%len(states)]
		},
	}))))
}

func jsonPage() fyne.CanvasObject {
	view := widgets.NewJSONView(10)
	var text strings.Builder
	text.WriteString("{\n")
	for i := range 2000 {
		fmt.Fprintf(&text, "  \"Answer%04d\": \"a value that is long enough to need scrolling sideways in a narrow pane, number %d\",\n", i, i)
	}
	text.WriteString("  \"Count\": 2000, \"Open\": true, \"Next\": null\n}")
	view.SetText(text.String())
	return widgets.Pad(12, 12, 12, 12, view)
}

func listPage() fyne.CanvasObject {
	all := groups()
	for i := range 100 {
		all[0].Items = append(all[0].Items, widgets.NavItem{ID: fmt.Sprintf("more%d", i), Label: fmt.Sprintf("Survey_answers%03d", i)})
	}
	panel := widgets.NewNavPanel("Filter entities…")
	panel.SetGroups(all)
	panel.SetHint("Name, e-mail, customer ID or any source key · 3 found")
	panel.List.Select("1")
	return widgets.NewArea(widgets.ColorSidebar, widgets.Pad(10, 10, 10, 10, panel))
}

func states() fyne.CanvasObject {
	loading := widgets.NewStatePanel(widgets.NewText("", widgets.RoleBody))
	loading.After = func(_ time.Duration, f func()) func() {
		f()
		return func() {}
	}
	loading.ShowLoading("Reading entities of Contoso Coffee…", func() {})
	empty := widgets.NewStatePanel(widgets.NewText("", widgets.RoleBody))
	empty.ShowEmpty("Nothing sent yet", "What you send from here is listed here, with the service's answers. Choose an activity entity to begin.", "Compose an activity", func() {})
	failed := widgets.NewStatePanel(widgets.NewText("", widgets.RoleBody))
	failed.ShowFailed("The entities could not be read", "The service did not answer within 30 s. Check the connection, then try again.",
		"GET https://api.ci.ai.dynamics.com/v1/instances: context deadline exceeded", "Try again", func() {})
	return widgets.Pad(12, 12, 12, 12, container.NewGridWithColumns(3, widgets.NewCard(loading), widgets.NewCard(empty), widgets.NewCard(failed)))
}

func menuPage() fyne.CanvasObject {
	picker := widgets.NewPicker("Instance", func() []widgets.MenuItem {
		items := []widgets.MenuItem{
			{Label: "Contoso Coffee", Badge: "sandbox", Tone: widgets.ToneSuccess, Checked: true},
			{Label: "Contoso Trial", Badge: "trial", Tone: widgets.ToneInfo, Note: "expires in 5 days"},
			{Label: "Contoso production", Badge: "PRODUCTION", Tone: widgets.ToneDanger, Note: "read-only"},
			{Label: "Unnamed instance ce759201", Disabled: true, Note: "answers 500"},
		}
		for i := range 12 {
			items = append(items, widgets.MenuItem{Label: fmt.Sprintf("Contoso team %02d", i+1), Badge: "trial", Tone: widgets.ToneInfo})
		}
		return append(items, widgets.MenuItem{Label: "Refresh the list", Separate: true})
	})
	picker.Set("Contoso Coffee", "sandbox", widgets.ToneSuccess)
	return widgets.Pad(16, 16, 16, 16, widgets.Column(0, widgets.Row(0, picker), widgets.Spacer()))
}
