// Package world holds what a sandbox instance knows before anybody posts to
// it: entities with their attributes and rows, the unified customers behind
// the sources' keys, and the entities that the product makes of them.
// A World is not changed once it was assembled, so that instances may share it.
package world

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Kind is an entity's type in the spelling of the current root (contract,
// section 4).
type Kind string

// The kinds that the sandbox has an entity of.
const (
	KindUnspecified       Kind = "unspecified"
	KindProfile           Kind = "profile"
	KindConflationMap     Kind = "conflationMap"
	KindActivity          Kind = "activity"
	KindAggregateKPI      Kind = "aggregateKpi"
	KindProfileKPI        Kind = "profileKpi"
	KindUnifiedActivity   Kind = "unifiedActivity"
	KindSegment           Kind = "segment"
	KindIntelligence      Kind = "intelligence"
	KindGenericPrediction Kind = "genericPrediction"
	KindEnrichment        Kind = "enrichment"
	KindInsights          Kind = "insights"
	KindDerived           Kind = "derivedEntity"
	KindQuarantine        Kind = "quarantine"
)

// Names of the entities that the product makes itself.
const (
	Customer        = "Customer"
	UnifiedActivity = "UnifiedActivity"
	CustomerMeasure = "Customer_Measure"
	CustomerID      = "CustomerId"
)

// Attribute is one field of an entity.
type Attribute struct {
	Name       string
	Friendly   string // empty: the same as Name
	Type       EDM
	Semantic   string // Common Data Model label, or empty
	Mandatory  bool
	ReadOnly   bool
	Searchable bool
}

// Reference says which attribute of an entity leads to which key.
type Reference struct {
	Attribute   string
	ToEntity    string // data name
	ToAttribute string
}

// Activity is how an entity was set up on the product's Activities screen:
// which of its fields a row of UnifiedActivity gets to see. Every name is an
// attribute's; an empty one maps nothing.
type Activity struct {
	Type        string   // ActivityType, for example SalesOrder
	Display     string   // ActivityTypeDisplay where DisplayFrom gives nothing
	DisplayFrom string   // attribute
	Title       string   // attribute; Display is the title without it
	Description []string // attributes, put together as "Name value · value"
	URL         string   // attribute
	Semantic    []string // attributes that SemanticData carries
	Hidden      bool     // not shown in the timeline, therefore not returned
}

// Row is one row's values, in the order of its entity's attributes. A value is
// nil, a string, a json.Number, a bool, or a json.RawMessage for JSON.
type Row []any

// Entity is a table of an instance.
type Entity struct {
	Source     string // data source; empty for what the product makes itself
	Name       string
	Kind       Kind
	Semantic   string
	Attributes []Attribute
	Key        string // attribute; empty: none
	Time       string // timestamp attribute; empty: none
	Refs       []Reference
	Activity   *Activity // nil: not set up to receive activities
	Rows       []Row

	positions map[string]int
	keys      map[string]int
}

// DataName is the name in data requests: DataSource_Entity, or the plain name.
func (e *Entity) DataName() string {
	if e.Source == "" {
		return e.Name
	}
	return e.Source + "_" + e.Name
}

// SourceID is the uuid of the entity's data source, empty without one.
func (e *Entity) SourceID() string {
	if e.Source == "" {
		return ""
	}
	return uuidOf("data source " + e.Source)
}

// QualifiedByID is the qualified name in the reading that carries the data
// source's id in place of its name.
func (e *Entity) QualifiedByID() string {
	if e.Source == "" {
		return e.Name
	}
	return e.SourceID() + "_" + e.Name
}

// Position is where an attribute's value stands in a row; -1: no such attribute.
func (e *Entity) Position(name string) int {
	if at, ok := e.positions[name]; ok {
		return at
	}
	return -1
}

// Attribute returns the attribute of this name.
func (e *Entity) Attribute(name string) (Attribute, bool) {
	at := e.Position(name)
	if at < 0 {
		return Attribute{}, false
	}
	return e.Attributes[at], true
}

// Value is a row's value of an attribute, nil where there is none.
func (e *Entity) Value(row Row, name string) any {
	at := e.Position(name)
	if at < 0 || at >= len(row) {
		return nil
	}
	return row[at]
}

// Text is a value as text: "" for null, digits for a number.
func (e *Entity) Text(row Row, name string) string { return TextOf(e.Value(row, name)) }

// HasKey says whether one of the rows that the world began with bears this key.
func (e *Entity) HasKey(key string) bool {
	_, ok := e.keys[key]
	return ok
}

// RowByKey returns the row that the world began with and that bears this key.
func (e *Entity) RowByKey(key string) (Row, bool) {
	at, ok := e.keys[key]
	if !ok {
		return nil, false
	}
	return e.Rows[at], true
}

// seal builds the indexes; after it the entity is not changed. Rows with a key
// that an earlier row has are dropped; their number is returned.
func (e *Entity) seal() (dropped int, err error) {
	e.positions = make(map[string]int, len(e.Attributes))
	for i, a := range e.Attributes {
		if _, twice := e.positions[a.Name]; twice {
			return 0, fmt.Errorf("entity %s has two attributes named %q", e.DataName(), a.Name)
		}
		e.positions[a.Name] = i
	}
	for _, name := range []string{e.Key, e.Time} {
		if name != "" && e.Position(name) < 0 {
			return 0, fmt.Errorf("entity %s has no attribute %q", e.DataName(), name)
		}
	}
	if e.Key == "" {
		return 0, nil
	}
	e.keys = make(map[string]int, len(e.Rows))
	at := e.Position(e.Key)
	kept := make([]Row, 0, len(e.Rows))
	for _, row := range e.Rows {
		key := TextOf(row[at])
		if _, twice := e.keys[key]; twice || key == "" {
			dropped++
			continue
		}
		e.keys[key] = len(kept)
		kept = append(kept, row)
	}
	e.Rows = kept
	return dropped, nil
}

// digest is a stable 32-digit hexadecimal id, as the service gives customers.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// uuidOf is a stable uuid (version 4 in form) for a name.
func uuidOf(name string) string {
	h := digest(name)
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-8" + h[17:20] + "-" + h[20:]
}
