// The keys in a key ring, out of a shape that is not published.

package metadata

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Of lists the keys that the customer has in a source, each once. The ring's shape is open (contract, section 7): an object
// with a member per source that holds a key or a list of them, and a list of
// objects that name source, entity and key, are both understood; what is not
// gives no keys.
func (r KeyRing) Of(source Entity) []string {
	data := bytes.TrimSpace(r.Keys)
	if len(data) == 0 {
		return nil
	}
	var keys []string
	if data[0] == '[' {
		keys = listedKeys(data, source)
	} else {
		keys = keysByName(data, source)
	}
	var once []string
	for _, key := range keys {
		if key != "" && !slices.Contains(once, key) {
			once = append(once, key)
		}
	}
	return once
}

// keysByName reads {"DataSource_Entity": ["key", …]}.
func keysByName(data []byte, source Entity) []string {
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) != nil {
		return nil
	}
	var keys []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if source.called(name) {
			keys = append(keys, keyTexts(members[name])...)
		}
	}
	return keys
}

// listedKeys reads [{"dataSourceName", "entityName", "key"}].
func listedKeys(data []byte, source Entity) []string {
	var entries []struct {
		DataSource string          `json:"dataSourceName"`
		Entity     string          `json:"entityName"`
		Key        json.RawMessage `json:"key"`
		Keys       json.RawMessage `json:"keys"`
	}
	if json.Unmarshal(data, &entries) != nil {
		return nil
	}
	var keys []string
	for _, entry := range entries {
		elsewhere := entry.DataSource != "" && !strings.EqualFold(entry.DataSource, source.DataSource)
		if elsewhere || !source.called(entry.Entity) {
			continue
		}
		keys = append(append(keys, keyTexts(entry.Key)...), keyTexts(entry.Keys)...)
	}
	return keys
}

// keyTexts reads a key or a list of keys; a number is taken as it is written.
func keyTexts(data json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(data, &list) != nil {
		list = []json.RawMessage{data}
	}
	var keys []string
	for _, one := range list {
		var text string
		var number json.Number
		switch {
		case json.Unmarshal(one, &text) == nil:
			keys = append(keys, text)
		case json.Unmarshal(one, &number) == nil:
			keys = append(keys, number.String())
		}
	}
	return keys
}
