// The fields of a profile as values: those that matter first, then the keys of
// every source, then all others; and how they are hidden from who looks on.

package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// profileField is one value of a profile.
type profileField struct {
	Label    string // for people
	Value    string // as the service wrote it
	From     string // the field where the label is another word, or the source whose key it is
	Group    fieldGroup
	Personal bool // hidden for screen sharing
}

// fieldGroup is what kind of value a profileField is.
type fieldGroup int

// The groups, in the order in which they are listed.
const (
	groupMatters  fieldGroup = iota // who the person is
	groupKeys                       // what sources call them
	groupMeasures                   // asked for
	groupSegments                   // asked for
	groupFields                     // all others
)

// personalHidden is said where personal fields are hidden.
const personalHidden = "Personal fields are hidden"

// masked stands in the place of a personal value; it is always as long, so that
// nothing can be told from it.
const masked = "••••••"

// maskedKey is a key while personal fields are hidden: an e-mail address that
// serves as one is personal, too.
func maskedKey(key string) string {
	if strings.Contains(key, "@") {
		return masked
	}
	return key
}

// shown is the value for the screen.
func (f profileField) shown(hidden bool) string {
	switch {
	case hidden && f.Group == groupKeys:
		return maskedKey(f.Value)
	case hidden && f.Personal && f.Value != "":
		return masked
	case f.Group == groupMatters:
		return birthdayWords(f.Value)
	}
	return f.Value
}

// fields lists the fields of a profile that have a value: first those that
// matter, in the order of their meanings, then the keys, then the rest as the
// metadata has them. Every field of the profile but its keys is personal:
// nobody can tell of an unknown field that it is not.
func (f customerFinder) fields(c customer) []profileField {
	unified, _ := findEntity(f.entities, entityCustomer)
	keys := f.keyFields(c)
	known := map[string]bool{fieldCustomerID: true}
	for _, source := range f.sources() {
		if field, ok := f.alternateKey(source, source.KeyNames()[0]); ok {
			known[field] = true
		}
	}
	type ranked struct {
		profileField
		meaning meaning
	}
	var first []ranked
	var rest []profileField
	add := func(a metadata.Attribute) {
		text := c.Row.Text(a.Name)
		if known[a.Name] || text == "" || strings.HasPrefix(a.Name, "@") || c.Row.Rows(a.Name) != nil {
			return
		}
		known[a.Name] = true
		field := profileField{Label: cmp.Or(a.FriendlyName, a.Name), Value: text, Group: groupFields, Personal: true}
		if field.Label != a.Name {
			field.From = a.Name
		}
		if m := meaningOf(a); m != meansNothing {
			field.Group = groupMatters
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
	var out []profileField
	for _, one := range first {
		out = append(out, one.profileField)
	}
	return slices.Concat(out, keys, rest)
}

// keyFields lists the customer's id and the keys of its sources, as far as the
// unified table or the key ring tells them.
func (f customerFinder) keyFields(c customer) []profileField {
	out := []profileField{{Label: fieldCustomerID, Value: c.ID, From: "unified profile", Group: groupKeys}}
	for _, source := range f.sources() {
		name := source.KeyNames()[0]
		keys := c.Ring.Of(source)
		if field, ok := f.alternateKey(source, name); ok {
			if key := c.Row.Text(field); key != "" && !slices.Contains(keys, key) {
				keys = slices.Insert(keys, 0, key)
			}
		}
		for _, key := range keys {
			out = append(out, profileField{Label: name, Value: key, From: source.DataName(), Group: groupKeys})
		}
	}
	return out
}
