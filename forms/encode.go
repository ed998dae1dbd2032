// Writing JSON text: strings with exactly the escapes that keep a line a line.

package forms

import "unicode/utf8"

const hexDigits = "0123456789abcdef"

// breaksView tells runes that a text view would not show as themselves:
// controls, line separators, direction overrides, the byte order mark, and what
// takes no room at all. The joiners of emoji and of some scripts do, in what
// they join, and stay. The others are escaped in JSON, where the value stays the same and the reader can
// see them.
func breaksView(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return true
	case r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	case r == 0xad, r == 0x200b, r >= 0x2060 && r <= 0x2064:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f:
		return true
	}
	return false
}

// appendString appends s as a JSON string. Bytes that are not UTF-8 become
// U+FFFD; callers that must not lose them check before.
func appendString(to []byte, s string) []byte {
	to = append(to, '"')
	for i := 0; i < len(s); {
		b := s[i]
		if b >= 0x20 && b < 0x7f && b != '"' && b != '\\' {
			to = append(to, b)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		to = appendRune(to, r)
		i += size
	}
	return append(to, '"')
}

func appendRune(to []byte, r rune) []byte {
	switch {
	case r == '"':
		return append(to, '\\', '"')
	case r == '\\':
		return append(to, '\\', '\\')
	case r == '\n':
		return append(to, '\\', 'n')
	case r == '\r':
		return append(to, '\\', 'r')
	case r == '\t':
		return append(to, '\\', 't')
	case breaksView(r):
		return append(to, '\\', 'u',
			hexDigits[r>>12&0xf], hexDigits[r>>8&0xf], hexDigits[r>>4&0xf], hexDigits[r&0xf])
	}
	return utf8.AppendRune(to, r)
}

// stringJSON is s as a JSON string.
func stringJSON(s string) string {
	return string(appendString(make([]byte, 0, len(s)+2), s))
}
