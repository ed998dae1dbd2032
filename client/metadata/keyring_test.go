package metadata

import (
	"slices"
	"testing"
)

func TestTheKeysOfASourceAreFoundInEveryRing(t *testing.T) {
	contacts := Entity{Name: "contacts", DataSource: "shop", QualifiedName: "shop_contacts"}
	cases := map[string]struct {
		ring string
		want []string
	}{
		"a member per source":  {`{"shop_contacts": ["C1", "C2", "C1"], "till_people": ["P1"]}`, []string{"C1", "C2"}},
		"one key, not a list":  {`{"SHOP_Contacts": "C1"}`, []string{"C1"}},
		"a number, as written": {`{"shop_contacts": [9007199254740993]}`, []string{"9007199254740993"}},
		"a list of objects": {
			`[{"dataSourceName": "shop", "entityName": "contacts", "key": "C1"},
			  {"dataSourceName": "till", "entityName": "contacts", "key": "T1"},
			  {"entityName": "shop_contacts", "keys": ["C2"]}]`, []string{"C1", "C2"},
		},
		"another source": {`{"till_people": ["P1"]}`, nil},
		"null":           {`null`, nil},
		"a null key":     {`{"shop_contacts": [null]}`, nil},
		"nothing":        {``, nil},
		"something else": {`"C1"`, nil},
		"not an object":  {`{"shop_contacts": {"id": "C1"}}`, nil},
		"not a list":     {`[1, 2]`, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := (KeyRing{Keys: []byte(c.ring)}).Of(contacts); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
