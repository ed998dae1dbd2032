package ui

import (
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// changeMetadata has the entity of purchases loaded anew with a change.
func (w *working) changeMetadata(change func([]metadata.Attribute) []metadata.Attribute) {
	w.t.Helper()
	place := w.session.Place()
	entities := append([]metadata.Entity{}, place.Entities...)
	for i := range entities {
		if entities[i].DataName() == entityPurchases {
			entities[i].Attributes = change(append([]metadata.Attribute{}, entities[i].Attributes...))
		}
	}
	// The session has it: whatever else it hears of later, it goes on from here.
	w.session.place.Entities, w.session.place.LoadedAt = entities, place.LoadedAt.Add(1)
	w.Desk.enter()
}

// renameAttribute gives an attribute another name.
func renameAttribute(from, to string) func([]metadata.Attribute) []metadata.Attribute {
	return func(list []metadata.Attribute) []metadata.Attribute {
		for i := range list {
			if list[i].Name == from {
				list[i].Name = to
			}
		}
		return list
	}
}

func TestAPresetThatNoLongerFitsSaysWhatAndMovesWhatWasRenamed(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	w.compose.New()
	w.changeMetadata(renameAttribute("TotalPrice", "total_price"))
	w.fromMenu("Coffee")
	w.untilDialog("“Coffee” no longer fits in everything")
	for _, part := range []string{"Probably renamed", "TotalPrice, now total_price: 12.50"} {
		if !strings.Contains(w.dialogText(), part) {
			t.Errorf("the dialog does not say %q:\n%s", part, w.dialogText())
		}
	}
	if !w.compose.current.untouched() {
		t.Error("the form was filled before the answer")
	}
	confirm(t, w, "Use it")
	if got := w.form().Text("total_price"); got != "12.50" {
		t.Errorf("the value did not move: %q", got)
	}
}

func TestValuesWithoutAFieldAreShownAndKept(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	w.compose.New()
	w.changeMetadata(renameAttribute("TotalPrice", "total_price"))
	w.fromMenu("Coffee")
	w.untilDialog("no longer fits in everything")
	find[*widgets.Picker](t, w.dialog()).Items()[1].OnChosen() // do not move it
	confirm(t, w, "Use it")
	w.untilNotice("1 value has no field in " + entityPurchases)
	if got := w.form().Text("total_price"); got != "" {
		t.Errorf("the value moved: %q", got)
	}
	w.fromMenu("1 value without a field…")
	w.untilDialog("TotalPrice: 12.50")
	confirm(t, w, "Close")
	w.changeMetadata(renameAttribute("total_price", "TotalPrice"))
	if got := w.form().Text("TotalPrice"); got != "12.50" {
		t.Errorf("the field is back without its value: %q", got)
	}
}

func TestAFieldThatIsNewSinceAPresetIsSaidWithoutAQuestion(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	w.changeMetadata(func(list []metadata.Attribute) []metadata.Attribute {
		return append(list, metadata.Attribute{Name: "Colour", Type: metadata.DataType{Kind: metadata.KindText}})
	})
	w.fromMenu("Coffee")
	w.untilNotice("has changed since “Coffee” was saved: 1 field new.")
	if w.dialog() != nil {
		t.Error("it asks")
	}
}
