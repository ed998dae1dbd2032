package forms_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// reloaded sends a snapshot through JSON, as a draft's file does.
func reloaded(t *testing.T, s forms.Snapshot) forms.Snapshot {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back forms.Snapshot
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func TestASnapshotHoldsWhatWasTyped(t *testing.T) {
	f := filled(t)
	if _, err := f.SetJSON([]byte(mustJSON(t, f)[:2]+`"more": [1, 2.50], "PurchaseId": "7"}`), forms.KeepUnknown); err != nil {
		t.Fatal(err)
	}
	f.SetText("PurchasedOn", "now-2d")
	f.SetText("TotalPrice", "12,5O")
	f.SetNull("Subject")
	f.SetEmpty("ProductId")
	f.SetZone("PurchasedOn", time.FixedZone("+09:00", 9*3600))
	want := f.PreviewText()

	g := purchaseForm(t)
	g.SetText("ActivityTypeDisplay", "must go")
	unfit, err := g.Restore(reloaded(t, f.Snapshot()))
	if err != nil || !unfit.Empty() {
		t.Fatalf("unfit %+v, error %v", unfit, err)
	}
	if got := g.PreviewText(); got != want {
		t.Errorf("restored\n%s\nwant\n%s", got, want)
	}
	if g.Text("PurchasedOn") != "now-2d" || g.Text("TotalPrice") != "12,5O" || g.Zone("PurchasedOn").String() != "+09:00" {
		t.Error("texts and zones must come back as typed")
	}
	if purchaseForm(t).Snapshot().Empty() == f.Snapshot().Empty() {
		t.Error("Empty must tell an untouched form from a filled one")
	}
}

func TestASnapshotThatNoLongerFitsSaysWhat(t *testing.T) {
	s := filled(t).Snapshot()
	e := purchases()
	e.Attributes[4].Type = metadata.DataType{Kind: metadata.KindText} // TotalPrice
	e.Attributes[1].Name = "NewKey"                                   // was PurchaseId
	f := forms.FromEntity(e, forms.Options{})
	for i := range s.Fields {
		s.Fields[i].Zone = "Mars/Olympus"
	}
	unfit, err := f.Restore(s)
	if err != nil {
		t.Fatal(err)
	}
	if len(unfit.Gone) != 1 || unfit.Gone[0].Name != "PurchaseId" || unfit.Gone[0].Text != "OPID_20931" {
		t.Errorf("gone %+v", unfit.Gone)
	}
	if len(unfit.Retyped) != 1 || unfit.Retyped[0].Name != "TotalPrice" || len(unfit.Zones) != 3 {
		t.Errorf("retyped %+v, zones %v", unfit.Retyped, unfit.Zones)
	}
}

func TestASnapshotThatCannotBeReadChangesNothing(t *testing.T) {
	for name, s := range map[string]forms.Snapshot{
		"newer":   {Version: 99},
		"damaged": {Version: 1, Extras: []forms.Extra{{Name: "x", JSON: "{"}}},
		"twice":   {Version: 1, Extras: []forms.Extra{{Name: "x", JSON: "1"}, {Name: "x", JSON: "2"}}},
		"doubled": {Version: 1, Extras: []forms.Extra{{Name: "Subject", JSON: "1"}}},
	} {
		f := filled(t)
		before := f.PreviewText()
		if _, err := f.Restore(s); err == nil || !strings.HasPrefix(err.Error(), "restore form: ") {
			t.Errorf("%s: error %v", name, err)
		}
		if f.PreviewText() != before {
			t.Errorf("%s: the form changed", name)
		}
	}
}

func TestZonesOfASnapshotAreFoundByName(t *testing.T) {
	for _, name := range []string{"Local", "UTC", "Europe/Zurich", "+05:30", "-08:00", "EST"} {
		f := filled(t)
		s := f.Snapshot()
		for i := range s.Fields {
			s.Fields[i].Zone = name
		}
		want := name
		if name == "Local" { // which is called by its name where TZ has one
			want = time.Local.String()
		}
		unfit, err := f.Restore(s)
		if err != nil || !unfit.Empty() || f.Zone("PurchasedOn").String() != want {
			t.Errorf("%s: %+v %v, zone %s", name, unfit, err, f.Zone("PurchasedOn"))
		}
	}
}
