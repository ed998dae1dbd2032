// Whatever somebody looks for in the history, and whatever stands in it.

package journal_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client/journal"
)

// FuzzSearch: an entry is found by exactly the texts that stand in it, letters of
// ASCII in either case, and no text is one of a language of its own.
func FuzzSearch(f *testing.F) {
	f.Add("the field is missing", "FIELD", "S_E")
	f.Add("100 % of a_b", "%", "\\")
	f.Add("a\x00b", "b", "e")
	f.Add("ärger", "Ä", "'; --")
	f.Add("x", strings.Repeat("x", 60_000), "")
	path := filepath.Join(f.TempDir(), "journal.db")
	j, err := journal.Open(f.Context(), path, journal.Options{Now: at(noon)})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = j.Close() })
	f.Fuzz(func(t *testing.T, message, text, entity string) {
		for _, one := range []string{message, text, entity} {
			if !utf8.ValidString(one) || strings.Contains(one, "\n") { // which parts the columns
				return
			}
		}
		e := purchase("1")
		e.Message, e.Entity = message, entity
		e = add(t, j, e)
		list, err := j.List(t.Context(), journal.Filter{Text: text, Limit: 1})
		if err != nil {
			t.Fatalf("looking for %q: %v", text, err)
		}
		within := strings.Join([]string{e.Entity, e.InstanceName, `[{"name":"PurchaseId","value":"1"}]`, e.CustomerKey, e.EntityID, e.Code, e.Message, e.Note}, "\n")
		want := strings.Contains(lowerASCII(within), lowerASCII(text))
		if found := len(list) == 1 && list[0].ID == e.ID; found != want {
			t.Fatalf("%q is found by %q: %v", within, text, found)
		}
	})
}

func lowerASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}
