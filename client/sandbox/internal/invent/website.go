// What the invented people did on the website and elsewhere.

package invent

import (
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

func (m *maker) reviews() *world.Entity {
	e := &world.Entity{
		Source: "Website", Name: "webReviews", Kind: world.KindActivity, Semantic: "Feedback",
		Key: "ReviewId", Time: "ReviewDate", Refs: []world.Reference{toContact},
		Activity: &world.Activity{
			Type: "Feedback", Display: "WebsiteReview", Title: "Summary", URL: "ReviewUrl",
			Description: []string{"Rating", "ReviewText"}, Semantic: []string{"ReviewId", "Rating"},
		},
		Attributes: []world.Attribute{
			must(text("ReviewId")), must(text("ContactId")), must(of(world.DateTimeOffset, "ReviewDate")),
			must(of(world.Byte, "Rating")), text("Summary"), meaning(text("ReviewText"), "ReferenceDescription"),
			meaning(text("ReviewUrl"), "ReferenceURL"), of(world.Boolean, "Verified"), readOnly(text("ModeratedBy")),
		},
	}
	said := []struct {
		summary, words string
		rating         int
	}{
		{"Satisfied with my product", "Arrived early, tastes as described.", 5},
		{"Good, not great", "The grinder is louder than I thought.", 3},
		{"Never again", "Two of three cups were broken.\nNobody answered my mail.", 1},
		{"My favourite", "We drink it every morning – \"the best\", says my daughter.", 5},
		{"Fine", "", 4},
	}
	for _, p := range m.people {
		for _, at := range m.moments(m.random.IntN(3)) {
			review := pick(m, said)
			id := key("RVW_", len(e.Rows))
			e.Rows = append(e.Rows, world.Row{
				id, p.contact, world.FormatTime(at), whole(review.rating), review.summary, orNull(review.words),
				"https://www.contoso.example/reviews/" + id, m.random.IntN(3) > 0, "moderation@contoso.example",
			})
		}
	}
	return e
}

// feedback has a time without a time of day.
func (m *maker) feedback() *world.Entity {
	e := &world.Entity{
		Source: "Website", Name: "webFeedback", Kind: world.KindActivity, Semantic: "Feedback",
		Key: "FeedbackId", Time: "GivenOn", Refs: []world.Reference{toContact},
		Activity: &world.Activity{
			Type: "Feedback", Display: "Feedback", Title: "Topic", Description: []string{"Comment", "Score"},
		},
		Attributes: []world.Attribute{
			must(text("FeedbackId")), must(text("ContactId")), must(of(world.Date, "GivenOn")),
			text("Topic"), of(world.Double, "Score"), text("Comment"), of(world.TimeOfDay, "BestTimeToCall"),
		},
	}
	for i, p := range m.people {
		if i%4 != 0 {
			continue
		}
		e.Rows = append(e.Rows, world.Row{
			key("FB_", len(e.Rows)), p.contact, m.ago(60).Format(time.DateOnly),
			pick(m, []string{"Delivery", "Shop", "App"}), pick(m, []any{nil, whole(7), money(850)}),
			pick(m, []string{"Please open on Sundays.", "The app forgets me.", "Thank you!"}), "09:30:00",
		})
	}
	return e
}

// visits are set up, and not shown in the timeline.
func (m *maker) visits() *world.Entity {
	e := &world.Entity{
		Source: "Website", Name: "webVisits", Kind: world.KindActivity,
		Key: "VisitId", Time: "VisitedOn", Refs: []world.Reference{toContact},
		Activity: &world.Activity{Type: "Other", Display: "PageView", Title: "Page", URL: "Page", Hidden: true},
		Attributes: []world.Attribute{
			must(text("VisitId")), must(text("ContactId")), must(of(world.DateTimeOffset, "VisitedOn")),
			meaning(text("Page"), "ReferenceURL"), of(world.Int32, "DurationSeconds"),
		},
	}
	for i, p := range m.people {
		if i%3 != 0 {
			continue
		}
		for _, at := range m.moments(2) {
			e.Rows = append(e.Rows, world.Row{
				key("VIS_", len(e.Rows)), p.contact, world.FormatTime(at),
				"https://www.contoso.example/" + pick(m, []string{"beans", "cups", "help", "shops"}), whole(5 + m.random.IntN(400)),
			})
		}
	}
	return e
}

// kioskVisits are set up, but their relationship was deleted.
func (m *maker) kioskVisits() *world.Entity {
	return &world.Entity{
		Source: "Kiosk", Name: "kioskVisits", Kind: world.KindActivity, Key: "KioskVisitId", Time: "SeenOn",
		Activity: &world.Activity{Type: "Other", Display: "KioskVisit"},
		Attributes: []world.Attribute{
			must(text("KioskVisitId")), must(of(world.DateTimeOffset, "SeenOn")), text("Badge"),
		},
		Rows: []world.Row{{"KV_1000", world.FormatTime(m.ago(20)), "A-17"}},
	}
}

// stays have a date and a guest, but nobody set them up as activities.
func (m *maker) stays() *world.Entity {
	e := &world.Entity{
		Source: "Hotel", Name: "stays", Kind: world.KindUnspecified, Key: "StayId", Time: "ArrivedOn",
		Refs: []world.Reference{toContact},
		Attributes: []world.Attribute{
			must(text("StayId")), must(text("ContactId")), of(world.DateTimeOffset, "ArrivedOn"),
			of(world.Int16, "Nights"), text("Room"), of(world.Decimal, "Amount"),
		},
	}
	for i, p := range m.people {
		if i%5 != 0 {
			continue
		}
		e.Rows = append(e.Rows, world.Row{
			key("STAY_", len(e.Rows)), p.contact, world.FormatTime(m.ago(300)),
			whole(1 + m.random.IntN(6)), pick(m, []string{"12", "14b", "Roof"}), money(9000 + m.random.IntN(50000)),
		})
	}
	return e
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
