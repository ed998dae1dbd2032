// Package metadata holds what the service says about instances and entities,
// as plain values. It uses the standard library only, so that forms can know
// an entity without knowing HTTP.
package metadata

import (
	"encoding/json"
	"time"
)

// Instance is one Customer Insights environment, as GET /instances lists it
// or GET /instances/{instanceId} describes it.
type Instance struct {
	ID           string    // uuid
	Name         string    // may be empty: the service can answer null
	Type         string    // as the service wrote it: trial, sandbox, production, in any case
	ExpiresAt    time.Time // zero: does not expire, or not known
	TenantID     string
	TenantName   string
	ScaleUnitURI string // 2020 root only; client obeys it under the contract's rule
	Region       string

	// Known only after GET /instances/{instanceId}.
	ProvisioningState string
	B2B               bool
	Version           int64
	CreatedAt         time.Time
	UpdatedAt         time.Time
}

// Environment says how careful one has to be with an instance.
type Environment int

// What an instance's type says. Everything that is not exactly sandbox,
// trial or production (compared without case) is EnvironmentUnknown.
const (
	EnvironmentUnknown Environment = iota
	EnvironmentSandbox
	EnvironmentTrial
	EnvironmentProduction
)

// EntityType is an entity's kind, in the spelling of the current root.
type EntityType string

// The entity types of the service (contract, section 4).
const (
	EntityUnspecified       EntityType = "unspecified"
	EntityProfile           EntityType = "profile"
	EntityConflationMap     EntityType = "conflationMap"
	EntityActivity          EntityType = "activity"
	EntityAggregateKPI      EntityType = "aggregateKpi"
	EntityProfileKPI        EntityType = "profileKpi"
	EntityUnifiedActivity   EntityType = "unifiedActivity"
	EntitySegment           EntityType = "segment"
	EntityIntelligence      EntityType = "intelligence"
	EntityGenericPrediction EntityType = "genericPrediction"
	EntityEnrichment        EntityType = "enrichment"
	EntityInsights          EntityType = "insights"
	EntityDerived           EntityType = "derivedEntity"
	EntityQuarantine        EntityType = "quarantine"
)

// Entity is the metadata of one entity (since 2023 the product says table).
type Entity struct {
	Name               string
	QualifiedName      string
	DataSource         string
	DataSourceID       string
	DataflowType       string
	Type               EntityType // EntityUnspecified where missing or unknown
	RawType            string     // as the service wrote it
	Attributes         []Attribute
	Keys               [][]string // names of attributes; each inner list is one key
	Relationships      []Relationship
	TimestampAttribute string // name; empty where the service gives none
	SemanticType       string
	RefreshedAt        time.Time
	Annotations        []Annotation
	// Oddities are sentences for people on what is odd about this metadata and
	// what was made of it, without a final stop.
	Oddities []string
}

// Attribute is one field of an entity.
type Attribute struct {
	Name         string
	FriendlyName string
	BaseName     string
	Type         DataType
	SemanticType string // a Common Data Model label such as IdentityServiceEmail
	Searchable   bool
	Filterable   bool
	Facetable    bool
	Sortable     bool
	ReadOnly     bool // marked on the attribute or on its entity
	Mandatory    bool
	Annotations  []Annotation
}

// Kind is what an attribute's values are, in the desk's terms.
type Kind int

// The kinds. KindUnknown is for every type that the desk does not know; its
// values are entered and sent as JSON.
const (
	KindUnknown Kind = iota
	KindText
	KindBoolean
	KindInteger
	KindDecimal // exact: Edm.Decimal
	KindDouble  // Edm.Single, Edm.Double
	KindDate
	KindTimeOfDay
	KindDateTime // with offset
	KindGUID
	KindBinary // base64
	KindJSON
)

// DataType is an attribute's type in all the readings of the contract: the
// text form of 2020 and the object form of the current root.
type DataType struct {
	Kind       Kind
	Name       string // for people and the Fields tab, e.g. Edm.DateTimeOffset, or what the service wrote
	Bits       int    // KindInteger: 8, 16, 32 or 64, for the range
	Unsigned   bool   // Edm.Byte
	Collection bool
}

// Relationship leads from an attribute of one entity to an attribute of
// another; for an activity entity, to the customer.
type Relationship struct {
	Name          string
	FriendlyName  string
	FromEntity    string
	FromAttribute string
	ToEntity      string
	ToAttribute   string
}

// Annotation is a name with a value, as the service attaches it.
type Annotation struct {
	Name  string
	Value string
}

// EntitySize is how much an entity holds.
type EntitySize struct {
	QualifiedName string
	Bytes         int64
	Rows          int64
}

// Role is the caller's assignment in an instance.
type Role struct {
	PrincipalID   string
	PrincipalType string // user, group, app
	Roles         []string
	InstanceID    string
}

// KeyRing is the unified customer behind a source's key.
type KeyRing struct {
	InstanceID string
	CustomerID string
	Keys       json.RawMessage // shape not published
}
