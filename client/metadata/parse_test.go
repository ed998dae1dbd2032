// Every reading of the contract's open rows, and foreign bytes of every kind.

package metadata

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestInstancesAreListedWhateverAnEntryHolds(t *testing.T) {
	data := `[
		{"instanceId":"ce759201-0000-4000-8000-000000000001","name":"Contoso Coffee","instanceType":"Sandbox","expiryTimeUtc":"2026-12-01T00:00:00Z",
		 "tenantId":"t","tenantName":"Contoso","scaleUnitUri":"https://su1.api.ci.ai.dynamics.com","region":"weu"},
		{"instanceId":"ce759201-0000-4000-8000-000000000002","name":null,"instanceType":null,"expiryTimeUtc":null},
		null, 7, "text", [],
		{"instanceId":{"odd":true},"name":12,"instanceType":["trial"],"expiryTimeUtc":"soon"}
	]`
	got, err := ParseInstances([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	want := []Instance{
		{
			ID: "ce759201-0000-4000-8000-000000000001", Name: "Contoso Coffee", Type: "Sandbox",
			ExpiresAt: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), TenantID: "t", TenantName: "Contoso",
			ScaleUnitURI: "https://su1.api.ci.ai.dynamics.com", Region: "weu",
		},
		{ID: "ce759201-0000-4000-8000-000000000002"},
		{},
		{},
		{},
		{},
		{Name: "12"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestInstanceLabel(t *testing.T) {
	cases := map[string]Instance{
		"Contoso":                   {ID: "ce759201-0000-4000-8000-000000000002", Name: "Contoso"},
		"Unnamed instance ce759201": {ID: "ce759201-0000-4000-8000-000000000002"},
		"Unnamed instance abc":      {ID: "abc"},
		"Unnamed instance":          {},
	}
	for want, instance := range cases {
		if got := instance.Label(); got != want {
			t.Errorf("label of %+v = %q, want %q", instance, got, want)
		}
	}
}

func TestEnvironmentIsExactAndOnlyTwoAreFree(t *testing.T) {
	cases := []struct {
		kind, word string
		free       bool
	}{
		{"sandbox", "sandbox", true},
		{"SANDBOX", "sandbox", true},
		{"Trial", "trial", true},
		{"production", "production", false},
		{"", "unknown type", false},
		{"sandbox ", "unknown type", false},
		{"sandbox-prod", "unknown type", false},
		{"developer", "unknown type", false},
	}
	for _, c := range cases {
		e := Instance{Type: c.kind}.Environment()
		if e.String() != c.word || e.Free() != c.free {
			t.Errorf("%q is %v, free %v; want %v, %v", c.kind, e, e.Free(), c.word, c.free)
		}
	}
}

func TestInstanceDetails(t *testing.T) {
	got, err := ParseInstance([]byte("\ufeff" + ` {"instanceId":"i","name":" N ","provisioningState":"active","azureRegion":"weu","isB2B":true,"isB2C":false,"version":9007199254740993,
		"createdUtc":"2026-01-02T03:04:05","updatedUtc":"2026-01-02T03:04:05.678+01:00"}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Instance{
		ID: "i", Name: "N", ProvisioningState: "active", Region: "weu", B2B: true, Version: 9007199254740993,
		CreatedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), UpdatedAt: time.Date(2026, 1, 2, 2, 4, 5, 678e6, time.UTC),
	}
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestSmallAnswers(t *testing.T) {
	role, err := ParseRole([]byte(`{"principalId":"p","principalType":"user","roles":["Administrator",null,"Contributor"],"instanceId":"i"}`))
	if want := (Role{PrincipalID: "p", PrincipalType: "user", Roles: []string{"Administrator", "Contributor"}, InstanceID: "i"}); err != nil || !reflect.DeepEqual(role, want) {
		t.Errorf("role = %+v (%v), want %+v", role, err, want)
	}
	if role, err = ParseRole([]byte(`{"roles":"Viewer"}`)); err != nil || !reflect.DeepEqual(role.Roles, []string{"Viewer"}) {
		t.Errorf("one role alone = %+v (%v)", role, err)
	}
	size, err := ParseEntitySize([]byte(`{"qualifiedEntityName":"a_b","size":9223372036854775807,"rowCount":"12"}`))
	if want := (EntitySize{QualifiedName: "a_b", Bytes: 9223372036854775807, Rows: 12}); err != nil || size != want {
		t.Errorf("size = %+v (%v), want %+v", size, err, want)
	}
	ring, err := ParseKeyRing([]byte(`{"instanceId":"i","customerId":"c","keyRing":{"a":["1"]}}`))
	if err != nil || ring.CustomerID != "c" || ring.InstanceID != "i" || string(ring.Keys) != `{"a":["1"]}` {
		t.Errorf("key ring = %+v (%v)", ring, err)
	}
}

func TestWhatIsNoAnswerIsAnError(t *testing.T) {
	parsers := map[string]func([]byte) error{
		"instances":     func(b []byte) error { _, err := ParseInstances(b); return err },
		"instance":      func(b []byte) error { _, err := ParseInstance(b); return err },
		"entities":      func(b []byte) error { _, err := ParseEntities(b); return err },
		"entity":        func(b []byte) error { _, err := ParseEntity(b); return err },
		"relationships": func(b []byte) error { _, err := ParseRelationships(b); return err },
		"role":          func(b []byte) error { _, err := ParseRole(b); return err },
		"entity size":   func(b []byte) error { _, err := ParseEntitySize(b); return err },
		"key ring":      func(b []byte) error { _, err := ParseKeyRing(b); return err },
	}
	for name, parse := range parsers {
		for _, data := range []string{"", " ", "<html>", `{"a":`, "7", `"text"`, "null", `[{"a":1}`} {
			err := parse([]byte(data))
			if err == nil || !strings.HasPrefix(err.Error(), name+": ") {
				t.Errorf("%s of %q: error %v, want one that begins with the name", name, data, err)
			}
		}
	}
	if _, err := ParseEntity([]byte(`{}`)); err == nil {
		t.Error("an entity without a name was accepted")
	}
}

func TestEntitiesComeInSeveralWrappings(t *testing.T) {
	for _, data := range []string{
		`{"instanceId":"i","entities":[{"name":"A"},{"name":"B"}]}`,
		`[{"name":"A"},{"name":"B"}]`,
		`{"tables":[{"name":"A"},{"name":"B"}]}`,
		`{"value":[{"name":"A"},{"name":"A"},{"name":null},7,null,{"qualifiedEntityName":"B"}]}`,
	} {
		got, err := ParseEntities([]byte(data))
		if err != nil || len(got) != 2 || got[0].Name != "A" || got[1].Name != "B" {
			t.Errorf("%s: %+v (%v), want A and B", data, got, err)
		}
	}
	if got, err := ParseEntities([]byte(`{"entities":null}`)); err != nil || len(got) != 0 {
		t.Errorf("null list: %v (%v), want none", got, err)
	}
}

func TestEntityInBothReadingsIsTheSame(t *testing.T) {
	current := `{"name":"purchases","qualifiedEntityName":"shop_purchases","dataSourceName":"shop","datasourceId":"d","dataflowType":"f","entityType":"activity",
		"attributes":[
			{"name":"Id","friendlyName":"Purchase","baseName":"id","dataType":{"cdsaType":"string","edmTypeName":"Edm.String"},"semanticType":"Key",
			 "searchProperties":{"isSearchable":true,"isFilterable":true,"isFacetable":false,"isSortable":true},"annotations":[{"name":"Mandatory","value":"true"}]},
			{"name":"On","dataType":{"cdsaType":"dateTimeOffset","edmTypeName":"Edm.DateTimeOffset"},"annotations":[{"name":"ReadOnly","value":"false"}]},
			{"name":"Rank","dataType":{"cdsaType":"int64","edmTypeName":"Edm.Int64"},"annotations":[{"name":"ReadOnly","value":null}]}],
		"keys":[[{"name":"Id","dataType":"Edm.String"}]],"timestampAttribute":{"name":"On","dataType":{}},"refreshTime":"2026-01-01T00:00:00Z"}`
	awkward := `{"name":"purchases","qualifiedEntityName":"shop_purchases","dataSourceName":"shop","datasourceId":"d","dataflowType":"f","entityType":"Activity",
		"attributes":[
			{"name":"Id","friendlyName":"Purchase","baseName":"id","dataType":"Edm.String","semanticType":"Key",
			 "searchProperties":{"isSearchable":true,"isFilterable":true,"isSortable":true},"annotations":null},
			{"name":"On","dataType":"Edm.DateTimeOffset"},{"name":"Rank","dataType":"edm.int64"},{"name":"Rank","dataType":"Edm.String"},{"name":null},3],
		"keys":[["Id"]],"timestampAttribute":"On","refreshTime":"2026-01-01 00:00:00",
		"annotations":[{"name":"Org.Marks.Mandatory","value":"id"},{"name":"readonly","value":["Rank","Missing"]}]}`
	a, err := ParseEntity([]byte(current))
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParseEntity([]byte(awkward))
	if err != nil {
		t.Fatal(err)
	}
	if id, _ := a.Attribute("Id"); !id.Mandatory || id.ReadOnly || !id.Searchable || !id.Filterable || id.Facetable || !id.Sortable {
		t.Errorf("Id = %+v", id)
	}
	if on, _ := a.Attribute("On"); on.ReadOnly {
		t.Error("On is read-only although the mark says false")
	}
	if rank, _ := a.Attribute("Rank"); !rank.ReadOnly || rank.Type.Bits != 64 {
		t.Errorf("Rank = %+v", rank)
	}
	for _, e := range []*Entity{&a, &b} {
		e.Annotations, e.RawType, e.Oddities = nil, "", nil
		for i := range e.Attributes {
			e.Attributes[i].Annotations = nil
			e.Attributes[i].Type.Name = strings.ToLower(e.Attributes[i].Type.Name)
		}
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("the readings differ:\n%+v\n%+v", a, b)
	}
}

func TestAnnotationsMayBeAnObject(t *testing.T) {
	e, err := ParseEntity([]byte(`{"name":"E","attributes":[{"name":"A","annotations":{"ReadOnly":true,"x":{"y":1}}},{"name":"B C"}],"annotations":{"Mandatory":"B C"}}`))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := e.Attribute("A")
	b, _ := e.Attribute("B C")
	if !a.ReadOnly || !b.Mandatory {
		t.Errorf("marks not found: %+v", e)
	}
	if want := []Annotation{{"ReadOnly", "true"}, {"x", ""}}; !reflect.DeepEqual(a.Annotations, want) {
		t.Errorf("annotations = %v, want %v", a.Annotations, want)
	}
}

func TestKeysMayBeFlat(t *testing.T) {
	for data, want := range map[string][]string{
		`[[{"name":"A"},{"name":"B"}],[{"name":"C"}]]`: {"A", "B"},
		`[{"name":"A"},{"name":"B"}]`:                  {"A", "B"},
		`["A"]`:                                        {"A"},
		`[[]]`:                                         nil,
		`null`:                                         nil,
	} {
		e, err := ParseEntity([]byte(`{"name":"E","keys":` + data + `}`))
		if err != nil || !reflect.DeepEqual(e.KeyNames(), want) {
			t.Errorf("%s: key %v (%v), want %v", data, e.KeyNames(), err, want)
		}
	}
}

func TestEveryEntityTypeIsKnownInAnyCase(t *testing.T) {
	for _, known := range strings.Split("profile conflationMap activity aggregateKpi profileKpi unifiedActivity segment intelligence genericPrediction enrichment insights derivedEntity quarantine", " ") {
		for _, written := range []string{known, strings.ToUpper(known), strings.ToUpper(known[:1]) + known[1:]} {
			e, err := ParseEntity([]byte(`{"name":"E","entityType":"` + written + `"}`))
			if err != nil || e.Type != EntityType(known) || e.RawType != written {
				t.Errorf("%s: %q raw %q (%v)", written, e.Type, e.RawType, err)
			}
		}
	}
	for _, odd := range []string{`"unspecified"`, `"new"`, `null`, `3`} {
		e, err := ParseEntity([]byte(`{"name":"E","entityType":` + odd + `}`))
		if err != nil || e.Type != EntityUnspecified {
			t.Errorf("%s: %q (%v), want unspecified", odd, e.Type, err)
		}
	}
}

func TestDataTypes(t *testing.T) {
	cases := map[string]DataType{
		`"Edm.String"`:                   {Kind: KindText, Name: "Edm.String"},
		`"Edm.Boolean"`:                  {Kind: KindBoolean, Name: "Edm.Boolean"},
		`"Edm.Byte"`:                     {Kind: KindInteger, Name: "Edm.Byte", Bits: 8, Unsigned: true},
		`"Edm.SByte"`:                    {Kind: KindInteger, Name: "Edm.SByte", Bits: 8},
		`"Edm.Int16"`:                    {Kind: KindInteger, Name: "Edm.Int16", Bits: 16},
		`"Edm.Int32"`:                    {Kind: KindInteger, Name: "Edm.Int32", Bits: 32},
		`"Edm.Int64"`:                    {Kind: KindInteger, Name: "Edm.Int64", Bits: 64},
		`"Edm.Single"`:                   {Kind: KindDouble, Name: "Edm.Single"},
		`"Edm.Double"`:                   {Kind: KindDouble, Name: "Edm.Double"},
		`"Edm.Decimal"`:                  {Kind: KindDecimal, Name: "Edm.Decimal"},
		`"Edm.Date"`:                     {Kind: KindDate, Name: "Edm.Date"},
		`"Edm.TimeOfDay"`:                {Kind: KindTimeOfDay, Name: "Edm.TimeOfDay"},
		`"Edm.DateTimeOffset"`:           {Kind: KindDateTime, Name: "Edm.DateTimeOffset"},
		`"Edm.Guid"`:                     {Kind: KindGUID, Name: "Edm.Guid"},
		`"Edm.Binary"`:                   {Kind: KindBinary, Name: "Edm.Binary"},
		`"Collection(Edm.String)"`:       {Kind: KindText, Name: "Collection(Edm.String)", Collection: true},
		`"Edm.GeographyPoint"`:           {Name: "Edm.GeographyPoint"},
		`"dateTimeOffset"`:               {Kind: KindDateTime, Name: "dateTimeOffset"},
		`null`:                           {},
		`[1]`:                            {},
		`{}`:                             {},
		`{"cdsaType":"json"}`:            {Kind: KindJSON, Name: "json"},
		`{"cdsaType":"guid"}`:            {Kind: KindGUID, Name: "guid"},
		`{"cdsaType":"unclassified"}`:    {Name: "unclassified"},
		`{"clrType":"System.Int64"}`:     {Kind: KindInteger, Name: "System.Int64", Bits: 64},
		`{"name":"String","cdsaType":0}`: {Kind: KindText, Name: "String"},
		`{"cdsaType":"json","edmTypeName":"Edm.String"}`:            {Kind: KindText, Name: "Edm.String"},
		`{"cdsaType":"decimal","edmTypeName":null}`:                 {Kind: KindDecimal, Name: "decimal"},
		`{"cdsaType":"unclassified","isBoolean":true}`:              {Kind: KindBoolean, Name: "unclassified"},
		`{"isDateTime":"true"}`:                                     {Kind: KindDateTime},
		`{"isNumber":true}`:                                         {Kind: KindDecimal},
		`{"cdsaType":"string","isCollection":true}`:                 {Kind: KindText, Name: "string", Collection: true},
		`{"clrType":"System.Foo","edmTypeName":"","cdsaType":null}`: {Name: "System.Foo"},
	}
	for data, want := range cases {
		var got DataType
		if err := json.Unmarshal([]byte(data), &got); err != nil || got != want {
			t.Errorf("%s: %+v (%v), want %+v", data, got, err, want)
		}
	}
}

func TestRelationshipsInBothShapes(t *testing.T) {
	list, err := ParseRelationships([]byte(`[{"name":"r","friendlyName":null,"fromEntityName":"A","fromAttributeName":"x","toEntityName":"B","toAttributeName":"y"},null,4]`))
	if want := []Relationship{{Name: "r", FromEntity: "A", FromAttribute: "x", ToEntity: "B", ToAttribute: "y"}}; err != nil || !reflect.DeepEqual(list, want) {
		t.Errorf("list = %+v (%v), want %+v", list, err, want)
	}
	e, err := ParseEntity([]byte(`{"name":"A","relationships":[{"name":"r","fromAttribute":{"name":"x"},"toAttribute":"y","dataSourceEntity":"B","relationshipType":"manyToOne"}]}`))
	if want := []Relationship{{Name: "r", FromAttribute: "x", ToEntity: "B", ToAttribute: "y"}}; err != nil || !reflect.DeepEqual(e.Relationships, want) {
		t.Errorf("in the entity = %+v (%v), want %+v", e.Relationships, err, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "null", "[]", "{}", "[null]", `{"entities":null}`, `{"name":"A","keys":[[{"name":"B"}]],"annotations":{"a":[1,"b"]}}`,
		`{"entities":[{"name":"E","qualifiedEntityName":"d8d3b26a-0000-4000-8000-000000000001_E","dataSourceName":"S","attributes":[{"name":"a","dataType":{"cdsaType":"int64"}}]}]}`,
		`[{"instanceId":1e999,"version":1e9,"expiryTimeUtc":"0001-01-01T00:00:00+23:59"}]`, "\ufeff[]", `{"roles":[["x"]]}`,
		`{"Entities":[{"name":"A"}],"entities":[{"name":"B"}],"ENTITIES":null}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		instances, _ := ParseInstances(data)
		for _, i := range instances {
			if i.Label() == "" {
				t.Errorf("an instance without label: %+v", i)
			}
		}
		entities, _ := ParseEntities(data)
		if again, _ := ParseEntities(data); !reflect.DeepEqual(again, entities) {
			t.Errorf("read once as %+v, and once as %+v", entities, again)
		}
		seen := map[string]bool{}
		for _, e := range entities {
			if name := e.DataName(); name == "" || seen[name] {
				t.Errorf("data name %q is empty or given twice", name)
			}
			seen[e.DataName()] = true
			_, reason := e.Receives()
			if reason == "" {
				t.Errorf("no reason for %+v", e)
			}
			if attribute, rel, ok := CustomerReference(e, entities, e.Relationships); ok && (attribute == "" || rel.ToEntity == "") {
				t.Errorf("reference without attribute or end: %+v", rel)
			}
			_ = e.TimeField()
		}
		_, _ = ParseInstance(data)
		_, _ = ParseEntity(data)
		_, _ = ParseRelationships(data)
		_, _ = ParseRole(data)
		_, _ = ParseEntitySize(data)
		_, _ = ParseKeyRing(data)
	})
}
