package forms_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// typist types into a form as a window does, and keeps its history.
type typist struct {
	t       testing.TB
	form    *forms.Form
	history *forms.History
	now     time.Time
}

func newTypist(t testing.TB) *typist {
	f := purchaseForm(t)
	return &typist{t: t, form: f, history: forms.NewHistory(f), now: noon}
}

func (p *typist) record() forms.StepID { return p.history.Record(p.form, p.now) }

// keys types characters at the end of a field, a tenth of a second each; < is
// Backspace.
func (p *typist) keys(name, keys string) {
	for _, key := range keys {
		text := p.form.Text(name) + string(key)
		if key == '<' {
			runes := []rune(p.form.Text(name))
			text = string(runes[:len(runes)-1])
		}
		p.set(name, text)
	}
}

func (p *typist) set(name, text string) {
	p.form.SetText(name, text)
	p.now = p.now.Add(100 * time.Millisecond)
	p.record()
}

// back gives the texts that a field has as one undoes everything.
func (p *typist) back(name string) string {
	var texts []string
	for {
		moved, ok := p.history.Undo(p.form)
		if !ok {
			return strings.Join(texts, " ")
		}
		if len(moved.Fields) != 1 || moved.Fields[0] != name {
			p.t.Errorf("undo says that it changed %v", moved.Fields)
		}
		texts = append(texts, fmt.Sprintf("%q@%d", p.form.Text(name), moved.At))
	}
}

func TestKeystrokesAreUndoneAsPeopleCountThem(t *testing.T) {
	cases := map[string]struct {
		do   func(*typist)
		want string
	}{
		"a word is one step": {func(p *typist) { p.keys("Subject", "Coffee") }, `""@0`},
		"a pause ends it": {func(p *typist) {
			p.keys("Subject", "Cof")
			p.now = p.now.Add(time.Second)
			p.keys("Subject", "fee")
		}, `"Cof"@3 ""@0`},
		"deletions are apart":                   {func(p *typist) { p.keys("Subject", "Coffea<<e") }, `"Coff"@4 "Coffea"@6 ""@0`},
		"a word typed again after deleting all": {func(p *typist) { p.keys("Subject", "ab<<c") }, `""@0 "ab"@2 ""@0`},
		"the cursor left the field": {func(p *typist) {
			p.keys("Subject", "Cof")
			p.history.Break()
			p.keys("Subject", "fee")
		}, `"Cof"@3 ""@0`},
		"what is pasted is a step": {func(p *typist) {
			p.keys("Subject", "ab")
			p.set("Subject", "ab and more")
			p.keys("Subject", "!")
		}, `"ab and more"@11 "ab"@2 ""@0`},
		"another place in the text": {func(p *typist) {
			p.keys("Subject", "abcd")
			p.set("Subject", "abXcd")
			p.set("Subject", "abXYcd")
		}, `"abcd"@2 ""@0`},
		"typing over a selection": {func(p *typist) {
			p.set("Subject", "first")
			p.set("Subject", "s")
			p.keys("Subject", "econd")
		}, `"first"@5 ""@0`},
		"typing over a selection with its own first character": {func(p *typist) {
			p.set("Subject", "first")
			p.set("Subject", "f")
			p.keys("Subject", "ifth")
		}, `"first"@5 ""@0`},
		"typing over a part": {func(p *typist) {
			p.set("Subject", "one two three")
			p.set("Subject", "one x three")
			p.set("Subject", "one xy three")
		}, `"one two three"@7 ""@0`},
		"equal characters": {func(p *typist) { p.keys("Subject", "aaaa<<<") }, `"aaaa"@4 ""@0`},
		"delete forwards": {func(p *typist) {
			p.set("Subject", "abcdef")
			p.set("Subject", "abdef")
			p.set("Subject", "abef")
			p.set("Subject", "abf")
		}, `"abcdef"@5 ""@0`},
		"null and back": {func(p *typist) {
			p.keys("Subject", "a")
			p.form.SetNull("Subject")
			p.record()
			p.form.SetEmpty("Subject")
			p.record()
		}, `""@0 "a"@1 ""@0`},
		"a zone": {func(p *typist) {
			p.keys("Subject", "a")
			p.form.SetZone("Subject", time.UTC)
			p.record()
		}, `"a"@1 ""@0`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := newTypist(t)
			c.do(p)
			if got := p.back("Subject"); got != c.want {
				t.Errorf("undo gives %s, want %s", got, c.want)
			}
		})
	}
}

func TestAnotherFieldBeginsAnotherStep(t *testing.T) {
	p := newTypist(t)
	p.keys("Subject", "ab")
	p.keys("ProductId", "P1")
	p.keys("Subject", "c")
	for _, want := range []string{"ab P1", "ab ", " "} {
		if _, ok := p.history.Undo(p.form); !ok {
			t.Fatal("nothing to undo")
		}
		if got := p.form.Text("Subject") + " " + p.form.Text("ProductId"); got != want {
			t.Errorf("undo gives %q, want %q", got, want)
		}
	}
	if p.history.CanUndo() || !p.history.CanRedo() {
		t.Error("all is undone, and can be redone")
	}
}

func TestAWholeFormIsOneStep(t *testing.T) {
	p := newTypist(t)
	if _, err := p.form.SetJSON([]byte(`{"PurchaseId":"A","TotalPrice":1.50,"Subject":null,"Own":{"a":1}}`), forms.KeepUnknown); err != nil {
		t.Fatal(err)
	}
	filled := mustSnapshot(t, p.form)
	id := p.record()
	p.form.Clear()
	p.record()
	moved, _ := p.history.Undo(p.form)
	if got := mustSnapshot(t, p.form); got != filled {
		t.Errorf("undo gives\n%s\nwant\n%s", got, filled)
	}
	if got := strings.Join(moved.Fields, " "); got != "PurchaseId Subject TotalPrice" || moved.At != -1 {
		t.Errorf("it changed %q at %d", got, moved.At)
	}
	if p.history.Newest() != id {
		t.Errorf("step %d is the newest, want %d", p.history.Newest(), id)
	}
	if _, ok := p.history.Undo(p.form); !ok || !p.form.Snapshot().Empty() {
		t.Error("the form is not as it was at first")
	}
	if p.form.Problem("TotalPrice") != nil || p.form.ProblemCount() != 3 {
		t.Errorf("%d problems, want the three fields that are missing", p.form.ProblemCount())
	}
}

func TestANewStepEndsWhatCanBeRedone(t *testing.T) {
	p := newTypist(t)
	p.keys("Subject", "ab")
	p.history.Undo(p.form)
	p.keys("Subject", "c")
	if p.history.CanRedo() {
		t.Error("what was undone can still be redone")
	}
	if _, ok := p.history.Redo(p.form); ok || p.form.Text("Subject") != "c" {
		t.Errorf("redo made it %q", p.form.Text("Subject"))
	}
}

func TestTypingAfterUndoIsAStepOfItsOwn(t *testing.T) {
	p := newTypist(t)
	p.keys("Subject", "a")
	p.history.Break()
	p.keys("Subject", "b")
	p.history.Undo(p.form)
	p.keys("Subject", "c")
	p.history.Undo(p.form)
	if got := p.form.Text("Subject"); got != "a" {
		t.Errorf("undo gives %q", got)
	}
}

func TestWhatNobodyRecordedIsUndoneToo(t *testing.T) {
	p := newTypist(t)
	p.keys("Subject", "ab")
	p.form.SetText("ProductId", "P1")
	p.history.Undo(p.form)
	if p.form.Text("ProductId") != "" || p.form.Text("Subject") != "ab" {
		t.Errorf("undo gives %q, %q", p.form.Text("ProductId"), p.form.Text("Subject"))
	}
}

func TestACertainStepIsUndoneWithWhatCameAfter(t *testing.T) {
	p := newTypist(t)
	p.keys("Subject", "ab")
	p.form.Clear()
	id := p.record()
	p.keys("ProductId", "P1")
	p.keys("TotalPrice", "1")
	moved, ok := p.history.UndoTo(p.form, id)
	if !ok || moved.Count != 3 || strings.Join(moved.Fields, " ") != "Subject TotalPrice ProductId" {
		t.Errorf("undo did %+v, %v", moved, ok)
	}
	if p.form.Text("Subject") != "ab" || p.form.Text("ProductId") != "" {
		t.Errorf("the form is %s", mustSnapshot(t, p.form))
	}
	if _, again := p.history.UndoTo(p.form, id); again {
		t.Error("it was undone twice")
	}
	for range 3 {
		p.history.Redo(p.form)
	}
	if p.form.Text("ProductId") != "P1" || p.form.Text("TotalPrice") != "1" || p.form.Text("Subject") != "" {
		t.Errorf("after redo the form is %s", mustSnapshot(t, p.form))
	}
}

func TestAHistoryGoesOnInAFormOfOtherMetadata(t *testing.T) {
	p := newTypist(t)
	p.keys("ProductId", "P1")
	p.keys("Subject", "ab")
	e := purchases()
	e.Attributes = append(e.Attributes[:5:5], attribute("Added", metadata.KindText)) // neither ProductId nor its neighbour
	other := forms.FromEntity(e, forms.Options{Now: func() time.Time { return noon }})
	if _, err := other.Restore(p.form.Snapshot()); err != nil {
		t.Fatal(err)
	}
	p.form = other
	if p.record() != 0 {
		t.Error("the other form alone is a step")
	}
	p.keys("Added", "x")
	for _, want := range []string{"ab", ""} {
		p.history.Undo(p.form)
		if got := p.form.Text("Subject"); got != want {
			t.Errorf("undo gives %q, want %q", got, want)
		}
	}
	if _, ok := p.history.Undo(p.form); ok {
		t.Error("a field that is gone was changed")
	}
}

func TestTheOldestStepsAreForgotten(t *testing.T) {
	p := newTypist(t)
	for i := range 700 {
		p.set("Subject", fmt.Sprintf("text %d", i))
	}
	undone := 0
	for ; p.history.CanUndo(); undone++ {
		p.history.Undo(p.form)
	}
	if undone != 500 || p.form.Text("Subject") != "text 199" {
		t.Errorf("%d steps back is %q", undone, p.form.Text("Subject"))
	}

	p = newTypist(t)
	for i := range 20 {
		p.set("Subject", fmt.Sprint(i)+strings.Repeat("x", 1<<20))
	}
	undone = 0
	for ; p.history.CanUndo(); undone++ {
		p.history.Undo(p.form)
	}
	if undone < 2 || undone > 8 {
		t.Errorf("%d steps of 2 MB each are kept", undone)
	}
	p.set("Subject", strings.Repeat("y", 20<<20))
	if _, ok := p.history.Undo(p.form); !ok {
		t.Error("the newest step is gone because it is large")
	}
}

func BenchmarkHistory(b *testing.B) {
	for _, n := range []int{20, 1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := wideForm(n)
			h := forms.NewHistory(f)
			for i := 0; b.Loop(); i++ {
				f.SetText("f1", fmt.Sprint(i))
				h.Record(f, noon)
			}
		})
	}
}

func TestWhatUndoAndRedoCouldBringBackIsFound(t *testing.T) {
	p := newTypist(t)
	is := func(text string) bool { return text == "CNTID_1" }
	p.set("ContactId", "CNTID_1")
	p.set("ContactId", "CNTID_2")
	if !p.history.Held("ContactId", is) || p.history.Held("PurchaseId", is) {
		t.Error("undo would bring it back, or is said to bring it to another field")
	}
	p.history.Undo(p.form)
	p.history.Undo(p.form)
	if !p.history.Held("ContactId", is) {
		t.Error("redo would bring it back")
	}
	if fresh := newTypist(t); fresh.history.Held("ContactId", is) {
		t.Error("a new history holds what nobody typed")
	}
}
