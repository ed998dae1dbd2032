package sandbox_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/sandbox"
)

// tutorial is the folder with the vendor's tutorial files, which lie beside
// the project and not in it.
func tutorial(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(filepath.Join(dir, "Contact.csv")); err != nil {
		t.Skipf("the tutorial's files are not there: %v", err)
	}
	return dir
}

func TestTheTutorialsFilesLeadToOneCustomerByEveryKey(t *testing.T) {
	r := newRig(t, sandbox.Options{Data: tutorial(t)})
	find := func(filter string) map[string]any {
		t.Helper()
		rows := r.get(data("Customer", "$filter", filter)).rows(t)
		if len(rows) != 1 {
			t.Fatalf("%s finds %d customers", filter, len(rows))
		}
		return rows[0]
	}
	byContact := find("CSV_Contact_ContactId eq 'CNTID_1002'")
	byLoyalty := find("CSV_CustomerLoyalty_LoyaltyId eq 'LOYID_1002'")
	if byContact["CustomerId"] != byLoyalty["CustomerId"] || byContact["LastName"] != "Koteles" {
		t.Errorf("%v and %v", byContact["CustomerId"], byLoyalty["CustomerId"])
	}
	if found := r.get(data("Customer", "$search", `"koteles"`)).rows(t); len(found) == 0 || !slices.Contains(values(found, "CSV_Contact_ContactId"), "CNTID_1002") {
		t.Errorf("koteles finds %v", values(found, "FullName"))
	}
	id := byContact["CustomerId"].(string)
	activities := r.get(data("UnifiedActivity", "$filter", "CustomerId eq '"+id+"'")).rows(t)
	if sources := values(activities, "SourceTableName"); !slices.Contains(sources, "CSV_POSPurchases") {
		t.Errorf("activities come from %v", sources)
	}
	row := r.get(data("CSV_OnlinePurchases", "$top", "1")).rows(t)[0]
	row["PurchaseId"] = "OPID_POSTED"
	body := fmt.Sprintf(`{"PurchaseId":"OPID_POSTED","ContactId":"CNTID_1002","ProductId":%q,"PurchasedOn":%q,"TotalPrice":%v,"ActivityTypeDisplay":%q,"Subject":%q}`,
		row["ProductId"], row["PurchasedOn"], row["TotalPrice"], row["ActivityTypeDisplay"], row["Subject"])
	r.post(data("CSV_OnlinePurchases"), body).must(t, http.StatusCreated)
	posted := r.get(data("UnifiedActivity", "$filter", "CustomerId eq '"+id+"' and SourceActivityId eq 'OPID_POSTED'")).rows(t)
	if len(posted) != 1 || posted[0]["Title"] != "Purchased a product online" {
		t.Errorf("the posted activity is %v", posted)
	}
}

func TestTheTutorialsFilesAreWhole(t *testing.T) {
	r := newRig(t, sandbox.Options{Data: tutorial(t)})
	for entity, want := range map[string]string{
		"CSV_OnlinePurchases": "12369", "CSV_POSPurchases": "20024", "CSV_Contact": "5000", "CSV_CustomerLoyalty": "5002",
	} {
		size := r.get(in("/manage/entities/"+entity+"/entitysize")).must(t, http.StatusOK).object(t)
		if got := fmt.Sprint(size["rowCount"]); got != want {
			t.Errorf("%s has %s rows, want %s", entity, got, want)
		}
	}
	if all := strings.Join(r.service.Readings(), "\n"); !strings.Contains(all, "M/D/YYYY") || !strings.Contains(all, "9 rows with no customer") {
		t.Errorf("readings are\n%s", all)
	}
}

func BenchmarkLoadTheTutorialsFiles(b *testing.B) {
	dir := tutorial(b)
	for b.Loop() {
		if _, err := sandbox.New(sandbox.Options{Data: dir}); err != nil {
			b.Fatal(err)
		}
	}
}
