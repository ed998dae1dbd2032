// Fields: what an entity's metadata says about each value of a form.

package forms

import (
	"slices"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// Field is what is known of one value before anything is typed. It does not
// change during a form's life.
type Field struct {
	Name        string // the attribute's name: the member's name in the payload
	Label       string // for people: the friendly name, else the name, as metadata.Plain shows it
	Kind        metadata.Kind
	Type        metadata.DataType
	TypeLabel   string // for people: "Date and time", "List of text" …
	Semantic    string // a Common Data Model label such as IdentityServiceEmail; can be empty
	Required    bool   // marked mandatory, key, time field or reference to the customer
	Mandatory   bool   // marked mandatory by the metadata
	ReadOnly    bool   // shown, never sent
	Key         bool   // part of the entity's first key
	Time        bool   // the activity's time
	CustomerRef bool   // leads to the customer
	CustomerVia metadata.Relationship
}

// Describe is the field's type with its part in the entity, as shown beside
// the editor: "Text · key".
func (f *Field) Describe() string {
	parts := []string{f.TypeLabel}
	for _, mark := range []struct {
		set  bool
		name string
	}{{f.Key, "key"}, {f.Time, "time"}, {f.CustomerRef, "customer"}, {f.ReadOnly, "read-only"}} {
		if mark.set {
			parts = append(parts, mark.name)
		}
	}
	return strings.Join(parts, " · ")
}

// rank orders fields for people: marked mandatory, then what the service
// cannot do without (key, time, customer), then the rest.
func (f *Field) rank() int {
	switch {
	case f.Mandatory && f.Required:
		return 0
	case f.Key || f.Time || f.CustomerRef:
		return 1
	}
	return 2
}

// fieldsOf makes the fields of an entity in the metadata's order. A name that
// the metadata lists twice makes one field, since a payload can have it only
// once; notes say so.
func fieldsOf(entity metadata.Entity, o Options) (fields []*Field, notes []string) {
	known := map[string]*Field{}
	for _, attribute := range entity.Attributes {
		switch first := known[attribute.Name]; {
		case attribute.Name == "":
			notes = append(notes, "The metadata lists a field without a name; it cannot be sent and is left out")
		case first != nil:
			first.Mandatory = first.Mandatory || attribute.Mandatory
			first.ReadOnly = first.ReadOnly || attribute.ReadOnly
			notes = append(notes, "The metadata lists "+quote(attribute.Name)+" twice; it is shown once, with the first type")
		default:
			field := newField(attribute)
			known[field.Name] = field
			fields = append(fields, field)
		}
	}
	markKeys(entity, known)
	if field := known[entity.TimeField()]; field != nil {
		field.Time = true
	}
	if name, via, ok := metadata.CustomerReference(entity, o.All, o.Relationships); ok {
		if field := known[name]; field != nil {
			field.CustomerRef, field.CustomerVia = true, via
		}
	}
	for _, field := range fields {
		field.Required = !field.ReadOnly && (field.Mandatory || field.Key || field.Time || field.CustomerRef)
	}
	return fields, append(notes, tellApart(fields)...)
}

func markKeys(entity metadata.Entity, known map[string]*Field) {
	for _, name := range entity.KeyNames() {
		if field := known[name]; field != nil {
			field.Key = true
		}
	}
}

func newField(a metadata.Attribute) *Field {
	label := strings.Join(strings.Fields(a.FriendlyName), " ")
	if label == "" {
		label = a.Name
	}
	label = metadata.Plain(label)
	return &Field{
		Name: a.Name, Label: label, Kind: a.Type.Kind, Type: a.Type, TypeLabel: typeLabel(a.Type),
		Semantic: a.SemanticType, ReadOnly: a.ReadOnly, Mandatory: a.Mandatory,
	}
}

// displayOrder gives the fields as people see them; order among equals is the
// metadata's.
func displayOrder(fields []*Field) []*Field {
	order := slices.Clone(fields)
	slices.SortStableFunc(order, func(a, b *Field) int { return a.rank() - b.rank() })
	return order
}

// typeLabel names a type for people.
func typeLabel(t metadata.DataType) string {
	label := kindLabel(t)
	if t.Collection {
		if label == "GUID" || strings.HasPrefix(label, "JSON") {
			return "List of " + label
		}
		return "List of " + strings.ToLower(label[:1]) + label[1:]
	}
	return label
}

func kindLabel(t metadata.DataType) string {
	switch t.Kind {
	case metadata.KindText:
		return "Text"
	case metadata.KindBoolean:
		return "Yes or no"
	case metadata.KindInteger:
		return "Whole number"
	case metadata.KindDecimal:
		return "Decimal"
	case metadata.KindDouble:
		return "Number"
	case metadata.KindDate:
		return "Date"
	case metadata.KindTimeOfDay:
		return "Time of day"
	case metadata.KindDateTime:
		return "Date and time"
	case metadata.KindGUID:
		return "GUID"
	case metadata.KindBinary:
		return "Binary, base64"
	case metadata.KindJSON:
		return "JSON"
	}
	if t.Name != "" {
		return "JSON (" + t.Name + ")"
	}
	return "JSON"
}
