// A phone number is typed as the person on the phone says it, and kept as
// somebody else wrote it: the ways of writing one number.

package people

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// byPhone searches for a number in each spelling until one finds somebody.
func (f Finder) byPhone(ctx context.Context, spellings []string) ([]Customer, error) {
	for _, spelling := range spellings {
		customers, err := f.bySearch(ctx, spelling)
		if err != nil || len(customers) > 0 {
			return customers, err
		}
	}
	return nil, nil
}

// phoneSpellings are other ways of writing the phone number that a text is:
// without the code of its country, with the 0 of a trunk call in its place, in
// one piece, and ten digits in the groups of North America. Words are searched
// for from their beginning, so none of them is found by another. It is empty
// for what is no phone number.
func phoneSpellings(text string) []string {
	const fewest, most = 7, 15 // digits; 15 by ITU-T E.164
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	foreign := strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune("+-. ()/\u00a0", r)
	})
	if foreign || len(digits) < fewest || len(digits) > most+len("00") {
		return nil
	}
	groups := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	typed := strings.Join(groups, " ")
	var spellings []string
	add := func(spelling string) {
		if spelling != typed && !slices.Contains(spellings, spelling) {
			spellings = append(spellings, spelling)
		}
	}
	groups = national(text, groups)
	add(strings.Join(groups, " "))
	piece := strings.Join(groups, "")
	if groups[0] != "" && len(piece) < len(digits) && len(piece) != northAmerican {
		add("0" + strings.Join(groups, " "))
	}
	add(piece)
	if len(piece) == northAmerican && piece[0] != '0' {
		add(piece[:3] + " " + piece[3:6] + " " + piece[6:])
	}
	return spellings
}

// northAmerican is how many digits a number has there without the country's.
const northAmerican = 10

// national takes the country's code away, where the number has one that stands
// by itself, or is the 1 of North America.
func national(text string, groups []string) []string {
	international := strings.HasPrefix(text, "+") || strings.HasPrefix(groups[0], "00")
	first := strings.TrimPrefix(groups[0], "00")
	switch {
	case len(groups) > 1 && (international || first == "1") && len(first) <= 3:
		groups = groups[1:]
		if len(groups) > 1 && groups[0] == "0" { // as in +41 (0)79
			groups = groups[1:]
		}
		return groups
	case len(groups) == 1 && len(first) == northAmerican+1 && first[0] == '1':
		return []string{first[1:]}
	}
	return groups
}
