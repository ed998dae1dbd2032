// Types of attributes as each style writes them: an object, or a text.

package sandbox

import (
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

type dataTypeJSON struct {
	ClrType      string     `json:"clrType"`
	CdsaType     string     `json:"cdsaType"`
	EdmTypeName  *string    `json:"edmTypeName"`
	IsBoolean    bool       `json:"isBoolean"`
	IsDateTime   bool       `json:"isDateTime"`
	IsDecimal    bool       `json:"isDecimal"`
	IsNumber     bool       `json:"isNumber"`
	IsValidType  bool       `json:"isValidType"`
	Name         string     `json:"name"`
	IsCollection bool       `json:"isCollection"`
	ODataType    *odataType `json:"oDataType,omitempty"`
}

type odataType struct {
	TypeKind string `json:"typeKind"`
}

// dataType writes a type: as text before 2021 and in the awkward style, as an
// object in the current one.
func (s Style) dataType(t world.EDM) any {
	if s != StyleCurrent {
		return string(t)
	}
	clr, cdsa := clrAndCdsa(t)
	out := dataTypeJSON{
		ClrType: clr, CdsaType: cdsa, Name: string(t), IsValidType: true,
		IsBoolean: t == world.Boolean, IsDateTime: t.IsTime(),
		IsDecimal: t == world.Decimal, IsNumber: t.IsNumber(),
	}
	if t != world.JSON {
		out.EdmTypeName = &out.Name
		out.ODataType = &odataType{TypeKind: "primitive"}
	}
	return out
}

// clrAndCdsa names a type in .NET and in the Common Data Service. Whatever it
// does not know is a text.
func clrAndCdsa(t world.EDM) (clr, cdsa string) {
	if t.IsNumber() {
		return numberNames(t)
	}
	switch t {
	case world.Boolean:
		return "System.Boolean", "boolean"
	case world.Date:
		return "System.DateTime", "dateTime"
	case world.TimeOfDay:
		return "System.TimeSpan", "unclassified"
	case world.DateTimeOffset:
		return "System.DateTimeOffset", "dateTimeOffset"
	case world.GUID:
		return "System.Guid", "guid"
	case world.Binary:
		return "System.Byte[]", "unclassified"
	case world.JSON:
		return "Newtonsoft.Json.Linq.JToken", "json"
	default:
		return "System.String", "string"
	}
}

// numberNames: .NET calls the numbers as EDM does.
func numberNames(t world.EDM) (clr, cdsa string) {
	clr = "System." + strings.TrimPrefix(string(t), "Edm.")
	switch t {
	case world.Decimal:
		return clr, "decimal"
	case world.Single, world.Double:
		return clr, "double"
	default:
		return clr, "int64"
	}
}
