package odata_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/odata"
	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// table is one row of every type that filters know.
type table struct{}

func (table) Type(name string) (world.EDM, bool) {
	kind, ok := map[string]world.EDM{
		"Name": world.String, "Empty": world.String, "Count": world.Int64, "Price": world.Decimal, "Done": world.Boolean,
		"At": world.DateTimeOffset, "Day": world.Date, "Id": world.GUID, "Clock": world.TimeOfDay,
	}[name]
	return kind, ok
}

func (table) HasSegment(name string) bool { return name == "Gold" || name == "Silver" }

func (table) Value(name string) any {
	return map[string]any{
		"Name": "O'Neill", "Count": json.Number("9007199254740993"), "Price": json.Number("12.50"), "Done": true,
		"At": "2026-11-23T13:05:00Z", "Day": "2026-11-23", "Id": "6F0C51D2-3f0e-4c8b-9a51-c0ffee000001", "Clock": "10:00",
	}[name]
}

func (table) IsMember(segment string) bool { return segment == "Gold" }

func TestFiltersMatchAsTheyRead(t *testing.T) {
	for filter, want := range map[string]bool{
		"Name eq 'O''Neill'":                              true,
		"Name eq 'o''neill'":                              false,
		"Name ne 'x'":                                     true,
		"Name gt 'N'":                                     true,
		"Empty eq null":                                   true,
		"Empty ne null":                                   false,
		"Empty eq 'x'":                                    false,
		"Empty ne 'x'":                                    true,
		"Empty gt 'x'":                                    false,
		"Name ne null":                                    true,
		"Count eq 9007199254740993":                       true,
		"Count eq 9007199254740992":                       false, // a float could not tell them apart
		"Count gt 9007199254740992":                       true,
		"Price eq 12.5":                                   true,
		"Price ge 12.50 and Price lt 1e2":                 true,
		"Price le +12.4":                                  false,
		"Price gt -1":                                     true,
		"Price lt 1e9999":                                 true,
		"Done eq true":                                    true,
		"Done eq false":                                   false,
		"At eq 2026-11-23T14:05:00+01:00":                 true,
		"At gt 2026-01-01T00:00:00.000Z":                  true,
		"At lt 2026-11-23":                                false,
		"Day eq 2026-11-23":                               true,
		"Day le 2026-11-22":                               false,
		"Id eq 6f0c51d2-3f0e-4c8b-9a51-c0ffee000001":      true,
		"Id eq '6f0c51d2-3f0e-4c8b-9a51-c0ffee000001'":    true,
		"Name in ('x', 'O''Neill')":                       true,
		"Name in ('x','y')":                               false,
		"Count in (1, 9007199254740993)":                  true,
		"IsMemberOfSegment('Gold')":                       true,
		"IsMemberOfSegment('Silver')":                     false,
		"Done eq true or Done eq false and Name eq 'x'":   true, // and binds closer
		"(Done eq true or Done eq false) and Name eq 'x'": false,
		"((Done eq true))":                                true,
		"Name eq 'a and b' or Done eq true":               true,
		"Done eq true and\tPrice gt 1":                    true,
	} {
		parsed, err := odata.ParseFilter(filter, table{})
		if err != nil {
			t.Errorf("%s: %v", filter, err)
			continue
		}
		if got := parsed.Match(table{}); got != want {
			t.Errorf("%s: %t", filter, got)
		}
	}
	if !(odata.Filter{}).Match(table{}) {
		t.Error("no filter does not match")
	}
}

func TestWhatIsNotAFilterIsToldAtItsPlace(t *testing.T) {
	for filter, want := range map[string]string{
		"":                         "the name of a field is expected at position 1",
		"Name":                     "one of eq, ne",
		"Name eq":                  "a value is expected at position 8",
		"Name eq x":                "a text stands in quotes",
		"Name eq 'x":               "has no end",
		"Name eq 'x' Done":         `"Done" is not expected`,
		"Name eq 5":                "is of type Edm.String",
		"Count eq '5'":             "is of type Edm.Int64",
		"Done eq 1":                "is of type Edm.Boolean",
		"At eq '2026-11-23'":       "is of type Edm.DateTimeOffset",
		"At eq 2026-13-01":         "is of type Edm.DateTimeOffset",
		"At eq 2026-11-23T25:00Z":  "is of type Edm.DateTimeOffset",
		"Id eq 'x'":                "is of type Edm.Guid",
		"Clock eq '10:00'":         "is of type Edm.TimeOfDay",
		"Nope eq 1":                `there is no field "Nope"`,
		"Name like 'x'":            `"like" is not supported`,
		"Name has 'x'":             `"has" is not supported`,
		"not Done eq true":         `there is no field "not"`,
		"contains(Name,'x')":       "the function contains is not supported",
		"startswith(Name,'x')":     "the function startswith is not supported",
		"IsMemberOfSegment(Gold)":  "name in quotes",
		"IsMemberOfSegment('Tin')": `there is no segment "Tin"`,
		"IsMemberOfSegment('Gold'": `")" is expected`,
		"(Done eq true":            `")" is expected`,
		"Done eq true)":            `")" is not expected`,
		"Name in ()":               "a value is expected",
		"Name in 'x'":              `"(" is expected`,
		"Name in ('x' 'y')":        `"," or ")" is expected`,
		"Done eq true and":         "the name of a field is expected",
		"Done eq true or or":       "no field \"or\"",
		"Name eq \"x\"":            "is not expected",
		"Count add 1 eq 2":         `"add" is not supported`,
		strings.Repeat("(", 100) + "Done eq true" + strings.Repeat(")", 100): "too many parentheses",
		"Name eq '" + strings.Repeat("x", 9000) + "'":                        "longer than",
		"Count in (" + strings.Repeat("1,", 600) + "1)":                      "at most 500",
	} {
		_, err := odata.ParseFilter(filter, table{})
		var syntax *odata.SyntaxError
		if !errors.As(err, &syntax) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want a word of %q", filter, err, want)
		}
	}
}

func TestSearchIsByTheBeginningOfWords(t *testing.T) {
	texts := []string{"Maria Kotlar-Diaz", "maria@example.com"}
	for search, want := range map[string]bool{
		`"maria"`: true, `"MARIA diaz"`: true, "kot": true, `"aria"`: false, "diaz x": false, "example": true,
	} {
		parsed, err := odata.ParseSearch(search)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.Match(texts); got != want {
			t.Errorf("%s: %t", search, got)
		}
	}
	if _, err := odata.ParseSearch(`"-"`); err == nil {
		t.Error("a search for nothing is one")
	}
	if !(odata.Search{}).Match(nil) {
		t.Error("no search does not match")
	}
}

func FuzzParseFilter(f *testing.F) {
	for _, filter := range []string{
		"Name eq 'O''Neill' and (At gt 2026-01-01T00:00:00.000Z or Count in (1,2))", "IsMemberOfSegment('Gold')",
		"Price lt 1e9999", "Id eq 6f0c51d2-3f0e-4c8b-9a51-c0ffee000001", "Name eq '", "((", "é eq 1", "Count eq -0",
	} {
		f.Add(filter)
	}
	f.Fuzz(func(t *testing.T, filter string) {
		parsed, err := odata.ParseFilter(filter, table{})
		if err != nil {
			var syntax *odata.SyntaxError
			if !errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(filter) {
				t.Errorf("%q: %v", filter, err)
			}
			return
		}
		parsed.Match(table{}) // must not panic, whatever was compared with whatever
	})
}

// holding is a row of one text and one number.
type holding struct {
	table
	text   any
	number any
}

func (h holding) Value(name string) any {
	if name == "Name" {
		return h.text
	}
	return h.number
}

// checkTextMeansItself: each filter with a text selects it, and no other.
func checkTextMeansItself(t *testing.T, text, other string) {
	t.Helper()
	for _, filter := range []client.Filter{
		client.Eq("Name", client.Text(text)),
		client.In("Name", client.Text(text), client.Text(text)),
		client.And(client.Eq("Name", client.Text(text)), client.Or(client.Ne("Name", client.Null()), client.Eq("Done", client.Bool(true)))),
	} {
		parsed, err := odata.ParseFilter(filter.String(), holding{})
		if err != nil {
			if len(filter.String()) > 8192 {
				return // longer than the sandbox takes
			}
			t.Fatalf("%q gives %s: %v", text, filter, err)
		}
		if !parsed.Match(holding{text: text}) {
			t.Fatalf("%s does not select %q", filter, text)
		}
		if other != text && parsed.Match(holding{text: other}) {
			t.Fatalf("%s selects %q", filter, other)
		}
	}
}

// FuzzALiteralMeansItself: what the client writes for a text or a number selects
// the row that has it, and no row that has another, whatever stands in it.
func FuzzALiteralMeansItself(f *testing.F) {
	f.Add("O'Neill", "O''Neill", "12.50", "1250e-2")
	f.Add("' or 1 eq 1 or Name eq '", "", "-0", "0")
	f.Add("a) and (b", "\x00\t\n", "1e400", "9007199254740993")
	f.Add("é\u2028", "e", "-1.5E+10", "١")
	f.Fuzz(func(t *testing.T, text, other, number, more string) {
		checkTextMeansItself(t, text, other)
		given, wanted := json.Number(number), json.Number(more)
		if !json.Valid([]byte(number)) || !json.Valid([]byte(more)) || strings.Trim(number+more, "-+.0123456789eE") != "" {
			return
		}
		equal, err := odata.ParseFilter(client.Eq("Price", client.Number(given)).String(), holding{})
		if err != nil {
			if _, exponent, _ := strings.Cut(strings.ToLower(number), "e"); len(strings.TrimLeft(exponent, "+-")) > 4 || len(number) > 8000 {
				return // further than the sandbox goes
			}
			t.Fatalf("%s cannot be asked for: %v", number, err)
		}
		if !equal.Match(holding{number: given}) {
			t.Fatalf("%s does not select itself", number)
		}
		less, err := odata.ParseFilter(client.Lt("Price", client.Number(given)).String(), holding{})
		if err != nil {
			t.Fatal(err)
		}
		greater, err := odata.ParseFilter(client.Gt("Price", client.Number(given)).String(), holding{})
		if err != nil {
			t.Fatal(err)
		}
		row, found := holding{number: wanted}, 0
		for _, one := range []odata.Filter{equal, less, greater} {
			if one.Match(row) {
				found++
			}
		}
		if _, readable := world.Number(wanted); readable && found != 1 {
			t.Fatalf("of =, < and > %s, %d select %s", number, found, more)
		}
	})
}
