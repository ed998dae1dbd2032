// Entities, their attributes and relationships out of JSON.

package metadata

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

type entityJSON struct {
	Name                text          `json:"name"`
	QualifiedEntityName text          `json:"qualifiedEntityName"`
	DataSourceName      text          `json:"dataSourceName"`
	DataSourceID        text          `json:"datasourceId"`
	DataflowType        text          `json:"dataflowType"`
	EntityType          text          `json:"entityType"`
	Attributes          attributes    `json:"attributes"`
	Keys                keys          `json:"keys"`
	Relationships       relationships `json:"relationships"`
	TimestampAttribute  named         `json:"timestampAttribute"`
	SemanticType        text          `json:"semanticType"`
	RefreshTime         moment        `json:"refreshTime"`
	Annotations         annotations   `json:"annotations"`
}

func (j entityJSON) entity() Entity {
	e := Entity{
		Name:               string(j.Name),
		QualifiedName:      string(j.QualifiedEntityName),
		DataSource:         string(j.DataSourceName),
		DataSourceID:       string(j.DataSourceID),
		DataflowType:       string(j.DataflowType),
		Type:               entityTypeNamed(string(j.EntityType)),
		RawType:            string(j.EntityType),
		Attributes:         j.Attributes.list,
		Keys:               j.Keys,
		Relationships:      j.Relationships,
		TimestampAttribute: string(j.TimestampAttribute),
		SemanticType:       string(j.SemanticType),
		RefreshedAt:        j.RefreshTime.Time,
		Annotations:        j.Annotations,
	}
	if e.Name == "" {
		e.Name = e.QualifiedName
	}
	markFromEntity(&e)
	e.Oddities = oddities(e, j.Attributes.repeated, j.Attributes.nameless)
	return e
}

// ParseEntities reads the answer of GET …/manage/entities (contract, section
// 4): the entity model, or a bare list. Entries without any name, and later
// ones of the same data name, are left out: no request could tell them apart.
// The first one of a name says so in its oddities.
func ParseEntities(data []byte) ([]Entity, error) {
	entries, err := list("entities", data, "entities", "tables", "value")
	if err != nil {
		return nil, err
	}
	entities, places, again := make([]Entity, 0, len(entries)), map[string]int{}, map[string]bool{}
	for _, entry := range entries {
		var j entityJSON
		if err := json.Unmarshal(entry, &j); err != nil {
			continue
		}
		e := j.entity()
		name := e.DataName()
		at, there := places[name]
		switch {
		case name == "":
		case !there:
			places[name] = len(entities)
			entities = append(entities, e)
		case !again[name]:
			again[name] = true
			entities[at].Oddities = append(entities[at].Oddities, "The service lists this entity more than once; this is the first of them")
		}
	}
	return entities, nil
}

// ParseEntity reads the answer of GET …/manage/entities/{entityName}.
func ParseEntity(data []byte) (Entity, error) {
	var j entityJSON
	if err := object("entity", data, &j); err != nil {
		return Entity{}, err
	}
	e := j.entity()
	if e.DataName() == "" {
		return Entity{}, fmt.Errorf("entity: without a name")
	}
	return e, nil
}

// ParseEntitySize reads the answer of GET …/entitysize.
func ParseEntitySize(data []byte) (EntitySize, error) {
	var j struct {
		QualifiedEntityName text  `json:"qualifiedEntityName"`
		Size                whole `json:"size"`
		RowCount            whole `json:"rowCount"`
	}
	if err := object("entity size", data, &j); err != nil {
		return EntitySize{}, err
	}
	return EntitySize{QualifiedName: string(j.QualifiedEntityName), Bytes: int64(j.Size), Rows: int64(j.RowCount)}, nil
}

// ParseRelationships reads the answer of GET …/manage/relationships.
func ParseRelationships(data []byte) ([]Relationship, error) {
	entries, err := list("relationships", data, "value", "relationships")
	if err != nil {
		return nil, err
	}
	return parseRelationships(entries), nil
}

// entityTypeNamed compares without case: the 2020 root writes UnifiedActivity.
func entityTypeNamed(name string) EntityType {
	for _, known := range []EntityType{
		EntityProfile, EntityConflationMap, EntityActivity, EntityAggregateKPI, EntityProfileKPI,
		EntityUnifiedActivity, EntitySegment, EntityIntelligence, EntityGenericPrediction,
		EntityEnrichment, EntityInsights, EntityDerived, EntityQuarantine,
	} {
		if strings.EqualFold(name, string(known)) {
			return known
		}
	}
	return EntityUnspecified
}

type attributeJSON struct {
	Name             text        `json:"name"`
	FriendlyName     text        `json:"friendlyName"`
	BaseName         text        `json:"baseName"`
	DataType         DataType    `json:"dataType"`
	SemanticType     text        `json:"semanticType"`
	SearchProperties search      `json:"searchProperties"`
	Annotations      annotations `json:"annotations"`
}

// search accepts the object of the contract; of anything else, nothing.
type search struct{ Searchable, Filterable, Facetable, Sortable bool }

func (s *search) UnmarshalJSON(data []byte) error {
	var j struct {
		IsSearchable flag `json:"isSearchable"`
		IsFilterable flag `json:"isFilterable"`
		IsFacetable  flag `json:"isFacetable"`
		IsSortable   flag `json:"isSortable"`
	}
	if isObject(data) {
		if err := json.Unmarshal(data, &j); err != nil {
			return err
		}
	}
	*s = search{bool(j.IsSearchable), bool(j.IsFilterable), bool(j.IsFacetable), bool(j.IsSortable)}
	return nil
}

// attributes leaves out entries that have no name and later ones of the same
// name, but for their marks: a JSON object could not hold both.
type attributes struct {
	list     []Attribute
	repeated []string // the names of those that came again, each once
	nameless int
}

func (all *attributes) UnmarshalJSON(data []byte) error {
	*all = attributes{}
	places, again := map[string]int{}, map[string]bool{}
	for _, entry := range elements(data) {
		var j attributeJSON
		if !isObject(entry) || json.Unmarshal(entry, &j) != nil || j.Name == "" {
			all.nameless++
			continue
		}
		a := j.attribute()
		at, there := places[a.Name]
		if !there {
			places[a.Name] = len(all.list)
			all.list = append(all.list, a)
			continue
		}
		first := &all.list[at]
		first.ReadOnly, first.Mandatory = first.ReadOnly || a.ReadOnly, first.Mandatory || a.Mandatory
		if !again[a.Name] {
			again[a.Name] = true
			all.repeated = append(all.repeated, a.Name)
		}
	}
	return nil
}

func (j attributeJSON) attribute() Attribute {
	a := Attribute{
		Name:         string(j.Name),
		FriendlyName: string(j.FriendlyName),
		BaseName:     string(j.BaseName),
		Type:         j.DataType,
		SemanticType: string(j.SemanticType),
		Searchable:   j.SearchProperties.Searchable,
		Filterable:   j.SearchProperties.Filterable,
		Facetable:    j.SearchProperties.Facetable,
		Sortable:     j.SearchProperties.Sortable,
		Annotations:  j.Annotations,
	}
	markFromAttribute(&a)
	return a
}

// named accepts an object with a name, or the name alone.
type named string

func (n *named) UnmarshalJSON(data []byte) error {
	var j struct {
		Name text `json:"name"`
	}
	if isObject(data) {
		if err := json.Unmarshal(data, &j); err != nil {
			return err
		}
	} else if err := j.Name.UnmarshalJSON(data); err != nil {
		return err
	}
	*n = named(j.Name)
	return nil
}

// keys accepts a list of keys, each a list of attributes or of their names; a
// flat list is one key.
type keys [][]string

func (list *keys) UnmarshalJSON(data []byte) error {
	*list = nil
	var flat []string
	for _, entry := range elements(data) {
		if parts := elements(entry); parts != nil {
			if key := names(parts); len(key) > 0 {
				*list = append(*list, key)
			}
			continue
		}
		flat = append(flat, names([]json.RawMessage{entry})...)
	}
	if len(flat) > 0 {
		*list = append(*list, flat)
	}
	return nil
}

func names(entries []json.RawMessage) []string {
	var all []string
	for _, entry := range entries {
		var n named
		if err := n.UnmarshalJSON(entry); err == nil && n != "" {
			all = append(all, string(n))
		}
	}
	return all
}

type relationships []Relationship

func (list *relationships) UnmarshalJSON(data []byte) error {
	*list = parseRelationships(elements(data))
	return nil
}

type relationshipJSON struct {
	Name              text  `json:"name"`
	FriendlyName      text  `json:"friendlyName"`
	FromEntityName    text  `json:"fromEntityName"`
	FromAttributeName text  `json:"fromAttributeName"`
	ToEntityName      text  `json:"toEntityName"`
	ToAttributeName   text  `json:"toAttributeName"`
	FromAttribute     named `json:"fromAttribute"`
	ToAttribute       named `json:"toAttribute"`
	DataSourceEntity  named `json:"dataSourceEntity"`
}

// parseRelationships understands both shapes of the contract: the list's, with
// names of entities and attributes, and the one inside an entity, with the
// attributes as objects.
func parseRelationships(entries []json.RawMessage) []Relationship {
	var all []Relationship
	for _, entry := range entries {
		var j relationshipJSON
		if !isObject(entry) || json.Unmarshal(entry, &j) != nil {
			continue
		}
		all = append(all, Relationship{
			Name:          string(j.Name),
			FriendlyName:  string(j.FriendlyName),
			FromEntity:    string(j.FromEntityName),
			FromAttribute: first(string(j.FromAttributeName), string(j.FromAttribute)),
			ToEntity:      first(string(j.ToEntityName), string(j.DataSourceEntity)),
			ToAttribute:   first(string(j.ToAttributeName), string(j.ToAttribute)),
		})
	}
	return all
}

func first(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}

func isObject(data []byte) bool {
	data = bytes.TrimSpace(data)
	return len(data) > 0 && data[0] == '{'
}
