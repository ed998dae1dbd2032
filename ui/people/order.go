// In which order a typed text is looked for, and what of it is looked for.

package people

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/activitydesk/activitydesk/client"
	"github.com/activitydesk/activitydesk/client/metadata"
)

// SearchMost is the longest text that is looked for, in letters: no name, key
// or e-mail is longer, and an address of a request has its limits.
const SearchMost = 500

// ByWords names the search for words among what was tried.
const ByWords = "words"

// aTry is one way of looking.
type aTry struct {
	by     string          // in words, for "nobody"
	source metadata.Entity // whose key is looked for; no name: it is none
	look   func(ctx context.Context, text string) ([]Customer, error)
	words  bool // it is nothing without a search for words
}

// tries lists the ways of looking for a text, the best first. The key ring comes
// after the keys that the unified table keeps: it takes two calls.
func (f Finder) tries(text string) []aTry {
	var lead, kept, rings []aTry
	for _, source := range f.Sources() {
		key := source.KeyNames()[0]
		field, alternate := f.AlternateKey(source, key)
		if _, fits := f.literal(field, text); alternate && !fits {
			continue // a number's field cannot hold it
		}
		try := aTry{by: source.DataName() + " key", source: source, look: func(ctx context.Context, text string) ([]Customer, error) {
			return f.BySourceKey(ctx, source, key, text)
		}}
		switch {
		case source.DataName() == f.First:
			lead = append(lead, try)
		case alternate:
			kept = append(kept, try)
		default:
			rings = append(rings, try)
		}
	}
	keys := append(kept, rings...)
	id := []aTry{{by: "customer ID", look: f.ByID}}
	words := []aTry{{by: ByWords, look: f.bySearch}}
	if !strings.ContainsFunc(text, IsWordRune) {
		words = nil // a service may refuse to search for nothing but signs
	}
	var phone []aTry
	if spellings := phoneSpellings(text); len(spellings) > 0 {
		phone = []aTry{{by: "phone number written otherwise", words: true, look: func(ctx context.Context, _ string) ([]Customer, error) {
			return f.byPhone(ctx, spellings)
		}}}
	}
	switch {
	case looksLikeID(text):
		return slices.Concat(lead, id, keys, words, phone)
	case LooksLikeWords(text):
		return slices.Concat(words, lead, id, keys, phone)
	default:
		return slices.Concat(lead, keys, id, words, phone)
	}
}

// exactly is the way of looking for words where the instance has no search: a
// whole e-mail, phone number or name, in the field that has that meaning.
func (f Finder) exactly(text string) aTry {
	word, wanted := "name", meansName
	switch {
	case strings.Contains(text, "@"):
		word, wanted = "e-mail", meansMail
	case !strings.ContainsFunc(text, unicode.IsLetter):
		word, wanted = "phone number", meansPhone
	}
	unified, _ := FindEntity(f.Entities, EntityCustomer)
	field := fieldOfMeaning(unified, wanted)
	return aTry{by: "whole " + word + " (this instance has no search)", look: func(ctx context.Context, text string) ([]Customer, error) {
		literal, ok := f.literal(field, text)
		if field == "" || !ok {
			return nil, nil
		}
		return f.byFilter(ctx, client.Eq(field, literal))
	}}
}

var idPattern = regexp.MustCompile(`^(?i:[0-9a-f]{24,64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)

// looksLikeID says that a text is rather a customer id than anything else: the
// product makes them of many hexadecimal digits.
func looksLikeID(text string) bool { return idPattern.MatchString(text) }

// LooksLikeWords says that a text is rather a name, an e-mail or a phone number
// than a key: keys have digits, and neither spaces nor an @.
func LooksLikeWords(text string) bool {
	return strings.ContainsAny(text, "@ ") || strings.HasPrefix(text, "+") || !strings.ContainsAny(text, "0123456789")
}

// CleanSearch takes away what comes along with a paste and nobody sees: line
// ends, tabs, and marks of the direction of writing.
func CleanSearch(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

// literal writes a text as a value of a field of the unified profile; false
// where the field cannot hold it.
func (f Finder) literal(field, text string) (client.Literal, bool) {
	unified, _ := FindEntity(f.Entities, EntityCustomer)
	attribute, _ := unified.Attribute(field)
	switch attribute.Type.Kind {
	case metadata.KindInteger, metadata.KindDecimal, metadata.KindDouble:
		literal := client.Number(json.Number(text))
		return literal, literal.Err() == nil
	case metadata.KindGUID:
		literal := client.GUID(text)
		return literal, literal.Err() == nil
	default:
		return client.Text(text), true
	}
}

// IsWordRune says whether a rune is of a word, and not between two.
func IsWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
