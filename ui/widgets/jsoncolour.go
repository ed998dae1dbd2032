// This file colours a text as JSON without parsing it: a body that is cut
// off, or has a status line above it, is coloured as far as it goes.

package widgets

import (
	"strings"

	"github.com/activitydesk/activitydesk/forms"
)

// ColourJSON splits a text into lines of coloured spans. The lines put
// together again are the text, but for carriage returns, and tabs, which
// become two spaces each.
func ColourJSON(text string) []forms.Line {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\t", "  ")
	raw := strings.Split(text, "\n")
	lines := make([]forms.Line, len(raw))
	for i, line := range raw {
		lines[i] = forms.Line{Spans: colourLine(line)}
	}
	return lines
}

func colourLine(line string) []forms.Span {
	var spans []forms.Span
	begin := 0 // of the last span: equal neighbours become one, without copying
	for at := 0; at < len(line); {
		kind, length := nextSpan(line[at:])
		if n := len(spans); n > 0 && spans[n-1].Kind == kind {
			spans[n-1].Text = line[begin : at+length]
		} else {
			begin = at
			spans = append(spans, forms.Span{Kind: kind, Text: line[at : at+length]})
		}
		at += length
	}
	return spans
}

// nextSpan finds what the text begins with, and how long it is in bytes.
func nextSpan(s string) (forms.SpanKind, int) {
	switch c := s[0]; {
	case c == '"':
		length := stringLength(s)
		if strings.HasPrefix(strings.TrimLeft(s[length:], " "), ":") {
			return forms.SpanName, length
		}
		return forms.SpanString, length
	case c == '-' || c >= '0' && c <= '9':
		length := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("+-.0123456789eE", r) })
		if length < 0 {
			length = len(s)
		}
		return forms.SpanNumber, length
	case isLetter(c):
		length := 1
		for length < len(s) && isLetter(s[length]) {
			length++
		}
		switch s[:length] {
		case "true", "false", "null":
			return forms.SpanLiteral, length
		}
		return forms.SpanPunctuation, length
	}
	return forms.SpanPunctuation, 1
}

// stringLength is the length of a JSON string with its quotes; one that does
// not end goes to the end of the line.
func stringLength(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}
