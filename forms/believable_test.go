package forms_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// anything is an entity with a field of every kind and size, for each of many
// names and semantic types.
func anything() metadata.Entity {
	e := metadata.Entity{Name: "anything", Type: metadata.EntityActivity, Keys: [][]string{{"AnyId"}}, TimestampAttribute: "HappenedOn"}
	e.Attributes = []metadata.Attribute{attribute("AnyId", metadata.KindText), attribute("HappenedOn", metadata.KindDateTime)}
	types := []metadata.DataType{
		{Kind: metadata.KindInteger, Bits: 8, Unsigned: true},
		{Kind: metadata.KindInteger, Bits: 8},
		{Kind: metadata.KindInteger, Bits: 16},
		{Kind: metadata.KindInteger, Bits: 32},
		{Kind: metadata.KindInteger, Bits: 64},
	}
	for kind := metadata.KindText; kind <= metadata.KindJSON; kind++ {
		types = append(types, metadata.DataType{Kind: kind}, metadata.DataType{Kind: kind, Collection: true})
	}
	names := []string{
		"Other", "EmailAddress", "PhoneNumber", "FirstName", "LastName", "ContactName", "Name", "EventName", "City", "PostalCode",
		"Country", "CountryCode", "Province", "StreetAddress", "LandingURL", "TotalPrice", "Currency", "Quantity", "Rating",
		"OrderStatus", "Channel", "ProductId", "ProductName", "Subject", "Comment", "StoreName", "DurationSeconds", "CreatedOn",
		"BirthDate", "Age", "ModelYear", "Latitude", "Longitude", "Points", "DiscountRate", "Language", "DeviceType", "Gender",
		"CampaignName", "Category", "IsReturning", "Company",
	}
	for _, t := range types {
		for _, name := range names {
			a := metadata.Attribute{Name: fmt.Sprintf("%s_%d_%v_%d", name, t.Kind, t.Collection, t.Bits), FriendlyName: name, Type: t}
			e.Attributes = append(e.Attributes, a)
		}
		for _, semantic := range []string{
			"IdentityServiceEmail", "IdentityServicePhone", "PersonFirstName", "PersonLastName", "LocationCity", "LocationCountry",
			"LocationPostalCode", "LocationAddressStreet", "ReferenceURL", "PersonBirthDate", "PersonGender", "MeasurementUnitsCurrency",
		} {
			a := metadata.Attribute{Name: fmt.Sprintf("%s_%d_%v_%d", semantic, t.Kind, t.Collection, t.Bits), Type: t, SemanticType: semantic}
			e.Attributes = append(e.Attributes, a)
		}
	}
	return e
}

func TestEveryBelievableValueIsOneThatTheFormAccepts(t *testing.T) {
	e := anything()
	for seed := range uint64(40) {
		f := forms.FromEntity(e, forms.Options{Now: func() time.Time { return noon }, Zone: zurich(t)})
		filled := f.FillBelievable(forms.FillAll, seed, nil)
		if filled.Count != f.Len() || len(filled.Skipped) > 0 {
			t.Fatalf("seed %d: %d of %d fields are filled, without %v", seed, filled.Count, f.Len(), filled.Skipped)
		}
		for _, field := range f.Fields() {
			if p, hint := f.Problem(field.Name), f.Hint(field.Name); p != nil || hint != "" {
				t.Errorf("seed %d: %s (%s) is %q: %v%s", seed, field.Name, field.TypeLabel, f.Text(field.Name), p, hint)
			}
		}
		if _, err := f.JSON(); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
}

func TestNoBelievableValueCouldBeAPersonsOwn(t *testing.T) {
	address := regexp.MustCompile(`^[a-z]+\.\d{1,3}@example\.com$`)
	number := regexp.MustCompile(`^\+1 555 01\d\d$`)
	site := regexp.MustCompile(`^https://example\.com/`)
	e := metadata.Entity{Name: "people", Attributes: []metadata.Attribute{
		attribute("EMail", metadata.KindText), attribute("MobilePhone", metadata.KindText), attribute("PageUrl", metadata.KindText),
		attribute("ReviewerName", metadata.KindText), attribute("ReviewText", metadata.KindText), attribute("Topic", metadata.KindText),
	}}
	var rows []map[string]any
	for i := range 20 {
		rows = append(rows, map[string]any{
			"EMail": "real@person.test", "MobilePhone": "044 123 45 67", "PageUrl": "https://person.test/a",
			"ReviewerName": "A Person", "ReviewText": "My own words", "Topic": []string{"a@person.test", "b"}[i%2],
		})
	}
	f := forms.FromEntity(e, forms.Options{Now: func() time.Time { return noon }})
	for seed := range uint64(50) {
		f.FillBelievable(forms.FillAll, seed, rows)
		for name, want := range map[string]*regexp.Regexp{"EMail": address, "MobilePhone": number, "PageUrl": site} {
			if !want.MatchString(f.Text(name)) {
				t.Errorf("%s is %q", name, f.Text(name))
			}
		}
		if text := mustJSON(t, f); strings.Contains(text, "erson") || strings.Contains(text, "own words") {
			t.Fatalf("a sample row's person is in\n%s", text)
		}
	}
}

// purchaseRows are sample rows as the sandbox has them.
func purchaseRows() []map[string]any {
	var rows []map[string]any
	for i := range 30 {
		rows = append(rows, map[string]any{
			"PurchaseId": fmt.Sprintf("OPID_%05d", i), "ContactId": fmt.Sprintf("CNTID_%d", 1000+i%5),
			"PurchasedOn": "2026-10-02T08:00:00Z", "TotalPrice": json.Number(strconv.Itoa(10+i) + ".50"),
			"ProductId": fmt.Sprintf("ProdID_%03d", i%9), "ActivityTypeDisplay": []string{"OnlinePurchase", "Return"}[i%2],
		})
	}
	return rows
}

func TestRowsTellCategoriesIdsAndRanges(t *testing.T) {
	rows := purchaseRows()
	for seed := range uint64(50) {
		f := purchaseForm(t)
		f.FillBelievable(forms.FillAll, seed, rows)
		if price, err := strconv.ParseFloat(f.Text("TotalPrice"), 64); err != nil || price < 10.5 || price > 39.5 {
			t.Errorf("TotalPrice is %q", f.Text("TotalPrice"))
		}
		for _, name := range []string{"ContactId", "ProductId", "ActivityTypeDisplay"} {
			if !slices.ContainsFunc(rows, func(row map[string]any) bool { return row[name] == f.Text(name) }) {
				t.Errorf("no row has the %s %q", name, f.Text(name))
			}
		}
		if id := f.Text("PurchaseId"); !strings.HasPrefix(id, "OPID_") || len(id) != len("OPID_")+8 {
			t.Errorf("the key is %q", id)
		}
	}
}

func TestTheSameSeedGivesTheSameValuesButNeverTheSameKey(t *testing.T) {
	rows := purchaseRows()
	values := func(seed uint64) (rest, key string) {
		f := purchaseForm(t)
		f.FillBelievable(forms.FillAll, seed, rows)
		key = f.Text("PurchaseId")
		f.LeaveOut("PurchaseId")
		return mustSnapshot(t, f), key
	}
	first, firstKey := values(4711)
	again, otherKey := values(4711)
	if first != again {
		t.Errorf("seed 4711 gave\n%s\nand then\n%s", first, again)
	}
	if firstKey == otherKey {
		t.Errorf("two colleagues would both send %s", firstKey)
	}
	if other, _ := values(4712); other == first {
		t.Error("another seed gives the same values")
	}
}

func TestAFieldsValueDependsOnNoOtherField(t *testing.T) {
	whole, one := anything(), anything()
	one.Attributes = slices.Clone(one.Attributes[len(one.Attributes)-3:])
	one.Keys = nil
	options := forms.Options{Now: func() time.Time { return noon }}
	a, b := forms.FromEntity(whole, options), forms.FromEntity(one, options)
	a.FillBelievable(forms.FillAll, 1, nil)
	b.FillBelievable(forms.FillAll, 1, nil)
	for _, field := range b.Fields() {
		if a.Text(field.Name) != b.Text(field.Name) {
			t.Errorf("%s is %q beside others and %q among a few", field.Name, a.Text(field.Name), b.Text(field.Name))
		}
	}
}

func TestTimesAreOverAndNotLongAgo(t *testing.T) {
	for _, now := range []time.Time{noon, time.Date(2026, 3, 29, 0, 30, 0, 0, time.UTC), time.Date(2024, 2, 29, 23, 59, 0, 0, time.UTC)} {
		for seed := range uint64(200) {
			f := forms.FromEntity(purchases(), forms.Options{Now: func() time.Time { return now }, Zone: zurich(t)})
			f.FillBelievable(forms.FillAll, seed, nil)
			at, ok := f.TimeValue()
			when, err := time.Parse(time.RFC3339, at.Value)
			if !ok || err != nil || when.After(now) || now.Sub(when) > 4*24*time.Hour {
				t.Fatalf("at %s the time is %q", now, at.Value)
			}
		}
	}
}

func TestWhatIsFilledIsWhatWasAskedFor(t *testing.T) {
	e := purchases()
	e.Attributes = append(e.Attributes, metadata.Attribute{Name: "StoredOn", ReadOnly: true, Type: metadata.DataType{Kind: metadata.KindDateTime}},
		attribute("Shape", metadata.KindUnknown))
	form := func() *forms.Form {
		f := forms.FromEntity(e, forms.Options{All: []metadata.Entity{e, customers()}, Relationships: toCustomer(), Now: func() time.Time { return noon }})
		f.SetText("ContactId", "CNTID_7")
		f.SetText("TotalPrice", "99")
		f.SetNull("Subject")
		return f
	}
	f := form()
	if got := f.FillBelievable(forms.FillLeftOut, 1, nil); got.Count != 4 || !slices.Equal(got.Skipped, []string{"Shape"}) {
		t.Errorf("left out: %+v", got)
	}
	if f.Text("TotalPrice") != "99" || f.State("Subject") != forms.Null || f.Text("ContactId") != "CNTID_7" {
		t.Errorf("what was there changed: %s", mustSnapshot(t, f))
	}
	f = form()
	if got := f.FillBelievable(forms.FillRequired, 1, nil); got.Count != 2 || f.State("ProductId") != forms.LeftOut {
		t.Errorf("required: %+v, %s", got, mustSnapshot(t, f))
	}
	f = form()
	if got := f.FillBelievable(forms.FillAll, 1, nil); got.Count != 6 || f.State("StoredOn") != forms.LeftOut {
		t.Errorf("all: %+v, %s", got, mustSnapshot(t, f))
	}
	if f.Text("ContactId") != "CNTID_7" || f.Text("TotalPrice") == "99" {
		t.Errorf("all: %s", mustSnapshot(t, f))
	}
	f = purchaseForm(t)
	if got := f.FillBelievable(forms.FillAll, 1, nil); !slices.Equal(got.Skipped, []string{"ContactId"}) || f.State("ContactId") != forms.LeftOut {
		t.Errorf("a customer was invented: %+v, %q", got, f.Text("ContactId"))
	}
}

func TestDatesInTextAreWrittenAsRowsWriteThem(t *testing.T) {
	e := metadata.Entity{Name: "e", Attributes: []metadata.Attribute{attribute("CreatedOn", metadata.KindText)}}
	f := forms.FromEntity(e, forms.Options{Now: func() time.Time { return noon }})
	for layout, seen := range map[string]string{
		"20060102": "20260102", "2006-01-02": "2026-01-02", "02.01.2006": "31.01.2026", time.RFC3339: "2026-01-02T10:00:00+01:00",
	} {
		f.FillBelievable(forms.FillAll, 3, []map[string]any{{"CreatedOn": seen}})
		if _, err := time.Parse(layout, f.Text("CreatedOn")); err != nil {
			t.Errorf("beside %q it is %q", seen, f.Text("CreatedOn"))
		}
	}
}
