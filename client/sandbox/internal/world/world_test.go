package world_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

func TestTypesTakeTheirValuesAndNoOthers(t *testing.T) {
	n := func(text string) any { return json.Number(text) }
	for _, c := range []struct {
		kind  world.EDM
		right []any
		wrong []any
	}{
		{world.String, []any{"", "x", nil}, []any{n("1"), true, []any{}, map[string]any{}}},
		{world.Boolean, []any{true, false}, []any{"true", n("1")}},
		{world.Byte, []any{n("0"), n("-0"), n("255")}, []any{n("256"), n("-1"), n("1.0"), "1"}},
		{world.SByte, []any{n("-128"), n("127")}, []any{n("128")}},
		{world.Int16, []any{n("-32768")}, []any{n("32768")}},
		{world.Int32, []any{n("2147483647")}, []any{n("2147483648")}},
		{world.Int64, []any{n("9223372036854775807")}, []any{n("9223372036854775808"), n("1e3")}},
		{world.Double, []any{n("1e3"), n("-0.5")}, []any{n("1e999"), "1"}},
		{world.Decimal, []any{n("123456789012345678901234567890.5"), n("1")}, []any{"12.50"}},
		{world.Date, []any{"2026-02-28"}, []any{"2026-02-30", "28.2.2026", "2026-02-28T00:00:00Z", n("2026")}},
		{world.TimeOfDay, []any{"14:05", "14:05:59.123"}, []any{"24:00", "2 pm"}},
		{
			world.DateTimeOffset,
			[]any{"2026-11-23T14:05:00Z", "2026-11-23T14:05:00.123+02:00", "2026-11-23", "2026-11-23T14:05:00"},
			[]any{"23.11.2026", "2026-11-23 14:05", "now", ""},
		},
		{world.GUID, []any{"6F0c51d2-3f0e-4c8b-9a51-c0ffee000001"}, []any{"6f0c51d2", "{6f0c51d2-3f0e-4c8b-9a51-c0ffee000001}"}},
		{world.Binary, []any{"", "AQID", "-_-_"}, []any{"AQI", "?", "-_+/"}},
		{world.JSON, []any{map[string]any{}, []any{}, "x", n("1"), true}, nil},
	} {
		for _, value := range c.right {
			if err := c.kind.Check(value); err != nil {
				t.Errorf("%s refuses %v: %v", c.kind, value, err)
			}
		}
		for _, value := range c.wrong {
			if err := c.kind.Check(value); err == nil {
				t.Errorf("%s takes %v", c.kind, value)
			}
		}
	}
}

func TestLongValuesAreCutInMessages(t *testing.T) {
	err := world.GUID.Check(strings.Repeat("ä", 1000))
	if err == nil || len(err.Error()) > 200 || strings.ContainsRune(err.Error(), '\uFFFD') {
		t.Errorf("the message is %v", err)
	}
}

func TestNumbersCompareWithAllTheirDigits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"9007199254740993", "9007199254740992", 1},
		{"12.50", "12.5", 0},
		{"-1", "1", -1},
		{"1e2", "100", 0},
	} {
		got, ok := world.Decimal.Compare(json.Number(c.a), json.Number(c.b))
		if !ok || got != c.want {
			t.Errorf("%s and %s: %d, %t", c.a, c.b, got, ok)
		}
	}
	if _, ok := world.Decimal.Compare(nil, json.Number("1")); ok {
		t.Error("null has an order")
	}
}

// family is two sources of profiles and an activity, with everything that can
// be wrong about references.
func family() []*world.Entity {
	text := func(names ...string) []world.Attribute {
		var list []world.Attribute
		for _, name := range names {
			list = append(list, world.Attribute{Name: name, Type: world.String})
		}
		return list
	}
	return []*world.Entity{
		{
			Source: "L", Name: "members", Kind: world.KindProfile, Key: "LId", Attributes: text("LId", "CId", "Name", "Tier"),
			Refs: []world.Reference{{Attribute: "CId", ToEntity: "C_contacts", ToAttribute: "CId"}},
			Rows: []world.Row{{"L1", "C1", "Other name", "gold"}, {"L2", "C1", nil, nil}, {"L3", "C9", "Stray", nil}, {"L4", nil, "Loose", nil}},
		},
		{
			Source: "C", Name: "contacts", Kind: world.KindProfile, Key: "CId", Attributes: text("CId", "Name"),
			Rows: []world.Row{{"C1", "Ann"}, {"C2", "Bob"}, {"C2", "Bob again"}, {nil, "Nobody"}},
		},
		{
			Source: "P", Name: "orders", Kind: world.KindActivity, Key: "OId", Time: "On",
			Attributes: append(text("OId", "LId"), world.Attribute{Name: "On", Type: world.DateTimeOffset}, world.Attribute{Name: "Price", Type: world.Decimal}),
			Refs:       []world.Reference{{Attribute: "LId", ToEntity: "L_members", ToAttribute: "LId"}},
			Activity:   &world.Activity{Type: "SalesOrder", Display: "Order", Semantic: []string{"OId", "Price"}},
			Rows: []world.Row{
				{"O1", "L1", "2026-01-02T00:00:00Z", json.Number("1.50")},
				{"O2", "L2", "2026-03-04T00:00:00Z", json.Number("2.25")},
				{"O3", "L9", "2026-03-04T00:00:00Z", json.Number("9")},
			},
		},
	}
}

func TestRowsThatReferToOneAnotherAreOneCustomer(t *testing.T) {
	w, err := world.Assemble(world.Plan{Sources: family(), Segments: []world.Segment{
		{Name: "Spenders", Member: func(f world.Facts) bool { return f.Spent > 3 }},
	}})
	if err != nil {
		t.Fatal(err)
	}
	ann, _ := w.CustomerByKey("C_contacts", "C1")
	for key, want := range map[string]string{"L1": ann, "L2": ann} {
		if got, _ := w.CustomerByKey("L_members", key); got != want || want == "" {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	for _, key := range []string{"L3", "L4"} {
		if got, ok := w.CustomerByKey("L_members", key); !ok || got == ann {
			t.Errorf("%s is %s", key, got)
		}
	}
	customers, _ := w.Entity(world.Customer)
	if len(customers.Rows) != 4 {
		t.Errorf("%d customers, want Ann, Bob, Stray and Loose", len(customers.Rows))
	}
	row, ok := customers.RowByKey(ann)
	if !ok || customers.Text(row, "Name") != "Ann" || customers.Text(row, "Tier") != "gold" ||
		customers.Text(row, "C_contacts_CId") != "C1" || customers.Text(row, "L_members_LId") != "L1" {
		t.Errorf("Ann is %v", row)
	}
	if keys := w.KeysOf(ann); len(keys) != 3 {
		t.Errorf("Ann's keys are %v", keys)
	}
	checkGroups(t, w, ann)
}

// checkGroups checks what is computed of customers, and what was noted.
func checkGroups(t *testing.T, w *world.World, ann string) {
	t.Helper()
	if !w.IsMember("Spenders", ann) || w.IsMember("Spenders", "x") || !w.HasSegment("Spenders") {
		t.Error("Ann spent 3.75 and is not among those over 3")
	}
	notes := strings.Join(w.Notes, "\n")
	for _, want := range []string{"C_contacts: 2 rows left out", "L_members: 1 row with a CId", "P_orders: 1 row with no customer"} {
		if !strings.Contains(notes, want) {
			t.Errorf("not noted: %s\n%s", want, notes)
		}
	}
}

func TestUnifiedActivityShowsMappedFieldsOnly(t *testing.T) {
	w, err := world.Assemble(world.Plan{Sources: family(), TimeField: "ActivityTimeStamp"})
	if err != nil {
		t.Fatal(err)
	}
	unified, _ := w.Entity(world.UnifiedActivity)
	if len(unified.Rows) != 2 || unified.Time != "ActivityTimeStamp" {
		t.Fatalf("%d rows by %s", len(unified.Rows), unified.Time)
	}
	row := unified.Rows[0]
	if unified.Text(row, "SemanticData") != `{"OId":"O1","Price":1.50}` || unified.Text(row, "Title") != "Order" ||
		unified.Text(row, "ActivityTimeStamp") != "2026-01-02T00:00:00Z" || unified.Text(row, "RangeIndex") != "202601" {
		t.Errorf("the row is %v", row)
	}
	if unified.Position("LId") >= 0 {
		t.Error("the source's reference is an attribute of UnifiedActivity")
	}
}

func TestCustomerOfSaysWhyThereIsNone(t *testing.T) {
	w, err := world.Assemble(world.Plan{Sources: append(family(), &world.Entity{
		Source: "K", Name: "visits", Kind: world.KindActivity, Key: "Id", Attributes: []world.Attribute{{Name: "Id", Type: world.String}},
	})})
	if err != nil {
		t.Fatal(err)
	}
	visits, _ := w.Entity("K_visits")
	orders, _ := w.Entity("P_orders")
	if _, err := w.CustomerOf(visits, world.Row{"x"}); !errors.Is(err, world.ErrNoRelationship) {
		t.Error(err)
	}
	if _, err := w.CustomerOf(orders, world.Row{"x", nil, nil, nil}); !errors.Is(err, world.ErrNoCustomer) {
		t.Error(err)
	}
}

func TestEntitiesAreFoundByBothQualifiedNames(t *testing.T) {
	w, err := world.Assemble(world.Plan{Sources: family()})
	if err != nil {
		t.Fatal(err)
	}
	orders, _ := w.Entity("P_orders")
	if byID, ok := w.Entity(orders.QualifiedByID()); !ok || byID != orders || !world.IsGUID(orders.SourceID()) {
		t.Errorf("%s is not found", orders.QualifiedByID())
	}
	if _, ok := w.Entity("orders"); ok {
		t.Error("a name without its data source is enough")
	}
}

func TestPlansThatContradictThemselvesAreRefused(t *testing.T) {
	twice := &world.Entity{Name: "E", Attributes: []world.Attribute{{Name: "A"}, {Name: "A"}}}
	keyless := &world.Entity{Name: "E", Key: "K"}
	for name, sources := range map[string][]*world.Entity{
		"two attributes of one name": {twice}, "a key that is none": {keyless}, "two entities of one name": {{Name: "E"}, {Name: "E"}},
	} {
		if _, err := world.Assemble(world.Plan{Sources: sources}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestValuesAreWrittenAsTheyCameIn(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, "null"},
		{"<a & b>", `"<a & b>"`},
		{"", `""`},
		{"a \"b\" \\ c\n\t\x7f é \u2028", `"a \"b\" \\ c\n\t` + "\x7f" + ` é \u2028"`},
		{json.Number("1.50"), "1.50"},
		{true, "true"},
		{json.RawMessage(`{"a":1}`), `{"a":1}`},
	} {
		var buf bytes.Buffer
		world.WriteJSON(&buf, c.value)
		if buf.String() != c.want {
			t.Errorf("%v is written %s", c.value, buf.String())
		}
	}
}
