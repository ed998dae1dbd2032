// This file shows a timeline with the counts above it, checks, and a date.

package gallery

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

// timelinePage has an open entry, one whose words are too long, and the tail.
func timelinePage() fyne.CanvasObject {
	here := widgets.TimelineBadge{Text: "sent from here", Tone: widgets.ToneInfo}
	expires := func(words string) widgets.TimelineBadge {
		return widgets.TimelineBadge{Text: words, Tone: widgets.ToneWarning}
	}
	elsewhere := widgets.TimelineBadge{Text: "not sent from here"}
	entries := map[int]widgets.TimelineEntry{
		1: {
			Type: "OnlinePurchase", Title: "OnlinePurchase", When: "2026-11-23 14:05:00 · 40 s ago", Detail: "TotalPrice 12.50 · ProdID_1032",
			Badges: []widgets.TimelineBadge{here, expires("expires in 30 d"), {Text: "new", Tone: widgets.ToneSuccess}},
		},
		2: {
			Type: "WebsiteReview", Title: "A review whose title goes on for longer than there is room for it in a row", When: "2026-11-21 09:12:44 · 2 d ago",
			Detail: "Satisfied with my product, with its box, with the paper in the box, and with all that came to pass between the order and the evening on which it was unpacked", Badges: []widgets.TimelineBadge{here, expires("expires in 27 d")},
		},
		4: {Type: "POS Purchase", Title: "POS Purchase", When: "2026-10-30 08:00:00", Badges: []widgets.TimelineBadge{elsewhere}},
	}
	words := map[int]string{0: "NOV 2026 (2)", 3: "OCT 2026 (1)", 5: "Load older activities"}
	list := widgets.NewTimeline(widgets.TimelineModel{
		Lines: func() int { return 6 },
		Kind: func(line int) widgets.TimelineKind {
			switch line {
			case 0, 3:
				return widgets.TimelineHeading
			case 5:
				return widgets.TimelineTail
			}
			return widgets.TimelineEntryLine
		},
		Words: func(line int) string { return words[line] },
		Entry: func(line int) widgets.TimelineEntry { return entries[line] },
		ID:    strconv.Itoa,
	})
	list.Reload()
	list.SetOpen("2")
	tally := widgets.NewTally()
	tally.SetItems([]widgets.TallyItem{
		{Name: "OnlinePurchase", Count: 8, On: true},
		{Name: "POS Purchase", Count: 3},
		{Name: "A type with a name that is long", Count: 1},
		{Name: "Survey", Count: 1},
		{Name: "Feedback", Count: 1},
		{Name: "PointsEarned", Count: 1},
	})
	watch := widgets.NewMenuButton("Watching every 5 s", nil)
	watch.SetDot(widgets.ToneSuccess)
	date := widgets.NewDateBox("2026-11-23, yesterday…")
	chosen := widgets.NewCheck("Name", "Anthony Koteles", nil)
	chosen.Set(true)
	below := widgets.Pad(12, 16, 12, 16, widgets.Row(16, widgets.Sized(240, 0, date), chosen, widgets.NewCheck("E-mail", "anthony_koteles@…", nil)))
	return widgets.Dock(
		widgets.Pad(12, 16, 8, 16, widgets.Row(12, widgets.Grow(tally), watch)), nil,
		below, nil, widgets.Pad(0, 8, 0, 8, list))
}
