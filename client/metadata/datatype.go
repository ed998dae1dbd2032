// Data types in all the contract's readings: a text of 2020, an object of the
// current root.

package metadata

import (
	"bytes"
	"encoding/json"
	"strings"
)

// String names the kind for people.
func (k Kind) String() string {
	names := [...]string{
		KindUnknown: "Unknown", KindText: "Text", KindBoolean: "Yes or no", KindInteger: "Whole number",
		KindDecimal: "Decimal", KindDouble: "Number", KindDate: "Date", KindTimeOfDay: "Time of day",
		KindDateTime: "Date and time", KindGUID: "GUID", KindBinary: "Binary", KindJSON: "JSON",
	}
	if k < 0 || int(k) >= len(names) {
		return names[KindUnknown]
	}
	return names[k]
}

// String names the type for people: the kind, and whether there are many.
func (d DataType) String() string {
	switch {
	case d.Collection:
		return "List of " + strings.ToLower(d.Kind.String())
	case d.Kind == KindUnknown && d.Name != "":
		return d.Name
	default:
		return d.Kind.String()
	}
}

// Temporal says whether the type is a date or a date-time, which an entity
// that receives activities must have (contract, section 5).
func (d DataType) Temporal() bool {
	return !d.Collection && (d.Kind == KindDate || d.Kind == KindDateTime)
}

// Numeric says whether values are JSON numbers.
func (d DataType) Numeric() bool {
	return !d.Collection && (d.Kind == KindInteger || d.Kind == KindDecimal || d.Kind == KindDouble)
}

type dataTypeJSON struct {
	ClrType      text `json:"clrType"`
	CdsaType     text `json:"cdsaType"`
	EdmTypeName  text `json:"edmTypeName"`
	Name         text `json:"name"`
	IsBoolean    flag `json:"isBoolean"`
	IsDateTime   flag `json:"isDateTime"`
	IsDecimal    flag `json:"isDecimal"`
	IsNumber     flag `json:"isNumber"`
	IsCollection flag `json:"isCollection"`
}

// UnmarshalJSON implements json.Unmarshaler for both forms of the contract. A
// type that is not known gives KindUnknown, never an error.
func (d *DataType) UnmarshalJSON(data []byte) error {
	*d = DataType{}
	if data = bytes.TrimSpace(data); len(data) == 0 || data[0] != '{' {
		var name text
		if err := name.UnmarshalJSON(data); err != nil {
			return err
		}
		*d = typeNamed(string(name))
		return nil
	}
	var j dataTypeJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*d = j.dataType()
	return nil
}

// dataType prefers the EDM name, which says the form on the wire, to the
// coarser cdsaType and clrType; the flags are the last resort.
func (j dataTypeJSON) dataType() DataType {
	var found DataType
	for _, name := range []text{j.EdmTypeName, j.CdsaType, j.ClrType, j.Name} {
		if name == "" {
			continue
		}
		named := typeNamed(string(name))
		if found.Name == "" {
			found.Name = named.Name
		}
		if named.Kind != KindUnknown {
			found = named
			break
		}
	}
	if found.Kind == KindUnknown {
		found.Kind = j.flagged()
		if found.Kind == KindInteger {
			found.Bits = 64
		}
	}
	found.Collection = found.Collection || bool(j.IsCollection)
	return found
}

func (j dataTypeJSON) flagged() Kind {
	switch {
	case bool(j.IsBoolean):
		return KindBoolean
	case bool(j.IsDateTime):
		return KindDateTime
	case bool(j.IsDecimal), bool(j.IsNumber):
		// Of all kinds of number the decimal one accepts every value exactly.
		return KindDecimal
	default:
		return KindUnknown
	}
}

// typeNamed knows EDM names, cdsaType names and CLR names, without case.
func typeNamed(name string) DataType {
	d := DataType{Name: strings.TrimSpace(name)}
	plain := strings.ToLower(d.Name)
	if inner, ok := strings.CutPrefix(plain, "collection("); ok {
		d.Collection = true
		plain = strings.TrimSuffix(inner, ")")
	}
	plain = strings.TrimPrefix(strings.TrimPrefix(plain, "edm."), "system.")
	switch plain {
	case "string", "text":
		d.Kind = KindText
	case "boolean", "bool":
		d.Kind = KindBoolean
	case "decimal":
		d.Kind = KindDecimal
	case "single", "double", "float":
		d.Kind = KindDouble
	case "date", "dateonly":
		d.Kind = KindDate
	case "timeofday", "timeonly":
		d.Kind = KindTimeOfDay
	case "datetimeoffset", "datetime":
		d.Kind = KindDateTime
	case "guid":
		d.Kind = KindGUID
	case "binary", "byte[]":
		d.Kind = KindBinary
	case "json":
		d.Kind = KindJSON
	default:
		d.Bits, d.Unsigned = integerNamed(plain)
		if d.Bits > 0 {
			d.Kind = KindInteger
		}
	}
	return d
}

func integerNamed(plain string) (bits int, unsigned bool) {
	switch plain {
	case "byte":
		return 8, true
	case "sbyte":
		return 8, false
	case "int16":
		return 16, false
	case "int32", "int":
		return 32, false
	case "int64", "long":
		return 64, false
	default:
		return 0, false
	}
}
