// The $filter parser: comparisons, in, and, or, parentheses, and
// IsMemberOfSegment. Everything else is refused by name.

package odata

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/activitydesk/activitydesk/client/sandbox/internal/world"
)

// Limits that keep a foreign expression from costing much.
const (
	maxDepth    = 64   // parentheses inside one another
	maxLength   = 8192 // bytes of an expression
	maxOperands = 500  // values of one in (…)
)

// Source is what a filter is evaluated against.
type Source interface {
	// Type is an attribute's type; not ok: there is no such attribute.
	Type(name string) (world.EDM, bool)
	// HasSegment says whether IsMemberOfSegment may ask for this segment.
	HasSegment(name string) bool
}

// Row is one row of a Source.
type Row interface {
	Value(name string) any
	IsMember(segment string) bool
}

// Filter is a parsed and checked expression. The zero Filter matches all rows.
type Filter struct{ root node }

// Match says whether a row fulfils the filter.
func (f Filter) Match(row Row) bool { return f.root == nil || f.root.match(row) }

// ParseFilter reads a $filter and checks its names and literals against the
// source. Errors are *SyntaxError.
func ParseFilter(text string, source Source) (Filter, error) {
	if len(text) > maxLength {
		return Filter{}, &SyntaxError{maxLength, fmt.Sprintf("the filter is longer than %d bytes", maxLength)}
	}
	tokens, err := lex(text)
	if err != nil {
		return Filter{}, err
	}
	p := &parser{tokens: tokens, source: source}
	root, err := p.or(0)
	if err != nil {
		return Filter{}, err
	}
	if last := p.peek(); last.kind != tokenEnd {
		return Filter{}, &SyntaxError{last.offset, fmt.Sprintf("%q is not expected", last.text)}
	}
	return Filter{root}, nil
}

type parser struct {
	tokens []token
	next   int
	source Source
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.kind != tokenEnd {
		p.next++
	}
	return t
}

func (p *parser) takeWord(word string) bool {
	if t := p.peek(); t.kind == tokenWord && t.text == word {
		p.next++
		return true
	}
	return false
}

func (p *parser) expect(kind tokenKind, what string) (token, error) {
	t := p.take()
	if t.kind != kind {
		return t, &SyntaxError{t.offset, what + " is expected"}
	}
	return t, nil
}

func (p *parser) or(depth int) (node, error) {
	left, err := p.and(depth)
	for err == nil && p.takeWord("or") {
		var right node
		right, err = p.and(depth)
		left = either{left, right}
	}
	return left, err
}

func (p *parser) and(depth int) (node, error) {
	left, err := p.operand(depth)
	for err == nil && p.takeWord("and") {
		var right node
		right, err = p.operand(depth)
		left = both{left, right}
	}
	return left, err
}

func (p *parser) operand(depth int) (node, error) {
	if depth > maxDepth {
		return nil, &SyntaxError{p.peek().offset, "too many parentheses inside one another"}
	}
	if p.peek().kind == tokenOpen {
		p.take()
		inner, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		_, err = p.expect(tokenClose, `")"`)
		return inner, err
	}
	name, err := p.expect(tokenWord, "the name of a field")
	if err != nil {
		return nil, err
	}
	if p.peek().kind == tokenOpen {
		return p.call(name)
	}
	kind, known := p.source.Type(name.text)
	if !known {
		return nil, &SyntaxError{name.offset, fmt.Sprintf("there is no field %q", name.text)}
	}
	return p.comparison(name, kind)
}

func (p *parser) call(name token) (node, error) {
	if name.text != "IsMemberOfSegment" {
		return nil, &SyntaxError{name.offset, fmt.Sprintf("the function %s is not supported", name.text)}
	}
	p.take()
	segment, err := p.expect(tokenText, "the segment's name in quotes")
	if err != nil {
		return nil, err
	}
	if _, err := p.expect(tokenClose, `")"`); err != nil {
		return nil, err
	}
	if !p.source.HasSegment(segment.text) {
		return nil, &SyntaxError{segment.offset, fmt.Sprintf("there is no segment %q", segment.text)}
	}
	return member{segment.text}, nil
}

func (p *parser) comparison(name token, kind world.EDM) (node, error) {
	op, err := p.expect(tokenWord, "one of eq, ne, gt, ge, lt, le, in")
	if err != nil {
		return nil, err
	}
	switch op.text {
	case "eq", "ne", "gt", "ge", "lt", "le":
		value, err := p.literal(name.text, kind)
		if err != nil {
			return nil, err
		}
		return compare{name.text, kind, op.text, value}, nil
	case "in":
		return p.list(name, kind)
	default:
		return nil, &SyntaxError{op.offset, fmt.Sprintf("the operator %q is not supported: use eq, ne, gt, ge, lt, le or in", op.text)}
	}
}

func (p *parser) list(name token, kind world.EDM) (node, error) {
	if _, err := p.expect(tokenOpen, `"("`); err != nil {
		return nil, err
	}
	found := oneOf{name: name.text, kind: kind}
	for {
		value, err := p.literal(name.text, kind)
		if err != nil {
			return nil, err
		}
		if found.values = append(found.values, value); len(found.values) > maxOperands {
			return nil, &SyntaxError{name.offset, fmt.Sprintf("in takes at most %d values", maxOperands)}
		}
		switch t := p.take(); t.kind {
		case tokenComma:
		case tokenClose:
			return found, nil
		default:
			return nil, &SyntaxError{t.offset, `"," or ")" is expected`}
		}
	}
}

// literal reads a value and holds it against the field's type.
func (p *parser) literal(field string, kind world.EDM) (any, error) {
	t := p.take()
	var value any
	fits := false
	switch t.kind {
	case tokenText:
		value, fits = t.text, !kind.IsNumber() && !kind.IsTime() && kind != world.Boolean && kind != world.TimeOfDay
		if kind == world.GUID {
			fits = world.IsGUID(t.text)
		}
	case tokenNumber:
		value, fits = json.Number(strings.TrimPrefix(t.text, "+")), kind.IsNumber()
	case tokenTime:
		_, real := world.ParseTime(t.text)
		value, fits = t.text, kind.IsTime() && real
	case tokenGUID:
		value, fits = t.text, kind == world.GUID
	case tokenWord:
		switch t.text {
		case "null":
			return nil, nil
		case "true", "false":
			value, fits = t.text == "true", kind == world.Boolean
		default:
			return nil, &SyntaxError{t.offset, fmt.Sprintf("a value is expected, not %s (a text stands in quotes)", t.text)}
		}
	default:
		return nil, &SyntaxError{t.offset, "a value is expected"}
	}
	if !fits {
		return nil, &SyntaxError{t.offset, fmt.Sprintf("%s is of type %s, %s is not", field, kind, t.text)}
	}
	return value, nil
}
