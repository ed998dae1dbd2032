package ui

import (
	"testing"
	"time"
)

func TestUndoAndRedoOfAPresetCarryWhatIsBesideTheForm(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.saveAs("Coffee")
	first := w.compose.current.beside.preset
	w.changeMetadata(renameAttribute("TotalPrice", "total_price"))
	d := w.compose.current
	if len(d.beside.homeless) != 1 || d.beside.preset != first {
		t.Fatalf("beside the form stands %+v", d.beside)
	}
	w.compose.New()
	if len(d.beside.homeless) != 0 || d.beside.preset != "" {
		t.Errorf("beside a new activity stands %+v", d.beside)
	}
	w.compose.Undo()
	if len(d.beside.homeless) != 1 || d.beside.preset != first || w.form().Text("PurchaseId") != "OPID_1" {
		t.Errorf("undone, beside the form stands %+v", d.beside)
	}
	w.compose.Redo()
	if len(d.beside.homeless) != 0 || d.beside.preset != "" {
		t.Errorf("redone, beside the form stands %+v", d.beside)
	}
	w.fill(map[string]string{"Subject": "S"})
	w.compose.Undo()
	if len(d.beside.homeless) != 0 {
		t.Error("undoing a word brought back a value without a field")
	}
	w.compose.Undo()
	if len(d.beside.homeless) != 1 || d.beside.homeless[0].Text != "12.50" {
		t.Errorf("undone by two steps, beside the form stands %+v", d.beside)
	}
}

func TestUndoLeavesWhatWasChosenByHandSince(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_1")
	w.compose.keepFor(keepFor{For: time.Hour})
	w.compose.discardDraft(w.compose.current)
	if w.compose.current.keep != (keepFor{}) {
		t.Error("a discarded draft leaves how long it is kept")
	}
	w.compose.Undo()
	if w.compose.current.keep != (keepFor{For: time.Hour}) {
		t.Error("undone, how long it is kept is lost")
	}
	w.compose.New()
	w.compose.keepFor(keepFor{For: 24 * time.Hour})
	w.compose.Undo()
	if w.compose.current.keep != (keepFor{For: 24 * time.Hour}) {
		t.Error("undoing takes back a choice that was no step")
	}
}
