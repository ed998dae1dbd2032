// What tells the customers of a list apart: a source's key, unless some have
// the same name; then what differs among those. And what a search found
// somebody by, where that is not the name.

package people

import (
	"slices"
	"strings"
)

// Apart gives for each customer a short note. Customers whose names differ get
// a key, which support and logs speak of. Those of one name get what a person
// would be asked: the birthday, the city, the e-mail, the phone number, in the
// first of these that all of them have and no two share.
func (f Finder) Apart(list []Customer) []string {
	notes := make([]string, len(list))
	byName := map[string][]int{}
	for i, c := range list {
		notes[i] = f.NoteKey(c)
		name := strings.ToLower(strings.Join(strings.Fields(c.Label()), " "))
		byName[name] = append(byName[name], i)
	}
	for _, same := range byName {
		if len(same) < 2 {
			continue
		}
		trait := f.bestTrait(list, same)
		for _, i := range same {
			if text := trait(list[i]); text != "" {
				notes[i] = text
			}
		}
	}
	return notes
}

// NoteKey is the first key that a source has for the customer, else the
// beginning and the end of the id; empty where that is the label already.
func (f Finder) NoteKey(c Customer) string {
	keys := f.KeysOf(c)
	if key := ShortID(keys[min(1, len(keys)-1)]); key != c.Label() {
		return key
	}
	return ""
}

// bestTrait is what tells the customers at some places of the list apart best.
func (f Finder) bestTrait(list []Customer, at []int) func(Customer) string {
	traits := []func(Customer) string{
		func(c Customer) string { return BirthdayWords(c.Born) },
		func(c Customer) string { return c.City },
		func(c Customer) string { return c.Mail },
		func(c Customer) string { return c.Phone },
		f.NoteKey,
	}
	best, most := f.NoteKey, 0
	for _, trait := range traits {
		seen := map[string]bool{}
		for _, i := range at {
			if text := trait(list[i]); text != "" {
				seen[strings.ToLower(text)] = true
			}
		}
		if len(seen) > most {
			best, most = trait, len(seen)
		}
	}
	return best
}

// BirthdayWords is a birthday without the midnight that some sources add.
func BirthdayWords(text string) string {
	for _, end := range []string{"T00:00:00", " 00:00:00"} {
		if day, rest, found := strings.Cut(text, end); found && strings.Trim(rest, "0.Z+:") == "" {
			return day
		}
	}
	return text
}

// FoundIn is the e-mail (or its host), the phone number or the city by which words found a
// customer whose name has none of them; empty: the name does, or none of these.
func FoundIn(c Customer, typed string) string {
	words := searchWords(typed)
	has := func(text string) bool {
		return slices.ContainsFunc(searchWords(text), func(word string) bool {
			return slices.ContainsFunc(words, func(begins string) bool { return strings.HasPrefix(word, begins) })
		})
	}
	if has(c.Label()) {
		return ""
	}
	// Of an e-mail there is seldom room for both parts.
	if name, host, ok := strings.Cut(c.Mail, "@"); ok && has(host) && !has(name) {
		return "@" + host
	}
	for _, text := range []string{c.Mail, c.Phone, c.City} {
		if has(text) {
			return text
		}
	}
	return ""
}

// searchWords are the words of a text as a search sees them.
func searchWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !IsWordRune(r) })
}

// Traits is what tells a customer from others, in words.
func (c Customer) Traits() []string {
	var words []string
	for _, text := range []string{c.Mail, c.Phone, BirthdayWords(c.Born), c.City} {
		if text != "" {
			words = append(words, text)
		}
	}
	return words
}
