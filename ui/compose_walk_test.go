package ui

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// walk does what people do, in any order, and looks after each step whether
// something is lost, changed by itself, or in the wrong place.
type walk struct {
	*working
	*rand.Rand
	at string // the last step
}

func TestWhateverOneDoesNothingIsLostOrInTheWrongPlace(t *testing.T) {
	const walks, steps = 8, 120
	for seed := range uint64(walks) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := &walk{working: newWorking(t, still), Rand: rand.New(rand.NewPCG(seed, 1))}
			w.purchase("OPID_1")
			for i := 0; i < steps && !t.Failed(); i++ {
				w.step(i)
			}
		})
	}
}

// step does one thing and checks what came of it.
func (w *walk) step(i int) {
	steps := []struct {
		name string
		do   func()
	}{
		{"type", w.typeIntoField},
		{"type", w.typeIntoField},
		{"another entity", func() { w.pick(w.of(entityPurchases, entityReviews, entityStorePurchases)) }},
		{"replace the JSON", w.replaceJSON},
		{"type into the JSON", w.typeIntoJSON},
		{"keep unknown members", func() { w.compose.keepMembers("Foo") }},
		{"drop unknown members", func() { w.compose.dropMembers("Foo") }},
		{"undo", w.compose.Undo},
		{"undo", w.compose.Undo},
		{"redo", w.compose.Redo},
		{"new", w.compose.New},
		{"believable values", func() { w.compose.fillSeeded(forms.Fill(w.IntN(3)), w.Uint64()) }},
		{"another page and back", func() { w.goTo(PageHistory); w.goTo(PageCompose) }},
		{"another zone", func() { w.chooseZone(w.of("UTC", "Asia/Tokyo")) }},
		{"other metadata", w.otherMetadata},
		{"other metadata", w.otherMetadata},
		{"the clock", w.compose.tick},
	}
	s := steps[w.IntN(len(steps))]
	w.at = fmt.Sprintf("step %d, %s", i, s.name)
	left, before := w.compose.current, map[*draft]string{}
	for _, d := range w.compose.drafts.kept {
		before[d] = kept(w.t, d)
	}
	s.do()
	w.queue.run()
	for d, was := range before {
		applied := d == left && was != "" && d.pending == nil // its JSON was applied as one left it
		if d != w.compose.current && !applied && kept(w.t, d) != was {
			w.t.Errorf("%s: %s changed, which is not shown: from\n%s\nto\n%s", w.at, d.key.Entity, was, kept(w.t, d))
		}
	}
	w.look()
}

func (w *walk) of(words ...string) string { return words[w.IntN(len(words))] }

func (w *walk) typeIntoField() {
	fields := w.form().Fields()
	w.compose.work.FocusField(fields[w.IntN(len(fields))].Name)
	w.window.Canvas().Focused().TypedRune('7')
}

func (w *walk) replaceJSON() {
	w.compose.editJSON()
	w.compose.work.json.editor.Replace(w.of(
		`{"ContactId": "CNTID_1001"}`, `{"Foo": 1, "Subject": "x"}`, `{"`, `{}`, `{"PurchasedOn": "now", "TotalPrice": 3}`))
}

func (w *walk) typeIntoJSON() {
	w.compose.editJSON()
	w.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	w.window.Canvas().Focused().TypedRune(' ')
}

// otherMetadata takes fields away and brings them back. What was typed stays.
func (w *walk) otherMetadata() {
	d, names, there := w.compose.current, []string{"Subject", "ContactId"}, w.IntN(2) == 0
	w.compose.settleJSON(d)
	had := d.snapshot().Fields
	w.changeMetadata(func(list []metadata.Attribute) []metadata.Attribute {
		list = slices.DeleteFunc(list, func(a metadata.Attribute) bool { return slices.Contains(names, a.Name) })
		for i := range names {
			if there {
				list = append(list, metadata.Attribute{Name: names[i], Type: metadata.DataType{Kind: metadata.KindText}})
			}
		}
		return list
	})
	for _, was := range had {
		if !slices.ContainsFunc(d.snapshot().Fields, func(is forms.FieldSnapshot) bool {
			return is.Name == was.Name && is.State == was.State && is.Text == was.Text
		}) {
			w.t.Errorf("%s: %s was %q", w.at, was.Name, was.Text)
		}
	}
}

// look checks that what is shown, what would be sent and what would be stored
// are the same.
func (w *walk) look() {
	d, t := w.compose.current, w.t
	if w.compose.work.form.Form() != d.form {
		t.Errorf("%s: another form is shown", w.at)
	}
	if got := w.compose.pane.preview.Text(); got != d.form.PreviewText() {
		t.Errorf("%s: the preview says\n%s\nthe form\n%s", w.at, got, d.form.PreviewText())
	}
	if w.compose.jsonShown() {
		if got := w.compose.work.json.editor.Text(); got != d.json.text {
			t.Errorf("%s: the tab shows\n%s\nin place of\n%s", w.at, got, d.json.text)
		}
		if d.pending == nil && d.json.edit.Stale(d.form) {
			t.Errorf("%s: the tab shows an old text", w.at)
		}
	}
	content, err := decodeDraft([]byte(kept(t, d)))
	if err != nil {
		t.Fatalf("%s: %v", w.at, err)
	}
	again := &draft{row: d.row, form: forms.FromEntity(d.row.Entity, d.options)}
	if err := again.takeContent(content, nil); err != nil || !reflect.DeepEqual(again.snapshot(), d.snapshot()) {
		t.Errorf("%s: read again it is\n%+v\nin place of\n%+v, error %v", w.at, again.snapshot(), d.snapshot(), err)
	}
}

// kept is a draft as it is stored.
func kept(t testing.TB, d *draft) string {
	t.Helper()
	data, err := json.Marshal(d.content())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
