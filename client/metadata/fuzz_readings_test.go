// The open rows of the contract: whichever way the service writes an entity or
// a key ring, the same is read.

package metadata

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// typesOf are the texts of 2020 and the members of the object that mean the same.
var typesOf = []struct {
	text   string
	object map[string]any
	want   DataType
}{
	{"Edm.String", map[string]any{"cdsaType": "string"}, DataType{Kind: KindText}},
	{"Edm.DateTimeOffset", map[string]any{"edmTypeName": "Edm.DateTimeOffset", "isDateTime": true}, DataType{Kind: KindDateTime}},
	{"Edm.Decimal", map[string]any{"clrType": "System.Decimal", "isDecimal": "true"}, DataType{Kind: KindDecimal}},
	{"Edm.Int64", map[string]any{"name": "Int64", "cdsaType": "int64"}, DataType{Kind: KindInteger, Bits: 64}},
	{"Edm.Byte", map[string]any{"edmTypeName": "Edm.Byte", "cdsaType": "unclassified"}, DataType{Kind: KindInteger, Bits: 8, Unsigned: true}},
	{"Collection(Edm.Guid)", map[string]any{"cdsaType": "guid", "isCollection": true}, DataType{Kind: KindGUID, Collection: true}},
	{"Edm.Geography", map[string]any{"edmTypeName": "Edm.Geography", "oDataType": map[string]any{"typeKind": 1}}, DataType{Kind: KindUnknown}},
}

// reading is one way of writing the open rows; each bit decides one of them.
type reading uint16

const (
	typesAsText reading = 1 << iota
	qualifiedByID
	marksOnEntity
	marksAsObject
	keysFlat
	keysAsNames
	timestampAsName
	relationshipsOfTheList
	listBare
	listAsValue
	upperCase
	withNulls
)

func (r reading) has(bit reading) bool { return r&bit != 0 }

// pick gives one of two.
func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

// FuzzEveryReadingOfAnEntity writes one entity in every mixture of readings: its
// names, types, keys, marks and relationships are read the same from all.
func FuzzEveryReadingOfAnEntity(f *testing.F) {
	f.Add("eCommercePurchases", "eCommerce", "PurchaseId", "Purchase ID", "ContactId", uint8(0), uint16(0))
	f.Add("a_b", "_", "a,b", " [\"x\"] ", "é\u202e", uint8(1), uint16(0xffff))
	f.Add("E", "d8d3b26a-0000-4000-8000-000000000001", "READONLY", "", "a b", uint8(5), uint16(0x555))
	f.Add("null", "0", "true", "1e9", "\x00", uint8(6), uint16(0xaaa))
	f.Fuzz(func(t *testing.T, name, source, key, label, foreign string, kind uint8, bits uint16) {
		if !someText(name, source, key, foreign) || !utf8.ValidString(label) {
			return
		}
		if strings.EqualFold(key, foreign) || strings.Contains(source, "_") || beginsWithUUID(source+"_"+name) {
			return // marks are found without case, and such a source is written no other way
		}
		r, types := reading(bits), typesOf[int(kind)%len(typesOf)]
		data, err := json.Marshal(written(r, name, source, key, label, foreign, types.text, types.object))
		if err != nil {
			t.Fatal(err)
		}
		list, err := ParseEntities(data)
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: %d entities, %v", data, len(list), err)
		}
		e := list[0]
		if e.Name != name || e.DataName() != source+"_"+name || e.Type != EntityActivity || e.TimeField() != foreign {
			t.Fatalf("%s is read as %q, %q, %s, time %q", data, e.Name, e.DataName(), e.Type, e.TimeField())
		}
		checkAttributes(t, e, key, foreign, label, types.want)
		checkCustomer(t, e, list, foreign)
	})
}

// someText says that none is empty or no UTF-8.
func someText(texts ...string) bool {
	return !slices.ContainsFunc(texts, func(text string) bool { return text == "" || !utf8.ValidString(text) })
}

// checkAttributes holds an entity's key and its only other attribute against what
// was written.
func checkAttributes(t *testing.T, e Entity, key, foreign, label string, want DataType) {
	t.Helper()
	if !reflect.DeepEqual(e.KeyNames(), []string{key}) || len(e.Attributes) != 2 {
		t.Fatalf("%q has the key %q and %d attributes", e.Name, e.KeyNames(), len(e.Attributes))
	}
	a, b := e.Attributes[0], e.Attributes[1]
	want.Name = a.Type.Name
	if a.Name != key || a.FriendlyName != label || a.Type != want || a.Type.Name == "" || !a.Mandatory || a.ReadOnly {
		t.Fatalf("the key is read as %+v, want the type %+v", a, want)
	}
	if b.Name != foreign || !b.ReadOnly || b.Mandatory {
		t.Fatalf("the other one is read as %+v", b)
	}
}

// checkCustomer: the one relationship leads to the customer, by that attribute.
func checkCustomer(t *testing.T, e Entity, all []Entity, by string) {
	t.Helper()
	if len(e.Relationships) != 1 || e.Relationships[0].FromAttribute != by || e.Relationships[0].ToEntity != "Customer" || e.Relationships[0].ToAttribute != "CustomerId" {
		t.Fatalf("%q has the relationships %+v", e.Name, e.Relationships)
	}
	if e.called("Customer") {
		return // its own name leads nowhere else
	}
	if at, to, ok := CustomerReference(e, all, nil); !ok || at != by || to.ToEntity != "Customer" {
		t.Fatalf("the customer of %q is by %q of %+v, %v", e.Name, at, to, ok)
	}
}

// written is the answer to GET …/manage/entities in one reading.
func written(r reading, name, source, key, label, foreign, asText string, asObject map[string]any) any {
	attribute := func(name, mark string) map[string]any {
		a := map[string]any{"name": name, "friendlyName": label, "dataType": pick[any](r.has(typesAsText), asText, asObject)}
		if !r.has(marksOnEntity) {
			a["annotations"] = pick[any](r.has(marksAsObject), map[string]any{mark: true}, []any{map[string]any{"name": mark, "value": "true"}, nil})
		}
		if r.has(withNulls) {
			a["semanticType"], a["searchProperties"], a["baseName"] = nil, nil, nil
		}
		return a
	}
	byName := func(name string) any { return map[string]any{"name": name} }
	relationship := map[string]any{"fromAttribute": byName(foreign), "toAttribute": byName("CustomerId"), "dataSourceEntity": "Customer"}
	if r.has(relationshipsOfTheList) {
		relationship = map[string]any{"fromEntityName": source + "_" + name, "fromAttributeName": foreign, "toEntityName": "Customer", "toAttributeName": "CustomerId"}
	}
	keyAttribute := pick(r.has(keysAsNames), any(key), byName(key))
	e := map[string]any{
		"name": name, "dataSourceName": source, "entityType": pick(r.has(upperCase), "Activity", "activity"),
		"qualifiedEntityName": pick(r.has(qualifiedByID), "d8d3b26a-0000-4000-8000-000000000001", source) + "_" + name,
		"attributes":          []any{attribute(key, "Mandatory"), attribute(foreign, "ReadOnly")},
		"keys":                pick(r.has(keysFlat), []any{keyAttribute}, []any{[]any{keyAttribute}}),
		"timestampAttribute":  pick(r.has(timestampAsName), any(foreign), byName(foreign)),
		"relationships":       []any{relationship},
	}
	if r.has(marksOnEntity) {
		e["annotations"] = pick[any](r.has(marksAsObject), map[string]any{"x.Mandatory": key, "x.ReadOnly": foreign},
			[]any{map[string]any{"name": "Mandatory", "value": []string{key}}, map[string]any{"name": "ReadOnly", "value": foreign}})
	}
	switch {
	case r.has(listBare):
		return []any{e}
	case r.has(listAsValue):
		return map[string]any{"value": []any{e}, "@odata.context": "x"}
	default:
		return map[string]any{"instanceId": "i", "entities": []any{e, nil, 1}}
	}
}

// checkKeysOnce: of any key ring that can be read, each key is given once and
// none is empty.
func checkKeysOnce(t *testing.T, data []byte, source Entity) {
	t.Helper()
	ring, err := ParseKeyRing(data)
	if err != nil {
		return
	}
	keys := ring.Of(source)
	if slices.Contains(keys, "") || len(slices.Compact(slices.Sorted(slices.Values(keys)))) != len(keys) {
		t.Errorf("%s gives the keys %q", ring.Keys, keys)
	}
}

// FuzzKeyRing: whatever shape a key ring has, its keys are each given once and
// none is empty; in the shapes that are understood, none is lost.
func FuzzKeyRing(f *testing.F) {
	f.Add([]byte(`{"keyRing":{"S_E":["a","b"]}}`), "S", "E", "a", "b")
	f.Add([]byte(`{"keyRing":[{"dataSourceName":"S","entityName":"E","key":1.0,"keys":[null,"x"]}]}`), "S", "E", "x", "x")
	f.Add([]byte(`{"keyRing":"S_E"}`), "", "Customer", "é\x00", "1e400")
	f.Add([]byte(`{"keyRing":[[]]}`), "d8d3b26a-0000-4000-8000-000000000001", "K", "'", "\u2028")
	f.Fuzz(func(t *testing.T, data []byte, dataSource, name, one, other string) {
		source := Entity{Name: name, DataSource: dataSource}
		checkKeysOnce(t, data, source)
		if !someText(name, one, other) || one == other || !utf8.ValidString(dataSource) {
			return
		}
		for _, shape := range []any{
			map[string]any{source.DataName(): []string{one, other}},
			map[string]any{strings.ToUpper(source.DataName()): one, source.DataName(): []any{other, nil, one}},
			[]any{map[string]any{"dataSourceName": dataSource, "entityName": name, "key": one}, map[string]any{"entityName": source.DataName(), "keys": []string{other}}},
		} {
			if !strings.EqualFold(strings.ToUpper(source.DataName()), source.DataName()) {
				return // no case of its own
			}
			text, err := json.Marshal(map[string]any{"customerId": "c", "keyRing": shape})
			if err != nil {
				t.Fatal(err)
			}
			ring, err := ParseKeyRing(text)
			if err != nil || ring.CustomerID != "c" {
				t.Fatalf("%s: %+v, %v", text, ring, err)
			}
			keys := ring.Of(source)
			if len(keys) != 2 || !slices.Contains(keys, one) || !slices.Contains(keys, other) {
				t.Fatalf("%s gives the keys %q", text, keys)
			}
		}
	})
}
