// What tells the customers of a list apart: a source's key, unless some have
// the same name; then what differs among those. And what a search found
// somebody by, where that is not the name.

package ui

import (
	"slices"
	"strings"
)

// apart gives for each customer a short note. Customers whose names differ get
// a key, which support and logs speak of. Those of one name get what a person
// would be asked: the birthday, the city, the e-mail, the phone number, in the
// first of these that all of them have and no two share.
func (f customerFinder) apart(list []customer) []string {
	notes := make([]string, len(list))
	byName := map[string][]int{}
	for i, c := range list {
		notes[i] = f.noteKey(c)
		name := strings.ToLower(strings.Join(strings.Fields(c.label()), " "))
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

// noteKey is the first key that a source has for the customer, else the
// beginning and the end of the id; empty where that is the label already.
func (f customerFinder) noteKey(c customer) string {
	keys := f.keysOf(c)
	if key := shortID(keys[min(1, len(keys)-1)]); key != c.label() {
		return key
	}
	return ""
}

// bestTrait is what tells the customers at some places of the list apart best.
func (f customerFinder) bestTrait(list []customer, at []int) func(customer) string {
	traits := []func(customer) string{
		func(c customer) string { return birthdayWords(c.Born) },
		func(c customer) string { return c.City },
		func(c customer) string { return c.Mail },
		func(c customer) string { return c.Phone },
		f.noteKey,
	}
	best, most := f.noteKey, 0
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

// birthdayWords is a birthday without the midnight that some sources add.
func birthdayWords(text string) string {
	for _, end := range []string{"T00:00:00", " 00:00:00"} {
		if day, rest, found := strings.Cut(text, end); found && strings.Trim(rest, "0.Z+:") == "" {
			return day
		}
	}
	return text
}

// foundIn is the e-mail (or its host), the phone number or the city by which words found a
// customer whose name has none of them; empty: the name does, or none of these.
func foundIn(c customer, typed string) string {
	words := searchWords(typed)
	has := func(text string) bool {
		return slices.ContainsFunc(searchWords(text), func(word string) bool {
			return slices.ContainsFunc(words, func(begins string) bool { return strings.HasPrefix(word, begins) })
		})
	}
	if has(c.label()) {
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
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isWordRune(r) })
}
