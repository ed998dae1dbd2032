// The payload as lines with typed spans, kept up to date field by field, so
// that a keystroke in a form of 1,000 fields touches one line.

package forms

import (
	"slices"
	"strings"
)

// SpanKind says what a piece of JSON text is, for its colour.
type SpanKind int

// The kinds of spans.
const (
	SpanPunctuation SpanKind = iota // also indentation
	SpanName
	SpanString
	SpanNumber
	SpanLiteral // true, false, null
	SpanProblem // a placeholder such as ⟨not a number⟩; never part of a payload
)

// Span is a piece of a line.
type Span struct {
	Kind SpanKind
	Text string
}

// Line is one line of the payload, without its line end.
type Line struct {
	Spans []Span
	Field string // the field or extra member that the line belongs to; empty for the braces
}

// String is the line's text.
func (l Line) String() string {
	if len(l.Spans) == 1 {
		return l.Spans[0].Text
	}
	var b strings.Builder
	for _, span := range l.Spans {
		b.WriteString(span.Text)
	}
	return b.String()
}

// Preview is the payload as JSON would give it, with placeholders for fields
// that have a problem. The slice is valid until the form changes and must not
// be changed by the caller.
func (f *Form) Preview() []Line { return f.view.lines }

// PreviewText is the preview in one text.
func (f *Form) PreviewText() string {
	var b strings.Builder
	for i, line := range f.view.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, span := range line.Spans {
			b.WriteString(span.Text)
		}
	}
	return b.String()
}

// previewBuffer holds the lines, and where each member's begin.
type previewBuffer struct {
	lines  []Line
	starts []int // by member: fields in the metadata's order, then extras
	counts []int // lines of each member; 0: not in the payload
	last   int   // the member without a comma; -1: none
}

// build makes all lines.
func (v *previewBuffer) build(f *Form) {
	n := len(f.fields) + len(f.extras)
	v.starts, v.counts, v.last = make([]int, n), make([]int, n), -1
	v.lines = []Line{{Spans: []Span{{SpanPunctuation, "{"}}}}
	for i := range n {
		v.starts[i] = len(v.lines)
		v.lines = f.memberLines(v.lines, i)
		v.counts[i] = len(v.lines) - v.starts[i]
		if v.counts[i] > 0 {
			v.last = i
		}
	}
	if v.last < 0 {
		v.lines[0].Spans[0].Text = "{}"
		return
	}
	v.lines = append(v.lines, Line{Spans: []Span{{SpanPunctuation, "}"}}})
	v.setComma(v.last, false)
}

// update replaces the lines of one member.
func (v *previewBuffer) update(f *Form, i int) {
	fresh := f.memberLines(nil, i)
	if v.last < 0 || v.last == i && len(fresh) == 0 {
		v.build(f) // the first member comes, or the last one goes
		return
	}
	if grown := len(fresh) - v.counts[i]; grown != 0 {
		v.lines = slices.Replace(v.lines, v.starts[i], v.starts[i]+v.counts[i], fresh...)
		v.counts[i] = len(fresh)
		for later := i + 1; later < len(v.starts); later++ {
			v.starts[later] += grown
		}
	} else {
		copy(v.lines[v.starts[i]:], fresh)
	}
	switch {
	case i > v.last && len(fresh) > 0:
		v.setComma(v.last, true)
		v.last = i
		v.setComma(i, false)
	case i == v.last:
		v.setComma(i, false)
	}
}

// setComma puts or removes the comma behind a member.
func (v *previewBuffer) setComma(i int, comma bool) {
	line := &v.lines[v.starts[i]+v.counts[i]-1]
	end := len(line.Spans) - 1
	if has := line.Spans[end].Text == ","; has == comma {
		return
	}
	if comma {
		line.Spans = append(slices.Clip(line.Spans), Span{SpanPunctuation, ","})
		return
	}
	line.Spans = line.Spans[:end]
}

// memberLines appends the lines of a member, the last with a comma; none where
// it is not part of the payload.
func (f *Form) memberLines(lines []Line, i int) []Line {
	if i >= len(f.fields) {
		extra := &f.extras[i-len(f.fields)]
		return appendMember(lines, extra.Name, treeReading(extra.tree))
	}
	c, field := &f.cells[i], f.fields[i]
	if field.ReadOnly || c.state == LeftOut {
		return lines
	}
	switch {
	case c.state == Null:
		return appendScalar(lines, field.Name, Span{SpanLiteral, "null"})
	case c.problem != nil:
		return appendScalar(lines, field.Name, Span{SpanProblem, "⟨" + c.problem.Brief + "⟩"})
	}
	return appendMember(lines, field.Name, c.read)
}

func appendMember(lines []Line, name string, r reading) []Line {
	if r.tree == nil {
		return appendScalar(lines, name, Span{r.kind, r.json})
	}
	w := treeWriter{field: name, lines: lines}
	w.line = []Span{{SpanPunctuation, "  "}, {SpanName, stringJSON(name)}, {SpanPunctuation, ": "}}
	w.value(*r.tree, 1)
	w.put(SpanPunctuation, ",")
	w.end()
	return w.lines
}

func appendScalar(lines []Line, name string, value Span) []Line {
	return append(lines, Line{Field: name, Spans: []Span{
		{SpanPunctuation, "  "}, {SpanName, stringJSON(name)}, {SpanPunctuation, ": "}, value, {SpanPunctuation, ","},
	}})
}

// treeWriter lays an array or object out over lines.
type treeWriter struct {
	field string
	lines []Line
	line  []Span
}

func (w *treeWriter) put(kind SpanKind, text string) { w.line = append(w.line, Span{kind, text}) }

func (w *treeWriter) end() {
	w.lines = append(w.lines, Line{Spans: w.line, Field: w.field})
	w.line = nil
}

func (w *treeWriter) value(n node, depth int) {
	if n.kind != nodeArray && n.kind != nodeObject {
		r := treeReading(n)
		w.put(r.kind, r.json)
		return
	}
	opening, closing := "[", "]"
	if n.kind == nodeObject {
		opening, closing = "{", "}"
	}
	if len(n.items) == 0 {
		w.put(SpanPunctuation, opening+closing)
		return
	}
	w.put(SpanPunctuation, opening)
	w.end()
	for i, item := range n.items {
		w.put(SpanPunctuation, strings.Repeat("  ", depth+1))
		if n.kind == nodeObject {
			w.put(SpanName, stringJSON(n.names[i].name))
			w.put(SpanPunctuation, ": ")
		}
		w.value(item, depth+1)
		if i < len(n.items)-1 {
			w.put(SpanPunctuation, ",")
		}
		w.end()
	}
	w.put(SpanPunctuation, strings.Repeat("  ", depth)+closing)
}
