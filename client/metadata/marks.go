// The marks ReadOnly and Mandatory, which may stand on the attribute or on its
// entity (contract, section 4, open).

package metadata

import (
	"encoding/json"
	"strings"
)

// annotations accepts a list of {name, value}, or an object of name: value.
type annotations []Annotation

func (list *annotations) UnmarshalJSON(data []byte) error {
	*list = nil
	for _, entry := range elements(data) {
		var j struct {
			Name  text            `json:"name"`
			Value json.RawMessage `json:"value"`
		}
		if !isObject(entry) || json.Unmarshal(entry, &j) != nil || j.Name == "" {
			continue
		}
		*list = append(*list, Annotation{Name: string(j.Name), Value: annotationValue(j.Value)})
	}
	if isObject(data) {
		*list = append(*list, annotationMembers(data)...)
	}
	return nil
}

// annotationMembers reads the object form in the order in which it is written.
func annotationMembers(data []byte) []Annotation {
	var all []Annotation
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return all
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return all
		}
		all = append(all, Annotation{Name: name.(string), Value: annotationValue(value)})
	}
	return all
}

// annotationValue is the text, or the texts of a list with commas between.
func annotationValue(data json.RawMessage) string {
	if len(data) == 0 {
		return ""
	}
	var many texts
	if err := many.UnmarshalJSON(data); err != nil {
		return ""
	}
	return strings.Join(many, ",")
}

type mark int

const (
	markNone mark = iota
	markReadOnly
	markMandatory
)

// markNamed compares the last part of the name without case, so that a
// vocabulary's prefix does not matter.
func markNamed(name string) mark {
	if i := strings.LastIndexAny(name, ".:/#"); i >= 0 {
		name = name[i+1:]
	}
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "readonly", "isreadonly":
		return markReadOnly
	case "mandatory", "ismandatory":
		return markMandatory
	default:
		return markNone
	}
}

func (a *Attribute) mark(m mark) {
	switch m {
	case markReadOnly:
		a.ReadOnly = true
	case markMandatory:
		a.Mandatory = true
	case markNone:
	}
}

// markFromAttribute: the annotation's presence marks, unless its value denies.
func markFromAttribute(a *Attribute) {
	for _, annotation := range a.Annotations {
		switch strings.ToLower(strings.TrimSpace(annotation.Value)) {
		case "false", "0", "no":
		default:
			a.mark(markNamed(annotation.Name))
		}
	}
}

// markFromEntity: the annotation's value names one attribute or several.
func markFromEntity(e *Entity) {
	var byName attributePlaces
	for _, annotation := range e.Annotations {
		m := markNamed(annotation.Name)
		if m == markNone {
			continue
		}
		if byName.exact == nil {
			byName = placesOf(e.Attributes)
		}
		for _, i := range byName.in(annotation.Value) {
			e.Attributes[i].mark(m)
		}
	}
}

// attributePlaces finds attributes by their names, without case unless one is
// written exactly so.
type attributePlaces struct{ exact, folded map[string][]int }

func placesOf(attributes []Attribute) attributePlaces {
	p := attributePlaces{make(map[string][]int, len(attributes)), make(map[string][]int, len(attributes))}
	for i, a := range attributes {
		lower := strings.ToLower(a.Name)
		p.exact[a.Name] = append(p.exact[a.Name], i)
		p.folded[lower] = append(p.folded[lower], i)
	}
	return p
}

func (p attributePlaces) of(name string) []int {
	if places, ok := p.exact[name]; ok {
		return places
	}
	return p.folded[strings.ToLower(name)]
}

// in gives the places of the attributes that a value names: of the one whose name
// it is as a whole, because a name may hold what would else separate several, or
// of those that its parts are the names of.
func (p attributePlaces) in(value string) []int {
	for _, whole := range []string{value, strings.TrimSpace(value)} {
		if places := p.of(whole); places != nil {
			return places
		}
	}
	separates := func(r rune) bool { return strings.ContainsRune(",;| \t\r\n[]\"", r) }
	var found []int
	for _, name := range strings.FieldsFunc(value, separates) {
		found = append(found, p.of(name)...)
	}
	return found
}
