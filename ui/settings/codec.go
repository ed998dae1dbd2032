// The settings file's form: JSON, in which members that this version does not
// know survive being read and written.

package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// decode reads a settings file. Errors: ErrNewer for a file of a newer
// version, ErrDamaged for one that is not settings.
func decode(data []byte) (Settings, error) {
	var head struct {
		Version *int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Settings{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	switch {
	case head.Version == nil || *head.Version < 1:
		return Settings{}, fmt.Errorf("%w: it has no version", ErrDamaged)
	case *head.Version > Version:
		return Settings{}, fmt.Errorf("%w: version %d, this desk knows %d", ErrNewer, *head.Version, Version)
	}
	s := Settings{Caller: DefaultCaller()} // what a file does not say
	if err := json.Unmarshal(data, &s); err != nil {
		return Settings{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	s.Connections = distinct(s.Connections)
	return s.complete(), nil
}

// distinct gives connections without an id, or with one that was there
// before, an id of their own, so that none is lost and each can be found.
func distinct(list []Connection) []Connection {
	seen := make(map[string]bool, len(list))
	for _, c := range list {
		seen[c.ID] = true
	}
	used := make(map[string]bool, len(list))
	for i, c := range list {
		if c.ID != "" && !used[c.ID] {
			used[c.ID] = true
			continue
		}
		stem := c.ID
		if stem == "" {
			stem = "connection"
		}
		id := ""
		for n := 2; id == "" || seen[id] || used[id]; n++ {
			id = stem + "-" + strconv.Itoa(n)
		}
		list[i].ID = id
		used[id] = true
	}
	return list
}

// encode writes settings as decode reads them, indented for people.
func encode(s Settings) ([]byte, error) {
	s.Version = Version
	data, err := json.Marshal(s.complete())
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// The types below have the members of those that they are named after and none
// of their methods, so that encoding/json does not call those again.
type (
	plainSettings   Settings
	plainConnection Connection
	plainWindow     Window
)

// UnmarshalJSON reads the known members and keeps the others.
func (s *Settings) UnmarshalJSON(data []byte) (err error) {
	s.extra, err = decodeKeeping(data, (*plainSettings)(s))
	return err
}

// MarshalJSON writes the known members, then the others as they came.
func (s Settings) MarshalJSON() ([]byte, error) { return encodeKeeping(plainSettings(s), s.extra) }

// UnmarshalJSON reads the known members and keeps the others.
func (c *Connection) UnmarshalJSON(data []byte) (err error) {
	c.extra, err = decodeKeeping(data, (*plainConnection)(c))
	return err
}

// MarshalJSON writes the known members, then the others as they came.
func (c Connection) MarshalJSON() ([]byte, error) { return encodeKeeping(plainConnection(c), c.extra) }

// UnmarshalJSON reads the known members and keeps the others.
func (w *Window) UnmarshalJSON(data []byte) (err error) {
	w.extra, err = decodeKeeping(data, (*plainWindow)(w))
	return err
}

// MarshalJSON writes the known members, then the others as they came.
func (w Window) MarshalJSON() ([]byte, error) { return encodeKeeping(plainWindow(w), w.extra) }

// decodeKeeping decodes an object into known, and gives the members that known
// does not have as a JSON object, or "" where there are none.
func decodeKeeping[T any](data []byte, known *T) (string, error) {
	if err := json.Unmarshal(data, known); err != nil {
		return "", err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return "", err
	}
	var zero T
	names, err := members(zero)
	if err != nil {
		return "", err
	}
	for name := range names {
		// encoding/json takes a member of another case for the same one.
		maps.DeleteFunc(all, func(other string, _ json.RawMessage) bool { return strings.EqualFold(name, other) })
	}
	if len(all) == 0 {
		return "", nil
	}
	extra, err := json.Marshal(all)
	return string(extra), err
}

// encodeKeeping encodes known and appends the members of extra, in the order
// of their names.
func encodeKeeping[T any](known T, extra string) ([]byte, error) {
	data, err := json.Marshal(known)
	if err != nil || extra == "" {
		return data, err
	}
	var others map[string]json.RawMessage
	if err := json.Unmarshal([]byte(extra), &others); err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(bytes.TrimSuffix(data, []byte("}")))
	for _, name := range slices.Sorted(maps.Keys(others)) {
		quoted, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(out, ",%s:%s", quoted, others[name])
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// members gives the names that a value has in JSON. None of ours is omitted
// when empty.
func members(v any) (map[string]json.RawMessage, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var names map[string]json.RawMessage
	return names, json.Unmarshal(data, &names)
}
