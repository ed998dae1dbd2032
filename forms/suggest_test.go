package forms_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// learned is a form of one field, V, that has seen rows.
func learned(t *testing.T, kind metadata.Kind, rows ...any) *forms.Form {
	t.Helper()
	f := single(t, metadata.DataType{Kind: kind}, zurich(t))
	var samples []map[string]any
	for _, value := range rows {
		samples = append(samples, map[string]any{"V": value})
	}
	f.Learn(samples)
	return f
}

func textsOf(list []forms.Suggestion) []string {
	var texts []string
	for _, s := range list {
		texts = append(texts, s.Text)
	}
	return texts
}

func TestValuesOfSampleRowsAreSuggestedTheMostFrequentFirst(t *testing.T) {
	f := learned(t, metadata.KindText, "Red", "Blue", "Red", nil, "", "Green")
	list := f.Suggest("V", nil)
	if got := textsOf(list); !slices.Equal(got, []string{"Red", "Blue", "Green"}) {
		t.Errorf("suggests %q", got)
	}
	if list[0].Times != 2 || list[0].Note() != "seen 2×" || list[0].Origin != forms.FromSamples {
		t.Errorf("says %+v", list[0])
	}
}

func TestWhatWasSentComesBeforeWhatWasSeenAndOnce(t *testing.T) {
	f := learned(t, metadata.KindText, "Red", "Blue")
	list := f.Suggest("V", []string{"Blue", "Violet", "Blue"})
	if got := textsOf(list); !slices.Equal(got, []string{"Blue", "Violet", "Red"}) || list[0].Note() != "sent" {
		t.Errorf("suggests %q, the first as %q", got, list[0].Note())
	}
}

func TestTheClockIsSuggestedForDatesAndTimes(t *testing.T) {
	for kind, want := range map[metadata.Kind][]string{
		metadata.KindDateTime:  {"now", "today 09:00", "yesterday 09:00"},
		metadata.KindDate:      {"today", "yesterday"},
		metadata.KindTimeOfDay: {"now"},
		metadata.KindText:      nil,
	} {
		if got := textsOf(learned(t, kind).Suggest("V", nil)); !slices.Equal(got, want) {
			t.Errorf("kind %v: %q", kind, got)
		}
	}
}

func TestKeysAndGUIDsGetANewIDFirst(t *testing.T) {
	list := learned(t, metadata.KindGUID).Suggest("V", nil)
	if len(list) != 1 || list[0].Origin != forms.FromPattern || len(list[0].Text) != 36 {
		t.Errorf("suggests %+v", list)
	}
	entity := metadata.Entity{Name: "Ids", Keys: [][]string{{"V"}}, Attributes: []metadata.Attribute{{Name: "V"}}}
	entity.Attributes[0].Type.Kind = metadata.KindText
	f := forms.FromEntity(entity, forms.Options{})
	f.Learn([]map[string]any{{"V": "OPID_1000"}, {"V": "OPID_1001"}})
	list = f.Suggest("V", []string{"OPID_7"})
	if len(list) != 1 || !strings.HasPrefix(list[0].Text, "OPID_") || list[0].Note() != "new" || f.State("V") != forms.LeftOut {
		t.Errorf("suggests %+v, the field is %v", list, f.State("V"))
	}
}

func TestSuggestionsNeverLeadToAProblem(t *testing.T) {
	f := learned(t, metadata.KindDateTime, "1/2/2019", "2019-01-20", "soon")
	for _, s := range f.Suggest("V", []string{"also no date", "2026-11-23T13:05:00Z"}) {
		f.SetText("V", s.Text)
		if p := f.Problem("V"); p != nil {
			t.Errorf("%q: %s", s.Text, p.Text)
		}
	}
}

func TestNothingIsSuggestedWhereNothingCanBeTyped(t *testing.T) {
	if got := learned(t, metadata.KindBoolean, true).Suggest("V", []string{"false"}); got != nil {
		t.Errorf("yes or no: %v", got)
	}
	entity := metadata.Entity{Name: "E", Attributes: []metadata.Attribute{{Name: "V", ReadOnly: true}}}
	if got := forms.FromEntity(entity, forms.Options{}).Suggest("V", []string{"a"}); got != nil {
		t.Errorf("read-only: %v", got)
	}
	if got := forms.FromEntity(entity, forms.Options{}).Suggest("nobody", nil); got != nil {
		t.Errorf("no such field: %v", got)
	}
}

func TestSampleValuesAreWrittenAsTheirFieldTakesThem(t *testing.T) {
	if got := textsOf(learned(t, metadata.KindInteger, json.Number("9007199254740993")).Suggest("V", nil)); !slices.Equal(got, []string{"9007199254740993"}) {
		t.Errorf("a large number: %q", got)
	}
	if got := textsOf(learned(t, metadata.KindDouble, 0.1).Suggest("V", nil)); got != nil {
		t.Errorf("a float that may be rounded: %q", got)
	}
	got := textsOf(learned(t, metadata.KindJSON, "text", map[string]any{"a": json.Number("1.50"), "b": "<x>"}, []any{"y"}).Suggest("V", nil))
	if !slices.Equal(got, []string{`"text"`, `{"a":1.50,"b":"<x>"}`, `["y"]`}) {
		t.Errorf("JSON: %q", got)
	}
}

func TestSentValuesKeepEveryDigitNewestFirst(t *testing.T) {
	f := forms.FromEntity(metadata.Entity{Name: "E", Attributes: []metadata.Attribute{
		{Name: "N", Type: metadata.DataType{Kind: metadata.KindDecimal}},
		{Name: "S", Type: metadata.DataType{Kind: metadata.KindText}},
		{Name: "J", Type: metadata.DataType{Kind: metadata.KindJSON}},
	}}, forms.Options{})
	got := f.SentTexts([][]byte{
		[]byte(`{"N": 9007199254740993.10, "S": "new", "J": {"a": [1.0]}, "Unknown": 1}`),
		[]byte(`no JSON`), []byte(`[1]`), nil,
		[]byte(`{"N": 9007199254740993.10, "S": "old", "J": null}`),
		[]byte(`{"S": ""}`),
	})
	if !slices.Equal(got["N"], []string{"9007199254740993.10"}) || !slices.Equal(got["S"], []string{"new", "old"}) ||
		len(got["J"]) != 1 || !strings.Contains(got["J"][0], "1.0") || len(got) != 3 {
		t.Errorf("has %q", got)
	}
	var many [][]byte
	for i := range 30 {
		many = append(many, []byte(`{"S": "`+strings.Repeat("x", i+1)+`"}`))
	}
	if got := f.SentTexts(many)["S"]; len(got) != 10 || got[0] != "x" {
		t.Errorf("keeps %d, the first %q", len(got), got)
	}
}

func TestSuggestionsAreFilteredByWhatIsTyped(t *testing.T) {
	var list []forms.Suggestion
	for _, text := range []string{"OnlinePurchase", "Purchase", "purchase order", "Return"} {
		list = append(list, forms.Suggestion{Text: text})
	}
	for typed, want := range map[string][]string{
		"":         {"OnlinePurchase", "Purchase", "purchase order", "Return"},
		" PURCH ":  {"Purchase", "purchase order", "OnlinePurchase"},
		"purchase": {"purchase order", "OnlinePurchase"},
		"nothing":  nil,
	} {
		if got := textsOf(forms.FilterSuggestions(list, typed)); !slices.Equal(got, want) {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

func TestLongSampleTextsAskForRoom(t *testing.T) {
	for _, c := range []struct {
		kind metadata.Kind
		rows []any
		want bool
	}{
		{metadata.KindText, []any{"short", "two\nlines"}, true},
		{metadata.KindText, []any{strings.Repeat("long ", 40)}, true},
		{metadata.KindText, []any{"short", nil, json.Number("1")}, false},
		{metadata.KindDate, []any{"two\nlines"}, false},
	} {
		if got := learned(t, c.kind, c.rows...).Roomy("V"); got != c.want {
			t.Errorf("%v %q: %v", c.kind, c.rows, got)
		}
	}
}

func TestLearningChangesNothingThatIsTyped(t *testing.T) {
	f := single(t, metadata.DataType{Kind: metadata.KindDateTime}, zurich(t))
	f.SetText("V", "2026-11-23 14:05")
	before := f.PreviewText()
	f.Learn([]map[string]any{{"V": "2019-01-20T10:00:00-05:00"}})
	f.SetText("V", "")
	f.SetText("V", "2026-11-23 14:05")
	if f.PreviewText() != before {
		t.Errorf("sent as %s", f.SentAs("V"))
	}
}

func TestADayFromACalendarKeepsTimeAndZone(t *testing.T) {
	for _, c := range []struct {
		kind        metadata.Kind
		typed, want string
	}{
		{metadata.KindDate, "", "2026-12-24"},
		{metadata.KindDate, "23.11.2026", "2026-12-24"},
		{metadata.KindDateTime, "", "2026-12-24 00:00"},
		{metadata.KindDateTime, "2026-11-23 14:05", "2026-12-24 14:05"},
		{metadata.KindDateTime, "2026-11-23T14:05:00+01:00", "2026-12-24T14:05:00+01:00"},
		{metadata.KindDateTime, "2026-11-23 14:05:00.250 America/New_York", "2026-12-24 14:05:00.250 America/New_York"},
		{metadata.KindDateTime, "23.11.2026 2:05 pm", "2026-12-24 2:05 pm"},
		{metadata.KindDateTime, "23.11.2026 14h05", "2026-12-24 14h05"},
		{metadata.KindDateTime, "2026-11-23Z", "2026-12-24 00:00Z"},
		{metadata.KindDateTime, "now-2d", "2026-12-24 13:05:09"},
		{metadata.KindDateTime, "today 09:00", "2026-12-24 09:00:00"},
		{metadata.KindDateTime, "03/04/2026 14:05", "2026-12-24 14:05"},
		{metadata.KindDateTime, "nonsense", "2026-12-24 00:00"},
	} {
		f := single(t, metadata.DataType{Kind: c.kind}, zurich(t))
		f.SetText("V", c.typed)
		if got := f.OnDay("V", 2026, time.December, 24); got != c.want {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
		f.SetText("V", c.want)
		if p := f.Problem("V"); p != nil {
			t.Errorf("%q: %s", f.Text("V"), p.Text)
		}
	}
}

func TestTheDayThatAFieldShowsIsThatOfItsZone(t *testing.T) {
	f := single(t, metadata.DataType{Kind: metadata.KindDateTime}, zurich(t))
	if _, ok := f.Day("V"); ok {
		t.Error("an empty field shows a day")
	}
	for typed, want := range map[string]string{
		"2026-11-23 00:30": "2026-11-23", "2026-11-23T23:30:00Z": "2026-11-23", "now-2d": "2026-11-21",
	} {
		f.SetText("V", typed)
		if day, ok := f.Day("V"); !ok || day.Format(time.DateOnly) != want {
			t.Errorf("%q: %v %v", typed, day, ok)
		}
	}
	if got := f.Today("V").Format(time.DateOnly); got != "2026-11-23" {
		t.Errorf("today is %s", got)
	}
}

func TestJSONIsLaidOutAndKeptDigitForDigit(t *testing.T) {
	const text = ` {"a" : [1.50, 1e3,"é\/\u2028"], "b":{}, "c":null}`
	laid, err := forms.LayOutJSON(text)
	want := "{\n  \"a\": [\n    1.50,\n    1e3,\n    \"é\\/\\u2028\"\n  ],\n  \"b\": {},\n  \"c\": null\n}"
	if err != nil || laid != want {
		t.Errorf("laid out as %s %v", laid, err)
	}
	short, err := forms.CompactJSON(laid)
	if err != nil || short != `{"a":[1.50,1e3,"é\/\u2028"],"b":{},"c":null}` {
		t.Errorf("in one line: %s %v", short, err)
	}
	for _, layout := range []func(string) (string, error){forms.LayOutJSON, forms.CompactJSON} {
		if _, err := layout("{\n\"a\": }"); err == nil || !strings.Contains(err.Error(), "line 2, column 6") {
			t.Errorf("error %v", err)
		}
	}
}
