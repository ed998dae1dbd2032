// Queries as they go over the wire: literals, names, encoding.

package client

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestFilters(t *testing.T) {
	at := time.Date(2026, 11, 23, 15, 5, 0, 0, time.FixedZone("", 3600))
	cases := map[string]Filter{
		"":                                 {},
		"CustomerId eq 'a'":                Eq("CustomerId", Text("a")),
		"Name eq 'O''Neill'":               Eq("Name", Text("O'Neill")),
		"Name eq ''''''":                   Eq("Name", Text("''")),
		"Name ne null":                     Ne("Name", Null()),
		"N gt -12.50":                      Gt("N", Number("-12.50")),
		"N ge 123456789012345678901":       Ge("N", Number("123456789012345678901")),
		"B eq true":                        Eq("B", Bool(true)),
		"B eq false":                       Eq("B", Bool(false)),
		"D le 2026-11-23":                  Le("D", Date(at)),
		"T lt 2026-11-23T14:05:00.000Z":    Lt("T", Time(at)),
		"T lt 2026-11-23T14:05:00.1234Z":   Lt("T", Time(at.Add(123400*time.Microsecond))),
		"T gt 2026-11-23T14:05:00.120Z":    Gt("T", Time(at.Add(120*time.Millisecond))),
		"Id eq " + instanceID:              Eq("Id", GUID(instanceID)),
		"CustomerId in ('a','b''c')":       In("CustomerId", Text("a"), Text("b'c")),
		"IsMemberOfSegment('O''Neill''s')": IsMemberOfSegment("O'Neill's"),
		"a eq 1 and b eq 2":                And(Filter{}, Eq("a", Number("1")), Eq("b", Number("2"))),
		"a eq 1 and (b eq 2 or c eq 3)":    And(Eq("a", Number("1")), Or(Eq("b", Number("2")), Eq("c", Number("3")))),
		"(a eq 1 and b eq 2) or c eq 3":    Or(And(Eq("a", Number("1")), Eq("b", Number("2"))), Eq("c", Number("3"))),
		"x eq 1":                           And(Or(Eq("x", Number("1")))),
		"shop_contacts_Contact-Id eq 'Ä'":  Eq("shop_contacts_Contact-Id", Text("Ä")),
	}
	for want, filter := range cases {
		if filter.String() != want || filter.err != nil {
			t.Errorf("got %q (%v), want %q", filter, filter.err, want)
		}
	}
	if f := Or(Eq("a", Bool(true)), Filter{}); f.String() != "" || f.err != nil {
		t.Errorf("or with everything = %q (%v), want everything", f, f.err)
	}
}

func TestWhatCannotBeAskedIsAnErrorAndIsNotSent(t *testing.T) {
	s := serve(t, answerJSON(200, `{"value":[]}`))
	for name, q := range map[string]Query{
		"field with quote":    {Filter: Eq("a' or 'b", Text("x"))},
		"field with space":    {Filter: Eq("a b", Text("x"))},
		"field without name":  {Filter: Eq("", Text("x"))},
		"no values":           {Filter: In("a")},
		"bad name in in":      {Filter: In("a(", Text("x"))},
		"number that is none": {Filter: And(Eq("a", Number("1 or true")))},
		"number in hex":       {Filter: In("a", Number("0x10"))},
		"guid that is none":   {Filter: Or(Eq("a", GUID("x")), Eq("b", Bool(true)))},
		"select":              {Select: []string{"a,b"}},
		"expand":              {Expand: []string{"a($top=1)"}},
		"order":               {OrderBy: []Order{{Field: "a desc,b"}}},
		"expand with search":  {Expand: []string{"UnifiedActivity"}, Search: "x"},
		"expand with select":  {Expand: []string{"UnifiedActivity"}, Select: []string{"a"}},
		"negative top":        {Top: -1},
		"negative skip":       {Skip: -1},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.instance().Query(t.Context(), "Customer", q)
			if e := asError(t, err, KindBadRequest); e.Status != 0 || e.Err == nil {
				t.Errorf("error = %+v", e)
			}
		})
	}
}

func TestQueryIsEncodedOnceAndInOrder(t *testing.T) {
	q := Query{
		Filter:      Eq("Name", Text("O'Neill & Söhne + 100% #1?")),
		Select:      []string{"CustomerId", "Name"},
		OrderBy:     []Order{{Field: "Name"}, {Field: "ActivityTime", Desc: true}},
		Search:      `say "hi" \o/`,
		Top:         10,
		Skip:        20,
		SkipToken:   "a=b&c",
		Count:       true,
		ForceSearch: true,
	}
	list, err := q.parameters()
	if err != nil {
		t.Fatal(err)
	}
	const want = "?$filter=Name%20eq%20%27O%27%27Neill%20%26%20S%C3%B6hne%20%2B%20100%25%20%231%3F%27" +
		"&$select=CustomerId%2CName&$orderby=Name%2CActivityTime%20desc" +
		"&$search=%22say%20%5C%22hi%5C%22%20%5C%5Co%2F%22&$top=10&$skip=20&$skiptoken=a%3Db%26c&$count=true&forceSearch=true"
	if got := encode(list); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if list, err := (Query{}).parameters(); err != nil || encode(list) != "" {
		t.Errorf("an empty query is %q (%v)", encode(list), err)
	}
}

// unquote reads an OData string literal back, as a service does.
func unquote(literal string) (string, bool) {
	if len(literal) < 2 || literal[0] != '\'' || literal[len(literal)-1] != '\'' {
		return "", false
	}
	inner := literal[1 : len(literal)-1]
	if strings.Contains(strings.ReplaceAll(inner, "''", ""), "'") {
		return "", false
	}
	return strings.ReplaceAll(inner, "''", "'"), true
}

func FuzzTextLiteral(f *testing.F) {
	for _, seed := range []string{"", "'", "''", "O'Neill", "a&b=c", "%27", "+ +", "\x00\n", "\xff", "🙂' or 1 eq 1", "a#b?c/d\\e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		query := encode([]parameter{{"$filter", Eq("a", Text(text)).text}, {"$top", "1"}})
		u, err := url.Parse("https://x.example/y" + query)
		if err != nil {
			t.Fatalf("%q gives no address: %v", text, err)
		}
		values, err := url.ParseQuery(u.RawQuery)
		if err != nil || len(values) != 2 || values.Get("$top") != "1" || u.Fragment != "" {
			t.Fatalf("%q gives the query %q (%v)", text, u.RawQuery, err)
		}
		literal, ok := strings.CutPrefix(values.Get("$filter"), "a eq ")
		got, valid := unquote(literal)
		if !ok || !valid || got != text {
			t.Errorf("%q arrives as %q", text, got)
		}
	})
}

func FuzzNumberLiteral(f *testing.F) {
	for _, seed := range []string{"0", "-1.5e+10", "01", "1.", ".5", "NaN", "1 or 1", "١"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		valid := text != "" && text[0] != ' ' && json.Valid([]byte(text)) && strings.TrimSpace(text) == text && (text[0] == '-' || text[0] >= '0' && text[0] <= '9')
		if ok := Number(json.Number(text)).err == nil; ok != valid {
			t.Errorf("%q accepted: %v, JSON says %v", text, ok, valid)
		}
	})
}
