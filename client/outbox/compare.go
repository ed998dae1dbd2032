// Stored as sent? Field by field, what was sent beside what the timeline gives.

package outbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Verdict says how a field that was sent compares with what the service gives.
type Verdict string

// The verdicts.
const (
	Same        Verdict = "same"
	Different   Verdict = "different"
	NotReturned Verdict = "not returned by the service"
)

// FieldComparison is one field that was sent.
type FieldComparison struct {
	Field   string // as sent
	Member  string // the row's member that it was compared with; empty: none
	Verdict Verdict
	Sent    string // JSON
	Stored  string // JSON; empty where not returned
}

// Comparison is a whole body beside a row.
type Comparison struct {
	Fields                       []FieldComparison // in the body's order
	Same, Different, NotReturned int
}

// Values is a row to compare with: a client.Row.
type Values interface {
	Value(name string) (any, bool)
}

// Alias says that a field comes back under another name.
type Alias struct{ Field, Member string }

// Compare compares a body, one JSON object, with a row of the timeline. A field
// is looked for under its own name and under its aliases; where any of those
// that the row has is the same, the field is.
//
// Times are the same when they mean the same instant (Z is +00:00; without a
// zone they are UTC), numbers when they are equal as decimals of any length,
// uuids without regard to case, all else when it is equal. A number that comes
// back as a text is compared as a number.
func Compare(body []byte, row Values, aliases ...Alias) (Comparison, error) {
	var c Comparison
	err := eachMember(body, func(name string, raw json.RawMessage) error {
		f, err := compareField(name, raw, row, aliases)
		if err != nil {
			return err
		}
		c.Fields = append(c.Fields, f)
		switch f.Verdict {
		case Same:
			c.Same++
		case Different:
			c.Different++
		case NotReturned:
			c.NotReturned++
		}
		return nil
	})
	if err != nil {
		return Comparison{}, fmt.Errorf("compare: %w", err)
	}
	return c, nil
}

// eachMember calls fn for each member of a JSON object, in its order.
func eachMember(body []byte, fn func(name string, raw json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(body))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return ErrBody
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		text, ok := name.(string)
		if !ok {
			return ErrBody
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if err := fn(text, raw); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func compareField(name string, raw json.RawMessage, row Values, aliases []Alias) (FieldComparison, error) {
	f := FieldComparison{Field: name, Verdict: NotReturned, Sent: string(raw)}
	sent, err := decodeExact(raw)
	if err != nil {
		return f, err
	}
	members := []string{name}
	for _, a := range aliases {
		if a.Field == name {
			members = append(members, a.Member)
		}
	}
	for _, member := range members {
		stored, has := row.Value(member)
		if !has {
			continue
		}
		same := equal(sent, stored)
		if f.Verdict == NotReturned || same {
			f.Member, f.Stored, f.Verdict = member, encoded(stored), Different
		}
		if same {
			f.Verdict = Same
			break
		}
	}
	return f, nil
}

// decodeExact decodes JSON with numbers as they are written.
func decodeExact(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func encoded(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(data)
}

// equal compares two decoded JSON values. A client.Row leaves objects and
// arrays of the stored one undecoded.
func equal(sent, stored any) bool {
	if raw, ok := stored.(json.RawMessage); ok {
		decoded, err := decodeExact(raw)
		if err != nil {
			return false
		}
		stored = decoded
	}
	switch a := sent.(type) {
	case json.Number:
		return sameNumber(string(a), stored)
	case string:
		b, ok := stored.(string)
		return ok && sameText(a, b)
	case []any:
		b, ok := stored.([]any)
		return ok && slices.EqualFunc(a, b, equal)
	case map[string]any:
		b, ok := stored.(map[string]any)
		return ok && maps.EqualFunc(a, b, equal)
	case bool, nil:
		return sent == stored
	}
	return false
}

func sameNumber(sent string, stored any) bool {
	switch b := stored.(type) {
	case json.Number:
		return sameDecimal(sent, string(b))
	case string:
		return isNumber(b) && sameDecimal(sent, b)
	}
	return false
}

func sameText(a, b string) bool {
	if a == b {
		return true
	}
	if ta, ok := parseTime(a); ok {
		tb, ok := parseTime(b)
		return ok && ta.Equal(tb)
	}
	const canonical = 36 // other spellings of a uuid are texts
	if len(a) == canonical && len(b) == canonical {
		ua, errA := uuid.Parse(a)
		ub, errB := uuid.Parse(b)
		return errA == nil && errB == nil && ua == ub
	}
	return false
}

// timeLayouts are the forms in which the service and its sources write times.
// Fractions of a second are understood after any seconds.
var timeLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", time.DateOnly, time.DateTime}

// parseTime reads a date or a time; without a zone it is UTC.
func parseTime(s string) (time.Time, bool) {
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// isNumber says whether s is written as JSON writes a number.
func isNumber(s string) bool {
	v, err := decodeExact([]byte(s))
	n, ok := v.(json.Number)
	return err == nil && ok && string(n) == s
}
