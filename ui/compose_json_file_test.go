package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/forms"
)

func TestJSONIsLoadedFromAFileAndSavedAsOne(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92009")
	w.queue.until(t, "the sample rows", func() bool { return w.compose.current.samples.Known })
	w.compose.editJSON()
	folder := t.TempDir()
	path := filepath.Join(folder, "one.json")
	if err := os.WriteFile(path, append([]byte{0xff, 0xfe}, []byte("{\x00}\x00\r\x00\n\x00")...), 0o600); err != nil {
		t.Fatal(err)
	}
	w.compose.askJSONFile()
	typeInto(t, w, path)
	confirm(t, w, "Load")
	w.queue.until(t, "the file", func() bool { return w.jsonText() == "{}\n" })
	if !strings.Contains(w.noticeTexts(), "loaded from one.json") || w.compose.current.form.Text("PurchaseId") != "" {
		t.Errorf("the key is %q", w.compose.current.form.Text("PurchaseId"))
	}
	w.frame.notices.list[0].OnAction()
	if w.compose.current.form.Text("PurchaseId") != "OPID_92009" {
		t.Error("loading cannot be undone")
	}

	saved := filepath.Join(folder, "saved.json")
	w.compose.askJSONPath()
	typeInto(t, w, saved)
	confirm(t, w, "Save")
	w.queue.until(t, "the notice", func() bool { return strings.Contains(w.noticeTexts(), "saved to "+saved) })
	if data, err := os.ReadFile(saved); err != nil || string(data) != w.jsonText()+"\n" {
		t.Errorf("saved is %q (%v)", data, err)
	}
	w.compose.askJSONPath()
	typeInto(t, w, saved)
	confirm(t, w, "Save")
	w.queue.until(t, "the question", func() bool { return w.dialog() != nil })
	confirm(t, w, "Replace")

	for name, want := range map[string]string{"none.json": "There is no file", "": "This is a folder", "bad.json": "not a text"} {
		writeFile(t, filepath.Join(folder, "bad.json"), "{\xff}!")
		w.compose.loadJSON(filepath.Join(folder, name))
		w.queue.until(t, want, func() bool { return strings.Contains(w.noticeTexts(), want) })
	}
}

func TestPastingReplacesTheTextAndALongOneIsRead(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_92010")
	w.compose.editJSON()
	w.compose.formatJSON()
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent("")
	w.compose.pasteJSON()
	if !strings.Contains(w.noticeTexts(), "The clipboard holds no text.") {
		t.Error("nothing says that there is nothing to paste")
	}
	long := `{"PurchaseId":"OPID_92010","ContactId":"CNTID_1000","PurchasedOn":"2026-11-23T14:05:00Z","Subject":"` + strings.Repeat("x", 12<<10) + `"}`
	clipboard.SetContent(long)
	w.compose.pasteJSON()
	tab := w.compose.work.json
	if tab.editor.Editable() || !strings.HasPrefix(tab.state.Text(), "Over 10 KB") || len(w.compose.current.form.Text("Subject")) != 12<<10 {
		t.Errorf("editable %v, %q", tab.editor.Editable(), tab.state.Text())
	}
	w.compose.formatJSON()
	if formatted, err := forms.FormatJSON(long); err != nil || w.jsonText() != formatted {
		t.Errorf("formatted it is %.60q…", w.jsonText())
	}
	w.compose.copyJSONText()
	if clipboard.Content() != w.jsonText() {
		t.Error("the copy is another text")
	}
}
