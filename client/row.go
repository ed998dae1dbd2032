// Rows and pages as the service gives them: members in order, numbers exact.

package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// Row is one object of an entity.
type Row struct {
	raw    json.RawMessage
	names  []string
	values map[string]any
}

// errNotObject is for a row that is no JSON object.
var errNotObject = errors.New("not a JSON object")

// ParseRow reads one JSON object. Of members with the same name, the last
// counts, at the first one's place.
func ParseRow(data []byte) (Row, error) {
	data = bytes.TrimSpace(data)
	if !isObject(data) || !json.Valid(data) {
		return Row{}, errNotObject
	}
	row := Row{raw: slices.Clone(data), values: map[string]any{}}
	decoder := json.NewDecoder(bytes.NewReader(row.raw))
	if _, err := decoder.Token(); err != nil {
		return Row{}, fmt.Errorf("row: %w", err)
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return Row{}, fmt.Errorf("row: %w", err)
		}
		name, _ := token.(string) // within an object, tokens alternate with values
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return Row{}, fmt.Errorf("row: member %q: %w", name, err)
		}
		if _, twice := row.values[name]; !twice {
			row.names = append(row.names, name)
		}
		if row.values[name], err = plain(value); err != nil {
			return Row{}, fmt.Errorf("row: member %q: %w", name, err)
		}
	}
	return row, nil
}

// plain decodes a scalar; objects and arrays stay as they were written.
func plain(value json.RawMessage) (any, error) {
	if value[0] == '{' || value[0] == '[' {
		return value, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	var v any
	err := decoder.Decode(&v)
	return v, err
}

// Names are the members' names in the service's order.
func (r Row) Names() []string { return slices.Clone(r.names) }

// Len is the number of members.
func (r Row) Len() int { return len(r.names) }

// Value is nil, bool, string, json.Number, or json.RawMessage for objects and
// arrays; false when the row has no such member.
func (r Row) Value(name string) (any, bool) {
	v, ok := r.values[name]
	return v, ok
}

// Text is the value as text: strings as they are, all else as in JSON, and
// empty for null and for members that are not there.
func (r Row) Text(name string) string {
	switch v := r.values[name].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case json.RawMessage:
		return string(v)
	default:
		return ""
	}
}

// Rows are the rows of an expanded member, such as UnifiedActivity; nil when it
// is not an array of objects.
func (r Row) Rows(name string) []Row {
	data, ok := r.values[name].(json.RawMessage)
	if !ok {
		return nil
	}
	rows, err := parseRows(data)
	if err != nil {
		return nil
	}
	return rows
}

// Raw is the object as the service wrote it. It must not be changed.
func (r Row) Raw() json.RawMessage { return r.raw }

// MarshalJSON implements json.Marshaler: a row is written as it was read.
func (r Row) MarshalJSON() ([]byte, error) {
	if r.raw == nil {
		return []byte("{}"), nil
	}
	return r.raw, nil
}

func parseRows(data json.RawMessage) ([]Row, error) {
	var entries []json.RawMessage
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(entries))
	for i, entry := range entries {
		row, err := ParseRow(entry)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Page is one answer to a query.
type Page struct {
	Rows     []Row
	Count    int64  // of all rows that the filter selects; -1: not known
	NextLink string // as the service wrote it; empty on the last page

	from string // the address of this page, to which a relative link belongs
}

// parsePage reads an OData payload (contract, section 7).
func parsePage(data []byte) (Page, error) {
	var j struct {
		Value    json.RawMessage `json:"value"`
		Count    word            `json:"@odata.count"` // some services write it as text
		NextLink *string         `json:"@odata.nextLink"`
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !isObject(data) {
		return Page{}, errNotObject
	}
	if err := json.Unmarshal(data, &j); err != nil {
		return Page{}, err
	}
	if j.Value == nil {
		return Page{}, errors.New("it has no member value")
	}
	rows, err := parseRows(j.Value)
	if err != nil {
		return Page{}, err
	}
	count, err := strconv.ParseInt(string(j.Count), 10, 64)
	if err != nil || count < 0 {
		count = -1
	}
	page := Page{Rows: rows, Count: count}
	if j.NextLink != nil {
		page.NextLink = *j.NextLink
	}
	return page, nil
}
