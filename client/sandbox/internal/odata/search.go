// $search: every word of the text must begin a word of the row's searchable
// fields, each on its own and without case.

package odata

import (
	"strings"
	"unicode"
)

// Search is a parsed $search. The zero Search matches all rows.
type Search struct{ words []string }

// ParseSearch reads a $search: words, or a text in double quotes. A text
// without a letter or digit is a *SyntaxError.
func ParseSearch(text string) (Search, error) {
	words := split(text)
	if len(words) == 0 {
		return Search{}, &SyntaxError{0, "the text to search for has no letter and no digit"}
	}
	return Search{words}, nil
}

// Match says whether the texts together hold every word.
func (s Search) Match(texts []string) bool {
	for _, word := range s.words {
		if !anyBegins(texts, word) {
			return false
		}
	}
	return true
}

func anyBegins(texts []string, word string) bool {
	for _, text := range texts {
		for _, has := range split(text) {
			if strings.HasPrefix(has, word) {
				return true
			}
		}
	}
	return false
}

func split(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
