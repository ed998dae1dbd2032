// Types of attributes as each style writes them: an object, or a text.

package sandbox

import "github.com/activitydesk/activitydesk/client/sandbox/internal/world"

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

func clrAndCdsa(t world.EDM) (clr, cdsa string) {
	switch t {
	case world.Boolean:
		return "System.Boolean", "boolean"
	case world.Byte:
		return "System.Byte", "int64"
	case world.SByte:
		return "System.SByte", "int64"
	case world.Int16:
		return "System.Int16", "int64"
	case world.Int32:
		return "System.Int32", "int64"
	case world.Int64:
		return "System.Int64", "int64"
	case world.Single:
		return "System.Single", "double"
	case world.Double:
		return "System.Double", "double"
	case world.Decimal:
		return "System.Decimal", "decimal"
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
