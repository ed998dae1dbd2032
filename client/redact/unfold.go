// Secrets in texts that are written in another way: broken over lines, escaped
// as JSON, addresses and web pages do, and any of these within each other. Who
// escapes chooses which letters, so that a list of forms would not end.

package redact

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// foldings is how often one escape is looked for within another.
const foldings = 3

// What an escape begins with. The end of a line is read in any case.
const escapes = `\%&`

// foldedSpans finds long needles in what a text is when its escapes are read.
func foldedSpans(s string, needles []needle) []span {
	if !strings.ContainsAny(s, escapes+"\r\n") {
		return nil
	}
	var plain []needle
	alone := map[string]bool{"": true} // the ends of lines
	for _, n := range needles {
		if !n.long || !n.plain {
			continue
		}
		plain = append(plain, n)
		for _, r := range escapes {
			// Its own letters are no escape, while those around it may be.
			if strings.ContainsRune(n.text, r) {
				alone[strings.ReplaceAll(escapes, string(r), "")] = true
			}
		}
	}
	if len(plain) == 0 {
		return nil
	}
	spans := spansUnfolded(s, escapes, plain)
	for kinds := range alone {
		spans = append(spans, spansUnfolded(s, kinds, plain)...)
	}
	return spans
}

// spansUnfolded reads the escapes of some kinds, again and again.
func spansUnfolded(s, kinds string, needles []needle) []span {
	var spans []span
	v := view{text: s}
	for range foldings {
		next, changed := v.unfold(kinds)
		if !changed {
			break
		}
		v = next
		for _, found := range wholeSpans(v.text, needles) {
			spans = append(spans, span{v.parts[found.from].from, v.parts[found.to-1].to})
		}
	}
	return spans
}

// view is a text with its escapes read. Parts says for each byte which part of
// the original it was made of; nil: the text is the original.
type view struct {
	text  string
	parts []span
}

// unfold reads the escapes of a view once; false: there were none.
func (v view) unfold(kinds string) (view, bool) {
	text := make([]byte, 0, len(v.text))
	parts := make([]span, 0, len(v.text))
	changed := false
	for i := 0; i < len(v.text); {
		letters, size := readEscape(v.text[i:], kinds)
		part := v.part(i, i+size)
		if size != len(letters) {
			changed = true
		}
		for j := range len(letters) {
			at := part
			if size == len(letters) {
				at = v.part(i+j, i+j+1)
			}
			text, parts = append(text, letters[j]), append(parts, at)
		}
		i += size
	}
	return view{string(text), parts}, changed
}

// part is the part of the original that bytes of the view were made of.
func (v view) part(from, to int) span {
	if v.parts == nil {
		return span{from, to}
	}
	return span{v.parts[from].from, v.parts[to-1].to}
}

// readEscape gives what stands for itself or another letter at the beginning of
// s, which is not empty, and how long it is. The end of a line, with the space
// around it, stands for nothing.
func readEscape(s, kinds string) (letters string, size int) {
	if strings.IndexByte(escapes, s[0]) >= 0 && strings.IndexByte(kinds, s[0]) < 0 {
		if strings.HasPrefix(s, `\r`) || strings.HasPrefix(s, `\n`) {
			return readSpace(s)
		}
		return s[:1], 1
	}
	switch s[0] {
	case ' ', '\t', '\r', '\n':
		return readSpace(s)
	case '%':
		if len(s) >= 3 {
			if n, err := strconv.ParseUint(s[1:3], 16, 8); err == nil {
				return string([]byte{byte(n)}), 3
			}
		}
	case '&':
		if end := strings.IndexByte(s[:min(len(s), 10)], ';'); end > 0 {
			if read := html.UnescapeString(s[:end+1]); len(read) < end+1 {
				return read, end + 1
			}
		}
	case '\\':
		return readBackslash(s)
	}
	return s[:1], 1
}

// readSpace reads space up to its end; where a line ends in it, also as an
// escape, it stands for nothing.
func readSpace(s string) (string, int) {
	broken := false
	for end := 0; ; {
		switch {
		case end < len(s) && (s[end] == ' ' || s[end] == '\t'):
			end++
		case end < len(s) && (s[end] == '\r' || s[end] == '\n'):
			end++
			broken = true
		case end+1 < len(s) && s[end] == '\\' && strings.IndexByte("rnt", s[end+1]) >= 0:
			end += 2
			broken = true
		case broken:
			return "", end
		default:
			return s[:end], end
		}
	}
}

// readBackslash reads an escape of JSON, or of Go.
func readBackslash(s string) (string, int) {
	if len(s) < 2 {
		return s, 1
	}
	switch s[1] {
	case 'r', 'n', 't':
		return readSpace(s)
	case '"', '\\', '/', '\'':
		return s[1:2], 2
	case 'x':
		if len(s) >= 4 {
			if n, err := strconv.ParseUint(s[2:4], 16, 8); err == nil {
				return string([]byte{byte(n)}), 4
			}
		}
	case 'u':
		if len(s) >= 6 {
			if n, err := strconv.ParseUint(s[2:6], 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				return string(rune(n)), 6
			}
		}
	}
	return s[:1], 1
}
