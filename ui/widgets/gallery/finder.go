// This file shows the finder, the box that opens it, and the lines between
// columns.

package gallery

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// finderPage has the boxes in their widths, and a line; the finder is opened
// over it.
func finderPage() fyne.CanvasObject {
	narrow := widgets.NewGoBox("Go to anything…", "Ctrl+K", func() {})
	whole := widgets.NewGoBox("Go to anything…", "Ctrl+K", func() {})
	bar := widgets.Row(10, narrow, widgets.Sized(100, 0, widgets.NewGoBox("Go to anything…", "Ctrl+K", func() {})),
		widgets.Sized(230, 0, whole), widgets.Spacer())
	columns := widgets.Dock(nil, nil, nil, widgets.Pad(0, 40, 0, 40, widgets.NewSplitter()),
		widgets.NewWrappedText("The line at the left can be moved.", widgets.RoleMuted))
	return widgets.Dock(widgets.Pad(7, 12, 7, 12, bar), nil, nil, nil, columns)
}

// FinderRows are rows of all kinds.
func FinderRows() []widgets.FinderRow {
	rows := []widgets.FinderRow{
		{Kind: "Entity", Label: "eCommerce_eCommercePurchases", Marks: []int{19, 20, 21, 22, 23}, Note: "Activities"},
		{Kind: "Field", Label: "PurchasedOn", Marks: []int{0, 1, 2, 3, 4}, Note: "eCommerce_eCommercePurchases"},
		{Kind: "Action", Label: "Send", Key: "Ctrl+Enter", Note: "Only a page with a form sends", Muted: true},
		{Kind: "Page", Label: "Settings", Key: "Ctrl+5  or  Ctrl+,"},
		{Kind: "Sent", Label: "OPID_20931", Note: "eCommerce_eCommercePurchases · visible · 14:02:11"},
		{Kind: "Instance", Label: "Contoso production", Note: "production"},
		{
			Kind: "Entity", Note: "Activities · a note that is longer than the place that it has beside a long name",
			Label: "Survey_anEntityWhoseNameIsSoLongThatNoWindowHasRoomForTheWholeOfItWithoutShorteningIt", Marks: []int{0, 1, 2, 9, 10},
		},
		{Kind: "Customer", Label: "Find customer “purch”", Note: "Profiles"},
	}
	for i := range 40 {
		rows = append(rows, widgets.FinderRow{Kind: "Entity", Label: fmt.Sprintf("Survey_answers%02d", i), Note: "Activities"})
	}
	return rows
}
