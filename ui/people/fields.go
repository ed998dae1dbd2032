// The fields of a profile as values: those that matter first, then the keys of
// every source, then all others; and how they are hidden from who looks on.

package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Field is one value of a profile.
type Field struct {
	Label    string // for people
	Value    string // as the service wrote it
	From     string // the field where the label is another word, or the source whose key it is
	Group    Group
	Personal bool // hidden for screen sharing
}

// Group is what kind of value a Field is.
type Group int

// The groups, in the order in which they are listed.
const (
	GroupMatters  Group = iota // who the person is
	GroupKeys                  // what sources call them
	GroupMeasures              // asked for
	GroupSegments              // asked for
	GroupFields                // all others
)

// PersonalHidden is said where personal fields are hidden.
const PersonalHidden = "Personal fields are hidden"

// Masked stands in the place of a personal value; it is always as long, so that
// nothing can be told from it.
const Masked = "••••••"

// MaskedKey is a key while personal fields are hidden: an e-mail address that
// serves as one is personal, too.
func MaskedKey(key string) string {
	if strings.Contains(key, "@") {
		return Masked
	}
	return key
}

// Shown is the value for the screen.
func (f Field) Shown(hidden bool) string {
	switch {
	case hidden && f.Group == GroupKeys:
		return MaskedKey(f.Value)
	case hidden && f.Personal && f.Value != "":
		return Masked
	case f.Group == GroupMatters:
		return BirthdayWords(f.Value)
	}
	return f.Value
}

// Fields lists the fields of a profile that have a value: first those that
// matter, in the order of their meanings, then the keys, then the rest as the
// metadata has them. Every field of the profile but its keys is personal:
// nobody can tell of an unknown field that it is not.
func (f Finder) Fields(c Customer) []Field {
	unified, _ := FindEntity(f.Entities, EntityCustomer)
	keys := f.KeyFields(c)
	known := map[string]bool{FieldCustomerID: true}
	for _, source := range f.Sources() {
		if field, ok := f.AlternateKey(source, source.KeyNames()[0]); ok {
			known[field] = true
		}
	}
	type ranked struct {
		Field
		meaning meaning
	}
	var first []ranked
	var rest []Field
	add := func(a metadata.Attribute) {
		text := c.Row.Text(a.Name)
		if known[a.Name] || text == "" || strings.HasPrefix(a.Name, "@") || c.Row.Rows(a.Name) != nil {
			return
		}
		known[a.Name] = true
		field := Field{Label: cmp.Or(a.FriendlyName, a.Name), Value: text, Group: GroupFields, Personal: true}
		if field.Label != a.Name {
			field.From = a.Name
		}
		if m := meaningOf(a); m != meansNothing {
			field.Group = GroupMatters
			first = append(first, ranked{field, m})
			return
		}
		rest = append(rest, field)
	}
	for _, a := range unified.Attributes {
		add(a)
	}
	for _, name := range c.Row.Names() { // metadata can be older than the row
		add(metadata.Attribute{Name: name})
	}
	slices.SortStableFunc(first, func(a, b ranked) int { return int(a.meaning) - int(b.meaning) })
	var out []Field
	for _, one := range first {
		out = append(out, one.Field)
	}
	return slices.Concat(out, keys, rest)
}

// KeyFields lists the customer's id and the keys of its sources, as far as the
// unified table or the key ring tells them.
func (f Finder) KeyFields(c Customer) []Field {
	out := []Field{{Label: FieldCustomerID, Value: c.ID, From: "unified profile", Group: GroupKeys}}
	for _, source := range f.Sources() {
		name := source.KeyNames()[0]
		keys := c.Ring.Of(source)
		if field, ok := f.AlternateKey(source, name); ok {
			if key := c.Row.Text(field); key != "" && !slices.Contains(keys, key) {
				keys = slices.Insert(keys, 0, key)
			}
		}
		for _, key := range keys {
			out = append(out, Field{Label: name, Value: key, From: source.DataName(), Group: GroupKeys})
		}
	}
	return out
}

// Segments are the instance's segments, by name.
func (f Finder) Segments() []string {
	var names []string
	for _, e := range f.Entities {
		if e.Type == metadata.EntitySegment {
			names = append(names, e.DataName())
		}
	}
	slices.Sort(names)
	return names
}
