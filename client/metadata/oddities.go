// What is odd about the metadata of an entity, in words for people.

package metadata

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// mostNamed is how many names a sentence holds; others are counted.
const mostNamed = 3

// quoted puts names into a sentence, the first ones where there are many.
func quoted(names []string) string {
	const most = 60 // letters of a name
	parts := make([]string, 0, mostNamed)
	for _, name := range names[:min(len(names), mostNamed)] {
		letters := []rune(Plain(name))
		if len(letters) > most {
			letters = append(letters[:most-1], '…')
		}
		parts = append(parts, "“"+string(letters)+"”")
	}
	text := strings.Join(parts, ", ")
	if more := len(names) - len(parts); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// oddities looks at an entity as it was read; repeated and nameless are what was
// left out of its fields.
func oddities(e Entity, repeated []string, nameless int) []string {
	var odd []string
	say := func(format string, args ...any) { odd = append(odd, fmt.Sprintf(format, args...)) }
	switch {
	case len(repeated) == 1:
		say("The metadata lists %s more than once; it is shown once, with the first type", quoted(repeated))
	case len(repeated) > 1:
		say("The metadata lists %s twice or more; each is shown once, with the first type", quoted(repeated))
	}
	if nameless > 0 {
		say("The metadata lists %s without a name; no activity could have one", fieldCount(nameless))
	}
	if lost := lostIn(e); len(lost) > 0 {
		say("%s: a character of the name was lost on the way, so the service may not know it", quoted(lost))
	}
	if missing := missingIn(e, e.TimestampAttribute); len(missing) > 0 && len(e.Attributes) > 0 {
		say("The metadata calls %s the time, which is none of the fields", quoted(missing))
	}
	if missing := missingIn(e, e.KeyNames()...); len(missing) > 0 && len(e.Attributes) > 0 {
		say("The metadata calls %s a key, which is none of the fields", quoted(missing))
	}
	return odd
}

func fieldCount(n int) string {
	if n == 1 {
		return "1 field"
	}
	return fmt.Sprintf("%d fields", n)
}

// lostIn are the names that hold what stands for a lost character.
func lostIn(e Entity) []string {
	var lost []string
	for _, name := range append([]string{e.DataName()}, namesOf(e.Attributes)...) {
		if strings.ContainsRune(name, utf8.RuneError) {
			lost = append(lost, name)
		}
	}
	return lost
}

func namesOf(attributes []Attribute) []string {
	names := make([]string, len(attributes))
	for i, a := range attributes {
		names[i] = a.Name
	}
	return names
}

// missingIn are those of the names that no attribute has.
func missingIn(e Entity, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, there := e.Attribute(name)
		return there || name == ""
	})
}
