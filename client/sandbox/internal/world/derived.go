// What the product computes of customers and activities: measures, segments
// and the map from keys to customers. None of it is computed again when an
// activity is posted (contract, section 5).

package world

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// tally is what is counted for one customer.
type tally struct {
	count int
	last  time.Time
	spent *big.Float
}

// measure makes Customer_Measure, and the facts that segments ask for.
func (w *World) measure() (*Entity, []Facts) {
	tallies := w.tallyActivities()
	measures := &Entity{
		Name: CustomerMeasure, Kind: KindProfileKPI, Key: CustomerID,
		Refs: []Reference{{Attribute: CustomerID, ToEntity: Customer, ToAttribute: CustomerID}},
		Attributes: []Attribute{
			{Name: CustomerID, Type: String, ReadOnly: true},
			{Name: "ActivityCount", Type: Int64, ReadOnly: true},
			{Name: "LastActivity", Type: DateTimeOffset, ReadOnly: true},
			{Name: "TotalSpend", Type: Decimal, ReadOnly: true},
		},
	}
	customers := w.byName[Customer]
	facts := make([]Facts, 0, len(customers.Rows))
	for _, row := range customers.Rows {
		id := TextOf(row[0])
		fact := Facts{CustomerID: id, Value: func(name string) string { return customers.Text(row, name) }}
		var last any
		spent := json.Number("0")
		if t := tallies[id]; t != nil {
			fact.Activities, fact.Last = t.count, t.last
			fact.Spent, _ = t.spent.Float64()
			spent = json.Number(t.spent.Text('f', 2))
			if !t.last.IsZero() {
				last = FormatTime(t.last)
			}
		}
		facts = append(facts, fact)
		measures.Rows = append(measures.Rows, Row{id, json.Number(strconv.Itoa(fact.Activities)), last, spent})
	}
	return measures, facts
}

// tallyActivities counts activities, and adds up what they say was spent.
func (w *World) tallyActivities() map[string]*tally {
	tallies := map[string]*tally{}
	for _, e := range w.Entities {
		if e.Kind != KindActivity || e.Activity == nil {
			continue
		}
		amount := amountOf(e)
		for _, row := range e.Rows {
			id, err := w.CustomerOf(e, row)
			if err != nil {
				continue
			}
			t := tallies[id]
			if t == nil {
				t = &tally{spent: new(big.Float).SetPrec(128)}
				tallies[id] = t
			}
			t.count++
			if at, ok := ParseTime(e.Text(row, e.Time)); ok && at.After(t.last) {
				t.last = at
			}
			if value, ok := Number(e.Value(row, amount)); ok && amount != "" {
				t.spent.Add(t.spent, value)
			}
		}
	}
	return tallies
}

// amountOf is the attribute that says what an activity cost, if one does.
func amountOf(e *Entity) string {
	for _, a := range e.Attributes {
		name := strings.ToLower(a.Name)
		if a.Type.IsNumber() && (strings.Contains(name, "price") || strings.Contains(name, "amount") || name == "total") {
			return a.Name
		}
	}
	return ""
}

// segment makes an entity of each segment and remembers its members.
func (w *World) segment(segments []Segment, facts []Facts) []*Entity {
	entities := make([]*Entity, 0, len(segments))
	for _, s := range segments {
		e := &Entity{
			Name: s.Name, Kind: KindSegment, Key: CustomerID,
			Refs:       []Reference{{Attribute: CustomerID, ToEntity: Customer, ToAttribute: CustomerID}},
			Attributes: []Attribute{{Name: CustomerID, Type: String, ReadOnly: true}},
		}
		members := map[string]bool{}
		for _, fact := range facts {
			if s.Member(fact) {
				members[fact.CustomerID] = true
				e.Rows = append(e.Rows, Row{fact.CustomerID})
			}
		}
		w.segments[s.Name] = members
		entities = append(entities, e)
	}
	return entities
}

// conflationMap lists which source row belongs to which customer.
func (w *World) conflationMap() *Entity {
	e := &Entity{
		Name: "ConflationMap", Kind: KindConflationMap, Key: "ConflationId",
		Attributes: []Attribute{
			{Name: "ConflationId", Type: String, ReadOnly: true},
			{Name: CustomerID, Type: String, ReadOnly: true},
			{Name: "SourceEntity", Type: String, ReadOnly: true},
			{Name: "SourceKey", Type: String, ReadOnly: true},
		},
	}
	for _, row := range w.byName[Customer].Rows {
		id := TextOf(row[0])
		for _, key := range w.keys[id] {
			entity := key.Entity
			if key.Source != "" {
				entity = key.Source + "_" + key.Entity
			}
			e.Rows = append(e.Rows, Row{digest("conflation", entity, key.Value), id, entity, key.Value})
		}
	}
	return e
}
