// How many activities of which type a customer has, out of a shape that is not
// published in detail.

package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// ActivityCount is how many activities of a type and source a customer has.
type ActivityCount struct {
	Type   string // may be empty
	Entity string // source entity; may be empty
	Count  int64
}

// ActivityCounts reads GET …/profile/activityresponsemetadata. The shape is
// open (contract, section 7): counts are found where they can be, and the
// answer is given as it came, too. No counts in an unknown shape is no error.
func (i *Instance) ActivityCounts(ctx context.Context, customerID string) ([]ActivityCount, json.RawMessage, error) {
	const op = "get activity counts"
	if customerID == "" {
		return nil, nil, &Error{Op: op, Kind: KindBadRequest, Err: errors.New("a customer id is needed")}
	}
	a, err := i.get(ctx, op, []parameter{{"customerId", customerID}}, "profile", "activityresponsemetadata")
	raw, err := parsed(i.client, op, a, err, func(body []byte) (json.RawMessage, error) {
		body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
		return body, json.Unmarshal(body, new(json.RawMessage))
	})
	if err != nil {
		return nil, nil, err
	}
	return parseCounts(raw), raw, nil
}

// maxCountDepth bounds how deep counts are looked for.
const maxCountDepth = 6

// parseCounts understands lists of {type, entity, count} under many names,
// wrapped in objects or not, and objects of type: count or type: {entity: count}.
func parseCounts(data []byte) []ActivityCount {
	var found []ActivityCount
	collectCounts(data, ActivityCount{}, maxCountDepth, &found)
	return found
}

func collectCounts(data []byte, known ActivityCount, depth int, found *[]ActivityCount) {
	data = bytes.TrimSpace(data)
	if depth == 0 || len(data) == 0 {
		return
	}
	switch data[0] {
	case '[':
		var entries []json.RawMessage
		if json.Unmarshal(data, &entries) != nil {
			return
		}
		for _, entry := range entries {
			collectCounts(entry, known, depth-1, found)
		}
	case '{':
		row, err := ParseRow(data)
		if err != nil {
			return
		}
		collectFromObject(row, known, depth, found)
	}
}

func collectFromObject(row Row, known ActivityCount, depth int, found *[]ActivityCount) {
	if kind := textUnder(row, "activityType", "activityTypeName", "activityTypeDisplay", "type"); kind != "" {
		known.Type = kind
	}
	if entity := textUnder(row, "sourceTableName", "sourceEntityName", "sourceEntity", "entityName", "qualifiedEntityName", "entity"); entity != "" {
		known.Entity = entity
	}
	if count, ok := countUnder(row); ok {
		known.Count = count
		*found = append(*found, known)
		return
	}
	for _, name := range row.Names() {
		below := known
		switch {
		case wraps(name):
		case below.Type == "":
			below.Type = name
		case below.Entity == "":
			below.Entity = name
		}
		if count, ok := wholeNumber(row, name); ok && !wraps(name) && below != known {
			below.Count = count
			*found = append(*found, below)
			continue
		}
		collectCounts([]byte(row.Text(name)), below, depth-1, found)
	}
}

// wraps says that a member's name is about the answer and not about a type.
func wraps(name string) bool {
	if strings.HasPrefix(name, "@") {
		return true
	}
	for _, known := range []string{
		"value", "values", "result", "results", "items", "data", "activities", "activityTypes", "activityResponseMetadata",
		"entities", "sources", "counts", "customerId", "instanceId", "total", "totalCount", "statusCode",
	} {
		if strings.EqualFold(name, known) {
			return true
		}
	}
	return false
}

func textUnder(row Row, names ...string) string {
	for _, name := range row.Names() {
		for _, known := range names {
			if text, ok := row.values[name].(string); ok && strings.EqualFold(name, known) {
				return text
			}
		}
	}
	return ""
}

func countUnder(row Row) (int64, bool) {
	for _, name := range row.Names() {
		for _, known := range []string{"count", "recordCount", "activityCount", "rowCount", "numberOfActivities"} {
			if count, ok := wholeNumber(row, name); ok && strings.EqualFold(name, known) {
				return count, true
			}
		}
	}
	return 0, false
}

func wholeNumber(row Row, name string) (int64, bool) {
	number, ok := row.values[name].(json.Number)
	if !ok {
		return 0, false
	}
	count, err := strconv.ParseInt(number.String(), 10, 64)
	return count, err == nil && count >= 0
}
