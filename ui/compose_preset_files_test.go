package ui

import (
	"path/filepath"
	"testing"
)

func TestPresetsAreHandedOnAsAFile(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Tea")
	w.saveAs("Coffee")
	file := filepath.Join(t.TempDir(), "mine.json")
	w.compose.managePresets()
	w.untilDialog("Export all…")
	typeInto(t, w, "Cof") // into the filter
	confirm(t, w, "Export the one listed…")
	typeInto(t, w, file)
	confirm(t, w, "Export")
	w.untilNotice("1 preset was exported to " + file)

	shelf, err := w.env.Presets.Read()
	if err != nil {
		t.Fatal(err)
	}
	w.compose.exportPresets(shelf.Of(entityPurchases)[:1])
	typeInto(t, w, file)
	confirm(t, w, "Export")
	w.untilDialog("There is a file of this name. Export once more to replace it.")
	confirm(t, w, "Export")
	w.untilNoDialog()

	w.fill(map[string]string{"TotalPrice": "3.20"})
	w.fromMenu("Update “Coffee”")
	w.untilNotice("The preset “Coffee” was updated.")
	w.fromMenu("Import presets…")
	typeInto(t, w, file)
	confirm(t, w, "Import")
	w.untilNotice("1 preset was imported; 1 of them under a new name")
	if w.keptPrice("Coffee") != "3.20" || w.keptPrice("Coffee (2)") != "12.50" {
		t.Errorf("there is %s", w.menuWords())
	}

	writeFile(t, file, `{"kind":"activitydesk presets","version":99}`)
	w.compose.importPresets()
	typeInto(t, w, file)
	confirm(t, w, "Import")
	w.untilDialog("The presets were written by a newer version of Activity Desk. Nothing was changed.")
	typeInto(t, w, file+"x")
	confirm(t, w, "Import")
	w.untilDialog("There is no such file.")
}
