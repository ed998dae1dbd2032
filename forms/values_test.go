package forms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
	"github.com/activitydesk/activitydesk/forms"
)

// single is a form of one field, V, of a type.
func single(t testing.TB, dataType metadata.DataType, zone *time.Location) *forms.Form {
	t.Helper()
	return forms.FromEntity(metadata.Entity{
		Name:       "One",
		Attributes: []metadata.Attribute{{Name: "V", Type: dataType}},
		// no date-time of this entity is its time field, so that nothing is required
		TimestampAttribute: "none",
	}, forms.Options{Zone: zone, Now: func() time.Time { return noon }})
}

// valueCase is a text with the JSON value that it becomes, or what the
// problem says and offers.
type valueCase struct {
	text  string
	json  string
	wrong string   // part of the problem's text
	fixes []string // in order; nil: not looked at
}

func checkValues(t *testing.T, dataType metadata.DataType, cases []valueCase) {
	t.Helper()
	zone := zurich(t)
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			f := single(t, dataType, zone)
			if c.text == "" {
				f.SetEmpty("V")
			} else {
				f.SetText("V", c.text)
			}
			p := f.Problem("V")
			if c.wrong != "" {
				if p == nil {
					t.Fatalf("no problem, sent as %s", f.PreviewText())
				}
				if !strings.Contains(p.Text, c.wrong) {
					t.Errorf("problem %q, want %q in it", p.Text, c.wrong)
				}
				if c.fixes != nil && strings.Join(p.Fixes, "|") != strings.Join(c.fixes, "|") {
					t.Errorf("fixes %q, want %q", p.Fixes, c.fixes)
				}
				checkFixes(t, f, p)
				return
			}
			if p != nil {
				t.Fatalf("problem %q", p.Text)
			}
			if got, want := mustJSON(t, f), "{\n  \"V\": "+c.json+"\n}"; got != want {
				t.Errorf("payload %s, want %s", got, want)
			}
		})
	}
}

// checkFixes takes over every fix: what a problem offers must be right.
func checkFixes(t *testing.T, f *forms.Form, p *forms.Problem) {
	t.Helper()
	if p.Brief == "" || p.Text == "" || p.Field != "V" {
		t.Errorf("incomplete problem %+v", p)
	}
	for _, fix := range p.Fixes {
		f.SetText("V", fix)
		if again := f.Problem("V"); again != nil {
			t.Errorf("the fix %q is no good: %s", fix, again.Text)
		}
	}
}

func TestDecimalsAreKeptDigitForDigit(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindDecimal}, []valueCase{
		{text: "12.50", json: "12.50"},
		{text: " 12.50 ", json: "12.50"},
		{text: "-0.10", json: "-0.10"},
		{text: "0.1000000000000000055511151231257827", json: "0.1000000000000000055511151231257827"},
		{text: "123456789012345678901234567890.5", json: "123456789012345678901234567890.5"},
		{text: "1E+400", json: "1E+400"},
		{text: "1e-999999999", json: "1e-999999999"},
		{text: "12,5O", wrong: "“12,5O” has the letter O", fixes: []string{"12.50"}},
		{text: "12,5", wrong: "has a comma", fixes: []string{"12.5"}},
		{text: "1,234", wrong: "has a comma", fixes: []string{"1234", "1.234"}},
		{text: "1,234,567", wrong: "has a comma", fixes: []string{"1234567"}},
		{text: "1.234.567", wrong: "more than one point", fixes: []string{"1234567"}},
		{text: "1.234.567,89", wrong: "has a comma", fixes: []string{"1234567.89"}},
		{text: "1,234,567.89", wrong: "has a comma", fixes: []string{"1234567.89"}},
		{text: "1'234.50", wrong: "has an apostrophe", fixes: []string{"1234.50"}},
		{text: "1\u202f234,50", wrong: "has a space", fixes: []string{"1234.50"}},
		{text: "€ 12", wrong: "has “€”", fixes: []string{"12"}},
		{text: "€12", wrong: "has “€”", fixes: []string{"12"}},
		{text: "−5", wrong: "has “−”", fixes: []string{"-5"}},
		{text: "١٢٫٥", wrong: "digits of another script", fixes: nil},
		{text: "12５", wrong: "digits of another script", fixes: []string{"125"}},
		{text: "+5", wrong: "plus sign", fixes: []string{"5"}},
		{text: ".5", wrong: "begins with a point", fixes: []string{"0.5"}},
		{text: "-.5", wrong: "begins with a point", fixes: []string{"-0.5"}},
		{text: "5.", wrong: "ends in a point", fixes: []string{"5"}},
		{text: "007.50", wrong: "begins with a zero", fixes: []string{"7.50"}},
		{text: "000", wrong: "begins with a zero", fixes: []string{"0"}},
		{text: "12e", wrong: "is not complete", fixes: []string{}},
		{text: "-", wrong: "is not complete", fixes: []string{}},
		{text: "abc", wrong: "has the letter a. Write digits", fixes: []string{}},
		{text: "Oo", wrong: "has the letter O", fixes: []string{}},
		{text: "12%", wrong: "has “%”", fixes: []string{}},
		{text: `"12"`, wrong: "has quotes", fixes: []string{"12"}},
		{text: "NaN", wrong: "JSON has no “NaN”"},
		{text: "-Infinity", wrong: "JSON has no"},
		{text: "null", wrong: "Choose null"},
		{text: "", wrong: "the text is empty"},
		{text: "\xff", wrong: "not UTF-8"},
	})
}

func TestWholeNumbersHoldTheirTypesRange(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindInteger, Bits: 64}, []valueCase{
		{text: "9223372036854775807", json: "9223372036854775807"},
		{text: "-9223372036854775808", json: "-9223372036854775808"},
		{text: "9223372036854775808", wrong: "outside -9223372036854775808 to 9223372036854775807"},
		{text: "-9223372036854775809", wrong: "Too small"},
		{text: "9007199254740993", json: "9007199254740993"},
		{text: "-0", json: "-0"},
		{text: "12.0", wrong: "has decimals", fixes: []string{"12"}},
		{text: "12.5", wrong: "has decimals", fixes: []string{"12", "13"}},
		{text: "-12.5", wrong: "has decimals", fixes: []string{"-12", "-13"}},
		{text: "123456789012345678901234567890.5", wrong: "Write it without them", fixes: []string{}},
		{text: "1e3", wrong: "has an exponent", fixes: []string{"1000"}},
		{text: "1.5e1", wrong: "has an exponent", fixes: []string{"15"}},
		{text: "1e-3", wrong: "has an exponent", fixes: []string{}},
		{text: "1e999999999", wrong: "has an exponent", fixes: []string{}},
		{text: "1,5", wrong: "has a comma", fixes: []string{}},
		{text: "1,234", wrong: "has a comma", fixes: []string{"1234"}},
		{text: "12 000", wrong: "has a space", fixes: []string{"12000"}},
		{text: "l2", wrong: "has the letter l", fixes: []string{"12"}},
	})
	checkValues(t, metadata.DataType{Kind: metadata.KindInteger, Bits: 8, Unsigned: true}, []valueCase{
		{text: "255", json: "255"},
		{text: "0", json: "0"},
		{text: "256", wrong: "outside 0 to 255"},
		{text: "-1", wrong: "Too small: “-1” is outside 0 to 255"},
	})
	checkValues(t, metadata.DataType{Kind: metadata.KindInteger, Bits: 16}, []valueCase{
		{text: "32767", json: "32767"},
		{text: "32768", wrong: "outside -32768 to 32767"},
	})
	checkValues(t, metadata.DataType{Kind: metadata.KindInteger}, []valueCase{
		{text: "9223372036854775807", json: "9223372036854775807"},
	})
}

func TestDoublesAreSentAsTypedWithAWordWhereTheyWouldRound(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindDouble, Name: "Edm.Double"}, []valueCase{
		{text: "0.1", json: "0.1"},
		{text: "1e308", json: "1e308"},
		{text: "1e400", wrong: "beyond what 64-bit numbers hold"},
	})
	checkValues(t, metadata.DataType{Kind: metadata.KindDouble, Name: "Edm.Single"}, []valueCase{
		{text: "1e39", wrong: "beyond what 32-bit numbers hold"},
	})
	f := single(t, metadata.DataType{Kind: metadata.KindDouble}, time.UTC)
	f.SetText("V", "0.10000000000000000555")
	if f.Hint("V") == "" || !strings.Contains(mustJSON(t, f), "0.10000000000000000555") {
		t.Errorf("hint %q, payload %s", f.Hint("V"), f.PreviewText())
	}
}

func TestYesAndNo(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindBoolean}, []valueCase{
		{text: "true", json: "true"},
		{text: "FALSE", json: "false"},
		{text: " Yes", json: "true"},
		{text: "no", json: "false"},
		{text: "1", wrong: "Not yes or no", fixes: []string{"true"}},
		{text: "nein", wrong: "Not yes or no", fixes: []string{"false"}},
		{text: "perhaps", wrong: "Not yes or no", fixes: []string{"true", "false"}},
		{text: "", wrong: "empty"},
	})
}

func TestGUIDs(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindGUID}, []valueCase{
		{text: "98e79d76-a45a-e911-a970-000d3a39c2c9", json: `"98e79d76-a45a-e911-a970-000d3a39c2c9"`},
		{text: "{98E79D76-A45A-E911-A970-000D3A39C2C9}", json: `"98E79D76-A45A-E911-A970-000D3A39C2C9"`},
		{text: "98e79d76a45ae911a970000d3a39c2c9", json: `"98e79d76-a45a-e911-a970-000d3a39c2c9"`},
		{text: "98e79d76-a45ae911-a970-000d3a39c2c9", wrong: "misplaced", fixes: []string{"98e79d76-a45a-e911-a970-000d3a39c2c9"}},
		{text: "98e79d76", wrong: "Not a GUID"},
		{text: "98e79d76-a45a-e911-a970-000d3a39c2cg", wrong: "Not a GUID"},
		{text: "{}", wrong: "Not a GUID"},
	})
}

func TestBinaryIsBase64(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindBinary}, []valueCase{
		{text: "SGVsbG8=", json: `"SGVsbG8="`},
		{text: "SGVs\nbG8=", json: `"SGVsbG8="`},
		{text: "-_-_", json: `"-_-_"`},
		{text: "SGVsbG8", wrong: "padding", fixes: []string{"SGVsbG8="}},
		{text: "SGVsbG8==", wrong: "padding", fixes: []string{"SGVsbG8="}},
		{text: "é", wrong: "Not base64"},
		{text: strings.Repeat("A", 50), wrong: "padding"},
		{text: "", wrong: "empty"},
	})
}

func TestJSONOfAnyShapeIsCheckedAndKept(t *testing.T) {
	for _, kind := range []metadata.Kind{metadata.KindJSON, metadata.KindUnknown} {
		checkValues(t, metadata.DataType{Kind: kind}, []valueCase{
			{text: `{"a":[1,2.50,{"b":null}],"c":{},"d":[]}`, json: "{\n    \"a\": [\n      1,\n      2.50,\n      {\n        \"b\": null\n      }\n    ],\n    \"c\": {},\n    \"d\": []\n  }"},
			{text: `"\u00e9 \/"`, json: `"\u00e9 \/"`},
			{text: "12345678901234567890", json: "12345678901234567890"},
			{text: "true", json: "true"},
			{text: "null", json: "null"},
			{text: `{"a":1,"a":2}`, wrong: "“a” is there twice"},
			{text: `[NaN]`, wrong: "line 1, column 2: NaN is no JSON number"},
			{text: "{\n \"a\": tru\n}", wrong: "line 2, column 7"},
			{text: "hello", wrong: "double quotes", fixes: []string{`"hello"`}},
			{text: "[1,]", wrong: "a comma before the closing ]"},
			{text: `{"a":1,}`, wrong: "a comma before the closing }"},
			{text: `{"a":1 "b":2}`, wrong: "a comma is missing"},
			{text: `{'a':1}`, wrong: "double quotes"},
			{text: `{"a"}`, wrong: "a colon belongs"},
			{text: `{"a":`, wrong: "the text ends where a value belongs"},
			{text: `{"a":1`, wrong: "a closing } is missing"},
			{text: `[1`, wrong: "a closing ] is missing"},
			{text: `[`, wrong: "a closing ] is missing"},
			{text: `[1;2]`, wrong: "a comma or a closing ]"},
			{text: `"abc`, wrong: "the closing quote"},
			{text: "\"a\nb\"", wrong: "the closing quote"},
			{text: "\"a\tb\"", wrong: `\u0009`},
			{text: `"\x"`, wrong: "backslash"},
			{text: `"\ud800"`, wrong: "half of a character"},
			{text: `"\ud83d\ude00"`, json: `"\ud83d\ude00"`},
			{text: `"\`, wrong: "in the middle of an escape"},
			{text: `"\u12"`, wrong: "four hexadecimal digits"},
			{text: `1 2`, wrong: "more text after the end"},
			{text: `01`, wrong: "no JSON number"},
			{text: `[True]`, wrong: "small letters"},
			{text: `['a']`, wrong: "double quotes"},
			{text: `[,]`, wrong: "a value belongs here"},
			{text: strings.Repeat("[", 200), wrong: "nested deeper"},
			{text: "", wrong: "empty"},
		})
	}
}

func TestListsHoldValuesOfTheirType(t *testing.T) {
	list := func(kind metadata.Kind) metadata.DataType {
		return metadata.DataType{Kind: kind, Collection: true, Bits: 8}
	}
	checkValues(t, list(metadata.KindText), []valueCase{
		{text: `["a", null]`, json: "[\n    \"a\",\n    null\n  ]"},
		{text: `[]`, json: "[]"},
		{text: `a, b`, wrong: "square brackets", fixes: []string{`["a", "b"]`}},
		{text: `12`, wrong: "square brackets", fixes: []string{`["12"]`}},
		{text: `[1]`, wrong: "Item 1 of the list: text in double quotes"},
		{text: `{"a":1}`, wrong: "Not a list"},
		{text: `["a"`, wrong: "a closing ] is missing"},
	})
	checkValues(t, list(metadata.KindInteger), []valueCase{
		{text: `[1,127]`, json: "[\n    1,\n    127\n  ]"},
		{text: `[1,128]`, wrong: "Item 2 of the list: Too large"},
		{text: `["1"]`, wrong: "without quotes"},
		{text: `1,2`, wrong: "square brackets", fixes: []string{"[1, 2]"}},
	})
	checkValues(t, list(metadata.KindBoolean), []valueCase{
		{text: `[true]`, json: "[\n    true\n  ]"},
		{text: `["true"]`, wrong: "true or false"},
	})
	checkValues(t, list(metadata.KindDateTime), []valueCase{
		{text: `["2026-11-23T13:05:00Z"]`, json: "[\n    \"2026-11-23T13:05:00Z\"\n  ]"},
		{text: `["2026-11-23 13:05"]`, wrong: `written "2026-11-23T13:05:00Z"`},
		{text: `["now"]`, wrong: "is written like"},
		{text: `["nonsense"]`, wrong: "Not a date and time"},
	})
	checkValues(t, list(metadata.KindDate), []valueCase{
		{text: `["2026-11-23"]`, json: "[\n    \"2026-11-23\"\n  ]"},
		{text: `["23.11.2026"]`, wrong: `Write "2026-11-23"`},
	})
	checkValues(t, list(metadata.KindUnknown), []valueCase{
		{text: `[{}]`, json: "[\n    {}\n  ]"},
	})
}

func TestTextIsSentAsTypedWithWhatCannotBeSeenEscaped(t *testing.T) {
	checkValues(t, metadata.DataType{Kind: metadata.KindText}, []valueCase{
		{text: "  2026-11-23 ", json: `"  2026-11-23 "`},
		{text: "now", json: `"now"`},
		{text: "", json: `""`},
		{text: "a\x00b\r\n\t\u2028\u202e", json: `"a\u0000b\r\n\t\u2028\u202e"`},
		{text: "👩‍👩‍👧 ✓ ünï <&>", json: `"👩‍👩‍👧 ✓ ünï <&>"`},
		{text: "a\xffb", wrong: "not UTF-8"},
	})
}

func TestHintsSpeakOfSlipsAndRefuseNothing(t *testing.T) {
	for _, c := range []struct {
		semantic, text string
		hint           string
	}{
		{"IdentityServiceEmail", "abbie@example.com", ""},
		{"IdentityServiceEmail", "abbie@example", "e-mail"},
		{"IdentityServiceEmail", "Abbie <abbie@example.com>", "e-mail"},
		{"IdentityServiceEmail", "@example.com", "e-mail"},
		{"IdentityServiceEmail", "abbie@example.", "e-mail"},
		{"IdentityServicePhone", "983.566.0706x9509", ""},
		{"IdentityServicePhone", "call me", "phone"},
		{"ReferenceURL", "https://example.com/x", ""},
		{"ReferenceURL", "example", "web address"},
		{"LocationCountry", "Switzerland", ""},
		{"LocationCountry", "8000", "country"},
		{"", "  ", "Only spaces"},
		{"", "a\x00b", "NUL"},
		{"", "a\u202eb", "cannot be seen"},
		{"", "two\nlines", ""},
		{"PersonFullName", "Abbie Moss", ""},
	} {
		f := forms.FromEntity(metadata.Entity{Name: "H", Attributes: []metadata.Attribute{
			{Name: "V", Type: metadata.DataType{Kind: metadata.KindText}, SemanticType: c.semantic},
		}}, forms.Options{})
		f.SetText("V", c.text)
		if got := f.Hint("V"); (c.hint == "") != (got == "") || !strings.Contains(got, c.hint) {
			t.Errorf("%s %q: hint %q, want %q", c.semantic, c.text, got, c.hint)
		}
		mustJSON(t, f)
	}
}
