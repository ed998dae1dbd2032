package csvdata_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/csvdata"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

const contacts = "ContactId,Full Name,EMail,DateOfBirth,PostCode,Income\n" +
	"C1,Ann Example,ann@example.com,5/18/1986,01234,2000\n" +
	"C2,Bob Example,bob@example.com,12/3/1990,10753,1999.5\n"

const orders = "OrderId,ContactId,OrderedOn,TotalPrice,Gift,Subject\n" +
	"O1,C1,1/20/2026,25,true,Beans\nO2,C2,11/4/2026,26,false,\nO3,C7,11/5/2026,27,,Cups\n"

// folder writes files, names and contents in pairs.
func folder(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func load(t *testing.T, files ...string) csvdata.Loaded {
	t.Helper()
	loaded, err := csvdata.Load(folder(t, files...), "")
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func entity(t *testing.T, loaded csvdata.Loaded, name string) *world.Entity {
	t.Helper()
	e, ok := loaded.World.Entity(name)
	if !ok {
		t.Fatalf("there is no entity %s", name)
	}
	return e
}

func TestFilesAreReadAsPeopleWould(t *testing.T) {
	loaded := load(t, "Contacts.csv", contacts, "Orders.CSV", orders, "notes.txt", "x")
	people, bought := entity(t, loaded, "CSV_Contacts"), entity(t, loaded, "CSV_Orders")
	if people.Kind != world.KindProfile || people.Key != "ContactId" || people.Time != "" {
		t.Errorf("contacts are %s by %s", people.Kind, people.Key)
	}
	if bought.Kind != world.KindActivity || bought.Key != "OrderId" || bought.Time != "OrderedOn" || bought.Activity == nil {
		t.Errorf("orders are %s by %s at %s", bought.Kind, bought.Key, bought.Time)
	}
	mustBe(t, people, map[string]world.EDM{
		"FullName": world.String, "DateOfBirth": world.Date, "PostCode": world.String, "Income": world.Decimal,
	})
	if a, _ := people.Attribute("FullName"); a.Friendly != "Full Name" || a.Semantic != "PersonFullName" {
		t.Errorf("the full name is %+v", a)
	}
	mustBe(t, bought, map[string]world.EDM{
		"OrderedOn": world.DateTimeOffset, "TotalPrice": world.Decimal, "Gift": world.Boolean, "Subject": world.String,
	})
	if got := bought.Text(bought.Rows[1], "OrderedOn"); got != "2026-11-04T00:00:00Z" {
		t.Errorf("11/4/2026 is %s", got)
	}
	if bought.Value(bought.Rows[2], "Gift") != nil || bought.Value(bought.Rows[1], "Subject") != nil {
		t.Error("empty cells are not null")
	}
	for _, name := range []string{"OrderId", "ContactId", "OrderedOn"} {
		if a, _ := bought.Attribute(name); !a.Mandatory {
			t.Errorf("%s is not mandatory", name)
		}
	}
}

// mustBe checks types of attributes.
func mustBe(t *testing.T, e *world.Entity, types map[string]world.EDM) {
	t.Helper()
	for name, want := range types {
		if a, _ := e.Attribute(name); a.Type != want {
			t.Errorf("%s is %s, want %s", name, a.Type, want)
		}
	}
}

func TestItIsToldHowFilesAreRead(t *testing.T) {
	readings := strings.Join(load(t, "Contacts.csv", contacts, "Orders.CSV", orders).Readings, "\n")
	for _, want := range []string{
		"Contacts.csv: CSV_Contacts, profile, key ContactId", "DateOfBirth Date (M/D/YYYY)",
		"Orders.CSV: CSV_Orders, activity, key OrderId, time OrderedOn, ContactId leads to Contacts.csv",
		"1 row with no customer", "2 customers, 2 activities",
	} {
		if !strings.Contains(readings, want) {
			t.Errorf("not told: %s\n%s", want, readings)
		}
	}
}

func TestColumnsTakeTheNarrowestTypeThatAllValuesFit(t *testing.T) {
	for _, c := range []struct {
		values string
		want   world.EDM
		first  string
	}{
		{"1|2|-3", world.Int64, "1"},
		{"1|2.5", world.Decimal, "1"},
		{"1|2.5e3", world.Double, "1"},
		{"007|8", world.String, "007"},
		{"12345678901234567890123", world.Decimal, "12345678901234567890123"},
		{"true|FALSE", world.Boolean, "true"},
		{"Yes|No", world.String, "Yes"},
		{"6f0c51d2-3f0e-4c8b-9a51-c0ffee000001", world.GUID, "6f0c51d2-3f0e-4c8b-9a51-c0ffee000001"},
		{"2026-02-28", world.Date, "2026-02-28"},
		{"2/3/2026|12/31/2026", world.Date, "2026-02-03"},
		{"2/3/2026|31/12/2026", world.Date, "2026-03-02"},
		{"3.2.2026", world.Date, "2026-02-03"},
		{"2/30/2026", world.String, "2/30/2026"},
		{"2026-02-03T04:05:06+02:00", world.DateTimeOffset, "2026-02-03T02:05:06Z"},
		{"2026-02-03 04:05", world.DateTimeOffset, "2026-02-03T04:05:00Z"},
		{"2/3/2026 4:05 PM", world.DateTimeOffset, "2026-02-03T16:05:00Z"},
		{"2/3/2026 4:05|13/3/2026 4:05", world.DateTimeOffset, "2026-03-02T04:05:00Z"},
		{"|", world.String, ""},
		{" 5 ||6", world.Int64, "5"},
	} {
		rows := "Id,V\n"
		for i, value := range strings.Split(c.values, "|") {
			rows += string(rune('a'+i)) + "," + value + "\n"
		}
		e := entity(t, load(t, "T.csv", rows), "CSV_T")
		a, _ := e.Attribute("V")
		if got := e.Text(e.Rows[0], "V"); a.Type != c.want || got != c.first {
			t.Errorf("%s: %s %q, want %s %q", c.values, a.Type, got, c.want, c.first)
		}
	}
}

func TestWhatIsReferredToIsNoActivity(t *testing.T) {
	members := "MemberId,ContactId,Since\nM1,C1,2020-01-02\nM2,C2,2021-01-02\n"
	visits := "VisitId,MemberId,At\nV1,M2,2026-05-06T07:08:09Z\n"
	loaded := load(t, "Contacts.csv", contacts, "Members.csv", members, "Visits.csv", visits)
	if kind := entity(t, loaded, "CSV_Members").Kind; kind == world.KindActivity {
		t.Errorf("members are %s though visits refer to them", kind)
	}
	if kind := entity(t, loaded, "CSV_Visits").Kind; kind != world.KindActivity {
		t.Errorf("visits are %s", kind)
	}
}

func TestMembersWithPersonalFieldsBecomeTheSameCustomer(t *testing.T) {
	members := "MemberId,ContactId,FirstName,EMail,Phone,Since\nM2,C2,Bob,b@x.example,1,2021-01-02\n"
	loaded := load(t, "A_Members.csv", members, "Contacts.csv", contacts)
	a, _ := loaded.World.CustomerByKey("CSV_A_Members", "M2")
	b, _ := loaded.World.CustomerByKey("CSV_Contacts", "C2")
	if a == "" || a != b {
		t.Errorf("M2 is %q, C2 is %q", a, b)
	}
}

func TestProductsAreNoCustomers(t *testing.T) {
	products := "ProductId,Name\nP1,Beans\n"
	sold := "SaleId,ProductId,ContactId,On\nS1,P1,C1,2026-01-02\n"
	loaded := load(t, "Contacts.csv", contacts, "Products.csv", products, "Sales.csv", sold)
	customers := entity(t, loaded, world.Customer)
	if len(customers.Rows) != 2 {
		t.Errorf("%d customers", len(customers.Rows))
	}
	sales := entity(t, loaded, "CSV_Sales")
	if id, err := loaded.World.CustomerOf(sales, sales.Rows[0]); err != nil || id == "" {
		t.Errorf("the sale leads to %q, %v", id, err)
	}
	if sales.Refs[0].Attribute != "ContactId" {
		t.Errorf("the first reference is %v", sales.Refs[0])
	}
}

func TestWhereNobodyLooksLikeAPersonWhoeverIsReferredToIsOne(t *testing.T) {
	loaded := load(t, "Accounts.csv", "AccountId,Label\nA1,x\n", "Calls.csv", "CallId,AccountId,On\nK1,A1,2026-01-02\n")
	if n := len(entity(t, loaded, world.UnifiedActivity).Rows); n != 1 {
		t.Errorf("%d activities", n)
	}
}

func TestUnusualFilesAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark": "\xef\xbb\xbfId,Name\n1,Zoë\n",
		"windows":         "Id,Name\r\n1,Zo\xeb\r\n",
		"semicolons":      "Id;Name\n1;Zoë\n",
		"tabs":            "Id\tName\n1\tZoë\n",
		"short rows":      "Id,Name,More\n1,Zoë\n",
		"long rows":       "Id,Name\n1,Zoë,more\n",
		"quoted":          "Id,Name\n1,\"Zoë\"\n",
		"no last line":    "Id,Name\n1,Zoë",
	} {
		e := entity(t, load(t, "T.csv", text), "CSV_T")
		if got := e.Text(e.Rows[0], "Name"); got != "Zoë" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestHeadersBecomeNamesThatTheAPICanCarry(t *testing.T) {
	e := entity(t, load(t, "Loyalty data 2026.csv", "Item Id,Loyalty Tier,Loyalty-Tier,,1st,Größe\n1,a,b,c,d,e\n"), "CSV_Loyaltydata2026")
	var names []string
	for _, a := range e.Attributes {
		names = append(names, a.Name)
	}
	if want := []string{"ItemId", "LoyaltyTier", "LoyaltyTier_2", "Column4", "_1st", "Größe"}; !slices.Equal(names, want) {
		t.Errorf("names are %q", names)
	}
	if e.Key != "ItemId" {
		t.Errorf("the key is %q", e.Key)
	}
}

func TestTheYAMLOverrulesWhatIsInferred(t *testing.T) {
	conf := `
dataSource: Shop
files:
  Contacts.csv:
    dataSource: CRM
    entity: people
    types: {PostCode: integer, Income: text}
    readOnly: [EMail]
    semantic: {Full Name: Person}
  Orders.csv:
    role: activity
    key: Subject
    time: Paid
    dayFirst: true
    references: {Who: Contacts.csv}
    types: {Weight: Edm.Int16}
    mandatory: [Weight]
    activity: {type: Subscription, display: Order, title: Who, description: [Weight], semantic: [Subject], hidden: true}
  Skipped.csv: {skip: true}
`
	bought := "OrderId,Subject,Who,Paid,Weight\n1,a,C1,2/3/2026,5\n1,b,C2,4/3/2026,heavy\n1,b,C2,4/3/2026,7\n"
	loaded := load(t, "Contacts.csv", contacts, "Orders.csv", bought, "Skipped.csv", "x\n1\n", csvdata.ConfigName, conf)
	people, e := entity(t, loaded, "CRM_people"), entity(t, loaded, "Shop_Orders")
	if a, _ := people.Attribute("PostCode"); a.Type != world.Int64 {
		t.Errorf("the post code is %s", a.Type)
	}
	if a, _ := people.Attribute("EMail"); !a.ReadOnly {
		t.Error("the mail can be written")
	}
	if a, _ := people.Attribute("FullName"); a.Semantic != "Person" {
		t.Errorf("the name means %q", a.Semantic)
	}
	if e.Key != "Subject" || e.Time != "Paid" || e.Activity.Type != "Subscription" || !e.Activity.Hidden || len(e.Rows) != 2 {
		t.Errorf("orders are %+v", e)
	}
	if got := e.Text(e.Rows[0], "Paid"); got != "2026-03-02T00:00:00Z" {
		t.Errorf("2/3/2026 is %s", got)
	}
	if e.Value(e.Rows[1], "Weight") != nil {
		t.Errorf("heavy is %v", e.Value(e.Rows[1], "Weight"))
	}
	if id, err := loaded.World.CustomerOf(e, e.Rows[0]); err != nil || id == "" {
		t.Errorf("the order leads to %q, %v", id, err)
	}
	readings := strings.Join(loaded.Readings, "\n")
	for _, want := range []string{"1 row left empty", "1 row left out, where Subject"} {
		if !strings.Contains(readings, want) {
			t.Errorf("not told: %s\n%s", want, readings)
		}
	}
}

func TestTypesOfTheYAMLReadValuesInTheirOwnWay(t *testing.T) {
	for _, c := range []struct{ kind, values, want string }{
		{"datetime", "1/20/2026|2/3/2026|never", "2026-01-20T00:00:00Z|2026-02-03T00:00:00Z|"},
		{"date", "2026-01-20|x", "2026-01-20|"},
		{"boolean", "true|yes", "true|"},
		{"json", `{"a":1}|{`, `{"a":1}|`},
		{"binary", "AQID|?", "AQID|"},
		{"time", "10:00|25:00", "10:00|"},
		{"Edm.Byte", "255|256|+5|0x1", "255|||"},
		{"Edm.Single", "1e3|inf|0x1p-2", "1e3||"},
		{"text", "1|2", "1|2"},
	} {
		rows := "Id\tV\n"
		for i, value := range strings.Split(c.values, "|") {
			rows += string(rune('a'+i)) + "\t" + value + "\n"
		}
		e := entity(t, load(t, "T.csv", rows, csvdata.ConfigName, "files: {T.csv: {types: {V: "+c.kind+"}}}"), "CSV_T")
		var got []string
		for _, row := range e.Rows {
			got = append(got, e.Text(row, "V"))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.kind, got, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(contacts), []byte(orders), []byte("dataSource: X\n"))
	f.Add([]byte("Id\n\"\n"), []byte(";;\n"), []byte("files: {a.csv: {key: Id, types: {Id: json}}}"))
	f.Add([]byte("\xff\xfe"), []byte("XId,Id,d\n1,2,1/2/2006\n"), []byte(""))
	f.Add([]byte("CustomerId,CustomerId\n1,2\n"), []byte("BId,CustomerId,t\n1,1,2026-01-01\n"), []byte("files: {b.csv: {references: {t: a.csv}}}"))
	f.Fuzz(func(t *testing.T, a, b, conf []byte) {
		dir := t.TempDir()
		for name, data := range map[string][]byte{"a.csv": a, "b.csv": b, csvdata.ConfigName: conf} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		loaded, err := csvdata.Load(dir, "")
		if err != nil {
			return
		}
		for _, e := range loaded.World.Entities {
			for _, row := range e.Rows {
				if len(row) != len(e.Attributes) {
					t.Fatalf("%s has a row of %d values for %d attributes", e.DataName(), len(row), len(e.Attributes))
				}
				for i, value := range row {
					if err := e.Attributes[i].Type.Check(value); err != nil && e.Attributes[i].Type != world.JSON {
						t.Fatalf("%s.%s: %v", e.DataName(), e.Attributes[i].Name, err)
					}
				}
			}
		}
	})
}
