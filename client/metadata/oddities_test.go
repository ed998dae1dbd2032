package metadata

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func parsed(t *testing.T, entities string) []Entity {
	t.Helper()
	list, err := ParseEntities([]byte(`{"entities":[` + entities + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestBadMetadataSaysWhatIsOddAboutIt(t *testing.T) {
	var many []string
	for i := range 20 {
		many = append(many, fmt.Sprintf(`{"name":"F%02d"},{"name":"F%02d"}`, i, i))
	}
	for data, want := range map[string][]string{
		`{"name":"E","attributes":[{"name":"A"},{"name":"a"}],"keys":[["A"]],"timestampAttribute":"a"}`: nil,
		`{"name":"E","attributes":null,"keys":[["A"]],"timestampAttribute":"B"}`:                        nil,
		`{"name":"E","attributes":[{"name":"A"},{"name":"A"},{"name":"A"}]}`: {
			"The metadata lists “A” more than once; it is shown once, with the first type",
		},
		`{"name":"E","attributes":[` + strings.Join(many, ",") + `]}`: {
			"The metadata lists “F00”, “F01”, “F02” and 17 more twice or more; each is shown once, with the first type",
		},
		`{"name":"E","attributes":[{"name":"A"},{},7]}`: {"The metadata lists 2 fields without a name; no activity could have one"},
		`{"name":"E\ud800","attributes":[{"name":"` + strings.Repeat("x", 100) + `\udc00"}]}`: {
			"“E�”, “" + strings.Repeat("x", 59) + "…”: a character of the name was lost on the way, so the service may not know it",
		},
		`{"name":"E","attributes":[{"name":"A"}],"keys":[["A","B"]],"timestampAttribute":{"name":"C\n"}}`: {
			"The metadata calls “C ” the time, which is none of the fields", "The metadata calls “B” a key, which is none of the fields",
		},
		`{"name":"E"},{"name":"E"},{"name":"E"}`: {"The service lists this entity more than once; this is the first of them"},
	} {
		if got := parsed(t, data)[0].Oddities; !slices.Equal(got, want) {
			t.Errorf("%.120s: it says %q, want %q", data, got, want)
		}
	}
}

func TestBadMetadataKeepsTheMarksOfWhatIsListedAgain(t *testing.T) {
	e := parsed(t, `{"name":"E","attributes":[{"name":"A"},{"name":"A","annotations":[{"name":"ReadOnly"}]},
		{"name":"B"},{"name":"b"}],"annotations":[{"name":"Mandatory","value":"B"},{"name":"ReadOnly","value":"b"}]}`)[0]
	a, _ := e.Attribute("A")
	upper, _ := e.Attribute("B")
	lower, _ := e.Attribute("b")
	if !a.ReadOnly || !upper.Mandatory || upper.ReadOnly || lower.Mandatory || !lower.ReadOnly {
		t.Errorf("A %+v\nB %+v\nb %+v", a, upper, lower)
	}
}

func TestBadMetadataOfATimeFallsBackToWhatIsThere(t *testing.T) {
	if got := parsed(t, `{"name":"E","timestampAttribute":"Gone","attributes":[{"name":"On","dataType":"Edm.DateTimeOffset"}]}`)[0].TimeField(); got != "On" {
		t.Errorf("the time is %q", got)
	}
	if got := parsed(t, `{"name":"E","timestampAttribute":"Gone"}`)[0].TimeField(); got != "Gone" {
		t.Errorf("where no attributes are known, the time is %q", got)
	}
}

func TestBadMetadataOfInstancesIsReadStrictly(t *testing.T) {
	list, err := ParseInstances([]byte(`[{"instanceId":"A","name":"one","instanceType":"sandbox"},{"instanceId":"a","name":"two","instanceType":"production"},
		{"instanceId":"B","instanceType":"trial"},{"instanceId":"B","instanceType":"Trial"},{"name":"x"},{"name":"y"}]`))
	if err != nil || len(list) != 4 {
		t.Fatalf("%+v, %v", list, err)
	}
	if list[0].Name != "one" || list[0].Environment() != EnvironmentUnknown || list[1].Environment() != EnvironmentTrial {
		t.Errorf("%+v", list)
	}
	for id, want := range map[string]bool{"": false, ".": false, "..": false, "...": true, "a/b": true} {
		if got := (Instance{ID: id}).Addressable(); got != want {
			t.Errorf("%q can stand in an address: %v", id, got)
		}
	}
}

func TestBadMetadataNamesAreShownOnOneLine(t *testing.T) {
	for name, want := range map[string]string{
		"eCommerce_Purchases":   "eCommerce_Purchases",
		"":                      "",
		"two words":             "two words",
		"Zoë 例 👩\u200d👧":        "Zoë 例 👩\u200d👧",
		"a\nb\r\tc\u00a0d":      "a b  c d",
		"a\x00b\x7fc\u0085d":    "a·b·c·d",
		"user\u202egnp\u200f":   "user·gnp·",
		"a\u200bb\ufeff\u2028c": "a·b··c",
		" \t":                   "“  ”",
		"\u200b":                "·",
	} {
		if got := Plain(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"Contoso\u202e  live\u200b\n": "Contoso live", "\u200b": "Unnamed instance 1", "\x00a": "a",
	} {
		if got := (Instance{ID: "1", Name: name}).Label(); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}
