// This file shows the small widgets in their states.

package gallery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

func customerAction(field *forms.Field) []widgets.FieldAction {
	if field.Name != "ContactId" {
		return nil
	}
	return []widgets.FieldAction{{Label: "Find customer", Run: func() {}}}
}

func controls() fyne.CanvasObject {
	left := widgets.Column(18, section("Buttons", buttons(false), buttons(true)), section("Badges", badges(), status()),
		section("Meters", meters()), section("Tabs", widgets.NewTabBar("Form", "JSON", "Fields", "Sample rows")))
	right := widgets.Column(18, section("Text input", entries()...), section("Banners", banners()...))
	return widgets.Pad(16, 16, 16, 16, widgets.Dock(nil, widgets.Sized(424, 0, widgets.Pad(0, 0, 0, 24, right)), nil, nil, left))
}

func buttons(disabled bool) fyne.CanvasObject {
	icon := widgets.NewIconButton(theme.ViewRefreshIcon(), "Refresh", nil)
	withIcon := widgets.NewButton("Copy", nil)
	withIcon.SetIcon(theme.ContentCopyIcon())
	all := []*widgets.Button{
		widgets.NewPrimaryButton("Send", nil), widgets.NewButton("Copy JSON", nil), withIcon,
		widgets.NewMenuButton("Presets", nil), widgets.NewDangerButton("Delete", nil), widgets.NewLinkButton("New ID", nil), icon,
	}
	row := widgets.Row(8)
	for _, b := range all {
		if disabled {
			b.Disable()
		}
		row.Add(b)
	}
	return row
}

// status is what can be pressed in a status line, and what cannot.
func status() fyne.CanvasObject {
	pressed, still := widgets.NewCaptionButton("ana@contoso.com · until 15:04", nil), widgets.NewCaptionButton("Sandbox", nil)
	pressed.SetMenu(true)
	still.Disable()
	return widgets.Row(12, widgets.NewDot(widgets.ToneSuccess), pressed, still)
}

func badges() fyne.CanvasObject {
	return widgets.Row(8,
		widgets.NewBadge("not sent from here", widgets.ToneNeutral), widgets.NewBadge("sent from here", widgets.ToneInfo),
		widgets.NewBadge("accepted 201", widgets.ToneSuccess), widgets.NewBadge("expires in 27 d", widgets.ToneWarning),
		widgets.NewBadge("PRODUCTION", widgets.ToneDanger))
}

func meters() fyne.CanvasObject {
	column := widgets.Column(8)
	for _, used := range []int{0, 7, 92, 100} {
		m := widgets.NewBudgetMeter("Calls this minute")
		m.Set(used, 100)
		column.Add(m)
	}
	wide := widgets.NewMeter(200, 10)
	wide.Set(0.31, widgets.ToneInfo)
	column.Add(wide)
	return column
}

func entries() []fyne.CanvasObject {
	empty := widgets.NewEntry()
	empty.SetPlaceHolder("Filter entities…")
	filled := widgets.NewEntry()
	filled.SetText("OPID_20931")
	wrong := widgets.NewEntry()
	wrong.SetText("12,5O")
	wrong.SetProblem(true)
	fixed := widgets.NewEntry()
	fixed.SetText("ce759201-f786-d590-bf21-34bff576c369")
	fixed.SetReadOnly(true)
	secret := widgets.NewPasswordEntry()
	secret.SetText("sandbox-key")
	lines := widgets.NewMultiLineEntry(3)
	lines.SetText("{\n  \"size\": \"M\"\n}")
	choice := widgets.NewChoice("true", "false")
	choice.Set("", "left out")
	return []fyne.CanvasObject{empty, filled, wrong, fixed, secret, choice, lines}
}

func banners() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		widgets.NewBanner(widgets.BannerSpec{Tone: widgets.ToneInfo, Text: "The sandbox answers on this computer."}),
		widgets.NewBanner(widgets.BannerSpec{Tone: widgets.ToneWarning, Text: "The token ends in 4 minutes.", Action: "Paste a new one", OnDismiss: func() {}}),
		widgets.NewBanner(widgets.BannerSpec{
			Tone: widgets.ToneDanger, Text: "The service refused the subscription key. Check it under the connection's settings.",
			Details: "401 Access denied due to invalid subscription key.", OnDismiss: func() {},
		}),
	}
}

func texts() fyne.CanvasObject {
	column := widgets.Column(8)
	for _, sample := range []struct {
		words string
		role  widgets.Role
	}{
		{"Title: eCommerce_eCommercePurchases", widgets.RoleTitle},
		{"Heading: Request", widgets.RoleHeading},
		{"Body: Accepted on the first try", widgets.RoleBody},
		{"Strong: Contoso Coffee", widgets.RoleStrong},
		{"Muted: Ctrl+Enter", widgets.RoleMuted},
		{"Caption: sent as 2026-11-23T13:05:00Z", widgets.RoleCaption},
		{"Small: Text · key", widgets.RoleSmall},
		{"Group: Made by the product", widgets.RoleGroup},
		{"Problem: Not a number. Write 12.50", widgets.RoleProblem},
		{"Warning: This is a production instance", widgets.RoleWarning},
		{"Success: Visible after 2.4 s", widgets.RoleSuccess},
		{"Link: Find customer", widgets.RoleLink},
		{`Code: {"PurchaseId": "OPID_20931"} ⟨not a number⟩`, widgets.RoleCode},
		{"H7K2-PQ9X", widgets.RoleLargeCode},
	} {
		column.Add(widgets.NewFixedValue(sample.words, sample.role))
	}
	column.Add(widgets.NewRule())
	column.Add(widgets.NewValue("A longer text goes on in further lines where it has too little room, breaks at words, and can be "+
		"selected and copied over all of its lines, as every text can that carries data: ce759201f786d590bf2134bff576c369.", widgets.RoleBody))
	column.Add(widgets.Row(0, widgets.Sized(220, 0, widgets.NewLineValue("A line that is too long for its room ends so", widgets.RoleBody))))
	return widgets.Pad(16, 16, 16, 16, column)
}
