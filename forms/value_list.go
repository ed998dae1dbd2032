// Collections: a JSON array whose elements are of the field's kind.

package forms

import (
	"fmt"
	"strings"
	"time"

	"github.com/activitydesk/activitydesk/client/metadata"
)

func readCollection(text string, t metadata.DataType) (reading, *Problem) {
	const brief = "not a list"
	n, err := parseJSON(text)
	if err != nil {
		if fix, ok := listOf(text, t); ok {
			return reading{}, problem(brief, "A list goes in square brackets", fix)
		}
		return reading{}, &Problem{Text: "Not a list: " + err.Error() + `. Write a JSON array such as ["a", "b"]`, Brief: brief}
	}
	if n.kind != nodeArray {
		if fix, ok := listOf(text, t); ok {
			return reading{}, problem(brief, "A list goes in square brackets", fix)
		}
		return reading{}, advise(brief, "Not a list", `Write a JSON array such as ["a", "b"]`)
	}
	for i, item := range n.items {
		if wrong := wrongElement(item, t); wrong != "" {
			return reading{}, &Problem{Text: fmt.Sprintf("Item %d of the list: %s", i+1, wrong), Brief: brief}
		}
	}
	return reading{tree: &n, detail: counted(len(n.items), "item")}, nil
}

// listOf makes a JSON array of a short text with commas.
func listOf(text string, t metadata.DataType) (string, bool) {
	if strings.ContainsAny(text, "[]{}\"\n") || len(text) > maxQuoted || strings.TrimSpace(text) == "" {
		return "", false
	}
	parts := strings.Split(text, ",")
	for i, part := range parts {
		part = strings.TrimSpace(part)
		if element := t.Kind; element == metadata.KindText || element == metadata.KindGUID {
			part = stringJSON(part)
		}
		parts[i] = part
	}
	fix := "[" + strings.Join(parts, ", ") + "]"
	if _, p := readCollection(fix, t); p != nil {
		return "", false
	}
	return fix, true
}

// wrongElement says what is wrong with a list's element, "" for nothing.
func wrongElement(n node, t metadata.DataType) string {
	if n.kind == nodeNull {
		return ""
	}
	t.Collection = false
	switch t.Kind {
	case metadata.KindUnknown, metadata.KindJSON:
		return ""
	case metadata.KindInteger, metadata.KindDecimal, metadata.KindDouble:
		if n.kind != nodeNumber {
			return "a number belongs here, without quotes"
		}
		if _, p := readNumber(n.raw, t); p != nil {
			return p.Text
		}
		return ""
	case metadata.KindBoolean:
		if n.kind != nodeBool {
			return "true or false belongs here"
		}
		return ""
	}
	if n.kind != nodeString {
		return "text in double quotes belongs here"
	}
	if t.Kind == metadata.KindText {
		return ""
	}
	return wrongText(n.text, t)
}

// wrongText holds the text of a list's element against its type. In a list
// nothing is converted, so that only what can be sent as it stands is right.
func wrongText(text string, t metadata.DataType) string {
	// The clock matters for examples in messages alone: what depends on it is
	// refused.
	r, p := read(text, t, circumstances{zone: time.UTC, now: time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC)})
	switch {
	case p != nil:
		return p.Text
	case t.Kind == metadata.KindDateTime:
		if _, err := time.Parse(time.RFC3339Nano, text); err != nil {
			return "a date and time in a list is written " + exampleMoment(r)
		}
	case r.relative || r.sent != text:
		return write(stringJSON(r.sent))
	}
	return ""
}

func exampleMoment(r reading) string {
	if r.relative {
		return `like "2026-11-23T13:05:00Z"`
	}
	return stringJSON(r.sent)
}
