// This file puts the widgets together as the compose page of the sketch does,
// to see whether they fit each other.

package gallery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

func desk() fyne.CanvasObject {
	rail := widgets.NewRail([]widgets.RailItem{
		{ID: "compose", Label: "Compose", Icon: theme.DocumentCreateIcon()},
		{ID: "batch", Label: "Batch", Icon: theme.ListIcon()},
		{ID: "profiles", Label: "Profiles", Icon: theme.AccountIcon()},
		{ID: "history", Label: "History", Icon: theme.HistoryIcon()},
		{ID: "settings", Label: "Settings", Icon: theme.SettingsIcon()},
	})
	rail.Select("compose")
	top := widgets.Column(0, widgets.NewStripe(widgets.ToneSuccess), deskBar(), widgets.NewRule())
	left := widgets.Dock(nil, widgets.Dock(nil, widgets.NewRule(), nil, widgets.NewRule(), deskList()), nil, rail, nil)
	right := widgets.Dock(nil, nil, nil, widgets.NewRule(), deskAnswer())
	bottom := widgets.Column(0, widgets.NewRule(), deskStatus())
	return widgets.Dock(top, right, bottom, left, deskForm())
}

func deskBar() fyne.CanvasObject {
	connection := widgets.NewPicker("Connection", nil)
	connection.Set("Sandbox on this computer", "", widgets.ToneNeutral)
	instance := widgets.NewPicker("Instance", nil)
	instance.Set("Contoso Coffee", "sandbox", widgets.ToneSuccess)
	zone := widgets.NewPicker("Times:", nil)
	zone.Set("Europe/Zurich", "", widgets.ToneNeutral)
	bar := widgets.Row(10, connection, instance, widgets.Spacer(), zone)
	return widgets.NewArea(widgets.ColorPanel, widgets.Pad(7, 12, 7, 12, bar))
}

func groups() []widgets.NavGroup {
	return []widgets.NavGroup{
		{Title: "Activities", Items: []widgets.NavItem{
			{ID: "1", Label: "eCommerce_eCommercePurchases"},
			{ID: "2", Label: "POS_posPurchases"},
			{ID: "3", Label: "Website_webReviews"},
			{ID: "4", Label: "Hotel_stays", Note: "not set up", Disabled: true},
		}},
		{Title: "Profiles", Items: []widgets.NavItem{
			{ID: "5", Label: "Customer"},
			{ID: "6", Label: "eCommerce_eCommerceContacts"},
			{ID: "7", Label: "loyaltyScheme_loyCustomers"},
		}},
		{Title: "Made by the product", Items: []widgets.NavItem{
			{ID: "8", Label: "UnifiedActivity"},
			{ID: "9", Label: "Customer_Measure"},
			{ID: "10", Label: "Segments", Note: "3"},
		}},
	}
}

func deskList() fyne.CanvasObject {
	panel := widgets.NewNavPanel("Filter entities…")
	panel.SetGroups(groups())
	panel.List.Select("1")
	return widgets.NewArea(widgets.ColorSidebar, widgets.Sized(240, 0, widgets.Pad(10, 10, 10, 10, panel)))
}

func deskForm() fyne.CanvasObject {
	view := widgets.NewFormView()
	view.ActionsFor = customerAction
	view.SetForm(Form())
	view.SetNote("ContactId", "Anthony Koteles · customer ce759201…c369 · 12 activities", widgets.RoleCaption)
	find := widgets.NewEntry()
	find.SetPlaceHolder("Find a field…")
	head := widgets.Row(8, widgets.Grow(widgets.Column(3,
		widgets.NewLineValue("eCommerce_eCommercePurchases", widgets.RoleTitle),
		widgets.NewLineValue("7 fields · key PurchaseId · time PurchasedOn · customer by ContactId", widgets.RoleCaption),
	)), widgets.NewMenuButton("Presets", nil))
	tabs := widgets.Row(8, widgets.NewTabBar("Form", "JSON", "Fields", "Sample rows"), widgets.Spacer(), widgets.Sized(160, 0, find))
	top := widgets.Column(0, widgets.Pad(10, 16, 4, 16, head), widgets.Pad(0, 16, 0, 10, tabs), widgets.NewRule())
	send := widgets.NewPrimaryButton("Send activity to Contoso Coffee", nil)
	send.Disable()
	foot := widgets.Row(8, send, widgets.NewText("Ctrl+Enter", widgets.RoleMuted), widgets.Spacer(),
		widgets.NewText("1 field to mend", widgets.RoleProblem), widgets.NewButton("Save as preset", nil))
	bottom := widgets.Column(0, widgets.NewRule(), widgets.NewArea(widgets.ColorPanel, widgets.Pad(10, 16, 10, 16, foot)))
	return widgets.Dock(top, nil, bottom, nil, view)
}

func deskAnswer() fyne.CanvasObject {
	request := widgets.NewJSONView(8)
	request.SetLines(Form().Preview())
	answer := widgets.NewJSONView(6)
	answer.SetText("201 Created\n{\n  \"location\": \"…/UnifiedActivity('9f2c…')\",\n  \"statusCode\": 201\n}")
	steps := widgets.NewSteps(
		widgets.Step{Tone: widgets.ToneSuccess, Strong: "Accepted", Detail: "201 Created · 83 ms"},
		widgets.Step{Tone: widgets.ToneSuccess, Strong: "Visible on the timeline", Detail: "after 2.4 s"},
		widgets.Step{Tone: widgets.ToneSuccess, Strong: "Stored as sent", Detail: "3 same, 3 not returned"},
		widgets.Step{Tone: widgets.ToneNeutral, Detail: "Expires 2026-12-23 unless a refresh brings it"},
	)
	column := widgets.Column(10,
		widgets.Row(8, widgets.NewText("Request", widgets.RoleHeading), widgets.Grow(widgets.NewLineValue("POST …/eCommerce_eCommercePurchases", widgets.RoleCaption))),
		request,
		widgets.Row(8, widgets.NewButton("Copy JSON", nil), menuBold("Copy as cURL"), widgets.NewMenuButton("Kept 30 days", nil)),
		widgets.Row(8, widgets.NewText("Last send", widgets.RoleHeading), widgets.NewText("OPID_20930 · 14:02:11", widgets.RoleCaption)),
		steps, answer,
		widgets.Row(8, widgets.NewButton("Show on profile", nil), widgets.NewButton("Send again", nil)),
		widgets.NewWrappedText("Activities cannot be changed once sent. Segments, measures and exports do not see them.", widgets.RoleCaption),
	)
	return widgets.NewArea(widgets.ColorPanel, widgets.Sized(370, 0, widgets.Pad(10, 12, 10, 12, column)))
}

func menuBold(text string) fyne.CanvasObject { return widgets.NewMenuButton(text, nil) }

func deskStatus() fyne.CanvasObject {
	budget := widgets.NewBudgetMeter("Calls this minute")
	budget.Set(7, 100)
	line := widgets.Row(18,
		widgets.Row(6, widgets.NewDot(widgets.ToneSuccess), widgets.NewText("Sandbox running on 127.0.0.1", widgets.RoleCaption)),
		budget, widgets.NewText("Today: 12 accepted · 12 visible · 0 uncertain", widgets.RoleCaption),
		widgets.Spacer(), widgets.NewText("Credentials: OS keyring", widgets.RoleCaption))
	return widgets.NewArea(widgets.ColorPanel, widgets.Pad(4, 12, 4, 12, line))
}
