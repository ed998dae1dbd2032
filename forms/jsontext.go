// A strict reader of JSON text that keeps what encoding/json loses: numbers as
// written, the order of members, duplicates, and where a mistake is.

package forms

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds how deep JSON values may nest. Nothing the service takes
// comes near it; it keeps hostile text from exhausting the stack.
const maxDepth = 100

// JSONError says where a JSON text is wrong, and how to mend it.
type JSONError struct {
	Line   int // from 1
	Column int // from 1, in characters
	Text   string
}

// Error gives the place, then what is wrong.
func (e *JSONError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Text)
}

type nodeKind int

const (
	nodeNull nodeKind = iota
	nodeBool
	nodeNumber
	nodeString
	nodeArray
	nodeObject
)

// node is a JSON value as it was written.
type node struct {
	kind  nodeKind
	raw   string // scalars: the literal as written
	text  string // strings: decoded
	names []member
	items []node // array: elements; object: the members' values
}

type member struct {
	name       string // decoded
	pos        int    // byte offset of the name
	nameEnd    int    // behind the name
	value, end int    // of the value, and behind it
}

// parseJSON reads one JSON value that fills the text.
func parseJSON(text string) (node, *JSONError) {
	p := &jsonParser{text: text}
	p.pos = len(text) - len(strings.TrimPrefix(text, "\uFEFF"))
	p.space()
	if p.end() {
		return node{}, p.fail("nothing here. Write a JSON value")
	}
	n, err := p.value(0)
	if err != nil {
		return node{}, err
	}
	p.space()
	if !p.end() {
		return node{}, p.misplaced("there is more text after the end of the JSON value. Remove it")
	}
	return n, nil
}

type jsonParser struct {
	text string
	pos  int
}

func (p *jsonParser) end() bool { return p.pos >= len(p.text) }

// peek is the next byte, 0 at the end.
func (p *jsonParser) peek() byte {
	if p.end() {
		return 0
	}
	return p.text[p.pos]
}

func (p *jsonParser) space() {
	for !p.end() {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

func (p *jsonParser) fail(text string) *JSONError { return p.failAt(p.pos, text) }

func (p *jsonParser) failAt(pos int, text string) *JSONError {
	before := p.text[:min(pos, len(p.text))]
	line := strings.Count(before, "\n") + 1
	before = strings.TrimPrefix(before[strings.LastIndexByte(before, '\n')+1:], "\uFEFF")
	return &JSONError{Line: line, Column: utf8.RuneCountInString(before) + 1, Text: text}
}

func (p *jsonParser) value(depth int) (node, *JSONError) {
	if depth > maxDepth {
		return node{}, p.fail("nested deeper than " + strconv.Itoa(maxDepth) + " levels")
	}
	switch c := p.peek(); {
	case p.end():
		return node{}, p.fail("the text ends where a value belongs")
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"':
		start := p.pos
		s, err := p.str()
		if err != nil {
			return node{}, err
		}
		return node{kind: nodeString, raw: p.text[start:p.pos], text: s}, nil
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	default:
		return p.word()
	}
}

func (p *jsonParser) object(depth int) (node, *JSONError) {
	n := node{kind: nodeObject}
	seen := map[string]int{} // name to its place
	comma := p.pos
	p.pos++
	for {
		p.space()
		switch c := p.peek(); {
		case p.end():
			return n, p.fail("a closing } is missing")
		case c == '}' && len(n.items) == 0:
			p.pos++
			return n, nil
		case c == '}':
			return n, p.failAt(comma, "a comma before the closing }. Remove it")
		case c != '"':
			return n, p.noName()
		}
		m := member{pos: p.pos}
		name, err := p.str()
		if err != nil {
			return n, err
		}
		if first, twice := seen[name]; twice {
			line := p.failAt(first, "").Line
			return n, p.failAt(m.pos, fmt.Sprintf("%s is there twice, first in line %d. Keep one of them", quote(name), line))
		}
		seen[name] = m.pos
		m.name, m.nameEnd = name, p.pos
		p.space()
		if p.peek() != ':' {
			return n, p.misplaced("a colon belongs after the name " + quote(name))
		}
		p.pos++
		p.space()
		m.value = p.pos
		item, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		m.end = p.pos
		n.names = append(n.names, m)
		n.items = append(n.items, item)
		done, err := p.next('}', "}")
		if done || err != nil {
			return n, err
		}
		comma = p.pos - 1
	}
}

func (p *jsonParser) array(depth int) (node, *JSONError) {
	n := node{kind: nodeArray}
	comma := p.pos
	p.pos++
	for {
		p.space()
		if p.peek() == ']' {
			if len(n.items) > 0 {
				return n, p.failAt(comma, "a comma before the closing ]. Remove it")
			}
			p.pos++
			return n, nil
		}
		if p.end() {
			return n, p.fail("a closing ] is missing")
		}
		item, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
		done, err := p.next(']', "]")
		if done || err != nil {
			return n, err
		}
		comma = p.pos - 1
	}
}

// next reads the comma or the closing bracket after an item.
func (p *jsonParser) next(closing byte, name string) (done bool, _ *JSONError) {
	p.space()
	switch c := p.peek(); {
	case p.end():
		return false, p.fail("a closing " + name + " is missing")
	case c == closing:
		p.pos++
		return true, nil
	case c == ',':
		p.pos++
		return false, nil
	case c == '"':
		return false, p.fail("a comma is missing before this")
	default:
		return false, p.misplaced("a comma or a closing " + name + " belongs here")
	}
}

// str reads a string from its opening quote.
func (p *jsonParser) str() (string, *JSONError) {
	start := p.pos
	p.pos++
	var out strings.Builder
	for !p.end() {
		c := p.text[p.pos]
		switch {
		case c == '"':
			p.pos++
			return out.String(), nil
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			out.WriteRune(r)
		case c == '\n' || c == '\r':
			return "", p.failAt(start, "the closing quote of this text is missing on its line")
		case c < 0x20:
			return "", p.fail("a control character inside text. Write it as \\u00" + string([]byte{hexDigits[c>>4], hexDigits[c&0xf]}))
		default:
			r, size := utf8.DecodeRuneInString(p.text[p.pos:])
			if r == utf8.RuneError && size == 1 {
				return "", p.fail("a byte that is not UTF-8")
			}
			out.WriteRune(r)
			p.pos += size
		}
	}
	return "", p.failAt(start, "the closing quote of this text is missing")
}

func (p *jsonParser) escape() (rune, *JSONError) {
	at := p.pos
	p.pos++
	if p.end() {
		return 0, p.failAt(at, "the text ends in the middle of an escape")
	}
	c := p.text[p.pos]
	p.pos++
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		return p.unicode(at)
	}
	return 0, p.failAt(at, `a backslash is written \\ in JSON`)
}

// unicode reads the digits of a \u escape, and of the second one where the
// first is half of a pair. A half alone is refused: Go could not hold it, and
// the value would silently change.
func (p *jsonParser) unicode(at int) (rune, *JSONError) {
	first, ok := p.hex4()
	if !ok {
		return 0, p.failAt(at, `four hexadecimal digits belong after \u`)
	}
	if !utf16.IsSurrogate(first) {
		return first, nil
	}
	if strings.HasPrefix(p.text[p.pos:], `\u`) {
		p.pos += 2
		if second, ok := p.hex4(); ok {
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				return r, nil
			}
		}
	}
	return 0, p.failAt(at, "half of a character: the other half of the pair is missing")
}

func (p *jsonParser) hex4() (rune, bool) {
	if p.pos+4 > len(p.text) {
		return 0, false
	}
	v, err := strconv.ParseUint(p.text[p.pos:p.pos+4], 16, 16)
	if err != nil {
		return 0, false
	}
	p.pos += 4
	return rune(v), true
}

// isJSONNumber tells whether s is a number as RFC 8259 writes it.
func isJSONNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	digits := countDigits(s)
	if digits == 0 || digits > 1 && s[0] == '0' {
		return false
	}
	s = s[digits:]
	if strings.HasPrefix(s, ".") {
		digits = countDigits(s[1:])
		if digits == 0 {
			return false
		}
		s = s[1+digits:]
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		digits = countDigits(s)
		return digits > 0 && digits == len(s)
	}
	return s == ""
}

// countDigits counts the ASCII digits that s begins with.
func countDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
