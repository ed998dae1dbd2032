// EDM types and their values: what JSON a type takes, and how values compare.

package world

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// EDM is an attribute's type by its EDM name; JSON has no EDM name of its own.
type EDM string

// The types of the contract's section 4.
const (
	String         EDM = "Edm.String"
	Boolean        EDM = "Edm.Boolean"
	Byte           EDM = "Edm.Byte"
	SByte          EDM = "Edm.SByte"
	Int16          EDM = "Edm.Int16"
	Int32          EDM = "Edm.Int32"
	Int64          EDM = "Edm.Int64"
	Single         EDM = "Edm.Single"
	Double         EDM = "Edm.Double"
	Decimal        EDM = "Edm.Decimal"
	Date           EDM = "Edm.Date"
	TimeOfDay      EDM = "Edm.TimeOfDay"
	DateTimeOffset EDM = "Edm.DateTimeOffset"
	GUID           EDM = "Edm.Guid"
	Binary         EDM = "Edm.Binary"
	JSON           EDM = "json"
)

// Types lists every type, for what has one field of each.
func Types() []EDM {
	return []EDM{
		String, Boolean, Byte, SByte, Int16, Int32, Int64, Single, Double,
		Decimal, Date, TimeOfDay, DateTimeOffset, GUID, Binary, JSON,
	}
}

// IsNumber says whether values are JSON numbers.
func (t EDM) IsNumber() bool {
	switch t {
	case Byte, SByte, Int16, Int32, Int64, Single, Double, Decimal:
		return true
	default:
		return false
	}
}

// IsTime says whether values are points in time.
func (t EDM) IsTime() bool { return t == Date || t == DateTimeOffset }

// bits is the width of a whole number's type: 0 for every other type.
func (t EDM) bits() (width int, unsigned bool) {
	switch t {
	case Byte:
		return 8, true
	case SByte:
		return 8, false
	case Int16:
		return 16, false
	case Int32:
		return 32, false
	case Int64:
		return 64, false
	default:
		return 0, false
	}
}

var (
	guidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	timeForm = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?$`)
)

// IsGUID says whether a text has the form of a uuid.
func IsGUID(text string) bool { return guidForm.MatchString(text) }

// Check says whether a decoded JSON value (with json.Number for numbers) is one
// of this type's. Null always is. The error says what would be right.
func (t EDM) Check(value any) error {
	if value == nil || t == JSON {
		return nil
	}
	if t.IsNumber() {
		n, ok := value.(json.Number)
		if !ok {
			return fmt.Errorf("a JSON number is expected, not %s", describe(value))
		}
		return t.checkNumber(n)
	}
	if t == Boolean {
		if _, ok := value.(bool); !ok {
			return fmt.Errorf("true or false is expected, not %s", describe(value))
		}
		return nil
	}
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a text is expected, not %s", describe(value))
	}
	return t.checkText(text)
}

func (t EDM) checkNumber(n json.Number) error {
	if width, unsigned := t.bits(); width > 0 {
		var err error
		if unsigned && n != "-0" { // ParseUint knows no sign
			_, err = strconv.ParseUint(n.String(), 10, width)
		} else {
			_, err = strconv.ParseInt(n.String(), 10, width)
		}
		if err != nil {
			return fmt.Errorf("a whole number of %d bits is expected, not %s", width, clip(n.String()))
		}
		return nil
	}
	if t == Decimal {
		return nil
	}
	if _, err := n.Float64(); err != nil {
		return fmt.Errorf("%s is too large for %s", clip(n.String()), t)
	}
	return nil
}

func (t EDM) checkText(text string) error {
	ok, want := true, ""
	switch t {
	case Date:
		_, err := time.Parse(time.DateOnly, text)
		ok, want = err == nil, "a date such as 2026-11-23"
	case TimeOfDay:
		ok, want = timeForm.MatchString(text), "a time of day such as 14:05:00"
	case DateTimeOffset:
		_, ok = ParseTime(text)
		want = "a date and time such as 2026-11-23T14:05:00Z"
	case GUID:
		ok, want = IsGUID(text), "a uuid"
	case Binary:
		encoding := base64.StdEncoding
		if strings.ContainsAny(text, "-_") { // as OData writes it
			encoding = base64.URLEncoding
		}
		_, err := encoding.DecodeString(text)
		ok, want = err == nil, "base64"
	}
	if !ok {
		return fmt.Errorf("%s is expected, not %q", want, clip(text))
	}
	return nil
}

// ParseTime reads a date or a date and time; without an offset it is in UTC.
func ParseTime(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}

// FormatTime writes a point in time as the service does: UTC, no more digits
// than it has.
func FormatTime(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// TextOf is a value as text: "" for null, digits for a number.
func TextOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case json.RawMessage:
		return string(v)
	default:
		return fmt.Sprint(v)
	}
}

// Compare orders two values of a type: -1, 0 or 1. It is not ok where one of
// them is null or they have no order.
func (t EDM) Compare(a, b any) (order int, ok bool) {
	if a == nil || b == nil {
		return 0, false
	}
	switch {
	case t.IsNumber():
		x, okX := Number(a)
		y, okY := Number(b)
		if !okX || !okY {
			return 0, false
		}
		return x.Cmp(y), true
	case t.IsTime():
		x, okX := ParseTime(TextOf(a))
		y, okY := ParseTime(TextOf(b))
		return x.Compare(y), okX && okY
	case t == GUID:
		return strings.Compare(strings.ToLower(TextOf(a)), strings.ToLower(TextOf(b))), true
	default:
		return strings.Compare(TextOf(a), TextOf(b)), true
	}
}

// Number reads a JSON number with more digits than any of the types holds;
// big.Float copes with exponents that a big.Rat would write out in full.
func Number(value any) (*big.Float, bool) {
	f, _, err := big.ParseFloat(TextOf(value), 10, 512, big.ToNearestEven)
	return f, err == nil && !f.IsInf()
}

func describe(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("the text %q", clip(v))
	case json.Number:
		return "the number " + clip(v.String())
	case bool:
		return strconv.FormatBool(v)
	case []any:
		return "a list"
	default:
		return "an object"
	}
}

// clip keeps foreign text in messages short.
func clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}
