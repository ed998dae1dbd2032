package journal_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/withstand"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if runChild() {
		return
	}
	goleak.VerifyTestMain(withstand.Patient(m))
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 123456789, time.UTC)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

// open opens a journal that the test closes at its end, if it did not before.
// Unless the test says otherwise, it waits for the others' locks as long as they
// may take on a busy computer.
func open(t *testing.T, path string, o journal.Options) *journal.Journal {
	t.Helper()
	if o.Now == nil {
		o.Now = at(noon)
	}
	if o.BusyTimeout == 0 {
		o.BusyTimeout = time.Minute
	}
	j, err := journal.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() }) // closing twice is allowed
	return j
}

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "journal.db") }

func purchase(id string) journal.Entry {
	return journal.Entry{
		Operation: journal.OperationPost, State: journal.Sending,
		InstanceID: "inst", InstanceName: "Contoso Coffee", InstanceType: "sandbox",
		Entity: "eCommerce_eCommercePurchases", EntityKind: "activity",
		KeyFields:   []journal.KeyValue{{Name: "PurchaseId", Value: id}},
		CustomerKey: "CNTID_1000", Body: []byte(`{"PurchaseId":"` + id + `"}`),
	}
}

func add(t *testing.T, j *journal.Journal, e journal.Entry) journal.Entry {
	t.Helper()
	e, err := j.Add(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// update moves an entry to a state.
func update(t *testing.T, j *journal.Journal, id string, s journal.State) journal.Entry {
	t.Helper()
	e, err := j.Update(t.Context(), id, nil, func(e *journal.Entry) { e.State = s })
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func get(t *testing.T, j *journal.Journal, id string) journal.Entry {
	t.Helper()
	e, err := j.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
