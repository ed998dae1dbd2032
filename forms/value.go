// From typed text to the JSON value of a field's kind.

package forms

import (
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/activitydesk/activitydesk/client/metadata"
)

// reading is what a text means: the value as JSON and what people are told.
type reading struct {
	kind     SpanKind
	json     string   // a scalar's JSON; empty for trees
	tree     *node    // arrays and objects
	sent     string   // the value in plain words, without quotes
	hint     string   // never a refusal
	offers   []string // texts that the hint would rather see
	detail   string   // how much it is: "5 bytes"
	relative bool     // depends on the clock
}

// circumstances are what a text's meaning depends on beside the field.
type circumstances struct {
	zone  *time.Location
	now   time.Time
	style timeStyle
}

// read gives the value that a text means in a field of type t. What a problem
// offers in place of the text is itself right: fixes that lead to another
// problem (a date mended, its hour still wrong) are not offered.
func read(text string, t metadata.DataType, in circumstances) (reading, *Problem) {
	if !utf8.ValidString(text) {
		return reading{}, advise("not text", "Some bytes are not UTF-8", "Type or paste the text again")
	}
	r, p := readKind(text, t, in)
	if p == nil || len(p.Fixes) == 0 {
		return r, p
	}
	right := slices.DeleteFunc(slices.Clone(p.Fixes), func(fix string) bool {
		_, again := readKind(fix, t, in)
		return again != nil
	})
	switch {
	case len(right) == len(p.Fixes):
		return r, p
	case len(right) == 0:
		return r, advise(p.Brief, p.wrong, example(t.Kind, in))
	}
	return r, problem(p.Brief, p.wrong, right...)
}

// example says what a value of a kind looks like.
func example(kind metadata.Kind, in circumstances) string {
	switch kind {
	case metadata.KindDateTime:
		return "Write " + in.now.In(in.zone).Format("2006-01-02 15:04") + ", now, now-2d or today 09:00"
	case metadata.KindDate:
		return "Write " + in.now.In(in.zone).Format(time.DateOnly) + ", today or yesterday"
	case metadata.KindTimeOfDay:
		return "Write hours and minutes, such as 14:05"
	case metadata.KindInteger:
		return "Write digits alone, such as 12"
	case metadata.KindDecimal, metadata.KindDouble:
		return "Write digits, with a point before decimals, such as 12.50"
	case metadata.KindBinary:
		return "Write the bytes in base64, such as SGVsbG8=, or load them from a file"
	}
	return `Write a JSON value such as "text", 12 or {}`
}

func readKind(text string, t metadata.DataType, in circumstances) (reading, *Problem) {
	if t.Collection {
		return readCollection(text, t)
	}
	switch t.Kind {
	case metadata.KindText:
		return reading{kind: SpanString, json: stringJSON(text), sent: text}, nil
	case metadata.KindInteger, metadata.KindDecimal, metadata.KindDouble:
		return readNumber(text, t)
	case metadata.KindBoolean:
		return readBoolean(text)
	case metadata.KindDateTime:
		return readDateTime(text, in)
	case metadata.KindDate:
		return readDate(text, in)
	case metadata.KindTimeOfDay:
		return readTimeOfDay(text, in)
	case metadata.KindGUID:
		return readGUID(text)
	case metadata.KindBinary:
		return readBinary(text)
	default:
		return readJSON(text)
	}
}

func stringReading(s string) reading {
	return reading{kind: SpanString, json: stringJSON(s), sent: s}
}

func readBoolean(text string) (reading, *Problem) {
	s := strings.ToLower(strings.TrimSpace(text))
	switch s {
	case "true", "yes":
		return reading{kind: SpanLiteral, json: "true", sent: "true"}, nil
	case "false", "no":
		return reading{kind: SpanLiteral, json: "false", sent: "false"}, nil
	case "1", "y", "t", "on", "ja", "oui", "si", "sí", "wahr", "vrai":
		return reading{}, problem("not yes or no", "Not yes or no: "+quote(text), "true")
	case "0", "n", "f", "off", "nein", "non", "falsch", "faux":
		return reading{}, problem("not yes or no", "Not yes or no: "+quote(text), "false")
	case "":
		return reading{}, problem("not yes or no", "Not yes or no: the text is empty", "true", "false")
	}
	return reading{}, problem("not yes or no", "Not yes or no: "+quote(text), "true", "false")
}

func readGUID(text string) (reading, *Problem) {
	const urn = "urn:uuid:" // RFC 9562
	const example = "Write 32 hexadecimal digits as 8-4-4-4-12, such as 98e79d76-a45a-e911-a970-000d3a39c2c9"
	s := strings.TrimSpace(text)
	if len(s) > len(urn) && strings.EqualFold(s[:len(urn)], urn) {
		s = s[len(urn):]
	}
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		s = s[1 : len(s)-1]
	}
	digits := strings.ReplaceAll(s, "-", "")
	if _, err := hex.DecodeString(digits); err != nil || len(digits) != 32 {
		return reading{}, advise("not a guid", "Not a GUID: "+quote(text), example)
	}
	whole := digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
	if s != whole && s != digits {
		return reading{}, problem("not a guid", "Not a GUID: the dashes of "+quote(text)+" are misplaced", whole)
	}
	return stringReading(whole), nil
}

// readJSON takes any JSON value: for JSON fields and for types that are not
// known.
func readJSON(text string) (reading, *Problem) {
	n, err := parseJSON(text)
	if err == nil {
		return treeReading(n), nil
	}
	const brief = "not JSON"
	trimmed := strings.TrimSpace(text)
	if trimmed != "" && !strings.ContainsAny(trimmed[:1], `{["'-0123456789`) && !strings.ContainsRune(trimmed, '\n') && len(trimmed) <= maxQuoted {
		return reading{}, problem(brief, "Not JSON: text goes in double quotes", stringJSON(trimmed))
	}
	if trimmed == "" {
		return reading{}, advise(brief, "Not JSON: the text is empty", `Write a JSON value such as "text", 12 or {}`)
	}
	return reading{}, &Problem{Text: "Not JSON: " + err.Error(), Brief: brief}
}

func treeReading(n node) reading {
	switch n.kind {
	case nodeString:
		return reading{kind: SpanString, json: n.raw, sent: n.text}
	case nodeNumber:
		return reading{kind: SpanNumber, json: n.raw, sent: n.raw}
	case nodeArray, nodeObject:
		return reading{tree: &n}
	}
	return reading{kind: SpanLiteral, json: n.raw, sent: n.raw}
}
