// What is to be said of a JSON text, at its lines; and the edits of a text
// that take members out or give them another name.

package forms

import (
	"fmt"
	"slices"
	"strings"
)

// MarkKind says what a mark is about.
type MarkKind int

// The kinds of marks.
const (
	MarkFault     MarkKind = iota // the text does not parse here
	MarkProblem                   // a field's value is wrong
	MarkMissing                   // a required field is not there; stands at the end
	MarkUnknown                   // the entity does not have the member: choose
	MarkKept                      // the entity does not have it; it is sent by choice
	MarkReadOnly                  // the service sets the field; it is not sent
	MarkConverted                 // the value will be sent in another form
)

// JSONMark is something to say of a line of a JSON text.
type JSONMark struct {
	Kind   MarkKind
	Line   int // from 1
	Column int // from 1, in characters
	Member string
	Text   string // one or two short sentences, without a final stop
}

// Wrong tells whether the mark keeps the text from being sent.
func (m JSONMark) Wrong() bool { return m.Kind <= MarkUnknown }

// jsonMarks says what is to be said of a text that agrees with the form.
func (f *Form) jsonMarks(text string, object node) []JSONMark {
	var marks []JSONMark
	there := map[string]bool{}
	for at, m := range object.names {
		there[m.name] = true
		mark := f.memberMark(m, object.items[at])
		if mark.Text != "" {
			marks = append(marks, mark.at(text, mark.Column))
		}
	}
	end := strings.LastIndexByte(text, '}')
	for _, p := range f.Problems() {
		if there[p.Field] {
			continue
		}
		mark := JSONMark{Kind: MarkProblem, Member: p.Field, Text: p.Field + ": " + p.Text}
		if p.Missing {
			mark.Kind = MarkMissing
		}
		marks = append(marks, mark.at(text, end))
	}
	return marks
}

// memberMark says what is to be said of one member; its Column is an offset in
// bytes yet. An empty text: nothing.
func (f *Form) memberMark(m member, value node) JSONMark {
	i, known := f.index[m.name]
	if !known {
		return JSONMark{
			Kind: MarkKept, Column: m.pos, Member: m.name,
			Text: quote(m.name) + ": the entity does not have it. It is sent, as you chose",
		}
	}
	field := f.fields[i]
	if field.ReadOnly {
		return JSONMark{
			Kind: MarkReadOnly, Column: m.pos, Member: m.name,
			Text: field.Name + ": the service sets it. It is not sent",
		}
	}
	p := f.cells[i].problem
	if p != nil && value.kind == nodeString && takesAnyJSON(field) {
		return JSONMark{
			Kind: MarkProblem, Column: m.value, Member: m.name,
			Text: field.Name + ": the field holds this text without quotes, which is no JSON. To send the text, take the line out and write it again",
		}
	}
	if p != nil {
		return JSONMark{Kind: MarkProblem, Column: m.value, Member: m.name, Text: field.Name + ": " + p.Text}
	}
	if f.moving[i] {
		return JSONMark{} // counts from the clock: the text is of a moment ago
	}
	for _, c := range f.conversion(i, value) {
		return JSONMark{
			Kind: MarkConverted, Column: m.value, Member: m.name,
			Text: field.Name + ": " + bounded(c.From) + " is sent as " + bounded(c.To),
		}
	}
	return JSONMark{}
}

// at gives a mark the line and column of an offset in bytes.
func (m JSONMark) at(text string, offset int) JSONMark {
	place := (&jsonParser{text: text}).failAt(offset, "")
	m.Line, m.Column = place.Line, place.Column
	return m
}

// bounded is a value within a sentence: one line, not too long, as written.
func bounded(json string) string {
	line := strings.Join(strings.Fields(json), " ")
	if runes := []rune(line); len(runes) > maxQuoted {
		line = string(runes[:maxQuoted-1]) + "…"
	}
	return line
}

func unknownMarks(text string, object node, unknown []UnknownMember) []JSONMark {
	marks := make([]JSONMark, 0, len(unknown))
	for _, u := range unknown {
		at := slices.IndexFunc(object.names, func(m member) bool { return m.name == u.Name })
		said := quote(u.Name) + ": the entity does not have it"
		if u.Meant != "" {
			said += fmt.Sprintf(". Did you mean %s?", quote(u.Meant))
		}
		mark := JSONMark{Kind: MarkUnknown, Member: u.Name, Text: said}
		marks = append(marks, mark.at(text, object.names[at].pos))
	}
	return marks
}

// DropMembers takes members out of a JSON object's text and leaves the rest of
// it as it is written. A text that does not parse is answered as it is.
func DropMembers(text string, names ...string) string {
	object, fault := parseObject(text)
	if fault != nil || len(object.names) == 0 {
		return text
	}
	var b strings.Builder
	first := true
	for i, m := range object.names {
		if slices.Contains(names, m.name) {
			continue
		}
		if first {
			b.WriteString(text[:object.names[0].pos])
		} else {
			b.WriteString(text[object.names[i-1].end:m.pos])
		}
		first = false
		b.WriteString(text[m.pos:m.end])
	}
	if first {
		opening := strings.TrimRight(text[:object.names[0].pos], " \t\r\n")
		return opening + strings.TrimLeft(text[object.names[len(object.names)-1].end:], " \t\r\n")
	}
	return b.String() + text[object.names[len(object.names)-1].end:]
}

// RenameMember gives a member of a JSON object's text another name, unless the
// object has that already. A text that does not parse is answered as it is.
func RenameMember(text, name, to string) string {
	object, fault := parseObject(text)
	if fault != nil || slices.ContainsFunc(object.names, func(m member) bool { return m.name == to }) {
		return text
	}
	for _, m := range object.names {
		if m.name == name {
			return text[:m.pos] + stringJSON(to) + text[m.nameEnd:]
		}
	}
	return text
}

// FormatJSON lays a JSON object's text out as a payload is: two spaces, one
// member a line, numbers and escapes as written. The error is a *JSONError.
func FormatJSON(text string) (string, error) {
	object, fault := parseObject(text)
	if fault != nil {
		return "", fault
	}
	return formatTree(object), nil
}
