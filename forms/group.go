// Groups: the fields of a large entity under headings, so that people find
// their way through hundreds of them.

package forms

import (
	"slices"
	"strings"
	"unicode"
)

// GroupKind says what brings the fields of a group together.
type GroupKind int

// The kinds of groups, in the order in which they stand in a form.
const (
	GroupAll      GroupKind = iota // the one group of a form without headings
	GroupRequired                  // what the service cannot do without
	GroupPrefix                    // names that begin alike, or a stretch of a numbered row
	GroupOther                     // what no other group takes
	GroupReadOnly                  // set by the service
)

// Group is a heading with the fields below it.
type Group struct {
	Kind   GroupKind
	Title  string // for people, unique within the form; empty for GroupAll
	Fields []*Field
}

// Limits of grouping.
const (
	groupsFrom    = 21 // fewer fields have no headings
	groupLeast    = 3  // fields that make a prefix a group
	groupMost     = 60 // a larger group is divided, where its names allow it
	groupNumbered = 50 // fields of a numbered row under one heading
)

// GroupFields puts fields, given in the order of a form, under headings: the
// required ones with key, time and customer first, then those whose names
// begin alike ("Address_City" and "AddressZip" under "Address", "Q001" to
// "Q050" under one heading), then the others, then those that are read-only.
// Order within a group is the given one. Up to 20 fields have no headings;
// neither has a form of which all would stand under one.
func GroupFields(fields []*Field) []Group {
	if len(fields) < groupsFrom {
		return []Group{{Kind: GroupAll, Fields: fields}}
	}
	var required, readOnly, rest []*Field
	for _, field := range fields {
		switch {
		case field.Required:
			required = append(required, field)
		case field.ReadOnly:
			readOnly = append(readOnly, field)
		default:
			rest = append(rest, field)
		}
	}
	slices.SortStableFunc(required, func(a, b *Field) int { return requiredRank(a) - requiredRank(b) })
	groups := []Group{{GroupRequired, "Required", required}}
	alike, other := groupAlike(rest, 1)
	groups = append(groups, alike...)
	groups = append(groups, Group{GroupOther, "Other fields", other}, Group{GroupReadOnly, "Read-only", readOnly})
	groups = slices.DeleteFunc(groups, func(g Group) bool { return len(g.Fields) == 0 })
	if len(groups) == 1 {
		return []Group{{Kind: GroupAll, Fields: groups[0].Fields}}
	}
	uniqueTitles(groups)
	return groups
}

// requiredRank puts first what every activity of the entity needs.
func requiredRank(f *Field) int {
	switch {
	case f.Key:
		return 0
	case f.Time:
		return 1
	case f.CustomerRef:
		return 2
	}
	return 3
}

// rowMark tells the bucket of a numbered row from that of a name.
const rowMark = "\x00"

// groupAlike brings the fields together whose names have their first words in
// common, as many as depth says. What remains alone is returned beside them.
func groupAlike(fields []*Field, depth int) (groups []Group, alone []*Field) {
	buckets := bucketsOf(fields, func(f *Field) string { return beginning(f.Name, depth) })
	// Words that only a number tells apart are one row: Q001, Q002 …
	inRow := map[string]bool{}
	for _, b := range buckets {
		inRow[b.name] = len(b.fields) < groupLeast && withoutNumber(b.name) != b.name
	}
	buckets = bucketsOf(fields, func(f *Field) string {
		name := strings.ToLower(beginning(f.Name, depth))
		if inRow[name] {
			return withoutNumber(name) + rowMark
		}
		return name
	})
	for _, b := range buckets {
		switch numbered := strings.HasSuffix(b.name, rowMark); {
		case len(b.fields) < groupLeast:
			alone = append(alone, b.fields...)
		case len(b.fields) <= groupMost && len(b.fields) < len(fields):
			groups = append(groups, Group{GroupPrefix, titleOf(b.fields, depth), b.fields})
		case numbered:
			groups = append(groups, stretches(b.fields, depth)...)
		default:
			groups = append(groups, divide(b.fields, depth)...)
		}
	}
	at := make(map[*Field]int, len(fields))
	for i, field := range fields {
		at[field] = i
	}
	slices.SortFunc(alone, func(a, b *Field) int { return at[a] - at[b] })
	return groups, alone
}

// divide looks at one more word of the names of a group that is too large, or
// that all fields belong to, as with the prefix of a publisher.
func divide(fields []*Field, depth int) []Group {
	if depth < 4 {
		if groups, alone := groupAlike(fields, depth+1); len(groups) > 0 {
			if len(alone) > 0 {
				groups = append(groups, Group{GroupPrefix, titleOf(alone, depth), alone})
			}
			return groups
		}
	}
	return []Group{{GroupPrefix, titleOf(fields, depth), fields}}
}

// stretches divides a numbered row.
func stretches(fields []*Field, depth int) []Group {
	var groups []Group
	for part := range slices.Chunk(fields, groupNumbered) {
		first, last := shortName(part[0], depth), shortName(part[len(part)-1], depth)
		title := first
		if first != last {
			title += " – " + last
		}
		groups = append(groups, Group{GroupPrefix, title, part})
	}
	return groups
}

// shortName is how a stretch of a row names its ends: as people see them.
func shortName(f *Field, depth int) string {
	if f.Label != f.Name {
		return f.Label
	}
	return beginning(f.Name, depth)
}

// titleOf names a group by what the first of its names begins with.
func titleOf(fields []*Field, depth int) string {
	title := beginning(fields[0].Name, depth)
	for _, field := range fields {
		if PlainName(beginning(field.Name, depth)) != PlainName(title) {
			if short := strings.TrimRight(withoutNumber(title), separators); short != "" {
				return short
			}
		}
	}
	return title
}

type bucket struct {
	name   string
	fields []*Field
}

// bucketsOf keeps the order in which the buckets' first fields come.
func bucketsOf(fields []*Field, name func(*Field) string) []bucket {
	var buckets []bucket
	at := map[string]int{}
	for _, field := range fields {
		key := strings.ToLower(name(field))
		i, known := at[key]
		if !known {
			i = len(buckets)
			at[key] = i
			buckets = append(buckets, bucket{name: key})
		}
		buckets[i].fields = append(buckets[i].fields, field)
	}
	return buckets
}

const separators = "_-.:/ "

// beginning is a name's first words without the separator behind them.
func beginning(name string, words int) string {
	runes := []rune(name)
	for i := range runes {
		if i > 0 && wordEnds(runes, i) {
			if words--; words == 0 {
				return string(runes[:i])
			}
		}
	}
	return name
}

// wordEnds says whether a word ends before the rune at i: at a separator, and
// where letters go from small to capital.
func wordEnds(runes []rune, i int) bool {
	before, at := runes[i-1], runes[i]
	if strings.ContainsRune(separators, at) {
		return !strings.ContainsRune(separators, before)
	}
	if !unicode.IsUpper(at) {
		return false
	}
	nextIsSmall := i+1 < len(runes) && unicode.IsLower(runes[i+1])
	return unicode.IsLower(before) || unicode.IsDigit(before) || unicode.IsUpper(before) && nextIsSmall
}

// withoutNumber takes the digits off the end.
func withoutNumber(word string) string {
	return strings.TrimRightFunc(word, unicode.IsDigit)
}

// uniqueTitles tells groups apart whose names came out alike.
func uniqueTitles(groups []Group) {
	seen := map[string]bool{}
	for i := range groups {
		for seen[groups[i].Title] {
			groups[i].Title += " …"
		}
		seen[groups[i].Title] = true
	}
}
