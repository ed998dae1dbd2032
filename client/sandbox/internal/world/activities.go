// Source rows become rows of UnifiedActivity here: mapped fields only, never
// the source row.

package world

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// unifiedEntity lays out UnifiedActivity.
func unifiedEntity(timeField string) *Entity {
	text := func(name string) Attribute { return Attribute{Name: name, Type: String} }
	must := func(a Attribute) Attribute { a.Mandatory = true; return a }
	return &Entity{
		Name: UnifiedActivity, Kind: KindUnifiedActivity, Key: "ActivityId", Time: timeField,
		Refs: []Reference{{Attribute: CustomerID, ToEntity: Customer, ToAttribute: CustomerID}},
		Attributes: []Attribute{
			must(text(CustomerID)), must(text("ActivityId")), must(text("ActivityType")),
			text("ActivityTypeDisplay"), must(Attribute{Name: timeField, Type: DateTimeOffset}),
			text("Title"), text("Description"),
			{Name: "URL", Type: String, Semantic: "ReferenceURL"},
			text("SourceTableName"), text("SourceActivityId"), text("SemanticData"),
			{Name: "RangeIndex", Type: Int64, ReadOnly: true},
		},
	}
}

// unifyActivities makes UnifiedActivity of the activity sources' rows.
func (w *World) unifyActivities() *Entity {
	unified := unifiedEntity(w.TimeField)
	for _, e := range w.Entities {
		if e.Kind != KindActivity || e.Activity == nil || e.Activity.Hidden {
			continue
		}
		lost := 0
		for _, row := range e.Rows {
			id, err := w.CustomerOf(e, row)
			if err != nil {
				lost++
				continue
			}
			unified.Rows = append(unified.Rows, w.Unify(e, row, id))
		}
		if lost > 0 {
			w.note("%s: %s with no customer, not in %s", e.DataName(), Rows(lost), UnifiedActivity)
		}
	}
	return unified
}

// Unify is what UnifiedActivity shows of a source's row: its mapped fields.
func (w *World) Unify(e *Entity, row Row, customerID string) Row {
	a := e.Activity
	key := e.Text(row, e.Key)
	display := a.Display
	if shown := e.Text(row, a.DisplayFrom); shown != "" {
		display = shown
	}
	title := e.Text(row, a.Title)
	if title == "" {
		title = display
	}
	var when any
	if t, ok := ParseTime(e.Text(row, e.Time)); ok {
		when = FormatTime(t)
	}
	return Row{
		customerID, digest("activity", e.DataName(), key), a.Type, orNull(display), when,
		orNull(title), orNull(describeRow(e, row)), orNull(e.Text(row, a.URL)),
		e.DataName(), orNull(key), semanticData(e, row), RangeIndexOf(when),
	}
}

// RangeIndexOf is the RangeIndex of an activity at this time, null without one.
func RangeIndexOf(value any) any {
	t, ok := ParseTime(TextOf(value))
	if !ok {
		return nil
	}
	return json.Number(strconv.Itoa(t.Year()*100 + int(t.Month())))
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// describeRow puts the description's fields together: numbers and yes/no with
// their names, texts alone.
func describeRow(e *Entity, row Row) string {
	var parts []string
	for _, name := range e.Activity.Description {
		value := e.Value(row, name)
		text := TextOf(value)
		if text == "" {
			continue
		}
		if _, isText := value.(string); !isText {
			text = name + " " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}

// semanticData is the JSON text of the semantic mapping, null without one.
func semanticData(e *Entity, row Row) any {
	if len(e.Activity.Semantic) == 0 {
		return nil
	}
	var buf bytes.Buffer
	buf.WriteByte('{')
	for i, name := range e.Activity.Semantic {
		if i > 0 {
			buf.WriteByte(',')
		}
		WriteJSON(&buf, name)
		buf.WriteByte(':')
		WriteJSON(&buf, e.Value(row, name))
	}
	buf.WriteByte('}')
	return buf.String()
}

// WriteJSON writes a row's value. It cannot fail: values are of the kinds that
// Row names, and were JSON or valid text when they came in.
func WriteJSON(buf *bytes.Buffer, value any) {
	switch v := value.(type) {
	case json.Number:
		buf.WriteString(v.String())
	case json.RawMessage:
		buf.Write(v)
	case nil:
		buf.WriteString("null")
	case string:
		if isPlain(v) { // nearly all are, and the encoder takes ten times as long
			buf.WriteByte('"')
			buf.WriteString(v)
			buf.WriteByte('"')
			return
		}
		encodeJSON(buf, v)
	default:
		encodeJSON(buf, v)
	}
}

// isPlain says whether a text is the same in JSON.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

func encodeJSON(buf *bytes.Buffer, value any) {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		buf.WriteString("null")
		return
	}
	buf.Truncate(buf.Len() - 1) // the encoder ends with a line feed
}
