package forms_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/forms"
)

func mustSnapshot(t testing.TB, f *forms.Form) string {
	t.Helper()
	data, err := json.Marshal(f.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// FuzzHistory holds any sequence of edits against what undo and redo promise.
func FuzzHistory(f *testing.F) {
	f.Add([]byte("a"), uint64(1))
	f.Add([]byte("0123456789abcdef"), uint64(2))
	f.Add([]byte("kkkkkkuuuukkkrrrwwwuuu"), uint64(4711))
	f.Fuzz(func(t *testing.T, edits []byte, seed uint64) {
		p := newTypist(t)
		p.form.SetText("Subject", "at first")
		p.history = forms.NewHistory(p.form)
		begin := mustSnapshot(t, p.form)
		random := rand.New(rand.NewPCG(seed, 0))
		for _, one := range edits[:min(len(edits), 300)] {
			anyEdit(p, one, random)
		}
		p.record()
		for p.history.CanRedo() { // what the edits themselves undid last
			p.history.Redo(p.form)
		}
		end, payload := mustSnapshot(t, p.form), previewOf(p.form)
		for p.history.CanUndo() {
			p.history.Undo(p.form)
		}
		if got := mustSnapshot(t, p.form); got != begin {
			t.Fatalf("undone to\n%s\nbegan as\n%s", got, begin)
		}
		for p.history.CanRedo() {
			p.history.Redo(p.form)
		}
		if got := mustSnapshot(t, p.form); got != end {
			t.Fatalf("redone to\n%s\nwas\n%s", got, end)
		}
		if got := previewOf(p.form); got != payload {
			t.Fatalf("the preview is\n%s\nwas\n%s", got, payload)
		}
	})
}

func previewOf(f *forms.Form) string {
	var b strings.Builder
	for _, line := range f.Preview() {
		b.WriteString(line.String() + "\n")
	}
	return b.String()
}

// anyEdit does something that a person or the window can do.
func anyEdit(p *typist, what byte, random *rand.Rand) {
	fields := p.form.Fields()
	name := fields[random.IntN(len(fields))].Name
	text := []rune(p.form.Text(name))
	at := random.IntN(len(text) + 1)
	p.now = p.now.Add(time.Duration(random.IntN(1500)) * time.Millisecond)
	switch what % 12 {
	case 0, 1, 2, 3:
		p.form.SetText(name, string(text[:at])+string(rune('a'+random.IntN(3)))+string(text[at:]))
	case 4:
		p.form.SetText(name, string(text[:at])+string(text[min(len(text), at+1):]))
	case 5:
		p.form.SetNull(name)
	case 6:
		p.form.SetEmpty(name)
	case 7:
		p.form.SetZone(name, []*time.Location{nil, time.UTC, time.Local}[random.IntN(3)])
	case 8:
		_, _ = p.form.SetJSON([]byte(`{"Subject":"s","TotalPrice":"x","Own":[1]}`), forms.Unknown(random.IntN(3)))
	case 9:
		p.form.Clear()
	case 10:
		p.history.Undo(p.form)
		return
	case 11:
		p.history.Redo(p.form)
		return
	}
	if random.IntN(4) > 0 {
		p.record()
	}
}
