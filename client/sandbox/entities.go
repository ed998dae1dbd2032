// What entities look like, in each style.

package sandbox

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

type entityModel struct {
	InstanceID   string       `json:"instanceId"`
	DataflowID   *string      `json:"dataflowId"`
	DatasourceID *string      `json:"datasourceId"`
	DataflowType *string      `json:"dataflowType"`
	Entities     []entityJSON `json:"entities"`
}

type entityJSON struct {
	Name          string             `json:"name"`
	QualifiedName string             `json:"qualifiedEntityName"`
	DataSource    *string            `json:"dataSourceName"`
	DataflowType  string             `json:"dataflowType,omitempty"`
	DatasourceID  *string            `json:"datasourceId"`
	EntityType    string             `json:"entityType,omitempty"`
	Attributes    []attributeJSON    `json:"attributes"`
	Keys          [][]attributeJSON  `json:"keys"`
	Relationships []relationshipJSON `json:"relationships"`
	Timestamp     *attributeJSON     `json:"timestampAttribute"`
	SemanticType  *string            `json:"semanticType"`
	RefreshTime   string             `json:"refreshTime,omitempty"`
	Annotations   []annotationJSON   `json:"annotations"`
}

type attributeJSON struct {
	Name         string           `json:"name"`
	FriendlyName *string          `json:"friendlyName"`
	BaseName     *string          `json:"baseName"`
	DataType     any              `json:"dataType"`
	SemanticType *string          `json:"semanticType"`
	Search       *searchJSON      `json:"searchProperties"`
	Annotations  []annotationJSON `json:"annotations"`
}

type searchJSON struct {
	Searchable bool `json:"isSearchable"`
	Filterable bool `json:"isFilterable"`
	Facetable  bool `json:"isFacetable"`
	Sortable   bool `json:"isSortable"`
}

type annotationJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// relationshipJSON is a relationship as an entity carries it. The attributes
// are objects, in the awkward style their names.
type relationshipJSON struct {
	Name          string      `json:"name"`
	FriendlyName  *string     `json:"friendlyName,omitempty"`
	FromAttribute any         `json:"fromAttribute"`
	ToAttribute   any         `json:"toAttribute"`
	Type          string      `json:"relationshipType"`
	Entity        *entityJSON `json:"dataSourceEntity,omitempty"`
}

type relationshipInfo struct {
	Name          string  `json:"name"`
	FriendlyName  *string `json:"friendlyName"`
	FromEntity    string  `json:"fromEntityName"`
	FromAttribute string  `json:"fromAttributeName"`
	ToEntity      string  `json:"toEntityName"`
	ToAttribute   string  `json:"toAttributeName"`
}

func (c *call) listEntities() error {
	marks, err := c.flag("attributesAnnotations")
	if err != nil {
		return err
	}
	quarantined, err := c.flag("includeQuarantined")
	if err != nil {
		return err
	}
	model := entityModel{InstanceID: c.in.about.ID, Entities: []entityJSON{}}
	for _, e := range c.in.store.world.Entities {
		if c.sees(e) && (e.Kind != world.KindQuarantine || quarantined) {
			model.Entities = append(model.Entities, c.entity(e, marks))
		}
	}
	c.out.json(http.StatusOK, encode(model))
	return nil
}

func (c *call) describeEntity() error {
	// This operation has no 400: what is neither yes nor no is no.
	marks, _ := c.flag("attributesAnnotations")
	e, err := c.findEntity()
	if err != nil {
		return err
	}
	c.out.json(http.StatusOK, encode(c.entity(e, marks)))
	return nil
}

func (c *call) sizeOfEntity() error {
	e, err := c.findEntity()
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	rows, size := 0, 0
	for row := range c.rows(e) {
		buf.Reset()
		writeRow(&buf, e, row, nil)
		rows++
		size += buf.Len() + len("}")
	}
	c.out.json(http.StatusOK, encode(map[string]any{
		"qualifiedEntityName": c.qualified(e), "size": size, "rowCount": rows,
	}))
	return nil
}

func (c *call) listRelationships() error {
	list := []relationshipInfo{}
	for _, e := range c.in.store.world.Entities {
		if !c.sees(e) {
			continue
		}
		for _, ref := range e.Refs {
			info := relationshipInfo{
				Name:       relationshipName(e, ref),
				FromEntity: c.qualified(e), FromAttribute: ref.Attribute,
				ToEntity: ref.ToEntity, ToAttribute: ref.ToAttribute,
			}
			if to, ok := c.in.store.world.Entity(ref.ToEntity); ok {
				info.ToEntity = c.qualified(to)
			}
			if c.style != StyleAwkward {
				info.FriendlyName = &info.Name
			}
			list = append(list, info)
		}
	}
	c.out.json(http.StatusOK, encode(list))
	return nil
}

// findEntity is the entity that the path names.
func (c *call) findEntity() (*world.Entity, error) {
	name := c.params["entityName"]
	if e, ok := c.in.store.world.Entity(name); ok {
		if !c.sees(e) {
			return nil, roleRefused("The role %s does not show %s.", c.options.Role, e.DataName())
		}
		return e, nil
	}
	return nil, notFound("entityMetaDataNotFound", "entityName", "There is no entity %q.", name)
}

// flag reads a yes/no parameter of the query, in any case as some clients
// write it.
func (c *call) flag(name string) (bool, error) {
	values, err := c.values()
	if err != nil {
		return false, err
	}
	switch text := values.Get(name); strings.ToLower(text) {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	default:
		return false, badRequest("malformedInputParameters", name, "%s takes true or false, not %q.", name, text)
	}
}

// qualified is an entity's qualified name: with its data source's id in the
// awkward style.
func (c *call) qualified(e *world.Entity) string {
	if c.style == StyleAwkward {
		return e.QualifiedByID()
	}
	return e.DataName()
}

func relationshipName(e *world.Entity, ref world.Reference) string {
	return e.DataName() + "_" + ref.Attribute + "_to_" + ref.ToEntity
}

func (c *call) entity(e *world.Entity, marks bool) entityJSON {
	out := entityJSON{
		Name: e.Name, QualifiedName: c.qualified(e), DataflowType: dataflowType(e),
		EntityType: c.style.kind(string(e.Kind)), SemanticType: orNull(e.Semantic),
		RefreshTime: world.FormatTime(c.in.about.Created), Keys: [][]attributeJSON{},
		DataSource: orNull(e.Source), DatasourceID: orNull(e.SourceID()),
		Attributes: make([]attributeJSON, 0, len(e.Attributes)),
	}
	for _, a := range e.Attributes {
		out.Attributes = append(out.Attributes, c.attribute(a, marks))
		if marks && c.style == StyleAwkward {
			out.Annotations = append(out.Annotations, marksOn(a, a.Name)...)
		}
	}
	if key, ok := e.Attribute(e.Key); ok {
		out.Keys = append(out.Keys, []attributeJSON{c.attribute(key, false)})
	}
	// The awkward style leaves the time to be found by name.
	if at, ok := e.Attribute(e.Time); ok && c.style != StyleAwkward {
		stamp := c.attribute(at, false)
		out.Timestamp = &stamp
	}
	for _, ref := range e.Refs {
		out.Relationships = append(out.Relationships, c.relationship(e, ref))
	}
	return out
}

func (c *call) attribute(a world.Attribute, marks bool) attributeJSON {
	out := attributeJSON{Name: a.Name, DataType: c.style.dataType(a.Type), SemanticType: orNull(a.Semantic)}
	if c.style == StyleAwkward {
		return out // no friendly name, no search properties, marks on the entity
	}
	friendly := a.Friendly
	if friendly == "" {
		friendly = a.Name
	}
	out.FriendlyName, out.BaseName = &friendly, &a.Name
	out.Search = &searchJSON{Searchable: a.Searchable, Filterable: true, Sortable: true}
	if marks {
		out.Annotations = marksOn(a, "true")
	}
	return out
}

func marksOn(a world.Attribute, value string) []annotationJSON {
	var marks []annotationJSON
	if a.ReadOnly {
		marks = append(marks, annotationJSON{"ReadOnly", value})
	}
	if a.Mandatory {
		marks = append(marks, annotationJSON{"Mandatory", value})
	}
	return marks
}

func (c *call) relationship(e *world.Entity, ref world.Reference) relationshipJSON {
	out := relationshipJSON{Name: relationshipName(e, ref), Type: "singleKeyRelationshipOrigin"}
	to, known := c.in.store.world.Entity(ref.ToEntity)
	if c.style == StyleAwkward || !known {
		out.FromAttribute, out.ToAttribute = ref.Attribute, ref.ToAttribute
		return out
	}
	from, _ := e.Attribute(ref.Attribute)
	key, _ := to.Attribute(ref.ToAttribute)
	out.FriendlyName = &out.Name
	out.FromAttribute, out.ToAttribute = c.attribute(from, false), c.attribute(key, false)
	out.Entity = &entityJSON{
		Name: to.Name, QualifiedName: c.qualified(to), DataSource: orNull(to.Source),
		DatasourceID: orNull(to.SourceID()), EntityType: c.style.kind(string(to.Kind)),
		Attributes: []attributeJSON{}, Keys: [][]attributeJSON{},
	}
	return out
}

// dataflowType is how an entity came to be, in the vendor's words.
func dataflowType(e *world.Entity) string {
	switch {
	case e.Source != "":
		return "powerQuery"
	case e.Kind == world.KindUnifiedActivity:
		return "unifiedActivity"
	case e.Kind == world.KindSegment:
		return "segmentation"
	case e.Kind == world.KindProfileKPI, e.Kind == world.KindAggregateKPI:
		return "kpi"
	case e.Kind == world.KindConflationMap, e.Kind == world.KindProfile:
		return "conflationResolveConflicts"
	default:
		return string(e.Kind)
	}
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
