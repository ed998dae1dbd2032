package forms_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// formAt is a form of every kind whose clock can be moved.
func formAt(t testing.TB, now *time.Time) *forms.Form {
	t.Helper()
	return forms.FromEntity(allKinds(), forms.Options{Zone: zurich(t), Now: func() time.Time { return *now }})
}

// scramble types into about every third field, as people do: good values, bad
// ones, null, empty text, words that count from the clock.
func scramble(r *rand.Rand, f *forms.Form) {
	texts := []string{
		"1", "12,5O", "now-2d", "today 09:00", "2026-11-23 14:05", "ja", "yes", "[1, 2]", "a, b", `{"a": [null]}`, `{"a"`, `"x"`, "null",
		"98e79d76a45ae911a970000d3a39c2c9", "SGVsbG8=", "é\u2028\"\\", "now", "007", "\xff",
	}
	for _, field := range f.Fields() {
		switch choice := r.IntN(3 * (len(texts) + 3)); {
		case choice < len(texts):
			f.SetText(field.Name, texts[choice])
			if r.IntN(4) == 0 {
				f.SetZone(field.Name, time.UTC)
			}
		case choice == len(texts):
			f.SetNull(field.Name)
		case choice == len(texts)+1:
			f.SetEmpty(field.Name)
		}
	}
}

func TestAnUneditedTextChangesNothing(t *testing.T) {
	for seed := range uint64(300) {
		now := noon
		f := formAt(t, &now)
		scramble(rand.New(rand.NewPCG(seed, 1)), f)
		before := f.Snapshot()
		edit := forms.EditJSON(f)
		now = now.Add(time.Hour)
		f.Resolve()
		result := edit.Apply(f, edit.Shown())
		if !result.Applied() || result.Changed || result.Elsewhere {
			t.Fatalf("seed %d: %+v\n%s", seed, result, edit.Shown())
		}
		if after := f.Snapshot(); !reflect.DeepEqual(after, before) {
			t.Fatalf("seed %d: the form was\n%+v\nis\n%+v", seed, before, after)
		}
	}
}

func TestEditingOneMemberLeavesTheOthersAsTyped(t *testing.T) {
	for seed := range uint64(300) {
		now := noon
		f := formAt(t, &now)
		scramble(rand.New(rand.NewPCG(seed, 2)), f)
		f.SetText("Text", "before")
		want := f.Snapshot()
		edit := forms.EditJSON(f)
		now = now.Add(time.Hour)
		text := strings.Replace(edit.Shown(), `"Text": "before"`, `"Text": "behind"`, 1)
		result := edit.Apply(f, text)
		if !result.Changed || f.Text("Text") != "behind" {
			t.Fatalf("seed %d: %+v, text %q", seed, result, f.Text("Text"))
		}
		f.SetText("Text", "before")
		if got := f.Snapshot(); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: the form was\n%+v\nis\n%+v", seed, want, got)
		}
	}
}

func TestTheTextOfAGoodFormIsItsPayload(t *testing.T) {
	f := filled(t)
	f.SetText("PurchasedOn", "now")
	if got := f.EditText(); got != f.PreviewText() || got != mustJSON(t, f) {
		t.Errorf("the text is\n%s\nthe payload\n%s", got, f.PreviewText())
	}
	if got := purchaseForm(t).EditText(); got != "{}" {
		t.Errorf("an empty form is %s", got)
	}
}

func TestAValueWithAProblemIsShownAsTypedAndMarkedAtItsLine(t *testing.T) {
	f := filled(t)
	f.SetText("TotalPrice", "12,5O")
	f.LeaveOut("ContactId")
	edit := forms.EditJSON(f)
	if !strings.Contains(edit.Shown(), `"TotalPrice": "12,5O"`) {
		t.Fatalf("the text is\n%s", edit.Shown())
	}
	result := edit.Apply(f, edit.Shown())
	want := []struct {
		line, column int
		kind         forms.MarkKind
		says         string
	}{{4, 17, forms.MarkProblem, "TotalPrice: Not a number"}, {5, 1, forms.MarkMissing, "ContactId: Required"}}
	if len(result.Marks) != len(want) {
		t.Fatalf("marks %+v", result.Marks)
	}
	for i, w := range want {
		if m := result.Marks[i]; m.Line != w.line || m.Column != w.column || m.Kind != w.kind || !strings.HasPrefix(m.Text, w.says) || !m.Wrong() {
			t.Errorf("mark %d is %+v, want %+v", i, m, w)
		}
	}
	if result = edit.Apply(f, strings.Replace(edit.Shown(), `"12,5O"`, "12.50", 1)); f.Problem("TotalPrice") != nil || len(result.Marks) != 1 {
		t.Errorf("mended: %v, marks %+v", f.Problem("TotalPrice"), result.Marks)
	}
}

func TestAWrongValueOfTheTextStaysAsItWasWritten(t *testing.T) {
	f := filled(t)
	edit := forms.EditJSON(f)
	edit.Apply(f, `{"TotalPrice": "12,5O", "PurchasedOn": 5}`)
	if got, want := f.EditText(), "{\n  \"PurchasedOn\": \"5\",\n  \"TotalPrice\": \"12,5O\"\n}"; got != want {
		t.Errorf("the text is\n%s\nwant\n%s", got, want)
	}
}

func TestWritingTheFirstValueAgainBringsTheTypedOneBack(t *testing.T) {
	now := noon
	f := formAt(t, &now)
	f.SetText("Date and time", "now-2d")
	edit := forms.EditJSON(f)
	shown := edit.Shown()
	edit.Apply(f, `{"Date and time": "2026-01-01T00:00:00Z"}`)
	now = now.Add(time.Hour)
	if edit.Apply(f, shown); f.Text("Date and time") != "now-2d" {
		t.Errorf("undone, the field holds %q", f.Text("Date and time"))
	}
	edit.Apply(f, `{}`)
	if edit.Apply(f, shown); f.Text("Date and time") != "now-2d" {
		t.Errorf("deleted and back, the field holds %q", f.Text("Date and time"))
	}
}

func TestAnOlderTextThatIsPutBackFreezesNoTime(t *testing.T) {
	now := noon
	f := formAt(t, &now)
	f.SetText("Date and time", "now-2d")
	f.SetText("Decimal", "12,5O")
	old := forms.EditJSON(f)
	now = now.Add(time.Minute)
	f.Resolve()
	edit := forms.EditJSON(f)
	edit.Remember(old)
	edit.Apply(f, "{}")
	edit.Apply(f, old.Shown())
	if f.Text("Date and time") != "now-2d" || f.Text("Decimal") != "12,5O" {
		t.Errorf("the time is %q, the number %q", f.Text("Date and time"), f.Text("Decimal"))
	}
}

func TestTextInAJSONFieldIsMendedByWritingItAgain(t *testing.T) {
	f := forms.FromEntity(metadata.Entity{Name: "One", Attributes: []metadata.Attribute{attribute("Details", metadata.KindJSON)}}, forms.Options{})
	f.SetText("Details", "hello")
	edit := forms.EditJSON(f)
	shown := edit.Shown()
	if result := edit.Apply(f, shown); len(result.Marks) != 1 || !strings.Contains(result.Marks[0].Text, "write it again") {
		t.Fatalf("%s: %+v", shown, result)
	}
	edit.Apply(f, "{}")
	if result := edit.Apply(f, shown); f.Problem("Details") != nil || len(result.Marks) != 0 || mustJSON(t, f) != shown {
		t.Errorf("written again: %+v, %v", result, f.Problem("Details"))
	}
}

func TestWhatDoesNotParseLeavesTheFields(t *testing.T) {
	f := filled(t)
	before := f.Snapshot()
	edit := forms.EditJSON(f)
	result := edit.Apply(f, "{\n  \"TotalPrice\": 13,\n}")
	if result.Applied() || result.Fault.Line != 2 || len(result.Marks) != 1 || result.Marks[0].Kind != forms.MarkFault {
		t.Errorf("%+v", result)
	}
	if !reflect.DeepEqual(f.Snapshot(), before) {
		t.Error("the form was changed")
	}
}

func TestUnknownMembersWaitForAChoice(t *testing.T) {
	f := filled(t)
	before := f.Snapshot()
	edit := forms.EditJSON(f)
	const text = "{\n  \"total_price\": 1,\n  \"Foo\": {\"a\": 1.50}\n}"
	result := edit.Apply(f, text)
	want := []forms.UnknownMember{{Name: "total_price", Line: 2, Meant: "TotalPrice"}, {Name: "Foo", Line: 3}}
	if !reflect.DeepEqual(result.Unknown, want) || result.Applied() || len(result.Marks) != 2 || result.Marks[1].Line != 3 {
		t.Fatalf("%+v", result)
	}
	if !reflect.DeepEqual(f.Snapshot(), before) {
		t.Fatal("nobody chose, and the form was changed")
	}
	edit.Keep("Foo")
	renamed := forms.RenameMember(text, "total_price", "TotalPrice")
	if result = edit.Apply(f, renamed); !result.Applied() || f.Text("TotalPrice") != "1" || len(f.Extras()) != 1 {
		t.Errorf("%+v, price %q, extras %+v", result, f.Text("TotalPrice"), f.Extras())
	}
	if result = edit.Apply(f, forms.DropMembers(renamed, "Foo")); !result.Applied() || len(f.Extras()) != 0 {
		t.Errorf("dropped: %+v, extras %+v", result, f.Extras())
	}
}

func TestWhatChangedInTheFormMeanwhileStays(t *testing.T) {
	f := filled(t)
	edit := forms.EditJSON(f)
	edit.Keep("Foo", "Bar")
	edit.Apply(f, `{"PurchaseId": "1", "TotalPrice": 1, "Foo": 1, "Bar": 2}`)
	f.SetText("TotalPrice", "99")
	f.SetText("Subject", "new")
	f.DropExtra("Foo")
	result := edit.Apply(f, `{"PurchaseId": "2", "TotalPrice": 1, "Foo": 1, "Bar": 2}`)
	if !result.Elsewhere || f.Text("TotalPrice") != "99" || f.Text("Subject") != "new" || f.Text("PurchaseId") != "2" || len(f.Extras()) != 1 {
		t.Errorf("%+v\n%s", result, f.PreviewText())
	}
}

func TestALeftTextIsGoneOnWith(t *testing.T) {
	now := noon
	f := formAt(t, &now)
	f.SetText("Date and time", "now-2d")
	f.SetText("Text", "a")
	edit := forms.EditJSON(f)
	left := edit.Draft(strings.Replace(edit.Shown(), `"a"`, `"b"`, 1))
	now = now.Add(24 * time.Hour)
	again := formAt(t, &now)
	if _, err := again.Restore(f.Snapshot()); err != nil {
		t.Fatal(err)
	}
	if result := forms.ResumeJSON(again, left).Apply(again, left.Text); !result.Applied() || again.Text("Text") != "b" || again.Text("Date and time") != "now-2d" {
		t.Errorf("%+v: text %q, time %q", result, again.Text("Text"), again.Text("Date and time"))
	}
}

func TestReadOnlyAndConvertedValuesAreSaid(t *testing.T) {
	e := purchases()
	e.Attributes[4].ReadOnly = true
	e.Keys, e.TimestampAttribute = nil, ""
	f := forms.FromEntity(e, forms.Options{})
	result := forms.EditJSON(f).Apply(f, "{\n\"TotalPrice\": 12,\n\"Subject\": 12.50\n}")
	if len(result.Marks) != 3 || result.Marks[0].Kind != forms.MarkReadOnly || result.Marks[1].Text != `Subject: 12.50 is sent as "12.50"` || result.Marks[1].Wrong() {
		t.Errorf("%+v", result.Marks)
	}
}

func TestMembersAreTakenOutOfATextThatStaysAsWritten(t *testing.T) {
	for _, c := range []struct{ text, drop, want string }{
		{"{\n  \"a\": 1,\n  \"b\": [1,\n2],\n  \"c\": 3\n}", "b", "{\n  \"a\": 1,\n  \"c\": 3\n}"},
		{"{\n  \"a\": 1,\n  \"b\": 2\n}", "a", "{\n  \"b\": 2\n}"},
		{"{\n  \"a\": 1,\n  \"b\": 2\n}", "b", "{\n  \"a\": 1\n}"},
		{"{\n  \"a\": 1\n}", "a", "{}"},
		{`{"a": 1`, "a", `{"a": 1`},
	} {
		if got := forms.DropMembers(c.text, c.drop); got != c.want {
			t.Errorf("%s without %s is\n%s\nwant\n%s", c.text, c.drop, got, c.want)
		}
	}
	if got := forms.RenameMember(`{"a": 1, "b": 2}`, "a", "b"); got != `{"a": 1, "b": 2}` {
		t.Errorf("renamed onto another: %s", got)
	}
}

func TestAMistakeSaysWhatWouldBeRight(t *testing.T) {
	for text, want := range map[string]string{
		"{\"a\": 1,\n}":             "line 1, column 8: a comma before the closing }. Remove it",
		`{"a": [1, ]}`:              "column 9: a comma before the closing ]. Remove it",
		`{"a": 1,, "b": 2}`:         "a comma too many",
		"{\n// the key\n\"a\": 1}":  "line 2, column 1: JSON has no comments",
		`{"a": 1 /* one */}`:        "JSON has no comments",
		`{"a": 1} # one`:            "JSON has no comments",
		`{"a": NaN}`:                "Write a number or null",
		`{"a": -Infinity}`:          "Write a number or null",
		`{"a": undefined}`:          "Write null",
		`{"a": 'x'}`:                "double quotes",
		`{'a': 1}`:                  "double quotes",
		`{"a": 12,50}`:              `a number has a point, not a comma. Write 12.50`,
		`{"a": 12, 5: 1}`:           `the name goes in double quotes: "5"`,
		`{"a": 1.2,5}`:              `the name goes in double quotes: "5"`,
		`{a: 1}`:                    `the name goes in double quotes: "a"`,
		`{“a”: 1}`:                  "straight quotes",
		"{\"a\": 1,\n \"a\": 2}":    "“a” is there twice, first in line 1. Keep one of them",
		`{"a": 007}`:                "Write 7",
		`{"a": +1.5}`:               "Write 1.5",
		`{"a": .5}`:                 "Write 0.5",
		`{"a": 5.}`:                 "Write 5",
		`{"a": 2026-11-23}`:         "double quotes",
		`{"a": True}`:               "small letters",
		"{\u00a0\"a\": 1}":          "a space that JSON does not know",
		`[{"a": 1}]`:                "Take one object out",
		"{\"a\": \"one\ntwo\"}":     "closing quote",
		"\uFEFF{\r\n\"a\": 1\r\n,}": "line 3, column 1: a comma before",
	} {
		_, err := forms.FormatJSON(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// FuzzEditJSON edits a form's JSON at random: what does not parse leaves the
// form, marks lie within the text, and what was applied is what the text says.
func FuzzEditJSON(f *testing.F) {
	for _, seed := range []string{"{}", `{"Text": 1, "x": null}`, "{\n\"Decimal\": \"a\"\n}", `{"Text": "a",}`, "\uFEFF{\r\n}"} {
		f.Add(seed, uint64(len(seed)))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		now := noon
		form := formAt(t, &now)
		scramble(rand.New(rand.NewPCG(seed, 3)), form)
		edit := forms.EditJSON(form)
		before := form.Snapshot()
		result := edit.Apply(form, text)
		lines := strings.Count(text, "\n") + 1
		for _, m := range result.Marks {
			if m.Line < 1 || m.Line > lines || m.Column < 1 || m.Text == "" {
				t.Fatalf("mark %+v in %d lines", m, lines)
			}
		}
		if !result.Applied() {
			if !reflect.DeepEqual(form.Snapshot(), before) {
				t.Fatal("not applied, and the form was changed")
			}
			if len(result.Unknown) == 0 {
				return
			}
			for _, m := range result.Unknown {
				edit.Keep(m.Name)
			}
			if result = edit.Apply(form, text); !result.Applied() {
				t.Fatalf("%+v", result)
			}
		}
		if again := edit.Apply(form, text); again.Changed || again.Elsewhere {
			t.Fatalf("the second time it changes: %+v", again)
		}
		checkPayload(t, form)
	})
}

func BenchmarkApplyJSON(b *testing.B) {
	e := metadata.Entity{Name: "Wide"}
	for i := range 300 {
		e.Attributes = append(e.Attributes, attribute(fmt.Sprintf("Field%d", i), metadata.KindText))
	}
	f := forms.FromEntity(e, forms.Options{})
	for _, field := range f.Fields() {
		f.SetText(field.Name, "some text")
	}
	edit := forms.EditJSON(f)
	text := edit.Shown()
	for b.Loop() {
		edit.Apply(f, text)
	}
}
