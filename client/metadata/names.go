// What an entity is called in requests, and which of its attributes are its
// key and its time.

package metadata

import "strings"

// DataName is the name for data requests (contract, section 4): the qualified
// name; where that begins with a data source's id, or is missing,
// DataSource_Entity. Names are only ever put together, never split at
// underscores, because both parts may hold some.
func (e Entity) DataName() string {
	switch {
	case e.QualifiedName != "" && !(beginsWithUUID(e.QualifiedName) && e.DataSource != "" && e.Name != ""):
		return e.QualifiedName
	case e.DataSource != "" && e.Name != "":
		return e.DataSource + "_" + e.Name
	default:
		return e.Name
	}
}

// beginsWithUUID looks for 8-4-4-4-12 hexadecimal digits and an underscore.
func beginsWithUUID(name string) bool {
	const length = 36
	if len(name) <= length || name[length] != '_' {
		return false
	}
	for i, c := range []byte(name[:length]) {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
				return false
			}
		}
	}
	return true
}

// called says whether name means this entity in any of the spellings that
// relationships use.
func (e Entity) called(name string) bool {
	if name == "" {
		return false
	}
	return strings.EqualFold(name, e.DataName()) || strings.EqualFold(name, e.QualifiedName) || strings.EqualFold(name, e.Name)
}

// Attribute finds an attribute by its exact name.
func (e Entity) Attribute(name string) (Attribute, bool) {
	for _, a := range e.Attributes {
		if a.Name == name {
			return a, true
		}
	}
	return Attribute{}, false
}

// KeyNames are the names of the first key's attributes; nil without a key.
func (e Entity) KeyNames() []string {
	if len(e.Keys) == 0 {
		return nil
	}
	return e.Keys[0]
}

// TimeField is the attribute that says when an activity happened: the
// timestamp attribute, else ActivityTime or ActivityTimeStamp, else the first
// date-time, else the first date; empty if there is none. A timestamp attribute
// that is none of the attributes counts only where none are known.
func (e Entity) TimeField() string {
	if _, there := e.Attribute(e.TimestampAttribute); there || len(e.Attributes) == 0 {
		return e.TimestampAttribute
	}
	for _, usual := range []string{"ActivityTime", "ActivityTimeStamp"} {
		for _, a := range e.Attributes {
			if strings.EqualFold(a.Name, usual) {
				return a.Name
			}
		}
	}
	for _, kind := range []Kind{KindDateTime, KindDate} {
		for _, a := range e.Attributes {
			if a.Type.Kind == kind && a.Type.Temporal() {
				return a.Name
			}
		}
	}
	return ""
}

// AlternateKeyField is the name under which the unified table keeps a source's
// key: {DataSource}_{Entity}_{KeyField} (contract, section 7).
func AlternateKeyField(source Entity, keyField string) string {
	return source.DataName() + "_" + keyField
}
