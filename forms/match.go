// Names that mean the same to people: case, spaces and separators apart.

package forms

import (
	"strings"
	"unicode"
)

// PlainName reduces a name to its letters and digits in lower case, so that
// "Purchased On", "purchased_on" and "PurchasedOn" are one. It is empty for
// names that have neither.
func PlainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
