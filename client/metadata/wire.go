// Scalars as the service may write them: nulls, numbers for text, text for
// numbers, times with and without a zone.

package metadata

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// text accepts a JSON string, number or boolean; null, arrays and objects are
// empty. It never refuses, so that one odd member does not cost the whole.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	*t = ""
	switch data = bytes.TrimSpace(data); {
	case len(data) == 0 || data[0] == '{' || data[0] == '[' || data[0] == 'n':
	case data[0] == '"':
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*t = text(s)
	default:
		*t = text(data)
	}
	return nil
}

// flag accepts true, "true", 1 and "1"; everything else is false.
type flag bool

func (f *flag) UnmarshalJSON(data []byte) error {
	var t text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	*f = flag(strings.EqualFold(string(t), "true") || t == "1")
	return nil
}

// whole accepts a number or its text; what is not a whole 64-bit number is 0.
type whole int64

func (w *whole) UnmarshalJSON(data []byte) error {
	var t text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	n, err := strconv.ParseInt(string(t), 10, 64)
	if err != nil {
		n = 0
	}
	*w = whole(n)
	return nil
}

// moment accepts the date-times that the service's versions write; one without
// a zone is UTC, one that cannot be read is the zero time.
type moment struct{ time.Time }

func (m *moment) UnmarshalJSON(data []byte) error {
	var t text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	m.Time = time.Time{}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", time.DateOnly} {
		if parsed, err := time.Parse(layout, string(t)); err == nil {
			m.Time = parsed.UTC()
			break
		}
	}
	return nil
}

// texts accepts a list of texts, one text alone, or null.
type texts []string

func (list *texts) UnmarshalJSON(data []byte) error {
	*list = nil
	many := elements(data)
	if many == nil {
		many = []json.RawMessage{data}
	}
	for _, one := range many {
		var t text
		if err := t.UnmarshalJSON(one); err != nil {
			return err
		}
		if t != "" {
			*list = append(*list, string(t))
		}
	}
	return nil
}

// elements gives the members of a JSON array; nil for anything else.
func elements(data []byte) []json.RawMessage {
	var list []json.RawMessage
	if trimmed := bytes.TrimSpace(data); len(trimmed) == 0 || trimmed[0] != '[' {
		return nil
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return nil
	}
	return list
}

// errNotJSON is wrapped where an answer is no JSON at all.
var errNotJSON = errors.New("not JSON")

// document strips what may stand before JSON and refuses what is none.
func document(what string, data []byte) ([]byte, error) {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	if !json.Valid(data) {
		return nil, fmt.Errorf("%s: %w", what, errNotJSON)
	}
	return data, nil
}

// object decodes one JSON object into v; anything else is an error.
func object(what string, data []byte, v any) error {
	data, err := document(what, data)
	if err != nil {
		return err
	}
	if data[0] != '{' {
		return fmt.Errorf("%s: not an object", what)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// list gives the members of an array, or of the first of the named members of
// an object that holds an array or null.
func list(what string, data []byte, names ...string) ([]json.RawMessage, error) {
	data, err := document(what, data)
	if err != nil {
		return nil, err
	}
	if data[0] == '[' {
		return elements(data), nil
	}
	var members map[string]json.RawMessage
	if data[0] == '{' {
		if err := json.Unmarshal(data, &members); err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
	}
	for _, name := range names {
		for _, member := range spellings(members, name) {
			if value := members[member]; value[0] == '[' || value[0] == 'n' {
				return elements(value), nil
			}
		}
	}
	return nil, fmt.Errorf("%s: not a list", what)
}

// spellings are the members that are called name but for case, the exact one
// first: the same answer is to be read the same each time.
func spellings(members map[string]json.RawMessage, name string) []string {
	var found []string
	for member := range members {
		if member != name && strings.EqualFold(member, name) {
			found = append(found, member)
		}
	}
	slices.Sort(found)
	if _, exact := members[name]; exact {
		found = slices.Insert(found, 0, name)
	}
	return found
}
