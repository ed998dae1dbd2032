package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

func TestAPostedActivityIsStoredUnifiedAndFound(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, style sandbox.Style) {
		customer := r.firstCustomer()
		status := http.StatusCreated
		if style == sandbox.StyleAwkward {
			status = http.StatusAccepted
		}
		created := r.post(data(purchases), purchase("OPID_NEW")).must(t, status).object(t)
		if fmt.Sprint(created["statusCode"]) != fmt.Sprint(status) {
			t.Errorf("statusCode is %v", created["statusCode"])
		}
		rows := r.get(data("UnifiedActivity", "$filter", "CustomerId eq '"+customer+"' and SourceActivityId eq 'OPID_NEW'")).rows(t)
		if len(rows) != 1 {
			t.Fatalf("%d rows on the timeline", len(rows))
		}
		timeField := "ActivityTime"
		if style == sandbox.StyleAwkward {
			timeField = "ActivityTimeStamp"
		}
		want := map[string]any{
			"CustomerId": customer, "ActivityType": "SalesOrder", "ActivityTypeDisplay": "OnlinePurchase",
			timeField: "2026-11-23T13:05:00Z", "SourceTableName": purchases, "SourceActivityId": "OPID_NEW",
			"Description": "TotalPrice 12.50 · ProdID_1032",
		}
		for name, value := range want {
			if rows[0][name] != value {
				t.Errorf("%s is %v, want %v", name, rows[0][name], value)
			}
		}
		for _, name := range []string{"PurchaseId", "TotalPrice", "ContactId"} {
			if _, ok := rows[0][name]; ok {
				t.Errorf("the source's field %s is on the timeline", name)
			}
		}
		if location, ok := created["location"].(string); ok {
			if rows := r.get(location).rows(t); len(rows) != 1 || rows[0]["SourceActivityId"] != "OPID_NEW" {
				t.Errorf("the location leads to %v", rows)
			}
		}
	})
}

func TestNumbersComeBackDigitForDigit(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	body := strings.Replace(purchase("OPID_DIGITS"), "12.50", "12345678901234567890.12345678900", 1)
	r.post(data(purchases), body).must(t, http.StatusCreated)
	stored := r.service.Posted(sandbox.InstanceCoffee, purchases)
	if len(stored) != 1 || !strings.Contains(stored[0], `"TotalPrice":12345678901234567890.12345678900`) {
		t.Errorf("stored is %v", stored)
	}
}

func TestAnActivityWithAKnownKeyIsAConflict(t *testing.T) {
	inEveryStyle(t, func(t *testing.T, r *rig, _ sandbox.Style) {
		r.post(data(purchases), purchase("OPID_TWICE"))
		r.post(data(purchases), purchase("OPID_TWICE")).mustFail(t, http.StatusConflict, "storeDuplicateItem")
		r.post(data(purchases), purchase("OPID_1000")).mustFail(t, http.StatusConflict, "storeDuplicateItem")
		if n := len(r.service.Posted(sandbox.InstanceCoffee, purchases)); n != 1 {
			t.Errorf("%d are stored", n)
		}
	})
}

func TestOfManyPostsOfOneKeyExactlyOneIsStored(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	var wg sync.WaitGroup
	statuses := make(chan int, 20)
	for range cap(statuses) {
		wg.Go(func() { statuses <- r.post(data(purchases), purchase("OPID_RACE")).status })
	}
	wg.Wait()
	close(statuses)
	created := 0
	for status := range statuses {
		if status == http.StatusCreated {
			created++
		}
	}
	if n := len(r.service.Posted(sandbox.InstanceCoffee, purchases)); created != 1 || n != 1 {
		t.Errorf("%d were created, %d are stored", created, n)
	}
}

func TestReadersWritersAndTheClockDoNotDisturbOneAnother(t *testing.T) {
	r := newRig(t, sandbox.Options{VisibleAfter: time.Minute})
	id := r.firstCustomer()
	expect := func(status int, got reply) {
		if got.status != status {
			t.Errorf("answered %d, want %d: %s", got.status, status, got.body)
		}
	}
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			for i := range 10 {
				switch worker % 3 {
				case 0:
					expect(http.StatusCreated, r.post(data(purchases), purchase(fmt.Sprintf("OPID_%d_%d", worker, i))))
					r.service.AdvanceClock(time.Hour)
				case 1:
					expect(http.StatusOK, r.get(data("Customer", "$expand", "UnifiedActivity", "$filter", "CustomerId eq '"+id+"'")))
					r.service.SetFaults()
				default:
					expect(http.StatusNoContent, r.patch(in("/data/Customer/"+id), `{"City":"Bern"}`))
					expect(http.StatusOK, r.get(in("/profile/activityresponsemetadata?customerId="+id)))
				}
			}
		})
	}
	wg.Wait()
	if n := len(r.service.Posted(sandbox.InstanceCoffee, purchases)); n != 20 {
		t.Errorf("%d of 20 are stored", n)
	}
}

func TestRefusedActivitiesSayWhy(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	set := func(from, to string) string { return strings.Replace(purchase("OPID_BAD"), from, to, 1) }
	for _, c := range []struct {
		name, entity, body, code, target string
	}{
		{"unknown field", purchases, set(`"ProductId"`, `"ProductID"`), "fieldNotExistsInMetadata", "ProductID"},
		{"no key", purchases, set(`"PurchaseId":"OPID_BAD",`, ""), "mandatoryFieldsMissing", "PurchaseId"},
		{"key is null", purchases, set(`"OPID_BAD"`, "null"), "mandatoryFieldsMissing", "PurchaseId"},
		{"key is empty", purchases, set(`"OPID_BAD"`, `""`), "mandatoryFieldsMissing", "PurchaseId"},
		{"no time", purchases, set(`"PurchasedOn":"2026-11-23T13:05:00Z",`, ""), "mandatoryFieldsMissing", "PurchasedOn"},
		{"unknown customer", purchases, set("CNTID_1000", "CNTID_9"), "customerForActivityNotFound", "ContactId"},
		{"text for a number", purchases, set("12.50", `"12.50"`), "malformedInputParameters", "TotalPrice"},
		{"number for a text", purchases, set(`"ProdID_1032"`, "1032"), "malformedInputParameters", "ProductId"},
		{"no such day", purchases, set("2026-11-23", "2026-02-30"), "malformedInputParameters", "PurchasedOn"},
		{"words for a time", purchases, set("2026-11-23T13:05:00Z", "yesterday"), "malformedInputParameters", "PurchasedOn"},
		{"not JSON", purchases, "{", "malformedInputParameters", "body"},
		{"a list", purchases, "[]", "malformedInputParameters", "body"},
		{"two objects", purchases, "{}{}", "malformedInputParameters", "body"},
		{"a member twice", purchases, set(`"ContactId"`, `"PurchaseId":"x","ContactId"`), "malformedInputParameters", "body"},
		{"a wrapped text", purchases, `"no object"`, "malformedInputParameters", "body"},
		{"too long", purchases, `{"Subject":"` + strings.Repeat("x", 1<<20) + `"}`, "malformedInputParameters", "body"},
		{
			"read-only field", "Website_webReviews",
			`{"ReviewId":"R1","ContactId":"CNTID_1000","ReviewDate":"2026-11-23T13:05:00Z","Rating":5,"ModeratedBy":"me"}`,
			"writeReadonlyField", "ModeratedBy",
		},
		{
			"out of range", "Website_webReviews",
			`{"ReviewId":"R1","ContactId":"CNTID_1000","ReviewDate":"2026-11-23T13:05:00Z","Rating":256}`,
			"malformedInputParameters", "Rating",
		},
		{"not set up", "Hotel_stays", `{"StayId":"S1","ContactId":"CNTID_1000"}`, "mappingForActivityNotFound", "Hotel_stays"},
		{
			"no relationship", "Kiosk_kioskVisits", `{"KioskVisitId":"K1","SeenOn":"2026-11-23T13:05:00Z"}`,
			"relationshipsForActivityNotFound", "Kiosk_kioskVisits",
		},
		{"a profile", "Customer", `{}`, "unsupportedEntityType", "Customer"},
		{"a profile's source", "eCommerce_eCommerceContacts", `{}`, "unsupportedEntityType", "eCommerce_eCommerceContacts"},
		{"a measure", "Customer_Measure", `{}`, "unsupportedEntityType", "Customer_Measure"},
		{
			"unified without a customer", "UnifiedActivity",
			`{"ActivityId":"a1","CustomerId":"nobody","ActivityType":"Other","ActivityTime":"2026-11-23T13:05:00Z"}`,
			"customerForActivityNotFound", "CustomerId",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := r.post(data(c.entity), c.body)
			got.mustFail(t, http.StatusBadRequest, c.code)
			if target := got.object(t)["target"]; target != c.target {
				t.Errorf("the target is %v, want %s", target, c.target)
			}
			if n := len(r.service.Posted(sandbox.InstanceCoffee, c.entity)); n != 0 {
				t.Errorf("it was stored")
			}
		})
	}
}

func TestAllMissingFieldsAreToldAtOnce(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	details := r.post(data(purchases), `{}`).must(t, http.StatusBadRequest).object(t)["details"].([]any)
	if len(details) != 3 {
		t.Errorf("details are %v", details)
	}
}

func TestUnifiedActivityTakesActivitiesInItsOwnFormat(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	customer := r.firstCustomer()
	body := `{"ActivityId":"by-hand","CustomerId":"` + customer + `","ActivityType":"Other","ActivityTime":"2026-11-23T13:05:00+02:00","Title":"By hand"}`
	r.post(data("UnifiedActivity"), body).must(t, http.StatusCreated)
	r.post(data("UnifiedActivity"), body).mustFail(t, http.StatusConflict, "storeDuplicateItem")
	rows := r.get(data("UnifiedActivity", "$filter", "ActivityId eq 'by-hand'")).rows(t)
	if len(rows) != 1 || rows[0]["Title"] != "By hand" || fmt.Sprint(rows[0]["RangeIndex"]) != "202611" {
		t.Errorf("rows are %v", rows)
	}
}

func TestAHiddenTypeIsStoredAndNotReturned(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	r.post(data("Website_webVisits"), `{"VisitId":"V1","ContactId":"CNTID_1000","VisitedOn":"2026-11-23T13:05:00Z"}`).
		must(t, http.StatusCreated)
	if n := len(r.service.Posted(sandbox.InstanceCoffee, "Website_webVisits")); n != 1 {
		t.Errorf("%d are stored", n)
	}
	if rows := r.get(data("UnifiedActivity", "$filter", "SourceTableName eq 'Website_webVisits'")).rows(t); len(rows) != 0 {
		t.Errorf("the timeline shows %v", rows)
	}
}

func TestActivitiesAreVisibleAfterAWhile(t *testing.T) {
	r := newRig(t, sandbox.Options{VisibleAfter: 3 * time.Second})
	r.post(data(purchases), purchase("OPID_LATE")).must(t, http.StatusCreated)
	seen := func() int {
		return len(r.get(data("UnifiedActivity", "$filter", "SourceActivityId eq 'OPID_LATE'")).rows(t))
	}
	r.service.AdvanceClock(3*time.Second - time.Nanosecond)
	if seen() != 0 {
		t.Error("visible too early")
	}
	r.post(data(purchases), purchase("OPID_LATE")).mustFail(t, http.StatusConflict, "storeDuplicateItem")
	r.service.AdvanceClock(time.Nanosecond)
	if seen() != 1 {
		t.Error("not visible in time")
	}
}

func TestActivitiesExpireAfterThirtyDaysOrWhenSaid(t *testing.T) {
	for _, c := range []struct {
		name, until string
		kept        time.Duration
	}{
		{"by default", "", 30 * 24 * time.Hour},
		{"as said", start.Add(time.Hour).Format(time.RFC3339), time.Hour},
		{"with another offset", start.Add(time.Hour).In(time.FixedZone("", 7200)).Format(time.RFC3339), time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, sandbox.Options{})
			path := data(purchases)
			if c.until != "" {
				path += "?validUntil=" + url.QueryEscape(c.until) + "&caller=a%20test"
			}
			r.post(path, purchase("OPID_EXPIRES")).must(t, http.StatusCreated)
			r.service.AdvanceClock(c.kept - time.Second)
			if n := len(r.get(data("UnifiedActivity", "$filter", "SourceActivityId eq 'OPID_EXPIRES'")).rows(t)); n != 1 {
				t.Errorf("%d rows a second before it expires", n)
			}
			r.service.AdvanceClock(time.Second)
			if n := len(r.get(data("UnifiedActivity", "$filter", "SourceActivityId eq 'OPID_EXPIRES'")).rows(t)); n != 0 {
				t.Errorf("%d rows when it has expired", n)
			}
			r.post(data(purchases), purchase("OPID_EXPIRES")).must(t, http.StatusCreated) // the key is free again
		})
	}
}

func TestValidUntilIsHeldAgainstTheClock(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	for name, until := range map[string]string{
		"no time":      "soon",
		"no offset":    "2026-11-25T00:00:00",
		"now":          start.Format(time.RFC3339),
		"past":         start.Add(-time.Hour).Format(time.RFC3339),
		"over a month": start.Add(30*24*time.Hour + time.Second).Format(time.RFC3339),
	} {
		t.Run(name, func(t *testing.T) {
			r.post(data(purchases)+"?validUntil="+url.QueryEscape(until), purchase("OPID_UNTIL")).
				mustFail(t, http.StatusBadRequest, "invalidValidUntilParameter")
		})
	}
	exactly := start.Add(30 * 24 * time.Hour).Format(time.RFC3339)
	r.post(data(purchases)+"?validUntil="+url.QueryEscape(exactly), purchase("OPID_UNTIL")).must(t, http.StatusCreated)
}

func TestAProfileIsUpdatedForFourHours(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	customer := r.firstCustomer()
	path := in("/data/Customer/" + customer)
	city := func() any {
		return r.get(data("Customer", "$filter", "CustomerId eq '"+customer+"'")).rows(t)[0]["City"]
	}
	before := city()
	if got := r.patch(path, `{"City":"Neuchâtel"}`).must(t, http.StatusNoContent); len(got.body) != 0 {
		t.Errorf("204 has a body: %s", got.body)
	}
	r.service.AdvanceClock(4*time.Hour - time.Second)
	if city() != "Neuchâtel" {
		t.Errorf("the city is %v before four hours are over", city())
	}
	if rows := r.get(data("Customer", "$filter", "City eq 'Neuchâtel'")).rows(t); len(rows) != 1 {
		t.Errorf("%d customers are found by what was changed", len(rows))
	}
	r.service.AdvanceClock(time.Second)
	if city() != before {
		t.Errorf("the city is %v after four hours", city())
	}
}

func TestRefusedUpdatesSayWhy(t *testing.T) {
	r := newRig(t, sandbox.Options{})
	path := in("/data/Customer/" + r.firstCustomer())
	for _, c := range []struct {
		path, body, code string
		status           int
	}{
		{path, `{"CustomerId":"x"}`, "writeReadonlyField", http.StatusBadRequest},
		{path, `{"eCommerce_eCommerceContacts_ContactId":"x"}`, "writeReadonlyField", http.StatusBadRequest},
		{path, `{"CreatedOn":"2026-11-23T13:05:00Z"}`, "writeReadonlyField", http.StatusBadRequest},
		{path, `{"Town":"x"}`, "fieldNotExistsInMetadata", http.StatusBadRequest},
		{path, `{"EmailSubscriber":"yes"}`, "malformedInputParameters", http.StatusBadRequest},
		{path, `{}`, "malformedInputParameters", http.StatusBadRequest},
		{path + "?validUntil=never", `{"City":"x"}`, "invalidValidUntilParameter", http.StatusBadRequest},
		{in("/data/Customer/nobody"), `{"City":"x"}`, "recordDoesNotExist", http.StatusNotFound},
		{in("/data/" + purchases + "/OPID_1000"), `{"Subject":"x"}`, "unsupportedEntityType", http.StatusBadRequest},
	} {
		r.patch(c.path, c.body).mustFail(t, c.status, c.code)
	}
}
