package forms_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

func TestJSONGoesBothWays(t *testing.T) {
	f := filled(t)
	f.SetNull("Subject")
	f.SetEmpty("ProductId")
	want := mustJSON(t, f)
	g := purchaseForm(t)
	report, err := g.SetJSON([]byte(want), forms.AskUnknown)
	if err != nil || !reflect.DeepEqual(report, forms.Report{}) {
		t.Fatalf("report %+v, error %v", report, err)
	}
	if got := mustJSON(t, g); got != want {
		t.Errorf("back again\n%s\nwant\n%s", got, want)
	}
	if g.State("Subject") != forms.Null || g.State("ProductId") != forms.Value || g.State("ActivityTypeDisplay") != forms.LeftOut {
		t.Error("the three states must survive")
	}
	if g.Text("TotalPrice") != "12.50" {
		t.Errorf("price as text: %q", g.Text("TotalPrice"))
	}
}

func TestWhatDoesNotParseLeavesTheFormAndSaysWhere(t *testing.T) {
	for _, c := range []struct {
		text         string
		line, column int
		says         string
	}{
		{"{\n  \"PurchaseId\": \"1\",\n  \"é\": \"ü\" \"Subject\": 2\n}", 3, 12, "a comma is missing"},
		{`{"Subject": NaN}`, 1, 13, "NaN"},
		{"{\"Subject\": 1,\n \"Subject\": 2}", 2, 2, "twice"},
		{`["a"]`, 1, 1, "one JSON object"},
		{`"{}"`, 1, 1, "one JSON object"},
		{"\uFEFF {", 1, 3, "closing }"},
		{"", 1, 1, "nothing here"},
		{"{\"Subject\": \"\xff\"}", 1, 14, "not UTF-8"},
	} {
		f := filled(t)
		before := mustJSON(t, f)
		_, err := f.SetJSON([]byte(c.text), forms.DropUnknown)
		var fault *forms.JSONError
		if !errors.As(err, &fault) {
			t.Errorf("%q: error %v", c.text, err)
			continue
		}
		if fault.Line != c.line || fault.Column != c.column || !strings.Contains(fault.Error(), c.says) {
			t.Errorf("%q: %v, want line %d, column %d, %q", c.text, fault, c.line, c.column, c.says)
		}
		if mustJSON(t, f) != before {
			t.Errorf("%q changed the form", c.text)
		}
	}
}

func TestUnknownMembersAreKeptOrDroppedAtAChoice(t *testing.T) {
	const text = "{\n  \"purchase_id\": \"1\",\n  \"x.y\": {\"b\": [1.50]},\n  \"Subject\": \"s\"\n}"
	f := filled(t)
	before := mustJSON(t, f)
	_, err := f.SetJSON([]byte(text), forms.AskUnknown)
	var unknown *forms.UnknownMembersError
	if !errors.As(err, &unknown) {
		t.Fatalf("error %v", err)
	}
	want := []forms.UnknownMember{{Name: "purchase_id", Line: 2, Meant: "PurchaseId"}, {Name: "x.y", Line: 3}}
	if !reflect.DeepEqual(unknown.Members, want) {
		t.Errorf("members %+v", unknown.Members)
	}
	if !strings.Contains(err.Error(), "“x.y” (line 3)") {
		t.Errorf("message %q", err)
	}
	if mustJSON(t, f) != before {
		t.Error("asking changed the form")
	}

	report, err := f.SetJSON([]byte(text), forms.DropUnknown)
	if err != nil || !reflect.DeepEqual(report.Dropped, want) || len(report.Kept) != 0 || strings.Contains(f.PreviewText(), "x.y") {
		t.Errorf("dropping: %+v %v\n%s", report, err, f.PreviewText())
	}

	report, err = f.SetJSON([]byte(text), forms.KeepUnknown)
	if err != nil || !reflect.DeepEqual(report.Kept, want) {
		t.Errorf("keeping: %+v %v", report, err)
	}
	kept := "{\n  \"Subject\": \"s\",\n  \"purchase_id\": \"1\",\n  \"x.y\": {\n    \"b\": [\n      1.50\n    ]\n  }\n}"
	if got := f.PreviewText(); got != kept {
		t.Errorf("kept\n%s\nwant\n%s", got, kept)
	}
	if extras := f.Extras(); len(extras) != 2 || extras[0].JSON != `"1"` {
		t.Errorf("extras %+v", extras)
	}
	f.SetText("Subject", "changed")
	f.LeaveOut("Subject")
	f.DropExtra("purchase_id")
	if got := f.PreviewText(); !strings.HasPrefix(got, "{\n  \"x.y\": {") {
		t.Errorf("after dropping one\n%s", got)
	}
}

func TestValuesThatWillBeSentInAnotherFormAreReported(t *testing.T) {
	f := purchaseForm(t)
	report, err := f.SetJSON([]byte(`{"Subject": 12.50, "ProductId": {"a": 1}, "PurchasedOn": "2026-11-23T14:05:00+01:00", "TotalPrice": "12,5O", "ContactId": "\u00e9"}`), forms.AskUnknown)
	if err != nil {
		t.Fatal(err)
	}
	want := []forms.Conversion{
		{Field: "Subject", From: "12.50", To: `"12.50"`},
		{Field: "ProductId", From: "{\n  \"a\": 1\n}", To: `"{\n  \"a\": 1\n}"`},
		{Field: "PurchasedOn", From: `"2026-11-23T14:05:00+01:00"`, To: `"2026-11-23T13:05:00Z"`},
	}
	if !reflect.DeepEqual(report.Converted, want) {
		t.Errorf("converted %+v", report.Converted)
	}
	if p := f.Problem("TotalPrice"); p == nil || f.Text("TotalPrice") != `"12,5O"` {
		t.Errorf("a text where a number belongs stays as written: %q %v", f.Text("TotalPrice"), p)
	}
}

func TestReadOnlyMembersAreShownAndReported(t *testing.T) {
	e := purchases()
	e.Attributes[4].ReadOnly = true
	f := forms.FromEntity(e, forms.Options{})
	report, err := f.SetJSON([]byte(`{"TotalPrice": 12, "Subject": "s"}`), forms.AskUnknown)
	if err != nil || len(report.ReadOnly) != 1 || f.Text("TotalPrice") != "12" || strings.Contains(f.PreviewText(), "TotalPrice") {
		t.Errorf("%+v %v %s", report, err, f.PreviewText())
	}
}

func TestEveryKindComesBackFromItsPayload(t *testing.T) {
	kinds := map[string]struct {
		kind metadata.Kind
		text string
	}{
		"unknown": {metadata.KindUnknown, `{"a":[1,{}],"b":"\u00e9"}`},
		"text":    {metadata.KindText, "a\u2028b"},
		"boolean": {metadata.KindBoolean, "yes"},
		"integer": {metadata.KindInteger, "9007199254740993"},
		"decimal": {metadata.KindDecimal, "0.10"},
		"double":  {metadata.KindDouble, "1e-7"},
		"date":    {metadata.KindDate, "today"},
		"time":    {metadata.KindTimeOfDay, "2pm"},
		"moment":  {metadata.KindDateTime, "now-2d"},
		"guid":    {metadata.KindGUID, "98e79d76a45ae911a970000d3a39c2c9"},
		"binary":  {metadata.KindBinary, "SGVsbG8="},
		"json":    {metadata.KindJSON, "[]"},
	}
	e := metadata.Entity{Name: "All"}
	for name, c := range kinds {
		e.Attributes = append(e.Attributes, attribute(name, c.kind))
	}
	f, g := forms.FromEntity(e, forms.Options{}), forms.FromEntity(e, forms.Options{})
	for name, c := range kinds {
		f.SetText(name, c.text)
	}
	want := mustJSON(t, f)
	if _, err := g.SetJSON([]byte(want), forms.AskUnknown); err != nil {
		t.Fatal(err)
	}
	if got := mustJSON(t, g); got != want {
		t.Errorf("back again\n%s\nwant\n%s", got, want)
	}
}
