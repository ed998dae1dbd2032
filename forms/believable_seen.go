// What sample rows show of a field's values.

package forms

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// seenIn collects a field's values. Those of dates are left out: what is new is
// near now.
func seenIn(rows []map[string]any, field *Field) seenValues {
	var s seenValues
	switch field.Kind {
	case metadata.KindDateTime, metadata.KindDate, metadata.KindTimeOfDay, metadata.KindBinary:
		return s
	}
	if field.Type.Collection {
		return s
	}
	for _, row := range rows {
		if text := textOf(row[field.Name], field.Kind); strings.TrimSpace(text) != "" {
			s.rows++
			s.distinct = append(s.distinct, text)
		}
	}
	slices.Sort(s.distinct)
	s.distinct = slices.Compact(s.distinct)
	return s
}

// textOf is a row's value as it would be typed; empty for none.
func textOf(value any, kind metadata.Kind) string {
	if kind == metadata.KindUnknown || kind == metadata.KindJSON {
		text, err := json.Marshal(value)
		if value == nil || err != nil {
			return ""
		}
		return string(text)
	}
	switch value := value.(type) {
	case string:
		return value
	case json.Number:
		return value.String()
	case bool:
		return strconv.FormatBool(value)
	}
	return ""
}

// inRange draws a number between the smallest and the largest one seen, with as
// many decimals as they have.
func (s seenValues) inRange(d *draw, m meaning) (string, bool) {
	if s.rows < fewest || m == meansRating {
		return "", false
	}
	least, greatest, decimals := math.Inf(1), math.Inf(-1), 0
	for _, text := range s.distinct {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || math.Abs(n) > 1e9 || strings.ContainsAny(text, "eExXnN") {
			return "", false
		}
		least, greatest = min(least, n), max(greatest, n)
		if at := strings.IndexByte(text, '.'); at >= 0 {
			decimals = max(decimals, len(text)-at-1)
		}
	}
	if decimals > 4 {
		return "", false
	}
	unit := math.Pow10(decimals)
	from, to := int(math.Round(least*unit)), int(math.Round(greatest*unit))
	return strconv.FormatFloat(float64(d.between(from, to))/unit, 'f', decimals, 64), true
}
