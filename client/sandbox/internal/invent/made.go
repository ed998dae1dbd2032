// Entities that the product would make: one of each type that nothing else in
// the world has.

package invent

import (
	"encoding/json"
	"fmt"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

func (m *maker) made(w *world.World) []*world.Entity {
	customer, _ := w.Entity(world.Customer)
	ids := make([]string, 0, len(customer.Rows))
	for _, row := range customer.Rows {
		ids = append(ids, world.TextOf(row[0]))
	}
	return []*world.Entity{
		m.salesByMonth(),
		m.forEach(ids, "ProductRecommendation", world.KindIntelligence, text("ProductId"), func(int) any {
			return key("ProdID_", m.random.IntN(60))
		}),
		m.forEach(ids, "ChurnPrediction", world.KindGenericPrediction, of(world.Double, "ChurnScore"), func(int) any {
			return json.Number(fmt.Sprintf("0.%03d", m.random.IntN(1000)))
		}),
		m.forEach(ids, "BrandAffinity_Enrichment", world.KindEnrichment, text("Brand"), func(int) any {
			return pick(m, []string{"Fabrikam", "Northwind", "Tailspin"})
		}),
		m.forEach(ids, "LifetimeValueInsight", world.KindInsights, of(world.Decimal, "LifetimeValue"), func(int) any {
			return money(m.random.IntN(500000))
		}),
		m.forEach(ids, "CustomerRegion", world.KindDerived, text("Region"), func(int) any {
			return pick(m, []string{"North", "South", "East", "West"})
		}),
		{
			Source: "eCommerce", Name: "eCommerceContacts_corrupt", Kind: world.KindQuarantine,
			Attributes: []world.Attribute{text("ContactId"), text("DateOfBirth"), text("Reason")},
			Rows:       []world.Row{{"CNTID_0999", "31/31/1980", "DateOfBirth is no date"}},
		},
	}
}

// forEach is an entity with one value for each customer.
func (m *maker) forEach(ids []string, name string, kind world.Kind, a world.Attribute, value func(int) any) *world.Entity {
	e := &world.Entity{
		Name: name, Kind: kind, Key: world.CustomerID,
		Refs:       []world.Reference{{Attribute: world.CustomerID, ToEntity: world.Customer, ToAttribute: world.CustomerID}},
		Attributes: []world.Attribute{readOnly(text(world.CustomerID)), readOnly(a)},
	}
	for i, id := range ids {
		e.Rows = append(e.Rows, world.Row{id, value(i)})
	}
	return e
}

func (m *maker) salesByMonth() *world.Entity {
	e := &world.Entity{
		Name: "SalesByMonth", Kind: world.KindAggregateKPI, Key: "Month",
		Attributes: []world.Attribute{readOnly(text("Month")), readOnly(of(world.Decimal, "Sales"))},
	}
	for i := range 12 {
		e.Rows = append(e.Rows, world.Row{m.now.AddDate(0, -i, -m.now.Day()+1).Format("2006-01"), money(1_000_000 + m.random.IntN(2_000_000))})
	}
	return e
}
