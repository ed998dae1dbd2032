// The layouts of a JSON text: over lines for the eye, or in one line. Numbers
// and texts stay as they were written.

package forms

import "strings"

// LayOutJSON writes a JSON text over lines, indented by two spaces. The error
// is a *JSONError that says where the text is wrong.
func LayOutJSON(text string) (string, error) {
	n, fault := parseJSON(text)
	if fault != nil {
		return "", fault
	}
	return formatTree(n), nil
}

// CompactJSON writes a JSON text without spaces and line breaks. The error is
// as LayOutJSON's.
func CompactJSON(text string) (string, error) {
	n, fault := parseJSON(text)
	if fault != nil {
		return "", fault
	}
	var b strings.Builder
	compact(&b, n)
	return b.String(), nil
}

func compact(b *strings.Builder, n node) {
	opening, closing := byte('['), byte(']')
	switch n.kind {
	case nodeObject:
		opening, closing = '{', '}'
	case nodeArray:
	default:
		b.WriteString(n.raw)
		return
	}
	b.WriteByte(opening)
	for i, item := range n.items {
		if i > 0 {
			b.WriteByte(',')
		}
		if n.kind == nodeObject {
			b.WriteString(stringJSON(n.names[i].name))
			b.WriteByte(':')
		}
		compact(b, item)
	}
	b.WriteByte(closing)
}
