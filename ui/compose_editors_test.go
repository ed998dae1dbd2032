package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/forms"
)

// suggested are the texts that a field of the form suggests as sent before.
func (w *working) suggested(field string) []string {
	var texts []string
	for _, s := range w.compose.current.form.Suggest(field, w.compose.work.form.Sent(field)) {
		if s.Origin == forms.FromSent {
			texts = append(texts, s.Text)
		}
	}
	return texts
}

func TestTheLastValuesSentAreSuggestedNewestFirst(t *testing.T) {
	w := newWorking(t)
	for _, send := range []struct{ key, price string }{{"OPID_91001", "12.50"}, {"OPID_91002", "9007199254740993.10"}, {"OPID_91003", "12.50"}} {
		w.purchase(send.key)
		w.fill(map[string]string{"TotalPrice": send.price, "Subject": "Sent with " + send.key})
		w.compose.Send()
		w.queue.until(t, "the send of "+send.key, func() bool {
			last := w.compose.current.last
			return last != nil && last.Entry.State == journal.Visible && strings.Contains(string(last.Entry.Body), send.key)
		})
	}
	w.queue.until(t, "the sent values", func() bool { return len(w.suggested("Subject")) == 3 })
	if got := w.suggested("TotalPrice"); !slices.Equal(got, []string{"12.50", "9007199254740993.10"}) {
		t.Errorf("prices %q", got)
	}
	if got := w.suggested("Subject"); got[0] != "Sent with OPID_91003" {
		t.Errorf("subjects %q", got)
	}
	if got := w.suggested("PurchaseId"); got != nil {
		t.Errorf("keys that are taken: %q", got)
	}

	w.pick(entityReviews)
	w.queue.until(t, "the other entity", func() bool { return !w.compose.sent.reading.Running() })
	for _, field := range w.compose.current.form.Fields() {
		if got := w.suggested(field.Name); len(got) > 0 {
			t.Errorf("%s of an entity that nothing was sent to suggests %q", field.Name, got)
		}
	}
	w.pick(entityPurchases)
	w.queue.until(t, "the first entity again", func() bool { return len(w.suggested("Subject")) == 3 })
}

func TestWhatTheServiceRefusedIsNoSuggestion(t *testing.T) {
	w := newWorking(t)
	w.purchase("OPID_91010")
	w.fill(map[string]string{"ContactId": "CNTID_nobody", "Subject": "Refused"})
	w.compose.Send()
	w.queue.until(t, "the refusal", func() bool {
		last := w.compose.current.last
		return last != nil && !last.Busy && last.Entry.State == journal.Refused
	})
	w.queue.until(t, "the reading", func() bool { return !w.compose.sent.reading.Running() })
	if got := w.suggested("Subject"); got != nil {
		t.Errorf("suggests %q", got)
	}
}

func TestSampleRowsAreSuggestedWhileOneTypes(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	w.fill(map[string]string{"Subject": "typed before the rows came"})
	d := w.compose.current
	w.queue.until(t, "the sample rows", func() bool { return !d.reading && d.samples.Known })
	list := d.form.Suggest("ContactId", nil)
	if len(list) == 0 || list[0].Origin != forms.FromSamples || d.form.Text("Subject") != "typed before the rows came" {
		t.Errorf("suggests %v, the form has %q", list, d.form.Text("Subject"))
	}
}

func TestAFileFillsAField(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	path := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(path, []byte("\ufeffone\r\ntwo"), 0o600); err != nil {
		t.Fatal(err)
	}
	field, _ := w.compose.current.form.Field("Subject")
	w.compose.loadField(field)
	typeInto(t, w, filepath.Join(filepath.Dir(path), "nothing here"))
	confirm(t, w, "Load")
	w.queue.until(t, "the word that there is no file", func() bool { return strings.Contains(cardWords(w), "There is no such file") })
	typeInto(t, w, `"`+path+`"`)
	confirm(t, w, "Load")
	w.queue.until(t, "the file", func() bool { return w.compose.current.form.Text("Subject") == "one\ntwo" })
	if w.dialog() != nil || w.compose.work.form.FocusedField() != "Subject" || !strings.Contains(w.compose.pane.preview.Text(), `one\ntwo`) {
		t.Errorf("the cursor is in %q, the preview shows\n%s", w.compose.work.form.FocusedField(), w.compose.pane.preview.Text())
	}
}

// cardWords are the texts of the open dialog.
func cardWords(w *working) string {
	var texts []string
	if top := w.dialog(); top != nil {
		eachObject(top, func(o fyne.CanvasObject) {
			if text, ok := o.(interface{ Text() string }); ok {
				texts = append(texts, text.Text())
			}
		})
	}
	return strings.Join(texts, "\n")
}

func TestFilesThatDoNotFitAFieldAreRefused(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if got, err := readFieldFile(t.Context(), write("bytes", []byte{0xff, 0xfe, 0}), true); err != nil || got != "//4A" {
		t.Errorf("bytes: %q %v", got, err)
	}
	for name, c := range map[string]struct {
		path string
		want error
	}{
		"no text":   {filepath.Join(folder, "bytes"), errNoText},
		"too large": {write("large", make([]byte, maxFieldFile+1)), errFieldFileLarge},
		"a folder":  {folder, errFolder},
		"nothing":   {filepath.Join(folder, "nothing"), os.ErrNotExist},
	} {
		_, err := readFieldFile(t.Context(), c.path, false)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if words := fieldFileWords(err); words == "" || strings.Contains(words, "could not be read") {
			t.Errorf("%s: says %q", name, words)
		}
	}
}

func TestTheKeysOfAFieldAreAmongTheWindowsKeys(t *testing.T) {
	w := newWorking(t)
	w.pick(entityPurchases)
	for _, c := range w.compose.Commands() {
		if c.group != groupField || len(c.chords) == 0 {
			continue
		}
		w.compose.work.form.FocusField("PurchasedOn")
		c.run()
		w.queue.run()
		if c.title == "Calendar" || strings.HasPrefix(c.title, "Value") {
			if w.dialog() == nil {
				t.Errorf("%s opens nothing", c.title)
			}
		}
		if w.dialog() != nil {
			test.TapCanvas(w.window.Canvas(), fyne.NewPos(1, 1)) // beside it
		}
		if w.dialog() != nil {
			t.Errorf("%s: what it opens does not close", c.title)
		}
	}
}
