// What the invented people bought, online and in the shops.

package invent

import (
	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

func (m *maker) onlinePurchases() *world.Entity {
	e := &world.Entity{
		Source: "eCommerce", Name: "eCommercePurchases", Kind: world.KindActivity, Semantic: "SalesOrder",
		Key: "PurchaseId", Time: "PurchasedOn", Refs: []world.Reference{toContact},
		Activity: &world.Activity{
			Type: "SalesOrder", Display: "OnlinePurchase", DisplayFrom: "ActivityTypeDisplay", Title: "Subject",
			Description: []string{"TotalPrice", "ProductId"}, Semantic: []string{"PurchaseId"},
		},
		Attributes: []world.Attribute{
			must(text("PurchaseId")), must(text("ContactId")), must(of(world.DateTimeOffset, "PurchasedOn")),
			of(world.Decimal, "TotalPrice"), meaning(text("ProductId"), "Product"),
			text("ActivityTypeDisplay"), text("Subject"),
		},
	}
	for i, p := range m.people {
		count := 3 + m.random.IntN(6)
		if i == busy {
			count = busyCount
		}
		for _, at := range m.moments(count) {
			e.Rows = append(e.Rows, world.Row{
				key("OPID_", len(e.Rows)), p.contact, world.FormatTime(at), money(450 + m.random.IntN(26000)),
				key("ProdID_", m.random.IntN(60)), "OnlinePurchase", "Bought online",
			})
		}
	}
	return e
}

func (m *maker) storePurchases() *world.Entity {
	e := &world.Entity{
		Source: "POS", Name: "posPurchases", Kind: world.KindActivity, Semantic: "SalesOrder",
		Key: "PurchaseId", Time: "PurchasedOn", Refs: []world.Reference{toLoyalty},
		Activity: &world.Activity{
			Type: "SalesOrder", Display: "POS Purchase", DisplayFrom: "ActivityTypeDisplay", Title: "Subject",
			Description: []string{"TotalPrice", "RewardPointsAdded"}, Semantic: []string{"PurchaseId"},
		},
		Attributes: []world.Attribute{
			must(text("PurchaseId")), must(text("LoyaltyId")), must(of(world.DateTimeOffset, "PurchasedOn")),
			of(world.Decimal, "TotalPrice"), meaning(text("ProductId"), "Product"), of(world.Int64, "RewardPointsAdded"),
			text("ActivityTypeDisplay"), text("Subject"),
		},
	}
	for _, p := range m.people {
		if p.loyalty == "" {
			continue
		}
		for _, at := range m.moments(2 + m.random.IntN(5)) {
			cents := 250 + m.random.IntN(3000)
			e.Rows = append(e.Rows, world.Row{
				key("PID_", len(e.Rows)), p.loyalty, world.FormatTime(at), money(cents),
				key("ProdID_", m.random.IntN(60)), whole(cents / 100), "POS Purchase", "Bought in a shop",
			})
		}
	}
	return e
}

func (m *maker) points() *world.Entity {
	e := &world.Entity{
		Source: "loyaltyScheme", Name: "loyPoints", Kind: world.KindActivity, Semantic: "Loyalty",
		Key: "PointId", Time: "EarnedOn", Refs: []world.Reference{toLoyalty},
		Activity: &world.Activity{
			Type: "Loyalty", Display: "PointsEarned", Title: "Reason",
			Description: []string{"Points", "Balance"}, Semantic: []string{"PointId", "Points"},
		},
		Attributes: []world.Attribute{
			must(of(world.GUID, "PointId")), must(text("LoyaltyId")), must(of(world.DateTimeOffset, "EarnedOn")),
			must(of(world.Int32, "Points")), text("Reason"), readOnly(of(world.Int64, "Balance")),
		},
	}
	for _, p := range m.people {
		if p.loyalty == "" || m.random.IntN(2) == 0 {
			continue
		}
		balance := 0
		for _, at := range m.moments(1 + m.random.IntN(3)) {
			earned := 5 * (1 + m.random.IntN(30))
			balance += earned
			e.Rows = append(e.Rows, world.Row{
				m.guid(), p.loyalty, world.FormatTime(at), whole(earned),
				pick(m, []string{"Birthday", "Tenth cup", "Friend invited", "Survey answered"}), whole(balance),
			})
		}
	}
	return e
}
