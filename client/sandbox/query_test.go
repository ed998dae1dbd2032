package sandbox_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// values collects a field of rows.
func values(rows []map[string]any, field string) []string {
	var list []string
	for _, row := range rows {
		list = append(list, fmt.Sprint(row[field]))
	}
	return list
}

func TestTheContractsQueriesAreUnderstood(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, style sandbox.Style) {
		id := r.firstCustomer()
		at := "ActivityTime"
		if style == sandbox.StyleAwkward {
			at = "ActivityTimeStamp"
		}
		mine := "CustomerId eq '" + id + "'"
		all := len(r.get(data("UnifiedActivity", "$filter", mine)).rows(t))
		if all < 5 {
			t.Fatalf("the first customer has %d activities", all)
		}
		count := func(filter string) int { return len(r.get(data("UnifiedActivity", "$filter", filter)).rows(t)) }
		recent := count(mine + " and " + at + " gt 2026-11-01T00:00:00.000Z and " + at + " lt 2026-12-01T00:00:00.000Z")
		older := count(mine + " and (" + at + " le 2026-11-01T00:00:00Z or " + at + " ge 2026-12-01T00:00:00Z)")
		if recent == 0 || older == 0 || recent+older != all {
			t.Errorf("%d recent and %d older of %d", recent, older, all)
		}
		online := count(mine + " and ActivityTypeDisplay eq 'OnlinePurchase'")
		other := count(mine + " and ActivityTypeDisplay ne 'OnlinePurchase'")
		if online == 0 || online+other != all {
			t.Errorf("%d online and %d other of %d", online, other, all)
		}
		both := r.get(data("Customer", "$filter", "CustomerId in ('"+id+"','nobody')")).rows(t)
		if len(both) != 1 {
			t.Errorf("in finds %d customers", len(both))
		}
		quoted := r.get(data("Customer", "$filter", "LastName eq 'O''Neill'")).rows(t)
		if len(quoted) != 1 || quoted[0]["FirstName"] != "Siobhán" {
			t.Errorf("a doubled quote finds %v", values(quoted, "FullName"))
		}
		for _, segment := range []string{"HighValueCustomers", "RecentlyActive", "Newsletter"} {
			members := r.get(data("Customer", "$filter", "IsMemberOfSegment('"+segment+"')")).rows(t)
			listed := r.get(data(segment)).rows(t)
			if len(members) == 0 || !slices.Equal(values(members, "CustomerId"), values(listed, "CustomerId")) {
				t.Errorf("%s has %d members, its entity %d rows", segment, len(members), len(listed))
			}
		}
	})
}

func TestCustomersAreFoundByEverySourcesKey(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	id := r.firstCustomer()
	rows := r.get(data("Customer", "$filter", "loyaltyScheme_loyCustomers_LoyaltyId eq 'LOYID_1000'")).rows(t)
	if len(rows) != 1 || rows[0]["CustomerId"] != id {
		t.Errorf("LOYID_1000 is %v, CNTID_1000 is %s", values(rows, "CustomerId"), id)
	}
	for entity, key := range map[string]string{"eCommerceContacts": "CNTID_1000", "loyCustomers": "LOYID_1000"} {
		source := map[string]string{"eCommerceContacts": "eCommerce", "loyCustomers": "loyaltyScheme"}[entity]
		ring := r.get(in("/profile/keyring?dataSourceName="+source+"&entityName="+entity+"&key="+key)).must(t, http.StatusOK).object(t)
		if ring["customerId"] != id || ring["instanceId"] != sandbox.InstanceCoffee || ring["keyRing"] == nil {
			t.Errorf("%s gives %v", key, ring)
		}
	}
}

func TestThereAreFortyPeopleWithSomeHundredActivities(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	people := r.get(data("Customer", "$count", "true", "$top", "0")).object(t)
	activities := r.get(data("UnifiedActivity", "$count", "true", "$top", "0")).object(t)
	if got := fmt.Sprint(people["@odata.count"]); got != "40" {
		t.Errorf("%s customers", got)
	}
	if got := fmt.Sprint(activities["@odata.count"]); len(got) != 3 {
		t.Errorf("%s activities", got)
	}
	recent := r.get(data("UnifiedActivity", "$filter", "ActivityTime gt "+start.AddDate(0, 0, -7).Format(time.RFC3339), "$count", "true")).object(t)
	if got := fmt.Sprint(recent["@odata.count"]); len(got) < 2 {
		t.Errorf("%s activities in the last week", got)
	}
	future := r.get(data("UnifiedActivity", "$filter", "ActivityTime gt "+start.Format(time.RFC3339))).rows(t)
	if len(future) != 0 {
		t.Errorf("%d activities in the future", len(future))
	}
}

// pages follows next links to the end.
func pages(t *testing.T, r *rig, path string) (rows []map[string]any, pages int) {
	t.Helper()
	for path != "" {
		pages++
		if pages > 20 {
			t.Fatal("the links never end")
		}
		answer := r.get(path)
		rows = append(rows, answer.rows(t)...)
		path, _ = answer.object(t)["@odata.nextLink"].(string)
	}
	return rows, pages
}

func TestRowsComeAHundredAtATimeAndEachOnce(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, _ sandbox.Style) {
		first := r.get(data("UnifiedActivity"))
		if n := len(first.rows(t)); n != 100 {
			t.Fatalf("a page has %d rows", n)
		}
		rows, count := pages(t, r, data("UnifiedActivity"))
		ids := values(rows, "ActivityId")
		slices.Sort(ids)
		if unique := len(slices.Compact(slices.Clone(ids))); unique != len(rows) || count != (len(rows)+99)/100 {
			t.Errorf("%d rows on %d pages, %d of them different", len(rows), count, unique)
		}
		some, count := pages(t, r, data("UnifiedActivity", "$top", "250"))
		if len(some) != 250 || count != 3 {
			t.Errorf("$top=250 gives %d rows on %d pages", len(some), count)
		}
		few := r.get(data("UnifiedActivity", "$top", "10", "$skip", "95"))
		if got := few.rows(t); len(got) != 10 || got[9]["ActivityId"] != rows[104]["ActivityId"] {
			t.Errorf("$skip=95&$top=10 gives %v", values(got, "ActivityId"))
		}
		if _, linked := few.object(t)["@odata.nextLink"]; linked {
			t.Error("who asked for ten rows is sent on")
		}
		if got := r.get(data("UnifiedActivity", "$skip", "100000")).rows(t); len(got) != 0 {
			t.Errorf("%d rows beyond the end", len(got))
		}
	})
}

func TestNextLinksKeepTheWholeQuery(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	filter := "SourceTableName eq '" + purchases + "' and Title ne 'a+b & c'"
	path := data("UnifiedActivity", "$filter", filter, "$orderby", "ActivityTime desc", "$select", "ActivityTime")
	rows, count := pages(t, r, path)
	times := values(rows, "ActivityTime")
	if count < 3 || !slices.IsSortedFunc(times, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("%d pages, sorted: %v", count, times[:3])
	}
	if len(rows[len(rows)-1]) != 1 {
		t.Errorf("$select is lost on the way: %v", rows[len(rows)-1])
	}
}

func TestRowsAreSortedByTypeAndNotByText(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	rows := r.get(data("Customer_Measure", "$orderby", "ActivityCount desc,CustomerId asc")).rows(t)
	if got := fmt.Sprint(rows[0]["ActivityCount"]); len(got) != 3 {
		t.Errorf("the busiest customer has %s activities", got)
	}
	for i := 1; i < len(rows); i++ {
		a, b := fmt.Sprint(rows[i-1]["ActivityCount"]), fmt.Sprint(rows[i]["ActivityCount"])
		if len(a) < len(b) || len(a) == len(b) && a < b {
			t.Fatalf("%s comes before %s", a, b)
		}
	}
}

func TestNullsComeFirstAndEqualRowsStayInOrder(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	for _, direction := range []string{"asc", "desc"} {
		rows := r.get(data("Customer", "$orderby", "loyaltyScheme_loyCustomers_LoyaltyId "+direction)).rows(t)
		var nulls []int
		for i, row := range rows {
			if row["loyaltyScheme_loyCustomers_LoyaltyId"] == nil {
				nulls = append(nulls, i)
			}
		}
		first := 0
		if direction == "desc" {
			first = len(rows) - len(nulls)
		}
		if len(nulls) < 2 || nulls[0] != first || nulls[len(nulls)-1] != first+len(nulls)-1 {
			t.Fatalf("%s: nulls stand at %v of %d", direction, nulls, len(rows))
		}
		keys := values(rows[first:first+len(nulls)], "eCommerce_eCommerceContacts_ContactId")
		if !slices.IsSorted(keys) {
			t.Errorf("%s: equal rows changed places: %v", direction, keys)
		}
	}
}

func TestSearchFindsWordsEachOnItsOwn(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	for _, c := range []struct {
		search string
		names  []string
	}{
		{`"kotlar"`, []string{"Ines Kotlar", "Petr Kotlarz", "Maria Kotlar-Diaz"}},
		{`"Diaz Maria"`, []string{"Maria Kotlar-Diaz"}},
		{`lindqv`, []string{"Nora Lindqvist"}},
		{`"nora.lindqvist@example.com"`, []string{"Nora Lindqvist"}},
		{`"o'neill"`, []string{"Siobhán O'Neill"}},
		{`"nobody at all"`, nil},
	} {
		rows := r.get(data("Customer", "$search", c.search, "$top", "10", "$skip", "0")).rows(t)
		if got := values(rows, "FullName"); !slices.Equal(got, c.names) {
			t.Errorf("%s finds %v, want %v", c.search, got, c.names)
		}
	}
}

func TestExpandAddsActivitiesAndMeasures(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, style sandbox.Style) {
		id := r.firstCustomer()
		rows := r.get(data("Customer", "$expand", "UnifiedActivity,Customer_Measure", "$filter", "CustomerId eq '"+id+"'")).rows(t)
		activities, _ := rows[0]["UnifiedActivity"].([]any)
		alone := r.get(data("UnifiedActivity", "$filter", "CustomerId eq '"+id+"'")).rows(t)
		if len(activities) != len(alone) || len(alone) == 0 {
			t.Errorf("%d activities by $expand, %d by $filter", len(activities), len(alone))
		}
		measures, isObject := rows[0]["Customer_Measure"].(map[string]any)
		if style == sandbox.StyleAwkward {
			list, _ := rows[0]["Customer_Measure"].([]any)
			if len(list) != 1 {
				t.Fatalf("measures are %v", rows[0]["Customer_Measure"])
			}
			measures, isObject = list[0].(map[string]any)
		}
		if !isObject || measures["CustomerId"] != id {
			t.Errorf("measures are %v", rows[0]["Customer_Measure"])
		}
	})
}

func TestWhatTheServiceDoesNotSupportIsRefused(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	for _, c := range []struct {
		name, entity string
		options      []string
		code         string
	}{
		{"filter on a source", purchases, []string{"$filter", "PurchaseId eq 'OPID_1000'"}, "unsupportedOperation"},
		{"filter on a source of profiles", "eCommerce_eCommerceContacts", []string{"$filter", "City eq 'Lyon'"}, "unsupportedOperation"},
		{"expand with search", "Customer", []string{"$expand", "UnifiedActivity", "$search", "x"}, "unsupportedOperation"},
		{"expand with some fields", "Customer", []string{"$expand", "UnifiedActivity", "$select", "City"}, "unsupportedOperation"},
		{"expand of something else", "Customer", []string{"$expand", purchases}, "unsupportedOperation"},
		{"expand elsewhere", "UnifiedActivity", []string{"$expand", "Customer"}, "unsupportedOperation"},
		{"search elsewhere", "UnifiedActivity", []string{"$search", "x"}, "unsupportedOperation"},
		{"another option", "Customer", []string{"$apply", "aggregate"}, "unsupportedOperation"},
		{"search for nothing", "Customer", []string{"$search", `""`}, "malformedInputParameters"},
		{"select of no field", "Customer", []string{"$select", "Town"}, "fieldNotExistsInMetadata"},
		{"order by no field", "Customer", []string{"$orderby", "Town"}, "fieldNotExistsInMetadata"},
		{"order in no direction", "Customer", []string{"$orderby", "City upwards"}, "malformedInputParameters"},
		{"negative skip", "Customer", []string{"$skip", "-1"}, "malformedInputParameters"},
		{"count of maybe", "Customer", []string{"$count", "maybe"}, "malformedInputParameters"},
		{"a token of one's own", "Customer", []string{"$skiptoken", "!"}, "malformedInputParameters"},
		{"filter that is none", "Customer", []string{"$filter", "City"}, "malformedInputParameters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.get(data(c.entity, c.options...)).mustFail(t, http.StatusBadRequest, c.code)
		})
	}
	r.get(data("Customer", "$select", "*", "forceSearch", "True", "$skip", "0", "$top", "100")).must(t, http.StatusOK)
	r.get(data("Customer")+"?$top=1&$top=2").mustFail(t, http.StatusBadRequest, "malformedInputParameters")
}

func TestTheAwkwardStyleHasNoOrderCountOrSearch(t *testing.T) {
	r := newRig(t, sandbox.Options{Style: sandbox.StyleAwkward})
	r.get(data("UnifiedActivity", "$orderby", "ActivityTimeStamp desc")).mustFail(t, http.StatusBadRequest, "unsupportedOperation")
	r.get(data("UnifiedActivity", "$count", "true")).mustFail(t, http.StatusBadRequest, "unsupportedOperation")
	r.get(data("Customer", "$search", `"nora"`)).mustFail(t, http.StatusNotAcceptable, "unsupportedOperation")
	r.get(in("/manage/entities")).must(t, http.StatusNotFound)
	link := r.get(data("UnifiedActivity")).object(t)["@odata.nextLink"].(string)
	if !strings.Contains(link, "$skiptoken=") || strings.Contains(link, "$skip=") {
		t.Errorf("the next link is %s", link)
	}
}

func TestActivityCountsAddUp(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, style sandbox.Style) {
		id := r.firstCustomer()
		all := len(r.get(data("UnifiedActivity", "$filter", "CustomerId eq '"+id+"'")).rows(t))
		body := r.get(in("/profile/activityresponsemetadata?customerId="+id)).must(t, http.StatusOK).body
		wrapped := reply{body: []byte(`{"counts":` + string(body) + `}`)}.object(t)["counts"]
		total := 0
		var add func(any)
		add = func(value any) {
			switch v := value.(type) {
			case []any:
				for _, item := range v {
					add(item)
				}
			case map[string]any:
				for name, item := range v {
					if name == "count" || style == sandbox.StyleAwkward && !isContainer(item) {
						n := 0
						_, _ = fmt.Sscan(fmt.Sprint(item), &n)
						total += n
					} else {
						add(item)
					}
				}
			}
		}
		add(wrapped)
		if total != all {
			t.Errorf("%d by type, %d in all: %s", total, all, body)
		}
	})
}

func isContainer(value any) bool {
	switch value.(type) {
	case []any, map[string]any:
		return true
	default:
		return false
	}
}

func TestRowsOfAWideEntityHaveEveryField(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	entity := r.get(in("/manage/entities/Survey_wideResponses?attributesAnnotations=true")).must(t, http.StatusOK).object(t)
	if n := len(entity["attributes"].([]any)); n != 300 {
		t.Errorf("%d attributes", n)
	}
	rows := r.get(data("Survey_wideResponses")).rows(t)
	if len(rows) == 0 || len(rows[0]) != 300 {
		t.Fatalf("%d rows", len(rows))
	}
}
